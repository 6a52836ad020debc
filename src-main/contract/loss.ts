/**
 * How it was seen. unclean-election: the new leader was in neither the ISR nor the ELR last seen; log-end-back: a new leader's log ends below a high watermark told
 * before; epochs-part: it is longer, and the old epoch ends below that in it; replica-ahead: a replica has more than its leader, and how that began was not watched.
 */
export const LOSS_KINDS = ['unclean-election', 'log-end-back', 'epochs-part', 'replica-ahead'] as const
export type LossKind = (typeof LOSS_KINDS)[number]

/** Acknowledged records that a partition lost, or may have lost (`atLeast` 0). Offsets and records NaN = not known; brokers -1 = not known. */
export interface LossFinding {
  readonly topic: string
  /** As Kafka's tools print it, '' = the cluster tells none. */
  readonly topicId: string
  readonly partition: number
  readonly kind: LossKind
  readonly atLeast: number
  readonly atMost: number
  /** Of what was read of the old leader, so many the new one has not; it may have taken in more after that reading. */
  readonly missingAsRead: number
  readonly oldLeader: number
  readonly newLeader: number
  /** Of the old leader, of the new one. */
  readonly oldEpoch: number
  readonly epoch: number
  /** The two logs are the same up to here at most. */
  readonly partsAt: number
  /** Highest one told before. */
  readonly highWatermark: number
  readonly seenAt: number
  /** Who had records that the new leader has not, when last read. */
  readonly holders: readonly { readonly broker: number; readonly logEndOffset: number; readonly readAt: number }[]
}

export interface LossAcknowledgement {
  readonly at: number
  readonly by: string
  readonly reason: string
}

/** A finding as it is kept. */
export interface KeptLoss extends LossFinding {
  readonly id: number
  /** null = nobody has: it is on screen above everything. */
  readonly acknowledged: LossAcknowledgement | null
}
