/** A made cluster and a sequence of faults on it: what happens, what the controller is told of it, and what of it can be seen. */

/**
 * What a broker does. dead: killed; frozen: stopped and able to go on where it was; stopping: in a controlled shutdown; stopped: after one; returning: started
 * again, known to the controllers, and its port is not open yet.
 */
export type Process = 'up' | 'dead' | 'frozen' | 'stopping' | 'stopped' | 'returning'

export interface BrokerTruth {
  readonly id: number
  readonly rack: string | null
  readonly process: Process
  /** The controllers do not count on it: Metadata does not list it. */
  readonly fenced: boolean
  /** It has the listener by which everybody comes in. */
  readonly listener: boolean
  /** It was asked and has answered, or was found not to. */
  readonly heard: boolean
}

export interface FaultTopic {
  readonly name: string
  readonly minInSyncReplicas: number
  readonly unclean: boolean
  /** Metadata leaves it out: this login may not describe it. */
  readonly hidden: boolean
  /** Neither min ISR nor whether unclean elections are allowed may be read. */
  readonly settingsDenied: boolean
}

export interface FaultPartition {
  readonly topic: FaultTopic
  readonly number: number
  /** In assignment order. */
  readonly replicas: readonly number[]
}

/** How a replica that is not at its leader's end goes on, by `replicaKey`. */
export type Fetching = 'late' | 'stuck' | 'catching-up'
export const replicaKey = (partition: number, broker: number): string => `${partition}/${broker}`

/** Who answers Metadata: `teller` tells the picture, -1 = nobody does; `second` may contradict it, -1 = nobody is asked. */
export interface Tellers {
  readonly teller: number
  readonly second: number
  /** Which of the two still has the view of the moment before; -1 = none. */
  readonly stale: number
}

/** A moment at which whatever is said is judged. */
export interface Moment {
  /** What the controllers do before it, for Elections.java; 'n0' = nothing. */
  readonly events: string
  readonly brokers: readonly BrokerTruth[]
  /** They have a majority. Without it nobody is elected or fenced. */
  readonly controllers: boolean
  /** What is known of them: told, not told to this login. */
  readonly quorumTold: boolean
  /** Replicas whose log directory failed, by `replicaKey`. */
  readonly lostDirectories: ReadonlySet<string>
  readonly fetching: ReadonlyMap<string, Fetching>
  readonly tellers: Tellers
}

export interface FaultCase {
  readonly eligibleLeaders: boolean
  /** Brokers say how far they have read the controllers' log. */
  readonly offsetsTold: boolean
  /** Which release the brokers are can be told. */
  readonly versionTold: boolean
  /** Ids of the controllers that vote; those of brokers on combined nodes. */
  readonly voters: readonly number[]
  readonly partitions: readonly FaultPartition[]
  readonly moments: readonly Moment[]
}

export const isEnded = ({ process }: BrokerTruth): boolean =>
  process === 'dead' || process === 'frozen' || process === 'stopped'

/** Ended, and the controllers do not know it yet. */
export const isGoneSilently = (broker: BrokerTruth): boolean => !broker.fenced && isEnded(broker)

/** It takes requests of clients, and the controllers count on it. */
export const serves = ({ process, fenced }: BrokerTruth): boolean =>
  !fenced && (process === 'up' || process === 'stopping')
