/**
 * The change on screen, and which clusters changes may be sent to now. The main process owns both; this is the newest
 * that it told. Correlation: the change's id and its `version`. Listens first, then asks: news of a newer version asks
 * again, an answer that is older than what is on screen is not taken.
 */
import type { ChangeDraft, ChangeNews, ChangeView, NextStep, Progress } from '@contract/change'
import type { PushMessage } from '@contract/frame'
import type { EntryState } from '@contract/journal'
import type { AppError, Result } from '@contract/result'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { useBridge } from '../bridge/bridge'

/** Steps of a change that need nothing but its id. */
export type PlainStep = Extract<NextStep, 'plan' | 'validate' | 'apply' | 'settle' | 'verify' | 'rest' | 'discard'>

export interface Confirming {
  readonly ticks: readonly string[]
  readonly typed: string
  readonly reason: string
}

/** Interrupted, without an answer, or stopped by another hand. A draft waits for its author and nobody else. */
const NEED_A_LOOK: ReadonlySet<EntryState> = new Set<EntryState>(['applying', 'unknown', 'conflict'])
/** Nothing was sent, and nothing stands in the way of it. */
const DRAFTS: ReadonlySet<EntryState> = new Set<EntryState>(['draft', 'planned', 'validated', 'confirmed'])
/** The newest open changes that are looked through; with more drafts than that older ones may be missed. */
const MOST_OPEN = 500

export const useChangesStore = defineStore('changes', () => {
  const { calls, onPush } = useBridge()
  const view = shallowRef<ChangeView | null>(null)
  const progress = shallowRef<Progress | null>(null)
  /** Why the change could not be read, and why the last step was refused. */
  const unread = shallowRef<AppError | null>(null)
  const problem = shallowRef<AppError | null>(null)
  /** The step that is on its way, '' = none. */
  const doing = ref<NextStep | ''>('')
  /** A new change is being made. */
  const making = ref(false)
  const armed = shallowRef<ReadonlyMap<string, number>>(new Map())
  /** Changes that need a look, over all clusters; NaN = not read. */
  const lookCount = ref(Number.NaN)
  /** Drafts and plans that were not sent, over all clusters; NaN = not read. */
  const draftCount = ref(Number.NaN)

  let id = ''
  /** Highest version told of by news. */
  let told = 0
  let fetching = false
  let counting = false
  /** How often counting was asked for: news that came while the answer was on its way may be newer than it. */
  let countsWanted = 0

  function take(next: ChangeView): void {
    if (next.id !== id || next.version < (view.value?.version ?? 0)) return
    // A plan over a thousand topics is drawn once, not with every batch: the very same plan stays the same object.
    const plan = view.value?.plan ?? null
    view.value = plan !== null && plan.at === next.plan?.at ? { ...next, plan } : next
    progress.value = next.progress
  }

  async function fetch(): Promise<void> {
    if (fetching) return
    fetching = true
    while (id !== '') {
      const asked = id
      const seen = told
      const answer = await calls['change:get']({ id: asked })
      if (asked !== id) continue
      if (answer.ok) take(answer.value)
      unread.value = answer.ok ? null : answer.error
      // Told of more while it was on its way: once more.
      if (told === seen) break
    }
    fetching = false
  }

  /** Asked for by the navigation, and again after each news; one question at a time is enough. */
  async function count(): Promise<void> {
    countsWanted += 1
    if (counting) return
    counting = true
    let seen: number
    do {
      seen = countsWanted
      const answer = await calls['journal:list']({ cluster: '', text: '', show: 'open', before: 0, limit: MOST_OPEN })
      const states = answer.ok ? answer.value.entries.map(({ state }) => state) : null
      lookCount.value = states === null ? Number.NaN : states.filter((state) => NEED_A_LOOK.has(state)).length
      draftCount.value = states === null ? Number.NaN : states.filter((state) => DRAFTS.has(state)).length
    } while (seen !== countsWanted)
    counting = false
  }

  function hear(news: ChangeNews): void {
    if (news.progress === null) void count()
    if (news.id !== id) return
    progress.value = news.progress
    if (news.version <= Math.max(told, view.value?.version ?? 0)) return
    told = news.version
    void fetch()
  }

  onPush((message: PushMessage) => {
    if (message.type === 'change') hear(message.news)
    else if (message.type === 'armed') {
      armed.value = new Map(armed.value).set(message.armed.cluster, message.armed.armedUntil)
      void fetch()
    } else if (message.type === 'shown' && message.shown) void fetch()
  })

  function put(next: string): void {
    id = next
    told = 0
    view.value = null
    progress.value = null
    unread.value = null
    problem.value = null
  }
  let holder = 0
  /** Puts a change on screen until the answered function is called; a page that comes before the last one goes keeps it. */
  function show(next: string): () => void {
    holder += 1
    const mine = holder
    if (next !== id) put(next)
    void fetch()
    return () => {
      if (holder === mine) put('')
    }
  }

  async function step(name: NextStep, call: () => Promise<Result<ChangeView>>): Promise<ChangeView | null> {
    if (doing.value !== '') return null
    doing.value = name
    problem.value = null
    const answer = await call()
    doing.value = ''
    if (answer.ok) {
      take(answer.value)
      return answer.value
    }
    problem.value = answer.error
    await fetch()
    return null
  }

  /** A new change, beside the one on screen. One at a time: null = another one is on its way. */
  async function make(call: () => Promise<Result<ChangeView>>): Promise<Result<ChangeView> | null> {
    if (making.value) return null
    making.value = true
    const answer = await call()
    making.value = false
    return answer
  }

  async function arm(cluster: string, on: boolean): Promise<AppError | null> {
    const answer = await calls['cluster:arm']({ cluster, armed: on })
    if (!answer.ok) return answer.error
    armed.value = new Map(armed.value).set(cluster, answer.value.armedUntil)
    await fetch()
    return null
  }

  return {
    view,
    progress,
    unread,
    problem,
    doing,
    making,
    armed,
    lookCount,
    draftCount,
    show,
    count,
    arm,
    /** Until when changes may be sent: NaN = not now, Infinity = the cluster is not read-only. */
    armedUntil: (cluster: { readonly id: string; readonly readOnly: boolean }): number =>
      armed.value.get(cluster.id) ?? (cluster.readOnly ? Number.NaN : Infinity),
    run: (name: PlainStep): Promise<ChangeView | null> => {
      const asked = id
      return step(name, () => calls[`change:${name}`]({ id: asked }))
    },
    confirm: (input: Confirming): Promise<ChangeView | null> => {
      const asked = id
      return step('confirm', () => calls['change:confirm']({ id: asked, ...input, ticks: [...input.ticks] }))
    },
    /** Not held up by a step that is on its way: it is there to end it. */
    stop: async (): Promise<void> => {
      const answer = await calls['change:stop']({ id })
      if (answer.ok) take(answer.value)
      else problem.value = answer.error
    },
    undo: (cluster: string): Promise<ChangeView | null> => {
      const asked = id
      return step('undo', () => calls['change:undo']({ id: asked, cluster }))
    },
    create: (cluster: string, draft: ChangeDraft): Promise<Result<ChangeView> | null> =>
      make(() => calls['change:draft']({ id: '', cluster, draft })),
    /** The change that takes another one back, planned. */
    takeBack: (change: string, cluster: string): Promise<Result<ChangeView> | null> =>
      make(() => calls['change:undo']({ id: change, cluster })),
    /** Replaces the edits of the change on screen. */
    draft: (of: string, cluster: string, draft: ChangeDraft): Promise<ChangeView | null> =>
      step('edit', () => calls['change:draft']({ id: of, cluster, draft })),
  }
})
