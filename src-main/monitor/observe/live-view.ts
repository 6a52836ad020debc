import type { PartitionName } from '../../contract/ipc'
import type { LivePartition } from '../../contract/live'
import type { Dispute } from '../../domain/answers/disputes'
import { counts } from '../../domain/answers/reassignments'
import { aheadRecords, behindRecords } from '../../domain/lag/ahead'
import { livePartition } from '../../domain/picture/live'
import { Presences } from '../../domain/state/presences'
import type { BrokerFacts } from '../../domain/topology/reading'
import { findPartition } from '../../domain/topology/topology'
import type { ReadOnlyCells } from '../../shared/read-only'
import type { Picture } from '../judge/picture'
import type { TopologyEpoch } from '../reading/answers'

/** What is known now, beside the newest picture: figures that change all the time, each with its own time, in rows of that picture's topology. */
export interface LiveView extends Pick<TopologyEpoch, 'reading' | 'lags' | 'highWatermarkReadAt'> {
  readonly facts: ReadonlyMap<number, BrokerFacts>
  readonly disputes: ReadonlyMap<number, readonly Dispute[]>
  /** NaN = not read yet, refused, or not watched. */
  logStartOf(topic: string, partition: number): number
}

/** null = it was deleted while on screen: the page keeps its last picture and says so. */
export function watchedPartition(
  view: LiveView,
  picture: Picture,
  { topic, partition }: PartitionName,
  now: number,
): LivePartition | null {
  const row = findPartition(picture.topology, topic, partition)
  if (row < 0) return null
  const { reading, lags, facts } = view
  const disputes = view.disputes.get(row) ?? []
  const extra = { logStartOffset: view.logStartOf(topic, partition), disputes }
  return livePartition(reading, lags, facts, picture.settings, picture.columns, row, now, extra)
}

/**
 * Worst follower lag per row, exact; NaN as soon as one is unknown of a replica that counts: it may be the worst. Negative as in `PartitionColumns`, where a
 * replica has more than its leader.
 */
export function worstLags(
  { reading, facts }: Pick<LiveView, 'reading' | 'facts'>,
  rows: ReadOnlyCells<Uint32Array>,
): Float64Array {
  const { replicaStart, replicaBroker } = reading.topology
  const presences = new Presences(facts)
  return Float64Array.from(rows, (row) => {
    let worst = Number.NaN
    let ahead = 0
    let unknown = false
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1) {
      if (!counts(reading, replica)) continue
      const lag = behindRecords(reading, replica)
      if (Number.isNaN(lag) || presences.isUnseen(replicaBroker[replica]!)) unknown = true
      else if (!(lag <= worst)) worst = lag
      ahead = Math.max(ahead, aheadRecords(reading, replica))
    }
    if (ahead > 0) return -ahead
    return unknown ? Number.NaN : worst
  })
}
