import type { ClusterSummary } from '../../contract/summary'
import type { Condition } from '../../contract/telling'
import { AT_MIN_ISR, MARK_AT_MIN_BY_DESIGN, OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED } from '../../shared/states'
import type { Looked } from '../events/looked'
import { standingOf } from '../incident/standing'
import type { Sliced } from '../slices'

/** What is so now, as far as a rule wants to know. Figures are lower bounds: what is not read is not counted. */
export interface Standing {
  readonly conditions: readonly Condition[]
  /** Partitions of the topics told of, by what holds of them at least: one that is offline misses a replica too. */
  readonly partitions: Readonly<Record<'short' | 'oneAway' | 'refuses' | 'offline', number>>
  /** Topics in the worst state, at most TOPICS of `topicCount`. */
  readonly topics: readonly string[]
  readonly topicCount: number
  /** Silent or gone. */
  readonly brokers: readonly number[]
  readonly lostAtLeast: number
}

export const TOPICS = 3
/** Rows between two places where a pass may be interrupted. */
const PIECE = 16_384

export interface Away {
  /** Silent or gone. */
  readonly brokers: readonly number[]
  /** For the next picture: one that is being connected to again is still silent. */
  readonly silent: readonly number[]
}

export function awayNow(summary: ClusterSummary, silentBefore: readonly number[]): Away {
  const { silent, gone } = standingOf({ summary }, silentBefore)
  return { brokers: [...silent, ...gone].sort((a, b) => a - b), silent }
}

type Seen = Pick<Looked, 'topology' | 'columns'> & { readonly summary: ClusterSummary }

/** `away`: brokers that are silent or gone. `isTold`: whether a topic is one of those that the rule is about. The open incident alone says that records were lost: findings of old are acknowledged on a page of their own. */
export function* standingNow(
  { summary, topology, columns }: Seen,
  away: readonly number[],
  isTold: (topic: string) => boolean,
): Sliced<Standing> {
  const partitions = { short: 0, oneAway: 0, refuses: 0, offline: 0 }
  let worst = UNDER_REPLICATED
  let topics: string[] = []
  let topicCount = 0
  const { topicNames, topicStart } = topology
  const { state, marks } = columns
  let sincePause = 0
  for (let topic = 0; topic < topicNames.length; topic += 1) {
    const from = topicStart[topic]!
    const to = topicStart[topic + 1]!
    sincePause += to - from + 1
    if (sincePause >= PIECE) {
      sincePause = 0
      yield
    }
    let ofTopic = 0
    let told: boolean | null = null
    for (let row = from; row < to; row += 1) {
      const code = state[row]!
      // All its replicas are in the ISR: it is so by its settings, and not a fault of today.
      if (code < UNDER_REPLICATED || (code === AT_MIN_ISR && (marks[row]! & MARK_AT_MIN_BY_DESIGN) !== 0)) continue
      told ??= isTold(topicNames[topic]!)
      if (!told) break
      partitions.short += 1
      if (code >= AT_MIN_ISR) partitions.oneAway += 1
      if (code >= UNDER_MIN_ISR) partitions.refuses += 1
      if (code >= OFFLINE) partitions.offline += 1
      ofTopic = Math.max(ofTopic, code)
    }
    if (ofTopic === 0 || ofTopic < worst) continue
    if (ofTopic > worst) {
      worst = ofTopic
      topics = []
      topicCount = 0
    }
    topicCount += 1
    if (topics.length < TOPICS) topics.push(topicNames[topic]!)
  }
  const lostAtLeast = summary.incident?.lostAtLeast ?? 0
  const conditions = (['short', 'away', 'oneAway', 'refuses', 'offline', 'lost'] as const).filter((one) => {
    if (one === 'away') return away.length > 0
    return one === 'lost' ? lostAtLeast > 0 : partitions[one] > 0
  })
  return { conditions, partitions, topics, topicCount, brokers: away, lostAtLeast }
}
