import type { TopicConfigView } from '@contract/config'
import type { AppError } from '@contract/result'
import { storeToRefs } from 'pinia'
import type { Ref, ShallowRef } from 'vue'
import { ref, shallowRef, watch } from 'vue'
import { useBridge } from '../../../bridge/bridge'
import { useClusterStore } from '../../../stores/cluster'

export interface TopicConfigState {
  /** The last answer about this topic; kept while it is read again and when that fails. */
  readonly answer: ShallowRef<TopicConfigView | null>
  readonly problem: ShallowRef<AppError | null>
  readonly busy: Ref<boolean>
  /** As a person wants it: also what was refused. */
  readonly read: () => Promise<void>
}

/**
 * Settings of one topic: read at once, again when the cluster answers again or the topic that was not seen is, and every `everyMs` where given (by the
 * page's clock, which stands still while nobody looks). A late answer about another topic is dropped.
 */
export function useTopicConfig(topic: () => string, everyMs = Infinity): TopicConfigState {
  const { calls } = useBridge()
  const { cluster, status, now, view } = storeToRefs(useClusterStore())
  const answer = shallowRef<TopicConfigView | null>(null)
  const problem = shallowRef<AppError | null>(null)
  const busy = ref(false)
  let asked = 0
  let askedAt = 0

  async function ask(again: boolean): Promise<void> {
    if (cluster.value === null || topic() === '') return
    const mine = ++asked
    askedAt = now.value
    busy.value = true
    const result = await calls['config:topic']({ cluster: cluster.value.id, topic: topic(), again })
    if (mine !== asked) return
    busy.value = false
    problem.value = result.ok ? null : result.error
    if (result.ok) answer.value = result.value
  }
  watch(
    [() => cluster.value?.id, topic],
    () => {
      asked += 1
      busy.value = false
      answer.value = null
      problem.value = null
      void ask(false)
    },
    { immediate: true },
  )
  watch(
    () => status.value?.phase,
    (phase, before) => {
      if (phase === 'live' && before !== 'paused' && before !== undefined) void ask(false)
    },
  )
  watch(
    () => view.value?.frame.topics,
    () => {
      if (problem.value?.detail['text'] === 'not-seen' && !busy.value) void ask(false)
    },
  )
  watch(now, () => {
    if (!busy.value && now.value - askedAt >= everyMs && status.value?.phase === 'live') void ask(false)
  })
  return { answer, problem, busy, read: () => ask(true) }
}
