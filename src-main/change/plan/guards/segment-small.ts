import { Says } from './effect'
import { Found } from './found'
import type { Guard, TopicFacts } from './guard'
import { amount, mayLower, numberSteps, valueAfter } from './values'
import { atLeast } from './version'

const SIZE = 'segment.bytes'
const TIME = 'segment.ms'
const MANY = 1000
/** Brokers refuse less from 4.1 (KIP-1030, KAFKA-19080; seen on 4.4.0: "Value must be at least 1048576"). */
const LEAST_BYTES = 1024 * 1024
/** Without a time limit segments pile up for ever: one in ten minutes is 1,000 in a week. */
const UNLIMITED_MIN_MS = 10 * 60_000

/** Segments of a partition that time alone makes within its retention; Infinity = never deleted, NaN = not told. */
const rolled = (topic: TopicFacts, segmentMs: number): number =>
  amount('retention.ms', valueAfter(topic, 'retention.ms')) / segmentMs

/** Every segment is three or more files, two of them mapped into memory: brokers run out of file handles and maps and stop. */
export const segmentSmall: Guard = {
  rule: 'segment-small',
  keys: [SIZE, TIME],
  needs: (changes) => (mayLower(changes, SIZE) ? ['sizes'] : []),
  judge(facts) {
    const says = new Says('segment-small', facts.topics)
    const [many, refused, often, forEver] = [new Found(), new Found('low'), new Found(), new Found('low')]
    const most = { bySize: 0, byTime: 0 }
    for (const { topic, before, after } of numberSteps(facts, SIZE)) {
      if (after >= before) continue
      if (after < LEAST_BYTES) {
        const refuses = atLeast(facts.version, 4, 1)
        if (refuses === true) refused.addTopic(topic, after)
        else if (refuses === null) says.missing(topic, { id: 'why.version-unknown', args: {} })
      }
      for (const [partition, bytes] of says.known(topic, topic.sizes) ?? []) {
        const count = Math.ceil(bytes / after)
        if (count <= MANY) continue
        many.add(topic.topic, partition, count)
        most.bySize = Math.max(most.bySize, count)
      }
    }
    for (const { topic, before, after } of numberSteps(facts, TIME)) {
      if (after >= before) continue
      const count = Math.ceil(rolled(topic, after))
      if (Number.isNaN(count)) says.missing(topic, { id: 'why.setting-untold', args: { key: 'retention.ms' } })
      else if (count === Infinity) {
        if (after < UNLIMITED_MIN_MS) forEver.addTopic(topic, after)
      } else if (count > MANY) {
        often.addTopic(topic, count)
        most.byTime = Math.max(most.byTime, count)
      }
    }
    says.add('refused-by-broker', 'block', refused, { noteUnit: 'bytes' })
    says.add('too-many', 'block', many, { figures: { mostCount: most.bySize }, noteUnit: 'count' })
    says.add('too-often', 'block', often, { figures: { mostCount: most.byTime }, noteUnit: 'count' })
    says.add('for-ever', 'block', forEver, { noteUnit: 'ms' })
    return says.effects()
  },
}
