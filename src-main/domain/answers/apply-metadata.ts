import { NEVER_TOLD, REPLICA_IN_SYNC } from '../topology/columns'
import type { MetadataColumns } from '../topology/columns'
import type { WritableReading } from '../topology/reading'
import { NO_ROW } from '../topology/topology'
import { AS_TOLD } from './isr-disputes'
import type { IsrChoice } from './isr-disputes'
import { noteListeners } from './listeners'
import { forgetGone, noteHandOver } from './shutdowns'

/** How long every answer must name a lower leader epoch before we believe that the topic was deleted and made anew. */
export const LOWER_EPOCH_BELIEVED_AFTER_MS = 5000

/**
 * A leader epoch below the known one comes from a broker with an old view (kafka-facts c5: up to 100 ms after a thaw, for
 * as long as a cut lasts) and is ignored; unless no answer has contradicted it for 5 s: then the topic was made anew
 * under its old name, whose epochs start at 0. Where answers have topic ids that is known at once (topology.ts).
 */
function isStale(reading: WritableReading, row: number, epoch: number, now: number): boolean {
  const known = reading.leaderEpoch[row]!
  if (epoch >= known || epoch < 0) {
    if (reading.lowerEpochs.size > 0 && epoch >= 0) reading.lowerEpochs.delete(row)
    return false
  }
  const since = reading.lowerEpochs.get(row)?.since ?? now
  if (now - since > LOWER_EPOCH_BELIEVED_AFTER_MS) {
    reading.lowerEpochs.delete(row)
    return false
  }
  reading.lowerEpochs.set(row, { since, epoch })
  return true
}

function applyReplicas(
  reading: WritableReading,
  row: number,
  meta: MetadataColumns,
  at: number,
  how: { readonly first: boolean; readonly now: number; readonly isr: RowIsr; readonly youngSince: number },
): Omit<RowChange, 'leader'> {
  const { replicaFlags, outSince } = reading
  const { first, now, isr, youngSince } = how
  const base = reading.topology.replicaStart[row]!
  const from = meta.replicaStart[at]!
  let changed = false
  let held = false
  for (let k = 0; k < meta.replicaStart[at + 1]! - from; k++) {
    const replica = base + k
    const was = replicaFlags[replica]! & REPLICA_IN_SYNC
    const told = meta.replicaFlags[from + k]!
    const counts = isr === 'told' && outSince[replica]! > youngSince ? 'not-more' : isr
    const flags = (told & ~REPLICA_IN_SYNC) | inSyncBit(counts, meta.replicaBroker[from + k]!, told, was)
    replicaFlags[replica] = flags
    if (counts === 'not-more' && (told & REPLICA_IN_SYNC) > was) held = true
    if (first || was === (flags & REPLICA_IN_SYNC)) continue
    changed = true
    outSince[replica] = was === 0 ? NaN : now
    // Nobody who is on the way out joins an ISR (ReplicationControlManager.isReplicaIsrEligible).
    if (was === 0 && reading.handedOver.size > 0) reading.handedOver.delete(reading.topology.replicaBroker[replica]!)
  }
  return { isr: changed, held }
}

/**
 * A replica that left the ISR no longer ago is not believed to be back by the word of one broker alone whose view may be an old one: longer than the time
 * between second opinions of a large cluster.
 */
const BACK_AT_ONCE_MS = 12_000

/** Who is in the ISR: as the answer says, at most who is in it already, or these. */
type RowIsr = 'told' | 'not-more' | readonly number[]

function inSyncBit(isr: RowIsr, broker: number, told: number, was: number): number {
  if (isr === 'told') return told & REPLICA_IN_SYNC
  if (isr === 'not-more') return told & was & REPLICA_IN_SYNC
  return isr.includes(broker) ? REPLICA_IN_SYNC : 0
}

/**
 * Takes over one row of an answer, `at` in the answer and `row` in the reading, whatever its epoch. Says what changed;
 * the first word about a row is no change.
 */
export function applyRow(
  reading: WritableReading,
  row: number,
  meta: MetadataColumns,
  at: number,
  error: number,
  now: number,
  choice: IsrChoice = AS_TOLD,
): RowChange {
  const first = reading.metadataError[row] === NEVER_TOLD
  const leader = meta.leader[at]!
  const epoch = meta.leaderEpoch[at]!
  const led = !first && (leader !== reading.leader[row] || epoch !== reading.leaderEpoch[row])
  if (led) {
    reading.leaderSince[row] = now
    noteHandOver(reading, row, meta, at)
  }
  const isr = choice.disputes.get(row)?.[0]?.isr ?? 'told'
  const youngSince = choice.alone && !led ? now - BACK_AT_ONCE_MS : Number.POSITIVE_INFINITY
  reading.leader[row] = leader
  reading.leaderEpoch[row] = epoch
  reading.metadataError[row] = error
  return { leader: led, ...applyReplicas(reading, row, meta, at, { first, now, isr, youngSince }) }
}

interface RowChange {
  readonly leader: boolean
  readonly isr: boolean
  /** The answer has more in the ISR than is believed of it alone. */
  readonly held: boolean
}

/** The topic that row `at` of an answer belongs to. */
function topicOf(meta: MetadataColumns, at: number): number {
  let low = 0
  let high = meta.topicNames.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (meta.topicStart[middle]! <= at) low = middle
    else high = middle - 1
  }
  return low
}

export interface Applied {
  /** Partitions whose ISR changed, compared by membership. */
  readonly isrChanges: number
  /** Partitions whose leader or leader epoch changed. */
  readonly leaderChanges: number
  /** Partitions left as they were because the answer is older than what we know. */
  readonly stale: number
  /** Partitions whose ISR is larger in the answer than is believed of it alone. */
  readonly held: number
}

/**
 * Writes one Metadata answer into the reading: leader, epoch, errors, flags, `outSince`, `leaderSince`. `rowOf` is the
 * topology match of that answer (P of the answer); `now` the time it arrived. Replicas keep their order, so the
 * topologies must be the same. Rows [from, to) of the answer, so that a long one can be written in slices; brokers and
 * times are written with the first, who lacks our listener with the last.
 */
export function applyMetadata(
  reading: WritableReading,
  meta: MetadataColumns,
  rowOf: Uint32Array,
  now: number,
  source = -1,
  from = 0,
  to = meta.partition.length,
  choice: IsrChoice = AS_TOLD,
): Applied {
  if (from === 0) {
    reading.brokers = meta.brokers
    reading.sourceBroker = source
    reading.metadataBeforeAt = reading.metadataAt
    reading.metadataAt = now
    forgetGone(reading)
  }
  let topic = topicOf(meta, from)
  let isrChanges = 0
  let leaderChanges = 0
  let stale = 0
  let held = 0
  for (let at = from; at < to; at++) {
    while (at >= meta.topicStart[topic + 1]!) topic++
    const row = rowOf[at]!
    if (row === NO_ROW) continue
    if (reading.metadataError[row] !== NEVER_TOLD && isStale(reading, row, meta.leaderEpoch[at]!, now)) {
      stale++
      continue
    }
    const topicError = meta.topicErrors[topic]!
    const changed = applyRow(
      reading,
      row,
      meta,
      at,
      topicError === 0 ? meta.partitionErrors[at]! : topicError,
      now,
      choice,
    )
    if (changed.isr) isrChanges++
    if (changed.leader) leaderChanges++
    if (changed.held) held++
  }
  if (to === meta.partition.length) noteListeners(reading, !Number.isNaN(meta.metadataOffset))
  return { isrChanges, leaderChanges, stale, held }
}
