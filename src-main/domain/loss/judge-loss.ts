import type { LossKind } from '../../contract/loss'

/** A replica's log as last read. */
export interface LogEnd {
  readonly broker: number
  readonly logEndOffset: number
  /** When it was read. */
  readonly readAt: number
}

/** What was last seen of a partition while one broker led it. */
export interface Reign {
  /** -1: it had no leader when we first looked. */
  readonly leader: number
  readonly leaderEpoch: number
  /** ISR and ELR as last seen: who may lead next without losing anything. */
  readonly electable: readonly number[]
  /** Highest one told in this reign, NaN = none was. What is below it was acknowledged. */
  readonly highWatermark: number
  /** Replicas as last read in this reign; those never read are left out. */
  readonly ends: readonly LogEnd[]
  /** The leader had not answered us since before `electable` was last read: nobody can have joined the ISR unseen. */
  readonly silent: boolean
}

/** Who followed, and what is known of it so far. */
export interface Successor {
  readonly leader: number
  readonly leaderEpoch: number
  /** ISR when it was first seen leading. */
  readonly inSync: readonly number[]
  /** The partition was seen without a leader in between. */
  readonly leaderless: boolean
  /** Its log end as first read after its election, NaN = not read yet. */
  readonly firstEnd: number
  /** Where the epoch of the reign ends in its log (OffsetForLeaderEpoch), NaN = not told. */
  readonly epochEnd: number
  /** The old leader's log end as read after its reign, while it still held all that it had then; NaN = it was not. */
  readonly lastEnd: number
}

export interface Loss {
  readonly kind: LossKind
  /** Records below a high watermark that are not in the new leader's log. */
  readonly atLeast: number
  /** All that the old leader had and the new one has not, NaN = not known. */
  readonly atMost: number
  /** Of what was read of the old leader, so many the new one has not; NaN = it was not read. */
  readonly missingAsRead: number
  /** The new leader's log is that of the old one up to here at most; NaN = not known. */
  readonly partsAt: number
}

/** The new leader comes from outside of everybody who might lead, and that was not for want of looking. */
export function isUnclean(reign: Reign, next: Successor): boolean {
  const { electable } = reign
  if (electable.length === 0 || electable.includes(next.leader)) return false
  if (next.inSync.some((broker) => electable.includes(broker))) return false
  return next.leaderless || reign.silent
}

const orZero = (records: number): number => (records > 0 ? records : 0)

/**
 * Whether acknowledged records are gone. In a clean cluster every leader has all that is below any high watermark told before (KIP-101), so a log of
 * the old epoch that ends below one is a loss whatever else is known; see docs/decisions/0023-loss.md. null = no sign of one.
 */
export function judgeLoss(reign: Reign, next: Successor): Loss | null {
  // Epochs of a partition only grow: this is another topic of the same name, or an answer that was held up.
  if (next.leader < 0 || next.leaderEpoch <= reign.leaderEpoch) return null
  const told = !Number.isNaN(next.epochEnd)
  const partsAt = told ? next.epochEnd : next.firstEnd
  const atLeast = orZero(reign.highWatermark - partsAt)
  const unclean = isUnclean(reign, next)
  if (atLeast === 0 && !unclean) return null
  const had = reign.ends.find(({ broker }) => broker === reign.leader)?.logEndOffset ?? Number.NaN
  // A follower's log only grows until it is elected, so it parts no earlier than where it was last read.
  const partsFrom = told
    ? next.epochEnd
    : (reign.ends.find(({ broker }) => broker === next.leader)?.logEndOffset ?? Number.NaN)
  const missing = had - partsAt
  return {
    kind: unclean ? 'unclean-election' : told ? 'epochs-part' : 'log-end-back',
    atLeast,
    atMost: Number.isNaN(next.lastEnd - partsFrom) ? Number.NaN : Math.max(atLeast, next.lastEnd - partsFrom),
    missingAsRead: Number.isNaN(missing) ? Number.NaN : Math.max(atLeast, missing),
    partsAt,
  }
}

/** Who had records past `partsAt` when last read in the reign, most first, the new leader excepted. */
export function holdersOf(reign: Reign, newLeader: number, partsAt: number): readonly LogEnd[] {
  const holders = reign.ends.filter(
    // The old leader acknowledged them; whatever was read of it last, it is where to look.
    ({ broker, logEndOffset }) => broker !== newLeader && (logEndOffset > partsAt || broker === reign.leader),
  )
  return holders.toSorted((a, b) => b.logEndOffset - a.logEndOffset)
}
