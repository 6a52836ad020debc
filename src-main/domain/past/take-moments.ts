import type { EventWatch } from '../events/event-watch'
import { SPREAD_MS, type Looked } from '../events/looked'
import type { Sliced } from '../slices'
import { encodeBrokers } from './brokers-code'
import type { Moment } from './moment'
import { encodeTopics } from './topic-code'

/** After so many events and moments the way from the last whole one is long: some 200 ms of reading. */
const STEPS = 20_000
/** A part is read and taken apart, an event only applied. */
const STEPS_OF_PART = 20

/** Takes the moments that are to be kept beside the events, look by look. Every look must be given, in order, after its events were found. */
export class MomentTaker {
  private steps = Number.POSITIVE_INFINITY
  private brokers = ''
  private lookedAt = Number.NaN
  private judgedAt = Number.NaN;

  *take(looked: Looked, watch: EventWatch, events: number): Sliced<Moment[]> {
    const moments: Moment[] = []
    const told = watch.told(looked.topology)
    const due = watch.takeRenewed()
    const from = this.lookedAt - SPREAD_MS
    const at = looked.summary.takenAt
    this.steps += events
    if (this.steps >= STEPS || due === 'all') {
      this.steps = 0
      this.brokers = ''
      moments.push({ kind: 'whole', from, at, parts: yield* encodeTopics(told, looked.topology.topicNames.keys()) })
    } else if (due.size > 0) {
      this.steps += STEPS_OF_PART
      const topics = [...due].sort((a, b) => a - b)
      moments.push({ kind: 'part', from, at, parts: yield* encodeTopics(told, topics) })
    }
    const { text, bytes } = encodeBrokers(looked)
    if (text !== this.brokers) {
      this.brokers = text
      this.steps += STEPS_OF_PART
      // What is asked of a broker itself is known to the moment of the picture, and what was told of it before may be as old as its Metadata.
      moments.push({ kind: 'brokers', from: Math.min(from, this.judgedAt), at: looked.judgedAt, parts: [bytes()] })
    }
    this.lookedAt = looked.metadataSentAt
    this.judgedAt = looked.judgedAt
    return moments
  }
}
