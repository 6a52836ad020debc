import { applyRow } from './apply-metadata'
import type { MetadataColumns } from '../topology/columns'
import type { WritableReading } from '../topology/reading'
import { NO_ROW } from '../topology/topology'

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

interface Claim extends Dispute {
  readonly view: OtherView
  readonly at: number
}

/**
 * Marks the rows on which another broker names another leader (`reading.disputed`), and takes over the whole row from
 * the claim with the higher leader epoch: the controller raises the epoch with every election, so a higher one is newer
 * (seen on 4.4.0, kafka-facts c5). A higher or equal epoch also settles a doubt about a lower one. Answers who says
 * something else than the reading now holds, by partition row.
 */
export function noteDisputes(
  reading: WritableReading,
  others: readonly OtherView[],
  now = reading.metadataAt,
): Map<number, Dispute[]> {
  const claims = new Map<number, Claim[]>()
  reading.disputed.fill(0)
  for (const view of others) {
    const { broker, meta, rowOf } = view
    for (let at = 0; at < rowOf.length; at++) {
      const row = rowOf[at]!
      if (row === NO_ROW) continue
      const leaderEpoch = meta.leaderEpoch[at]!
      const leader = meta.leader[at]!
      if (reading.lowerEpochs.size > 0 && leaderEpoch >= reading.leaderEpoch[row]!) reading.lowerEpochs.delete(row)
      if (leader === reading.leader[row]) continue
      const claim = { broker, leader, leaderEpoch, view, at }
      const known = claims.get(row)
      if (known === undefined) claims.set(row, [claim])
      else known.push(claim)
    }
  }
  const disputes = new Map<number, Dispute[]>()
  for (const [row, rivals] of claims) {
    reading.disputed[row] = 1
    disputes.set(row, settle(reading, row, rivals, now))
  }
  return disputes
}

function settle(reading: WritableReading, row: number, claims: readonly Claim[], now: number): Dispute[] {
  const newest = claims.reduce((best, claim) => (claim.leaderEpoch > best.leaderEpoch ? claim : best))
  const said: Dispute[] = claims.map(({ broker, leader, leaderEpoch }) => ({ broker, leader, leaderEpoch }))
  if (newest.leaderEpoch <= reading.leaderEpoch[row]!) return said
  said.push({ broker: reading.sourceBroker, leader: reading.leader[row]!, leaderEpoch: reading.leaderEpoch[row]! })
  applyRow(reading, row, newest.view.meta, newest.at, newest.view.meta.partitionErrors[newest.at]!, now)
  return said.filter((claim) => claim.leader !== newest.leader)
}
