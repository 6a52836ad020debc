import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChangeEvent } from '../../../src-main/contract/change'
import { fromBody, toBody } from '../../../src-main/history/journal-body'
import { createJournal } from '../../../src-main/history/journal'
import { FORMAT, readEvent, UnreadableRow } from '../../../src-main/history/read-event'
import { openStoreFile } from '../../../src-main/profiles/store-file'

const fixture = join(import.meta.dirname, '../../fixtures/journal-719abab/journal-719abab.db')
let folder: string
let store: ReturnType<typeof openStoreFile>
/** One line of each type as release 719abab wrote it: the longest, as it has most in it. */
const longest = new Map<string, string>()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-formats-'))
  copyFileSync(fixture, join(folder, 'highwater.db'))
  store = openStoreFile(join(folder, 'highwater.db'), 0, (cause) => {
    throw cause
  })
  const rows = store.db.prepare('SELECT type, body FROM journal ORDER BY length(body)').all() as {
    type: string
    body: string
  }[]
  for (const { type, body } of rows) longest.set(type, body)
})
afterAll(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const read = (type: string, body: string, format = 1): ChangeEvent => readEvent({ seq: 5, type, format, body })

/** Paths to every member of a value; of a list, its first element stands for all. */
function* members(value: unknown, path: readonly string[] = []): Iterable<readonly string[]> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Array.isArray(value) ? Object.entries(value).slice(0, 1) : Object.entries(value)) {
    yield [...path, key]
    yield* members(part, [...path, key])
  }
}

/** The value with one member taken out or replaced. */
function edited(value: unknown, path: readonly string[], edit: (parent: Record<string, unknown>, key: string) => void) {
  const copy = structuredClone(value) as Record<string, unknown>
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy)
  edit(parent, path.at(-1)!)
  return copy
}

/** Left out where there is nothing to tell, and free in what they are called. */
const OPTIONAL = new Set(['broker', 'noteUnit'])
const isFree = (path: readonly string[]): boolean =>
  path.includes('figures') || path.includes('overrides') || path.includes('before') || /^\d+$/.test(path.at(-1)!)

describe('a row of release 719abab', () => {
  it('is read, every one of 607, with nothing lost', () => {
    const journal = createJournal(store.db, { durable: true, now: () => 0, prove: () => store.prove() })
    const { entries } = journal.list({ cluster: '', text: '', show: 'all', before: 0, limit: 500 })
    const rows = entries.flatMap(({ change }) => journal.rows(change))
    expect(rows).toHaveLength(607)
    expect(entries.some(({ state }) => state === 'unreadable')).toBe(false)
  })

  it('is of every type there is', () => {
    expect([...longest.keys()].sort()).toEqual([
      'answered',
      'applying',
      'confirmed',
      'conflicted',
      'discarded',
      'drafted',
      'ended',
      'planned',
      'sending',
      'settled',
      'stopped',
      'undone',
      'validated',
      'verified',
      'watched',
    ])
  })

  it('is unreadable with any member missing, of another type, or one too many, and says which line it is', () => {
    const bodies = [...longest].flatMap(([type, body]) => [
      { type, event: fromBody(body), format: 1 },
      { type, event: read(type, body), format: FORMAT },
    ])
    for (const { type, event, format } of bodies) {
      for (const path of members(event)) {
        const where = `format ${format} ${type} ${path.join('.')}`
        const isOptional = OPTIONAL.has(path.at(-1)!) || isFree(path)
        const without = edited(event, path, (parent, key) => {
          if (Array.isArray(parent)) return
          Reflect.deleteProperty(parent, key)
        })
        if (!isOptional) expect(() => read(type, toBody(without), format), `${where} missing`).toThrow(UnreadableRow)
        const other = edited(event, path, (parent, key) => {
          parent[key] = typeof parent[key] === 'boolean' ? 'x' : true
        })
        expect(() => read(type, toBody(other), format), `${where} of another type`).toThrow(
          /^line 5 of the journal is damaged/,
        )
        if (isFree(path)) continue
        const more = edited(event, path, (parent) => {
          if (!Array.isArray(parent)) parent.later = 1
        })
        expect(() => read(type, toBody(more), format), `${where} one too many`).toThrow(UnreadableRow)
      }
    }
  })
})

describe('a row that cannot be read', () => {
  it.each([
    ['discarded', '{"type":"discarded"', 1, 'is damaged'],
    ['discarded', '{"type":"discarded"}', 0, 'is damaged: there is no format 0'],
    ['undone', '{"type":"discarded"}', 1, 'is damaged: "discarded" stands in a line of type "undone"'],
    ['discarded', '{"type":"discarded"}', FORMAT + 1, `was written by a later Highwater (format ${FORMAT + 1})`],
  ])('a %s of %s in format %i says why', (type, body, format, why) => {
    expect(() => read(type, body, format)).toThrow(new UnreadableRow(5, why))
  })
})

it('keeps a setting named __proto__', () => {
  const body = '{"type":"sending","batch":0,"rows":[0],"before":[{"__proto__":"x"}]}'
  const event = read('sending', body)
  expect(event.type === 'sending' && Object.entries(event.before[0]!)).toEqual([['__proto__', 'x']])
})
