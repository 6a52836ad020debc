import type { BrokerLink } from '../../../ports/cluster-port'
import type { Clock } from '../../../ports/clock'
import type { FactName, TopicFacts } from '../guards/guard'
import type { Links } from '../../links/links'
import type { LiveCluster } from '../../../ports/live-cluster'
import type { TopicSettingsRead } from '../../configs/topic-settings-read'

/** One topic of a plan: what it changes, how it is set now, and what its rules want to know (guards/index.ts, `factsNeeded`). */
export interface TopicAsked {
  readonly topic: string
  readonly changes: TopicFacts['changes']
  readonly settings: TopicSettingsRead
  readonly needs: ReadonlySet<FactName>
}

export interface GatherInput {
  readonly cluster: LiveCluster
  readonly links: Links
  readonly clock: Clock
  readonly topics: readonly TopicAsked[]
  readonly signal?: AbortSignal
  /** Steps done of all steps of this plan. */
  readonly onProgress?: (done: number, total: number) => void
}

/** What every reader of a fact works with. */
export interface Asking {
  readonly cluster: LiveCluster
  readonly links: Links
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
  /** Brokers that answered when the gathering began. */
  readonly answering: ReadonlySet<number>
  /** Breathes when a slice is used up. */
  readonly breathe: () => Promise<void>
}

export type Question<T> = (link: BrokerLink) => Promise<T>

/** One partition of a plan. `topic` is an index into the plan's topics; rows of one topic are contiguous. */
export interface PlanRow {
  readonly topic: number
  readonly name: string
  readonly partition: number
  /** -1 = none. */
  readonly leader: number
  readonly replicas: readonly number[]
}
