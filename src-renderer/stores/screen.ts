import { defineStore } from 'pinia'
import { onBeforeUnmount, onMounted, shallowRef } from 'vue'

export type ExportCell = string | number | boolean | null

/** What is on screen as a table; null cells are unknown values. */
export interface ExportTable {
  /** Part of the suggested file name. */
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: Iterable<readonly ExportCell[]>
}

/** What the page on screen offers to the keys X and Y and to the header's buttons. Computed when asked, not before. */
export interface ScreenOffer {
  readonly exportable?: () => ExportTable
  /** The kafka-….sh line that answers the same question. */
  readonly command?: () => string
}

export const useScreenStore = defineStore('screen', () => ({ offer: shallowRef<ScreenOffer | null>(null) }))

/** Registers the page's offer while it is on screen. Call it in the page's setup. */
export function useScreenOffer(offer: ScreenOffer): void {
  const screen = useScreenStore()
  onMounted(() => {
    screen.offer = offer
  })
  onBeforeUnmount(() => {
    // The next page may have mounted already.
    if (screen.offer === offer) screen.offer = null
  })
}
