/** In which order the board has its brokers. Pure. */
import type { BrokerSummary } from '@contract/summary'
import { brokerLook } from '../common/broker-words'

/** As many as one looks through by number; of more, those that need a look come first. */
const FEW = 12
const RANK = { bad: 0, watch: 1, well: 2 } as const

/** Places in the list. */
export function brokerOrder(brokers: readonly BrokerSummary[]): number[] {
  const places = brokers.map((_, place) => place)
  if (brokers.length <= FEW) return places
  const rank = (place: number): number => RANK[brokerLook(brokers[place]!)]
  return places.sort((a, b) => rank(a) - rank(b) || brokers[a]!.id - brokers[b]!.id)
}

/** How many racks are named; a broker without one adds none. */
export const racksOf = (brokers: readonly BrokerSummary[]): number =>
  new Set(brokers.flatMap(({ rack }) => (rack === null || rack === '' ? [] : [rack]))).size
