/**
 * How the pages of each cluster were left: filters, order, columns, and which page was shown last. Read once a cluster and run, kept a moment after they were
 * changed. Correlation: the profile id; what a person changes before the answer is here stays.
 */
import type { ClusterViews, PageView } from '@contract/views'
import { MAX_VIEW_TEXT, NO_VIEWS } from '@contract/views'
import { defineStore, storeToRefs } from 'pinia'
import type { WritableComputedRef } from 'vue'
import { computed, shallowReactive, watch } from 'vue'
import { useBridge } from '../bridge/bridge'
import { useClusterStore } from './cluster'

const KEEP_AFTER_MS = 400
const UNTOUCHED: PageView = { chosen: {}, sort: { key: '', descending: false }, hidden: [] }

export const useViewsStore = defineStore('views', () => {
  const { calls } = useBridge()
  const { cluster } = storeToRefs(useClusterStore())
  const known = shallowReactive(new Map<string, ClusterViews>())
  const begun = new Set<string>()
  const reading = new Map<string, Promise<string>>()
  const id = computed(() => cluster.value?.id ?? '')
  const of = (of: string): ClusterViews => known.get(of) ?? NO_VIEWS

  async function readOnce(of: string): Promise<string> {
    const answer = await calls['views:read']({ cluster: of })
    if (!answer.ok) return ''
    const here = known.get(of)
    known.set(of, here === undefined ? answer.value : { ...here, pages: { ...answer.value.pages, ...here.pages } })
    return answer.value.last
  }
  /** The page that was shown last in the run before, '' = none. */
  function read(of: string): Promise<string> {
    const asked = reading.get(of) ?? readOnce(of)
    reading.set(of, asked)
    return asked
  }

  let timer: ReturnType<typeof setTimeout> | null = null
  let unkept = ''
  function keep(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (unkept === '') return
    // Not before it was read: what is kept of the other pages would be lost.
    const of = unkept
    unkept = ''
    void read(of).then(() => calls['views:write']({ cluster: of, views: known.get(of) ?? NO_VIEWS }))
  }
  function change(part: Partial<ClusterViews>): void {
    known.set(id.value, { ...of(id.value), ...part })
    if (id.value === '') return
    if (unkept !== id.value) keep()
    unkept = id.value
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(keep, KEEP_AFTER_MS)
  }
  watch(
    id,
    (now) => {
      if (now !== '') void read(now)
    },
    { immediate: true, flush: 'sync' },
  )

  const page = (name: string): PageView => of(id.value).pages[name] ?? UNTOUCHED
  return {
    page,
    changePage(name: string, part: Partial<PageView>): void {
      change({ pages: { ...of(id.value).pages, [name]: { ...page(name), ...part } } })
    },
    /** Where a cluster is to be opened: once a run, the page that it was left on; '' = its first page. */
    async begin(of: string): Promise<string> {
      if (begun.has(of)) return ''
      begun.add(of)
      return read(of)
    },
    setLast(path: string): void {
      begun.add(id.value)
      if (path !== of(id.value).last) change({ last: path })
    },
  }
})

export interface KeptView {
  /** One of the filters by name. */
  readonly chosen: (name: string, first?: string) => WritableComputedRef<string>
  readonly sort: (first: {
    key: string
    descending: boolean
  }) => WritableComputedRef<{ key: string; descending: boolean }>
  readonly hidden: WritableComputedRef<string[]>
}

/** What a page keeps of how it was left, each part with what it is at first. */
export function useKeptView(name: string): KeptView {
  const store = useViewsStore()
  return {
    chosen: (key, first = '') =>
      computed({
        get: () => store.page(name).chosen[key] ?? first,
        set: (value) =>
          store.changePage(name, { chosen: { ...store.page(name).chosen, [key]: value.slice(0, MAX_VIEW_TEXT) } }),
      }),
    sort: (first) =>
      computed({
        get: () => (store.page(name).sort.key === '' ? first : store.page(name).sort),
        set: (sort) => store.changePage(name, { sort }),
      }),
    hidden: computed({
      get: () => [...store.page(name).hidden],
      set: (hidden) => store.changePage(name, { hidden }),
    }),
  }
}
