/** Which step of a change is reached, and which comes next. Pure. */
import type { ChangeState, ChangeView, NextStep } from '@contract/change'

export const STEPS = ['edit', 'plan', 'validate', 'confirm', 'apply', 'verify', 'watch'] as const
export type StepName = (typeof STEPS)[number]

export interface StepMark {
  readonly name: StepName
  readonly look: 'done' | 'current' | 'failed' | 'ahead'
}

/** The step a state is in; 'watched' and what comes after have every step behind them. */
const AT: Readonly<Record<ChangeState, number>> = {
  draft: 0, planned: 1, validated: 2, confirmed: 3, applying: 4, applied: 5, failed: 4, unknown: 4, verified: 6, watched: 7, undone: 7, conflict: 1, discarded: -1,
}

const isFailed = ({ state, validation, verification, watching }: ChangeView): boolean =>
  state === 'failed' ||
  state === 'conflict' ||
  (state === 'validated' && (validation?.refusals.length ?? 0) > 0) ||
  (state === 'applied' && verification !== null) ||
  watching?.outcome === 'alarm'

/** The seven steps as they stand. Of a change whose watch raised an alarm the last one is 'failed', not 'done'. */
export function stepMarks(view: ChangeView): StepMark[] {
  const failed = isFailed(view)
  const at = failed ? Math.min(AT[view.state], STEPS.length - 1) : AT[view.state]
  return STEPS.map((name, step) => ({
    name,
    look: step < at ? 'done' : step > at || at < 0 ? 'ahead' : failed ? 'failed' : 'current',
  }))
}

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
  state === 'undone' ||
  (state === 'failed' && results.length > 0)

export type PrimaryStep = Extract<NextStep, 'plan' | 'validate' | 'confirm' | 'arm' | 'apply' | 'settle' | 'verify' | 'rest'>
const PRIMARY: readonly NextStep[] = ['plan', 'validate', 'confirm', 'arm', 'apply', 'settle', 'verify', 'rest']
const isPrimary = (step: NextStep): step is PrimaryStep => PRIMARY.includes(step)

/**
 * What Ctrl Enter does: the first of the main process's next steps. Arming comes before what needs it, and is passed
 * over once it is done: how a cluster stands may be newer than the view. null = there is nothing to go on with.
 */
export function primaryStep(view: ChangeView, armed: boolean): PrimaryStep | null {
  const first = view.next.filter(isPrimary).find((step) => step !== 'arm' || !armed)
  if (first === undefined) return null
  return !armed && (first === 'confirm' || first === 'apply') ? 'arm' : first
}

/** A plan is a picture of a moment; after this long it is offered to make it anew. */
export const PLAN_FRESH_MS = 60_000

export const isOldPlan = (view: ChangeView, now: number): boolean =>
  view.plan !== null &&
  (view.state === 'planned' || view.state === 'validated' || view.state === 'confirmed') &&
  now - view.plan.at > PLAN_FRESH_MS

/** Without an answer, and nobody is asking: Highwater ended in the middle. */
export const wasInterrupted = (view: ChangeView, progress: unknown): boolean =>
  view.state === 'applying' && progress === null && view.next.includes('settle')
