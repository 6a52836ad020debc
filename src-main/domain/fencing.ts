import type { TimeRange } from './eviction'

/**
 * A heartbeat goes every 2 s (broker.heartbeat.interval.ms), so the last one may be up to 2 s older than the silence we
 * noticed.
 */
const HEARTBEAT_MS = 2000

/**
 * When the controller fences a broker that has been silent since `silentSince`. Seen on 4.4.0 with 9 s: 7.2 to 11.0 s
 * after the kill (the longest when the dead node was the active controller).
 */
export function fencingRange(silentSince: number, sessionTimeoutMs: number): TimeRange {
  return { from: silentSince + sessionTimeoutMs - HEARTBEAT_MS, to: silentSince + sessionTimeoutMs + HEARTBEAT_MS }
}
