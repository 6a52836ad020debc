import type { AuditRow } from '../../contract/audit'
import { CLUSTER_ROW, counts, countRows, eachTopic, partitionsOf, replicasOf, Says, topicRow } from './look'
import type { AuditRuleFile } from './look'
import { Placement } from './placement'

type Racks = 'one' | 'several' | 'unknown'

/** Racks are told by Metadata for the brokers that it lists; a broker that is away, or names none, is in no known one. */
export const oneRack: AuditRuleFile = {
  rule: 'one-rack',
  *look(facts, topics) {
    const says = new Says('one-rack')
    const { brokers, topology, metadataAt: readAt } = facts.reading
    const racks = new Map(
      brokers.flatMap(({ id, rack }) => (rack === null || rack === '' ? [] : [[id, rack] as const])),
    )
    if (racks.size === 0) {
      says.idle({ id: 'audit.idle.no-racks', args: {} })
      return says.result()
    }
    if (racks.size === brokers.length && new Set(racks.values()).size === 1) {
      says.found({
        id: 'one-rack.cluster',
        risk: 'untidy',
        evidence: [{ id: 'audit.one-rack.cluster', args: { rack: [...racks.values()][0]! } }],
        rows: [CLUSTER_ROW],
        fix: { kind: 'tools', lines: [] },
        readAt,
      })
      return says.result()
    }
    const racksOf = (row: number): Racks => {
      let first: string | null = null
      let isUnknown = false
      for (let at = topology.replicaStart[row]!; at < topology.replicaStart[row + 1]!; at += 1) {
        const rack = racks.get(topology.replicaBroker[at]!)
        if (rack === undefined) isUnknown = true
        else if (first !== null && rack !== first) return 'several'
        else first = rack
      }
      return isUnknown ? 'unknown' : 'one'
    }
    const rows: AuditRow[] = []
    const placement = new Placement(facts)
    let unknown = 0
    yield* eachTopic(topics, (topic) => {
      const isCopied = (row: number): boolean => replicasOf(facts, row) > 1
      unknown += countRows(topic, (row) => isCopied(row) && racksOf(row) === 'unknown')
      const isInOne = (row: number): boolean => isCopied(row) && racksOf(row) === 'one'
      const found = countRows(topic, isInOne)
      if (found === 0) return
      rows.push(topicRow(topic.name, found))
      for (let row = topic.from; row < topic.to && !placement.isFull; row += 1) if (isInOne(row)) placement.spread(row)
    })
    if (unknown > 0)
      says.unseen({ id: 'audit.unseen.racks', args: { partitionCount: { unit: 'count', value: unknown } } })
    says.found({
      id: 'one-rack.partitions',
      evidence: [
        {
          id: 'audit.one-rack.partitions',
          args: { ...counts(rows), allPartitionCount: { unit: 'count', value: topology.partition.length } },
        },
      ],
      rows: partitionsOf(rows) > 0 ? rows : [],
      fix: { kind: 'tools', lines: placement.lines() },
      readAt,
    })
    return says.result()
  },
}
