/** What release 719abab wrote, and what it told of it, held against the present code: test/fixtures/journal-719abab/README.md. */
import { createHash, randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldChange } from '../../../src-main/change/book/fold'
import type { Changes } from '../../../src-main/change/changes'
import { createChanges } from '../../../src-main/change/engine'
import type { ChangeView } from '../../../src-main/contract/change'
import type { JournalEntry, JournalFilter, JournalPage, JournalRow } from '../../../src-main/contract/journal'
import { createJournal } from '../../../src-main/history/journal'
import { fromBody } from '../../../src-main/history/journal-body'
import type { JournalPort } from '../../../src-main/ports/journal'
import { createProfileStore } from '../../../src-main/profiles/profile-store'
import { openStoreFile } from '../../../src-main/profiles/store-file'
import { must } from '../../support/opened-changes'

interface Index {
  readonly now: number
  readonly sha256: string
  readonly changes: readonly { readonly id: string; readonly label: string }[]
}
interface Lists {
  readonly asked: readonly { readonly filter: JournalFilter; readonly page: JournalPage }[]
  readonly open: readonly JournalEntry[]
}
interface Fold {
  readonly entry: JournalEntry
  readonly view: ChangeView
  readonly foldAnyTime: ChangeView
}

const FIXTURE = join(import.meta.dirname, '../../fixtures/journal-719abab')
const DB = join(FIXTURE, 'journal-719abab.db')
const FORMATS = [
  ['markdown', 'md'],
  ['json', 'json'],
  ['csv', 'csv'],
] as const
const ALL: JournalFilter = { cluster: '', text: '', show: 'all', before: 0, limit: 1000 }

const text = (name: string): string => readFileSync(join(FIXTURE, 'expected', name), 'utf8')
const told = (name: string): unknown => fromBody(text(name))
const index = told('index.json') as Index
const lists = told('list.json') as Lists
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

let folder: string
let store: ReturnType<typeof openStoreFile>
let journal: JournalPort
let changes: Changes

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-719abab-'))
  const path = join(folder, 'highwater.db')
  copyFileSync(DB, path)
  store = openStoreFile(path, index.now, (cause) => {
    throw cause
  })
  journal = createJournal(store.db, { durable: true, now: () => index.now })
  const profiles = createProfileStore(store.db)
  changes = createChanges({
    journal,
    clock: { now: () => index.now, after: () => () => undefined, breathe: () => Promise.resolve() },
    find: () => null,
    linksOf: () => {
      throw new Error('no cluster is open')
    },
    osUser: 'nobody',
    newId: randomUUID,
    environmentOf: (id) => profiles.find(id)?.environment ?? 'prod',
    onUnexpected: (cause) => {
      throw cause
    },
  })
})
afterAll(async () => {
  await changes.close()
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a journal of release 719abab', () => {
  it('is the file that release wrote, and is opened as a file that is well', () => {
    expect(sha256(DB)).toBe(index.sha256)
    expect(store.note).toBeNull()
    expect(index.changes).toHaveLength(72)
  })

  it.each(lists.asked.map(({ filter, page }) => [JSON.stringify(filter), filter, page] as const))(
    'lists what it listed for %s',
    (_what, filter, page) => {
      expect(journal.list(filter)).toStrictEqual(page)
    },
  )

  it('has the same changes open', () => {
    expect(journal.open()).toStrictEqual(lists.open)
  })

  describe.each(index.changes)('$label ($id)', ({ id }) => {
    it('has the same lines', () => {
      expect(journal.rows(id)).toStrictEqual(told(`changes/${id}/rows.json`))
    })

    it('is folded to the same change', () => {
      const { entry, view, foldAnyTime } = told(`changes/${id}/fold.json`) as Fold
      const rows: readonly JournalRow[] = journal.rows(id)
      expect(journal.list(ALL).entries.find(({ change }) => change === id)).toStrictEqual(entry)
      expect(must(changes.get(id))).toStrictEqual(view)
      expect(foldChange(rows, rows.at(-1)!.at)).toStrictEqual(foldAnyTime)
    })

    it.each(FORMATS)('has the same report as %s', (format, ending) => {
      expect(must(changes.report([id], format)).text).toBe(text(`changes/${id}/report.${ending}`))
    })
  })

  it.each(FORMATS)('has the same report of all changes as %s', (format, ending) => {
    const ids = journal.list(ALL).entries.map(({ change }) => change)
    expect(ids).toHaveLength(index.changes.length)
    expect(must(changes.report(ids, format)).text).toBe(text(`all/report.${ending}`))
    expect(must(changes.report([ids[0]!, 'no-such-change'], format)).text).toBe(
      text(`all/report-with-unread.${ending}`),
    )
  })
})
