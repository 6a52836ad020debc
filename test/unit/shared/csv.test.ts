import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CsvValue } from '../../../src-main/shared/csv'
import { csvCell, csvLines } from '../../../src-main/shared/csv'

describe('a cell', () => {
  it.each<[string, CsvValue, string]>([
    ['a plain text', 'orders', 'orders'],
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'say "no"', '"say ""no"""'],
    ['a line feed', 'one\ntwo', '"one\ntwo"'],
    ['a carriage return inside', 'one\rtwo', '"one\rtwo"'],
    ['a formula', '=1+1', "'=1+1"],
    ['a formula by plus', '+1', "'+1"],
    ['a formula by at', '@SUM(1)', "'@SUM(1)"],
    ['a formula by minus', '-2+cmd', "'-2+cmd"],
    ['a formula behind a tab', '\t=1', "'\t=1"],
    ['a formula behind a carriage return', '\r=1', '"\'\r=1"'],
    ['a formula with quotes and commas', '=HYPERLINK("a","b")', '"\'=HYPERLINK(""a"",""b"")"'],
    ['a negative number as text', '-1', '-1'],
    ['a negative fraction as text', '-0.5', '-0.5'],
    ['a negative number', -1, '-1'],
    ['letters beyond ASCII', '订单', '订单'],
    ['not a number', Number.NaN, ''],
    ['infinite', Number.POSITIVE_INFINITY, ''],
    ['unknown', null, ''],
    ['an empty text', '', ''],
    ['a truth', true, 'true'],
  ])('%s', (_what, value, cell) => {
    expect(csvCell(value)).toBe(cell)
  })
})

/** What RFC 4180 makes of a file, by its grammar alone. */
function parse(text: string): string[][] {
  const rows: string[][] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  let row: string[] = []
  for (let found = cell.exec(text); found !== null; found = cell.exec(text)) {
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

it('a file is read back as it was, but for the apostrophe before a formula', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=', '-', '1', ' ', '订') })
  const table = fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { maxLength: 5 })
  fc.assert(
    fc.property(table, (rows) => {
      const read = parse(csvLines(rows))
      expect(read.map((row) => row.map((one) => one.replace(/^'/, '')))).toEqual(rows)
    }),
  )
})

it('has no byte order mark, and ends its last line', () => {
  expect(
    csvLines([
      ['topic', 'lag'],
      ['a', 1],
    ]),
  ).toBe('topic,lag\r\na,1\r\n')
})
