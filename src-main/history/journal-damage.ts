/**
 * Which lines of the journal cannot be read or are not there, and which changes would be told without them. Lines are numbered from 1 without a gap, since
 * none is ever taken away, so a gap is a line that was lost. Pure.
 */
import { BEFORE_APPLY } from '../contract/change'

export interface ScannedLine {
  readonly seq: number
  readonly change: string
  readonly state: string
  /** It says of itself that its change began with it. */
  readonly isFirst: boolean
  readonly isWhole: boolean
}

export interface LineRange {
  readonly from: number
  /** The last of them. */
  readonly to: number
}

export interface JournalDamage {
  /** Ascending. */
  readonly lines: readonly LineRange[]
  /** Changes that cannot be told, by id, with the first line of theirs, or perhaps of theirs, that is damaged or missing. */
  readonly inDoubt: ReadonlyMap<string, number>
}

/** A change in one of these is gone on with, so that a line after its last one that can be read may be lost. */
const GOES_ON: ReadonlySet<string> = new Set([...BEFORE_APPLY, 'applying', 'unknown', 'applied', 'verified'])

interface Span {
  readonly first: number
  last: number
  state: string
}

/** `scanned`: every line there is, by number. */
export function journalDamage(scanned: readonly ScannedLine[]): JournalDamage {
  const spans = new Map<string, Span>()
  for (const { seq, change, state, isWhole } of scanned) {
    if (!isWhole) continue
    const span = spans.get(change)
    if (span === undefined) spans.set(change, { first: seq, last: seq, state })
    else Object.assign(span, { last: seq, state })
  }

  const lines: LineRange[] = []
  const inDoubt = new Map<string, number>()
  const doubt = (change: string, line: number): void => {
    if (!inDoubt.has(change)) inDoubt.set(change, line)
  }
  /** Damaged ones since the last whole line. */
  let damaged: ScannedLine[] = []
  let next = 1
  const close = (to: number): void => {
    if (to < next) return
    lines.push({ from: next, to })
    for (const { change } of damaged) doubt(change, next)
    // What it says of its change is believed where another line, or the line itself as a first one, says the same.
    const known = damaged.filter(({ change, isFirst }) => isFirst || spans.has(change))
    if (known.length === to - next + 1) return
    for (const [change, { first, last, state }] of spans)
      if (first < next && (last > to || GOES_ON.has(state))) doubt(change, next)
  }
  for (const line of scanned) {
    if (!line.isWhole) {
      damaged.push(line)
      continue
    }
    close(line.seq - 1)
    damaged = []
    next = line.seq + 1
  }
  // After the last whole one there is nothing to count by but the damaged ones themselves.
  close(next - 1 + damaged.length)
  return { lines, inDoubt }
}

/** As `3, 5–8`, the first ten. */
export function lineNumbers(ranges: readonly LineRange[]): string {
  const shown = ranges.slice(0, 10).map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`))
  return [...shown, ...(ranges.length > shown.length ? ['…'] : [])].join(', ')
}
