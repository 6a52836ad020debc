import { HEALTHY, OFFLINE, STATE_NAMES } from '../shared/states'
import { assess, emptyColumns } from '../domain/picture/assess'
import { REPLICA_IN_SYNC } from '../domain/topology/columns'
import { LATE_AFTER_MS } from '../domain/lag/lateness'
import { countMissing } from '../domain/answers/reassignments'
import { effectiveMinOf } from '../domain/forecast/stop-effects'
import type { WholePicture } from './take-picture'

export interface Inspected {
  readonly json: string
  /** True when every partition is healthy and every broker answers. */
  readonly healthy: boolean
}

/** JSON has no NaN: unknown is null. */
const known = (value: number): number | null => (Number.isNaN(value) ? null : value)
/** Our clock counts parts of a ms; whoever reads the line does not. */
const wholeMs = (value: number): number | null => known(Math.round(value))

/** The picture as one line. Field names are those of the contract; `replicasDetail` is in assignment order, as `replicas` is. */
export function toJson(picture: WholePicture, now: number): Inspected {
  const { reading, facts, settings } = picture
  const { topology, logEndOffset, lagRecords, replicaFlags } = reading
  const { replicaStart, replicaBroker } = topology
  const columns = emptyColumns(topology.partition.length)
  assess(reading, facts, settings, { now, lateAfterMs: LATE_AFTER_MS }, columns)
  let underReplicated = 0
  const partitions = Array.from(topology.partition, (partition, row) => {
    const replicas: number[] = []
    const isr: number[] = []
    const replicasDetail: { broker: number; logEndOffset: number | null; lag: number | null }[] = []
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const broker = replicaBroker[replica]!
      replicas.push(broker)
      if ((replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0) isr.push(broker)
      replicasDetail.push({ broker, logEndOffset: known(logEndOffset[replica]!), lag: known(lagRecords[replica]!) })
    }
    if (countMissing(reading, row) > 0) underReplicated += 1
    const leader = reading.leader[row]!
    const minInSyncReplicas = effectiveMinOf(reading, settings, row)
    return {
      topic: topology.topicNames[topology.topicIndex[row]!]!,
      partition,
      leader,
      leaderAnswers: leader < 0 ? null : facts.get(leader)?.answers === 'yes',
      leaderEpoch: reading.leaderEpoch[row]!,
      state: STATE_NAMES[columns.state[row]!]!,
      replicas,
      isr,
      minInSyncReplicas: minInSyncReplicas < 0 ? null : minInSyncReplicas,
      highWatermark: known(reading.highWatermark[row]!),
      replicasDetail,
    }
  })
  const brokers = reading.brokers.map(({ id, host, port, rack }) => {
    const fact = facts.get(id)
    return { id, host, port, rack, answers: fact?.answers === 'yes', silence: fact?.silence ?? '' }
  })
  const healthy = columns.state.every((state) => state === HEALTHY) && brokers.every((broker) => broker.answers)
  const offline = columns.state.filter((state) => state === OFFLINE).length
  const { takenAt, spreadMs, clusterId } = picture
  return {
    json: JSON.stringify({
      clusterId,
      takenAt: wholeMs(takenAt),
      spreadMs: wholeMs(spreadMs),
      healthy,
      underReplicated,
      offline,
      brokers,
      partitions,
    }),
    healthy,
  }
}
