import { createHash } from 'node:crypto'

/** Every column of a row of the journal but its checksum, by name. */
export const ROW_COLUMNS = [
  'seq',
  'at',
  'change',
  'cluster',
  'cluster_name',
  'cluster_id',
  'os_user',
  'principal',
  'state',
  'began',
  'draft',
  'confirmed',
  'kind',
  'level',
  'undo_of',
  'undone_by',
  'applied',
  'items',
  'type',
  'format',
  'topic_count',
  'topics',
  'keys',
  'reason',
  'words',
  'body',
] as const

export type RowColumns = { readonly [K in (typeof ROW_COLUMNS)[number]]: string | number | null }

/**
 * SHA-256 over all columns of a row as they stand in the file, in the order of ROW_COLUMNS: finds a disk's fault and a stray hand, and is no proof
 * against somebody who computes it anew. A column added later is not part of it.
 */
export function checksumOf(row: RowColumns): string {
  const hash = createHash('sha256')
  // As JSON each, so that no value can pass for the end of one and the beginning of the next.
  for (const column of ROW_COLUMNS) hash.update(`${JSON.stringify(row[column])}\n`)
  return hash.digest('hex')
}
