/** A column of VirtualTable. `width` is a grid track (`90px`, `minmax(160px, 1fr)`): fixed or flexible, never from the content, so that
 * columns do not jump when numbers change. */
export interface TableColumn {
  readonly key: string
  readonly label: string
  readonly width: string
  readonly align?: 'start' | 'end'
  readonly sortable?: boolean
  readonly mono?: boolean
  /** Explains the column on hover. */
  readonly hint?: string
}

export interface TableSort {
  readonly key: string
  readonly descending: boolean
}

/** Clicking a heading: first ascending for words, descending for figures (most is worst), then the other way round. */
export function nextSort(current: TableSort, column: TableColumn): TableSort {
  if (current.key === column.key) return { key: column.key, descending: !current.descending }
  return { key: column.key, descending: column.align === 'end' }
}
