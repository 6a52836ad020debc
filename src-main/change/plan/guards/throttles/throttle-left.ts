import { Says } from '../effect'
import { Found } from '../found'
import type { FactName, Guard, GuardFacts, TopicFacts } from '../guard'
import { elements, textSteps } from '../values'
import { slowRates } from './throttle-rate'

const KEYS = ['leader.replication.throttled.replicas', 'follower.replication.throttled.replicas'] as const
const isSet = (value: string | null | undefined): boolean => elements(value ?? '').length > 0

/** What happens to the two lists of a topic together: its tool sets and removes both. */
function steps(facts: GuardFacts): ReadonlyMap<TopicFacts, 'set' | 'removed'> {
  const result = new Map<TopicFacts, 'set' | 'removed'>()
  for (const key of KEYS) {
    for (const { topic, before, after } of textSteps(facts, key)) {
      if (isSet(after)) result.set(topic, 'set')
      else if (isSet(before) && !result.has(topic)) result.set(topic, 'removed')
    }
  }
  return result
}

/**
 * The lists act with a rate on the brokers, on replicas outside the ISR (seen on 4.4.0). Left behind after a reassignment they slow the next recovery
 * (kafka-facts d8); with a rate below what is produced, recovery never ends.
 */
export const throttleLeft: Guard = {
  rule: 'throttle-left',
  keys: KEYS,
  needs: (changes): readonly FactName[] =>
    KEYS.some((key) => isSet(changes.get(key)?.after.value))
      ? ['reassignments', 'throttleRates', 'produceRate', 'sizes']
      : KEYS.some((key) => isSet(changes.get(key)?.before.value))
        ? ['reassignments']
        : [],
  judge(facts) {
    const says = new Says('throttle-left', facts.topics).asOf(facts.metadataAt)
    const [left, still, removed, noRate, slow] = [new Found(), new Found(), new Found(), new Found(), new Found()]
    let lowestBytes = Infinity
    for (const [topic, step] of steps(facts)) {
      const reassignments = says.known(topic, facts.reassignments)
      const moves = reassignments?.some((row) => row.topic === topic.topic) ?? null
      if (step === 'removed') {
        if (moves === true) still.addTopic(topic)
        else if (moves === false) removed.addTopic(topic)
        continue
      }
      if (moves === false) left.addTopic(topic)
      const rates = says.known(topic, facts.throttleRates)
      if (rates === null) continue
      if (rates.size === 0) noRate.addTopic(topic)
      else {
        const slowest = slowRates(topic, rates, says)
        for (const { broker, bytesPerSecond } of slowest) {
          slow.addTopic(topic, bytesPerSecond, String(broker))
          lowestBytes = Math.min(lowestBytes, bytesPerSecond)
        }
      }
    }
    says.add('no-reassignment', 'warn', left)
    says.add('still-moving', 'warn', still)
    says.add('too-slow', 'warn', slow, { figures: { lowestBytes }, noteUnit: 'bytes' })
    says.add('removed', 'better', removed)
    says.add('no-rate', 'info', noRate)
    return says.effects()
  },
}
