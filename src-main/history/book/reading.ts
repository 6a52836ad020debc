import type { HistoryPage, Incident, KeptEvent } from '../../contract/history'
import type { HistoryReader } from '../../ports/history'
import type { BookTables } from './book-tables'
import { readEvents } from './event-table'

/** Rows of one answer at most, whatever is asked for. */
const PAGE = 1_000
export const pageOf = (limit: number): number => Math.max(1, Math.min(PAGE, Math.floor(limit)))

/** What a page says where the file itself could not be read: something is there and is not shown. */
const NOT_READ: HistoryPage<never> = { rows: [], more: false, unreadable: 1 }
const EMPTY: HistoryPage<never> = { rows: [], more: false, unreadable: 0 }

/**
 * Reads from the tables that `use` lends, which answers the second argument where there are none or they cannot be read. Tables in another process's hands are read as they are
 * at that moment.
 */
export type Lend = <T>(read: (tables: BookTables) => T, otherwise: { readonly none: T; readonly broken: T }) => T

export function createReading(lend: Lend): HistoryReader {
  return {
    incidents: (limit, beforeId) =>
      lend<HistoryPage<Incident>>(({ incidents }) => incidents.page(pageOf(limit), beforeId), {
        none: EMPTY,
        broken: NOT_READ,
      }),
    incident: (id) => lend<Incident | null>(({ incidents }) => incidents.one(id), { none: null, broken: null }),
    events: (filter, limit) =>
      lend<HistoryPage<KeptEvent>>(({ db, names }) => readEvents(db, names, filter, pageOf(limit)), {
        none: EMPTY,
        broken: NOT_READ,
      }),
    watched: (from, until) => lend(({ watched }) => watched.within(from, until), { none: [], broken: [] }),
  }
}
