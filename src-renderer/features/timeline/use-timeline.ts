import type { KeptPartitionSeries, KeptSeries } from '@contract/kept-samples'
import type { AppError, Result } from '@contract/result'
import { storeToRefs } from 'pinia'
import type { ShallowRef } from 'vue'
import { computed, onBeforeUnmount, shallowRef, watch } from 'vue'
import { useBridge } from '../../bridge/bridge'
import type { Range } from '../../charts/timeline/view'
import { useClusterStore } from '../../stores/cluster'
import { useHistoryStore } from '../../stores/history'
import { useDone } from '../history/use-done'
import { useEvents } from '../history/use-events'
import type { WatchedTime } from '../history/use-watched'
import { keyOf, type Subject } from './subject'

const EVENTS = 3_000
const AGAIN_MS = 10_000
/** So many points can be told apart. */
const POINTS = 600
/** While a handle is dragged nothing is asked. */
const REST_MS = 120

interface Kept<T> {
  readonly data: ShallowRef<T | null>
  readonly problem: ShallowRef<AppError | null>
}

/**
 * The answer for the newest key; an earlier one's is not taken, and what is on screen stays until the next is here. `subject` changes = it goes. `isDragged`: the key may change with every move of a
 * pointer, so it is asked when that rests.
 */
function useKept<T>(
  key: () => string,
  subject: () => string,
  isDragged: () => boolean,
  ask: () => Promise<Result<T>> | null,
): Kept<T> {
  const data = shallowRef<T | null>(null)
  const problem = shallowRef<AppError | null>(null)
  let asked = 0
  let rest: ReturnType<typeof setTimeout> | undefined
  async function read(): Promise<void> {
    const mine = ++asked
    const answer = await ask()
    if (answer === null || mine !== asked) return
    problem.value = answer.ok ? null : answer.error
    if (answer.ok) data.value = answer.value
  }
  watch(
    subject,
    () => {
      asked += 1
      data.value = null
    },
    { flush: 'sync' },
  )
  watch(
    key,
    () => {
      clearTimeout(rest)
      if (data.value === null || !isDragged()) void read()
      else rest = setTimeout(() => void read(), REST_MS)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => {
    asked += 1
    clearTimeout(rest)
  })
  return { data, problem }
}

interface Times {
  /** What is looked through for events. */
  readonly span: () => Range
  /** What of it is drawn in all, and which part of that in detail. */
  readonly whole: () => Range
  readonly range: () => Range
  readonly time: WatchedTime
}

/** Everything a timeline is drawn from; asked for at once, and again every ten seconds while it reaches to now. */
export function useTimeline(subject: () => Subject, { span, whole, range, time }: Times) {
  const { calls } = useBridge()
  const { cluster, now } = storeToRefs(useClusterStore())
  const { state } = storeToRefs(useHistoryStore())
  const id = computed(() => (state.value === 'unread' ? '' : (cluster.value?.id ?? '')))
  const again = computed(() => Math.floor(now.value / AGAIN_MS))
  const spanMs = (): number => span().until - span().from

  const list = useEvents(
    () => {
      if (id.value === '') return null
      const of = subject()
      const about =
        of.kind === 'cluster'
          ? {}
          : of.kind === 'broker'
            ? { broker: of.broker }
            : of.kind === 'topic'
              ? { topic: of.topic }
              : { topic: of.topic, partition: of.partition }
      return { cluster: id.value, ...about, from: Math.max(0, span().from) }
    },
    EVENTS,
    () => again.value,
    () => `${id.value} ${keyOf(subject())} ${spanMs()}`,
  )
  /** What is told of its topic as a whole: settings, made anew. */
  const topicList = useEvents(
    () => {
      const of = subject()
      if (id.value === '' || of.kind !== 'partition') return null
      return {
        cluster: id.value,
        topic: of.topic,
        kinds: ['setting', 'topic-created', 'topic-deleted', 'topic-anew'],
        from: Math.max(0, span().from),
      }
    },
    EVENTS,
    () => again.value,
    () => `${id.value} ${keyOf(subject())} ${spanMs()} topic`,
  )
  const done = useDone(() => (id.value === '' ? null : { from: span().from, until: Number.MAX_SAFE_INTEGER }))

  /** What is asked for; what reaches to now is asked again. */
  const timeKey = ({ from, until }: Range): string => `${from} ${until} ${until > now.value ? again.value : ''}`
  const isPart = (): boolean => range().from !== whole().from || range().until !== whole().until
  const figuresKey = (of: Range): string => `${id.value} ${keyOf(subject())} ${timeKey(of)}`
  /** Until a part is chosen the overview and what is below it are the same question: it is asked once. */
  let newest: { readonly key: string; readonly answer: Promise<Result<KeptSeries>> } | null = null
  /** Of a partition those of its topic. */
  const figures = (of: () => Range): Kept<KeptSeries> =>
    useKept(
      () => figuresKey(of()),
      () => `${id.value} ${keyOf(subject())}`,
      () => of !== whole && isPart(),
      () => {
        const about = subject()
        if (id.value === '') return null
        const key = figuresKey(of())
        if (newest?.key !== key) {
          const asked = about.kind === 'partition' ? { kind: 'topic' as const, topic: about.topic } : { ...about }
          newest = {
            key,
            answer: calls['history:samples']({ cluster: id.value, subject: asked, ...question(of()) }),
          }
        }
        return newest.answer
      },
    )
  const overview = figures(whole)
  const detail = figures(range)
  const partition: Kept<KeptPartitionSeries> = useKept(
    () => `${id.value} ${keyOf(subject())} ${timeKey(range())}`,
    () => `${id.value} ${keyOf(subject())}`,
    isPart,
    () => {
      const about = subject()
      if (id.value === '' || about.kind !== 'partition') return null
      const { topic, partition: number } = about
      return calls['history:partition-samples']({ cluster: id.value, topic, partition: number, ...question(range()) })
    },
  )
  const events = computed(() => {
    const own = list.events.value
    const topics = topicList.events.value
    if (own === null) return null
    return [...new Map([...own, ...(topics ?? [])].map((one) => [one.seq, one])).values()].sort((a, b) => a.seq - b.seq)
  })
  return {
    /** In the order in which they were seen; null = not read yet. */
    events,
    /** Of what lies before nothing was read; NaN = all was. */
    readFrom: computed(() => (list.more.value ? (list.events.value?.at(-1)?.to ?? Number.NaN) : Number.NaN)),
    unreadable: computed(
      () => list.unreadable.value + (detail.data.value?.unreadable ?? 0) + (partition.data.value?.unreadable ?? 0),
    ),
    time,
    entries: computed(() => done.done.value?.entries ?? []),
    overview: overview.data,
    detail: detail.data,
    partition: partition.data,
    problem: computed(
      () =>
        list.problem.value ??
        time.problem.value ??
        detail.problem.value ??
        overview.problem.value ??
        partition.problem.value,
    ),
  }
}

const question = ({ from, until }: Range) => ({
  from: Math.max(0, from),
  until: Math.max(0, until),
  resolutionMs: Math.min(30 * 86_400_000, Math.max(1_000, (until - from) / POINTS)),
})
