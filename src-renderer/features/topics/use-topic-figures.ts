import type { Ref, ShallowRef } from 'vue'
import { shallowRef, watch } from 'vue'
import type { FrameView } from '../../stores/frame-view'
import type { TopicFigures } from './topic-columns'
import { topicFigures } from './topic-columns'

/** Figures of every topic; they follow each push (only touched topics are summed again, in place). */
export function useTopicFigures(view: Ref<FrameView | null>): ShallowRef<TopicFigures | null> {
  const figures = shallowRef<TopicFigures | null>(null)
  // Synchronous: each push names only its own rows, so none may be skipped.
  watch(view, (next) => (figures.value = next === null ? null : topicFigures(next, figures.value)), {
    immediate: true,
    flush: 'sync',
  })
  return figures
}
