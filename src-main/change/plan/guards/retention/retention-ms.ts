import { Says } from '../effect'
import { Found } from '../found'
import type { Guard, TopicFacts } from '../guard'
import { sayLosses } from '../losses'
import { amount, elements, mayLower, numberSteps, valueAfter } from '../values'
import type { NumberStep } from '../values'

const KEY = 'retention.ms'
/** Below a quarter of what it was, going down in halves leaves time to notice a reader that is behind. */
const BIG_STEP = 4
/** Kafka looks for segments to delete every five minutes, and deletes them whole: halving less than this gives nobody time. */
const LEAST_STEP_MS = 3_600_000
/** More of them is no plan to follow by hand. */
const MAX_STEPS = 12

/** Retention counts only where the cleanup policy deletes (UnifiedLog.deleteOldSegments); a policy that is not told is taken for one that does. */
export function deletesRecords(topic: TopicFacts): boolean {
  const policy = valueAfter(topic, 'cleanup.policy')
  return policy === undefined || elements(policy).includes('delete')
}

interface Steps {
  readonly stepCount: number
  readonly firstMs: number
}

/** Halving steps, the last to the planned value; null = one step is fine, or there is nothing to halve (it was unlimited, or not told). */
function inSteps({ before, after }: NumberStep): Steps | null {
  if (!Number.isFinite(before) || after * BIG_STEP > before) return null
  const stepCount = Math.ceil(Math.log2(before / Math.max(LEAST_STEP_MS, after)))
  return stepCount < 2 || stepCount > MAX_STEPS ? null : { stepCount, firstMs: Math.floor(before / 2) }
}

/** How long records are kept. Segments go whole, once their newest record is older than this (UnifiedLog.deleteRetentionMsBreachedSegments). */
export const retentionMs: Guard = {
  rule: 'retention-ms',
  keys: [KEY],
  needs: (changes) => (mayLower(changes, KEY) ? ['deletable', 'groups'] : []),
  *judge(facts) {
    const says = new Says('retention-ms', facts.topics).asOf(facts.metadataAt)
    const grows = new Found()
    const unlimited = new Found()
    const compactOnly = new Found()
    const lowered = new Map<TopicFacts, NumberStep>()
    for (const step of numberSteps(facts, KEY)) {
      const { topic, before, after } = step
      if (!deletesRecords(topic)) compactOnly.addTopic(topic)
      else if (!(after >= before)) lowered.set(topic, step)
      else if (after === Infinity && amount('retention.bytes', valueAfter(topic, 'retention.bytes')) === Infinity)
        unlimited.addTopic(topic)
      else grows.addTopic(topic)
    }
    const losing = yield* sayLosses(says, [...lowered.keys()])
    let longest: Steps | null = null
    const stepwise = new Found()
    for (const topic of losing) {
      const steps = inSteps(lowered.get(topic)!)
      if (steps === null) continue
      stepwise.addTopic(topic, steps.firstMs)
      if (longest === null || steps.stepCount > longest.stepCount) longest = steps
    }
    if (longest !== null) says.add('in-steps', 'info', stepwise, { figures: { ...longest }, noteUnit: 'ms' })
    says.add('disk-grows', 'info', grows)
    says.add('unlimited', 'info', unlimited)
    says.add('compact-only', 'info', compactOnly)
    return says.effects()
  },
}
