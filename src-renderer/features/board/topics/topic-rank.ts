/** Topics worst first, for the board. Pure; quick enough for 200,000 topics. */
import { severity } from '@shared/severity'
import { LAGGING, UNKNOWN } from '@shared/states'
import { rowCode } from '../../../charts/matrix/cells'
import { PAINT_CODES } from '../../../charts/matrix/paint'
import type { FrameView } from '../../../stores/frame-view'
import type { TopicFigures } from '../../topics/topic-columns'

export interface RankedTopics {
  /** Topic indices: those in trouble worst first, then those not read, then the healthy, by name. */
  readonly order: Uint32Array
  readonly troubled: number
  readonly unread: number
}

const IN_TROUBLE = severity(LAGGING, 0)
const UNREAD = severity(UNKNOWN, 0)
const WORST = 8
const COUNT_BITS = 2 ** 20
const RANK_BITS = 2 ** 21

/**
 * By the worst state of a partition, then by how many are in it, then by name. How much is written to a topic is known of those in sight only, and would let rows
 * change places every ten seconds; how many partitions are hit is known of all.
 */
export function rankTopics(figures: TopicFigures, ranks: Uint32Array): RankedTopics {
  const count = ranks.length
  const packed = new Float64Array(count)
  const topicOfRank = new Uint32Array(count)
  let troubled = 0
  let unread = 0
  for (let topic = 0; topic < count; topic++) {
    const grave = figures.severity[topic]!
    if (grave >= IN_TROUBLE) troubled++
    else if (grave === UNREAD) unread++
    const hit = grave === 0 ? 0 : Math.min(COUNT_BITS - 1, figures.worstCount[topic]!)
    topicOfRank[ranks[topic]!] = topic
    packed[topic] = ((WORST - grave) * COUNT_BITS + (COUNT_BITS - 1 - hit)) * RANK_BITS + ranks[topic]!
  }
  packed.sort()
  return { order: Uint32Array.from(packed, (value) => topicOfRank[value % RANK_BITS]!), troubled, unread }
}

export const isSameRanking = (a: RankedTopics, b: RankedTopics): boolean =>
  a.troubled === b.troubled &&
  a.unread === b.unread &&
  a.order.length === b.order.length &&
  a.order.every((topic, place) => topic === b.order[place])

/** Partitions of these topics. */
export const partitionsOf = (figures: TopicFigures, topics: Uint32Array): number =>
  topics.reduce((sum, topic) => sum + figures.partitions[topic]!, 0)

/** The partitions of a topic by paint code. */
export function topicCodes(view: FrameView, topic: number): number[] {
  const { topics } = view.frame
  const counts = new Array<number>(PAINT_CODES).fill(0)
  for (let row = topics.start[topic]!; row < topics.start[topic + 1]!; row++) counts[rowCode(view.frame, row)]! += 1
  return counts
}

export interface BarPart {
  readonly code: number
  readonly count: number
}

/** Runs of cells of one colour, worst first; `order` is that of the codes. */
export const barParts = (counts: readonly number[], order: readonly number[]): BarPart[] =>
  order.filter((code) => counts[code]! > 0).map((code) => ({ code, count: counts[code]! }))

/** Up to so many partitions are drawn as cells; of more, shares. */
export const MOST_CELLS = 120
