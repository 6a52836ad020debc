import { Says } from '../effect'
import { Found } from '../found'
import type { Guard, SampleFacts, TopicFacts } from '../guard'
import { elements, isTrue, textSteps, valueAfter } from '../values'

const KEY = 'cleanup.policy'

/** Whether compaction begins with this change; a policy before that is not told counts as one without it. */
const startsCompacting = (before: string | null, after: string): boolean =>
  elements(after).includes('compact') && !(before !== null && elements(before).includes('compact'))

/** An empty topic cannot have records without key; a sample that met none elsewhere says nothing. */
const isEmpty = ({ partitions }: TopicFacts): boolean =>
  partitions.every(({ logEndOffsets }) => {
    const known = logEndOffsets.filter((offset) => !Number.isNaN(offset))
    return known.length > 0 && known.every((offset) => offset === 0)
  })

type Finding = 'without-key' | 'keyed' | 'nothing-stored' | 'unreadable'

function findingOf(topic: TopicFacts, { records, withoutKey, unreadable }: SampleFacts): Finding {
  if (withoutKey > 0) return 'without-key'
  if (unreadable > 0) return 'unreadable'
  if (records > 0) return 'keyed'
  return isEmpty(topic) ? 'nothing-stored' : 'unreadable'
}

/**
 * The log cleaner drops stored records without a key (Cleaner.shouldRetainRecord), and brokers refuse new ones with INVALID_RECORD (LogValidator).
 * What a sample shows is a lower bound: one record without key is proof, none is not.
 */
export const compactUnkeyed: Guard = {
  rule: 'compact-unkeyed',
  keys: [KEY],
  needs(changes) {
    const change = changes.get(KEY)
    return change !== undefined && startsCompacting(change.before.value, change.after.value ?? '') ? ['sample'] : []
  },
  judge(facts) {
    const says = new Says('compact-unkeyed', facts.topics)
    const found = { 'without-key': new Found(), keyed: new Found(), 'nothing-stored': new Found() }
    const [internal, remote, grows] = [new Found(), new Found(), new Found()]
    const sums = { withoutKeyRecords: 0, sampledRecords: 0, keyedRecords: 0 }
    for (const { topic, before, after } of textSteps(facts, KEY)) {
      if (!startsCompacting(before, after)) continue
      if (topic.internal) internal.addTopic(topic)
      if (isTrue(valueAfter(topic, 'remote.storage.enable'))) remote.addTopic(topic)
      if (!elements(after).includes('delete')) grows.addTopic(topic)
      const sample = says.known(topic, topic.sample)
      if (sample === null) continue
      const finding = findingOf(topic, sample)
      if (finding === 'unreadable') {
        says.missing(
          topic,
          sample.compression === '' || sample.compression === 'none'
            ? { id: 'why.nothing-read', args: {} }
            : { id: 'why.compressed', args: { codec: sample.compression } },
        )
        continue
      }
      found[finding].addTopic(topic, finding === 'without-key' ? sample.withoutKey : sample.records)
      if (finding === 'keyed') sums.keyedRecords += sample.records
      else if (finding === 'without-key') {
        sums.withoutKeyRecords += sample.withoutKey
        sums.sampledRecords += sample.records
      }
    }
    const { withoutKeyRecords, sampledRecords, keyedRecords } = sums
    const share = Math.round((withoutKeyRecords / sampledRecords) * 100)
    const shareText = share < 1 ? '< 1 %' : `${share} %`
    says.add('without-key', 'block', found['without-key'], {
      figures: { withoutKeyRecords, sampledRecords, shareText },
      noteUnit: 'records',
    })
    says.add('internal', 'block', internal)
    says.add('remote', 'block', remote)
    says.add('keyed', 'warn', found.keyed, { figures: { sampledRecords: keyedRecords }, noteUnit: 'records' })
    says.add('nothing-stored', 'info', found['nothing-stored'])
    says.add('disk-grows', 'info', grows)
    return says.effects()
  },
}
