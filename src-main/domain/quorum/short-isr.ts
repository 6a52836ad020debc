import { MOST_EPOCH_ROWS, MOST_SHORT_ROWS } from '../../contract/quorum'
import type { ElrBreach, EpochRow, ShortIsrView, ShortRow } from '../../contract/quorum'
import type { ReadOnlyCells } from '../../shared/read-only'
import { countMissing } from '../answers/reassignments'
import { isInSync } from '../lag/lateness'
import type { Reading } from '../topology/reading'
import { isTold } from '../topology/told'

/** When the ELRs of a topic were read, and from whom. */
export interface ElrRead {
  readonly at: number
  readonly broker: number
}

export interface ShortIsrParts {
  readonly reading: Reading
  /** T. Effective, -1 unknown. */
  readonly minIsr: ReadOnlyCells<Int32Array>
  /** By topic name; undefined = not read. */
  readonly elrRead: (topic: string) => ElrRead | undefined
}

/** Worse first: no leader, below min ISR, short otherwise. */
type Rank = 0 | 1 | 2

/** Brokers of the replicas of a row, in assignment order. */
function members({ topology }: Reading, row: number, is: (replica: number) => boolean): number[] {
  const found: number[] = []
  for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1)
    if (is(replica)) found.push(topology.replicaBroker[replica]!)
  return found
}

/** null = the ISR is not short, by Kafka's count: a replica that is being added is not missing. */
function rankOf(reading: Reading, row: number, min: number): Rank | null {
  if (reading.leader[row]! < 0) return 0
  if (countMissing(reading, row) === 0) return null
  return members(reading, row, (replica) => isInSync(reading, replica)).length < min ? 1 : 2
}

/**
 * What of this row cannot be so in any state of the cluster (PartitionChangeBuilder.java, KIP-966). ISR and leader are of one answer, ELR and last known
 * leader of another, so one of the two is older. Of a row whose ELR was not read nothing is said.
 */
export function breachesOf(row: Omit<ShortRow, 'breaches'>): ElrBreach[] {
  const { isr, elr, leader, lastKnownLeader, minIsr } = row
  if (elr === null) return []
  return [
    ...(elr.some((broker) => isr.includes(broker)) ? (['both'] as const) : []),
    ...(elr.length > 0 && minIsr >= 0 && isr.length >= minIsr ? (['elr-beside-full'] as const) : []),
    ...((isr.length === 0) === leader >= 0 ? (['isr-and-leader'] as const) : []),
    ...(lastKnownLeader >= 0 && leader >= 0 ? (['last-known-and-leader'] as const) : []),
  ]
}

const inElr = ({ replicaElr }: Reading, replica: number): boolean => replicaElr[replica] === 1

function shortRow({ reading, minIsr, elrRead }: ShortIsrParts, row: number): ShortRow {
  const { topology, leader, leaderEpoch, lastKnownLeader } = reading
  const topic = topology.topicNames[topology.topicIndex[row]!]!
  const read = elrRead(topic)
  const found = {
    topic,
    partition: topology.partition[row]!,
    leader: leader[row]!,
    leaderEpoch: leaderEpoch[row]!,
    replicas: members(reading, row, () => true),
    isr: members(reading, row, (replica) => isInSync(reading, replica)),
    elr: read === undefined ? null : members(reading, row, (replica) => inElr(reading, replica)),
    lastKnownLeader: lastKnownLeader[row]!,
    minIsr: minIsr[topology.topicIndex[row]!]!,
    elrReadAt: read?.at ?? Number.NaN,
    elrBroker: read?.broker ?? -1,
  }
  return { ...found, breaches: breachesOf(found) }
}

/** Partitions whose ISR is short with their ELR beside it, and the newest epochs: one pass over the rows. */
export function shortIsrView(
  parts: ShortIsrParts,
  elr: boolean | null,
  refused: ShortIsrView['refused'],
): ShortIsrView {
  const { reading, minIsr } = parts
  const { topology, leaderSince, leader, leaderEpoch } = reading
  const found: readonly number[][] = [[], [], []]
  let newest: number[] = []
  let told = 0
  let total = 0
  let withElr = 0
  for (let row = 0; row < topology.partition.length; row += 1) {
    const least = newest.length < MOST_EPOCH_ROWS ? Number.NEGATIVE_INFINITY : leaderSince[newest.at(-1)!]!
    if (leaderSince[row]! > least)
      newest = [...newest, row].sort((a, b) => leaderSince[b]! - leaderSince[a]!).slice(0, MOST_EPOCH_ROWS)
    if (!isTold(reading, row)) continue
    told += 1
    const rank = rankOf(reading, row, minIsr[topology.topicIndex[row]!]!)
    if (rank === null) continue
    total += 1
    if (found[rank]!.length < MOST_SHORT_ROWS) found[rank]!.push(row)
    if (members(reading, row, (replica) => inElr(reading, replica)).length > 0) withElr += 1
  }
  return {
    elr,
    refused,
    rows: found
      .flat()
      .slice(0, MOST_SHORT_ROWS)
      .map((row) => shortRow(parts, row)),
    total,
    partitions: told,
    withElr,
    readAt: reading.metadataAt,
    broker: reading.sourceBroker,
    epochs: newest.map((row): EpochRow => ({
      topic: topology.topicNames[topology.topicIndex[row]!]!,
      partition: topology.partition[row]!,
      leader: leader[row]!,
      leaderEpoch: leaderEpoch[row]!,
      since: leaderSince[row]!,
    })),
  }
}
