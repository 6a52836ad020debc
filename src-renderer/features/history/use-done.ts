import { BEFORE_APPLY } from '@contract/change'
import type { EntryState, JournalEntry } from '@contract/journal'
import type { AppError } from '@contract/result'
import { storeToRefs } from 'pinia'
import type { ShallowRef } from 'vue'
import { shallowRef, watch } from 'vue'
import { useBridge } from '../../bridge/bridge'
import { useClusterStore } from '../../stores/cluster'

/** As many as one question may ask for; the journal knows no filter by time. */
const LOOKED_THROUGH = 500

export interface Done {
  /** Something of them was sent, or may have been; begun by `until`, and not over before `from`; oldest first. */
  readonly entries: readonly JournalEntry[]
  /** Changes that began before this were not looked through; NaN = all of that time were. */
  readonly lookedTo: number
}

/** Of these nothing reached the cluster: a plan that nobody applied has changed nothing, whatever it says. */
const NOTHING_SENT: ReadonlySet<EntryState> = new Set<EntryState>([...BEFORE_APPLY, 'discarded'])

/** What the journal holds of a time. */
export function doneIn(entries: readonly JournalEntry[], more: boolean, from: number, until: number): Done {
  const oldest = entries.at(-1)
  return {
    entries: entries
      .filter(
        ({ state, applied, startedAt, lastAt }) =>
          (applied > 0 || !NOTHING_SENT.has(state)) && startedAt <= until && lastAt >= from,
      )
      .toReversed(),
    lookedTo: more && oldest !== undefined && oldest.startedAt > from ? oldest.startedAt : Number.NaN,
  }
}

/** Changes of the open cluster in a time, by anyone who uses this Highwater; null time = not asked yet. Read again when a change has news. */
export function useDone(time: () => { readonly from: number; readonly until: number } | null): {
  readonly done: ShallowRef<Done | null>
  readonly problem: ShallowRef<AppError | null>
} {
  const { calls } = useBridge()
  const { cluster } = storeToRefs(useClusterStore())
  const done = shallowRef<Done | null>(null)
  const problem = shallowRef<AppError | null>(null)
  let asked = 0
  watch(
    () => JSON.stringify([cluster.value?.id ?? '', time()]),
    async () => {
      const mine = ++asked
      const of = time()
      const id = cluster.value?.id ?? ''
      if (of === null || id === '') return
      const answer = await calls['journal:list']({
        cluster: id,
        text: '',
        show: 'all',
        before: 0,
        limit: LOOKED_THROUGH,
      })
      if (mine !== asked) return
      problem.value = answer.ok ? null : answer.error
      if (answer.ok) done.value = doneIn(answer.value.entries, answer.value.next !== 0, of.from, of.until)
    },
    { immediate: true },
  )
  return { done, problem }
}
