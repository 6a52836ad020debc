import type { ClusterFrame, SentFrame } from '@contract/frame'
import type { ClusterSummary } from '@contract/summary'

/**
 * The cluster as the pages read it: the columns of the frame, kept current by deltas, plus the two look-ups pages need. Columns are
 * changed in place (nobody else owns them); every push makes a new view object around them, so a shallow ref notices.
 */
export interface FrameView {
  readonly cluster: string
  readonly epoch: number
  readonly seq: number
  readonly takenAt: number
  readonly frame: ClusterFrame
  /** Newer than `frame.summary`. */
  readonly summary: ClusterSummary
  /** Rows the last push changed, null = all of them. */
  readonly changed: Uint32Array | null
  /** Topic index of each partition row. */
  readonly topicIndex: Uint32Array
  /** Partition row, -1 when this cluster has no such topic or partition. */
  rowOf(topic: string, partition: number): number
  /** Topic index, -1 when there is none of that name. */
  topicOf(topic: string): number
}

/** Whether row numbers mean the same partitions in both. */
export function hasSameRows({ frame: a }: FrameView, { frame: b }: FrameView): boolean {
  return (
    a.partition.length === b.partition.length &&
    a.topics.names.length === b.topics.names.length &&
    a.topics.names.every((name, topic) => name === b.topics.names[topic]) &&
    a.topics.start.every((row, topic) => row === b.topics.start[topic])
  )
}

function topicIndexOf(frame: ClusterFrame): Uint32Array {
  const { start, names } = frame.topics
  const index = new Uint32Array(frame.partition.length)
  for (let topic = 0; topic < names.length; topic++) index.fill(topic, start[topic], start[topic + 1])
  return index
}

/** The look-up by name is built at the first question: 200,000 names cost some 20 ms, and a board alone never asks. */
function topicLookup(names: readonly string[]): (topic: string) => number {
  let byName: Map<string, number> | null = null
  return (topic) => {
    byName ??= new Map(names.map((name, index) => [name, index]))
    return byName.get(topic) ?? -1
  }
}

function rowLookup(frame: ClusterFrame, topicOf: (topic: string) => number) {
  const { start } = frame.topics
  return (topic: string, partition: number): number => {
    const index = topicOf(topic)
    if (index < 0) return -1
    const from = start[index]!
    const to = start[index + 1]!
    // Partitions are numbered from 0 in order on a healthy answer; anything else is searched for.
    if (from + partition < to && frame.partition[from + partition] === partition) return from + partition
    for (let row = from; row < to; row++) if (frame.partition[row] === partition) return row
    return -1
  }
}

/** `sent` arrived as a copy, so from here on its columns are ours to write. */
export function viewOfFrame(sent: SentFrame): FrameView {
  const frame: ClusterFrame = sent as ClusterFrame
  const topicOf = topicLookup(frame.topics.names)
  return {
    cluster: frame.cluster,
    epoch: frame.epoch,
    seq: frame.seq,
    takenAt: frame.takenAt,
    frame,
    summary: frame.summary,
    changed: null,
    topicIndex: topicIndexOf(frame),
    rowOf: rowLookup(frame, topicOf),
    topicOf,
  }
}
