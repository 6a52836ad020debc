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
  const rows = computed(() =>
    entries.value.map((entry) => {
      const id = ids.get(entry.change) ?? newest.length
      ids.set(entry.change, id)
      newest[id] = entry
      return id
    }),
  )
  return {
    rows,
    entry: (id) => (void rows.value, newest[id]!),
    idOf: (change) => (void rows.value, ids.get(change) ?? -1),
  }
}
