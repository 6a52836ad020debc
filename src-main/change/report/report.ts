import type { ChangeView } from '../../contract/change'
import type { JournalFormat, JournalRow } from '../../contract/journal'
import { isPhrase } from '../../shared/words/entries'
import { say } from '../../shared/words/say'
import { csvHead, csvOfChange, csvOfUnread } from './csv'
import { markdown, quoted } from './markdown'

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

/** Each change by itself: one with a line that is damaged inside must not cost the others their report. */
function each(
  changes: readonly Reported[],
  tell: (change: Reported) => string,
): { readonly texts: string[]; readonly unread: Unread[] } {
  const texts: string[] = []
  const unread: Unread[] = []
  for (const one of changes) {
    try {
      texts.push(tell(one))
    } catch {
      unread.push({ id: one.change.id, why: 'its lines are damaged' })
    }
  }
  return { texts, unread }
}

/** Each phrase with its sentence beside it: who reads the file has no table of phrases. */
const withWords = (_key: string, value: unknown): unknown =>
  isPhrase(value) ? { ...value, text: say('en', value) } : value

/**
 * Changes as a text to hand on, in English, in the order given; those that cannot be told are named at the end. 'markdown': to read, long tables
 * cut; 'json': everything, with unknown figures as null; 'csv': a line per step and item.
 */
export function report(changes: readonly Reported[], format: JournalFormat, unread: readonly Unread[] = []): string {
  if (format === 'json')
    return `${JSON.stringify({ changes, ...(unread.length === 0 ? {} : { unread }) }, withWords, 2)}\n`
  if (format === 'csv') {
    const told = each(changes, csvOfChange)
    return csvHead() + told.texts.join('') + csvOfUnread([...unread, ...told.unread])
  }
  const told = each(changes, ({ change, rows }) => markdown(change, rows))
  const untold = [...unread, ...told.unread].map(
    ({ id, why }) => `# Change ${quoted(id)}\n\nIt cannot be told: ${quoted(why)}\n`,
  )
  return [...told.texts, ...untold].join('\n---\n\n')
}
