import type { ClusterSummary } from '../../contract/summary'
import type { WhatIf } from '../../contract/what-if'
import type { ReadOnlyCells } from '../../shared/read-only'
import { UNKNOWN } from '../../shared/states'
import { tally } from '../../shared/tally'
import type { Tally } from '../../shared/tally'
import { electsUncleanly, nextLeader, uncleanLeader } from '../forecast/election'
import { quorumWithout } from '../forecast/majority'
import type { KnownQuorum } from '../forecast/majority'
import { effectiveMinOf, stopOfRow } from '../forecast/stop-effects'
import type { RowStop } from '../forecast/stop-effects'
import { isInSync } from '../lag/lateness'
import type { Sliced } from '../slices'
import { IdSet } from '../state/id-set'
import type { Presences } from '../state/presences'
import { BrokerIndex } from '../topology/broker-index'
import type { ClusterSettings, Reading } from '../topology/reading'
import { CODES, ROW, isHarm } from './row-results'
import type { RowResults } from './row-results'
import { coordinatorsOf, topicsPass } from './topics'

const ROWS_PER_PIECE = 2048

/** The cluster at one moment. It must not change during the pass. */
export interface WhatIfInput extends KnownQuorum {
  readonly reading: Reading
  /** P. As `assess` left it: of what is unknown nothing is said. */
  readonly state: ReadOnlyCells<Uint8Array>
  /** Of that moment. */
  readonly presences: Presences
  readonly settings: ClusterSettings
  readonly reach: ClusterSummary['reach']
  readonly takenAt: number
  /** The cluster tells this login which partitions are being reassigned. */
  readonly reassignmentsTold: boolean
}

/** Adds up one row after the other. */
class Counting {
  readonly stopped: IdSet
  readonly rows: RowResults
  readonly brokers: BrokerIndex
  /** By slot: partitions led now, and then. */
  readonly now: Uint32Array
  readonly then: Uint32Array
  /** By from-slot and to-slot. */
  readonly ways = new Map<number, number>()
  readonly counts = new Uint32Array(Object.keys(ROW).length)
  readonly unknown = { unjudged: 0, silentLeader: 0, minIsr: 0, unheard: 0, unclean: 0 }
  byDesign = 0
  reassigning = 0

  constructor(
    private readonly input: WhatIfInput,
    stopped: readonly number[],
  ) {
    const { reading, presences } = input
    const rows = reading.leader.length
    this.stopped = new IdSet(stopped)
    this.brokers = new BrokerIndex(reading, presences.facts)
    this.now = new Uint32Array(this.brokers.length)
    this.then = new Uint32Array(this.brokers.length)
    this.rows = {
      code: new Uint8Array(rows),
      movesTo: new Int32Array(rows).fill(-1),
      byDesign: new Uint8Array(rows),
    }
  }

  add(row: number): void {
    const { reading, state, presences } = this.input
    if (reading.reassigning[row] === 1) this.reassigning++
    const leader = reading.leader[row]!
    const slot = leader < 0 ? -1 : this.brokers.slot(leader)
    if (slot >= 0) {
      this.now[slot]!++
      this.then[slot]!++
    }
    if (!this.holdsAny(row)) return
    if (state[row] === UNKNOWN) {
      this.unknown.unjudged++
      return
    }
    if (leader < 0) return
    if (presences.isSilent(leader)) {
      this.unknown.silentLeader++
      return
    }
    this.judge(row, leader, slot)
  }

  private judge(row: number, leader: number, slot: number): void {
    const { reading, presences, settings } = this.input
    const min = effectiveMinOf(reading, settings, row)
    const stop = stopOfRow(reading, row, this.stopped, min, presences, settings.version)
    const code = CODES[stop]
    this.rows.code[row] = code
    this.counts[code]!++
    if (stop === 'unknown') this.unknown.minIsr++
    if (stop === 'offline' && this.mayLoseInstead(row)) this.unknown.unclean++
    if ((!presences.allHeard || !presences.allSeen) && this.anyUnheard(row)) this.unknown.unheard++
    if (isHarm(code) && this.isByDesign(row, min)) {
      this.rows.byDesign[row] = 1
      this.byDesign++
    }
    if (this.stopped.has(leader)) this.move(row, slot, stop)
  }

  private move(row: number, from: number, stop: RowStop): void {
    const { reading, presences } = this.input
    if (from >= 0) this.then[from]!--
    if (stop === 'offline') return
    const to =
      stop === 'loses'
        ? reading.topology.replicaBroker[uncleanLeader(reading, row, presences, this.stopped)]!
        : nextLeader(reading, row, presences, this.stopped).broker
    this.rows.movesTo[row] = to
    const slot = this.brokers.slot(to)
    this.then[slot]!++
    const way = from * this.brokers.length + slot
    this.ways.set(way, (this.ways.get(way) ?? 0) + 1)
  }

  private holdsAny(row: number): boolean {
    const { replicaStart, replicaBroker } = this.input.reading.topology
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++)
      if (this.stopped.has(replicaBroker[replica]!)) return true
    return false
  }

  /** A member of the ISR that would stay is not heard yet, or not seen from here: whether it is there is not known. */
  private anyUnheard(row: number): boolean {
    const { reading, presences } = this.input
    const { replicaStart, replicaBroker } = reading.topology
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const broker = replicaBroker[replica]!
      const isOpen = presences.isUnheard(broker) || presences.isUnseen(broker)
      if (isOpen && isInSync(reading, replica) && !this.stopped.has(broker)) return true
    }
    return false
  }

  /** It would have no leader, and an unclean election would find somebody if the topic allows it, which is not told. */
  private mayLoseInstead(row: number): boolean {
    const { reading, presences, settings } = this.input
    return (
      electsUncleanly(reading, row, settings.version) === null &&
      uncleanLeader(reading, row, presences, this.stopped) >= 0
    )
  }

  /** Too few replicas are elsewhere, whether or not they are in sync. */
  private isByDesign(row: number, min: number): boolean {
    const { replicaStart, replicaBroker } = this.input.reading.topology
    let elsewhere = 0
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++)
      if (!this.stopped.has(replicaBroker[replica]!)) elsewhere++
    return elsewhere < Math.max(1, min)
  }
}

/**
 * What follows if these brokers stopped together now, row by row by `stopOfRow`, in pieces of 2,048 rows. A broker that no partition names changes nothing. As in
 * `StopTally` nothing is said of what is not judged and of what a silent broker leads; both are counted beside.
 */
export function* whatIfPass(input: WhatIfInput, brokers: readonly number[]): Sliced<WhatIf> {
  const { reading, reach, presences, takenAt } = input
  const counting = new Counting(input, brokers)
  const rows = reading.leader.length
  for (let from = 0; from < rows; from += ROWS_PER_PIECE) {
    for (let row = from; row < Math.min(from + ROWS_PER_PIECE, rows); row++) counting.add(row)
    yield
  }
  const { unknown, counts } = counting
  // Without a topic nothing is known of any broker, unless it is proven that there is none.
  const isBlind = rows === 0 && reach !== 'all'
  const judged = !isBlind && unknown.unjudged + unknown.silentLeader + unknown.unheard === 0
  const told = (code: number, complete = judged): Tally => tally(counts[code]!, complete)
  const { topics, topicCount } = yield* topicsPass(reading, counting.rows)
  const { effect, stopped, left, total, needed } = quorumWithout(input, counting.stopped, presences)
  return {
    brokers: brokers.toSorted((a, b) => a - b),
    takenAt,
    reach,
    loses: told(ROW.loses),
    offline: told(ROW.offline),
    refuses: told(ROW.refuses, judged && unknown.minIsr === 0),
    oneLossAway: told(ROW.oneLossAway, judged && unknown.minIsr === 0),
    byDesign: counting.byDesign,
    unknown,
    moves: movesOf(counting),
    leaders: leadersOf(counting),
    quorum: { effect, stopped, left, total, needed },
    coordinators: coordinatorsOf(reading, counting.rows),
    topics,
    topicCount,
    reassigning: input.reassignmentsTold ? counting.reassigning : null,
  }
}

function movesOf({ ways, brokers }: Counting): WhatIf['moves'] {
  return [...ways]
    .map(([way, partitions]) => ({
      from: brokers.ids[Math.floor(way / brokers.length)]!,
      to: brokers.ids[way % brokers.length]!,
      partitions,
    }))
    .sort((a, b) => b.partitions - a.partitions || a.from - b.from || a.to - b.to)
}

function leadersOf({ now, then, brokers }: Counting): WhatIf['leaders'] {
  return Array.from(brokers.ids, (broker, slot) => ({ broker, now: now[slot]!, then: then[slot]! }))
    .filter((one) => one.now !== one.then)
    .sort((a, b) => a.broker - b.broker)
}
