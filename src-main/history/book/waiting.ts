import type { LateHour } from '../../contract/advisor'
import { addHours } from '../../domain/advisor/tally'
import type { HistoryPage, Incident, KeptEvent, Watched } from '../../contract/history'
import type { EventFilter } from '../../ports/history'
import type { MomentHead } from '../../ports/history'
import { passes } from './event-query'

/** So many events wait in memory for a file that does not take them, some 20 MB. */
const EVENTS = 50_000
/** And so many spans and incidents, and hours of excursions. */
const OTHERS = 1_000
const HOURS = 24

/** And so many moments. */
const MOMENTS = 100

/** `written`: so many of its parts are in the file. */
export interface WaitingMoment {
  readonly head: MomentHead
  readonly parts: readonly Uint8Array[]
  written: number
}

/** What is not in the file yet, and is read as if it were. */
export interface Waiting {
  /** Oldest first. */
  readonly events: KeptEvent[]
  readonly incidents: Map<number, Incident>
  /** In the order of their numbers. */
  readonly moments: WaitingMoment[]
  /** By their numbers in the file. */
  readonly spans: Map<number, Watched>
  /** Parts of hours, by when these begin. */
  readonly hours: Map<number, LateHour>
  addHour(part: LateHour): void
  /** Answers how many things were dropped, oldest first, as there were too many. */
  bound(): number
}

export function createWaiting(): Waiting {
  const events: KeptEvent[] = []
  const incidents = new Map<number, Incident>()
  const spans = new Map<number, Watched>()
  const hours = new Map<number, LateHour>()
  const moments: WaitingMoment[] = []
  const oldestOut = (map: Map<number, unknown>, most: number): number => {
    let dropped = 0
    for (const id of map.keys()) {
      if (map.size <= most) break
      map.delete(id)
      dropped += 1
    }
    return dropped
  }
  return {
    events,
    incidents,
    spans,
    hours,
    addHour(part) {
      const known = hours.get(part.at)
      hours.set(part.at, known === undefined ? part : addHours(known, part))
    },
    moments,
    bound() {
      const over = Math.max(0, events.length - EVENTS)
      if (over > 0) events.splice(0, over)
      const late = Math.max(0, moments.length - MOMENTS)
      if (late > 0) moments.splice(0, late)
      return late + over + oldestOut(incidents, OTHERS) + oldestOut(spans, OTHERS) + oldestOut(hours, HOURS)
    },
  }
}

/** `rest` reads so many older ones from the file. */
export function withWaitingEvents(
  waiting: readonly KeptEvent[],
  filter: EventFilter,
  limit: number,
  rest: (limit: number) => HistoryPage<KeptEvent>,
): HistoryPage<KeptEvent> {
  const rows: KeptEvent[] = []
  for (let at = waiting.length - 1; at >= 0 && rows.length <= limit; at -= 1)
    if (passes(filter, waiting[at]!)) rows.push(waiting[at]!)
  if (rows.length > limit) return { rows: rows.slice(0, limit), more: true, unreadable: 0 }
  const older = rest(Math.max(1, limit - rows.length))
  const all = [...rows, ...older.rows]
  return { rows: all.slice(0, limit), more: older.more || all.length > limit, unreadable: older.unreadable }
}

/** Oldest first; `kept`: those of the file. */
export function withWaitingAfter(
  waiting: readonly KeptEvent[],
  seq: number,
  limit: number,
  kept: HistoryPage<KeptEvent>,
): HistoryPage<KeptEvent> {
  if (kept.more) return kept
  const after = kept.rows.at(-1)?.seq ?? seq
  const newer = waiting.filter((event) => event.seq > after)
  const rows = [...kept.rows, ...newer]
  return { rows: rows.slice(0, limit), more: rows.length > limit, unreadable: kept.unreadable }
}

/** From the newest whole moment up to `at` on. */
export function withWaitingMoments(
  waiting: readonly WaitingMoment[],
  at: number,
  kept: readonly MomentHead[],
): readonly MomentHead[] {
  const newer = waiting.map(({ head }) => head)
  const whole = newer.findLast((head) => head.kind === 'whole' && head.at <= at)
  const known = new Set(newer.map(({ id }) => id))
  const older = whole === undefined ? kept.filter(({ id }) => !known.has(id)) : [whole]
  if (older.length === 0) return []
  const last = older.at(-1)!.id
  return [...older, ...newer.filter((head) => head.id > last && head.kind !== 'whole' && !(head.from > at))]
}

export function withWaitingIncidents(
  waiting: ReadonlyMap<number, Incident>,
  limit: number,
  beforeId: number,
  page: HistoryPage<Incident>,
): HistoryPage<Incident> {
  if (waiting.size === 0) return page
  // Further back than the page of the file reaches there are rows in it that come first.
  const oldest = page.more ? (page.rows.at(-1)?.id ?? 0) : 0
  const newer = [...waiting.values()].filter(({ id }) => id < beforeId && id >= oldest)
  const rows = [...newer, ...page.rows.filter(({ id }) => !waiting.has(id))].sort((a, b) => b.id - a.id)
  return { rows: rows.slice(0, limit), more: page.more || rows.length > limit, unreadable: page.unreadable }
}

/** `waiting`: spans as they are now; one that is in the file too is further there. */
export function withWaitingSpans(
  waiting: readonly Watched[],
  from: number,
  until: number,
  kept: readonly Watched[],
): Watched[] {
  const spans = new Map(kept.map((span) => [span.from, span]))
  for (const span of waiting) if (span.to >= from && span.from < until) spans.set(span.from, span)
  return [...spans.values()].sort((a, b) => a.from - b.from)
}
