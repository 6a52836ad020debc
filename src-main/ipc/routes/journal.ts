import type { Changes } from '../../change/changes'
import type { JournalPort } from '../../ports/journal'
import { attempt } from '../attempt'
import type { Routes } from '../handle'

type JournalChannel = Extract<keyof Routes, `journal:${string}`>

export const journalRoutes = (desk: {
  readonly changes: Changes
  readonly journal: JournalPort
}): Pick<Routes, JournalChannel> => ({
  'journal:list': (filter) => attempt('The journal could not be read', () => desk.journal.list(filter)),
  'journal:read': ({ change }) => desk.changes.rows(change),
  'journal:export': ({ changes, format }) => desk.changes.report(changes, format),
})
