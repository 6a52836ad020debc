/**
 * Incidents of the open cluster, newest first. Correlation: the profile id and the number of the question; an answer of an earlier one is not taken. What was read before stays on screen when a
 * question fails. They are asked for again whenever the picture says that another incident is open, that one has another phase, or that none is open any more, and while another process
 * keeps the history every few seconds: that one may have ended, and this one has taken its place.
 */
import type { Incident } from '@contract/history'
import type { AppError } from '@contract/result'
import { defineStore, storeToRefs } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useBridge } from '../bridge/bridge'
import { useClusterStore } from './cluster'
import { liveIncident, phasesOf } from './live-incident'

interface Kept {
  readonly rows: readonly Incident[]
  readonly more: boolean
  readonly unreadable: number
}
/** While another process keeps it. */
const AGAIN_MS = 5_000
const NONE: Kept = { rows: [], more: false, unreadable: 0 }

export const useHistoryStore = defineStore('history', () => {
  const { calls } = useBridge()
  const { cluster, summary, now } = storeToRefs(useClusterStore())
  const kept = shallowRef<Kept>(NONE)
  /** 'unread': nobody has asked, as the cluster is not read yet and its history not open. */
  const state = shallowRef<'unread' | 'loading' | 'ready'>('unread')
  /** False: another Highwater keeps this history; here it is only read. */
  const writes = shallowRef(true)
  const problem = shallowRef<AppError | null>(null)
  const id = computed(() => cluster.value?.id ?? '')
  const isRead = computed(() => summary.value !== null && summary.value.headline.level !== 'unread')
  const open = computed(() => summary.value?.incident ?? null)
  let asked = 0

  const incidents = computed<readonly Incident[]>(() => {
    const now = open.value
    if (now === null) return kept.value.rows
    const known = kept.value.rows.find((one) => one.id === now.id) ?? null
    return [liveIncident(now, known), ...kept.value.rows.filter((one) => one.id !== now.id)]
  })
  const newest = computed(() => incidents.value[0]?.id ?? 0)

  async function read(before: number): Promise<void> {
    const mine = ++asked
    if (state.value === 'unread') state.value = 'loading'
    const answer = await calls['history:incidents']({ cluster: id.value, before })
    if (mine !== asked) return
    problem.value = answer.ok ? null : answer.error
    state.value = 'ready'
    if (!answer.ok) return
    const { rows, more, unreadable } = answer.value
    writes.value = answer.value.writes
    if (before > 0)
      kept.value = { rows: [...kept.value.rows, ...rows], more, unreadable: kept.value.unreadable + unreadable }
    else kept.value = { rows, more, unreadable }
  }
  const load = (): Promise<void> => read(0)
  async function showMore(): Promise<void> {
    const last = kept.value.rows.at(-1)
    if (kept.value.more && last !== undefined) await read(last.id)
  }

  watch(id, () => {
    asked += 1
    kept.value = NONE
    state.value = 'unread'
    problem.value = null
    writes.value = true
  })
  watch(
    [id, isRead, () => open.value?.id ?? 0, () => (open.value === null ? 0 : phasesOf(open.value))],
    () => {
      if (id.value !== '' && isRead.value) void load()
    },
    { immediate: true },
  )
  watch(
    () => (writes.value ? 0 : Math.floor(now.value / AGAIN_MS)),
    (time) => {
      if (time > 0 && id.value !== '' && isRead.value) void load()
    },
  )
  return {
    incidents,
    newest,
    state,
    writes,
    problem,
    more: computed(() => kept.value.more),
    unreadable: computed(() => kept.value.unreadable),
    load,
    showMore,
  }
})
