import type { Ref, ShallowRef } from 'vue'
import { computed, shallowRef, watch } from 'vue'
import type { FrameView } from '../../stores/frame-view'
import type { TableSort } from '../../ui/table-column'
import type { TopicFigures } from './topic-columns'
import type { TopicFilter } from './topic-order'
import { matchingTopics, nameRanks, sortTopics } from './topic-order'
import { useTopicFigures } from './use-topic-figures'

/**
 * Figures and order of the Topics table; the order of
 * names and the lower-case names are made once per epoch. `orderKey` changes when a person asked for another order.
 */
export function useTopicRows(
  view: Ref<FrameView | null>,
  version: Ref<number>,
  filter: () => TopicFilter,
  sort: Ref<TableSort>,
): { figures: ShallowRef<TopicFigures | null>; rows: ShallowRef<Uint32Array>; orderKey: Ref<string> } {
  const figures = useTopicFigures(view)

  const names = computed(() => view.value?.frame.topics.names ?? [])
  const lower = computed(() => names.value.map((name) => name.toLowerCase()))
  const ranks = computed(() => nameRanks(names.value))
  const rows = shallowRef<Uint32Array>(new Uint32Array(0))
  const orderKey = computed(() => JSON.stringify([view.value?.epoch, filter(), sort.value]))
  /**
   * Ordering again may take a tenth of the time at most: at 200,000 topics that is every half second or so, below that
   * every push.
   */
  let notBefore = 0
  function order(): void {
    if (view.value === null || figures.value === null) return
    const began = performance.now()
    rows.value = sortTopics(
      matchingTopics(view.value, lower.value, figures.value, filter()),
      view.value,
      figures.value,
      ranks.value,
      sort.value,
    )
    const ended = performance.now()
    notBefore = ended + 10 * (ended - began)
  }
  watch(orderKey, order, { immediate: true })
  watch(version, () => {
    if (performance.now() >= notBefore) order()
  })
  return { figures, rows, orderKey }
}
