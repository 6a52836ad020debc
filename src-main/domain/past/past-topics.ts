import type { ClusterEvent } from '../../contract/history'
import { UNCLEAN_OFF, UNCLEAN_ON } from '../topology/reading'
import { ROW_MOVING, ROW_TOLD, type TopicMoment } from './moment'

const UNCLEAN: ReadonlyMap<string, number> = new Map([
  ['false', UNCLEAN_OFF],
  ['true', UNCLEAN_ON],
])

/** Place of a partition in its topic, -1 = it has none. */
export function placeOf({ partition }: TopicMoment, number: number): number {
  return partition[number] === number ? number : partition.indexOf(number)
}

/** Topics by name as they were at some moment; what comes after it is applied in the order in which it was seen. */
export class PastTopics {
  readonly topics = new Map<string, TopicMoment>()

  take(topics: readonly TopicMoment[]): void {
    for (const topic of topics) this.topics.set(topic.name, topic)
  }

  apply(event: ClusterEvent): void {
    const topic = this.topics.get(event.topic)
    if (topic === undefined) return
    if (event.kind === 'topic-deleted' || event.kind === 'topic-anew') this.topics.delete(event.topic)
    else if (event.kind === 'setting') applySetting(topic, event)
    else applyToRow(topic, event)
  }
}

function applySetting(topic: TopicMoment, { text, after }: ClusterEvent): void {
  if (text === 'min.insync.replicas') topic.minIsr = Number(after)
  else if (text === 'unclean.leader.election.enable') topic.unclean = UNCLEAN.get(after) ?? 0
}

function applyToRow(topic: TopicMoment, { kind, partition, broker, epoch }: ClusterEvent): void {
  const at = placeOf(topic, partition)
  if (at < 0 || (topic.flags[at]! & ROW_TOLD) === 0) return
  switch (kind) {
    case 'leader':
      topic.leader[at] = broker
      break
    case 'offline':
      topic.leader[at] = -1
      break
    case 'left-isr':
    case 'joined-isr':
      for (let replica = topic.start[at]!; replica < topic.start[at + 1]!; replica += 1)
        if (topic.broker[replica] === broker) topic.inSync[replica] = kind === 'joined-isr'
      break
    case 'reassigning':
      topic.flags[at]! |= ROW_MOVING
      break
    case 'reassigned':
      topic.flags[at]! &= ~ROW_MOVING
      break
    case 'epochs':
      break
    default:
      return
  }
  topic.epoch[at] = epoch
}
