/** One change of the journal in words: what the list says of it. Pure. */
import { DONE } from '@contract/change'
import type { JournalEntry } from '@contract/journal'
import type { Say } from '../common/say'
import { counted, listed } from '../common/say'

const SHOWN_KEYS = 3

/** `first` names, and how many more there are. */
function some(say: Say, names: readonly string[], all: number, first: number): string {
  const shown = names.slice(0, first)
  const more = all - shown.length
  return more <= 0
    ? listed(say, shown)
    : counted(say, 'journal.andMore', more, { names: shown.join(say.t('board.name.comma')) })
}

export const topicWords = (say: Say, { topics, topicCount }: JournalEntry): string => some(say, topics, topicCount, 2)

export function whatWords(say: Say, entry: JournalEntry): string {
  const what =
    entry.kind === 'election' ? say.t('journal.leadersBack') : some(say, entry.keys, entry.keys.length, SHOWN_KEYS)
  return entry.undoOf === '' ? what : say.t('journal.undoOf', { what })
}

/** `37 of 40`; a dash before anything was sent. */
export const resultWords = (say: Say, { applied, items }: JournalEntry): string =>
  items === 0 ? '–' : say.t('journal.ofItems', { applied: say.f.count(applied), items: say.f.count(items) })

export const riskWord = (say: Say, { level }: JournalEntry): string =>
  level === '' ? '–' : say.t(`journal.risk.${level}`)

/** Something of it holds on the cluster, and overrides can be restored; whether they still are as it left them is found when planning. */
export const mayUndo = ({ kind, state, applied, undoneBy }: JournalEntry): boolean =>
  kind === 'config' && state !== 'unreadable' && DONE.includes(state) && applied > 0 && undoneBy === ''
