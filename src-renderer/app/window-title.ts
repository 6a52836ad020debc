import { storeToRefs } from 'pinia'
import { watch } from 'vue'
import { useBridge } from '../bridge/bridge'
import { useClusterStore } from '../stores/cluster'

/** Name and environment of the open cluster in the window's title and task bar. */
export function useWindowTitle(): void {
  const { calls } = useBridge()
  const { cluster } = storeToRefs(useClusterStore())
  watch(
    cluster,
    (open) => void calls['window:title']({ cluster: open?.name ?? '', environment: open?.environment ?? '' }),
    { immediate: true },
  )
}
