/** Both kinds of conflict as the tables show them. Pure. */
import type { Conflict, PlanConflict } from '@contract/change'

export type ConflictParts = Pick<PlanConflict, 'config' | 'replication' | 'otherCluster'>

/** Keys of the change itself first: these are what stops it. */
export function conflictParts(conflict: Conflict): ConflictParts {
  switch (conflict.kind) {
    case 'plan': {
      const { config, replication, otherCluster } = conflict
      return { config: [...config].sort((a, b) => Number(b.ours) - Number(a.ours)), replication, otherCluster }
    }
    case 'undo':
      return { config: conflict.config.map((row) => ({ ...row, ours: true })), replication: [], otherCluster: '' }
  }
}
