import type { ChangeView } from '../contract/change'
import type { JournalFormat, JournalRow } from '../contract/journal'
import { csv } from './report/csv'
import { markdown } from './report/markdown'

/** A change with all its rows, oldest first. */
export interface Reported {
  readonly change: ChangeView
  readonly rows: readonly JournalRow[]
}

/**
 * Changes as a text to hand on, in English, in the order given. 'markdown': to read, long tables cut; 'json': everything, with unknown figures as
 * null; 'csv': a line per step and item.
 */
export function report(changes: readonly Reported[], format: JournalFormat): string {
  if (format === 'csv') return csv(changes)
  if (format === 'json') return `${JSON.stringify({ changes }, null, 2)}\n`
  return changes.map(({ change, rows }) => markdown(change, rows)).join('\n---\n\n')
}
