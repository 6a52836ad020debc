import { findReplica } from '../topology/topic-index'
import type { Reading } from '../topology/reading'

/**
 * Records that a replica has more than its leader, 0 = none, or not known. The leader was read later and had less, so what is between was not in its log: as a
 * follower the replica cuts it off, however the two came apart. Nobody ahead is behind by any count.
 */
export function aheadRecords({ topology, leader, logEndOffset, readAt, sentAt }: Reading, replica: number): number {
  const row = topology.replicaPartition[replica]!
  const led = findReplica(topology, row, leader[row]!)
  if (led < 0 || led === replica || !(readAt[replica]! <= sentAt[led]!)) return 0
  const ahead = logEndOffset[replica]! - logEndOffset[led]!
  return ahead > 0 ? ahead : 0
}
