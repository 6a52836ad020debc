import type { LimitReason } from './summary'

/**
 * How a node follows the leader of the controllers' quorum, by that leader's clock. in-step: it fetched less than `LATE_AFTER_MS` before. late: not for
 * longer. silent: not for `SILENT_AFTER_MS`. never: not since this leader leads. unknown: the leader's clock is not told.
 */
export type Following = 'leads' | 'in-step' | 'late' | 'silent' | 'never' | 'unknown'

/** A follower looks for another leader, and its leader does not count it, from controller.quorum.fetch.timeout.ms (2 s) on (KIP-595, LeaderState.java). */
export const LATE_AFTER_MS = 2_000
/** From here on a voter is not live. Five times the above, so that no pause of a garbage collector is one. */
export const SILENT_AFTER_MS = 10_000

export interface QuorumMember {
  readonly id: number
  /** False: an observer. Brokers are, and a leader is while it is taken out of the voters. */
  readonly votes: boolean
  /** Of the disk its log is on; '' = not told. */
  readonly directory: string
  /** host:port where it listens for other controllers; '' = not told. */
  readonly address: string
  /** Up to where it has the controllers' log, NaN = not told. */
  readonly logEndOffset: number
  /** Records of that log it lacks to the leader's end, NaN = not known. */
  readonly behind: number
  /** From its last fetch to the answer; 0 of the leader, NaN = not known. */
  readonly fetchAgeMs: number
  readonly following: Following
  /** A voter whose id fetches from another disk: the one it votes with is gone, and so is its vote. */
  readonly replaced: boolean
}

/** The controllers' quorum as its leader told it last. Times are ours. */
export interface QuorumReport {
  readonly askedAt: number
  readonly readAt: number
  /** The broker that handed the question on. */
  readonly broker: number
  readonly leader: number
  readonly leaderEpoch: number
  /** When it was first told in this epoch. */
  readonly seenSince: number
  /** Another epoch was told before, so it began then or a little earlier; false: it led already when it was first asked. */
  readonly sawItBegin: boolean
  /** NaN = not told. */
  readonly highWatermark: number
  readonly logEndOffset: number
  /** Voters, the leader first, then by id; observers by id. */
  readonly members: readonly QuorumMember[]
  readonly voters: number
  /** How many have to agree: more than half. */
  readonly majority: number
  /** Voters that lead or are in step. */
  readonly inStep: number
  /** How many voters may stop before there is no majority: for certain, and if those that are late come back; null = not known. */
  readonly mayLose: { readonly atLeast: number; readonly atMost: number } | null
  /** single: the only one; even: as many may fail with one less. */
  readonly remark: 'single' | 'even' | ''
}

/**
 * none: ZooKeeper mode, where brokers elect one of them (`controller`, -1 unknown). silent: no word from a controller since `since`, whichever broker was
 * asked. unknown: nothing is known now, `why`; not-asked: not yet; no-answer: one question brought none, which may be that broker alone.
 */
export type QuorumView =
  | { readonly state: 'none'; readonly controller: number }
  | { readonly state: 'leads'; readonly report: QuorumReport }
  | {
      readonly state: 'silent'
      readonly since: number
      /** Brokers that got no word, by id. */
      readonly asked: readonly number[]
      readonly last: QuorumReport | null
    }
  | {
      readonly state: 'unknown'
      readonly why: LimitReason | 'not-asked' | 'no-answer'
      readonly since: number
      readonly last: QuorumReport | null
    }

/** What Kafka keeps true at every moment (KIP-966, PartitionChangeBuilder.java): seen otherwise, one of two answers is older than the other. */
export type ElrBreach =
  /** A broker is in the ISR and in the ELR. */
  | 'both'
  /** The ISR is at min ISR or larger, and there is an ELR. */
  | 'elr-beside-full'
  /** The ISR is empty under a leader, or has a member without one. */
  | 'isr-and-leader'
  /** A last known leader is kept although there is a leader. */
  | 'last-known-and-leader'

/** A partition whose ISR is short. Times are ours. */
export interface ShortRow {
  readonly topic: string
  readonly partition: number
  /** -1 = it has none. */
  readonly leader: number
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  /** null = not read: Kafka keeps none where the ISR is at min ISR or larger, so it is not asked there. */
  readonly elr: readonly number[] | null
  /** -1 = none is told. */
  readonly lastKnownLeader: number
  /** Effective, -1 = not known. */
  readonly minIsr: number
  /** When the ELR was read, and from whom; NaN and -1 = it was not. */
  readonly elrReadAt: number
  readonly elrBroker: number
  readonly breaches: readonly ElrBreach[]
}

export interface EpochRow {
  readonly topic: string
  readonly partition: number
  readonly leader: number
  readonly leaderEpoch: number
  /** When this epoch was first seen. */
  readonly since: number
}

export const MOST_SHORT_ROWS = 500
export const MOST_EPOCH_ROWS = 5

export interface ShortIsrView {
  /** Whether this cluster keeps eligible leader replicas; null = not known. */
  readonly elr: boolean | null
  /** Why ELRs cannot be read, '' = they can. */
  readonly refused: LimitReason | ''
  /** Without a leader first, then below min ISR, then the rest: at most MOST_SHORT_ROWS of `total`. */
  readonly rows: readonly ShortRow[]
  readonly total: number
  /** Partitions that Metadata tells, and those of them with an ELR as it was read last. */
  readonly partitions: number
  readonly withElr: number
  /** Of the Metadata that ISRs and leaders are from. */
  readonly readAt: number
  readonly broker: number
  /** The newest leader epochs that were seen to begin, newest first. */
  readonly epochs: readonly EpochRow[]
}

/** What one broker has told of its own view. Times are ours. */
export interface BrokerWord {
  readonly broker: number
  /** Up to where it had read the controllers' log, at least; NaN = it tells none. */
  readonly offset: number
  readonly toldAt: number
  /** Records it lacked of what another broker had told before this one was asked; at least that many, and NaN where nothing tells. */
  readonly behind: number
  /** Since when each of its answers was behind, and how many; NaN and 0 = the last was not. */
  readonly behindSince: number
  readonly behindReadings: number
  /** When its partitions were last compared with the picture, NaN = never yet. */
  readonly comparedAt: number
}

export interface PartitionClaim {
  readonly leader: number
  readonly leaderEpoch: number
  readonly isr: readonly number[]
}

/**
 * Why the picture goes by the other claim. offset: that broker has read more of the controllers' log; epoch: its leader epoch is higher; smaller-isr: same
 * leader and epoch, and what is safe with the smaller ISR is safe with the larger; asked: nothing tells which is newer.
 */
export type WhyCounts = 'offset' | 'epoch' | 'smaller-isr' | 'asked'

export interface DisputedRow {
  readonly topic: string
  readonly partition: number
  /** Who says something else than the picture. */
  readonly broker: number
  readonly said: PartitionClaim
  readonly counts: PartitionClaim
  readonly why: WhyCounts
  /** First and last time that it said so, each time it was compared in between. */
  readonly since: number
  readonly saidAt: number
  readonly readings: number
}

/** Topics or brokers that one broker lists and another does not. */
export interface ListDifference {
  readonly broker: number
  /** Who it was compared with. */
  readonly with: number
  readonly since: number
  readonly saidAt: number
  readonly readings: number
  /** Topics it leaves out, and topics that only it has: the first of them, and how many. */
  readonly lacks: readonly string[]
  readonly lacksCount: number
  readonly has: readonly string[]
  readonly hasCount: number
  /** Topics that both have, with other partitions, replicas, or another id. */
  readonly others: number
  readonly lacksBrokers: readonly number[]
  readonly hasBrokers: readonly number[]
}

/** Brokers take some 100 ms to hear of a change, so what was seen once is no difference. */
export const READINGS_TO_TELL = 2
export const MOST_DISPUTED_ROWS = 500
export const MOST_LISTED_TOPICS = 20

export interface AgreementView {
  /** Whose Metadata tells the picture, when, and up to where it had read the controllers' log; NaN = not told. */
  readonly broker: number
  readonly readAt: number
  readonly offset: number
  readonly words: readonly BrokerWord[]
  /** Who was compared last, and when; empty and NaN = nobody yet. */
  readonly compared: readonly number[]
  readonly comparedAt: number
  /** Seen READINGS_TO_TELL times or more; at most MOST_DISPUTED_ROWS of `total`. */
  readonly rows: readonly DisputedRow[]
  readonly total: number
  readonly lists: readonly ListDifference[]
  /** Brokers without the listener by which we came in: they are not asked. */
  readonly withoutListener: readonly number[]
}
