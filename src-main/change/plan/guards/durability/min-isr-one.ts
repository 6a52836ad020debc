import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { numberSteps } from '../values'

const KEY = 'min.insync.replicas'

/** With 1 a leader that is alone in the ISR acknowledges; records only it has are lost with it (the shop case, seen on 4.4.0: 500 of 1,500). */
export const minIsrOne: Guard = {
  rule: 'min-isr-one',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('min-isr-one', facts.topics).asOf(facts.metadataAt)
    const may = new Found('low')
    const now = new Found()
    for (const { topic, after } of numberSteps(facts, KEY)) {
      if (after !== 1) continue
      for (const { partition, leader, replicas, isr } of topic.partitions) {
        if (replicas.length < 2) continue
        may.add(topic.topic, partition, isr.length)
        if (leader >= 0 && isr.length <= 1) now.add(topic.topic, partition, NaN, String(leader))
      }
    }
    says.add('leader-alone', 'block', may, { noteUnit: 'in-sync' })
    says.add('alone-now', 'block', now)
    return says.effects()
  },
}
