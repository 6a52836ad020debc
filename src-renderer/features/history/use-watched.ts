import type { Watched } from '@contract/history'
import type { AppError } from '@contract/result'
import { storeToRefs } from 'pinia'
import type { ComputedRef, ShallowRef } from 'vue'
import { computed, shallowRef, watch } from 'vue'
import { useBridge } from '../../bridge/bridge'
import { useClusterStore } from '../../stores/cluster'
import { useHistoryStore } from '../../stores/history'
import { gapsOf, type Gap } from './watched'

const AGAIN_MS = 60_000

export interface WatchedTime {
  /** The newest answer; until there is one nothing is known of what was watched. */
  readonly watched: ShallowRef<readonly Watched[] | null>
  readonly problem: ShallowRef<AppError | null>
  /** Time that `gaps` are of. */
  readonly from: ComputedRef<number>
  readonly until: ShallowRef<number>
  readonly gaps: ComputedRef<readonly Gap[]>
}

/**
 * What was watched of the last `spanMs` of the open cluster, asked again every minute and when the span changes. `all`: what is kept of before is asked for too. An answer of an earlier
 * question, or of another cluster, is not taken.
 */
export function useWatched(spanMs: () => number, all = false): WatchedTime {
  const { calls } = useBridge()
  const { cluster, now } = storeToRefs(useClusterStore())
  const { state } = storeToRefs(useHistoryStore())
  const watched = shallowRef<readonly Watched[] | null>(null)
  const problem = shallowRef<AppError | null>(null)
  const until = shallowRef(Number.NaN)
  let asked = 0

  async function ask(): Promise<void> {
    const mine = ++asked
    const at = now.value
    const from = all ? 0 : at - spanMs()
    const answer = await calls['history:watched']({ cluster: cluster.value?.id ?? '', from, until: at })
    if (mine !== asked) return
    problem.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    watched.value = answer.value.watched
    until.value = at
  }
  watch(
    () => cluster.value?.id,
    () => {
      asked += 1
      watched.value = null
    },
  )
  watch(
    [() => cluster.value?.id, () => state.value !== 'unread', spanMs, () => Math.floor(now.value / AGAIN_MS)],
    ([id, readable]) => {
      if (id !== undefined && readable) void ask()
    },
    { immediate: true },
  )
  const from = computed(() => until.value - spanMs())
  const gaps = computed(() => (watched.value === null ? [] : gapsOf(watched.value, from.value, until.value)))
  return { watched, problem, from, until, gaps }
}
