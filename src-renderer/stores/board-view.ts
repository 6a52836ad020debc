import { SETTINGS } from '@contract/ipc'
import type { Settings } from '@contract/ipc'
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useSettingsStore } from './settings'

/** How the cells of the board's map stand together. */
export const MAP_GROUPINGS = SETTINGS.boardMap
export type MapGrouping = Settings['boardMap']

/** How the board shows its topics, so that coming back finds them as they were left, after a restart too. */
export const useBoardViewStore = defineStore('board-view', () => {
  const store = useSettingsStore()
  return {
    topics: computed({
      get: () => store.settings.boardTopics,
      set: (boardTopics) => void store.change({ boardTopics }),
    }),
    map: computed({ get: () => store.settings.boardMap, set: (boardMap) => void store.change({ boardMap }) }),
    zoom: computed({ get: () => store.settings.boardZoom, set: (boardZoom) => void store.change({ boardZoom }) }),
  }
})
