import type { Clock } from '../ports/clock'
import type { ClusterState } from './cluster-state'
import type { LanePool } from './lane-pool'
import type { Limits } from './limits'

/** What each reader between the ticks works with. */
export interface BackgroundParts {
  readonly clock: Clock
  readonly pool: LanePool
  readonly state: ClusterState
  readonly limits: Limits
}
