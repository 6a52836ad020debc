import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useKeptView } from './views'

/** Filter, order, columns and place in the Topics table, so that coming back finds them as they were left; all but the place in the next run too. */
export const useTopicsViewStore = defineStore('topics-view', () => {
  const kept = useKeptView('topics')
  const flag = (name: string, first: boolean) => {
    const text = kept.chosen(name, first ? 'yes' : 'no')
    return computed({ get: () => text.value === 'yes', set: (on) => (text.value = on ? 'yes' : 'no') })
  }
  return {
    text: kept.chosen('text'),
    internal: flag('internal', true),
    troubledOnly: flag('troubled', false),
    sort: kept.sort({ key: 'state', descending: true }),
    hidden: kept.hidden,
    /** Name of the topic that was opened last: topic numbers change with the topology. */
    last: ref(''),
  }
})
