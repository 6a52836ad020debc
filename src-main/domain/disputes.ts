import type { MetadataColumns } from './columns'
import type { Reading } from './reading'
import { NO_ROW } from './topology'

/** Another broker's Metadata, matched to the reading's topology. */
export interface OtherView {
  readonly broker: number
  readonly meta: MetadataColumns
  readonly rowOf: Uint32Array
}

export interface Dispute {
  readonly broker: number
  readonly leader: number
  readonly leaderEpoch: number
}

/**
 * Marks the rows on which another broker names another leader (`reading.disputed`), and takes over the claim with the higher leader epoch: the
 * controller raises the epoch with every election, so a higher one is newer (seen on 4.4.0, kafka-facts c5). A higher or equal epoch also
 * settles a doubt about a lower one. Answers who says what, by partition row.
 */
export function noteDisputes(reading: Reading, others: readonly OtherView[], now = reading.metadataAt): Map<number, Dispute[]> {
  const disputes = new Map<number, Dispute[]>()
  reading.disputed.fill(0)
  for (const { broker, meta, rowOf } of others) {
    for (let at = 0; at < rowOf.length; at++) {
      const row = rowOf[at]!
      if (row === NO_ROW) continue
      const epoch = meta.leaderEpoch[at]!
      if (reading.lowerEpochs.size > 0 && epoch >= reading.leaderEpoch[row]!) reading.lowerEpochs.delete(row)
      if (meta.leader[at] === reading.leader[row]) continue
      const claim = { broker, leader: meta.leader[at]!, leaderEpoch: epoch }
      const known = disputes.get(row)
      if (known === undefined) disputes.set(row, [claim])
      else known.push(claim)
      reading.disputed[row] = 1
    }
  }
  for (const [row, claims] of disputes) settle(reading, row, claims, now)
  return disputes
}

function settle(reading: Reading, row: number, claims: Dispute[], now: number): void {
  const newest = claims.reduce((best, claim) => (claim.leaderEpoch > best.leaderEpoch ? claim : best))
  if (newest.leaderEpoch <= reading.leaderEpoch[row]!) return
  const loser = { broker: reading.sourceBroker, leader: reading.leader[row]!, leaderEpoch: reading.leaderEpoch[row]! }
  claims.splice(0, claims.length, loser, ...claims.filter((claim) => claim.leader !== newest.leader))
  reading.leader[row] = newest.leader
  reading.leaderEpoch[row] = newest.leaderEpoch
  reading.leaderSince[row] = now
}
