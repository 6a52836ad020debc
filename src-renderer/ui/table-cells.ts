import type { FunctionalComponent, VNodeChild } from 'vue'
import { h } from 'vue'
import type { TableColumn } from './table-column'

interface TableCellsProps {
  readonly columns: readonly TableColumn[]
  readonly id: number
  /** Draws them anew though it is the same row: what they read is changed in place. */
  readonly version: number
  /** What is drawn in each column, by its key. */
  readonly cells: Readonly<Record<string, ((cell: { id: number }) => VNodeChild) | undefined>>
}

/**
 * The cells of one row. A component of their own, so that scrolling draws the rows that come into sight and leaves those that stay there alone: a
 * page of them is some 200 cells, which by software rendering on a busy machine are most of a frame.
 */
export const TableCells: FunctionalComponent<TableCellsProps> = ({ columns, id, cells }) =>
  columns.map(({ key, align, mono }) =>
    h('div', { key, class: ['cell clip', align, { mono }], role: 'gridcell' }, [cells[key]?.({ id })]),
  )
TableCells.props = ['columns', 'id', 'version', 'cells']
