import type { HistoryPage, KeptEvent } from '@contract/history'
import type { AppError } from '@contract/result'
import { computed, onBeforeUnmount, shallowRef, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { useBridge } from '../../bridge/bridge'
import { readEvents, type EventAsk } from './read-events'

export interface EventList {
  /** Newest first; null = not read yet. */
  readonly events: ComputedRef<readonly KeptEvent[] | null>
  /** There are older ones than those. */
  readonly more: ComputedRef<boolean>
  readonly unreadable: ComputedRef<number>
  readonly problem: ShallowRef<AppError | null>
  readonly older: () => Promise<void>
}

/**
 * The newest events that are asked for, at most `most`, and more on demand; null asks for none. `again` changes = they are read again, and those on screen stay until then; `key` changes = it is
 * another question, and they go. An answer of an earlier question is not taken.
 */
export function useEvents(
  ask: () => EventAsk | null,
  most: number,
  again: () => unknown = () => 0,
  key: () => string = () => JSON.stringify(ask()),
): EventList {
  const { calls } = useBridge()
  const page = shallowRef<HistoryPage<KeptEvent> | null>(null)
  const problem = shallowRef<AppError | null>(null)
  let asked = 0
  onBeforeUnmount(() => (asked += 1))

  async function read(): Promise<void> {
    const mine = ++asked
    const question = ask()
    if (question === null) return
    const answer = await readEvents(calls, question, Math.max(most, page.value?.rows.length ?? 0))
    if (mine !== asked) return
    problem.value = answer.ok ? null : answer.error
    if (answer.ok) page.value = answer.value
  }
  async function older(): Promise<void> {
    const question = ask()
    const known = page.value
    const last = known?.rows.at(-1)
    if (question === null || known?.more !== true || last === undefined) return
    const mine = ++asked
    const answer = await readEvents(calls, question, most, last.seq)
    if (mine !== asked) return
    problem.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    const { rows, more, unreadable } = answer.value
    page.value = { rows: [...known.rows, ...rows], more, unreadable: known.unreadable + unreadable }
  }
  watch(
    key,
    () => {
      page.value = null
      void read()
    },
    { immediate: true },
  )
  watch(again, () => void read())
  return {
    events: computed(() => page.value?.rows ?? null),
    more: computed(() => page.value?.more ?? false),
    unreadable: computed(() => page.value?.unreadable ?? 0),
    problem,
    older,
  }
}
