import { JOURNAL_SHOWS } from '@contract/journal'
import type { JournalFilter } from '@contract/journal'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useKeptView } from './views'

/** Filter and place in the list of changes, so that coming back finds them as they were left; all but the place in the next run too. */
export const useJournalViewStore = defineStore('journal-view', () => {
  const kept = useKeptView('changes')
  const show = kept.chosen('show')
  const scope = kept.chosen('scope')
  return {
    text: kept.chosen('text'),
    show: computed<JournalFilter['show']>({
      get: () => JOURNAL_SHOWS.find((one) => one === show.value) ?? 'all',
      set: (value) => (show.value = value),
    }),
    /** Of the open cluster only; without one the journal of all is shown. */
    scope: computed<'this' | 'all'>({
      get: () => (scope.value === 'all' ? 'all' : 'this'),
      set: (value) => (scope.value = value),
    }),
    /** The change that was opened last. */
    last: ref(''),
  }
})
