import type { EventKind, KeptEvent } from '@contract/history'
import type { Watch } from '@contract/ipc'
import type { JournalEntry } from '@contract/journal'
import { storeToRefs } from 'pinia'
import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useClusterStore } from '../../stores/cluster'
import { useHistoryStore } from '../../stores/history'
import { STANDING_KINDS } from '../history/lanes'
import { useDone } from '../history/use-done'
import type { EventAsk } from '../history/read-events'
import { useEvents } from '../history/use-events'

const AGAIN_MS = 10_000
/** The journal knows no filter by time: it is looked through less often. */
const DONE_STEP_MS = 60_000
const MOST = 2_000

const REPLICA_KINDS: readonly EventKind[] = ['left-isr', 'joined-isr', 'leader', 'offline']
const RARE_KINDS: readonly EventKind[] = ['lost', 'throttled', 'unthrottled', 'log-dir', 'setting', 'topic-anew']

/** What is asked for beside how brokers stood; null = nothing. Who left the ISR of a partition comes with its series. */
function about(subject: Watch): Omit<EventAsk, 'cluster'> | null {
  switch (subject.kind) {
    case 'none':
      return null
    case 'partition':
      return { topic: subject.topic, partition: subject.partition, kinds: ['lost', 'reassigning', 'reassigned'] }
    case 'topic':
      return { topic: subject.topic, kinds: [...REPLICA_KINDS, ...RARE_KINDS] }
    case 'broker':
      return { broker: subject.broker, kinds: [...REPLICA_KINDS, ...RARE_KINDS] }
    case 'cluster':
      return { kinds: [...REPLICA_KINDS, ...RARE_KINDS] }
  }
}

/** What happened in the time of a chart: how brokers stood, what the subject went through, and what was changed here. Asked for again every ten seconds, and when an incident turns. */
export function useChartEvents(
  subject: () => Watch,
  spanMs: () => number,
): {
  readonly standing: ComputedRef<readonly KeptEvent[]>
  readonly events: ComputedRef<readonly KeptEvent[]>
  readonly entries: ComputedRef<readonly JournalEntry[]>
} {
  const { cluster, now, summary } = storeToRefs(useClusterStore())
  const { state } = storeToRefs(useHistoryStore())
  const id = computed(() => (state.value === 'unread' ? '' : (cluster.value?.id ?? '')))
  const key = (): string => `${id.value} ${spanMs()} ${JSON.stringify(subject())}`
  const again = (): string => {
    const incident = summary.value?.incident
    return `${Math.floor(now.value / AGAIN_MS)} ${incident?.id ?? 0} ${incident?.phases.length ?? 0}`
  }
  const from = (): number => Math.max(0, now.value - spanMs())
  const standing = useEvents(
    () => (id.value === '' ? null : { cluster: id.value, kinds: STANDING_KINDS, from: from() }),
    MOST,
    again,
    () => `${id.value} ${spanMs()}`,
  )
  const own = useEvents(
    () => {
      const what = about(subject())
      return id.value === '' || what === null ? null : { cluster: id.value, ...what, from: from() }
    },
    MOST,
    again,
    key,
  )
  const { done } = useDone(() =>
    id.value === '' || subject().kind === 'broker'
      ? null
      : { from: Math.floor(from() / DONE_STEP_MS) * DONE_STEP_MS, until: Number.MAX_SAFE_INTEGER },
  )
  const oldestFirst = (events: readonly KeptEvent[] | null): readonly KeptEvent[] => (events ?? []).toReversed()
  return {
    standing: computed(() => oldestFirst(standing.events.value)),
    events: computed(() => oldestFirst(own.events.value)),
    entries: computed(() => {
      const of = subject()
      const applied = (done.value?.entries ?? []).filter((entry) => entry.applied > 0)
      return of.kind === 'topic' || of.kind === 'partition'
        ? applied.filter(({ topics }) => topics.includes(of.topic))
        : applied
    }),
  }
}
