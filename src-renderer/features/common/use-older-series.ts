import type { Watch } from '@contract/ipc'
import type { SampleSubject } from '@contract/kept-samples'
import { storeToRefs } from 'pinia'
import type { ShallowRef } from 'vue'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useBridge } from '../../bridge/bridge'
import { useClusterStore } from '../../stores/cluster'
import { useHistoryStore } from '../../stores/history'
import type { KeptLine } from './older-series'

/** As far as the finest figures are kept and one answer holds. */
export const OLDER_MS = 5 * 3_600_000
const RESOLUTION_MS = 10_000
const AGAIN_MS = 60_000
/** Each broker is a question of its own. */
const MOST_BROKERS = 12

/** What the history keeps of a subject before its chart's own readings; asked for again every minute while it is wanted. Of a partition it keeps trouble alone, which would look as if nobody had watched between. */
export function useOlderSeries(subject: () => Watch, wanted: () => boolean): ShallowRef<readonly KeptLine[]> {
  const { calls } = useBridge()
  const { cluster, now, summary } = storeToRefs(useClusterStore())
  const { state } = storeToRefs(useHistoryStore())
  const kept = shallowRef<readonly KeptLine[]>([])
  let asked = 0
  const subjects = computed<readonly (readonly [line: number, of: SampleSubject])[]>(() => {
    const of = subject()
    if (of.kind === 'topic') return [[-1, of]]
    if (of.kind === 'broker') return [[of.broker, of]]
    if (of.kind !== 'cluster') return []
    const brokers = summary.value?.brokers ?? []
    return brokers.length > MOST_BROKERS ? [] : brokers.map(({ id }) => [id, { kind: 'broker', broker: id }])
  })
  const key = computed(() =>
    JSON.stringify([state.value === 'unread' || !wanted() ? '' : (cluster.value?.id ?? ''), subjects.value]),
  )

  async function ask(): Promise<void> {
    const mine = ++asked
    const id = cluster.value?.id ?? ''
    const time = { from: Math.max(0, now.value - OLDER_MS), until: now.value, resolutionMs: RESOLUTION_MS }
    const answers = await Promise.all(
      subjects.value.map(async ([line, of]) => ({
        line,
        answer: await calls['history:samples']({ cluster: id, subject: of, ...time }),
      })),
    )
    if (mine === asked)
      kept.value = answers.flatMap(({ line, answer }) => (answer.ok ? [{ line, series: answer.value }] : []))
  }
  watch(
    [key, () => Math.floor(now.value / AGAIN_MS)],
    ([next], before) => {
      if (next !== before[0]) {
        asked += 1
        kept.value = []
      }
      if (!next.startsWith('[""')) void ask()
    },
    { immediate: true },
  )
  onScopeDispose(() => (asked += 1))
  return kept
}
