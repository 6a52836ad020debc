import { storeToRefs } from 'pinia'
import type { Ref, ShallowRef } from 'vue'
import { computed, shallowRef, watch } from 'vue'
import { useBridge } from '../../../bridge/bridge'
import { useClusterStore } from '../../../stores/cluster'
import type { TopicLine } from './topic-samples'
import { SPAN_MS, STEP_MS, topicLine } from './topic-samples'

/** More rows than a screen shows. */
const MOST = 60

/**
 * Rate and lag of the topics in sight, by name, asked of what is kept each time a sample is due. Correlation: the cluster's id and the number of the question; answers to
 * an earlier one are not taken. A topic of which nothing could be read is not in it.
 */
export function useTopicSamples(names: Ref<readonly string[]>): ShallowRef<ReadonlyMap<string, TopicLine>> {
  const { calls } = useBridge()
  const { cluster, now, stale, status } = storeToRefs(useClusterStore())
  const lines = shallowRef<ReadonlyMap<string, TopicLine>>(new Map())
  const id = computed(() => cluster.value?.id ?? '')
  let asked = 0

  async function read(): Promise<void> {
    const mine = ++asked
    const [of, until] = [id.value, now.value]
    if (of === '' || !Number.isFinite(until)) return
    const found = new Map<string, TopicLine>()
    for (const topic of names.value.slice(0, MOST)) {
      const subject = { kind: 'topic', topic } as const
      const answer = await calls['history:samples']({
        cluster: of,
        subject,
        from: Math.max(0, until - SPAN_MS),
        until,
        resolutionMs: STEP_MS,
      })
      if (mine !== asked) return
      if (answer.ok) found.set(topic, topicLine(answer.value, until, status.value?.since ?? Infinity))
    }
    lines.value = found
  }
  watch(id, () => {
    asked += 1
    lines.value = new Map()
  })
  // By what is in the list: the table tells it anew with every push.
  watch(
    [() => (stale.value ? 0 : Math.floor(now.value / STEP_MS)), () => names.value.join(' '), id],
    () => void read(),
    {
      immediate: true,
    },
  )
  return lines
}
