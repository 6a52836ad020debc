import { noFormula } from '@shared/csv'
import type { InjectionKey } from 'vue'
import { inject } from 'vue'

/** What tables say and do about copying and choosing rows; the window provides it, as the parts in here have no texts. */
export interface TableCopy {
  readonly words: {
    readonly copyCell: () => string
    readonly copyRows: (count: number) => string
    readonly copyRowsWithHead: (count: number) => string
    readonly tooMany: (most: number) => string
    readonly chosen: (count: number) => string
    readonly chooseNone: () => string
  }
  /** As they are written on buttons. */
  readonly keys: { readonly copyRows: string; readonly chooseNone: string }
  /** To the clipboard, with a word about it. */
  readonly copy: (text: string, rows: number) => unknown
}

export const TABLE_COPY: InjectionKey<TableCopy> = Symbol('table-copy')
/** null where nobody provides it (component tests): nothing can be copied there. */
export const useTableCopy = (): TableCopy | null => inject(TABLE_COPY, null)

/** More rows are a file and not a clipboard. */
export const MOST_COPIED_ROWS = 5_000

const words = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim()

/** What a cell says, without what is drawn beside it and the keys that are shown in it; of a drawing alone what it is called. */
export function cellText(cell: Element): string {
  const copy = cell.cloneNode(true) as Element
  const drawn = [...copy.querySelectorAll('[role="img"], svg, canvas')]
  const names = drawn.map((one) => one.getAttribute('aria-label') ?? '').filter((name) => name !== '')
  for (const one of [...drawn, ...copy.querySelectorAll('[aria-hidden="true"], kbd')]) one.remove()
  const text = words(copy)
  return text === '' ? names.join(' ') : text
}

/** Rows as a spreadsheet takes them. */
export const tabbed = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(noFormula).join('\t')).join('\n')
