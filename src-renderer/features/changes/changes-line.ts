import type { EntryState, JournalEntry } from '@contract/journal'
import type { Say } from '../common/say'
import { counted, sentences } from '../common/say'

/** Open changes by what is left to be done with them, the most pressing first. */
const GROUPS: readonly (readonly ['unsettled' | 'conflict' | 'unverified' | 'prepared', readonly EntryState[]])[] = [
  ['unsettled', ['applying', 'unknown']],
  ['conflict', ['conflict']],
  ['unverified', ['applied', 'verified']],
  ['prepared', ['draft', 'planned', 'validated', 'confirmed']],
]

/** 0 = most pressing; what is not open comes last. */
export function gravity({ state }: JournalEntry): number {
  const at = GROUPS.findIndex(([, states]) => states.includes(state))
  return at < 0 ? GROUPS.length : at
}

/** The first line of the page, and what is less pressing under it. `open`: the open changes; `total`: all of the journal that is in view. */
export function changesLine(
  say: Say,
  open: readonly JournalEntry[],
  total: number,
): { readonly first: string; readonly rest: string } {
  const said = GROUPS.flatMap(([name], at) => {
    const n = open.filter((entry) => gravity(entry) === at).length
    return n === 0 ? [] : [counted(say, `journal.line.${name}`, n)]
  })
  const calm = total === 0 ? say.t('journal.line.empty') : counted(say, 'journal.line.calm', total)
  return { first: said[0] ?? calm, rest: sentences(say, said.slice(1)) }
}
