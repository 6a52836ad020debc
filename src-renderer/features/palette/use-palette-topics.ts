import { storeToRefs } from 'pinia'
import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useClusterStore } from '../../stores/cluster'
import { usePastStore } from '../../stores/past'

export interface PaletteTopics {
  readonly names: readonly string[]
  /** Lower case, same order. */
  readonly lower: readonly string[]
  /** Number of partitions; NaN = not known. */
  readonly partitions: readonly number[]
  /** From this index on: known of the past moment on screen, and not there now. */
  readonly pastFrom: number
  readonly indexOf: ReadonlyMap<string, number>
}

/**
 * Topics of the newest picture and, while a moment of the past is looked at, those of then too: one that was deleted since is what people look
 * for there. Names are read once per topology.
 */
export function usePaletteTopics(): ComputedRef<PaletteTopics> {
  const { view } = storeToRefs(useClusterStore())
  const { at, board } = storeToRefs(usePastStore())
  const live = computed(() => view.value?.frame.topics ?? null)
  const then = computed(() => (at.value !== null && board.value.is === 'shown' ? board.value.shown.lines : []))
  return computed(() => {
    const table = live.value
    const names = [...(table?.names ?? [])]
    const partitions = names.map((_, at) => table!.start[at + 1]! - table!.start[at]!)
    const indexOf = new Map(names.map((name, index) => [name, index]))
    const pastFrom = names.length
    for (const line of then.value) {
      if (indexOf.has(line.topic)) continue
      indexOf.set(line.topic, names.length)
      names.push(line.topic)
      partitions.push(line.partitions)
    }
    return { names, lower: names.map((name) => name.toLowerCase()), partitions, pastFrom, indexOf }
  })
}
