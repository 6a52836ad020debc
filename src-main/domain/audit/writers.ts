/** What two looks at a partition say of who wrote to it in between: a leader remembers the last sequence number of each producer that has an id (KIP-98, KIP-664), and of the others nothing. */

export interface RememberedProducer {
  readonly id: number
  readonly epoch: number
  /** Of its last record here, -1 = none is remembered. */
  readonly lastSequence: number
  /** It has, or had, a transaction here: its markers take offsets and no sequence number. */
  readonly transacts: boolean
}

/** One partition as its leader told it. */
export interface WriterLook {
  /** NaN = not told. */
  readonly logEndOffset: number
  readonly producers: readonly RememberedProducer[]
}

/** Sequence numbers go on from 0 after the largest int32 (DefaultRecordBatch.incrementSequence). */
const SEQUENCES = 2 ** 31

/** Records that one producer wrote in between, at most; NaN = its numbers began anew. */
function writtenBy(before: RememberedProducer | undefined, { epoch, lastSequence }: RememberedProducer): number {
  if (before === undefined) return epoch === 0 ? lastSequence + 1 : NaN
  if (before.epoch !== epoch) return NaN
  return (lastSequence - before.lastSequence + SEQUENCES) % SEQUENCES
}

/**
 * Records that came from producers without an id, at least: what the log grew by, less what every producer that is remembered may have written. The end of the log has
 * to be read after the producers of the first look and before those of the second, so that no record of theirs is counted and its number is not.
 * NaN = nothing can be said: an end is not known, the log was cut, there are transactions, or a producer was forgotten or began anew.
 */
export function recordsWithoutId(before: WriterLook, after: WriterLook): number {
  const grown = after.logEndOffset - before.logEndOffset
  if (!(grown >= 0)) return NaN
  const known = new Map(before.producers.map((producer) => [producer.id, producer]))
  const isThere = new Set(after.producers.map(({ id }) => id))
  if (before.producers.some(({ id }) => !isThere.has(id))) return NaN
  const written = after.producers.reduce(
    (sum, producer) => sum + (producer.transacts ? NaN : writtenBy(known.get(producer.id), producer)),
    0,
  )
  return Number.isNaN(written) ? NaN : Math.max(0, grown - written)
}
