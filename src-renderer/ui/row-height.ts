import type { InjectionKey, Ref } from 'vue'
import { inject, ref } from 'vue'

/** Height of table rows in px: 28, or 24 when compact. tokens.css has the same figures as --row. */
export const ROW_HEIGHTS = { normal: 28, compact: 24 } as const
export const ROW_HEIGHT: InjectionKey<Readonly<Ref<number>>> = Symbol('row-height')
export const useRowHeight = (): Readonly<Ref<number>> => inject(ROW_HEIGHT, () => ref<number>(ROW_HEIGHTS.normal), true)
