import { Says, listText } from '../effect'
import { Found } from '../found'
import type { Guard, GuardFacts, TopicFacts } from '../guard'
import { amount, isTrue, textSteps, valueAfter } from '../values'

const KEY = 'preallocate'

/** Topics that begin to preallocate, with the bytes of a segment; NaN = not told. */
function* preallocating(facts: GuardFacts): Generator<{ readonly topic: TopicFacts; readonly segmentBytes: number }> {
  for (const { topic, after } of textSteps(facts, KEY))
    if (isTrue(after)) yield { topic, segmentBytes: amount('segment.bytes', valueAfter(topic, 'segment.bytes')) }
}

interface Disk {
  readonly broker: number
  readonly freeBytes: number
  neededBytes: number
  readonly topics: Set<TopicFacts>
}

/**
 * Every new segment takes segment.bytes of the disk at once, on each replica of each partition (FileRecords.openChannel). What is free is told per log
 * directory (DescribeLogDirs from 3.3, KIP-827); several of them may be on one disk, so room that is found is an upper bound.
 */
export const preallocate: Guard = {
  rule: 'preallocate',
  keys: [KEY],
  needs: (changes) => (isTrue(changes.get(KEY)?.after.value) ? ['disks'] : []),
  judge(facts) {
    const says = new Says('preallocate', facts.topics).asOf(facts.metadataAt)
    const found = new Found()
    let atOnceBytes = 0
    const disks = new Map<string, Disk>()
    for (const { topic, segmentBytes } of preallocating(facts)) {
      const replicas = topic.partitions.reduce((sum, partition) => sum + partition.replicas.length, 0)
      found.addTopic(topic, segmentBytes * replicas)
      atOnceBytes += segmentBytes * replicas
      if (Number.isNaN(segmentBytes)) says.missing(topic, { id: 'why.setting-untold', args: { key: 'segment.bytes' } })
      for (const { broker, folder, freeBytes, replicas: here } of says.known(topic, topic.disks) ?? []) {
        const key = `${broker}/${folder}`
        const disk = disks.get(key) ?? { broker, freeBytes, neededBytes: 0, topics: new Set() }
        disk.neededBytes += segmentBytes * here
        disk.topics.add(topic)
        disks.set(key, disk)
      }
    }
    says.add('at-once', 'warn', found, { figures: { atOnceBytes }, noteUnit: 'bytes' })
    const full = [...disks.values()].filter(({ neededBytes, freeBytes }) => neededBytes > freeBytes)
    const [worst] = full.toSorted((a, b) => a.freeBytes - a.neededBytes - (b.freeBytes - b.neededBytes))
    if (worst === undefined) return says.effects()
    const tight = new Found()
    for (const { topics, neededBytes } of full) for (const topic of topics) tight.addTopic(topic, neededBytes)
    const { neededBytes, freeBytes } = worst
    const brokersText = listText(full.map(({ broker }) => broker))
    says.add('no-room', 'block', tight, { figures: { neededBytes, freeBytes, brokersText }, noteUnit: 'bytes' })
    return says.effects()
  },
}
