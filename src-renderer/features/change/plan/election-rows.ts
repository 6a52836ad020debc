/** An election plan by fate: how many move, and which cannot, with the reason. Pure. */
import type { ElectionItem, Plan } from '@contract/change'

export type Fate = ElectionItem['fate']
const FATES: readonly Fate[] = ['moves', 'not-in-sync', 'preferred-silent', 'offline', 'gone', 'already']

/** Fates that occur, with their number: what moves first, what cannot next, what is there already last. */
export const fateCounts = (election: Plan['election']): { fate: Fate; count: number }[] =>
  FATES.map((fate) => ({ fate, count: election.filter((item) => item.fate === fate).length })).filter(
    ({ count }) => count > 0,
  )

/** Indices into `election`: what cannot move first, since that is what is looked for. */
export const electionOrder = (election: Plan['election']): Uint32Array => {
  const gravity = ({ fate }: ElectionItem): number => (fate === 'moves' ? 1 : fate === 'already' ? 2 : 0)
  return Uint32Array.from(election, (_, at) => at).sort(
    (a, b) => gravity(election[a]!) - gravity(election[b]!) || a - b,
  )
}
