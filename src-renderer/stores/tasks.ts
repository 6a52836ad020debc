import type { Result } from '@contract/result'
import type { TaskAnswer, TaskKind, TaskNews, TaskProgress, TaskRequest } from '@contract/tasks'
import type { TaskEvent, TaskPhase } from '@shared/task-phase'
import { isUnderWay, nextTaskPhase } from '@shared/task-phase'
import { defineStore } from 'pinia'
import type { Ref } from 'vue'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { useBridge } from '../bridge/bridge'

const isNewsOf = <K extends TaskKind>(request: TaskRequest<K>, news: TaskNews): news is TaskNews<K> =>
  news.kind === request.kind

interface Started<K extends TaskKind> {
  /** Resolves at the end; 'cancelled' once the work has stopped. Never rejects. */
  readonly end: Promise<Result<TaskAnswer<K>>>
  readonly cancel: () => void
}

/**
 * Long work that the main process does for this page. State: the tasks under way, by id, each with its phase; one leaves when its end is told,
 * or its start is refused. Correlation: ids of our own, listened to before the start is asked for.
 */
export const useTasksStore = defineStore('tasks', () => {
  const { calls, onPush } = useBridge()
  const listeners = new Map<string, (news: TaskNews) => void>()
  const phases = shallowRef<ReadonlyMap<string, TaskPhase>>(new Map())
  onPush((message) => {
    if (message.type === 'task') listeners.get(message.news.id)?.(message.news)
  })

  function move(id: string, event: TaskEvent): void {
    const next = nextTaskPhase(phases.value.get(id) ?? 'running', event)
    const others = [...phases.value].filter(([other]) => other !== id)
    phases.value = new Map(isUnderWay(next) ? [...others, [id, next]] : others)
  }
  function cancel(id: string): void {
    if (phases.value.get(id) !== 'running') return
    move(id, 'cancel')
    void calls['task:cancel']({ id })
  }
  function start<K extends TaskKind>(
    request: TaskRequest & TaskRequest<K>,
    take: (progress: TaskProgress<K>) => void,
  ): Started<K> {
    const id = crypto.randomUUID()
    move(id, 'progress')
    const end = new Promise<Result<TaskAnswer<K>>>((resolve) => {
      const finish = (answer: Result<TaskAnswer<K>>): void => {
        listeners.delete(id)
        move(id, answer.ok ? 'done' : 'failed')
        resolve(answer)
      }
      listeners.set(id, (news) => {
        if (!isNewsOf<K>(request, news)) return
        if (news.type === 'end') finish(news.end)
        else if (phases.value.get(id) === 'running') take(news.progress)
      })
      void calls['task:start']({ id, task: request }).then((answer) => {
        if (!answer.ok) finish(answer)
      })
    })
    return { end, cancel: () => cancel(id) }
  }
  /** Something is running that Escape would cancel. */
  const cancellable = computed(() => [...phases.value.values()].includes('running'))
  const cancelAll = (): void => [...phases.value.keys()].forEach(cancel)
  return { start, cancellable, cancelAll }
})

export interface TaskHandle<K extends TaskKind> {
  /** From the start until the work has really ended, also while it is being cancelled. */
  readonly running: Readonly<Ref<boolean>>
  /** Begins, after cancelling what it began before: of that nothing more is told, and its promise resolves when it has stopped. */
  run(request: TaskRequest & TaskRequest<K>, take: (progress: TaskProgress<K>) => void): Promise<Result<TaskAnswer<K>>>
  cancel(): void
}

/** One task at a time of one component; cancelled when the component goes. Call it in the component's setup. */
export function useTask<K extends TaskKind>(): TaskHandle<K> {
  const tasks = useTasksStore()
  const running = shallowRef(false)
  let current: Started<K> | null = null
  let runs = 0
  const cancel = (): void => current?.cancel()
  onScopeDispose(cancel)
  return {
    running,
    cancel,
    async run(request, take) {
      cancel()
      const mine = ++runs
      running.value = true
      current = tasks.start(request, (progress) => {
        if (mine === runs) take(progress)
      })
      const answer = await current.end
      if (mine === runs) running.value = false
      return answer
    },
  }
}
