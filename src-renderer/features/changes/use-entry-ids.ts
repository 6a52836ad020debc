import type { JournalEntry } from '@contract/journal'
import type { ComputedRef } from 'vue'
import { computed } from 'vue'

/** Row ids of changes for a table: a change keeps its id while others come and go, so that rows hold still under the pointer. */
export function useEntryIds(entries: ComputedRef<readonly JournalEntry[]>): {
  rows: ComputedRef<readonly number[]>
  /** The newest that is known of it, also when it has left the list. */
  entry: (id: number) => JournalEntry
  /** -1 = never seen. */
  idOf: (change: string) => number
} {
  const ids = new Map<string, number>()
  const newest: JournalEntry[] = []
  /** The look-ups are filled in place: they are reached through here, so that who looks something up sees the next list too. */
  const known = computed(() => {
    const rows = entries.value.map((entry) => {
      const id = ids.get(entry.change) ?? newest.length
      ids.set(entry.change, id)
      newest[id] = entry
      return id
    })
    return { rows, ids, newest }
  })
  return {
    rows: computed(() => known.value.rows),
    entry: (id) => known.value.newest[id]!,
    idOf: (change) => known.value.ids.get(change) ?? -1,
  }
}
