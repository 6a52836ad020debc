import { storeToRefs } from 'pinia'
import type { ShallowRef } from 'vue'
import { shallowRef, watch } from 'vue'
import { useClusterStore } from '../../stores/cluster'
import type { FrameView } from '../../stores/frame-view'

/** Beyond so many partitions what goes through all of them is not done at every push. */
const MANY = 20_000

/** The view of the open cluster, for what reads every partition: of a large one a new object at most every `slowMs`, and at once when the topology is another. */
export function usePacedView(slowMs: number): ShallowRef<FrameView | null> {
  const { view, version, now } = storeToRefs(useClusterStore())
  const paced = shallowRef(view.value)
  let takenAt = now.value
  watch([version, view], () => {
    const next = view.value
    const isDue =
      next === null ||
      next.frame.partition.length <= MANY ||
      next.epoch !== paced.value?.epoch ||
      next.cluster !== paced.value.cluster ||
      Math.abs(now.value - takenAt) >= slowMs
    if (!isDue) return
    takenAt = now.value
    paced.value = next
  })
  return paced
}
