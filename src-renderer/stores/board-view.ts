import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { MatrixZoom } from '../charts/matrix/layout'

/** How the cells of the board's map stand together. */
export const MAP_GROUPINGS = ['worst', 'topic', 'broker'] as const
export type MapGrouping = (typeof MAP_GROUPINGS)[number]

/** How the board shows its topics, so that coming back finds them as they were left. */
export const useBoardViewStore = defineStore('board-view', () => ({
  topics: ref<'list' | 'map'>('list'),
  map: ref<MapGrouping>('worst'),
  zoom: ref<MatrixZoom>('fit'),
}))
