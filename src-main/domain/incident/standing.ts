import { isOurSide } from '../../contract/summary'
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
  /** No topic is in view, and that there is none is not proven. */
  readonly blind: boolean
}

/** `silentBefore`: at the look before. One that is asked anew is silent until it answers. */
export function standingOf({ summary }: Pick<Looked, 'summary'>, silentBefore: readonly number[]): Standing {
  const { brokers, headline } = summary
  const isSilent = (one: (typeof brokers)[number]): boolean => {
    if (!one.listed || one.course === 'returning' || isOurSide(one)) return false
    return one.answers === 'no' || (one.answers === 'connecting' && silentBefore.includes(one.id))
  }
  return {
    offline: headline.offline.atLeast,
    refuses: headline.writesRefused.atLeast,
    short: Math.max(headline.underReplicated.atLeast, headline.offline.atLeast),
    silent: brokers.filter(isSilent).map(({ id }) => id),
    gone: brokers
      .filter(({ listed, noListener, replicas }) => !listed && !noListener && replicas > 0)
      .map(({ id }) => id),
    blind: summary.partitions === 0 && summary.reach !== 'all',
  }
}

/** Every replica that was seen is where it belongs, nobody refuses writes, and every broker that should answer does. One that is not listed any more and whom no replica misses has left. */
export const isWhole = ({ offline, refuses, short, silent }: Standing): boolean =>
  offline === 0 && refuses === 0 && short === 0 && silent.length === 0

export interface TopicTrouble {
  readonly topic: string
  readonly worst: number
  readonly partitions: number
}
