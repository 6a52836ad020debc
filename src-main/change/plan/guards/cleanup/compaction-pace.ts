import { Says } from '../effect'
import { Found } from '../found'
import type { Guard, GuardFacts } from '../guard'
import { elements, textSteps, valueAfter } from '../values'

const LEAST = 'min.compaction.lag.ms'
const MOST = 'max.compaction.lag.ms'
const RATIO = 'min.cleanable.dirty.ratio'

/** Topics that are compacted after the change, by whether the key goes down or up; both where the value before is not told. Ratios are decimals. */
function steps(facts: GuardFacts, key: string): { readonly down: Found; readonly up: Found } {
  const found = { down: new Found(), up: new Found() }
  for (const { topic, before, after } of textSteps(facts, key)) {
    if (!elements(valueAfter(topic, 'cleanup.policy') ?? 'compact').includes('compact')) continue
    if (before === null || Number(after) < Number(before)) found.down.addTopic(topic)
    if (before === null || Number(after) > Number(before)) found.up.addTopic(topic)
  }
  return found
}

/**
 * When compaction comes by (LogCleanerManager.cleanableOffsets, grabFilthiestCompactedLog). Later: the log grows, and whoever loads the state from it
 * reads more. Earlier than promised by min.compaction.lag.ms: a reader that counts on seeing every record of that time no longer does.
 */
export const compactionPace: Guard = {
  rule: 'compaction-pace',
  keys: [LEAST, MOST, RATIO],
  needs: () => [],
  judge(facts) {
    const says = new Says('compaction-pace', facts.topics)
    const least = steps(facts, LEAST)
    says.add('sooner', 'warn', least.down)
    says.add('kept-longer', 'warn', least.up)
    says.add('later', 'warn', steps(facts, MOST).up)
    const ratio = steps(facts, RATIO)
    says.add('rarer', 'warn', ratio.up)
    says.add('more-often', 'info', ratio.down)
    return says.effects()
  },
}
