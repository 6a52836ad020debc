/**
 * What is kept of how a cluster stood, so that it can be shown as it was: whole moments now and then, and between them what no event tells. With the events after it a moment leads to every later one of
 * the same run, as it holds what the events were compared with (docs/decisions/0026-past-moments-go-forward.md).
 */
import type { BrokerSummary, ClusterSummary, Reach } from '../../contract/summary'

/** whole: every topic, the first of a run or after many events. part: topics that are new, laid out anew, or of which something was read for the first time. brokers: the brokers and the controllers. */
export type MomentKind = 'whole' | 'part' | 'brokers'

/** It was so at `at`; since when between then and `from`, the look before, is not known. Ms since 1970; `from` NaN: there was none. */
export interface Moment {
  readonly kind: MomentKind
  readonly from: number
  readonly at: number
  /** Topics in order (topic-code.ts), or one of brokers (brokers-code.ts). */
  readonly parts: readonly Uint8Array[]
}

export type BrokerMoment = Pick<
  BrokerSummary,
  | 'id'
  | 'host'
  | 'port'
  | 'rack'
  | 'listed'
  | 'noListener'
  | 'answers'
  | 'answersSince'
  | 'course'
  | 'silence'
  | 'leadsTo'
  | 'offlineReplicas'
> & { readonly throttled: boolean }

/** Brokers, controllers, and what the rules of states ask of the cluster. */
export interface BrokersMoment extends Pick<ClusterSummary, 'controller' | 'voters' | 'quorum' | 'kafkaVersion'> {
  readonly reach: Reach
  readonly version: readonly [number, number] | null
  readonly brokers: readonly BrokerMoment[]
}

/** One topic as it was. Arrays of partitions, and of replicas from `start[p]` to `start[p + 1]`. -1 = not known. */
export interface TopicMoment {
  readonly name: string
  readonly id: readonly number[]
  readonly internal: boolean
  minIsr: number
  /** As `Reading.uncleanElection`. */
  unclean: number
  readonly partition: number[]
  /** ROW_TOLD | ROW_MOVING */
  readonly flags: number[]
  readonly leader: number[]
  readonly epoch: number[]
  readonly start: number[]
  readonly broker: number[]
  readonly inSync: boolean[]
}

export const ROW_TOLD = 1
export const ROW_MOVING = 2
