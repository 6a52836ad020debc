/**
 * Long work on behalf of a page: started, followed, cancelled.
 *
 * State: the tasks under way, by id, each with its phase (shared/task-phase.ts), its owner and the number of its last news. A task leaves when
 * its work has ended. Correlation: the page's id. A task whose owner is dropped is cancelled and tells nothing more; `close` cancels
 * all and waits until the work has stopped.
 */
import { stepAbort } from '../change/links/abortable'
import { fail, ok } from '../contract/result'
import type { Result } from '../contract/result'
import type { TaskAnswer, TaskInput, TaskKind, TaskNews, TaskProgress, TaskRequest } from '../contract/tasks'
import { nextTaskPhase } from '../shared/task-phase'
import type { TaskPhase } from '../shared/task-phase'

export interface TaskRun<K extends TaskKind> {
  /** Aborted when the task is cancelled: what is open is closed, and the work ends as soon as it can, by whatever answer. */
  readonly signal: AbortSignal
  readonly progress: (progress: TaskProgress<K>) => void
}

/** The work of one kind. Rejects only for what was not foreseen. */
export type TaskWork<K extends TaskKind> = (input: TaskInput<K>, run: TaskRun<K>) => Promise<Result<TaskAnswer<K>>>
export type TaskWorks = { readonly [K in TaskKind]: TaskWork<K> }

/** Who is told: one page load. */
export interface TaskOwner {
  tell(message: { readonly type: 'task'; readonly news: TaskNews }): void
}

export interface Tasks {
  /** Refuses ('conflict') an id that is under way, and what would be more than `MAX_TASKS` at once. */
  start(owner: TaskOwner, id: string, request: TaskRequest): Result<null>
  /** Answers at once; the end is told when the work has stopped. A task that has ended already is no mistake. */
  cancel(owner: TaskOwner, id: string): void
  drop(owner: TaskOwner): void
  close(): Promise<void>
}

/** A page asks for one or a few; the rest would only wait for the same brokers. */
export const MAX_TASKS = 32

interface Task {
  readonly owner: TaskOwner
  readonly abort: AbortController
  phase: TaskPhase
  seq: number
  dropped: boolean
  ended: Promise<void>
}

export function createTasks(works: TaskWorks, onUnexpected: (kind: TaskKind, cause: unknown) => void): Tasks {
  const tasks = new Map<string, Task>()

  const cancelled = fail('cancelled', 'The task was cancelled')

  function stop(task: Task): void {
    task.phase = nextTaskPhase(task.phase, 'cancel')
    task.abort.abort()
  }

  async function work<K extends TaskKind>(
    task: Task,
    id: string,
    { kind, input }: { readonly kind: K; readonly input: TaskInput<K> },
  ): Promise<void> {
    const tell = (news: (seq: number) => TaskNews<K>): void => {
      if (task.dropped) return
      task.seq += 1
      task.owner.tell({ type: 'task', news: news(task.seq) })
    }
    let end: Result<TaskAnswer<K>>
    try {
      end = await works[kind](input, {
        signal: task.abort.signal,
        progress: (progress) => {
          if (task.phase === 'running') tell((seq) => ({ id, seq, kind, type: 'progress', progress }))
        },
      })
    } catch (cause) {
      if (task.phase === 'running') onUnexpected(kind, cause)
      end = fail('internal', `Highwater could not finish ${kind}. Its log says why.`, { kind })
    }
    task.phase = nextTaskPhase(task.phase, end.ok ? 'done' : 'failed')
    tasks.delete(id)
    const told = task.phase === 'cancelled' ? cancelled : end
    tell((seq) => ({ id, seq, kind, type: 'end', end: told }))
  }

  return {
    start(owner, id, request) {
      if (tasks.has(id)) return fail('conflict', 'A task of this id is under way', { id })
      if (tasks.size >= MAX_TASKS) return fail('conflict', `${MAX_TASKS} tasks are under way`, {}, true)
      const task: Task = {
        owner,
        abort: stepAbort(),
        phase: 'running',
        seq: 0,
        dropped: false,
        ended: Promise.resolve(),
      }
      tasks.set(id, task)
      task.ended = work(task, id, request)
      return ok(null)
    },
    cancel(owner, id) {
      const task = tasks.get(id)
      if (task?.owner === owner) stop(task)
    },
    drop(owner) {
      for (const task of tasks.values()) {
        if (task.owner !== owner) continue
        task.dropped = true
        stop(task)
      }
    },
    async close() {
      const all = [...tasks.values()]
      for (const task of all) stop(task)
      await Promise.all(all.map(({ ended }) => ended))
    },
  }
}
