import { Says } from '../effect'
import { Found } from '../found'
import type { Guard, TopicFacts } from '../guard'

const KEY = 'min.insync.replicas'

/** Whether the controller writes a record for the key: also for an override equal to what is inherited, and for one that is removed. */
function isWritten(changes: TopicFacts['changes']): boolean {
  const change = changes.get(KEY)
  return change !== undefined && change.before.override !== change.after.override
}

/**
 * Every record of this key empties ELR **and** LastKnownElr of all partitions of the topic, whatever its value
 * (ConfigurationControlManager.createClearElrRecordsAsNeeded, ReplicationControlManager.removeTopicElrs; 4.0.0 to 4.4.0). Where there is a leader, the
 * members hold every acknowledged record and can then not be elected without loss being possible. Where there is none, nobody is left who may be
 * elected (PartitionChangeBuilder.isValidNewLeader, canElectLastKnownLeader): the partition stays offline when all its brokers are back, and only
 * an unclean election ends it (seen on 4.4.0: its twin without the write came back by itself). So that is refused; an undo is such a write too.
 */
export const minIsrElr: Guard = {
  rule: 'min-isr-elr',
  keys: [KEY],
  needs: (changes) => (isWritten(changes) ? ['elr'] : []),
  judge(facts) {
    const says = new Says('min-isr-elr', facts.topics)
    const [clears, leaderless] = [new Found(), new Found()]
    for (const topic of facts.topics) {
      if (!isWritten(topic.changes)) continue
      const eligible = says.known(topic, topic.elr)
      for (const { partition, leader } of topic.partitions) {
        const { elr = [], lastKnown = [] } = eligible?.get(partition) ?? {}
        const text = [...new Set([...lastKnown, ...elr])].join(', ')
        if (leader < 0 && facts.elrOn === true) leaderless.add(topic.topic, partition, NaN, text)
        else if (text !== '') clears.add(topic.topic, partition, new Set([...lastKnown, ...elr]).size, text)
      }
    }
    says.add('leaderless', 'refused', leaderless)
    says.add('clears', 'block', clears, { noteUnit: 'count' })
    return says.effects()
  },
}
