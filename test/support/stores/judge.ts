/**
 * What a start may do with a file that was damaged or replaced: it opens, what was there is kept, what it serves is what was written, what it does not
 * serve it says, and a line it takes is there at the next start. Pure, so that a table can show that it finds each of these broken.
 */
import type { StartNote } from '../../../src-main/contract/ipc'

export type Note = StartNote['text']

/** What is kept, as `journal 5`, `change a`, `cluster a`, `kept settings`, `loss 1`: each with what it holds as one text. */
export type Content = ReadonlyMap<string, string>

export interface Observed {
  /** '' = it opened. */
  readonly thrown: string
  readonly notes: readonly Note[]
  readonly served: Content
  /** What was there before the start and is nowhere after it. */
  readonly destroyed: readonly string[]
  /** What became of a line of the journal that was offered after the start. */
  readonly line: 'found' | 'refused' | 'lost'
}

export interface Known {
  /** What must be served or said. */
  readonly expected: Content
  /** Everything that was ever written, also into the copies and other files that take its place: texts by name. */
  readonly written: ReadonlyMap<string, ReadonlySet<string>>
}

const WHOLE_FILE: readonly Note[] = [
  'storage-set-aside',
  'storage-newer',
  'storage-unwritable',
  'storage-gone',
  'storage-older',
]
const OF_ROWS: Readonly<Record<string, Note>> = {
  journal: 'journal-unreadable',
  change: 'journal-unreadable',
  cluster: 'cluster-unreadable',
  kept: 'kept-unreadable',
  loss: 'losses-unreadable',
  audit: 'audit-unreadable',
}

const kindOf = (name: string): string => name.split(' ', 1)[0] ?? ''
const isSaid = (name: string, notes: readonly Note[]): boolean =>
  notes.some((note) => WHOLE_FILE.includes(note) || note === OF_ROWS[kindOf(name)])

/** [] = all is as it must be. */
export function judge({ thrown, notes, served, destroyed, line }: Observed, { expected, written }: Known): string[] {
  if (thrown !== '') return [`it does not start: ${thrown}`]
  const invented = [...served].filter(([name, text]) => written.get(name)?.has(text) !== true)
  const unsaid = [...expected].filter(([name, text]) => served.get(name) !== text && !isSaid(name, notes))
  return [
    ...invented.map(([name]) => `serves what nobody wrote: ${name}`),
    ...unsaid.map(([name]) => `lost and not said: ${name}`),
    ...destroyed.map((name) => `destroyed: ${name}`),
    ...(line === 'lost' ? ['a line was taken that the next start does not find'] : []),
  ]
}

export type Outcome = 'served whole' | 'served in part and said' | 'not served and said' | 'WRONG'

export function outcomeOf(observed: Observed, known: Known): Outcome {
  if (judge(observed, known).length > 0) return 'WRONG'
  const missing = [...known.expected].filter(([name, text]) => observed.served.get(name) !== text)
  if (missing.length === 0) return 'served whole'
  return missing.length < known.expected.size ? 'served in part and said' : 'not served and said'
}
