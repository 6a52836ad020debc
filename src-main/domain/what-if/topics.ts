import { WHAT_IF_NAMED, WHAT_IF_TOPICS } from '../../contract/what-if'
import type { MovedLeader, WhatIf, WhatIfCoordinator, WhatIfTopic } from '../../contract/what-if'
import { COORDINATED, coordinatorTopics } from '../forecast/coordination'
import type { Sliced } from '../slices'
import type { Reading, Topology } from '../topology/reading'
import { ROW } from './row-results'
import type { RowResults } from './row-results'

const TOPICS_PER_PIECE = 128

/** Counts of one topic row. */
type TopicCounts = Omit<WhatIfTopic, 'topic' | 'named' | 'moved'>

const end = (topology: Topology, topic: number): number => topology.topicStart[topic + 1]!

function countsOf(topology: Topology, { code, movesTo, byDesign }: RowResults, topic: number): TopicCounts {
  const by = new Uint32Array(Object.keys(ROW).length)
  const first = topology.topicStart[topic]!
  let moves = 0
  let designed = 0
  for (let row = first; row < end(topology, topic); row++) {
    by[code[row]!]!++
    if (movesTo[row]! >= 0) moves++
    designed += byDesign[row]!
  }
  return {
    partitions: end(topology, topic) - first,
    loses: by[ROW.loses]!,
    offline: by[ROW.offline]!,
    refuses: by[ROW.refuses]!,
    oneLossAway: by[ROW.oneLossAway]!,
    unknown: by[ROW.minIsr]!,
    moves,
    byDesign: designed,
  }
}

/** The gravest kind first, and of it the most. */
const worseFirst = (a: TopicCounts, b: TopicCounts): number =>
  b.loses - a.loses ||
  b.offline - a.offline ||
  b.refuses - a.refuses ||
  b.unknown - a.unknown ||
  b.oneLossAway - a.oneLossAway ||
  b.moves - a.moves

const isTouched = ({ loses, offline, refuses, oneLossAway, unknown, moves }: TopicCounts): boolean =>
  loses + offline + refuses + oneLossAway + unknown + moves > 0

/** Places that are left in the answer for partitions of one kind. */
class Places {
  private readonly left = new Map<string, number>()

  take<T>(kind: string, list: T[], one: T): void {
    const left = this.left.get(kind) ?? WHAT_IF_NAMED
    if (left === 0) return
    this.left.set(kind, left - 1)
    list.push(one)
  }
}

function namedOf({ topology, leader }: Reading, { code, movesTo }: RowResults, topic: number, places: Places) {
  const named = { loses: [] as number[], offline: [] as number[], refuses: [] as number[], unknown: [] as number[] }
  const moved: MovedLeader[] = []
  for (let row = topology.topicStart[topic]!; row < end(topology, topic); row++) {
    const partition = topology.partition[row]!
    if (code[row] === ROW.loses) places.take('loses', named.loses, partition)
    if (code[row] === ROW.offline) places.take('offline', named.offline, partition)
    if (code[row] === ROW.refuses) places.take('refuses', named.refuses, partition)
    if (code[row] === ROW.minIsr) places.take('unknown', named.unknown, partition)
    if (movesTo[row]! >= 0) places.take('moves', moved, { partition, from: leader[row]!, to: movesTo[row]! })
  }
  return { named, moved }
}

/** Topics that the stop touches, the worst first, as many as an answer holds. */
export function* topicsPass(reading: Reading, rows: RowResults): Sliced<Pick<WhatIf, 'topics' | 'topicCount'>> {
  const { topology } = reading
  const touched: { readonly topic: number; readonly counts: TopicCounts }[] = []
  for (let topic = 0; topic < topology.topicNames.length; topic++) {
    const counts = countsOf(topology, rows, topic)
    if (isTouched(counts)) touched.push({ topic, counts })
    if (topic % TOPICS_PER_PIECE === TOPICS_PER_PIECE - 1) yield
  }
  // Topic rows are sorted by name.
  touched.sort((a, b) => worseFirst(a.counts, b.counts) || a.topic - b.topic)
  const places = new Places()
  const topics: WhatIfTopic[] = []
  for (const { topic, counts } of touched.slice(0, WHAT_IF_TOPICS)) {
    topics.push({ topic: topology.topicNames[topic]!, ...counts, ...namedOf(reading, rows, topic, places) })
    if (topics.length % TOPICS_PER_PIECE === 0) yield
  }
  return { topics, topicCount: touched.length }
}

/** Kafka's own topics that the stop touches, and what goes on by their partitions. */
export function coordinatorsOf({ topology }: Reading, rows: RowResults): readonly WhatIfCoordinator[] {
  return coordinatorTopics(topology).flatMap((topic, at) => {
    if (topic < 0) return []
    const { partitions, loses, offline, refuses, moves, unknown } = countsOf(topology, rows, topic)
    const touched = loses + offline + refuses + moves + unknown
    return touched === 0 ? [] : [{ what: COORDINATED[at]!, partitions, loses, offline, refuses, moves, unknown }]
  })
}
