import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Filter, order and place in the Topics table, so that coming back finds them as they were left. */
export const useTopicsViewStore = defineStore('topics-view', () => ({
  text: ref(''),
  internal: ref(true),
  troubledOnly: ref(false),
  sort: ref<{ key: string; descending: boolean }>({ key: 'state', descending: true }),
  hidden: ref<string[]>([]),
  /** Name of the topic that was opened last: topic numbers change with the topology. */
  last: ref(''),
}))
