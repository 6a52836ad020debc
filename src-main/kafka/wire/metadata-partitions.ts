import { REPLICA_IN_SYNC, REPLICA_OFFLINE } from '../../domain/topology/columns'
import type { MetadataColumnsBuilder } from './metadata-columns-builder'
import { readOddPartition } from './metadata-odd-partition'
import type { Reader } from './reader'

/**
 * The most a partition of three replicas takes with three lists of three: no read of the fast path can go beyond that.
 */
const MOST_THREE_BYTES = 62

/** No offline replica and no tags, as one number. */
const COMPACT_END = 0x0100

/**
 * Reads `count` partitions of one topic from `start` on into `to` and returns where they end.
 *
 * This is the hot path of a poll, 200,000 rounds on a large cluster: hence no object and no call per field, and a
 * DataView, which V8 turns into one checked load each (twice as fast as putting bytes together by hand, Node 20).
 * Partitions of three replicas, which is nearly every one of nearly every cluster, are read without inner loops as long
 * as all is well: that brings storing down to about the cost of reading. Every other shape goes through
 * `readOddPartition`.
 */
export function readPartitions(start: number, count: number, to: MetadataColumnsBuilder, reader: Reader): number {
  const { view, flexible: compact } = reader
  const countBytes = compact ? 1 : 4
  const ids = 14 + countBytes
  const isr = ids + 12 + countBytes
  const wellBytes = 12 + (compact ? 2 : 4)
  const lastStart = reader.length - MOST_THREE_BYTES
  const last = to.partitions + count
  const { partition, partitionErrors, leader, leaderEpoch, replicaStart } = to
  let { replicaBroker, replicaFlags, replicas } = to
  let at = start
  const first = to.partitions
  let inOrder = true
  for (let row = first; row < last; row++) {
    const three = at <= lastStart && (compact ? view.getUint8(at + 14) === 4 : view.getInt32(at + 14) === 3)
    if (three && replicas + 3 <= replicaBroker.length) {
      const a = view.getInt32(at + ids)
      const b = view.getInt32(at + ids + 4)
      const c = view.getInt32(at + ids + 8)
      let next = at + isr
      // Ids below zero, or twice the same.
      let odd = (a | b | c) < 0 || a === b || b === c || a === c
      const well = compact
        ? view.getUint8(next - 1) === 4 && view.getInt16(next + 12) === COMPACT_END
        : view.getInt32(next - 4) === 3 && view.getInt32(next + 12) === 0
      if (well && view.getInt32(next) === a && view.getInt32(next + 4) === b && view.getInt32(next + 8) === c)
        next += wellBytes
      else {
        let flagA = 0
        let flagB = 0
        let flagC = 0
        const inSync = compact ? view.getUint8(next - 1) - 1 : view.getInt32(next - 4)
        odd ||= inSync < 0 || inSync > 3
        for (let i = 0; i < inSync && !odd; i++, next += 4) {
          const broker = view.getInt32(next)
          if (broker === a) flagA = REPLICA_IN_SYNC
          else if (broker === b) flagB = REPLICA_IN_SYNC
          else if (broker === c) flagC = REPLICA_IN_SYNC
          else odd = true
        }
        const offline = compact ? view.getUint8(next) - 1 : view.getInt32(next)
        next += countBytes
        odd ||= offline < 0 || offline > 3
        for (let i = 0; i < offline && !odd; i++, next += 4) {
          const broker = view.getInt32(next)
          if (broker === a) flagA |= REPLICA_OFFLINE
          else if (broker === b) flagB |= REPLICA_OFFLINE
          else if (broker === c) flagC |= REPLICA_OFFLINE
        }
        if (compact && view.getUint8(next++) !== 0) odd = true
        replicaFlags[replicas] = flagA
        replicaFlags[replicas + 1] = flagB
        replicaFlags[replicas + 2] = flagC
      }
      if (!odd) {
        const error = view.getInt16(at)
        if (error !== 0) partitionErrors[row] = error
        const number = view.getInt32(at + 2)
        partition[row] = number
        if (number !== row - first) inOrder = false
        leader[row] = view.getInt32(at + 6)
        leaderEpoch[row] = view.getInt32(at + 10)
        replicaStart[row] = replicas
        replicaBroker[replicas] = a
        replicaBroker[replicas + 1] = b
        replicaBroker[replicas + 2] = c
        replicas += 3
        at = next
        continue
      }
    }
    to.replicas = replicas
    at = readOddPartition(at, row, to, reader)
    if (partition[row] !== row - first) inOrder = false
    replicas = to.replicas
    replicaBroker = to.replicaBroker
    replicaFlags = to.replicaFlags
  }
  to.partitions = last
  to.replicas = replicas
  if (!inOrder) eachPartitionOnce(first, to, reader)
  return at
}

/** Numbers are 0, 1, 2 … on every real cluster, mostly in this order; only where they are not it is worth looking. */
function eachPartitionOnce(
  first: number,
  { partition, partitions, topicNames }: MetadataColumnsBuilder,
  reader: Reader,
): void {
  const seen = new Set<number>()
  for (let row = first; row < partitions; row++) {
    const number = partition[row]!
    const fault = number < 0 ? 'is below zero' : seen.has(number) ? 'is listed twice' : ''
    if (fault !== '') reader.fail('malformed', `Partition ${number} of ${JSON.stringify(topicNames.at(-1))} ${fault}`)
    seen.add(number)
  }
}
