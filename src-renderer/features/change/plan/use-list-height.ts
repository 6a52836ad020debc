import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useRowHeight } from '../../../ui/row-height'

const MOST_ROWS = 12
/** Head, borders, and a scroll bar along the bottom where the columns do not fit. */
const AROUND = 44

/** Pixels for a virtual table among other parts of a card: as high as its rows, up to a dozen of them. */
export function useListHeight(count: () => number): ComputedRef<number> {
  const rowHeight = useRowHeight()
  return computed(() => Math.min(Math.max(1, count()), MOST_ROWS) * rowHeight.value + AROUND)
}
