import { csvLines } from '@shared/csv'
import type { ExportCell, ExportTable } from '../../stores/screen'

const unknownIsNull = (cell: ExportCell): ExportCell =>
  typeof cell === 'number' && !Number.isFinite(cell) ? null : cell

export function toCsv(table: ExportTable): string {
  return csvLines([table.columns]) + csvLines(table.rows)
}

export interface ExportMeta {
  readonly cluster: string
  /** Ms since 1970 of the picture, NaN unknown. */
  readonly takenAt: number
}

/** One object per row, unknown as null, with the cluster and the time of the picture. */
export function toJson(table: ExportTable, meta: ExportMeta): string {
  const rows = Array.from(table.rows, (row) =>
    JSON.stringify(Object.fromEntries(row.map((cell, at) => [table.columns[at]!, unknownIsNull(cell)]))),
  )
  const head = {
    cluster: meta.cluster,
    view: table.name,
    takenAt: Number.isFinite(meta.takenAt) ? new Date(meta.takenAt).toISOString() : null,
  }
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "rows": [\n    ${rows.join(',\n    ')}\n  ]\n}\n`
}

/** `orders-eu topics 2026-11-23T03-12-41Z.csv`, without what a file system refuses. */
export const fileName = (table: Pick<ExportTable, 'name'>, meta: ExportMeta, extension: string): string =>
  `${bundleName(table, meta)}.${extension}`

/** The same of a folder. */
export function bundleName(table: Pick<ExportTable, 'name'>, meta: ExportMeta): string {
  const at = Number.isFinite(meta.takenAt)
    ? ` ${new Date(meta.takenAt).toISOString().slice(0, 19).replaceAll(':', '-')}Z`
    : ''
  const stem = `${meta.cluster} ${table.name}`.replace(/[\p{Cc}<>:"/\\|?*]+/gu, '_').slice(0, 200)
  return `${stem}${at}`
}
