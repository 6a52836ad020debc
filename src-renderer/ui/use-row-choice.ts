import type { ComputedRef } from 'vue'
import { computed, shallowRef } from 'vue'
import type { RowIds } from './held-order'

export interface RowChoice {
  /** Row ids in the order on screen; of rows that are gone or filtered away nothing. */
  readonly ids: ComputedRef<readonly number[]>
  readonly has: (id: number) => boolean
  readonly toggle: (id: number) => void
  /** From the row that was chosen last, or from `otherwise`, to this one. */
  readonly extend: (id: number, otherwise: number) => void
  readonly all: () => void
  readonly none: () => void
}

/** Several rows chosen at once. Kept by `keyOf`, as row ids are given anew when the list they count is another. */
export function useRowChoice(rows: () => RowIds, keyOf: () => (id: number) => string): RowChoice {
  const chosen = shallowRef<ReadonlySet<string>>(new Set())
  /** Of the row from which a stretch reaches, and the rows that were chosen before it. */
  let from = ''
  let kept: ReadonlySet<string> = new Set()
  const key = (id: number): string => keyOf()(id)
  const has = (id: number): boolean => chosen.value.size > 0 && chosen.value.has(key(id))

  function begin(id: number, before: ReadonlySet<string>): void {
    from = key(id)
    kept = before
  }
  return {
    ids: computed(() => (chosen.value.size === 0 ? [] : Array.from(rows()).filter(has))),
    has,
    toggle(id) {
      const next = new Set(chosen.value)
      if (!next.delete(key(id))) next.add(key(id))
      chosen.value = next
      begin(id, next)
    },
    extend(id, otherwise) {
      if (chosen.value.size === 0) begin(otherwise < 0 ? id : otherwise, chosen.value)
      const order = rows()
      const to = order.indexOf(id)
      const start = order.findIndex((other) => key(other) === from)
      const [first, last] = start < 0 ? [to, to] : [Math.min(start, to), Math.max(start, to)]
      const next = new Set(kept)
      for (let at = first; at <= last; at++) next.add(key(order[at]!))
      chosen.value = next
    },
    all() {
      chosen.value = new Set(Array.from(rows(), key))
    },
    none() {
      if (chosen.value.size > 0) chosen.value = new Set()
    },
  }
}
