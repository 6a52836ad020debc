import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { computed, toValue } from 'vue'

/** What `read` answers, read again when `version` changes: typed arrays change in place, which Vue cannot see. */
export function computedAt<T>(version: MaybeRefOrGetter<number>, read: () => T): ComputedRef<T> {
  return computed(() => {
    toValue(version)
    return read()
  })
}
