import { storeToRefs } from 'pinia'
import type { ShallowRef } from 'vue'
import { shallowRef, watch } from 'vue'
import { useClusterStore } from '../../stores/cluster'
import type { TableSort } from '../../ui/table-column'
import type { TroubleFilter } from './trouble-rows'
import { troubleView } from './trouble-rows'
import { useSay } from './use-say'

/** Beyond this the list is ordered again once a second, not at every push. */
const MANY = 20_000
const SLOW_MS = 1000

/** The trouble list of the open cluster, kept current with the pushes, the filter and the sort. */
export function useTrouble(
  filter: () => TroubleFilter,
  sort: () => TableSort,
): ShallowRef<{ rows: Uint32Array; all: number }> {
  const say = useSay()
  const { view, version, now } = storeToRefs(useClusterStore())
  const result = shallowRef<{ rows: Uint32Array; all: number }>({ rows: new Uint32Array(0), all: 0 })
  let computedAt = 0
  const compute = (): void => {
    computedAt = now.value
    if (view.value !== null) result.value = troubleView(say.value, view.value, filter(), sort(), now.value)
  }
  watch([filter, sort, say, () => view.value?.epoch], compute, { immediate: true, deep: true })
  watch(version, () => {
    if (result.value.all < MANY || now.value - computedAt >= SLOW_MS) compute()
  })
  return result
}
