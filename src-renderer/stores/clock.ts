import { createSteadyClock } from '@shared/steady-clock'
import { defineStore } from 'pinia'
import { ref } from 'vue'

const TICK_MS = 250

/** The one clock of the page: every age and countdown counts by it. It stands still while the window is hidden. */
export const useClockStore = defineStore('clock', () => {
  const steady = createSteadyClock(Date.now, () => performance.now())
  const now = ref(steady.now())
  let shown = true
  let started = false
  let timer: ReturnType<typeof setInterval> | null = null

  const tick = (): void => {
    now.value = steady.now()
  }
  /** The main process is at least here: it goes on where the wall clock was set back before this page began. */
  function reach(at: number): void {
    if (!(at > steady.now())) return
    steady.follow(at)
    tick()
  }
  function follow(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
    if (document.hidden || !shown) return
    tick()
    timer = setInterval(tick, TICK_MS)
  }
  /** What the main process says of the window, beside what the document says of itself. */
  function show(nowShown: boolean): void {
    shown = nowShown
    if (started) follow()
  }
  function start(): () => void {
    started = true
    document.addEventListener('visibilitychange', follow)
    follow()
    return () => {
      started = false
      document.removeEventListener('visibilitychange', follow)
      if (timer !== null) clearInterval(timer)
      timer = null
    }
  }
  return { now, tick, reach, start, show }
})
