import type { ConfigPlan, Confirmation, Effect, ElectionPlan, Needs, PlanItem, PlanLevel } from '../../contract/change'
import type { Environment } from '../../contract/profiles'
import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'
import { lowers } from './guards/values'

/** Overall risk of a plan: its gravest effect. What could not be computed weighs as a warning, never as fine. */
export function levelOf(effects: readonly Effect[], refused: boolean): PlanLevel {
  const has = (level: Effect['level']): boolean => effects.some((effect) => effect.level === level)
  if (refused || has('refused')) return 'refused'
  if (has('block')) return 'block'
  return has('warn') || has('unknown') ? 'warn' : 'low'
}

const LIMITS: readonly string[] = ['retention.ms', 'retention.bytes']

/** Whether stored records go by this edit, now or as soon as they are old enough: a lower limit, one that is not told, another cleanup policy. */
const mayDelete = (item: PlanItem): boolean =>
  item.key === 'cleanup.policy' || (LIMITS.includes(item.key) && (item.after.value === null || lowers(item.key, item)))

function cuts(plan: Judged): boolean {
  switch (plan.kind) {
    case 'config':
      return plan.items.some(mayDelete)
    case 'election':
      return false
  }
}

type Common = 'kind' | 'level' | 'effects' | 'topics'
type Judged = Pick<ConfigPlan, Common | 'items'> | Pick<ElectionPlan, Common | 'partitions'>

function doesNothing(plan: Judged): boolean {
  switch (plan.kind) {
    case 'config':
      return plan.items.length === 0
    case 'election':
      return !plan.partitions.some(({ fate }) => fate === 'moves')
  }
}

function phraseOf(topics: readonly string[], environment: Environment, clusterName: string): string {
  const what = topics.length === 1 ? topics[0]! : `${topics.length} topics`
  return environment === 'prod' ? `${clusterName} ${what}` : what
}

/**
 * What the person has to do before this plan can be applied; it fits the risk (guardrails.md). A plan that changes nothing cannot be. In production
 * a reason is always asked for, and what deletes or could delete is typed, even where nothing stored is old enough now.
 */
export function needsOf(plan: Judged, environment: Environment, clusterName: string): Needs {
  const ticks = plan.effects.filter(({ level }) => level === 'warn' || level === 'unknown').map(({ id }) => id)
  if (plan.level === 'refused' || doesNothing(plan)) return { kind: 'never', ticks: [], phrase: '', reason: false }
  if (plan.level === 'block' || (environment === 'prod' && cuts(plan)))
    return { kind: 'typed', ticks, phrase: phraseOf(plan.topics, environment, clusterName), reason: true }
  return { kind: ticks.length > 0 ? 'ticks' : 'click', ticks, phrase: '', reason: environment === 'prod' }
}

export type ConfirmInput = Omit<Confirmation, 'at'>

/** Holds a confirmation against what is needed; 'bad-input' names in `detail.text` what is missing. */
export function checkConfirmation(needs: Needs, given: ConfirmInput): Result<ConfirmInput> {
  if (needs.kind === 'never') return fail('conflict', 'This plan is refused', { text: 'never' })
  const missing = needs.ticks.find((id) => !given.ticks.includes(id))
  if (missing !== undefined)
    return fail('bad-input', `The warning ${missing} is not ticked`, { text: 'tick-missing', tick: missing })
  if (needs.phrase !== '' && given.typed !== needs.phrase) {
    return fail('bad-input', `What was typed is not "${needs.phrase}"`, { text: 'phrase-wrong', phrase: needs.phrase })
  }
  const reason = given.reason.trim()
  if (needs.reason && reason === '') return fail('bad-input', 'A reason is missing', { text: 'reason-missing' })
  // Only what was asked for is written down as said.
  return ok({ ticks: needs.ticks, typed: needs.phrase === '' ? '' : given.typed, reason })
}
