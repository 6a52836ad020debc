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

/**
 * Records that a replica is behind its leader (an upper bound), 0 = none. NaN where it is not known, and where the replica has more than its leader, now or when
 * `lagRecords` was read: nobody ahead is behind by any count.
 */
export function behindRecords(reading: Reading, replica: number): number {
  const lag = reading.lagRecords[replica]!
  return lag < 0 || aheadRecords(reading, replica) > 0 ? NaN : lag
}
