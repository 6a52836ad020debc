import { counts, countRows, eachTopic, replicasOf, Says, topicRow } from './look'
import type { AuditRuleFile } from './look'
import { Placement } from './placement'

const SAFE_REPLICAS = 3

/** There is no copy: the disk of one broker is all there is, and while that broker is away nobody reads or writes. Kafka's own topics have a rule of their own. */
export const singleReplica: AuditRuleFile = {
  rule: 'single-replica',
  *look(facts, topics) {
    const says = new Says('single-replica')
    const placement = new Placement(facts)
    const rows: ReturnType<typeof topicRow>[] = []
    yield* eachTopic(topics, (topic) => {
      if (topic.own) return
      const isSingle = (row: number): boolean => replicasOf(facts, row) === 1
      const found = countRows(topic, isSingle)
      if (found === 0) return
      rows.push(topicRow(topic.name, found))
      for (let row = topic.from; row < topic.to && !placement.isFull; row += 1)
        if (isSingle(row)) placement.widen(row, SAFE_REPLICAS)
    })
    says.found({
      id: 'single-replica.one',
      evidence: [{ id: 'audit.single-replica', args: counts(rows) }],
      rows,
      fix: { kind: 'tools', lines: placement.lines() },
      readAt: facts.reading.metadataAt,
    })
    return says.result()
  },
}
