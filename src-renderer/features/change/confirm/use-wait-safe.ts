import type { ChangeState, ChangeView } from '@contract/change'
import type { Ref } from 'vue'
import { onBeforeUnmount, ref, watch } from 'vue'

/** Between the end of one plan and the begin of the next. */
export const REPLAN_MS = 4000

/** Before it is confirmed. */
const WAITS: ReadonlySet<ChangeState> = new Set<ChangeState>(['draft', 'planned', 'validated'])

const isSafe = ({ plan }: ChangeView): boolean => plan !== null && (plan.level === 'low' || plan.level === 'warn')

export interface WaitSafe {
  readonly waiting: Ref<boolean>
  /** It waited, and nothing blocks any more. */
  readonly safe: Ref<boolean>
}

/**
 * Plans again and again while switched on, until no effect blocks. Ends by itself when that is so, when the change goes on
 * on to be confirmed, and with the page.
 */
export function useWaitSafe(view: () => ChangeView | null, plan: () => Promise<unknown>): WaitSafe {
  const waiting = ref(false)
  const safe = ref(false)
  let timer: ReturnType<typeof setTimeout> | null = null

  function halt(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  function look(): void {
    const now = view()
    if (!waiting.value) return
    if (now === null || !WAITS.has(now.state)) {
      waiting.value = false
    } else if (isSafe(now)) {
      waiting.value = false
      safe.value = true
    } else {
      timer = setTimeout(() => void plan().finally(look), REPLAN_MS)
    }
  }
  watch(waiting, (on) => {
    halt()
    if (!on) return
    safe.value = false
    void plan().finally(look)
  })
  watch(
    () => view()?.id,
    () => {
      waiting.value = false
      safe.value = false
    },
  )
  onBeforeUnmount(() => {
    waiting.value = false
    halt()
  })
  return { waiting, safe }
}
