import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Which of the frame's overlays are open. */
export const useUiStore = defineStore('ui', () => ({
  palette: ref(false),
  exporting: ref(false),
  keys: ref(false),
  /** The chooser of a moment of the past. */
  moment: ref(false),
}))
