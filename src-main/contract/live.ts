/** Why a high watermark is not known. */
export type HighWatermarkReason = 'new-leader' | 'leader-silent' | 'no-leader' | 'not-authorized' | 'not-read'

/** Why a log end offset is not known; 'too-large' is beyond 2^53. */
export type OffsetReason = 'silent' | 'not-authorized' | 'not-a-replica' | 'too-large' | 'not-read' | `error-${number}`

/** Live detail of the one partition that is watched, at the monitor's own rate. Objects: it is one partition. */
export interface LivePartition {
  readonly topic: string
  readonly partition: number
  readonly takenAt: number
  /** Time between the first and last reading used for this partition. */
  readonly spreadMs: number
  readonly leader: number
  readonly leaderEpoch: number
  readonly state: number
  readonly marks: number
  readonly replicationFactor: number
  /** The setting and, since 3.7 min(setting, RF), what counts; -1 unknown. */
  readonly minInSyncReplicas: number
  readonly effectiveMinInSyncReplicas: number
  readonly minInSyncReplicasSource: number
  /** NaN unknown, then `highWatermarkReason` says why; '' = it is known. */
  readonly highWatermark: number
  readonly highWatermarkReason: HighWatermarkReason | ''
  /** Whether it stands still under min ISR, so that consumers stop: from Kafka 3.7; null = the version is not known. */
  readonly underMinStopsConsumers: boolean | null
  readonly logStartOffset: number
  /** Leader's records per second over about the last 10 s, NaN unknown. */
  readonly produceRate: number
  /** Upper bound of how far a lag may be too high: records the leader took in during the spread. NaN unknown. */
  readonly lagErrorRecords: number
  readonly acceptsAcksAll: 'yes' | 'no' | 'unknown'
  /** How many more replicas may fail before acks=all is refused; NaN unknown. */
  readonly tolerance: number
  readonly preferredLeader: number
  /** What follows if the leader stops now; null while there is none. */
  readonly leaderStops: LeaderStops | null
  readonly elr: readonly number[]
  /** What other brokers say when they differ. */
  readonly disputes: readonly {
    readonly broker: number
    readonly leader: number
    readonly leaderEpoch: number
    /** What they disagree on, where it is not the leader. */
    readonly isr: readonly number[] | null
  }[]
  readonly evictionWindowMs: number
  readonly replicas: readonly LiveReplica[]
  /** Who is left of a partition without a leader; null while it has one. */
  readonly survivors: Survivors | null
  readonly next: number
  readonly nextFrom: number
  readonly nextTo: number
  readonly nextBroker: number
}

/** If the leader of a partition stopped now. Losses in records, NaN unknown. Unclean elections are explained, never advised. */
export interface LeaderStops {
  /** Who would be elected, -1 = nobody: offline, or, where `uncleanElection` is not known, whom `unclean` names. */
  readonly nextLeader: number
  /** The set the next leader comes from; 'unclean': from outside of both, and what it lacks is lost; 'unheard': from one of both, if it runs: it has not answered yet; 'no-controller': none answers, so nobody is elected. */
  readonly from: 'isr' | 'elr' | 'unclean' | 'none' | 'unheard' | 'no-controller'
  /** Whether the controller elects uncleanly by itself where nobody else may lead; null = not known. */
  readonly uncleanElection: boolean | null
  /** Whether acks=all writes would be taken then; whoever does not answer now is out of the ISR by then. */
  readonly acceptsAcksAll: 'yes' | 'no' | 'unknown'
  /** Whom an unclean election would take, whatever its log holds; null = nobody is there to take. */
  readonly unclean: { readonly broker: number; readonly lostRecords: number } | null
  /** Whose log would lose fewest records: the same as `unclean` where none is known to lose fewer. */
  readonly fewestLost: { readonly broker: number; readonly lostRecords: number } | null
}

export interface LiveReplica {
  readonly broker: number
  readonly rack: string | null
  readonly inSync: boolean
  /** A reassignment adds it: out of the ISR it is not missing. */
  readonly adding: boolean
  readonly offline: boolean
  readonly answers: boolean
  /** NaN unknown, then `reason` says why; '' = it is known, and of now. */
  readonly logEndOffset: number
  readonly reason: OffsetReason | ''
  /** When `logEndOffset` was read. */
  readonly readAt: number
  /** Leader LEO - this LEO; 0 for the leader; NaN unknown. */
  readonly lagRecords: number
  /** This LEO - leader LEO where the leader was read later and had less, else 0: as a follower it cuts its log back, however the two came apart. */
  readonly aheadRecords: number
  /** Now - last moment it was at the leader's LEO. NaN unknown; with `lateAtLeast` it is a lower bound (it was late when we first looked). */
  readonly lateMs: number
  readonly lateAtLeast: boolean
  /** Eviction countdown, absolute; NaN = not late, or not in the ISR. */
  readonly leavesFrom: number
  readonly leavesTo: number
  /** Records per second by which the lag shrinks (negative: grows), NaN unknown. */
  readonly catchUpRate: number
  /** When it has caught up, absolute; NaN = not catching up or unknown. */
  readonly caughtUpFrom: number
  readonly caughtUpTo: number
  /** Since when it is out of the ISR, NaN = in it, or since before we looked. */
  readonly outSince: number
}

/** A partition without a leader: what each replica holds, and what an unclean election would cost. It is told, never offered. */
export interface Survivors {
  /** In assignment order. */
  readonly replicas: readonly {
    readonly broker: number
    /** It answers us now. */
    readonly answers: boolean
    /** It may be chosen by an unclean election now: the controllers count on it, it is not known to be silent, its disk is not offline. */
    readonly eligible: boolean
    readonly inSync: boolean
    readonly inElr: boolean
    /** As last read at `readAt` (long ago where it does not answer); NaN unknown. */
    readonly logEndOffset: number
    readonly readAt: number
    /** Records lost against `bestLogEndOffset` if this one led; NaN unknown. */
    readonly lostRecords: number
  }[]
  /** Whom Kafka would take: the first eligible one, whatever its log holds; -1 = nobody. */
  readonly uncleanLeader: number
  /** Who holds most, -1 unknown. */
  readonly longest: number
  /** Largest LEO known, that of the last leader included; NaN unknown. */
  readonly bestLogEndOffset: number
  /** Records lost if `uncleanLeader` were elected; NaN unknown, or nobody to elect. */
  readonly lostRecords: number
  /** The losses are lower bounds: a replica does not answer or was never read. */
  readonly lostAtLeast: boolean
  /** Whose return brings the partition back without loss, -1 = not known. */
  readonly awaited: number
  /** It runs, and what is awaited is its log directory, which failed. */
  readonly awaitsLogDir: boolean
}

/** One point of a chart: lag in records and ms per line. `lines` are broker ids (partition, broker subject) or -1 (aggregate). */
export interface LivePoint {
  readonly subject: string
  readonly at: number
  readonly lines: Int32Array
  readonly lagRecords: Float64Array
  readonly lateMs: Float64Array
}

/** What happens to a replica: it leaves or joins the ISR, or leads now; leader-back: as the preferred one, after a leader that stays in the ISR. */
export type ReplicaEventKind = 'left-isr' | 'joined-isr' | 'leader' | 'leader-back'

/** History of a chart subject, newest last: `lagRecords` and `lateMs` hold lines.length values per time, row by row. */
export interface LagSeries {
  readonly subject: string
  readonly at: Float64Array
  readonly lines: Int32Array
  readonly lagRecords: Float64Array
  readonly lateMs: Float64Array
  readonly evictionWindowMs: number
  /** When a line left or joined the ISR. */
  readonly events: readonly {
    readonly at: number
    readonly line: number
    readonly kind: ReplicaEventKind
  }[]
}
