/**
 * Long work, as tasks: `task:start` begins one, news of it come over the frame port, `task:cancel` ends it. Correlation: `id`, made by the
 * page, so that it listens before anything can be told; `seq`, +1 per news of a task, from 1. The news of kind 'end' is the last one.
 * A task belongs to the page load that began it and is cancelled when that goes away.
 */
import type { AuditView } from './audit'
import type { ConfigColumn } from './config'
import type { ClusterProfile, ClusterSecrets, DoctorReport, DoctorStep } from './profiles'
import type { AppError, Result } from './result'

/** How far the reading of a column is: counts of topics, and what the newest batch brought. */
export type ColumnProgress = { readonly done: number; readonly total: number } & (
  | { readonly batch: 'none' }
  | { readonly batch: 'read'; readonly column: ConfigColumn }
  /** `topics` were asked for and are counted as done; `first` of them, by name. */
  | { readonly batch: 'unread'; readonly topics: number; readonly first: string; readonly problem: AppError }
)

/** Topics whose settings are in, then rules that have looked, of all. */
export interface AuditProgress {
  readonly step: 'reading' | 'judging'
  readonly done: number
  readonly total: number
}

/** By kind: what it is given, what it tells on its way (`progress`), and what it answers at its end. */
export interface TaskKinds {
  /** The connection doctor; `progress`: each step as it ends, from 'address' on again for every further address. */
  'connection-test': {
    readonly input: { readonly profile: ClusterProfile; readonly secrets: ClusterSecrets }
    readonly progress: DoctorStep
    readonly answer: DoctorReport
  }
  /** One setting of many topics; `topics` null: of all topics of the newest picture. `left`: topics that were not asked any more. */
  'config-column': {
    readonly input: { readonly cluster: string; readonly key: string; readonly topics: readonly string[] | null }
    readonly progress: ColumnProgress
    readonly answer: { readonly left: number }
  }
  /** Every rule of the audit over the whole cluster; kept at its end. */
  readonly audit: {
    readonly input: { readonly cluster: string }
    readonly progress: AuditProgress
    readonly answer: AuditView
  }
}
export type TaskKind = keyof TaskKinds
export type TaskInput<K extends TaskKind> = TaskKinds[K]['input']
export type TaskProgress<K extends TaskKind> = TaskKinds[K]['progress']
export type TaskAnswer<K extends TaskKind> = TaskKinds[K]['answer']

export type TaskRequest<K extends TaskKind = TaskKind> = {
  readonly [P in K]: { readonly kind: P; readonly input: TaskInput<P> }
}[K]

/** `end`: the answer, or why there is none; 'cancelled' once the work has really stopped. */
export type TaskNews<K extends TaskKind = TaskKind> = {
  readonly id: string
  readonly seq: number
  readonly kind: K
} & (
  | { readonly type: 'progress'; readonly progress: TaskProgress<K> }
  | { readonly type: 'end'; readonly end: Result<TaskAnswer<K>> }
)
