import { onScopeDispose } from 'vue'

/** Calls `act` once calls have rested for `ms`; drops the last one when the caller goes away. */
export function useRest(act: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  onScopeDispose(stop)
  return () => {
    stop()
    timer = setTimeout(act, ms)
  }
}
