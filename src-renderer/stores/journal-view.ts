import type { JournalFilter } from '@contract/journal'
import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Filter and place in the list of changes, so that coming back finds them as they were left. */
export const useJournalViewStore = defineStore('journal-view', () => ({
  text: ref(''),
  show: ref<JournalFilter['show']>('all'),
  /** Of the open cluster only; without one the journal of all is shown. */
  scope: ref<'this' | 'all'>('this'),
  /** The change that was opened last. */
  last: ref(''),
}))
