import type { Incident } from '@contract/history'
import type { AppError } from '@contract/result'
import { storeToRefs } from 'pinia'
import type { ComputedRef, ShallowRef } from 'vue'
import { computed, shallowRef, watch } from 'vue'
import { useBridge } from '../../bridge/bridge'
import { useClusterStore } from '../../stores/cluster'
import { useHistoryStore } from '../../stores/history'

export interface OneIncident {
  readonly incident: ComputedRef<Incident | null>
  /** It is kept nowhere, or cannot be read. */
  readonly missing: ComputedRef<boolean>
  readonly problem: ShallowRef<AppError | null>
  readonly reload: () => Promise<void>
}

/** One incident: of the list that is read anyway, or, as it is further back, asked for by its number. An answer for another number is not taken. */
export function useIncident(id: () => number): OneIncident {
  const { calls } = useBridge()
  const { cluster } = storeToRefs(useClusterStore())
  const { incidents, state } = storeToRefs(useHistoryStore())
  const asked = shallowRef<{ readonly id: number; readonly incident: Incident | null } | null>(null)
  const problem = shallowRef<AppError | null>(null)
  const listed = computed(() => incidents.value.find((one) => one.id === id()) ?? null)
  const fetched = computed(() => (asked.value?.id === id() ? asked.value : null))

  async function reload(): Promise<void> {
    const mine = id()
    const of = cluster.value?.id ?? ''
    const answer = await calls['history:incident']({ cluster: of, id: mine })
    if (mine !== id() || of !== cluster.value?.id) return
    problem.value = answer.ok ? null : answer.error
    if (answer.ok) asked.value = { id: mine, incident: answer.value.incident }
  }
  watch(
    [() => cluster.value?.id, id, () => state.value === 'ready' && listed.value === null],
    ([, , unknown]) => {
      asked.value = null
      problem.value = null
      if (unknown) void reload()
    },
    { immediate: true },
  )
  return {
    incident: computed(() => listed.value ?? fetched.value?.incident ?? null),
    missing: computed(() => listed.value === null && fetched.value?.incident === null),
    problem,
    reload,
  }
}
