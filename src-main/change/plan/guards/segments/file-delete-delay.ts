import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { numberSteps } from '../values'

const KEY = 'file.delete.delay.ms'
const LONG_MS = 3_600_000

/** Files of deleted segments stay on the disk this long (LocalLog.deleteSegmentFiles): what retention frees is free only then. */
export const fileDeleteDelay: Guard = {
  rule: 'file-delete-delay',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('file-delete-delay', facts.topics)
    const found = new Found()
    let longestMs = 0
    for (const { topic, before, after } of numberSteps(facts, KEY)) {
      if (after <= before || after <= LONG_MS) continue
      found.addTopic(topic, after)
      longestMs = Math.max(longestMs, after)
    }
    says.add('disk-stays-used', 'warn', found, { figures: { longestMs }, noteUnit: 'ms' })
    return says.effects()
  },
}
