import { HEALTHY, OFFLINE, STATE_NAMES, UNKNOWN } from '../shared/states'
import { assess, emptyColumns } from '../domain/picture/assess'
import { REPLICA_IN_SYNC } from '../domain/topology/columns'
import { behindRecords } from '../domain/lag/ahead'
import { LATE_AFTER_MS } from '../domain/lag/lateness'
import { countMissing } from '../domain/answers/reassignments'
import { effectiveMinOf } from '../domain/forecast/stop-effects'
import { Presences } from '../domain/state/presences'
import { nextActionAdvertised } from './next-action'
import type { WholePicture } from './take-picture'

export interface Inspected {
  readonly json: string
  /**
   * healthy: there are partitions, all of them are healthy and known to take acks=all writes, and every broker answers. trouble: something wrong is
   * seen. unknown: nothing wrong is seen, and not enough to call it healthy, also where it is our own side that does not reach a broker.
   */
  readonly verdict: 'healthy' | 'trouble' | 'unknown'
  /** What was not seen, a sentence each. */
  readonly unseen: readonly string[]
}

/** JSON has no NaN: unknown is null. */
const known = (value: number): number | null => (Number.isNaN(value) ? null : value)
/** Our clock counts parts of a ms; whoever reads the line does not. */
const wholeMs = (value: number): number | null => known(Math.round(value))

/** Brokers leave out what a login may not see without a word, so nothing at all may mean either. */
function unseenOf(
  partitions: readonly { readonly topic: string; readonly partition: number; readonly state: string }[],
  minIsrUnknown: ReadonlySet<string>,
  movesUnknown: boolean,
): string[] {
  if (partitions.length === 0) return ['no topic is seen: the cluster has none, or this login may describe none']
  const unread = partitions.filter(({ state }) => state === STATE_NAMES[UNKNOWN])
  const [first] = unread
  return [
    ...(first === undefined
      ? []
      : [
          `${unread.length} of ${partitions.length} partitions could not be read, ${first.topic}-${first.partition} first`,
        ]),
    ...(minIsrUnknown.size === 0
      ? []
      : [
          `min.insync.replicas of ${[...minIsrUnknown][0]!}${minIsrUnknown.size > 1 ? ` and ${minIsrUnknown.size - 1} more` : ''} is not known, so whether acks=all writes are taken is not either: check that this login has DescribeConfigs on the topics`,
        ]),
    ...(movesUnknown
      ? [
          'whether replicas are being moved is not known, so each one out of the ISR counts as missing: check that this login has Describe on the cluster',
        ]
      : []),
  ]
}

/** Brokers that our own side does not reach: the first with why and what to do. */
function unseenBrokers({ facts, failures }: WholePicture, presences: Presences): string[] {
  const [first, ...others] = [...facts.values()].filter(({ id }) => presences.isUnseen(id))
  if (first === undefined) return []
  const failure = failures.get(first.id)
  const why = failure === undefined ? first.silence : `${failure.message}; ${nextActionAdvertised(failure)}`
  return others.length === 0
    ? [`broker ${first.id} is not seen from here: ${why}`]
    : [`broker ${first.id} and ${others.length} more are not seen from here, the first because ${why}`]
}

/** The picture as one line. Field names are those of the contract; `replicasDetail` is in assignment order, as `replicas` is. */
export function toJson(picture: WholePicture, now: number): Inspected {
  const { reading, facts, settings } = picture
  const { topology, logEndOffset, replicaFlags } = reading
  const { replicaStart, replicaBroker } = topology
  const columns = emptyColumns(topology.partition.length)
  const presences = new Presences(facts, now, reading.withoutListener)
  assess(reading, presences, settings, { now, lateAfterMs: LATE_AFTER_MS }, columns)
  let underReplicated = 0
  const minIsrUnknown = new Set<string>()
  const partitions = Array.from(topology.partition, (partition, row) => {
    const replicas: number[] = []
    const isr: number[] = []
    const replicasDetail: { broker: number; logEndOffset: number | null; lag: number | null }[] = []
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const broker = replicaBroker[replica]!
      replicas.push(broker)
      if ((replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0) isr.push(broker)
      replicasDetail.push({
        broker,
        logEndOffset: known(logEndOffset[replica]!),
        lag: known(behindRecords(reading, replica)),
      })
    }
    if (countMissing(reading, row) > 0) underReplicated += 1
    const leader = reading.leader[row]!
    const minInSyncReplicas = effectiveMinOf(reading, settings, row)
    const topic = topology.topicNames[topology.topicIndex[row]!]!
    if (minInSyncReplicas < 0) minIsrUnknown.add(topic)
    return {
      topic,
      partition,
      leader,
      leaderAnswers: leader < 0 ? null : presences.answers(leader),
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
    return { id, host, port, rack, answers: presences.answers(id), silence: fact?.silence ?? '' }
  })
  const unseen = [...unseenBrokers(picture, presences), ...unseenOf(partitions, minIsrUnknown, picture.movesUnknown)]
  const seenWrong =
    columns.state.some((state) => state !== HEALTHY && state !== UNKNOWN) ||
    brokers.some(({ id, answers }) => !answers && !presences.isUnseen(id))
  const verdict = seenWrong ? 'trouble' : unseen.length > 0 ? 'unknown' : 'healthy'
  const complete = partitions.length > 0 && columns.state.every((state) => state !== UNKNOWN)
  /** What was seen counts; none seen is none only where all was. */
  const counted = (seen: number): number | null => (seen > 0 || complete ? seen : null)
  const offline = columns.state.filter((state) => state === OFFLINE).length
  const { takenAt, spreadMs, clusterId } = picture
  return {
    json: JSON.stringify({
      clusterId,
      takenAt: wholeMs(takenAt),
      spreadMs: wholeMs(spreadMs),
      healthy: verdict === 'unknown' ? null : verdict === 'healthy',
      underReplicated: counted(underReplicated),
      offline: counted(offline),
      brokers,
      partitions,
    }),
    verdict,
    unseen,
  }
}
