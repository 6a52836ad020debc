import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { numberSteps, valueAfter } from '../values'

const OLDER = 'message.timestamp.before.max.ms'
const NEWER = 'message.timestamp.after.max.ms'
const EITHER = 'message.timestamp.difference.max.ms'
/** What batching, retries and a queue in between take: records on their way for less are refused all the time. */
const ON_THEIR_WAY_MS = 60_000

/**
 * A record whose own time is further from the leader's than this is refused with INVALID_TIMESTAMP (LogValidator.validateTimestamp), the batch with
 * it: late producers, mirrored and replayed data. It does not act where the leader gives the time (LogAppendTime). Times of stored records are not
 * looked at, so whether anybody sends such is not known.
 */
export const timestamps: Guard = {
  rule: 'timestamps',
  keys: [OLDER, NEWER, EITHER],
  needs: () => [],
  judge(facts) {
    const says = new Says('timestamps', facts.topics)
    const [underway, noEffect] = [new Found('low'), new Found()]
    let lowestMs = Infinity
    for (const key of [OLDER, NEWER, EITHER]) {
      for (const { topic, before, after } of numberSteps(facts, key)) {
        if (after >= before) continue
        if (valueAfter(topic, 'message.timestamp.type')?.trim() === 'LogAppendTime') noEffect.addTopic(topic)
        else if (key !== NEWER && after < ON_THEIR_WAY_MS) {
          underway.addTopic(topic, after)
          lowestMs = Math.min(lowestMs, after)
        } else says.missing(topic, { id: 'why.timestamps-unread', args: { key } })
      }
    }
    says.add('underway', 'block', underway, { figures: { lowestMs }, noteUnit: 'ms' })
    says.add('no-effect', 'info', noEffect)
    return says.effects()
  },
}
