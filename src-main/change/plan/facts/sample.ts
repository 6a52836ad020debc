import type { Fact, SampleFacts } from '../guards/guard'
import type { RecordSample } from '../../../ports/cluster-port'
import { isSilence } from '../../links/ask'
import type { Asking, PlanRow } from './asking'
import { closedTopics } from './closed-topics'
import { leaderOffsets } from './leader-offsets'
import { perBroker } from './per-broker'
import { lacks, reasonOf } from './reason'
import { Reasons } from './reasons'

const PARTITIONS_PER_TOPIC = 20
/** Over the whole plan, so that many topics do not fetch gigabytes; but one of each. */
const PARTITIONS_PER_PLAN = 400
export const SAMPLE_BYTES = 64 * 1024
const QUESTION_MS = 4_000
const ALL_MS = 20_000
/** How far from the end the second look begins, in records. */
const NEAR_END = 500

/** At most `most` rows of a topic, evenly over its partitions; those that have a leader. */
function spread(rows: readonly PlanRow[], most: number): PlanRow[] {
  const led = rows.filter(({ leader }) => leader !== -1)
  const step = Math.max(1, led.length / most)
  return Array.from({ length: Math.min(most, led.length) }, (_, i) => led[Math.floor(i * step)]!)
}

interface Sum {
  readonly partitions: Set<number>
  records: number
  withoutKey: number
  unreadable: number
  compression: RecordSample['compression']
  largestBatchBytes: number
}

function add(sum: Sum, partition: number, sample: RecordSample): void {
  sum.partitions.add(partition)
  sum.records += sample.records
  sum.withoutKey += sample.withoutKey
  sum.unreadable += sample.unreadable
  // The one that could not be opened is the one that explains what is missing.
  if (sum.compression === '' || sample.unreadable > 0) sum.compression = sample.compression
  sum.largestBatchBytes = Math.max(sum.largestBatchBytes, sample.largestBatchBytes)
}

/**
 * A look at stored records, by topic index: at the start of the log and near its end, 64 KiB each, in at most 20 partitions of a topic. It proves
 * what it finds and nothing else. Rejects only when cancelled.
 */
export async function sample(
  asking: Asking,
  byTopic: ReadonlyMap<number, readonly PlanRow[]>,
): Promise<Map<number, Fact<SampleFacts>>> {
  const { clock } = asking
  const until = clock.now() + ALL_MS
  const most = Math.max(1, Math.min(PARTITIONS_PER_TOPIC, Math.floor(PARTITIONS_PER_PLAN / Math.max(1, byTopic.size))))
  const led = [...byTopic.values()].flatMap((all) => spread(all, most))
  const closed = await closedTopics(asking, [...new Set(led.map(({ name }) => name))])
  const rows = led.filter(({ name }) => !closed.has(name))
  const starts = await leaderOffsets(asking, rows, 'log-start')
  const ends = await leaderOffsets(asking, rows, 'log-end')
  const sums = new Map<number, Sum>(
    [...byTopic.keys()].map((topic) => [
      topic,
      { partitions: new Set(), records: 0, withoutKey: 0, unreadable: 0, compression: '', largestBatchBytes: 0 },
    ]),
  )
  const reasons = new Reasons()
  for (const [topic, all] of byTopic)
    if (!all.some(({ leader }) => leader !== -1)) reasons.add(topic, { id: 'why.all-leaderless', args: {} })
  for (const { topic, name } of led) if (closed.has(name)) reasons.add(topic, lacks('read'))
  for (const missing of [starts.missing, ends.missing]) reasons.addAll(missing)
  const leaders = rows.map(({ leader }) => leader)
  const { failures } = await perBroker(asking, leaders, 'read', async (ask, broker) => {
    for (const [at, { topic, name, partition, leader }] of rows.entries()) {
      const [from, to] = [starts.offset[at]!, ends.offset[at]!]
      if (leader !== broker || Number.isNaN(to - from)) continue
      if (clock.now() >= until) {
        reasons.add(topic, { id: 'why.samples-late', args: { within: { unit: 'ms', value: ALL_MS } } })
        return
      }
      await asking.breathe()
      const sum = sums.get(topic)!
      sum.partitions.add(partition)
      if (to <= from) continue
      const look = (offset: number): Promise<RecordSample> =>
        ask((link) => link.sample(name, partition, offset, SAMPLE_BYTES, QUESTION_MS))
      try {
        const first = await look(from)
        add(sum, partition, first)
        const nearEnd = to - NEAR_END
        if (nearEnd > Math.max(from, first.lastOffset)) add(sum, partition, await look(nearEnd))
      } catch (error) {
        // One partition that is refused says nothing about the next; a broker that hangs does.
        if (isSilence(error) || asking.signal?.aborted === true) throw error
        reasons.add(topic, reasonOf(error, broker, 'read'))
      }
    }
  })
  for (const [broker, reason] of failures)
    for (const { topic, leader } of rows) if (leader === broker) reasons.add(topic, reason)
  return new Map(
    [...sums].map(([topic, { partitions, ...sum }]) => [
      topic,
      reasons.fact(topic, { partitions: partitions.size, ...sum }, sum.records > 0, clock.now()),
    ]),
  )
}
