/** Restarts that persons announced: which stand, and what a new word does to them. Pure. */
import type { Incident, Plan } from '../../contract/history'
import { ANNOUNCED_MINUTES } from '../../contract/history'

const LONGEST_MS = ANNOUNCED_MINUTES.most * 60_000

/** One that ends later than any can be announced for was written by a clock that has gone back since: nobody knows when it was to end. */
export const isStanding = ({ until }: Pick<Plan, 'until'>, now: number): boolean =>
  until > now && until - now <= LONGEST_MS

/** Those that stand, by broker. */
export const standingPlans = (plans: readonly Plan[], now: number): readonly Plan[] =>
  plans.filter((plan) => isStanding(plan, now)).sort((a, b) => a.broker - b.broker)

/** One more. For a broker whose restart is announced already it is the same one, by another name or for longer. */
export function announcePlan(plans: readonly Plan[], plan: Plan): readonly Plan[] {
  const standing = standingPlans(plans, plan.at)
  const known = standing.find(({ broker }) => broker === plan.broker)
  const at = known === undefined ? plan.at : Math.min(known.at, plan.at)
  return [...standing.filter((one) => one !== known), { ...plan, at }]
}

export const withdrawPlan = (plans: readonly Plan[], broker: number, now: number): readonly Plan[] =>
  standingPlans(plans, now).filter((one) => one.broker !== broker)

/**
 * The announcement that makes an incident a maintenance: the only broker in it is that one, it was announced before the trouble began, and it stands at `now`. null = none does.
 */
export function planOf(
  plans: readonly Plan[],
  { brokers, began }: { readonly brokers: Iterable<number>; readonly began: Incident['began'] },
  now: number,
): Plan | null {
  const [only, ...more] = brokers
  if (only === undefined || more.length > 0) return null
  return standingPlans(plans, now).find(({ broker, at }) => broker === only && at <= began.to) ?? null
}
