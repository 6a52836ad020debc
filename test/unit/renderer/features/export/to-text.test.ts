// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { fileName, toCsv, toJson } from '../../../../../src-renderer/features/export/to-text'

const table = {
  name: 'topics',
  columns: ['topic', 'lag', 'ok'],
  rows: [
    ['a,"b"', Number.NaN, true],
    ['=cmd()', 12, null],
  ] as const,
}
const meta = { cluster: 'orders/eu', takenAt: Date.UTC(2026, 10, 23, 3, 12, 41) }

describe('export', () => {
  it('as CSV quotes, leaves unknown empty and lets no spreadsheet run anything', () => {
    expect(toCsv(table)).toBe(`topic,lag,ok\r\n"a,""b""",,true\r\n'=cmd(),12,\r\n`)
  })

  it('as JSON is an object per row with unknown as null, and names picture and cluster', () => {
    expect(JSON.parse(toJson(table, meta))).toEqual({
      cluster: 'orders/eu',
      view: 'topics',
      takenAt: '2026-11-23T03:12:41.000Z',
      rows: [
        { topic: 'a,"b"', lag: null, ok: true },
        { topic: '=cmd()', lag: 12, ok: null },
      ],
    })
    expect(JSON.parse(toJson({ ...table, rows: [] }, { ...meta, takenAt: Number.NaN }))).toEqual({
      cluster: 'orders/eu',
      view: 'topics',
      takenAt: null,
      rows: [],
    })
  })

  it('suggests a name that every file system takes', () => {
    expect(fileName(table, meta, 'csv')).toBe('orders_eu topics 2026-11-23T03-12-41Z.csv')
    expect(fileName({ ...table, name: 'a:b*?' }, { ...meta, takenAt: Number.NaN }, 'json')).toBe('orders_eu a_b_.json')
  })
})
