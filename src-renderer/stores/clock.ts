import { defineStore } from 'pinia'
import { ref } from 'vue'

const TICK_MS = 250

/** The one clock of the page: every age and countdown counts by it. It stands still while the window is hidden. */
export const useClockStore = defineStore('clock', () => {
  const now = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | null = null

  const tick = (): void => {
    now.value = Date.now()
  }
  function follow(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
    if (document.hidden) return
    tick()
    timer = setInterval(tick, TICK_MS)
  }
  function start(): () => void {
    document.addEventListener('visibilitychange', follow)
    follow()
    return () => {
      document.removeEventListener('visibilitychange', follow)
      if (timer !== null) clearInterval(timer)
      timer = null
    }
  }
  return { now, tick, start }
})
