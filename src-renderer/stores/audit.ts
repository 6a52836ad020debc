import type { AuditView } from '@contract/audit'
import type { Input } from '@contract/ipc'
import type { AppError } from '@contract/result'
import type { Result } from '@contract/result'
import type { AuditProgress } from '@contract/tasks'
import { defineStore, storeToRefs } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useBridge } from '../bridge/bridge'
import { useClusterStore } from './cluster'
import { useTasksStore } from './tasks'

/**
 * The audit of the open cluster: how it stands by its last run, and the one that is under way, which goes on while other pages are looked at. What is told of another cluster
 * than the open one is dropped.
 */
export const useAuditStore = defineStore('audit', () => {
  const { calls } = useBridge()
  const tasks = useTasksStore()
  const { cluster, summary } = storeToRefs(useClusterStore())
  const view = shallowRef<AuditView | null>(null)
  /** Why the last reading, or the last run, brought nothing. */
  const problem = shallowRef<{ readonly of: 'read' | 'run'; readonly error: AppError } | null>(null)
  const progress = shallowRef<AuditProgress | null>(null)
  const running = computed(() => progress.value !== null)
  const id = computed(() => cluster.value?.id ?? '')
  let cancelRun: (() => void) | null = null

  function take(asked: string, of: 'read' | 'run', answer: Result<AuditView>): AppError | null {
    if (asked !== id.value) return null
    if (answer.ok) view.value = answer.value
    problem.value = answer.ok || answer.error.code === 'cancelled' ? null : { of, error: answer.error }
    return answer.ok ? null : answer.error
  }

  async function load(): Promise<void> {
    const asked = id.value
    if (asked !== '') take(asked, 'read', await calls['audit:read']({ cluster: asked }))
  }

  async function run(): Promise<void> {
    const asked = id.value
    if (asked === '' || running.value) return
    problem.value = null
    progress.value = { step: 'reading', done: 0, total: 0 }
    const started = tasks.start<'audit'>({ kind: 'audit', input: { cluster: asked } }, (news) => {
      if (asked === id.value) progress.value = news
    })
    cancelRun = started.cancel
    const answer = await started.end
    if (asked !== id.value) return
    cancelRun = null
    progress.value = null
    take(asked, 'run', answer)
  }

  /** null, or why it could not be kept. */
  async function accept(acceptance: Omit<Input<'audit:accept'>, 'cluster'>): Promise<AppError | null> {
    const asked = id.value
    const answer = await calls['audit:accept']({ cluster: asked, ...acceptance })
    if (answer.ok) take(asked, 'read', answer)
    return answer.ok ? null : answer.error
  }

  async function withdraw(acceptance: number): Promise<AppError | null> {
    const asked = id.value
    const answer = await calls['audit:withdraw']({ cluster: asked, acceptance })
    if (answer.ok) take(asked, 'read', answer)
    return answer.ok ? null : answer.error
  }

  watch(
    id,
    () => {
      cancelRun?.()
      cancelRun = null
      progress.value = null
      view.value = null
      problem.value = null
      void load()
    },
    { immediate: true },
  )
  // One that is just being opened is not there to be asked yet.
  watch(
    () => summary.value !== null,
    (isRead) => {
      if (isRead && view.value === null && problem.value?.of === 'read') void load()
    },
  )
  return { view, problem, progress, running, load, run, cancel: () => cancelRun?.(), accept, withdraw }
})
