/**
 * The files of a worker share one window. What a test leaves mounted would listen to the keys of the files after it, and a field that keeps
 * the focus would swallow them: whatever is still there at the end of a file is unmounted, and what then stands in the window fails the file.
 */
import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils'
import { setActivePinia } from 'pinia'
import { afterAll } from 'vitest'

// Hooks of one kind run last first: this looks when all is unmounted.
afterAll(() => {
  // A page without stores of its own would find those of the file before it.
  setActivePinia(undefined)
  // Files about words and figures alone have no window.
  if (typeof document === 'undefined') return
  const left = document.body.innerHTML
  document.body.replaceChildren()
  if (left !== '') throw new Error(`Left in the window that the next file uses: ${left.slice(0, 200)}`)
})
disableAutoUnmount()
enableAutoUnmount(afterAll)
