/** A plan or conflict of the kind a test is about; any other one fails it. */
import type { ChangeView, ConfigPlan, ElectionPlan, PlanConflict } from '../../src-main/contract/change'

export function configPlan({ plan }: Pick<ChangeView, 'plan'>): ConfigPlan {
  if (plan?.kind !== 'config') throw new Error(`a plan of settings was expected: ${JSON.stringify(plan)}`)
  return plan
}

export function electionPlan({ plan }: Pick<ChangeView, 'plan'>): ElectionPlan {
  if (plan?.kind !== 'election') throw new Error(`a plan of an election was expected: ${JSON.stringify(plan)}`)
  return plan
}

export function planConflict({ conflict }: Pick<ChangeView, 'conflict'>): PlanConflict {
  if (conflict?.kind !== 'plan') throw new Error(`a conflict with the plan was expected: ${JSON.stringify(conflict)}`)
  return conflict
}
