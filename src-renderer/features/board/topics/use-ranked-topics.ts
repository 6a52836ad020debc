import type { Ref, ShallowRef } from 'vue'
import { computed, shallowRef, watch } from 'vue'
import type { FrameView } from '../../../stores/frame-view'
import type { TopicFigures } from '../../topics/topic-columns'
import { nameRanks } from '../../topics/topic-order'
import { useTopicFigures } from '../../topics/use-topic-figures'
import type { RankedTopics } from './topic-rank'
import { isSameRanking, rankTopics } from './topic-rank'

/** Ranking again may take a tenth of the time at most. */
const SHARE = 10

/** The topics of the open cluster worst first, kept current with the pushes. */
export function useRankedTopics(
  view: Ref<FrameView | null>,
  version: Ref<number>,
): { figures: ShallowRef<TopicFigures | null>; ranked: ShallowRef<RankedTopics> } {
  const figures = useTopicFigures(view)
  const names = computed(() => view.value?.frame.topics.names ?? [])
  const ranks = computed(() => nameRanks(names.value))
  const ranked = shallowRef<RankedTopics>({ order: new Uint32Array(0), troubled: 0, unread: 0 })
  let notBefore = 0
  function rank(): void {
    if (figures.value === null) return
    const began = performance.now()
    const found = rankTopics(figures.value, ranks.value)
    // Mostly nothing has moved, and a list that is the same need not be laid out again.
    if (!isSameRanking(ranked.value, found)) ranked.value = found
    const ended = performance.now()
    notBefore = ended + SHARE * (ended - began)
  }
  watch(() => view.value?.epoch, rank, { immediate: true })
  watch(version, () => {
    if (performance.now() >= notBefore) rank()
  })
  return { figures, ranked }
}
