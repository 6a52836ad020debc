/**
 * When something happened: after `from`, the last reading without it, and not later than `to`, the first reading with it. Ms since 1970 by our clock. `from` NaN: it was so
 * in the first reading, and began before, nobody here knows when.
 */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * What can happen, as a client sees it:
 * - left-isr, joined-isr: `broker` of a partition; `other` its leader.
 * - leader: `broker` leads now, `other` did before (-1 = nobody). offline: nobody leads, `other` did. epochs: the same leader, and its epoch went up.
 * - silent: `broker` gives us no answer. answers: it does again. gone: Metadata lists it no more. listed: it does again. leaving: it hands over what it leads and is shutting down.
 *   stays: that came to nothing, or it is back already: it is listed, answers, and is not on its way out any more.
 * - controller: `broker` is the active controller, `other` was. quorum-silent, quorum-leads: brokers get no word from a controller; one answers again. voters: live voters of the
 *   quorum, `amount` of `total`.
 * - reassigning, reassigned: of a partition. throttled, unthrottled: the fetching of `broker`. log-dir: a log directory of `broker` failed (`text`).
 * - setting: of `topic`, from `before` to `after`. topic-created, topic-deleted, topic-anew: the same name and another topic id.
 * - lost: acknowledged records of a partition, at least `amount`.
 */
export const EVENT_KINDS = [
  'left-isr',
  'joined-isr',
  'leader',
  'offline',
  'epochs',
  'silent',
  'answers',
  'gone',
  'listed',
  'leaving',
  'stays',
  'controller',
  'quorum-silent',
  'quorum-leads',
  'voters',
  'reassigning',
  'reassigned',
  'throttled',
  'unthrottled',
  'log-dir',
  'setting',
  'topic-created',
  'topic-deleted',
  'topic-anew',
  'lost',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/**
 * Why, where it follows from what was seen; a conclusion always, as no broker tells a client.
 * Of left-isr: fenced (its broker is not listed any more; of one that shut down within a single interval too), shutdown (it hands over), late (it is listed and answered all the time, and was behind for longer than the eviction window), moved (a reassignment: it was no replica for a while).
 * Of leader: failover (the one before is gone, silent, or out of the ISR), shutdown, preferred (back to the first replica, by hand or by Kafka itself, which look the same), unclean (from
 * outside the ISR and the ELR last seen), back (nobody led before), moved (a reassignment or an election by hand). Of offline: fenced, shutdown.
 */
export const CAUSES = ['', 'fenced', 'shutdown', 'late', 'moved', 'failover', 'preferred', 'unclean', 'back'] as const
export type Cause = (typeof CAUSES)[number]

/** One thing that happened. Brokers, partitions and epochs -1, figures NaN, texts '' where they say nothing of this kind, or are not known. */
export interface ClusterEvent extends Span {
  readonly kind: EventKind
  readonly cause: Cause
  readonly topic: string
  readonly partition: number
  readonly broker: number
  readonly other: number
  /** Leader epoch since then. */
  readonly epoch: number
  /** By how much it went up: so many elections, of which only the last one was seen. */
  readonly elections: number
  /** Records the replica was behind when it was last read before, and for how long, in ms. */
  readonly lagRecords: number
  readonly lateMs: number
  readonly amount: number
  readonly total: number
  /** Broker whose Metadata, or the one of our questions, told it. */
  readonly toldBy: number
  /** A setting's key, a log directory, how a loss was seen, how a broker is silent. */
  readonly text: string
  readonly before: string
  readonly after: string
}

/** As kept: in the order in which they were seen. */
export interface KeptEvent extends ClusterEvent {
  /** +1 per event of a cluster. */
  readonly seq: number
  /** Of which incident it is a part, 0 = of none. */
  readonly incident: number
}

/** Time in which the cluster was watched without a gap. `to` goes on while it is. */
export interface Watched {
  readonly from: number
  readonly to: number
  /** Why it ended; 'open' = it goes on, or Highwater was killed. */
  readonly end: 'open' | 'closed' | 'asleep' | 'paused' | 'unreachable'
}

/** A turn of an incident, one after the other. `amount` partitions, or brokers, that it is about. */
export interface Phase extends Span {
  /**
   * unwatched: nobody looked. silent, gone, leaving, stays, answers, listed: brokers. late: followers left the ISR by lag. refuses, offline: partitions. lost: records. moved: leaders went elsewhere.
   * recovering: nothing is offline and no broker away any more, replicas are missing. unread: partitions that were in trouble cannot be read any more. over: all are in.
   */
  readonly kind:
    | 'unwatched'
    | 'silent'
    | 'gone'
    | 'leaving'
    | 'stays'
    | 'answers'
    | 'listed'
    | 'late'
    | 'refuses'
    | 'offline'
    | 'lost'
    | 'moved'
    | 'recovering'
    | 'unread'
    | 'over'
  readonly brokers: readonly number[]
  readonly amount: number
}

export const INCIDENT_TOPICS = 200

/** Trouble from its beginning until every partition had all its replicas for half a minute, and those that were in trouble were read to have them. */
export interface Incident {
  /** +1 per incident of a cluster. */
  readonly id: number
  /** When it began; `from` NaN: before Highwater looked. */
  readonly began: Span
  /** When it was over; NaN = it is open. `from` and `to` apart: nobody watched in between. */
  readonly ended: Span
  /** In order; of very many the first and the newest, and how many were left out in between. */
  readonly phases: readonly Phase[]
  readonly phasesLeftOut: number
  /** Who was silent, gone, or out of an ISR in it. */
  readonly brokers: readonly number[]
  /** State code of the worst partition (states.ts). */
  readonly worst: number
  /** Partitions that were in a state at once, at most: index = code. */
  readonly most: readonly number[]
  /** Topics by their worst state, worst first, at most INCIDENT_TOPICS of `topicCount`; `partitions` of them at most at once. */
  readonly topics: readonly { readonly topic: string; readonly worst: number; readonly partitions: number }[]
  readonly topicCount: number
  /** Replicas that left an ISR, those of them by lag alone, and elections that were seen: each a lower bound. */
  readonly left: number
  readonly leftLate: number
  readonly elections: number
  /** Acknowledged records lost in it, at least. */
  readonly lostAtLeast: number
  /** Partitions that were in trouble and cannot be read now, so that nobody knows how they are. Of one that has ended: so many were never seen whole. */
  readonly unread: number
  /** Began again within ten minutes of its end, so often: one incident and not several. */
  readonly reopened: number
  /** A person said before that this was going to happen. */
  readonly planned: Announcement | null
}

export interface HistoryPage<T> {
  readonly rows: readonly T[]
  /** There are more beyond the last row. */
  readonly more: boolean
  /** Rows that are kept and cannot be read. */
  readonly unreadable: number
}

/** Of the open incident so much goes with every picture: its first and newest phases, and the topics that are worst. */
export interface OpenIncident extends Omit<Incident, 'ended' | 'phasesLeftOut'> {
  /** Phases that are not among them. */
  readonly phasesLeftOut: number
}
export const OPEN_PHASES = 8
export const OPEN_TOPICS = 3

/** A restart of a broker that a person announces: trouble with it alone is planned until then. */
export interface Announcement {
  readonly by: string
  readonly broker: number
  readonly until: number
}

/** One that stands, with when it was announced. */
export interface Plan extends Announcement {
  readonly at: number
}
/** For how long a restart may be announced. */
export const ANNOUNCED_MINUTES = { least: 1, usual: 20, most: 1440 } as const

/** Events that are asked for: all of the given ones together; -1, '' and an empty list = any. */
export interface EventQuestion {
  readonly cluster: string
  readonly incident: number
  readonly topic: string
  readonly partition: number
  /** As `broker` or `other`. */
  readonly broker: number
  readonly kinds: readonly EventKind[]
  /** Seen at or after, and before. */
  readonly from: number
  readonly until: number
  /** Only those before this one, for the next page; 0 = the newest. */
  readonly beforeSeq: number
  readonly limit: number
}
export const MOST_EVENTS = 2_000
export const INCIDENTS_PER_PAGE = 50
