/** What release 719abab wrote, and what it told of it, held against the present code: test/fixtures/journal-719abab/README.md. */
import { createHash, randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldChange } from '../../../src-main/change/book/fold'
import type { Changes } from '../../../src-main/change/changes'
import { createChanges } from '../../../src-main/change/engine'
import type { Conflict, Effect, Plan } from '../../../src-main/contract/change'
import type {
  JournalEntry,
  JournalFilter,
  JournalFormat,
  JournalPage,
  JournalRow,
} from '../../../src-main/contract/journal'
import { createJournal } from '../../../src-main/history/journal'
import { fromBody } from '../../../src-main/history/journal-body'
import type { JournalPort } from '../../../src-main/ports/journal'
import { createProfileStore } from '../../../src-main/profiles/profile-store'
import { openStoreFile } from '../../../src-main/profiles/store-file'
import { HIDDEN } from '../../../src-main/shared/hidden-value'
import { isPhrase } from '../../../src-main/shared/words/entries'
import { say, sayAll } from '../../../src-main/shared/words/say'
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
  /** As the release wrote it, as is `foldAnyTime`. */
  readonly view: unknown
  readonly foldAnyTime: unknown
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
  journal = createJournal(store.db, { durable: true, now: () => index.now, prove: () => store.prove() })
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

/** What format 1 kept beside the sentence of an effect. */
const COUNTED_ISR = /^min-isr-(raise|lower|one)\./

const SENTENCES: ReadonlySet<string> = new Set(['message', 'why'])
const sentenceOf = (value: unknown): unknown => (value === null ? '' : isPhrase(value) ? say('en', value) : value)

/** Members that format 1 did not have. */
const LATER: ReadonlySet<string> = new Set(['kind', 'partitions', 'topicIds', 'anew'])

/** Plans and conflicts were one record each, with empty members for what only the other kind has. */
function flattened(value: object): object {
  if (!('kind' in value)) return value
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => !LATER.has(name))) as object
  if ('gone' in value) {
    const { config } = value as Conflict
    return { replication: [], otherCluster: '', ...rest, config: config.map((row) => ({ ours: true, ...row })) }
  }
  if (!('effects' in value)) return value
  const plan = value as Plan
  switch (plan.kind) {
    case 'config':
      return { ...rest, election: [], leaders: [] }
    case 'election':
      return {
        ...rest,
        election: plan.partitions,
        items: [],
        unchanged: plan.partitions.filter(({ fate }) => fate === 'already').length,
        overrides: plan.topics.map(() => ({})),
        cannotRestore: [],
        conflict: null,
      }
  }
}

/**
 * A value of today as release 719abab wrote it: plans and conflicts in one record each, an effect's figures by name alone, sentences in English.
 * What cannot be turned back is not there any more, so nothing that release kept may be missing.
 */
function asWritten(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(asWritten)
  const was = flattened(value)
  // A problem had no phrase, and a member that is one was a sentence, '' where there is none.
  const parts = Object.fromEntries(
    Object.entries(was)
      .filter(([key]) => !(key === 'why' && 'code' in value) && key !== 'says' && key !== 'reasons')
      .map(([key, part]) => [
        key,
        // It went on saying that a change was watched which had been taken back.
        part === 'taken-back' ? 'running' : SENTENCES.has(key) ? sentenceOf(part) : asWritten(part),
      ]),
  )
  if (!('says' in value) || !isPhrase(value.says)) return parts
  const { id, reasons, noteUnit } = value as Effect
  const figures = Object.entries(value.says.args).map(([name, figure]: [string, unknown]) => [
    name,
    typeof figure === 'object' && figure !== null && 'value' in figure ? figure.value : figure,
  ])
  return {
    ...parts,
    rule: id.split('.')[0],
    variant: id.split('.')[1],
    figures: Object.fromEntries(figures) as unknown,
    ...(noteUnit === 'in-sync' && COUNTED_ISR.test(id) ? { noteUnit: 'count' } : {}),
    reason: sayAll('en', reasons),
  }
}

/** A phrase in a report has its sentence beside it. */
const withoutTexts = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutTexts)
  const { text: words, ...rest } = value as Record<string, unknown>
  const phrase = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, withoutTexts(part)]))
  if (!('id' in rest && 'args' in rest)) return words === undefined ? phrase : { ...phrase, text: words }
  expect(words).not.toBe('')
  return phrase
}

/** Typed in clear for that release, which kept it so; shown by nobody any more. */
const SECRETS: ReadonlySet<unknown> = new Set([
  'org.apache.kafka.common.security.plain.PlainLoginModule required username="svc" password="hunter2-canary";',
  'keystore-canary-77',
])
const NO_COMMANDS = { id: 'commands.hidden', args: { key: 'sasl.jaas.config' } } as const

function withoutSecrets(value: unknown): unknown {
  if (SECRETS.has(value)) return HIDDEN
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutSecrets)
  const shown = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutSecrets(part)]))
  return JSON.stringify(shown['commands'] ?? '').includes('canary')
    ? { ...shown, commands: [], noCommands: NO_COMMANDS }
    : shown
}

/** The same of a report that is no JSON: cells of its tables, and the lines by hand. */
const tellsNoSecret = (report: string): string =>
  report
    .replaceAll(/^(\| `f\.sensitive` .* \| ).*canary.*$/gm, `$1${HIDDEN} \\(topic\\) |`)
    .replaceAll(/```sh\n.*canary.*\n```/g, say('en', NO_COMMANDS).replace('sasl.jaas.config', '`$&`'))
    .replaceAll(/"org\.apache(?:[^"]|"")*"|keystore-canary-77/g, HIDDEN)

/** Effects are said as the window says them from now on; the rest of a report is what it was. */
const isEffect = (line: string): boolean => /^- \*\*(refused|stop|unknown|careful|better|note)\*\* /.test(line)
function sameReport(format: JournalFormat, now: string, before: string): void {
  if (format === 'json')
    expect(asWritten(withoutTexts(JSON.parse(now)))).toStrictEqual(withoutSecrets(JSON.parse(before)))
  else if (format === 'csv') expect(now).toBe(tellsNoSecret(before))
  else {
    // A code of our own that no operator knows, and marks that turn a line round, are not shown as they are any more; a topic that is not seen may be hidden.
    const mended = tellsNoSecret(before)
      .replaceAll(/^Topics that are gone:/gm, 'Topics that were deleted, or that this login may not see any more:')
      .replaceAll('| not known | -1000 |', '| not known |  |')
      .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, (mark) => `⟨U+${mark.charCodeAt(0).toString(16).toUpperCase()}⟩`)
    const [said, was] = [now.replaceAll('taken-back, from', 'running, from').split('\n'), mended.split('\n')]
    expect(said.map((line) => (isEffect(line) ? '' : line))).toStrictEqual(
      was.map((line) => (isEffect(line) ? '' : line)),
    )
    // Each where it stood, of the same level and rule.
    const named = (line: string): unknown => [
      /^- \*\*\w+\*\*/.exec(line)?.[0],
      /(?:^[^`]*|\()`([a-z-]+\.[a-z-]+)`(?::|\)$)/.exec(line)?.[1],
    ]
    expect(said.filter(isEffect).map(named)).toStrictEqual(was.filter(isEffect).map(named))
  }
}

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
      expect(asWritten(journal.rows(id))).toStrictEqual(told(`changes/${id}/rows.json`))
    })

    it('is folded to the same change', () => {
      const { entry, view, foldAnyTime } = told(`changes/${id}/fold.json`) as Fold
      const rows: readonly JournalRow[] = journal.rows(id)
      expect(journal.list(ALL).entries.find(({ change }) => change === id)).toStrictEqual(entry)
      expect(asWritten(must(changes.get(id)))).toStrictEqual(withoutSecrets(view))
      expect(asWritten(foldChange(rows, rows.at(-1)!.at))).toStrictEqual(foldAnyTime)
    })

    it.each(FORMATS)('has the same report as %s', (format, ending) => {
      sameReport(format, must(changes.report([id], format)).text, text(`changes/${id}/report.${ending}`))
    })
  })

  it.each(FORMATS)('has the same report of all changes as %s', (format, ending) => {
    const ids = journal.list(ALL).entries.map(({ change }) => change)
    expect(ids).toHaveLength(index.changes.length)
    sameReport(format, must(changes.report(ids, format)).text, text(`all/report.${ending}`))
    const unread = must(changes.report([ids[0]!, 'no-such-change'], format)).text
    sameReport(format, unread, text(`all/report-with-unread.${ending}`))
  })
})
