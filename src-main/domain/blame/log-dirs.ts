import type { BrokerSummary } from '../../contract/summary'
import { REPLICA_OFFLINE } from '../topology/columns'
import type { Reading } from '../topology/reading'

/**
 * Whether a replica is offline with its log directory. Metadata calls a replica offline where its broker is fenced or has not the listener we came in by, and
 * then does not list that broker either, or where its log directory failed (KRaftMetadataCache.isReplicaOffline; the same in ZooKeeper mode). So of a broker
 * that is `listed` only the last is left: the process runs, a disk of it does not.
 */
export const isOnFailedLogDir = (reading: Reading, replica: number, listed: boolean): boolean =>
  listed && (reading.replicaFlags[replica]! & REPLICA_OFFLINE) !== 0

/** What the brokers with failed log directories have in common: the row part of BrokerSummary. */
type FailedLogDirs = Pick<BrokerSummary, 'offlineReplicas' | 'failedFolders'>

const NONE: readonly string[] = []

/** `folders` by broker, as far as they were read; those of a broker without an offline replica are not told: nothing is lost by them. */
export const failedLogDirsOf = (
  broker: number,
  offlineReplicas: number,
  folders: ReadonlyMap<number, readonly string[]> | undefined,
): FailedLogDirs => ({
  offlineReplicas,
  failedFolders: offlineReplicas > 0 ? (folders?.get(broker) ?? NONE) : NONE,
})
