import type { ChangeView } from '../contract/change'
import type { JournalFormat, JournalRow } from '../contract/journal'
import { csv } from './report/csv'
import { markdown, quoted } from './report/markdown'

/** A change with all its rows, oldest first. */
export interface Reported {
  readonly change: ChangeView
  readonly rows: readonly JournalRow[]
}

/** A change that cannot be told, because one of its rows cannot be read. */
export interface Unread {
  readonly id: string
  readonly why: string
}

/**
 * Changes as a text to hand on, in English, in the order given; those that cannot be told are named at the end. 'markdown': to read, long tables
 * cut; 'json': everything, with unknown figures as null; 'csv': a line per step and item.
 */
export function report(changes: readonly Reported[], format: JournalFormat, unread: readonly Unread[] = []): string {
  if (format === 'csv') return csv(changes, unread)
  if (format === 'json') return `${JSON.stringify({ changes, ...(unread.length === 0 ? {} : { unread }) }, null, 2)}\n`
  const told = changes.map(({ change, rows }) => markdown(change, rows))
  return [...told, ...unread.map(({ id, why }) => `# Change ${quoted(id)}\n\nIt cannot be told: ${quoted(why)}\n`)].join('\n---\n\n')
}
