import { REPLICA_IN_SYNC, REPLICA_OFFLINE } from '../../domain/topology/columns'
import type { MetadataColumnsBuilder } from './metadata-columns-builder'
import type { Reader } from './reader'

// No replica list is longer than there are brokers. Garbage is, and comparing two long lists would take for ever.
const MOST_REPLICAS = 1024
/** Counts up to here take one byte in the compact layout. */
const MOST_SHORT = 126
const MOST_STRANGE = 100_000
/** So many are compared with each other quicker than they are put into a set. */
const FEW = 16
/** Error, index, leader and leader epoch. */
const FIXED = 14
/** The least a partition takes: the fixed part, three empty lists, a tag buffer. */
export const LEAST_PLAIN_PARTITION = FIXED + 3 * 4
export const LEAST_COMPACT_PARTITION = FIXED + 3 + 1

/** Reads one partition of any shape into row `row`, its replicas from `to.replicas` on, and returns where it ends. */
export function readOddPartition(start: number, row: number, to: MetadataColumnsBuilder, reader: Reader): number {
  const { view } = reader
  const first = to.replicas
  reader.offset = start
  reader.skip(FIXED, 'Partitions')
  to.partitionErrors[row] = view.getInt16(start)
  to.partition[row] = view.getInt32(start + 2)
  to.leader[row] = view.getInt32(start + 6)
  to.leaderEpoch[row] = view.getInt32(start + 10)
  to.replicaStart[row] = first

  const members = brokerList(reader, 'ReplicaNodes')
  const end = first + members
  to.reserveReplicas(end, reader.offset / reader.length)
  const { replicaBroker, replicaFlags } = to
  let at = reader.offset - members * 4
  for (let i = first; i < end; i++, at += 4) {
    replicaBroker[i] = view.getInt32(at)
    replicaFlags[i] = 0
  }
  to.replicas = end
  eachBrokerOnce(replicaBroker, first, end, reader)

  const inSync = brokerList(reader, 'IsrNodes')
  at = reader.offset - inSync * 4
  for (let i = 0; i < inSync; i++, at += 4) {
    const broker = view.getInt32(at)
    const replica = find(replicaBroker, first, end, broker)
    if (replica >= 0) replicaFlags[replica] = REPLICA_IN_SYNC
    else addStrange(to, row, broker, reader)
  }

  const offline = brokerList(reader, 'OfflineReplicas')
  at = reader.offset - offline * 4
  for (let i = 0; i < offline; i++, at += 4) {
    const replica = find(replicaBroker, first, end, view.getInt32(at))
    if (replica >= 0) replicaFlags[replica]! |= REPLICA_OFFLINE
  }
  reader.tags()
  return reader.offset
}

/** Steps over a list of broker ids and returns how many they are. */
function brokerList(reader: Reader, field: string): number {
  const { view, offset, length, flexible } = reader
  if (offset + 4 <= length) {
    const count = flexible ? view.getUint8(offset) - 1 : view.getInt32(offset)
    const end = offset + (flexible ? 1 : 4) + count * 4
    if (count >= 0 && count <= MOST_SHORT && end <= length) {
      reader.offset = end
      return count
    }
  }
  const count = reader.count(field, 4)
  if (count > MOST_REPLICAS) reader.fail('bad-length', `${field} has count ${count}`)
  reader.offset += count * 4
  return count
}

/** An assignment names brokers, each once: counts of replicas would be wrong otherwise. */
function eachBrokerOnce(brokers: Int32Array, first: number, end: number, reader: Reader): void {
  const seen = end - first > FEW ? new Set<number>() : null
  for (let i = first; i < end; i++) {
    const broker = brokers[i]!
    if (broker < 0) reader.fail('malformed', `ReplicaNodes has ${broker}`)
    const twice = seen === null ? find(brokers, first, i, broker) >= 0 : seen.has(broker)
    if (twice) reader.fail('malformed', `ReplicaNodes has ${broker} twice`)
    seen?.add(broker)
  }
}

function find(brokers: Int32Array, first: number, end: number, broker: number): number {
  for (let i = first; i < end; i++) if (brokers[i] === broker) return i
  return -1
}

function addStrange(to: MetadataColumnsBuilder, row: number, broker: number, reader: Reader): void {
  to.strangeIsr.push([row, broker])
  if (to.strangeIsr.length > MOST_STRANGE) reader.fail('malformed', `${MOST_STRANGE} ISR members that are no replicas`)
}
