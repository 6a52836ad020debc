import { ELECTION_BATCH } from '../../../contract/change'
import type { Effect, ElectionFate, ElectionItem, ElectionPlan } from '../../../contract/change'
import { busyEffects } from '../guards/busy-cluster'
import { Says } from '../guards/effect'
import { Found } from '../guards/found'
import type { Fact, GuardFacts } from '../guards/guard'
import { sortEffects } from '../guards/index'

export const ELECTION_RULE = 'preferred-election'
export interface ElectionFacts extends Pick<GuardFacts, 'metadataAt' | 'offline' | 'reassignments'> {
  /** Whether leaders go back by themselves. */
  readonly rebalances: Fact<boolean>
}

const most = (counts: readonly number[]): number => counts.reduce((a, b) => Math.max(a, b), 0)
const least = (counts: readonly number[]): number => counts.reduce((a, b) => Math.min(a, b), Infinity)

/**
 * Effects of a preferred leader election, worst first. Partitions that cannot move are named with the reason and cost nothing: the controller leaves
 * them as they are. The controller does the same by itself where auto.leader.rebalance.enable is on, for every partition that is not led by its
 * preferred replica (ReplicationControlManager.maybeBalancePartitionLeaders), which costs nothing either. The clients of a partition that moves meet NOT_LEADER_OR_FOLLOWER once and ask for the new leader.
 */
export function judgeElection(
  items: readonly ElectionItem[],
  leaders: ElectionPlan['leaders'],
  facts: ElectionFacts,
): Effect[] {
  const says = new Says(ELECTION_RULE, []).asOf(facts.metadataAt)
  const fates = new Map<ElectionFate, Found>()
  for (const { topic, partition, leader, preferred, fate } of items) {
    let found = fates.get(fate)
    if (found === undefined) fates.set(fate, (found = new Found()))
    found.add(topic, partition, NaN, fate === 'gone' ? '' : `${leader < 0 ? '-' : leader} → ${preferred}`)
  }
  const asked = { figures: { askedCount: items.length } }
  for (const fate of ['not-in-sync', 'preferred-silent', 'offline', 'gone'] as const) {
    const found = fates.get(fate)
    if (found !== undefined) says.add(fate, 'warn', found, asked)
  }
  const already = fates.get('already')
  if (already !== undefined) says.add('already', 'info', already, asked)
  const moves = fates.get('moves')
  if (moves === undefined) says.add('nothing-moves', 'warn', new Found(), { ...asked, cluster: true })
  else {
    const [before, after] = [leaders.map((row) => row.before), leaders.map((row) => row.after)]
    says.add('moves', 'info', moves, asked)
    says.add('balance', 'info', moves, {
      figures: {
        brokerCount: leaders.length,
        mostBeforeCount: most(before),
        mostAfterCount: most(after),
        leastBeforeCount: least(before),
        leastAfterCount: least(after),
      },
    })
    const itself = facts.rebalances
    if (itself.known) says.add(itself.value ? 'by-itself' : 'not-by-itself', 'info', moves)
    else says.add('by-itself-unknown', 'info', moves)
    const batchCount = Math.ceil(moves.partitionCount / ELECTION_BATCH)
    if (batchCount > 1)
      says.add('in-batches', 'info', moves, { figures: { batchCount, batchSizeCount: ELECTION_BATCH } })
  }
  return sortEffects([...says.effects(), ...busyEffects({ ...facts, topics: [] })])
}
