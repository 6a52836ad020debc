import type { WriteCounts } from '../../contract/change'
import { REPLICA_IN_SYNC } from '../../domain/topology/columns'
import { effectiveMinInSyncReplicas } from '../../domain/state/min-isr'
import type { Reading } from '../../domain/topology/reading'
import { topicRows } from '../../domain/topology/topic-index'
import { isTold } from '../../domain/topology/told'

export type KafkaVersion = readonly [number, number] | null

/** min.insync.replicas of a topic as set, -1 unknown. */
export type MinIsrOf = (topic: string) => number

export type WriteState = 'accepts' | 'refuses' | 'offline' | 'unknown'

/**
 * Calls `see` for every partition of the topics with whether acks=all is taken there, and how many further replicas may fail before it is not
 * (NaN where it is not). Topics the reading does not have are left out.
 */
export function eachWriteState(
  reading: Reading,
  topics: readonly string[],
  minIsrOf: MinIsrOf,
  version: KafkaVersion,
  see: (topic: string, partition: number, state: WriteState, tolerance: number) => void,
): void {
  const rows = topicRows(reading.topology)
  const { topicStart, replicaStart, partition } = reading.topology
  for (const topic of topics) {
    const row = rows.get(topic)
    if (row === undefined) continue
    const setting = minIsrOf(topic)
    for (let at = topicStart[row]!; at < topicStart[row + 1]!; at += 1) {
      const from = replicaStart[at]!
      const to = replicaStart[at + 1]!
      let inSync = 0
      for (let replica = from; replica < to; replica += 1)
        if ((reading.replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0) inSync += 1
      const least = effectiveMinInSyncReplicas(setting, to - from, version)
      const tolerance = inSync - least
      if (reading.leader[at]! < 0) see(topic, partition[at]!, isTold(reading, at) ? 'offline' : 'unknown', Number.NaN)
      else if (least < 0) see(topic, partition[at]!, 'unknown', Number.NaN)
      else if (tolerance < 0) see(topic, partition[at]!, 'refuses', Number.NaN)
      else see(topic, partition[at]!, 'accepts', tolerance)
    }
  }
}

export function writeCounts(
  reading: Reading,
  topics: readonly string[],
  minIsrOf: MinIsrOf,
  version: KafkaVersion,
): WriteCounts {
  const counts = { accepts: 0, refuses: 0, offline: 0, unknown: 0 }
  let tolerance = Number.POSITIVE_INFINITY
  eachWriteState(reading, topics, minIsrOf, version, (_topic, _partition, state, left) => {
    counts[state] += 1
    if (state === 'accepts') tolerance = Math.min(tolerance, left)
  })
  return { ...counts, tolerance: Number.isFinite(tolerance) ? tolerance : Number.NaN }
}

/** By the monitor's own reading of the settings, which may be some seconds old. */
export function minIsrByReading(reading: Reading): MinIsrOf {
  const rows = topicRows(reading.topology)
  return (topic) => {
    const row = rows.get(topic)
    return row === undefined ? -1 : reading.minInSyncReplicas[row]!
  }
}

/** -1 where the text is no number. */
export const minIsrFromText = (text: string | null | undefined): number =>
  text !== null && text !== undefined && /^\d+$/.test(text) ? Number(text) : -1
