import type { ShallowRef } from 'vue'
import { effect, nextTick, onScopeDispose, shallowRef } from 'vue'
import type { ChartTwin } from './chart-twin'

/** Faster than somebody hears a row, and slow enough that tables of hundreds of rows cost nothing. */
const PACE_MS = 2_000
const NONE: ChartTwin = { name: '', basis: '', columns: [], rows: [], notes: [], show: '', close: '' }

/**
 * The twin that `make` answers, made anew once something that it read has changed. At once in its first two seconds, in which a page reads what it shows, and while it is
 * empty; then at most every two seconds. The last change is never left out.
 */
export function useTwin(make: () => ChartTwin): Readonly<ShallowRef<ChartTwin>> {
  const twin = shallowRef(NONE)
  const born = performance.now()
  let due = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isWaiting = false
  let isOver = false
  const run = effect(
    () => {
      const made = make()
      twin.value = made
      const now = performance.now()
      due = made.rows.length === 0 || now < born + PACE_MS ? 0 : now + PACE_MS
    },
    {
      scheduler: () => {
        if (isWaiting) return
        isWaiting = true
        const wait = due - performance.now()
        if (wait > 0) timer = setTimeout(again, wait)
        else void nextTick(again)
      },
    },
  )
  function again(): void {
    isWaiting = false
    if (!isOver) run()
  }
  onScopeDispose(() => {
    isOver = true
    clearTimeout(timer)
  })
  return twin
}
