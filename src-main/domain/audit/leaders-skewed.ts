import type { AuditRow } from '../../contract/audit'
import { preferredLeader } from '../../shared/preferred-leader'
import { REPLICA_IN_SYNC } from '../topology/columns'
import type { AuditFacts } from './facts'
import { brokerRow, counts, eachTopic, Says } from './look'
import type { AuditRuleFile, TopicLook } from './look'

const REBALANCE_KEY = 'auto.leader.rebalance.enable'
/** Kafka's own measure: leader.imbalance.per.broker.percentage, 10 by default. */
const SHARE = 0.1

/** Led by another one although its preferred replica is listed and in the ISR, so an election would bring it back. */
function isAway({ reading }: AuditFacts, row: number, preferred: number, listed: ReadonlySet<number>): boolean {
  const leader = reading.leader[row]!
  const first = reading.topology.replicaStart[row]!
  return (
    leader >= 0 &&
    leader !== preferred &&
    listed.has(preferred) &&
    (reading.replicaFlags[first]! & REPLICA_IN_SYNC) !== 0
  )
}

interface Share {
  readonly partitions: Map<string, number[]>
  preferred: number
  away: number
}

function* sharesOf(facts: AuditFacts, topics: readonly TopicLook[]): Generator<undefined, ReadonlyMap<number, Share>> {
  const { reading } = facts
  const listed = new Set(reading.brokers.map(({ id }) => id))
  const shares = new Map<number, Share>()
  yield* eachTopic(topics, ({ name, from, to }) => {
    for (let row = from; row < to; row += 1) {
      const preferred = preferredLeader(reading.topology, row)
      let share = shares.get(preferred)
      if (share === undefined) shares.set(preferred, (share = { partitions: new Map(), preferred: 0, away: 0 }))
      share.preferred += 1
      if (!isAway(facts, row, preferred, listed)) continue
      share.away += 1
      const partitions = share.partitions.get(name)
      const partition = reading.topology.partition[row]!
      if (partitions === undefined) share.partitions.set(name, [partition])
      else partitions.push(partition)
    }
  })
  return shares
}

/** With auto.leader.rebalance.enable Kafka brings them back by itself within five minutes (ReplicationControlManager.maybeBalancePartitionLeaders). */
export const leadersSkewed: AuditRuleFile = {
  rule: 'leaders-skewed',
  *look(facts, topics) {
    const says = new Says('leaders-skewed')
    const shares = yield* sharesOf(facts, topics)
    const skewed = [...shares].filter(([, { away, preferred }]) => away > 0 && away > preferred * SHARE)
    if (skewed.length === 0) return says.result()
    const told = [...facts.brokers.values()].map((broker) =>
      broker.known ? broker.value.get(REBALANCE_KEY)?.value : undefined,
    )
    if (!told.includes('false')) {
      for (const [, broker] of facts.brokers) if (!broker.known) says.unseen(broker.reason)
      if (told.includes(undefined) && [...facts.brokers.values()].every((broker) => broker.known))
        says.unseen({ id: 'why.setting-untold', args: { key: REBALANCE_KEY } })
      return says.result()
    }
    const byTopic = new Map<string, number[]>()
    const rows = skewed.map(([broker, { away, preferred, partitions }]): AuditRow => {
      for (const [topic, numbers] of partitions) byTopic.set(topic, [...(byTopic.get(topic) ?? []), ...numbers])
      return brokerRow(broker, away, {
        id: 'audit.note.prefers',
        args: { count: { unit: 'count', value: preferred } },
      })
    })
    says.found({
      id: 'leaders-skewed.stay',
      evidence: [
        {
          id: 'audit.leaders-skewed',
          args: { partitionCount: counts(rows).partitionCount, brokerCount: { unit: 'count', value: rows.length } },
        },
      ],
      rows,
      fix: { kind: 'election', partitions: [...byTopic].map(([topic, partitions]) => ({ topic, partitions })) },
      readAt: facts.reading.metadataAt,
    })
    return says.result()
  },
}
