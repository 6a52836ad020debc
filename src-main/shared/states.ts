/** State of a partition as one byte. A higher code is worse; 0 is "not read", which is neither good nor bad. */
export const UNKNOWN = 0
export const HEALTHY = 1
export const LAGGING = 2
export const UNDER_REPLICATED = 3
export const AT_MIN_ISR = 4
export const UNDER_MIN_ISR = 5
export const OFFLINE = 6

/** Index = code. The names are those of the design tokens. */
export const STATE_NAMES = [
  'unknown',
  'healthy',
  'lagging',
  'under-replicated',
  'at-min-isr',
  'under-min-isr',
  'offline',
] as const

/** `PartitionColumns.tolerance` where min ISR, or the partition, was not read. */
export const UNKNOWN_TOLERANCE = -128

/** Marks beside a state, as bits of `PartitionColumns.marks`. */
export const MARK_REASSIGNING = 1
export const MARK_THROTTLED = 2
export const MARK_NOT_PREFERRED = 4
export const MARK_ELR = 8
/** |ISR| = min ISR although every replica is in the ISR (RF = min ISR): by design, not a fault of today. */
export const MARK_AT_MIN_BY_DESIGN = 16
/** The leader is new and has not told its high watermark yet (OFFSET_NOT_AVAILABLE), so HW is unknown, not 0. */
export const MARK_HW_UNKNOWN = 32
/**
 * Brokers name different leaders: the row shows the one with the higher leader epoch; or different ISRs at the same leader and epoch: it shows the
 * smaller one.
 */
export const MARK_DISPUTED = 64
/** The leader is named in Metadata but does not answer. */
export const MARK_LEADER_SILENT = 128

/** What happens to a partition if nobody does anything, as one byte; times stand beside it in absolute ms. */
export const NEXT_NONE = 0
/** A late follower leaves the ISR between `nextFrom` and `nextTo`. */
export const NEXT_LEAVES_ISR = 1
/** The worst follower reaches the leader between `nextFrom` and `nextTo`; `nextTo` NaN: it is there, and not in the ISR yet. */
export const NEXT_CATCHES_UP = 2
export const NEXT_REFUSES_WRITES = 3
export const NEXT_ONE_LOSS_AWAY = 4
/** Offline: comes back with broker `nextBroker` (an ISR or last-ISR member). Else: that broker is away, and a replica of the row with it. */
export const NEXT_WAITS_FOR_BROKER = 5
/** The leader does not answer; when it is fenced (`nextFrom` … `nextTo`) broker `nextBroker` takes over, -1 = nobody can. */
export const NEXT_LEADER_MOVES = 6
/** Out of the ISR and falling further behind, or not moving. */
export const NEXT_FALLS_BEHIND = 7
/** A follower's broker does not answer; it is fenced, or evicted where that comes first, between `nextFrom` and `nextTo` and then leaves the ISR. */
export const NEXT_FENCED = 8
/**
 * The leader does not answer, and nobody may take over without loss: when it is fenced (`nextFrom` … `nextTo`) broker `nextBroker` leads by an unclean
 * election, and what it lacks is lost. -1 = whether the topic allows that is not known; else it goes offline.
 */
export const NEXT_LOSES_RECORDS = 9
/** Broker `nextBroker` runs, and the log directory with its replica of the row failed. Offline: it comes back with that directory. */
export const NEXT_WAITS_FOR_LOG_DIR = 10
