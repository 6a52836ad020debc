import { UNKNOWN_TOLERANCE } from '../../shared/states'

/**
 * `min.insync.replicas` as a broker told it; -1 = it told none. Kafka takes 1 and more (TopicConfig, LogConfig: atLeast(1)), so an empty text or
 * anything below is no setting.
 */
export function minInSyncReplicasOf(value: string | null | undefined): number {
  const setting = Number(value ?? NaN)
  return Number.isInteger(setting) && setting >= 1 ? setting : -1
}

/**
 * The number of in-sync replicas acks=all needs, -1 unknown. Since 3.7 a setting above the replication factor acts as
 * the replication factor (Partition.effectiveMinIsr, KAFKA-15583; seen on 4.4.0: 99 with three replicas accepts
 * writes); before, it counts as it stands, and all such writes are refused. `replicationFactor` counts the replicas of
 * this partition, those being added included, as the broker does.
 */
export function effectiveMinInSyncReplicas(
  setting: number,
  replicationFactor: number,
  version: readonly [number, number] | null,
): number {
  if (setting < 1) return -1
  if (setting <= replicationFactor) return setting
  if (version === null) return -1
  const [major, minor] = version
  return major > 3 || (major === 3 && minor >= 7) ? replicationFactor : setting
}

/** |ISR| - effective min ISR as one byte: negative = acks=all is refused now; UNKNOWN_TOLERANCE. */
export function toleranceOf(inSync: number, effectiveMin: number): number {
  return effectiveMin < 0 ? UNKNOWN_TOLERANCE : Math.max(-127, Math.min(127, inSync - effectiveMin))
}
