import type { LivePartition } from '@contract/live'
import { storeToRefs } from 'pinia'
import type { ComputedRef, ShallowRef } from 'vue'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useClusterStore } from '../../stores/cluster'
import { keptReadings } from './kept-readings'

export interface PartitionOnPage {
  /** Newest live reading of this partition; kept as the last picture when the topic goes. */
  readonly live: ShallowRef<LivePartition | null>
  readonly there: ComputedRef<boolean>
  /** It was here while the page was open, and is not any more. */
  readonly deleted: ComputedRef<boolean>
  /** What was read of it at a moment while the page was open, null = nothing was. */
  readonly then: (at: number) => LivePartition | null
}

/** Watches a partition while the caller lives. What is pushed for another one, left over from the page before, is not taken. */
export function useLivePartition(topic: () => string, partition: () => number): PartitionOnPage {
  const store = useClusterStore()
  const { cluster, live: pushed, view } = storeToRefs(store)
  const live = shallowRef<LivePartition | null>(null)
  /** Newest one in which no broker said that it does not hold the partition. */
  let held: LivePartition | null = null
  const readings = keptReadings()
  const seen = shallowRef(false)
  const there = computed(() => view.value !== null && view.value.rowOf(topic(), partition()) >= 0)
  let release = (): void => undefined
  watch(
    [() => cluster.value?.id, topic, partition],
    () => {
      release()
      release = store.watchPartition({ topic: topic(), partition: partition() })
      live.value = null
      held = null
      readings.forget()
      seen.value = there.value
    },
    { immediate: true },
  )
  onScopeDispose(() => release())
  watch(
    pushed,
    (next) => {
      if (next === null || next.topic !== topic() || next.partition !== partition()) return
      live.value = next
      readings.add(next)
      if (next.replicas.every(({ reason }) => reason !== 'not-a-replica')) held = next
    },
    { immediate: true },
  )
  watch(
    there,
    (now) => {
      if (now) seen.value = true
    },
    { immediate: true },
  )
  const deleted = computed(() => seen.value && view.value !== null && !there.value)
  watch(deleted, (gone) => {
    // Its brokers say that they do not hold it before Metadata says that it is gone: that is its end, and not its last picture.
    if (gone && held !== null) live.value = held
  })
  return { live, there, deleted, then: readings.at }
}
