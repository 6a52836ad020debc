import type { FrameView } from '../../stores/frame-view'

export interface Neighbour {
  readonly topic: string
  readonly partition: number
}

/** The partition before (-1) or after (+1) within the topic, going round at its ends; null when there is no other. */
export function neighbour(view: FrameView | null, topic: string, partition: number, step: -1 | 1): Neighbour | null {
  if (view === null) return null
  const index = view.topicOf(topic)
  if (index < 0) return null
  const from = view.frame.topics.start[index]!
  const count = view.frame.topics.start[index + 1]! - from
  const row = view.rowOf(topic, partition)
  if (count < 2 && row >= 0) return null
  const at = row < 0 ? 0 : (row - from + step + count) % count
  return { topic, partition: view.frame.partition[from + at]! }
}
