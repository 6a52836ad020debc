/** How a change stands, and which step comes next. Pure. */
import type { ChangeView, NextStep, Progress } from '@contract/change'

export const isRefusedByBrokers = ({ validation }: ChangeView): boolean => (validation?.refusals.length ?? 0) > 0

/** Before anything was sent: it can be edited, planned again, discarded. */
export const isOpen = ({ state }: ChangeView): boolean =>
  state === 'draft' || state === 'planned' || state === 'validated' || state === 'confirmed' || state === 'conflict'

/** At least one write went out, or may have. */
export const wasSent = ({ state, results }: ChangeView): boolean =>
  state === 'applying' ||
  state === 'applied' ||
  state === 'unknown' ||
  state === 'verified' ||
  state === 'watched' ||
  state === 'overwritten' ||
  state === 'undone' ||
  (state === 'failed' && results.length > 0)

/** 'apply' also confirms: one press does both, and main holds it to what the plan needs. */
export type PrimaryStep = Extract<NextStep, 'plan' | 'validate' | 'arm' | 'apply' | 'settle' | 'verify' | 'rest'>
const PRIMARY: readonly NextStep[] = ['plan', 'validate', 'confirm', 'arm', 'apply', 'settle', 'verify', 'rest']

/**
 * What Ctrl Enter does: the first of the main process's next steps. Arming comes before what needs it, and is passed
 * over once it is done: how a cluster stands may be newer than the view. null = there is nothing to go on with.
 */
export function primaryStep(view: ChangeView, armed: boolean): PrimaryStep | null {
  // The brokers may always be asked once more; that is the step to take only while they have not shown the change.
  const done = view.state === 'verified' || view.state === 'watched'
  const first = view.next.find(
    (step) => PRIMARY.includes(step) && (step !== 'arm' || !armed) && (step !== 'verify' || !done),
  ) as PrimaryStep | 'confirm' | undefined
  if (first === undefined) return null
  if (first !== 'confirm' && first !== 'apply') return first
  return armed ? 'apply' : 'arm'
}

/** A plan that the brokers have not been asked about, and that is worth asking: of settings, as Kafka has no trial run of an election. */
export const isUnchecked = ({ state, draft, plan, validation, needs, next }: ChangeView): boolean =>
  state === 'planned' &&
  draft.kind === 'config' &&
  plan !== null &&
  validation === null &&
  needs !== null &&
  needs.kind !== 'never' &&
  next.includes('validate')

/** How many partitions would not take acks=all writes any more, as the plan foretells it. */
export const stopsOn = ({ plan }: ChangeView): number => {
  if (plan === null) return 0
  const { before, after } = plan.writes
  return Math.max(0, after.refuses + after.offline - before.refuses - before.offline)
}

/** How it looks before it is sent: 'read' has warnings to tick, 'stop' has an effect that stops or loses something, 'refused' cannot be applied. null = there is no plan to judge by. */
export type Light = 'safe' | 'read' | 'stop' | 'refused'
export function lightOf(view: ChangeView): Light | null {
  const { plan, state } = view
  if (plan === null || !isOpen(view) || state === 'draft') return null
  if (state === 'conflict' || plan.level === 'refused' || isRefusedByBrokers(view)) return 'refused'
  return plan.level === 'block' ? 'stop' : plan.level === 'warn' ? 'read' : 'safe'
}

/** A plan is a picture of a moment; after this long it is offered to make it anew. */
export const PLAN_FRESH_MS = 60_000

export const isOldPlan = (view: ChangeView, now: number): boolean =>
  view.plan !== null &&
  (view.state === 'planned' || view.state === 'validated' || view.state === 'confirmed') &&
  now - view.plan.at > PLAN_FRESH_MS

/** Its plan does not hold any more: it is of an earlier run of Highwater, or far too old. Nothing but planning again goes on from here. */
export const isPlanGone = ({ state, plan, needs, next }: ChangeView): boolean =>
  (state === 'planned' || state === 'validated' || state === 'confirmed') &&
  plan !== null &&
  needs !== null &&
  needs.kind !== 'never' &&
  next[0] === 'plan'

/** A write of it has no answer yet, or had none: what became of it is being read. */
export const isUnclear = (view: ChangeView, progress: Progress | null): boolean =>
  view.state === 'unknown' ||
  (view.state === 'applying' &&
    (progress?.what === 'settling' || view.results.some(({ outcome }) => outcome === 'unknown')))

/** Without an answer, and nobody is asking: Highwater ended in the middle. */
export const wasInterrupted = (view: ChangeView, progress: Progress | null): boolean =>
  view.state === 'applying' && progress === null && view.next.includes('settle')
