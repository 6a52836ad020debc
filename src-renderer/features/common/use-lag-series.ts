import type { Watch } from '@contract/ipc'
import type { LagSeries, LivePoint } from '@contract/live'
import { subjectOf } from '@contract/subject'
import { storeToRefs } from 'pinia'
import type { ComputedRef, ShallowRef } from 'vue'
import { computed, onScopeDispose, shallowRef, watch as observe } from 'vue'
import { useClusterStore } from '../../stores/cluster'

/** ISR events and what was missed while hidden come with the history, so it is fetched again this often. */
const REFETCH_MS = 5000

/**
 * History and live points of one chart subject while the caller lives: watches it, fetches its series, and again every few seconds. An
 * answer that comes after the subject changed is dropped; points of another subject are left out.
 */
export function useLagSeries(subject: () => Watch): {
  series: ShallowRef<LagSeries | null>
  points: ComputedRef<readonly LivePoint[]>
} {
  const store = useClusterStore()
  const { cluster, points, now } = storeToRefs(store)
  const series = shallowRef<LagSeries | null>(null)
  const key = computed(() => `${cluster.value?.id ?? ''} ${JSON.stringify(subject())}`)
  let release = (): void => undefined

  async function fetch(): Promise<void> {
    const asked = key.value
    const answer = await store.series(subject())
    if (asked === key.value && answer.ok) series.value = answer.value
  }
  observe(
    key,
    () => {
      release()
      release = store.watchChart(subject())
      series.value = null
      void fetch()
    },
    { immediate: true },
  )
  observe(
    () => Math.floor(now.value / REFETCH_MS),
    () => void fetch(),
  )
  onScopeDispose(() => release())

  const wanted = computed(() => subjectOf(subject()))
  const mine = computed(() => points.value.filter((point) => point.subject === wanted.value))
  return { series, points: mine }
}
