import type { Holders } from '../../domain/topology/broker-index'
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

/** Replica rows of the busiest broker. */
export function busiestRows(holders: Holders): number {
  const counts = new Uint32Array(holders.ids.length)
  for (const broker of holders.ofReplica) counts[broker] = counts[broker]! + 1
  return counts.reduce((most, count) => Math.max(most, count), 0)
}

/** Rows one broker is asked for in a tick of `intervalMs`. */
export function rowsPerBroker(busiest: number, intervalMs: number, bytesPerSecond = BYTES_PER_SECOND): number {
  const affordable = ((bytesPerSecond * LOG_END_SHARE) / BYTES_PER_ROW) * (intervalMs / 1000)
  const wanted = busiest * Math.min(1, intervalMs / ROUND_MS)
  return Math.max(LEAST_ROWS, Math.ceil(Math.min(affordable, wanted)))
}

/** Whether this tick asks a second broker for Metadata, `sinceLastMs` after the last time (NaN = never). */
export const wantSecond = (partitions: number, sinceLastMs: number): boolean =>
  !(sinceLastMs < SECOND_EVERY_MS * Math.max(1, partitions / LARGE))
