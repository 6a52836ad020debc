import type { TimeRange } from '../../shared/eviction'

/**
 * A heartbeat goes every 2 s (broker.heartbeat.interval.ms), so the last one may be up to 2 s older than the silence we
 * noticed.
 */
const HEARTBEAT_MS = 2000

/**
 * When the controller fences a broker that has been silent since `silentSince`. Seen on 4.4.0 with 9 s: 7.2 to 11.0 s
 * after the kill (the longest when the dead node was the active controller). Unknown (NaN) when that time is over and
 * the broker is still listed: the controller hears it, only we do not, so nothing says when it would be fenced.
 */
export function fencingRange(silentSince: number, sessionTimeoutMs: number, now = silentSince): TimeRange {
  const from = silentSince + sessionTimeoutMs - HEARTBEAT_MS
  const to = silentSince + sessionTimeoutMs + HEARTBEAT_MS
  return now > to + HEARTBEAT_MS ? { from: NaN, to: NaN } : { from, to }
}
