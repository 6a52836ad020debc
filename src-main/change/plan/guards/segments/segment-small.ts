import { Says } from '../effect'
import { Found } from '../found'
import type { Guard, TopicFacts } from '../guard'
import { amount, elements, mayLower, numberSteps, valueAfter } from '../values'
import { atLeast } from '../version'

const SIZE = 'segment.bytes'
const TIME = 'segment.ms'
const INDEX = 'segment.index.bytes'
const INTERVAL = 'index.interval.bytes'
const COMPACTION = 'max.compaction.lag.ms'
/** What begins a new segment by size: LogSegment.shouldRoll also rolls when one of the indexes is full. */
const SIZES = [SIZE, INDEX, INTERVAL] as const
const MANY = 1000
/** Brokers refuse less from 4.1 (KIP-1030, KAFKA-19080; seen on 4.4.0: "Value must be at least 1048576"). */
const LEAST_BYTES = 1024 * 1024
/** Without a time limit segments pile up for ever: one in ten minutes is 1,000 in a week. */
const UNLIMITED_MIN_MS = 10 * 60_000
/**
 * A time index entry has 12 bytes, and the index counts as full one entry early (TimeIndex.isFull). Below 12 no entry fits: the first append to the
 * next segment fails, "Invalid max index size" (AbstractIndex; seen on 4.4.0 with 4: no record was taken after the next roll). Below 24 each index
 * is full when it is made: a segment for every batch (seen with Kafka's own classes: 200 batches, 199 rolls).
 */
const ENTRY_BYTES = 12
const LEAST_INDEX_BYTES = 2 * ENTRY_BYTES
/** DefaultRecordBatch.RECORD_BATCH_OVERHEAD: an entry stands for at least one batch, however small the interval is. */
const LEAST_BATCH_BYTES = 61

/** The least a segment holds before it is rolled for its size; NaN = not told. */
function segmentBytes(topic: TopicFacts): number {
  const [size, index, interval] = SIZES.map((key) => amount(key, valueAfter(topic, key)))
  const entries = Math.floor(index! / ENTRY_BYTES) - 1
  return Math.min(size!, Math.max(1, entries) * Math.max(LEAST_BATCH_BYTES, interval!))
}

/** Segments of a partition that time alone makes within its retention; Infinity = never deleted, NaN = not told. */
const rolled = (topic: TopicFacts, segmentMs: number): number =>
  amount('retention.ms', valueAfter(topic, 'retention.ms')) / segmentMs

/** `max.compaction.lag.ms` rolls the active segment of a compacted topic as segment.ms does (LogConfig.maxSegmentMs). */
const compacts = (topic: TopicFacts): boolean => elements(valueAfter(topic, 'cleanup.policy') ?? '').includes('compact')

/** Every segment is three or more files, two of them mapped into memory: brokers run out of file handles and maps and stop. */
export const segmentSmall: Guard = {
  rule: 'segment-small',
  keys: [...SIZES, TIME, COMPACTION],
  needs: (changes) => (SIZES.some((key) => mayLower(changes, key)) ? ['sizes'] : []),
  judge(facts) {
    const says = new Says('segment-small', facts.topics)
    const [many, refused, often, forEver] = [new Found(), new Found('low'), new Found(), new Found('low')]
    const noIndex = new Found('low')
    const most = { bySize: 0, byTime: 0 }
    for (const { topic, before, after } of numberSteps(facts, SIZE)) {
      if (after >= before || after >= LEAST_BYTES) continue
      const refuses = atLeast(facts.version, 4, 1)
      if (refuses === true) refused.addTopic(topic, after)
      else if (refuses === null) says.missing(topic, { id: 'why.version-unknown', args: {} })
    }
    for (const { topic, after } of numberSteps(facts, INDEX))
      if (after < LEAST_INDEX_BYTES) noIndex.addTopic(topic, after)
    for (const topic of facts.topics) {
      const lowered = SIZES.filter((key) => mayLower(topic.changes, key))
      if (lowered.length === 0) continue
      const bytesEach = segmentBytes(topic)
      const untold = SIZES.find((key) => valueAfter(topic, key) === undefined)
      if (untold !== undefined) says.missing(topic, { id: 'why.setting-untold', args: { key: untold } })
      for (const [partition, bytes] of says.known(topic, topic.sizes) ?? []) {
        const count = Math.ceil(bytes / bytesEach)
        if (!(count > MANY)) continue
        many.add(topic.topic, partition, count)
        most.bySize = Math.max(most.bySize, count)
      }
    }
    for (const key of [TIME, COMPACTION]) {
      for (const { topic, before, after } of numberSteps(facts, key)) {
        if (after >= before || (key === COMPACTION && !compacts(topic))) continue
        const count = Math.ceil(rolled(topic, after))
        if (Number.isNaN(count)) says.missing(topic, { id: 'why.setting-untold', args: { key: 'retention.ms' } })
        else if (count === Infinity) {
          if (after < UNLIMITED_MIN_MS) forEver.addTopic(topic, after)
        } else if (count > MANY) {
          often.addTopic(topic, count)
          most.byTime = Math.max(most.byTime, count)
        }
      }
    }
    says.add('no-index', 'block', noIndex, { noteUnit: 'bytes' })
    says.add('refused-by-broker', 'block', refused, { noteUnit: 'bytes' })
    says.add('too-many', 'block', many, { figures: { mostCount: most.bySize }, noteUnit: 'count' })
    says.add('too-often', 'block', often, { figures: { mostCount: most.byTime }, noteUnit: 'count' })
    says.add('for-ever', 'block', forEver, { noteUnit: 'ms' })
    return says.effects()
  },
}
