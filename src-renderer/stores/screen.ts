import type { Result } from '@contract/result'
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

export type ReportFormat = 'markdown' | 'json' | 'csv' | 'html'

/** A page whose export is a report. */
export interface ReportOffer {
  /** Whose words the dialog says. */
  readonly kind: 'journal' | 'audit' | 'incident'
  /** Part of the suggested file name. */
  readonly name: string
  /** False while there is nothing to report. */
  ready(): boolean
  /** What it may be made as; the first one goes to the clipboard too. */
  readonly makes: readonly {
    readonly format: ReportFormat
    readonly make: () => Promise<Result<{ text: string }>>
  }[]
}

/** What the page on screen offers to the keys X and Y and to the header's buttons. Computed when asked, not before. */
export interface ScreenOffer {
  readonly exportable?: () => ExportTable
  /** In place of `exportable`. */
  readonly report?: ReportOffer
  /** The kafka-….sh line that answers the same question. */
  readonly command?: () => string
  /** In trouble, the lines that end it: Y copies them in place of `command`; '' = there are none. */
  readonly fix?: () => string
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
