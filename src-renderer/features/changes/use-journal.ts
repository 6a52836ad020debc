/**
 * The list of changes, page after page, kept current. Correlation: a question of an earlier filter is not taken. News of a change asks again;
 * while a question is on its way one more is remembered. What was read before stays on screen when a question fails.
 */
import type { JournalEntry, JournalFilter } from '@contract/journal'
import type { AppError } from '@contract/result'
import type { ComputedRef, ShallowRef } from 'vue'
import { computed, onBeforeUnmount, shallowRef, watch } from 'vue'
import { useBridge } from '../../bridge/bridge'
import { gravity } from './changes-line'

const PAGE = 200
/** As many as one question may ask for. */
const MOST = 500

export interface JournalList {
  /** Open changes of the scope, newest first, whatever the text filter says. */
  readonly open: ShallowRef<readonly JournalEntry[]>
  /** In the order on screen: what is open first, the most pressing on top, unless it is searched. */
  readonly entries: ComputedRef<readonly JournalEntry[]>
  /** Of the filter, NaN = not read yet. */
  readonly total: ShallowRef<number>
  readonly problem: ShallowRef<AppError | null>
  readonly reload: () => Promise<void>
  /** The next page, when there is one. */
  readonly more: () => Promise<void>
}

type Filter = Pick<JournalFilter, 'cluster' | 'text' | 'show'>

export function useJournal(filter: () => Filter): JournalList {
  const { calls, onPush } = useBridge()
  const open = shallowRef<readonly JournalEntry[]>([])
  const found = shallowRef<readonly JournalEntry[]>([])
  const total = shallowRef(Number.NaN)
  const problem = shallowRef<AppError | null>(null)
  let next = 0
  let asked = 0
  let busy = false
  /** How often a reading was asked for. */
  let wanted = 0

  async function read(): Promise<void> {
    const mine = ++asked
    const current = filter()
    const limit = Math.min(MOST, Math.max(PAGE, found.value.length))
    const [left, page] = await Promise.all([
      calls['journal:list']({ cluster: current.cluster, text: '', show: 'open', before: 0, limit: MOST }),
      calls['journal:list']({ ...current, before: 0, limit }),
    ])
    if (mine !== asked) return
    problem.value = !left.ok ? left.error : page.ok ? null : page.error
    if (left.ok) open.value = left.value.entries
    if (!page.ok) return
    found.value = page.value.entries
    total.value = page.value.total
    next = page.value.next
  }

  async function reload(): Promise<void> {
    wanted += 1
    if (busy) return
    busy = true
    let seen: number
    do {
      seen = wanted
      await read()
    } while (seen !== wanted)
    busy = false
  }

  async function more(): Promise<void> {
    if (next === 0 || busy) return
    busy = true
    const mine = ++asked
    const seen = wanted
    const page = await calls['journal:list']({ ...filter(), before: next, limit: PAGE })
    busy = false
    if (mine === asked && page.ok) {
      found.value = [...found.value, ...page.value.entries]
      next = page.value.next
    }
    if (seen !== wanted) await reload()
  }

  watch(
    () => JSON.stringify(filter()),
    () => {
      found.value = []
      void reload()
    },
    { immediate: true },
  )
  const versions = new Map<string, number>()
  onBeforeUnmount(
    onPush((message) => {
      if (message.type === 'shown' && message.shown) void reload()
      if (message.type !== 'change' || versions.get(message.news.id) === message.news.version) return
      // Progress of a step is told many times a second; a line of the journal is a new version.
      versions.set(message.news.id, message.news.version)
      void reload()
    }),
  )

  const entries = computed(() => {
    const { text, show } = filter()
    if (show !== 'all' || text.trim() !== '') return found.value
    const first = new Set(open.value.map(({ change }) => change))
    return [
      ...open.value.toSorted((a, b) => gravity(a) - gravity(b)),
      ...found.value.filter(({ change }) => !first.has(change)),
    ]
  })
  return { open, entries, total, problem, reload, more }
}
