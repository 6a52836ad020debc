import type { Coordinated, Headline } from '../../contract/summary'
import { OFFLINE, UNDER_MIN_ISR } from '../../shared/states'
import { tally } from '../../shared/tally'
import type { ReadOnlyCells } from '../../shared/read-only'
import { topicRows } from '../topology/topology'
import type { Topology } from '../topology/reading'

/** Kafka's own topics (Topic.INTERNAL_TOPICS) and what goes on by their partitions; each is written with acks=all. */
const TOPICS: readonly (readonly [string, Coordinated])[] = [
  ['__consumer_offsets', 'groups'],
  ['__transaction_state', 'transactions'],
  ['__share_group_state', 'share-groups'],
]

export const COORDINATED: readonly Coordinated[] = TOPICS.map(([, what]) => what)

/** Topic row of each of `COORDINATED`, -1 = this cluster has none. */
export function coordinatorTopics(topology: Topology): readonly number[] {
  const rows = topicRows(topology)
  return TOPICS.map(([name]) => rows.get(name) ?? -1)
}

/** What is halted now: a partition that refuses acks=all takes no commit, one without a leader has no coordinator. `state`: of each partition row. `complete`: every one was judged. */
export function haltedNow(topology: Topology, state: ReadOnlyCells<Uint8Array>, complete: boolean): Headline['halted'] {
  return coordinatorTopics(topology).flatMap((topic, at) => {
    if (topic < 0) return []
    let halted = 0
    for (let row = topology.topicStart[topic]!; row < topology.topicStart[topic + 1]!; row++)
      if (state[row] === UNDER_MIN_ISR || state[row] === OFFLINE) halted++
    return halted === 0 ? [] : [{ what: COORDINATED[at]!, partitions: tally(halted, complete) }]
  })
}
