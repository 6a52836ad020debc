import type { ChangeEvent, ItemResult } from '../../contract/change'

/** As settle.ts marks a topic of which nobody can tell any more what became of our write, because another hand changed it since. */
export const OVERWRITTEN = -1000

/** How a change has ended: something is not known, something was applied, or nothing was. */
export function endOutcome(results: readonly ItemResult[]): Extract<ChangeEvent, { type: 'ended' }>['outcome'] {
  const applied = results.some(({ outcome }) => outcome === 'applied' || outcome === 'not-needed')
  if (results.some(({ outcome, error }) => outcome === 'unknown' && !(applied && error === OVERWRITTEN)))
    return 'unknown'
  return applied ? 'applied' : 'failed'
}

/** Never begun, or sent and found not carried out: what a new change may take up. What a broker refused with a code it would refuse again. */
export const isLeft = ({ outcome, error }: ItemResult): boolean =>
  outcome === 'not-begun' || (outcome === 'refused' && error === 0)
