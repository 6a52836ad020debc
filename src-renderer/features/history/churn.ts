/** How often replicas left an ISR, and who does it again and again. Every count is a lower bound: what comes and goes between two looks is not seen. Pure. */
import type { KeptEvent } from '@contract/history'
import { unwatchedMs, type Gap } from './watched'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** How far back, and the time of one cell. */
export const RANGES = {
  hour: { spanMs: HOUR_MS, cellMs: 5 * MINUTE_MS },
  day: { spanMs: 24 * HOUR_MS, cellMs: HOUR_MS },
  week: { spanMs: 168 * HOUR_MS, cellMs: 6 * HOUR_MS },
} as const
export type Range = keyof typeof RANGES
export const BY = ['topic', 'partition', 'broker', 'pair'] as const
export type By = (typeof BY)[number]

const ROWS = 10
const FLAPS = 8
/** A replica that is back so soon flapped. */
export const BACK_WITHIN_MS = 600_000
/** Of the score: at so many departures it is 63 of 100, if all of them came back. */
export const SCORE_TIMES = 40

export interface Cell {
  readonly from: number
  readonly to: number
  /** Share of it that was watched and read, 0 to 1. */
  readonly watched: number
}
/** -1 and '' = not of it. */
export interface Place {
  readonly topic: string
  readonly partition: number
  readonly broker: number
  readonly leader: number
}
export interface ChurnRow extends Place {
  /** One a cell. */
  readonly counts: readonly number[]
  readonly total: number
}
export interface Churn {
  readonly cells: readonly Cell[]
  /** Most first. */
  readonly rows: readonly ChurnRow[]
  /** What is not among them: how many rows, together. */
  readonly others: { readonly rows: number; readonly counts: readonly number[]; readonly total: number }
  readonly total: number
  /** Left out, as its broker was away or was shutting down. */
  readonly away: number
  /** The most of a cell. */
  readonly most: number
}
export interface Flap extends Place {
  readonly left: number
  /** Of those: how often a replica left that had left before. Many that leave once, as when a broker stops, do not flap. */
  readonly again: number
  /** Of those of which it is known: how many were back within ten minutes. */
  readonly back: number
  readonly known: number
  /** Median time out of the ISR of those, ms; NaN = none was. */
  readonly outMs: number
  /** 0 to 100, NaN = not known yet. */
  readonly score: number
}

const NOWHERE: Place = { topic: '', partition: -1, broker: -1, leader: -1 }

function placeOf({ topic, partition, broker, other }: KeptEvent, by: By): Place {
  if (by === 'topic') return { ...NOWHERE, topic }
  if (by === 'partition') return { ...NOWHERE, topic, partition }
  if (by === 'broker') return { ...NOWHERE, broker }
  return { ...NOWHERE, broker, leader: other }
}
const keyOf = ({ topic, partition, broker, leader }: Place): string => `${topic} ${partition} ${broker} ${leader}`

/** A reassignment that takes a replica away is no fault of anybody. */
const isDeparture = ({ kind, cause }: KeptEvent): boolean => kind === 'left-isr' && cause !== 'moved'
const isAway = ({ cause }: KeptEvent): boolean => cause === 'fenced' || cause === 'shutdown'

/** Cells of a range on round times, the last one with `now` in it. `gaps`: not watched, or not read. */
export function cellsOf(range: Range, now: number, gaps: readonly Gap[]): readonly Cell[] {
  const { spanMs, cellMs } = RANGES[range]
  const end = Math.ceil(now / cellMs) * cellMs
  return Array.from({ length: spanMs / cellMs }, (_, at) => {
    const from = end - spanMs + at * cellMs
    const to = from + cellMs
    const until = Math.min(to, now)
    const inside = gaps
      .filter((gap) => gap.to > from && gap.from < until)
      .map((gap) => ({ ...gap, from: Math.max(gap.from, from), to: Math.min(gap.to, until) }))
    return { from, to, watched: Math.max(0, 1 - unwatchedMs(inside) / Math.max(1, until - from)) }
  })
}

/** The departures that count: without those whose broker was away, unless `withAway`. */
function counted(events: readonly KeptEvent[], withAway: boolean): readonly KeptEvent[] {
  return events.filter((event) => isDeparture(event) && (withAway || !isAway(event)))
}

export function churnOf(events: readonly KeptEvent[], by: By, withAway: boolean, cells: readonly Cell[]): Churn {
  const first = cells[0]?.from ?? 0
  const cellMs = (cells[0]?.to ?? 1) - first
  const rows = new Map<string, Place & { counts: number[]; total: number }>()
  const inTime = events.filter((one) => one.to >= first && one.to < (cells.at(-1)?.to ?? 0))
  const departures = counted(inTime, withAway)
  for (const event of departures) {
    const place = placeOf(event, by)
    const key = keyOf(place)
    const row = rows.get(key) ?? { ...place, counts: cells.map(() => 0), total: 0 }
    row.counts[Math.floor((event.to - first) / cellMs)]! += 1
    row.total += 1
    rows.set(key, row)
  }
  const sorted = [...rows.values()].sort((a, b) => b.total - a.total || (keyOf(a) < keyOf(b) ? -1 : 1))
  // A single one more takes no more room than "1 other".
  const shown = sorted.length === ROWS + 1 ? sorted : sorted.slice(0, ROWS)
  const rest = sorted.slice(shown.length)
  const sum = (at: number): number => rest.reduce((all, { counts }) => all + counts[at]!, 0)
  const others = {
    rows: rest.length,
    counts: cells.map((_, at) => sum(at)),
    total: rest.reduce((all, one) => all + one.total, 0),
  }
  return {
    cells,
    rows: shown,
    others,
    total: departures.length,
    away: counted(inTime, true).filter(isAway).length,
    most: Math.max(0, ...shown.flatMap(({ counts }) => counts), ...others.counts),
  }
}

function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** 100 × (1 − e^(−n / 40)) × back: `n` departures, `back` the share of them that returned within ten minutes. */
export const scoreOf = (n: number, back: number): number => 100 * (1 - Math.exp(-n / SCORE_TIMES)) * back

/** Time out of the ISR by the number of the departure; no entry = it is not back. */
function timesOut(events: readonly KeptEvent[]): ReadonlyMap<number, number> {
  const out = new Map<number, number>()
  const leftAt = new Map<string, KeptEvent>()
  for (const event of events.toSorted((a, b) => a.seq - b.seq)) {
    const replica = `${event.topic} ${event.partition} ${event.broker}`
    if (isDeparture(event)) leftAt.set(replica, event)
    else if (event.kind === 'joined-isr') {
      const left = leftAt.get(replica)
      if (left !== undefined) out.set(left.seq, event.to - left.to)
      leftAt.delete(replica)
    }
  }
  return out
}

/** Brokers and partitions that left and came back, the worst first. Those that left less than ten minutes before `now` and are still out say nothing yet. */
export function flapsOf(events: readonly KeptEvent[], withAway: boolean, now: number): readonly Flap[] {
  const out = timesOut(events)
  const groups = new Map<string, { place: Place; left: KeptEvent[] }>()
  for (const event of counted(events, withAway))
    for (const by of ['broker', 'partition'] as const) {
      const place = placeOf(event, by)
      const group = groups.get(keyOf(place)) ?? { place, left: [] }
      group.left.push(event)
      groups.set(keyOf(place), group)
    }
  return [...groups.values()]
    .map(({ place, left }) => {
      const times = left.map(({ seq }) => out.get(seq) ?? Infinity)
      const back = times.filter((ms) => ms <= BACK_WITHIN_MS)
      const known = left.filter(({ seq, to }) => out.has(seq) || now - to > BACK_WITHIN_MS).length
      const share = known === 0 ? Number.NaN : back.length / known
      return {
        ...place,
        left: left.length,
        again:
          left.length -
          new Set(left.map(({ topic, partition, broker }) => keyOf({ ...NOWHERE, topic, partition, broker }))).size,
        back: back.length,
        known,
        outMs: median(back),
        score: scoreOf(left.length, share),
      }
    })
    .sort((a, b) => (b.score || 0) - (a.score || 0) || b.left - a.left)
    .slice(0, FLAPS)
}
