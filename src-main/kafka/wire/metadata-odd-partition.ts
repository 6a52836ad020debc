import { REPLICA_IN_SYNC, REPLICA_OFFLINE } from '../../domain/columns'
import type { MetadataColumnsBuilder } from './metadata-columns-builder'
import type { Reader } from './reader'

// No replica list is longer than there are brokers. Garbage is, and comparing two long lists would take for ever.
const MOST_REPLICAS = 1024
const MOST_STRANGE = 100_000
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
  const fixed = reader.skip(FIXED, 'Partitions')
  to.partitionErrors[row] = view.getInt16(fixed)
  to.partition[row] = view.getInt32(fixed + 2)
  to.leader[row] = view.getInt32(fixed + 6)
  to.leaderEpoch[row] = view.getInt32(fixed + 10)
  to.replicaStart[row] = first

  const members = brokerCount(reader, 'ReplicaNodes')
  const end = first + members
  to.reserveReplicas(end, reader.offset / reader.length)
  const { replicaBroker, replicaFlags } = to
  let at = reader.skip(members * 4, 'ReplicaNodes')
  for (let i = first; i < end; i++, at += 4) replicaBroker[i] = view.getInt32(at)
  to.replicas = end

  const inSync = brokerCount(reader, 'IsrNodes')
  at = reader.skip(inSync * 4, 'IsrNodes')
  for (let i = 0; i < inSync; i++, at += 4) {
    const broker = view.getInt32(at)
    const replica = find(replicaBroker, first, end, broker)
    if (replica >= 0) replicaFlags[replica] = REPLICA_IN_SYNC
    else addStrange(to, row, broker, reader)
  }

  const offline = brokerCount(reader, 'OfflineReplicas')
  at = reader.skip(offline * 4, 'OfflineReplicas')
  for (let i = 0; i < offline; i++, at += 4) {
    const replica = find(replicaBroker, first, end, view.getInt32(at))
    if (replica >= 0) replicaFlags[replica] = (replicaFlags[replica] ?? 0) | REPLICA_OFFLINE
  }
  reader.tags()
  return reader.offset
}

function brokerCount(reader: Reader, field: string): number {
  const count = reader.count(field, 4)
  if (count > MOST_REPLICAS) reader.fail('bad-length', `${field} has count ${count}`)
  return count
}

function find(brokers: Int32Array, first: number, end: number, broker: number): number {
  for (let i = first; i < end; i++) if (brokers[i] === broker) return i
  return -1
}

function addStrange(to: MetadataColumnsBuilder, row: number, broker: number, reader: Reader): void {
  to.strangeIsr.push([row, broker])
  if (to.strangeIsr.length > MOST_STRANGE) reader.fail('malformed', `${MOST_STRANGE} ISR members that are no replicas`)
}
