import type { ClusterStatus } from '@contract/frame'
import type { FrameView } from './frame-view'

/** A picture counts as stale when polling stands still by choice or by loss, or after three intervals (at least 2 s) without a new one. */
export function isStale(view: FrameView | null, status: ClusterStatus | null, ageMs: number): boolean {
  if (view === null) return false
  if (status !== null && status.phase !== 'live') return true
  const { intervalMs } = view.summary
  return ageMs > Math.max(2000, 3 * (Number.isFinite(intervalMs) ? intervalMs : 0))
}
