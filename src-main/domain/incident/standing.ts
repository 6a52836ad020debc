import { isOurSide } from '../../contract/summary'
import { UNDER_REPLICATED } from '../../shared/states'
import type { Looked } from '../events/looked'

/** How the cluster stands at one look, as far as it counts for an incident. */
export interface Standing {
  readonly offline: number
  readonly refuses: number
  /** Partitions that miss a replica, the two above among them. */
  readonly short: number
  /** Listed, and silent to us by no fault of our own side. */
  readonly silent: readonly number[]
  /** Not listed any more, and missed by replicas. */
  readonly gone: readonly number[]
}

export function standingOf({ summary }: Pick<Looked, 'summary'>): Standing {
  const { brokers, headline } = summary
  const isSilent = (one: (typeof brokers)[number]): boolean =>
    one.listed && one.answers === 'no' && one.course !== 'returning' && !isOurSide(one)
  return {
    offline: headline.offline.atLeast,
    refuses: headline.writesRefused.atLeast,
    short: Math.max(headline.underReplicated.atLeast, headline.offline.atLeast),
    silent: brokers.filter(isSilent).map(({ id }) => id),
    gone: brokers
      .filter(({ listed, noListener, replicas }) => !listed && !noListener && replicas > 0)
      .map(({ id }) => id),
  }
}

/** Every replica that was seen is where it belongs, and every broker that should answer does. One that is not listed any more and whom no replica misses has left. */
export const isWhole = ({ offline, short, silent }: Standing): boolean =>
  offline === 0 && short === 0 && silent.length === 0

export interface TopicTrouble {
  readonly topic: string
  readonly worst: number
  readonly partitions: number
}

/** Topics with a partition that misses a replica or worse. */
export function troubledTopics({ topology, columns }: Pick<Looked, 'topology' | 'columns'>): TopicTrouble[] {
  const { topicNames, topicStart } = topology
  const found: TopicTrouble[] = []
  for (let topic = 0; topic < topicNames.length; topic += 1) {
    let worst = 0
    let partitions = 0
    for (let row = topicStart[topic]!; row < topicStart[topic + 1]!; row += 1) {
      const state = columns.state[row]!
      if (state < UNDER_REPLICATED) continue
      partitions += 1
      worst = Math.max(worst, state)
    }
    if (partitions > 0) found.push({ topic: topicNames[topic]!, worst, partitions })
  }
  return found
}
