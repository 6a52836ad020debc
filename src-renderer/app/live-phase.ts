import type { ClusterStatus } from '@contract/frame'

export type LivePhase = 'closed' | 'connecting' | 'live' | 'paused' | 'lost' | 'stale'

/**
 * What the footer says about the picture on screen: the connection's phase, and 'stale' where it is live by name but
 * late.
 */
export function livePhase(
  open: boolean,
  hasPicture: boolean,
  phase: ClusterStatus['phase'] | null,
  stale: boolean,
): LivePhase {
  if (!open) return 'closed'
  if (phase === 'paused' || (phase === 'lost' && hasPicture)) return phase
  if (!hasPicture) return 'connecting'
  return stale ? 'stale' : 'live'
}
