import { Says } from '../effect'
import { Found } from '../found'
import type { Guard, TopicFacts } from '../guard'
import { amount, isTrue, valueAfter, valueBefore } from '../values'

/** Limit of what brokers keep themselves, and limit of the whole log. */
const LIMITS = [
  ['local.retention.ms', 'retention.ms'],
  ['local.retention.bytes', 'retention.bytes'],
] as const
const COPY_OFF = 'remote.log.copy.disable'
const KEYS = [...LIMITS.flat(), COPY_OFF]
/** LogConfig: the limit of the whole log counts for what is local too. */
const AS_WHOLE = -2

function localLimit(topic: TopicFacts, at: typeof valueAfter, local: string, whole: string): number {
  const own = amount(local, at(topic, local))
  return own === AS_WHOLE ? amount(whole, at(topic, whole)) : own
}

/**
 * With tiered storage, segments go from the brokers' disks once they are copied and older or more than this: who reads yesterday reads from remote
 * storage. More than the whole log is refused (LogConfig.validateRemoteStorageRetentionTime, …Size), and from 3.9 any difference while nothing is
 * copied (validateRetentionConfigsWhenRemoteCopyDisabled).
 */
export const localRetention: Guard = {
  rule: 'local-retention',
  keys: KEYS,
  needs: () => [],
  judge(facts) {
    const says = new Says('local-retention', facts.topics)
    const [sooner, above, apart] = [new Found(), new Found(), new Found()]
    for (const topic of facts.topics) {
      if (!KEYS.some((key) => topic.changes.has(key))) continue
      if (!isTrue(valueAfter(topic, 'remote.storage.enable'))) continue
      const copyOff = isTrue(valueAfter(topic, COPY_OFF))
      for (const [local, whole] of LIMITS) {
        const isChanged = topic.changes.has(local) || topic.changes.has(whole)
        if (!isChanged && !copyOff) continue
        const after = localLimit(topic, valueAfter, local, whole)
        const all = amount(whole, valueAfter(topic, whole))
        if (Number.isNaN(after)) says.missing(topic, { id: 'why.setting-untold', args: { key: local } })
        else if (copyOff && after !== all && !Number.isNaN(all)) apart.addTopic(topic)
        else if (after > all) above.addTopic(topic)
        else if (isChanged && !(after >= localLimit(topic, valueBefore, local, whole))) sooner.addTopic(topic)
      }
    }
    says.add('above-whole', 'block', above)
    says.add('copy-off', 'block', apart)
    says.add('remote-sooner', 'warn', sooner)
    return says.effects()
  },
}
