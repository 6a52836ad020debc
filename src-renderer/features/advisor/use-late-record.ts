import type { LateRecord } from '@contract/advisor'
import type { AppError } from '@contract/result'
import { storeToRefs } from 'pinia'
import type { ShallowRef } from 'vue'
import { onBeforeUnmount, shallowRef, watch } from 'vue'
import { useBridge } from '../../bridge/bridge'
import { useClusterStore } from '../../stores/cluster'
import { useHistoryStore } from '../../stores/history'

const AGAIN_MS = 15_000

/** What is kept of the open cluster, asked again every 15 s; what was read stays on screen when a question fails. An answer of another cluster, or of an earlier question, is not taken. */
export function useLateRecord(): {
  readonly record: ShallowRef<LateRecord | null>
  /** When it was answered, NaN = not yet. */
  readonly readAt: ShallowRef<number>
  readonly problem: ShallowRef<AppError | null>
} {
  const { calls } = useBridge()
  const { cluster, now } = storeToRefs(useClusterStore())
  const { state } = storeToRefs(useHistoryStore())
  const record = shallowRef<LateRecord | null>(null)
  const problem = shallowRef<AppError | null>(null)
  const readAt = shallowRef(Number.NaN)
  let asked = 0
  onBeforeUnmount(() => (asked += 1))

  async function ask(id: string): Promise<void> {
    const mine = ++asked
    const answer = await calls['advisor:record']({ cluster: id })
    if (mine !== asked) return
    problem.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    record.value = answer.value
    readAt.value = now.value
  }
  watch(
    () => cluster.value?.id,
    () => {
      asked += 1
      record.value = null
      problem.value = null
    },
  )
  watch(
    [() => cluster.value?.id, () => state.value !== 'unread', () => Math.floor(now.value / AGAIN_MS)],
    ([id, readable]) => {
      if (id !== undefined && readable) void ask(id)
    },
    { immediate: true },
  )
  return { record, readAt, problem }
}
