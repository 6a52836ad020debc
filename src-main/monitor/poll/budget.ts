import { BYTES_PER_ROW } from './row-plan'

/** What one broker may be asked, in and out together. */
export const BYTES_PER_SECOND = 2_000_000
/** Metadata, high watermarks and settings come on top of the LEOs. */
const LOG_END_SHARE = 0.5
/** Below this a plan in turns saves nothing. */
const LEAST_ROWS = 500
/** Every healthy replica is read at least this often while the budget allows it: a follower that stops shall be seen within 2 s. */
const ROUND_MS = 500
/** A little less than a second, so that a tick of 1 s that comes early still asks. */
const SECOND_EVERY_MS = 950
/** From this size on a second opinion is asked for less often. */
const LARGE = 20_000

/** Replica rows that one broker is asked for in a tick. */
export interface RowBudget {
  /** Above this nothing but what must be asked every tick. */
  readonly inAll: number
  /** Of the rows that are asked in turn. Those that must be asked leave this alone, or what is still well would be seen late while much is not. */
  readonly inTurn: number
}

/** For a tick of `intervalMs`; `busiest`: rows of the broker that has most. */
export function rowBudget(busiest: number, intervalMs: number, bytesPerSecond = BYTES_PER_SECOND): RowBudget {
  const affordable = ((bytesPerSecond * LOG_END_SHARE) / BYTES_PER_ROW) * (intervalMs / 1000)
  // In whole ticks: a row that is read in every tick but one would sometimes wait for two.
  const wanted = busiest / Math.max(1, Math.floor(ROUND_MS / intervalMs))
  const inAll = Math.max(LEAST_ROWS, Math.ceil(affordable))
  return { inAll, inTurn: Math.min(inAll, Math.max(LEAST_ROWS, Math.ceil(wanted))) }
}

/** Whether this tick asks a second broker for Metadata, `sinceLastMs` after the last time (NaN = never). */
export const wantSecond = (partitions: number, sinceLastMs: number): boolean =>
  !(sinceLastMs < SECOND_EVERY_MS * Math.max(1, partitions / LARGE))
