import { effectiveMinInSyncReplicas } from '../../../../domain/state/min-isr'
import { Says, listText } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { numberSteps } from '../values'

const KEY = 'min.insync.replicas'

/**
 * Fewer replicas have to be in sync: partitions that refuse acks=all take it again at once, but an idle partition's high watermark moves only with
 * its next record (seen on 4.4.0: it stood still for 8 s and moved within 25 ms of a record), so records already there are readable from then on.
 */
export const minIsrLower: Guard = {
  rule: 'min-isr-lower',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('min-isr-lower', facts.topics).asOf(facts.metadataAt)
    const again = new Found('low')
    const fewer = new Found()
    const mins = new Set<number>()
    for (const { topic, before, after } of numberSteps(facts, KEY)) {
      if (!(after < before)) continue
      mins.add(after)
      if (after > 1) fewer.addTopic(topic, after)
      for (const { partition, leader, isr, replicas } of topic.partitions) {
        const needed = effectiveMinInSyncReplicas(before, replicas.length, facts.version)
        const need = effectiveMinInSyncReplicas(after, replicas.length, facts.version)
        if (needed < 0 || need < 0) says.missing(topic, { id: 'why.version-unknown', args: {} })
        else if (leader >= 0 && isr.length < needed && isr.length >= need) again.add(topic.topic, partition, isr.length)
      }
    }
    const minText = listText(mins)
    says.add('accepts-again', 'better', again, { figures: { minText }, noteUnit: 'in-sync' })
    says.add('readable-with-next-write', 'info', again)
    says.add('fewer-copies', 'info', fewer, { figures: { minText }, noteUnit: 'count' })
    return says.effects()
  },
}
