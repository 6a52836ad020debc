import { MOST_DISPUTED_ROWS, READINGS_TO_TELL } from '../../contract/quorum'
import type {
  AgreementView,
  BrokerWord,
  DisputedRow,
  ListDifference,
  PartitionClaim,
  WhyCounts,
} from '../../contract/quorum'
import { KafkaError } from '../../shared/kafka-codes'
import type { View } from '../answers/isr-disputes'
import { isInSync } from '../lag/lateness'
import type { Sliced } from '../slices'
import { REPLICA_IN_SYNC } from '../topology/columns'
import type { BrokerAddress, MetadataColumns } from '../topology/columns'
import type { Reading, Topology } from '../topology/reading'
import { newRow } from '../topology/row-runs'
import type { RowMap } from '../topology/row-runs'
import { isTold } from '../topology/told'
import { NO_ROW } from '../topology/topology'
import { listDifferences, sameDifference } from './list-differences'

/** Rows in one piece of a pass. */
const BLOCK = 8_192
/** What a broker told longer ago says nothing of how far another one is behind it: the log of the controllers may have begun anew. */
const OFFSETS_KEPT_MS = 60_000

/** What came with one Metadata answer. */
export interface Told {
  readonly broker: number
  /** As `MetadataColumns.metadataOffset`. */
  readonly offset: number
  readonly sentAt: number
  readonly readAt: number
}

/** What one answer lists. */
export interface Lists {
  readonly broker: number
  readonly topology: Topology
  readonly brokers: readonly BrokerAddress[]
}

interface Claim {
  readonly said: PartitionClaim
  readonly counts: PartitionClaim
  readonly why: WhyCounts
  readonly since: number
  readonly saidAt: number
  readonly readings: number
}

/** All rows in which one broker differed when it was compared last. */
interface Differences {
  /** The first MOST_DISPUTED_ROWS of them. */
  readonly rows: ReadonlyMap<number, Claim>
  readonly total: number
}

type Word = Omit<BrokerWord, 'broker'>
const UNHEARD: Word = {
  offset: Number.NaN,
  toldAt: Number.NaN,
  behind: Number.NaN,
  behindSince: Number.NaN,
  behindReadings: 0,
  comparedAt: Number.NaN,
}

/** Errors with which a partition is told all the same (topology/told.ts). */
const TELLING: ReadonlySet<number> = new Set<number>([
  KafkaError.NONE,
  KafkaError.LEADER_NOT_AVAILABLE,
  KafkaError.REPLICA_NOT_AVAILABLE,
])

/** ISRs stand in assignment order. */
const sameClaim = (a: PartitionClaim, b: PartitionClaim): boolean =>
  a.leader === b.leader && a.leaderEpoch === b.leaderEpoch && a.isr.join() === b.isr.join()

function claimAt(
  { leader, leaderEpoch, replicaStart, replicaBroker, replicaFlags }: MetadataColumns,
  at: number,
): PartitionClaim {
  const isr: number[] = []
  for (let replica = replicaStart[at]!; replica < replicaStart[at + 1]!; replica += 1)
    if ((replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0) isr.push(replicaBroker[replica]!)
  return { leader: leader[at]!, leaderEpoch: leaderEpoch[at]!, isr }
}

function heldAt(reading: Reading, row: number): PartitionClaim {
  const { replicaStart, replicaBroker } = reading.topology
  const isr: number[] = []
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1)
    if (isInSync(reading, replica)) isr.push(replicaBroker[replica]!)
  return { leader: reading.leader[row]!, leaderEpoch: reading.leaderEpoch[row]!, isr }
}

/** The topologies are the same, so replicas stand in the same order. */
function differsAt(meta: MetadataColumns, at: number, reading: Reading, row: number): boolean {
  if (meta.leader[at] !== reading.leader[row] || meta.leaderEpoch[at] !== reading.leaderEpoch[row]) return true
  const from = meta.replicaStart[at]!
  const own = reading.topology.replicaStart[row]!
  for (let k = 0; k < meta.replicaStart[at + 1]! - from; k += 1)
    if (((meta.replicaFlags[from + k]! ^ reading.replicaFlags[own + k]!) & REPLICA_IN_SYNC) !== 0) return true
  return false
}

function whyCounts(isOlder: boolean, said: PartitionClaim, held: PartitionClaim): WhyCounts {
  if (isOlder) return 'offset'
  if (said.leaderEpoch < held.leaderEpoch) return 'epoch'
  return said.leader === held.leader && said.isr.length > held.isr.length ? 'smaller-isr' : 'asked'
}

/**
 * How far the brokers agree on what the controllers decided: up to where each has read their log, and in which partitions and lists one says something else than the
 * picture. It goes by what is asked anyhow: each broker's Metadata in turn, and the second opinions. Brokers hear of a change some 100 ms apart
 * (seen on 4.4.0: 1 to 40 ms), so only what was seen twice in a row, said the same way, is told.
 * State: of each broker its last word, and its differences of the last time that it was compared, in rows of one topology.
 */
export class Agreement {
  private readonly words = new Map<number, Word>()
  private readonly differences = new Map<number, Differences>()
  private readonly lists = new Map<number, ListDifference>()
  /** Highest offset told so far, by the time at which it was read; both ascend. */
  private newest: { readonly readAt: number; readonly offset: number }[] = []
  private compared: readonly number[] = []
  private comparedAt = Number.NaN

  /** Metadata of one round, used or not. */
  heard(answers: readonly Told[]): void {
    const oldest = Math.max(...answers.map(({ readAt }) => readAt)) - OFFSETS_KEPT_MS
    this.newest = this.newest.filter(({ readAt }) => readAt >= oldest)
    for (const { broker, offset, sentAt, readAt } of answers) {
      if (broker < 0) continue
      const word = this.words.get(broker) ?? UNHEARD
      // What somebody had told before this one was asked was there to be read.
      const known = this.newest.findLast((one) => one.readAt <= sentAt)?.offset ?? Number.NaN
      const behind = Math.max(0, known - offset)
      const isBehind = behind > 0
      this.words.set(broker, {
        ...word,
        offset,
        toldAt: readAt,
        behind,
        behindSince: isBehind ? (word.behindReadings > 0 ? word.behindSince : readAt) : Number.NaN,
        behindReadings: isBehind ? word.behindReadings + 1 : 0,
      })
    }
    for (const { offset, readAt } of answers) {
      const last = this.newest.at(-1)
      if (offset >= (last?.offset ?? Number.NEGATIVE_INFINITY))
        this.newest.push({ readAt: Math.max(readAt, last?.readAt ?? readAt), offset })
    }
  }

  /** Holds an answer against the picture that was made of its round, `told` its primary answer. A long one comes in pieces, in which nothing else may be heard. */
  *compare(view: View, reading: Reading, told: View, at: number): Sliced<void> {
    const { broker, meta, rowOf } = view
    if (broker < 0) return
    const before = this.differences.get(broker)?.rows
    const isOlder = meta.metadataOffset < told.meta.metadataOffset
    const rows = new Map<number, Claim>()
    let total = 0
    for (let place = 0; place < rowOf.length; place += 1) {
      if (place % BLOCK === 0) yield
      const row = rowOf[place]!
      if (row === NO_ROW || !TELLING.has(meta.partitionErrors[place]!) || !isTold(reading, row)) continue
      if (!differsAt(meta, place, reading, row)) continue
      total += 1
      if (rows.size >= MOST_DISPUTED_ROWS) continue
      const said = claimAt(meta, place)
      const counts = heldAt(reading, row)
      const known = before?.get(row)
      const again = known !== undefined && sameClaim(known.said, said)
      rows.set(row, {
        said,
        counts,
        why: whyCounts(isOlder, said, counts),
        since: again ? known.since : at,
        saidAt: at,
        readings: again ? known.readings + 1 : 1,
      })
    }
    if (total > 0) this.differences.set(broker, { rows, total })
    else this.differences.delete(broker)
    this.words.set(broker, { ...(this.words.get(broker) ?? UNHEARD), comparedAt: at })
  }

  /** What the picture shows is what this broker said. */
  agrees(broker: number): void {
    this.differences.delete(broker)
  }

  /** Who took part in the comparison of a round. */
  met(brokers: readonly number[], at: number): void {
    const asked = brokers.filter((id) => id >= 0)
    if (asked.length < 2) return
    this.compared = asked.toSorted((a, b) => a - b)
    this.comparedAt = at
  }

  /** Compares which topics and brokers an answer lists with those of the answer that tells the picture. */
  *compareLists(own: Lists, told: Lists, at: number): Sliced<void> {
    const { broker } = own
    if (broker < 0) return
    const found = yield* listDifferences(own, told)
    if (found === null) {
      this.lists.delete(broker)
      return
    }
    const known = this.lists.get(broker)
    const again = known !== undefined && sameDifference(known, found)
    this.lists.set(broker, {
      broker,
      with: told.broker,
      ...found,
      since: again ? known.since : at,
      saidAt: at,
      readings: again ? known.readings + 1 : 1,
    })
  }

  /** The topology is another one: `runs` are the partition rows that stayed, null = none did. */
  moved(runs: RowMap['partition'] | null): void {
    for (const [broker, { rows, total }] of this.differences) {
      const kept = [...rows].flatMap(([old, claim]) => {
        const row = runs === null ? -1 : newRow(old, runs)
        return row < 0 ? [] : [[row, claim] as const]
      })
      if (kept.length === 0) this.differences.delete(broker)
      else this.differences.set(broker, { rows: new Map(kept), total: total - rows.size + kept.length })
    }
  }

  /** Nothing was seen for a while: what was so before says nothing of since when it is so. */
  forget(): void {
    this.words.clear()
    this.differences.clear()
    this.lists.clear()
    this.newest = []
    this.compared = []
    this.comparedAt = Number.NaN
  }

  /** In names of `reading`, whose rows the differences are in. `isAsked`: brokers that answer; of the others the last word is kept, and nothing is held against the picture. */
  view(reading: Reading, isAsked: (broker: number) => boolean): AgreementView {
    const { topology } = reading
    const asked = [...this.differences].filter(([broker]) => isAsked(broker))
    const rows = asked.flatMap(([broker, differences]) =>
      [...differences.rows].flatMap(([row, claim]): (DisputedRow & { readonly row: number })[] =>
        claim.readings < READINGS_TO_TELL
          ? []
          : [
              {
                ...claim,
                row,
                broker,
                topic: topology.topicNames[topology.topicIndex[row]!]!,
                partition: topology.partition[row]!,
              },
            ],
      ),
    )
    const unnamed = asked.reduce((sum, [, differences]) => sum + differences.total - differences.rows.size, 0)
    return {
      broker: reading.sourceBroker,
      readAt: reading.metadataAt,
      offset: this.words.get(reading.sourceBroker)?.offset ?? Number.NaN,
      words: Array.from(this.words, ([broker, word]) => ({ broker, ...word })).sort((a, b) => a.broker - b.broker),
      compared: this.compared,
      comparedAt: this.comparedAt,
      rows: rows
        .sort((a, b) => a.row - b.row || a.broker - b.broker)
        .slice(0, MOST_DISPUTED_ROWS)
        .map(({ row: _row, ...one }) => one),
      total: rows.length + unnamed,
      lists: [...this.lists.values()]
        .filter(({ broker, readings }) => readings >= READINGS_TO_TELL && isAsked(broker))
        .sort((a, b) => a.broker - b.broker),
      withoutListener: [...reading.withoutListener].sort((a, b) => a - b),
    }
  }
}
