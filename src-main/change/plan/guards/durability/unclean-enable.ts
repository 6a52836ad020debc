import { awaitedBrokers } from '../../../../domain/forecast/election'
import { Says, listText } from '../effect'
import { Found } from '../found'
import type { EligibleFacts, Guard, GuardFacts, PartitionFacts } from '../guard'
import { isFalse, isTrue, textSteps } from '../values'
import { atLeast } from '../version'

const KEY = 'unclean.leader.election.enable'

/** Whose return can bring it back without loss; where nobody is known for that, every replica that does not answer. */
function awaited(
  { replicas, isr: inSync, elr }: PartitionFacts,
  eligible: EligibleFacts | undefined,
  answering: GuardFacts['answering'],
): readonly number[] {
  const { elr: electable = elr, lastKnown = [] } = eligible ?? {}
  const known = awaitedBrokers({ replicas, inSync, elr: electable, lastKnown })
  return known.length > 0 ? known : replicas.filter((broker) => !answering.has(broker))
}

/**
 * From 3.9 the controller elects any live replica of a leaderless partition of such a topic, by a sweep every five minutes and whenever a broker
 * registers. Seen on 4.4.0, twice of two: the good broker's own return made the survivor leader a second before it, and 40 acknowledged records
 * were lost; with false the same return lost none. So it is refused while there is no leader. On KRaft up to 3.8 the controller does not read it
 * (ReplicationControlManager.uncleanLeaderElectionEnabledForTopic).
 */
export const uncleanEnable: Guard = {
  rule: 'unclean-enable',
  keys: [KEY],
  needs: (changes) => (isTrue(changes.get(KEY)?.after.value) ? ['elr'] : []),
  judge(facts) {
    const says = new Says('unclean-enable', facts.topics).asOf(facts.metadataAt)
    const leaderless = new Found()
    const may = new Found()
    const safer = new Found()
    const brokers = new Set<number>()
    for (const { topic, before, after } of textSteps(facts, KEY)) {
      if (isFalse(after) && isTrue(before)) safer.addTopic(topic)
      if (isTrue(after)) may.addTopic(topic)
    }
    for (const topic of may.topicCount === 0 ? [] : facts.topics) {
      const without = topic.partitions.filter(({ leader }) => leader < 0)
      // Another topic of the plan that is not asked for it goes by the newest reading.
      const eligible = without.length > 0 && topic.changes.has(KEY) ? says.known(topic, topic.elr) : null
      for (const partition of without) {
        const waitFor = awaited(partition, eligible?.get(partition.partition), facts.answering)
        leaderless.add(topic.topic, partition.partition, NaN, waitFor.join(', '))
        for (const broker of waitFor) brokers.add(broker)
      }
    }
    says.add('leaderless', 'refused', leaderless, { figures: { brokersText: listText(brokers) } })
    says.add('may-lose', 'block', may)
    if (atLeast(facts.version, 3, 9) === false) says.add('old-kraft', 'info', may)
    says.add('safer', 'better', safer)
    return says.effects()
  },
}
