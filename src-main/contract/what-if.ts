import type { Tally } from '../shared/tally'
import type { BrokerSummary, ClusterSummary, Coordinated } from './summary'

/** How many brokers may be chosen to stop together. */
export const WHAT_IF_BROKERS = 1000
/** At most so many topics are told, the worst first, and at most so many partitions of each kind by number. */
export const WHAT_IF_TOPICS = 500
export const WHAT_IF_NAMED = 500

/** What a stop does to a partition that is worth a number: it loses records by unclean election, has no leader, or refuses acks=all although it takes it now. In none of the others. */
export const WHAT_IF_HARMS = ['loses', 'offline', 'refuses'] as const
export type WhatIfHarm = (typeof WHAT_IF_HARMS)[number]

/** A partition whose leader moves. */
export interface MovedLeader {
  readonly partition: number
  readonly from: number
  readonly to: number
}

/** One topic that the stop touches: counts of its partitions, and numbers of some of them. */
export interface WhatIfTopic {
  readonly topic: string
  /** All it has that are seen. */
  readonly partitions: number
  readonly loses: number
  readonly offline: number
  readonly refuses: number
  /** Take acks=all afterwards, and no longer after one more loss. */
  readonly oneLossAway: number
  /** Led by another broker afterwards, those of `loses` among them. */
  readonly moves: number
  /** Of which it is not known whether they refuse. */
  readonly unknown: number
  /** Of the first three: partitions that it would hit even with every replica in sync, as they have too few elsewhere. */
  readonly byDesign: number
  /** Numbers, ascending; shorter than the counts where the answer was full (WHAT_IF_NAMED). */
  readonly named: Readonly<Record<WhatIfHarm | 'unknown', readonly number[]>>
  readonly moved: readonly MovedLeader[]
}

/** What of the cluster is not known, so that a figure may be too low. Partitions with a replica on a broker that stops. */
export interface WhatIfUnknown {
  /** Metadata does not tell them, or a replica of them was not read: nothing is said of them. */
  readonly unjudged: number
  /** Their leader is silent, so that nothing is said of them either: what follows begins with its fencing. */
  readonly silentLeader: number
  /** Their min ISR is not known. */
  readonly minIsr: number
  /** A member of their ISR has not been heard yet, or is not seen from here. */
  readonly unheard: number
  /** Among those of `offline`: whether their topic elects uncleanly is not told, so they may lose records instead. */
  readonly unclean: number
}

/** The controllers after a stop. */
export interface WhatIfQuorum {
  readonly effect: BrokerSummary['stopQuorum']
  /** Voters among those that stop. */
  readonly stopped: readonly number[]
  /** Voters that still run, of `total`; `needed` have to. NaN = not known, or there is no quorum. */
  readonly left: number
  readonly total: number
  readonly needed: number
}

/** Partitions of one of Kafka's own topics. */
export interface WhatIfCoordinator extends Readonly<Record<WhatIfHarm | 'moves' | 'unknown', number>> {
  readonly what: Coordinated
  readonly partitions: number
}

/** What follows if brokers stopped together now, by the newest picture. Nothing was asked of a broker for it. Counts are of what is seen (`reach`). */
export interface WhatIf {
  /** Those that stop, ascending. */
  readonly brokers: readonly number[]
  /** When the reading was taken, and how far it reaches. */
  readonly takenAt: number
  readonly reach: ClusterSummary['reach']
  readonly loses: Tally
  readonly offline: Tally
  readonly refuses: Tally
  readonly oneLossAway: Tally
  /** Of the first three together, as in WhatIfTopic. */
  readonly byDesign: number
  readonly unknown: WhatIfUnknown
  /** Partitions per way; the most first. Uncleanly elected ones among them. */
  readonly moves: readonly { readonly from: number; readonly to: number; readonly partitions: number }[]
  /** Partitions led now and then, of brokers for which they differ, ascending by broker. */
  readonly leaders: readonly { readonly broker: number; readonly now: number; readonly then: number }[]
  readonly quorum: WhatIfQuorum
  /** Kafka's own topics that the stop touches. */
  readonly coordinators: readonly WhatIfCoordinator[]
  /** The worst first, at most WHAT_IF_TOPICS of `topicCount`. */
  readonly topics: readonly WhatIfTopic[]
  readonly topicCount: number
  /** Partitions that are being reassigned, wherever; null = that is not told. */
  readonly reassigning: number | null
}
