import type { Ref, ShallowRef } from 'vue'
import { ref, shallowRef, watch } from 'vue'
import type { RowIds } from './held-order'
import { heldOrder } from './held-order'

/**
 * The rows a table shows: the wanted ones, except that their order is held while the pointer is inside and `orderKey`
 * is the same.
 */
export function useHeldRows(
  wanted: () => RowIds,
  orderKey: () => string,
): { held: ShallowRef<RowIds>; inside: Ref<boolean> } {
  const held = shallowRef<RowIds>(wanted())
  const inside = ref(false)
  watch([wanted, orderKey, inside], ([rows, key, within], [, oldKey]) => {
    held.value = within && key === oldKey ? heldOrder(held.value, rows) : rows
  })
  return { held, inside }
}
