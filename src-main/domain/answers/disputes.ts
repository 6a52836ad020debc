import { applyRow } from './apply-metadata'
import { AS_TOLD, ISR_DISPUTED, LEADER_DISPUTED } from './isr-disputes'
import type { IsrChoice, View } from './isr-disputes'
import type { WritableReading } from '../topology/reading'
import { NO_ROW } from '../topology/topology'

/** What a broker says of a row that is not what the reading holds. */
export interface Dispute {
  readonly broker: number
  readonly leader: number
  readonly leaderEpoch: number
  /** In assignment order where the ISR is what they disagree on; null = the leader is. */
  readonly isr: readonly number[] | null
}

interface Claim extends Dispute {
  readonly view: View
  readonly at: number
}

/**
 * Marks the rows on which another broker names another leader, or another ISR at the same leader and epoch (`isrs`), in `reading.disputed`; and takes
 * over the whole row from the claim with the higher leader epoch: the controller raises the epoch with every election, so a higher one is newer
 * (seen on 4.4.0, kafka-facts c5). A higher or equal epoch also settles a doubt about a lower one. Answers who says
 * something else than the reading now holds, by partition row.
 */
export function noteDisputes(
  reading: WritableReading,
  others: readonly View[],
  now = reading.metadataAt,
  { disputes: isrs }: Pick<IsrChoice, 'disputes'> = AS_TOLD,
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
      const claim = { broker, leader, leaderEpoch, isr: null, view, at }
      const known = claims.get(row)
      if (known === undefined) claims.set(row, [claim])
      else known.push(claim)
    }
  }
  const disputes = new Map<number, Dispute[]>()
  for (const [row, [, ...larger]] of isrs) {
    reading.disputed[row] = ISR_DISPUTED
    disputes.set(
      row,
      larger.map(({ broker, leader, leaderEpoch, isr }) => ({ broker, leader, leaderEpoch, isr })),
    )
  }
  for (const [row, rivals] of claims) {
    reading.disputed[row] = LEADER_DISPUTED
    disputes.set(row, settle(reading, row, rivals, now))
  }
  return disputes
}

function settle(reading: WritableReading, row: number, claims: readonly Claim[], now: number): Dispute[] {
  const newest = claims.reduce((best, claim) => (claim.leaderEpoch > best.leaderEpoch ? claim : best))
  const said: Dispute[] = claims.map(({ broker, leader, leaderEpoch, isr }) => ({ broker, leader, leaderEpoch, isr }))
  if (newest.leaderEpoch <= reading.leaderEpoch[row]!) return said
  const leaderEpoch = reading.leaderEpoch[row]!
  said.push({ broker: reading.sourceBroker, leader: reading.leader[row]!, leaderEpoch, isr: null })
  applyRow(reading, row, newest.view.meta, newest.at, newest.view.meta.partitionErrors[newest.at]!, now)
  return said.filter((claim) => claim.leader !== newest.leader)
}
