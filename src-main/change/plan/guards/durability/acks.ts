import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { numberSteps } from '../values'

/** min.insync.replicas protects only producers that ask for acks=all, and a broker does not tell what producers ask for. */
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
