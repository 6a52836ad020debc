import type { HighwaterBridge } from '@contract/ipc'
import type { AppError, Result } from '@contract/result'
import { storeToRefs } from 'pinia'
import type { ShallowRef } from 'vue'
import { shallowRef, watch } from 'vue'
import { useBridge } from '../../bridge/bridge'
import { useClusterStore } from '../../stores/cluster'

const AGAIN_MS = 1_000

export interface ToldRef<T> {
  /** null = not here yet. */
  readonly told: Readonly<ShallowRef<T | null>>
  readonly problem: Readonly<ShallowRef<AppError | null>>
}

/**
 * What the main process knows of the open cluster beside its picture: asked for once a second while the page is seen, which asks no broker anything. One question at a
 * time; an answer about a cluster that is not open any more is dropped.
 */
export function useTold<T>(ask: (calls: HighwaterBridge, cluster: string) => Promise<Result<T>>): ToldRef<T> {
  const { calls } = useBridge()
  const { cluster, now } = storeToRefs(useClusterStore())
  const told = shallowRef<T | null>(null)
  const problem = shallowRef<AppError | null>(null)
  let busy = ''

  async function read(id: string): Promise<void> {
    if (busy === id) return
    busy = id
    const answer = await ask(calls, id)
    if (busy === id) busy = ''
    if (id !== cluster.value?.id) return
    problem.value = answer.ok ? null : answer.error
    if (answer.ok) told.value = answer.value
  }

  watch(
    [() => cluster.value?.id ?? '', () => Math.floor(now.value / AGAIN_MS)] as const,
    ([id], before) => {
      if (id !== before[0]) told.value = null
      if (id !== '') void read(id)
    },
    { immediate: true },
  )
  return { told, problem }
}
