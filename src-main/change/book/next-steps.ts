import type { ChangeState, ItemResult, Needs, NextStep, Plan, Validation, Watching } from '../../contract/change'
import type { ChangeKind } from '../../shared/draft'
import { isLeft } from './outcome'

/** Figures older than this are not what a person should confirm or apply by. */
export const PLAN_HOLDS_MS = 10 * 60_000

/**
 * Whether a plan still counts. `plannedHere`: it was made in this run, which no clock can tell. One that seems to be made later than now is as old
 * as it may be: the clock was set back since.
 */
export const doesPlanHold = (plan: Plan | null, now: number, plannedHere: boolean): boolean =>
  plan !== null && plannedHere && Math.abs(now - plan.at) <= PLAN_HOLDS_MS

export interface StepsInput {
  readonly state: ChangeState
  readonly plan: Plan | null
  readonly needs: Needs | null
  readonly validation: Validation | null
  readonly results: readonly ItemResult[]
  readonly watching: Watching | null
  readonly kind: ChangeKind
  /** The plan is of this run of Highwater and not too old. */
  readonly planHolds: boolean
  /** The cluster takes changes now. */
  readonly armed: boolean
  /** Of an undo: its edits are fixed. */
  readonly isUndo: boolean
  /** A write or a reading of this change is under way in this run. */
  readonly running: boolean
}

function afterDone({ kind, results, watching, state }: StepsInput): NextStep[] {
  const rest: NextStep[] = results.some(isLeft) ? ['rest'] : []
  const undo: NextStep[] = kind === 'config' ? ['undo'] : []
  if (state === 'applied' || state === 'overwritten') return ['verify', ...undo, ...rest]
  return watching?.outcome === 'alarm' ? [...undo, ...rest, 'verify'] : [...rest, ...undo, 'verify']
}

/** What may be done next, the recommended step first. `armed` decides whether 'arm' stands in front of what sends. */
export function nextSteps(input: StepsInput): readonly NextStep[] {
  const { state, needs, validation, kind, planHolds, armed, running, results } = input
  const back: NextStep[] = input.isUndo ? ['plan', 'discard'] : ['plan', 'edit', 'discard']
  const toSend = (step: NextStep): NextStep[] => (armed ? [step, ...back] : ['arm', step, ...back])
  switch (state) {
    case 'draft':
    case 'conflict':
      return back
    case 'planned':
    case 'validated':
    case 'confirmed':
      if (!planHolds || needs === null || needs.kind === 'never') return back
      if (state === 'confirmed') return toSend('apply')
      if (state === 'validated' || kind === 'election') return toSend('confirm')
      return validation === null
        ? ['validate', ...back]
        : input.isUndo
          ? ['validate', ...back]
          : ['edit', 'validate', 'plan', 'discard']
    case 'applying':
      return running ? ['stop'] : ['settle']
    case 'unknown':
      return ['settle']
    case 'applied':
    case 'verified':
    case 'watched':
    case 'overwritten':
      return afterDone(input)
    case 'failed':
      return results.some(isLeft) ? ['rest'] : []
    case 'undone':
    case 'discarded':
      return []
  }
}
