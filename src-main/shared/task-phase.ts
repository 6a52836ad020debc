/**
 * The life of a task, the same on both sides: the main process moves by what the work does, the window by what it is told.
 *
 * running ─ cancel ─▶ cancelling ─ done or failed ─▶ cancelled
 * running ─ done ─▶ done, running ─ failed ─▶ failed
 *
 * A cancelled task is 'cancelling' until its work has really ended: only then are its sockets closed and its loop over. What the work still
 * tells meanwhile, its answer too, is dropped: nobody waits for it.
 */
export const TASK_PHASES = ['running', 'cancelling', 'done', 'failed', 'cancelled'] as const
export type TaskPhase = (typeof TASK_PHASES)[number]
/** What may happen to a task, in any phase. */
export const TASK_EVENTS = ['progress', 'cancel', 'done', 'failed'] as const
export type TaskEvent = (typeof TASK_EVENTS)[number]

const NEXT: Readonly<Record<'running' | 'cancelling', Readonly<Record<TaskEvent, TaskPhase>>>> = {
  running: { progress: 'running', cancel: 'cancelling', done: 'done', failed: 'failed' },
  cancelling: { progress: 'cancelling', cancel: 'cancelling', done: 'cancelled', failed: 'cancelled' },
}

/** Work is still going on, or on its way to stop. */
export const isUnderWay = (phase: TaskPhase): phase is 'running' | 'cancelling' =>
  phase === 'running' || phase === 'cancelling'

/** What ended stays as it ended. */
export const nextTaskPhase = (phase: TaskPhase, event: TaskEvent): TaskPhase =>
  isUnderWay(phase) ? NEXT[phase][event] : phase
