import { Says } from '../effect'
import { Found } from '../found'
import type { Guard, TopicFacts } from '../guard'
import { amount, isTrue, valueAfter, valueBefore } from '../values'

/** Limit of what brokers keep themselves, and limit of the whole log. */
const LIMITS = [
  ['local.retention.ms', 'retention.ms'],
  ['local.retention.bytes', 'retention.bytes'],
] as const
/** LogConfig: the limit of the whole log counts for what is local too. */
const AS_WHOLE = -2

function localLimit(topic: TopicFacts, at: typeof valueAfter, local: string, whole: string): number {
  const own = amount(local, at(topic, local))
  return own === AS_WHOLE ? amount(whole, at(topic, whole)) : own
}

/**
 * With tiered storage, segments go from the brokers' disks once they are copied and older or more than this: who reads yesterday reads from remote
 * storage. More than the whole log is refused (LogConfig.validateRemoteStorageRetentionTime, …Size).
 */
export const localRetention: Guard = {
  rule: 'local-retention',
  keys: LIMITS.flat(),
  needs: () => [],
  judge(facts) {
    const says = new Says('local-retention', facts.topics)
    const [sooner, above] = [new Found(), new Found()]
    for (const topic of facts.topics) {
      if (!LIMITS.flat().some((key) => topic.changes.has(key))) continue
      if (!isTrue(valueAfter(topic, 'remote.storage.enable'))) continue
      for (const [local, whole] of LIMITS) {
        if (!topic.changes.has(local) && !topic.changes.has(whole)) continue
        const after = localLimit(topic, valueAfter, local, whole)
        if (Number.isNaN(after)) says.missing(topic, { id: 'why.setting-untold', args: { key: local } })
        else if (after > amount(whole, valueAfter(topic, whole))) above.addTopic(topic)
        else if (!(after >= localLimit(topic, valueBefore, local, whole))) sooner.addTopic(topic)
      }
    }
    says.add('above-whole', 'block', above)
    says.add('remote-sooner', 'warn', sooner)
    return says.effects()
  },
}
