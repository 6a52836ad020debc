import type { ApiRange } from '../../ports/cluster-port'
import { ApiKey } from '../../shared/api-keys'

export type KafkaVersion = readonly [number, number]

const ELR = 'eligible.leader.replicas.version'

/** The key of the ZooKeeper-mode controller's own request: a broker offers it only in that mode (seen on 2.8.2 and 3.9.1). */
export const isZooKeeperMode = (versions: ReadonlyMap<number, ApiRange>): boolean => versions.has(ApiKey.LeaderAndIsr)

/**
 * Whether the cluster keeps eligible leader replicas, by what one broker tells: from level 1 of the feature (KIP-966); null = it does not know the features (yet). A broker
 * that cannot be asked for them is older than the feature, or of a cluster with ZooKeeper (DescribeTopicPartitions came with 3.8 and is a KRaft broker's, the feature with 4.0).
 */
export function keepsElr(
  versions: ReadonlyMap<number, ApiRange> | null,
  features: ReadonlyMap<string, number> | null,
): boolean | null {
  if (versions === null) return null
  if (!versions.has(ApiKey.DescribeTopicPartitions)) return false
  return features === null ? null : (features.get(ELR) ?? 0) >= 1
}

/**
 * What first appeared in which release, newest first. Seen on 2.8.2, 3.3.2, 3.6.2, 3.7.2, 3.9.1, 4.0.0, 4.1.1 and 4.4.0; between those by the
 * schemas of Apache Kafka (clients/src/main/resources/common/message; of 4.3.1 and 4.4.0 those in their kafka-clients jars: DescribeLogDirs v5 came with 4.3,
 * ApiVersions v5 with 4.4).
 */
const BY_API: readonly (readonly [KafkaVersion, (has: (key: number, version: number) => boolean) => boolean])[] = [
  [[4, 4], (has) => has(ApiKey.ApiVersions, 5)],
  [[4, 3], (has) => has(ApiKey.DescribeLogDirs, 5)],
  [[4, 2], (has) => has(ApiKey.ListOffsets, 11)],
  [[4, 1], (has) => has(ApiKey.Fetch, 18)],
  [[4, 0], (has) => has(ApiKey.Metadata, 13)],
  [[3, 9], (has) => has(ApiKey.ListOffsets, 9)],
  [[3, 8], (has) => has(ApiKey.DescribeTopicPartitions, 0)],
  [[3, 7], (has) => has(ApiKey.DescribeCluster, 1)],
  [[3, 6], (has) => has(ApiKey.ListOffsets, 8)],
  [[3, 5], (has) => has(ApiKey.Fetch, 15)],
  [[3, 1], (has) => has(ApiKey.Fetch, 13)],
  [[3, 0], (has) => has(ApiKey.ListOffsets, 7)],
  [[2, 8], (has) => has(ApiKey.DescribeCluster, 0)],
]

/** First metadata.version level of each release (MetadataVersion.java); the software is at least that new. */
const BY_LEVEL: readonly (readonly [number, KafkaVersion])[] = [
  [31, [4, 4]],
  [30, [4, 3]],
  [28, [4, 2]],
  [26, [4, 1]],
  [22, [4, 0]],
  [21, [3, 9]],
  [20, [3, 8]],
  [15, [3, 7]],
  [12, [3, 6]],
  [9, [3, 5]],
  [8, [3, 4]],
  [4, [3, 3]],
]

/** Release whose metadata.version this level is; null = older than 3.3, or no level. */
export const releaseOfLevel = (level: number): KafkaVersion | null =>
  BY_LEVEL.find(([first]) => level >= first)?.[1] ?? null

export const compareVersions = (a: KafkaVersion, b: KafkaVersion): number => a[0] - b[0] || a[1] - b[1]

/**
 * Release of one broker as far as it can be told: the newer of what its API ranges and the finalized metadata.version prove. Other vendors'
 * brokers are called by what they can do. null = older than 2.8 or not connected.
 */
export function guessVersion(
  versions: ReadonlyMap<number, ApiRange> | null,
  features: ReadonlyMap<string, number> | null,
): KafkaVersion | null {
  if (versions === null) return null
  const has = (key: number, version: number): boolean => (versions.get(key)?.max ?? -1) >= version
  const byApi = BY_API.find(([, proof]) => proof(has))?.[0] ?? null
  const level = features?.get('metadata.version') ?? -1
  const byLevel = releaseOfLevel(level)
  if (byApi === null || byLevel === null) return byApi ?? byLevel
  return compareVersions(byApi, byLevel) >= 0 ? byApi : byLevel
}

/** The rules of a mixed cluster are those of its oldest broker. */
export function lowestVersion(versions: readonly (KafkaVersion | null)[]): KafkaVersion | null {
  const known = versions.filter((version) => version !== null)
  return known.length === 0 ? null : known.reduce((low, version) => (compareVersions(version, low) < 0 ? version : low))
}
