import type { Survivors } from '../../contract/live'
import { awaitedBroker, isElectable } from './election'
import { isOnFailedLogDir } from '../blame/log-dirs'
import { isInSync } from '../lag/lateness'
import type { Presences } from '../state/presences'
import type { Reading } from '../topology/reading'

interface Row {
  readonly broker: number
  readonly live: boolean
  readonly answers: boolean
  readonly logEndOffset: number
  readonly readAt: number
  readonly inSync: boolean
  readonly inElr: boolean
  readonly failed: boolean
}

function rowsOf(reading: Reading, presences: Presences, row: number): Row[] {
  const { replicaStart, replicaBroker } = reading.topology
  const rows: Row[] = []
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    const broker = replicaBroker[replica]!
    const answers = presences.answers(broker)
    const listed = reading.brokers.some(({ id }) => id === broker)
    rows.push({
      broker,
      answers,
      live: isElectable(reading, presences, replica),
      logEndOffset: reading.logEndOffset[replica]!,
      readAt: reading.readAt[replica]!,
      inSync: isInSync(reading, replica),
      inElr: reading.replicaElr[replica] === 1,
      failed: isOnFailedLogDir(reading, replica, listed && answers),
    })
  }
  return rows
}

/** The one with the largest known LEO, the first of equals; null = none is known. */
function longestOf(rows: readonly Row[]): Row | null {
  return rows.reduce<Row | null>(
    (best, row) =>
      Number.isNaN(row.logEndOffset) || (best !== null && row.logEndOffset <= best.logEndOffset) ? best : row,
    null,
  )
}

/**
 * What is left of a partition without a leader; null while it has one. An unclean election takes the first live replica in assignment order,
 * not the longest log (PartitionChangeBuilder.electAnyLeader; seen on 4.4.0). A broker that does not answer keeps the LEO it last told, so
 * the last leader's is among them, and a loss counted against it is a lower bound: it may have taken in more since.
 */
export function survivorsOf(reading: Reading, presences: Presences, row: number): Survivors | null {
  if (reading.leader[row] !== -1) return null
  const rows = rowsOf(reading, presences, row)
  const longest = longestOf(rows)
  const taken = rows.find((one) => one.live)
  const best = longest?.logEndOffset ?? NaN
  const named = awaitedBroker(reading, row)
  const awaited = named >= 0 ? named : longest !== null && (longest.failed || !longest.answers) ? longest.broker : -1
  return {
    replicas: rows.map(({ live, failed: _, ...one }) => ({
      ...one,
      eligible: live,
      lostRecords: best - one.logEndOffset,
    })),
    awaitsLogDir: rows.some(({ broker, failed }) => failed && broker === awaited),
    uncleanLeader: taken?.broker ?? -1,
    longest: longest?.broker ?? -1,
    bestLogEndOffset: best,
    lostRecords: best - (taken?.logEndOffset ?? NaN),
    lostAtLeast: rows.some((one) => !one.answers || Number.isNaN(one.logEndOffset)),
    awaited,
  }
}
