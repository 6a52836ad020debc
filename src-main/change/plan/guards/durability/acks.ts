import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { numberSteps } from '../values'

/**
 * Below min.insync.replicas only acks=all is refused (Partition.appendRecordsToLeader). What producers ask for no broker tells. DescribeProducers (KIP-664) lists the
 * idempotent ones, and that those use acks=all is a rule of their clients, which brokers do not check.
 */
export const acks: Guard = {
  rule: 'acks',
  keys: ['min.insync.replicas'],
  needs: () => [],
  judge(facts) {
    const says = new Says('acks', facts.topics)
    const found = new Found()
    for (const { topic } of numberSteps(facts, 'min.insync.replicas')) found.addTopic(topic)
    says.add('not-told', 'info', found)
    return says.effects()
  },
}
