import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface DroppedFile {
  readonly name: string
  readonly path: string
  /** As UTF-8; null = it is too large for anything that is taken here. */
  readonly text: string | null
}

/** Files that a person let fall on the window, until the page that they are for has taken them. */
export const useDroppedFilesStore = defineStore('dropped-files', () => {
  const files = shallowRef<readonly DroppedFile[]>([])
  function take(): readonly DroppedFile[] {
    const taken = files.value
    if (taken.length > 0) files.value = []
    return taken
  }
  return { files, take }
})
