/** What the Topics table shows per topic, summed up from the partition columns. Index = topic index of the frame. */
import { severity } from '@shared/severity'
import { MARK_AT_MIN_BY_DESIGN, MARK_LEADER_SILENT, OFFLINE, UNDER_REPLICATED } from '@shared/states'
import type { FrameView } from '../../stores/frame-view'
import { behindRecords } from '../common/row-words'

export interface TopicFigures {
  readonly epoch: number
  /** State of the partition that is worst by `severity`, and that severity. */
  readonly worstState: Uint8Array
  readonly severity: Uint8Array
  /** Partitions that are as bad as the worst one. */
  readonly worstCount: Uint32Array
  /** 1 = a partition's leader does not answer, which no state says. */
  readonly silent: Uint8Array
  readonly partitions: Uint32Array
  /** Largest replica list; the smallest beside it, since partitions of one topic can differ. */
  readonly replicationFactor: Uint16Array
  readonly smallestFactor: Uint16Array
  /** Partitions with a replica missing from the ISR (under-replicated and all that is worse, except at min ISR by design). */
  readonly underReplicated: Uint32Array
  /** Largest lag in records; NaN as soon as that of one partition is not known, as it may be the largest. */
  readonly maxLag: Float64Array
  readonly byDesign: Uint8Array
}

const empty = (view: FrameView): TopicFigures => {
  const count = view.frame.topics.names.length
  return {
    epoch: view.epoch,
    worstState: new Uint8Array(count),
    severity: new Uint8Array(count),
    worstCount: new Uint32Array(count),
    silent: new Uint8Array(count),
    partitions: new Uint32Array(count),
    replicationFactor: new Uint16Array(count),
    smallestFactor: new Uint16Array(count),
    underReplicated: new Uint32Array(count),
    maxLag: new Float64Array(count),
    byDesign: new Uint8Array(count),
  }
}

function sumTopic(view: FrameView, figures: TopicFigures, topic: number): void {
  const { topics, columns, replicaStart, replicaFlags } = view.frame
  let worst = 0
  let rank = -1
  let asBad = 0
  let silent = 0
  let most = 0
  let fewest = 0xffff
  let under = 0
  let lag = topics.start[topic] === topics.start[topic + 1] ? Number.NaN : 0
  let design = 0
  for (let row = topics.start[topic]!; row < topics.start[topic + 1]!; row++) {
    const state = columns.state[row]!
    const marks = columns.marks[row]!
    const grave = severity(state, marks)
    if (grave > rank) [rank, worst, asBad] = [grave, state, 0]
    if (grave === rank) asBad++
    if (state !== OFFLINE && (marks & MARK_LEADER_SILENT) !== 0) silent = 1
    const replicas = replicaStart[row + 1]! - replicaStart[row]!
    if (replicas > most) most = replicas
    if (replicas < fewest) fewest = replicas
    if (state >= UNDER_REPLICATED && isShort(replicaFlags, replicaStart[row]!, replicaStart[row + 1]!)) under++
    if ((marks & MARK_AT_MIN_BY_DESIGN) !== 0) design = 1
    // NaN stays NaN.
    lag = Math.max(lag, behindRecords(view.frame, row))
  }
  figures.worstState[topic] = worst
  figures.severity[topic] = Math.max(0, rank)
  figures.worstCount[topic] = asBad
  figures.silent[topic] = silent
  figures.partitions[topic] = topics.start[topic + 1]! - topics.start[topic]!
  figures.replicationFactor[topic] = most
  figures.smallestFactor[topic] = fewest === 0xffff ? 0 : fewest
  figures.underReplicated[topic] = under
  figures.maxLag[topic] = lag
  figures.byDesign[topic] = design
}

/** Membership, not size: a replica whose in-sync bit is not set is missing. */
function isShort(flags: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((flags[at]! & 1) === 0) return true
  return false
}

/** Figures of every topic; with those of the push before, only the topics that the push touched are summed again (in place). */
export function topicFigures(view: FrameView, before: TopicFigures | null): TopicFigures {
  if (before !== null && before.epoch === view.epoch && view.changed !== null) {
    const touched = new Set<number>()
    for (const row of view.changed) touched.add(view.topicIndex[row]!)
    for (const topic of touched) sumTopic(view, before, topic)
    return before
  }
  const figures = empty(view)
  for (let topic = 0; topic < view.frame.topics.names.length; topic++) sumTopic(view, figures, topic)
  return figures
}
