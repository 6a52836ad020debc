import type { ChangeState } from '@contract/change'
import type { JournalEntry } from '@contract/journal'
import type { Say } from '../common/say'
import { counted, sentences } from '../common/say'

/** Open changes by what is left to be done with them, the most pressing first. */
const GROUPS: readonly (readonly [string, readonly ChangeState[]])[] = [
  ['unsettled', ['applying', 'unknown']],
  ['conflict', ['conflict']],
  ['unverified', ['applied', 'verified']],
  ['prepared', ['draft', 'planned', 'validated', 'confirmed']],
]

/** The first line of the page: what is left to be done, worst first. `open`: the open changes; `total`: all of the journal that is in view. */
export function changesLine(say: Say, open: readonly JournalEntry[], total: number): string {
  const said = GROUPS.map(([name, states]) => {
    const n = open.filter(({ state }) => states.includes(state)).length
    return n === 0 ? '' : counted(say, `journal.line.${name}`, n)
  })
  if (said.every((sentence) => sentence === ''))
    return total === 0 ? say.t('journal.line.empty') : counted(say, 'journal.line.calm', total)
  return sentences(say, said)
}
