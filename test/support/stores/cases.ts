/** One case: a store is harmed, Highwater starts on it, a line of the journal is offered, and Highwater starts once more. */
import { createHash } from 'node:crypto'
import { copyFileSync, cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openStores } from '../../../src-main/compose/stores'
import type { Stores } from '../../../src-main/compose/stores'
import { toBody } from '../../../src-main/history/journal-body'
import { createRandom } from '../change-random'
import type { Random } from '../change-random'
import { drafted, newRow, planned } from '../journal-rows'
import { rawRows, servedBy, STORE } from './contents'
import type { Bases } from './contents'
import { DAMAGES } from './damages'
import type { Damage } from './damages'
import { judge, outcomeOf } from './judge'
import type { Content, Known, Note, Observed, Outcome } from './judge'

export interface Verdict {
  readonly n: number
  readonly kind: string
  readonly outcome: Outcome
  readonly faults: readonly string[]
  readonly line: Observed['line']
  readonly notes: readonly Note[]
  readonly ms: number
}

/** Every kind as often as its share, one after the other. */
const TURNS = DAMAGES.flatMap((damage) => Array.from({ length: damage[1] }, () => damage))
const PARTS = ['', '-wal', '-journal'] as const
const NEXT = 'next'

const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** What is at the path: the bytes of each file, and its rows as plain SQL reads them on a copy. */
interface Found {
  readonly hashes: ReadonlyMap<string, string>
  readonly rows: ReadonlyMap<string, string>
}

function look(path: string, copies: string): Found {
  const present = PARTS.filter((part) => isFile(path + part))
  mkdirSync(copies, { recursive: true })
  const copy = join(copies, STORE)
  // Plain SQL would work a log into a file that has none.
  const isInWalMode = present.includes('') && readFileSync(path)[18] === 2
  for (const part of present) if (part !== '-wal' || isInWalMode) copyFileSync(path + part, copy + part)
  let rows: ReadonlyMap<string, string> = new Map()
  try {
    if (present.includes('') && readFileSync(path).length > 0) rows = rawRows(copy)
  } catch {
    // Not to be opened by anybody.
  }
  rmSync(copies, { recursive: true })
  const kept = present.filter((part) => part === '' || readFileSync(path + part).length > 0)
  return { hashes: new Map(kept.map((part) => [part, hashOf(path + part)])), rows }
}

const textsBy = (rows: ReadonlyMap<string, string>): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const [name, text] of rows) {
    const key = `${name.split(' ', 1)[0] ?? ''} ${text}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** Files that are nowhere any more although the start did not go on with them, or rows that are not in the file it goes on with. */
function destroyedIn(folder: string, path: string, found: Found, notes: readonly Note[], copies: string): string[] {
  const goesOn = !notes.some((note) =>
    (['storage-set-aside', 'storage-newer', 'storage-unwritable'] as readonly Note[]).includes(note),
  )
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  const hashes = new Set(names.filter(isFile).map(hashOf))
  const missing = [...found.hashes].filter(([part, hash]) => !hashes.has(hash) && !(goesOn && part === ''))
  const files = missing.map(([part]) => `${STORE}${part}`)
  if (!goesOn) return files
  const after = textsBy(look(path, copies).rows)
  const rows = [...textsBy(found.rows)].filter(([text, count]) => (after.get(text) ?? 0) < count)
  return [...files, ...rows.map(([text]) => `row ${text.slice(0, 60)}`)]
}

/** true = it was taken. */
function offerLine({ journal, file }: Stores, noRoom: boolean): boolean {
  if (!journal.durable) return false
  try {
    if (noRoom) {
      const { page_count: pages } = file.db.prepare('PRAGMA page_count').get() as { page_count: number }
      file.db.pragma(`max_page_count = ${pages}`)
    }
    journal.append(newRow(NEXT, 'draft', drafted(['orders'])))
    journal.append(newRow(NEXT, 'planned', planned({ commands: ['y'.repeat(noRoom ? 200_000 : 10)] })))
    return true
  } catch {
    return false
  }
}

const isNext = (name: string, text: string): boolean =>
  name === `change ${NEXT}` || (name.startsWith('journal ') && text.includes(`"change":"${NEXT}"`))

const without = (content: Content, left: (name: string, text: string) => boolean): Content =>
  new Map([...content].filter(([name, text]) => !left(name, text)))

/**
 * Of a file of the earlier release, whose saved clusters and settings have no checksums, and whose last lines may be in a log that nobody could miss: what
 * plain SQL can still read as it was must be served, and what it serves of lines and findings must be what was written.
 */
function knownOf(damage: Damage, found: Found, bases: Bases, untouched: Found): Known {
  const { content, written } = bases
  if (damage.base !== 'earlier') return { expected: content.ours, written }
  const readable = without(
    content.earlier,
    (name) => found.rows.get(name) === undefined || found.rows.get(name) !== untouched.rows.get(name),
  )
  return { expected: readable, written }
}
const UNPROVEN = /^(change|cluster|kept) /

export function runCase(n: number, seed: number, root: string, bases: Bases, untouched: Found): Verdict {
  const began = performance.now()
  const [kind, , damage] = TURNS[n % TURNS.length]!
  const random: Random = createRandom(seed * 7919 + n)
  const folder = join(root, `case-${n}`)
  const copies = join(root, `copies-${n}`)
  const path = join(folder, STORE)
  mkdirSync(folder)
  for (const [tail, bytes] of bases[damage.base]) writeFileSync(path + tail, bytes)
  damage.before?.(path, random, bases)
  let found = look(path, copies)
  let clock = 1_800_000_000_000
  const now = (): number => (clock += 1_000)
  const open = (at: string): Stores => openStores(at, now, () => undefined)

  let notes: Note[] = []
  let served: Content = new Map()
  let line: Observed['line'] = 'refused'
  let thrown = ''
  const destroyed: string[] = []
  try {
    const stores = open(path)
    notes = stores.notes.map(({ text }) => text)
    served = servedBy(stores)
    // What stands in the way of a new value goes on in the file.
    if (stores.kept.unreadable.includes('window')) stores.kept.write('window', { bounds: null, maximised: true })
    if (damage.meanwhile !== undefined) {
      damage.meanwhile(path, random, bases)
      found = look(path, copies)
      readAll(stores)
    }
    const taken = offerLine(stores, damage.noRoom === true)
    // Every other time it is killed: what is on the disk then is what the next start finds.
    const isKilled = random.chance(0.5)
    const nextFolder = isKilled ? `${folder}-killed` : folder
    if (isKilled) cpSync(folder, nextFolder, { recursive: true, verbatimSymlinks: true })
    stores.file.close()

    const nextPath = join(nextFolder, STORE)
    const next = open(nextPath)
    if (taken) line = next.journal.rows(NEXT).length === 2 ? 'found' : 'lost'
    const servedNext = without(servedBy(next), isNext)
    if (damage.meanwhile !== undefined) {
      notes = next.notes.map(({ text }) => text)
      served = servedNext
    } else if (line === 'found') {
      for (const [name, text] of served) if (servedNext.get(name) !== text) destroyed.push(`${name} at the next start`)
    }
    next.file.close()
    destroyed.push(...destroyedIn(nextFolder, nextPath, found, notes, copies))
    rmSync(nextFolder, { recursive: true, force: true })
  } catch (cause) {
    thrown = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  }
  rmSync(folder, { recursive: true, force: true })
  const known = knownOf(damage, found, bases, untouched)
  const judged = damage.base === 'earlier' ? without(served, (name) => UNPROVEN.test(name)) : served
  const isUnproven = (name: string): boolean => damage.base === 'earlier' && UNPROVEN.test(name)
  const observed: Observed = { thrown, notes, served: judged, destroyed, line }
  const judgedBy: Known = { ...known, expected: without(known.expected, isUnproven) }
  return {
    n,
    kind,
    outcome: outcomeOf(observed, judgedBy),
    faults: judge(observed, judgedBy),
    line,
    notes,
    ms: performance.now() - began,
  }
}

/** Whatever it reads now, it does not end the process. */
function readAll(stores: Stores): void {
  try {
    toBody([...servedBy(stores)])
  } catch {
    // The page is told that it could not be read.
  }
}

export const lookAt = (bases: Bases, root: string): Found => {
  const path = join(root, 'untouched', STORE)
  mkdirSync(dirname(path))
  for (const [tail, bytes] of bases.earlier) writeFileSync(path + tail, bytes)
  return look(path, join(root, 'untouched-copy'))
}
