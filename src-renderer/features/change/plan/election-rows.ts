/** An election plan by fate: how many move, and which cannot, with the reason. Pure. */
import { ELECTION_FATES } from '@contract/change'
import type { ElectionFate, ElectionItem } from '@contract/change'

/** Fates that occur, with their number: what moves first, what cannot next, what is there already last. */
export const fateCounts = (partitions: readonly ElectionItem[]): { fate: ElectionFate; count: number }[] =>
  ELECTION_FATES.map((fate) => ({ fate, count: partitions.filter((item) => item.fate === fate).length })).filter(
    ({ count }) => count > 0,
  )

/** Indices into `partitions`: what cannot move first, since that is what is looked for. */
export const electionOrder = (partitions: readonly ElectionItem[]): Uint32Array => {
  const gravity = ({ fate }: ElectionItem): number => (fate === 'moves' ? 1 : fate === 'already' ? 2 : 0)
  return Uint32Array.from(partitions, (_, at) => at).sort(
    (a, b) => gravity(partitions[a]!) - gravity(partitions[b]!) || a - b,
  )
}
