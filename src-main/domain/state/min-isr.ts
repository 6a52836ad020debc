import { UNKNOWN_TOLERANCE } from '../../shared/states'

/**
 * `min.insync.replicas` as a broker told it; -1 = it told none. Kafka takes 1 and more (TopicConfig, LogConfig: atLeast(1)), so an empty text or
 * anything below is no setting.
 */
export function minInSyncReplicasOf(value: string | null | undefined): number {
  const setting = Number(value ?? NaN)
  return Number.isInteger(setting) && setting >= 1 ? setting : -1
}

function since37(version: readonly [number, number] | null): boolean | null {
  if (version === null) return null
  const [major, minor] = version
  return major > 3 || (major === 3 && minor >= 7)
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
  const isCapped = since37(version)
  if (isCapped === null) return -1
  return isCapped ? replicationFactor : setting
}

/**
 * Whether consumers stop while fewer replicas are in sync than acks=all needs: from 3.7 the high watermark stands still then (Partition.maybeIncrementLeaderHW,
 * KAFKA-15583). Before, it goes on with the ISR, and what acks=1 writes stays readable. null = not known.
 */
export const underMinStopsConsumers = (version: readonly [number, number] | null): boolean | null => since37(version)

/** |ISR| - effective min ISR as one byte: negative = acks=all is refused now; UNKNOWN_TOLERANCE. */
export function toleranceOf(inSync: number, effectiveMin: number): number {
  return effectiveMin < 0 ? UNKNOWN_TOLERANCE : Math.max(-127, Math.min(127, inSync - effectiveMin))
}
