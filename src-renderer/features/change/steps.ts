/** Which step of a change is reached, and which comes next. Pure. */
import type { ChangeState, ChangeView, NextStep, Progress } from '@contract/change'

export const STEPS = ['edit', 'plan', 'validate', 'confirm', 'apply', 'verify', 'watch'] as const
export type StepName = (typeof STEPS)[number]

export interface StepMark {
  readonly name: StepName
  readonly look: 'done' | 'current' | 'failed' | 'ahead'
}

/** The step a state is in; 'end': every step lies behind; 'none': it was not gone on with. */
const AT: Readonly<Record<ChangeState, StepName | 'end' | 'none'>> = {
  draft: 'edit',
  planned: 'plan',
  validated: 'validate',
  confirmed: 'confirm',
  applying: 'apply',
  applied: 'verify',
  failed: 'apply',
  unknown: 'apply',
  verified: 'watch',
  watched: 'end',
  overwritten: 'watch',
  undone: 'end',
  conflict: 'plan',
  discarded: 'none',
}

export const isRefusedByBrokers = ({ validation }: ChangeView): boolean => (validation?.refusals.length ?? 0) > 0

/** Where it stands, and whether that is not well. The brokers' refusal leaves a change planned. */
function standing(view: ChangeView): { at: StepName | 'end' | 'none'; failed: boolean } {
  const { state, verification, watching } = view
  if (state === 'planned' && isRefusedByBrokers(view)) return { at: 'validate', failed: true }
  if (watching !== null && watching.alarms.length > 0 && state !== 'undone') return { at: 'watch', failed: true }
  return {
    at: AT[state],
    failed:
      state === 'failed' ||
      state === 'conflict' ||
      state === 'overwritten' ||
      (state === 'applied' && verification !== null),
  }
}

/** The steps as they stand; Kafka has no trial run of an election, so that one has a step less. */
export function stepMarks(view: ChangeView): StepMark[] {
  const names = STEPS.filter((name) => name !== 'validate' || view.draft.kind === 'config')
  const { at, failed } = standing(view)
  const reached = at === 'end' ? names.length : at === 'none' ? -1 : names.indexOf(at)
  return names.map((name, step) => ({
    name,
    look: reached < 0 || step > reached ? 'ahead' : step < reached ? 'done' : failed ? 'failed' : 'current',
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
  state === 'overwritten' ||
  state === 'undone' ||
  (state === 'failed' && results.length > 0)

export type PrimaryStep = Extract<
  NextStep,
  'plan' | 'validate' | 'confirm' | 'arm' | 'apply' | 'settle' | 'verify' | 'rest'
>
const PRIMARY: readonly NextStep[] = ['plan', 'validate', 'confirm', 'arm', 'apply', 'settle', 'verify', 'rest']
const isPrimary = (step: NextStep): step is PrimaryStep => PRIMARY.includes(step)

/**
 * What Ctrl Enter does: the first of the main process's next steps. Arming comes before what needs it, and is passed
 * over once it is done: how a cluster stands may be newer than the view. null = there is nothing to go on with.
 */
export function primaryStep(view: ChangeView, armed: boolean): PrimaryStep | null {
  // The brokers may always be asked once more; that is the step to take only while they have not shown the change.
  const done = view.state === 'verified' || view.state === 'watched'
  const first = view.next.filter(isPrimary).find((step) => (step !== 'arm' || !armed) && (step !== 'verify' || !done))
  if (first === undefined) return null
  return !armed && (first === 'confirm' || first === 'apply') ? 'arm' : first
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
