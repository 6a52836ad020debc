import type { BrokerSummary, Headline, Reach } from './summary'

/**
 * Why the cluster cannot be shown as it was. before: earlier than anything that is kept. unwatched: nobody looked then (`seenBefore`, `seenAfter`: the last look before and the first after it, NaN = none).
 * later: after the newest look. unkept: it was watched, and what would lead there is not kept: Highwater was older, was killed in the first moment, or the file lacks it. unreadable: it is kept and cannot be read.
 */
export type PastLack = 'before' | 'unwatched' | 'later' | 'unkept' | 'unreadable'

export interface PastNothing {
  readonly lack: PastLack
  readonly seenBefore: number
  readonly seenAfter: number
}

/** How a row stood. Epoch and leader -1: nobody led, or it is not known (state UNKNOWN). */
export interface PastStanding {
  /** State code; HEALTHY says that every replica was in the ISR: of its lag nothing is kept with it. UNKNOWN while it was changing from one state to another. */
  readonly state: number
  readonly leader: number
  readonly epoch: number
  readonly inSync: readonly number[]
}

/** It changed somewhere in this time. Ms since 1970, by our clock. */
export interface PastChange {
  readonly from: number
  readonly to: number
  readonly before: PastStanding
  readonly after: PastStanding
}

export interface PastRow extends PastStanding {
  readonly partition: number
  readonly marks: number
  readonly replicas: readonly number[]
  readonly minIsr: number
  /** null = it was not changing just then. */
  readonly changing: PastChange | null
}

export type PastBroker = Pick<
  BrokerSummary,
  'id' | 'host' | 'port' | 'rack' | 'listed' | 'noListener' | 'answers' | 'answersSince' | 'course' | 'silence'
> & {
  readonly replicas: number
  readonly inSync: number
  readonly leaders: number
  readonly throttled: boolean
  /** What is said of it was changing just then. */
  readonly changing: boolean
}

/** Of a topic: its worst state, and how many of its partitions were in each (index = code). */
export interface PastTopicLine {
  readonly topic: string
  readonly worst: number
  readonly partitions: number
  readonly counts: readonly number[]
  /** Came, went or was laid out anew just then. */
  readonly changing: boolean
}

/** What was said first of the cluster; nothing of lag, nor of what would follow. */
export type PastHeadline = Pick<
  Headline,
  'offline' | 'writesRefused' | 'oneLossAway' | 'underReplicated' | 'halted' | 'noListener' | 'culprit' | 'silent'
>

export interface PastBoard {
  readonly at: number
  readonly headline: PastHeadline
  readonly reach: Reach
  readonly topics: number
  readonly partitions: number
  readonly replicas: number
  readonly counts: readonly number[]
  readonly minIsrUnknown: number
  readonly brokers: readonly PastBroker[]
  readonly controller: number
  readonly voters: { readonly live: number; readonly total: number } | null
  readonly quorum: 'leads' | 'silent' | 'unknown' | 'none'
  readonly kafkaVersion: string
  /** Partitions that were changing just then. */
  readonly changing: number
  /** Worst first, at most PAST_TOPICS of `topics`. */
  readonly lines: readonly PastTopicLine[]
}
export const PAST_TOPICS = 1_000

/** absent: no topic of this name was known then. */
export interface PastTopic {
  readonly at: number
  readonly topic: string
  readonly is: 'there' | 'absent'
  readonly changing: boolean
  /** As Kafka prints it, '' = not told. */
  readonly id: string
  /** Setting; -1 = not known. */
  readonly minIsr: number
  readonly unclean: 'on' | 'off' | 'unknown'
  /** Records that the follower furthest behind lacked, from samples; NaN = not known. */
  readonly lagRecords: number
  /** Worst first where there are more than PAST_ROWS, else by number. */
  readonly rows: readonly PastRow[]
  readonly partitions: number
}
export const PAST_ROWS = 2_000

export type PastAnswer<T> = { readonly shown: T } | { readonly shown: null; readonly nothing: PastNothing }

/** What is kept around a moment. NaN = there is none. */
export interface PastAround {
  /** The first and the last moment that may be shown. */
  readonly from: number
  readonly to: number
  /** When something was seen last before it, and first after it. */
  readonly previous: number
  readonly next: number
}
