import type {
  ChangeEvent,
  ChangeState,
  ChangeView,
  Confirmation,
  Conflict,
  ItemResult,
  Needs,
  Plan,
  Validation,
  Verification,
  Watching,
} from '../../contract/change'
import type { JournalRow } from '../../contract/journal'
import type { Environment } from '../../contract/profiles'
import { fail } from '../../contract/result'
import type { AppError, ErrorCode } from '../../contract/result'
import { doesPlanHold, nextSteps } from './next-steps'
import { stateAfter } from './allowed-steps'
import { say } from '../../shared/words/say'

/** What the lines do not tell: it is of now. */
export interface FoldContext {
  readonly environment: Environment
  /** Its plan was made in this run: one of an earlier run has to be made again. */
  readonly plannedHere: boolean
  readonly armed: boolean
  readonly running: boolean
}

const ANY_TIME: FoldContext = { environment: 'prod', plannedHere: true, armed: true, running: false }

interface Folded {
  state: ChangeState | null
  since: number
  draft: ChangeView['draft'] | null
  undoOf: string
  undoneBy: string
  plan: Plan | null
  needs: Needs | null
  validation: Validation | null
  confirmation: Confirmation | null
  readonly results: Map<string, ItemResult>
  verification: Verification | null
  watching: Watching | null
  conflict: Conflict | null
  problem: AppError | null
}

const STOPPED: { readonly [B in Extract<ChangeEvent, { type: 'stopped' }>['by']]: ErrorCode } = {
  person: 'cancelled',
  watch: 'conflict',
  error: 'unreachable',
  arming: 'not-authorized',
}

const empty = (): Folded => ({
  state: null,
  since: 0,
  draft: null,
  undoOf: '',
  undoneBy: '',
  plan: null,
  needs: null,
  validation: null,
  confirmation: null,
  results: new Map(),
  verification: null,
  watching: null,
  conflict: null,
  problem: null,
})

/** Names an item of a result: no topic name has a line break. */
export const itemKey = (topic: string, partition: number): string => `${topic}\n${partition}`

/** Every item of a plan, as results name them. */
export function itemsOf(plan: Plan): { readonly topic: string; readonly partition: number }[] {
  switch (plan.kind) {
    case 'config':
      return plan.topics.map((topic) => ({ topic, partition: -1 }))
    case 'election':
      return plan.partitions
        .filter(({ fate }) => fate === 'moves')
        .map(({ topic, partition }) => ({ topic, partition }))
  }
}

/** How much of a plan is sent: an election counts its partitions, settings count topics alone. */
export function extentOf(plan: Plan): { readonly topics: number; readonly partitions: number } {
  const topics = plan.topics.length
  switch (plan.kind) {
    case 'config':
      return { topics, partitions: 0 }
    case 'election':
      return { topics, partitions: itemsOf(plan).length }
  }
}

function conflictOf(plan: Plan): Conflict | null {
  switch (plan.kind) {
    case 'config':
      return plan.conflict
    case 'election':
      return null
  }
}

function stopped({ by, why }: Extract<ChangeEvent, { type: 'stopped' }>): AppError {
  const { error } = fail(STOPPED[by], why === null ? '' : say('en', why), { text: `stopped-by-${by}` }, false)
  return why === null ? error : { ...error, why }
}

function take(folded: Folded, results: readonly ItemResult[]): void {
  for (const result of results) folded.results.set(itemKey(result.topic, result.partition), result)
}

/** What has no result when a change has ended was never sent. */
function fillNotBegun(folded: Folded): void {
  if (folded.plan === null) return
  for (const { topic, partition } of itemsOf(folded.plan)) {
    const key = itemKey(topic, partition)
    if (!folded.results.has(key))
      folded.results.set(key, { topic, partition, outcome: 'not-begun', error: 0, message: null })
  }
}

function forget(folded: Folded): void {
  folded.validation = null
  folded.confirmation = null
  folded.conflict = null
  folded.problem = null
  folded.results.clear()
}

function apply(folded: Folded, event: ChangeEvent): void {
  switch (event.type) {
    case 'drafted':
      forget(folded)
      folded.draft = event.draft
      folded.undoOf = event.undoOf
      folded.plan = null
      folded.needs = null
      break
    case 'planned':
      forget(folded)
      folded.plan = event.plan
      folded.needs = event.needs
      folded.conflict = conflictOf(event.plan)
      break
    case 'validated':
      folded.validation = event.validation
      break
    case 'confirmed':
      folded.confirmation = event.confirmation
      break
    case 'answered':
    case 'settled':
      take(folded, event.results)
      break
    case 'conflicted':
      folded.conflict = event.conflict
      break
    case 'ended':
      fillNotBegun(folded)
      // All was found carried out after all: the trouble on the way held nothing back.
      if ([...folded.results.values()].every(({ outcome }) => outcome === 'applied' || outcome === 'not-needed'))
        folded.problem = null
      break
    case 'verified':
      folded.verification = event.verification
      break
    case 'watched':
      folded.watching = event.watching
      break
    case 'undone':
      folded.undoneBy = event.by
      if (folded.watching?.outcome === 'running') folded.watching = { ...folded.watching, outcome: 'taken-back' }
      break
    case 'stopped':
      folded.problem = stopped(event)
      break
    case 'applying':
    case 'sending':
    case 'discarded':
      break
  }
}

/**
 * A change is its lines, folded. Rows oldest first, all of one change, at least one; throws WrongOrder when they cannot have been written in
 * this order. `now` decides whether a plan still holds. `progress`
 * is not journalled, and `problem` only where it stopped a change: whoever runs a step adds the rest.
 */
export function foldChange(rows: readonly JournalRow[], now: number, context: FoldContext = ANY_TIME): ChangeView {
  const folded = empty()
  for (const row of rows) {
    const state = stateAfter(folded.state, row.event)
    if (state !== folded.state) folded.since = row.at
    folded.state = state
    apply(folded, row.event)
  }
  const first = rows[0]
  const { state, draft, plan, needs, validation, watching, undoOf } = folded
  if (first === undefined || state === null || draft === null) throw new Error('a change without lines')
  const results = [...folded.results.values()]
  const planHolds = doesPlanHold(plan, now, context.plannedHere)
  return {
    id: first.change,
    cluster: first.cluster,
    clusterName: first.clusterName,
    environment: context.environment,
    createdAt: first.at,
    state,
    since: folded.since,
    undoOf,
    undoneBy: folded.undoneBy,
    draft,
    plan,
    needs,
    validation,
    confirmation: folded.confirmation,
    results,
    verification: folded.verification,
    watching,
    conflict: folded.conflict,
    progress: null,
    next: nextSteps({
      state,
      plan,
      needs,
      validation,
      results,
      watching,
      kind: draft.kind,
      planHolds,
      isUndo: undoOf !== '',
      armed: context.armed,
      running: context.running,
    }),
    problem: folded.problem,
    version: rows.length,
  }
}
