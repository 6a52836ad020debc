import type { Tally } from '../shared/tally'
import type { OpenIncident, Plan } from './history'

/** Aggregates of a cluster: small, sent with every push. Sentences are composed in the renderer from these facts, in its language. */
export interface ClusterSummary {
  readonly takenAt: number
  /** Time between the first and the last answer of this reading: the error bound of every lag. */
  readonly spreadMs: number
  readonly topics: number
  readonly reach: Reach
  readonly partitions: number
  readonly replicas: number
  /** Partitions by state code (index = code, see states.ts). */
  readonly counts: readonly number[]
  /** Partitions with a leader whose min ISR is not known: whether they take acks=all writes is not either. */
  readonly minIsrUnknown: number
  readonly headline: Headline
  readonly loss: LossSummary
  /** null = none is open, or none is kept. */
  readonly incident: OpenIncident | null
  /** Announced restarts that stand, by broker. */
  readonly plans: readonly Plan[]
  readonly brokers: readonly BrokerSummary[]
  /** Broker whose Metadata this picture is from. */
  readonly sourceBroker: number
  readonly intervalMs: number
  readonly cadence: 'automatic' | 'fixed'
  /** What we ask of the whole cluster, averaged over the last 10 s. */
  readonly load: {
    readonly requestsPerSecond: number
    readonly bytesPerSecond: number
    /** The longest that a broker held us back for it in the last 10 s (a request quota), 0 = none did. */
    readonly heldMs: number
  }
  /** replica.lag.time.max.ms of this cluster, NaN unknown. Highest value where brokers differ. */
  readonly evictionWindowMs: number
  readonly kafkaVersion: string
  /** Active controller by DescribeQuorum (KRaft) or Metadata (ZooKeeper mode), -1 unknown. */
  readonly controller: number
  readonly voters: { readonly live: number; readonly total: number } | null
  /**
   * leads: a controller answers. silent: brokers that answer us got no word from one, so nobody is elected, fenced or taken out of an ISR. unknown: not
   * asked yet, refused, or not told. none: ZooKeeper mode, where the controllers are no quorum.
   */
  readonly quorum: 'leads' | 'silent' | 'unknown' | 'none'
  /** Worst time lag seen in the last hour, for the "all well" sentence; null = nobody was late. */
  readonly nearest: {
    readonly topic: string
    readonly partition: number
    readonly broker: number
    readonly lateMs: number
  } | null
  /** How often a broker that was there went away in the last hour, as far as it was watched; who did so most often first. */
  readonly departures: readonly { readonly broker: number; readonly times: number }[]
  /** What this cluster or this principal cannot answer, with the reason. */
  readonly limits: readonly Limit[]
  /** Partitions on which brokers name different leaders right now. */
  readonly disputed: number
}

/** Acknowledged records that were lost, as far as it was watched. */
export interface LossSummary {
  /** Findings that nobody has acknowledged. They stay over restarts. */
  readonly open: number
  /** Records of theirs, together. */
  readonly atLeast: number
  /** Where, most records first: at most LOSS_TOPICS of them. */
  readonly topics: readonly { readonly topic: string; readonly partitions: number; readonly atLeast: number }[]
  /** Topics in all. */
  readonly topicCount: number
  /** When the oldest and the newest of them were seen; NaN = there is none. */
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  /** Brokers that had what is lost, when they were last read. */
  readonly holders: readonly number[]
  /** Findings that are kept and cannot be read. */
  readonly unreadable: number
  /** Since when nothing was missed, NaN = it is not watched. */
  readonly watchedSince: number
  /** Partitions whose last change of leaders is not judged yet. */
  readonly undecided: number
}
export const LOSS_TOPICS = 20

/** Nothing is kept and nothing is watched. */
export const LOSS_UNWATCHED: LossSummary = {
  open: 0,
  atLeast: 0,
  topics: [],
  topicCount: 0,
  firstSeenAt: Number.NaN,
  lastSeenAt: Number.NaN,
  holders: [],
  unreadable: 0,
  watchedSince: Number.NaN,
  undecided: 0,
}

/**
 * How much of the cluster `topics` are. Brokers leave out without a word what a login may not see, so 'unknown' is what holds until the opposite
 * is proven. all: every topic there is; visible: others are known to be hidden from this login.
 */
export type Reach = 'all' | 'visible' | 'unknown'

/** What a cluster may be unable to answer, and why. */
export type Capability =
  | 'log-end-offsets'
  /** Followers do not tell their own log ends (Redpanda's never do), so that nothing proves what such brokers say of an ISR. */
  | 'follower-log-ends'
  | 'min-insync-replicas'
  | 'broker-settings'
  | 'log-dirs'
  | 'quorum'
  | 'reassignments'
  | 'elr'
export type LimitReason = 'not-authorized' | 'unsupported'
export interface Limit {
  readonly what: Capability
  readonly reason: LimitReason
}

/**
 * How a broker does not answer: 'timeout' frozen or cut off, 'refused' port closed, 'no-route' the way to it leads nowhere, 'ours' this machine did not even
 * try, 'protocol' garbage, 'other-cluster' its address leads to another one.
 */
export type Silence =
  'timeout' | 'refused' | 'reset' | 'no-route' | 'ours' | 'auth' | 'tls' | 'unknown-host' | 'protocol' | 'other-cluster'

/** This machine, its sign-in, a certificate, a name, or what the address leads to. */
const OUR_SIDE: ReadonlySet<Silence | ''> = new Set<Silence | ''>([
  'ours',
  'auth',
  'tls',
  'unknown-host',
  'protocol',
  'other-cluster',
])

/**
 * Our own way to a broker that does not answer fails. It is not seen from here, which says nothing of it: its partitions are unknown, and neither it nor they
 * are called bad for that.
 */
export const isOurSide = ({ silence }: { readonly silence: Silence | '' }): boolean => OUR_SIDE.has(silence)

export interface BrokerSummary {
  readonly id: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  /** Listed by Metadata as live. A dead broker may stay listed for up to 11 s. */
  readonly listed: boolean
  /** Live, and not listed only because it has no listener where we came in: nothing of it is seen from here. */
  readonly noListener: boolean
  /** Answers us. A fact of its own beside `listed`. */
  readonly answers: 'yes' | 'no' | 'connecting'
  /** Since when `answers` has its value. */
  readonly answersSince: number
  /** On its way in or out, '' = neither is proven. */
  readonly course: Course | ''
  /** Why it does not answer, '' = it does. */
  readonly silence: Silence | ''
  /** With silence 'other-cluster': Kafka's id of that cluster; '' otherwise, and where it tells none. */
  readonly leadsTo: string
  readonly latencyMs: number
  /** Of the partitions seen, as all that follows; NaN where no topic is, and none is proven to be all. */
  readonly replicas: number
  readonly inSync: number
  /** Of those not in sync, the ones that a reassignment adds, or has made up for already: they are not missing. */
  readonly adding: number
  readonly leaders: number
  /** Sum over its replicas; NaN while it does not answer, as soon as one of them was not read, and where there is none. */
  readonly lagRecords: number
  /** Replicas of it that are late or out of the ISR. */
  readonly behind: Tally
  /** Worst time lag of its replicas in ms, 0 = none late; NaN as `lagRecords`, but the last figure of a broker that fell silent goes on. */
  readonly lateMs: number
  /** If it stops now: partitions seen that would refuse acks=all although they accept now, and that would go offline. */
  readonly stopRefuses: Tally
  readonly stopOffline: Tally
  /** And those that an unclean election would give to another replica at once: what that one lacks is lost. In none of the others. */
  readonly stopLoses: Tally
  /** Replicas that are offline although it runs: a log directory of it has failed. 0 while it does not answer. */
  readonly offlineReplicas: number
  /** The directories that failed, as it names them; empty = none, or not read. */
  readonly failedFolders: readonly string[]
  /** Whose coordinators would be among them. */
  readonly stopHalts: readonly Coordinated[]
  /** What its stop does to the majority of the controllers: a voter may be one of the last that make it. silent: as `quorum`. */
  readonly stopQuorum: 'keeps' | 'loses' | 'silent' | 'unknown'
}

/**
 * returning: listed again, and its port is not open yet. leaving: what it led is led by others and it is out of those ISRs although it answers and is listed,
 * as the controller does it for a broker that asks to shut down.
 */
export type Course = 'returning' | 'leaving'

/** What Kafka keeps in a topic of its own, which it writes with acks=all: groups commit nothing, transactions and share groups stop while it refuses that. */
export type Coordinated = 'groups' | 'transactions' | 'share-groups'

export interface Headline {
  /**
   * unread: no complete reading yet. unknown: nothing wrong is seen, and not enough to call it well: a partition, its min ISR or any topic at
   * all could not be read, or a broker is not seen from here (`isOurSide`).
   */
  readonly level: 'unread' | 'unknown' | 'well' | 'watch' | 'trouble' | 'danger'
  /** When this incident (or calm) was first seen: one start for all of it, however its level, cause or figures change. */
  readonly since: number
  /**
   * seen: it began then, give or take what lies between two pictures. opening: it was so in the first picture, and began before, nobody here knows when. unseen: it
   * began after `sinceAfter`, in a time in which nothing of the cluster was seen (paused, cut off, asleep, a slow cadence); of a calm one that it was so then too is not known.
   */
  readonly began: 'seen' | 'opening' | 'unseen'
  /** When the last reading without it was taken; NaN = there is none. */
  readonly sinceAfter: number
  readonly culprit: Culprit | null
  /** Partitions, of those seen. */
  readonly offline: Tally
  readonly writesRefused: Tally
  readonly oneLossAway: Tally
  readonly underReplicated: Tally
  readonly lagging: Tally
  /** Partitions of Kafka's own topics that are offline or refuse acks=all, where there are any. */
  readonly halted: readonly { readonly what: Coordinated; readonly partitions: Tally }[]
  /** Brokers without a listener where we came in, and the partitions they lead, which cannot be read from here; null = there are none. */
  readonly noListener: {
    readonly brokers: readonly { readonly broker: number; readonly rack: string | null }[]
    readonly partitions: number
  } | null
  /** Replicas that leave the ISR by `by` if nothing changes. */
  readonly leaving: { readonly replicas: number; readonly by: number } | null
  /** Brokers that do not answer but are still listed, with what follows when they are fenced. */
  readonly silent: readonly SilentBroker[]
  /** About when every follower seen behind has caught up; NaN as soon as that is not known of one, or while anything is offline, silent or gone. */
  readonly healedAt: number
}

/** Who explains most of the trouble. `behind` of `of` replicas (or partitions, for a leader). */
export interface Culprit {
  /** brokers-away: several that are gone or do not answer, together. */
  readonly kind: 'follower-broker' | 'leader-broker' | 'rack' | 'brokers-away'
  /** Of a rack -1. Of several brokers the one to bring back first, -1 = none of them before the others. */
  readonly broker: number
  /** Of several brokers the rack that they are all of, null = they are not one. */
  readonly rack: string | null
  /** The several brokers, by id; else empty. */
  readonly brokers: readonly {
    readonly broker: number
    readonly rack: string | null
    readonly cause: 'gone' | 'silent' | Course
  }[]
  readonly behind: number
  readonly of: number
  /** gone: not listed; silent: does not answer; slow: fetches but falls behind; recovering: catching up. Of several brokers that are away in different ways 'silent'. */
  readonly cause: Course | 'gone' | 'silent' | 'slow' | 'throttled' | 'recovering' | 'unknown'
}

export interface SilentBroker {
  readonly broker: number
  readonly rack: string | null
  readonly since: number
  readonly silence: Silence | ''
  /** As `Course`: the controllers hear it, so it will not be fenced. */
  readonly returning: boolean
  /** The controllers have heard it since it fell silent to us, and a moment ago: it is not fenced while they do, and only the way from here to it may be cut. */
  readonly heard: boolean
  /** With silence 'other-cluster': Kafka's id of that cluster; '' otherwise, and where it tells none. */
  readonly leadsTo: string
  /** When the controller will fence it, from broker.session.timeout.ms; NaN unknown. */
  readonly fencedFrom: number
  readonly fencedTo: number
  /** Partitions it leads: unreadable and unwritable until then. */
  readonly leads: number
  /** After fencing: partitions that then refuse acks=all, that have no leader, and that have one by unclean election, which loses records. */
  readonly thenRefuses: number
  readonly thenOffline: number
  readonly thenLoses: number
}
