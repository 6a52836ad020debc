import { onBeforeUnmount, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'

/** Whether the window is as the media query says, now and later. False where there is nothing to ask. */
export function useMedia(query: string): Readonly<ShallowRef<boolean>> {
  const list = typeof matchMedia === 'function' ? matchMedia(query) : null
  const is = shallowRef(list?.matches ?? false)
  const follow = (): void => {
    is.value = list?.matches ?? false
  }
  list?.addEventListener('change', follow)
  onBeforeUnmount(() => list?.removeEventListener('change', follow))
  return is
}
