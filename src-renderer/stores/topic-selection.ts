import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Topics chosen in one table to be edited together, handed to the page that edits them: too many for an address. */
export const useTopicSelectionStore = defineStore('topic-selection', () => {
  const topics = shallowRef<readonly string[]>([])
  /** Profile id they were chosen in: names of another cluster are not this one's. */
  const cluster = shallowRef('')
  const key = shallowRef('')
  return {
    topics,
    cluster,
    key,
    /** `forKey`: the setting the choice is about, '' = none yet. */
    choose(ofCluster: string, names: readonly string[], forKey = ''): void {
      cluster.value = ofCluster
      topics.value = names
      key.value = forKey
    },
  }
})
