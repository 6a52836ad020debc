export interface AssessOptions {
  readonly now: number
  /** A follower behind for certain for longer than this is late. */
  readonly lateAfterMs: number
  /**
   * Records per second by which a replica's lag shrinks (LagTracker.catchUpRate); without it nobody is known to catch
   * up.
   */
  readonly catchUpRate?: (replica: number) => number
}

/** What the replicas of one row look like; one object is reused for all rows. */
export interface RowLook {
  /** |replicas - adding|: the in-sync replicas Kafka wants (KAFKA-8834). */
  replicas: number
  inSync: number
  /** One that is in sync, or ought to be, has no LEO, or one from before its broker was asked anew. */
  unread: boolean
  elr: boolean
  /**
   * Replica row of the ISR member whose broker does not answer, of the late ISR member that leaves first, and of the
   * worst in trouble; -1 = none.
   */
  silent: number
  late: number
  worst: number
  /** Most records that a replica in trouble has more than the leader, 0 = none. */
  ahead: number
}
