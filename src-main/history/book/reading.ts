import type { LateHour } from '../../contract/advisor'
import type { HistoryPage, Incident, KeptEvent } from '../../contract/history'
import type { KeptPartitionSeries, KeptSeries } from '../../contract/kept-samples'
import { columnsOf, gapsOf } from '../../domain/samples/series'
import type { HistoryReader } from '../../ports/history'
import type { BookTables } from './book-tables'
import { readEvents, readEventsAfter } from './event-table'
import { readPartitionSeries, readSeries } from './sample-table'

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

/** `now`: by which is judged how far back a tier of samples reaches. */
export function createReading(lend: Lend, now: () => number): HistoryReader {
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
    samples(subject, from, until, resolutionMs) {
      const nothing = (unreadable: number): KeptSeries => ({
        resolutionMs,
        at: [],
        figures: columnsOf(() => []),
        unwatched: gapsOf([], from, until),
        unreadable,
      })
      return lend<KeptSeries>(
        ({ db, names, watched }) =>
          readSeries(db, names, subject, { from, until, resolutionMs, now: now() }, watched.within(from, until)),
        { none: nothing(0), broken: nothing(1) },
      )
    },
    partitionSamples(partition, from, until, resolutionMs) {
      const nothing = (unreadable: number): KeptPartitionSeries => ({
        resolutionMs,
        at: [],
        state: [],
        followers: [],
        unwatched: gapsOf([], from, until),
        unreadable,
      })
      return lend<KeptPartitionSeries>(
        ({ db, names, watched }) =>
          readPartitionSeries(
            db,
            names,
            partition,
            { from, until, resolutionMs, now: now() },
            watched.within(from, until),
          ),
        { none: nothing(0), broken: nothing(1) },
      )
    },
    moments: (at) => lend(({ moments }) => moments.upTo(at), { none: [], broken: [] }),
    momentPart: (id, part) =>
      lend<Uint8Array | null>(({ moments }) => moments.part(id, part), { none: null, broken: null }),
    eventsAfter: (seq, limit) =>
      lend<HistoryPage<KeptEvent>>(({ db }) => readEventsAfter(db, seq, pageOf(limit)), {
        none: EMPTY,
        broken: NOT_READ,
      }),
    firstMoment: () => lend(({ moments }) => moments.first(), { none: Number.NaN, broken: Number.NaN }),
    watched: (from, until) => lend(({ watched }) => watched.within(from, until), { none: [], broken: [] }),
    excursionHours: (from) => lend(({ excursions }) => excursions.hours(from), { none: [], broken: [] }),
    excursionHour: (at) => lend<LateHour | null>(({ excursions }) => excursions.one(at), { none: null, broken: null }),
  }
}
