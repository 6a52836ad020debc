import type { CutReason, ExcursionEnd } from '../../shared/late-tally'
import type { Cause, ClusterEvent } from '../../contract/history'
import { evictionRange } from '../../shared/eviction'
import type { BrokerSummary, ClusterSummary } from '../../contract/summary'
import type { Looked } from '../events/looked'
import { behindForMs, isInSync, lastAtEnd, LATE_AFTER_MS } from '../lag/lateness'
import type { Sliced } from '../slices'
import { pairOf } from '../topology/reading'
import type { Topology } from '../topology/reading'
import { mapRows, newRow } from '../topology/row-runs'
import { findPartition, findReplica } from '../topology/topic-index'

/** One that ended (shared/late-tally.ts says what the ends mean). */
export interface Excursion {
  readonly leader: number
  readonly follower: number
  readonly topic: string
  /** The leader's own replica.lag.time.max.ms when it began; -1 = not told. */
  readonly windowMs: number
  readonly end: ExcursionEnd
  /** '' = it was not cut. */
  readonly cut: CutReason | ''
  /** Late for at least; at most: Infinity where nothing bounds it. */
  readonly leastMs: number
  readonly mostMs: number
  readonly evictions: number
  /** Nobody else of the same follower was late at the same leader when it began. */
  readonly isOccasion: boolean
}

interface Open {
  readonly leader: number
  readonly epoch: number
  readonly follower: number
  readonly windowMs: number
  /** The last fetch at the leader's end that is proven; NaN = none is. */
  readonly from: number
  /** Of the reading at which it was first seen late, NaN = there was none: it has ended only by a later one. */
  readonly sentAt: number
  leastMs: number
  /** The controllers answered all the time, so that whoever was late for too long left. */
  isBounded: boolean
  evictions: number
  readonly isBefore: boolean
  readonly isOccasion: boolean
}

/** Places of a pass at which it may be cut: well below a slice. */
const PIECE = 256
/** Excursions under way that are followed, some 200 bytes each. */
const OPEN_AT_MOST = 50_000

/** What is looked at. */
export interface LateLook extends Pick<Looked, 'topology' | 'changed' | 'afterGap' | 'settings' | 'reading'> {
  readonly columns: Pick<Looked['columns'], 'leader' | 'leaderEpoch'>
  readonly summary: Pick<ClusterSummary, 'takenAt'> & {
    readonly brokers: readonly Pick<BrokerSummary, 'id' | 'listed' | 'noListener' | 'course'>[]
  }
}

/** What the advisor is told of a look. */
interface Excursions {
  readonly ended: readonly Excursion[]
  /** Began and are not followed. */
  readonly unfollowed: number
}

/** For how long its log was proven to be behind under this leader: the epoch of another one gave everybody a fresh window (Replica.resetReplicaState), however late they were before. */
function behindUnderLeaderMs(reading: LateLook['reading'], replica: number): number {
  const under = reading.sentAt[replica]! - reading.leaderSince[reading.topology.replicaPartition[replica]!]!
  const behind = behindForMs(reading, replica)
  return under < behind ? Math.max(0, under) : behind
}

const CUT_OF_CAUSE: Readonly<Partial<Record<Cause, CutReason>>> = {
  fenced: 'fenced',
  shutdown: 'fenced',
  moved: 'moved',
}

/**
 * Follows the excursions of all followers over looks, in order. Kafka counts a follower as late from its last fetch at the leader's end until the next one (Replica.updateFetchStateOrThrow moves
 * lastCaughtUpTimeMs only then), however fast it catches up in between, so an excursion is the unit. Those below LATE_AFTER_MS, and those that begin and end between two readings of a partition, are not seen.
 */
export class ExcursionWatch {
  private readonly open = new Map<number, Open>()
  private topology: Topology | null = null
  /** Excursions under way by leader and follower. */
  private readonly pairs = new Map<number, number>()
  private out = 0
  private lookedAt = Number.NaN
  private unfollowed = 0

  get underWay(): { readonly late: number; readonly out: number } {
    return { late: this.open.size, out: this.out }
  }

  /** `events`: what happened since the look before. A pass that may be cut, and must be run to its end before the next one. */
  *observe(looked: LateLook, events: readonly ClusterEvent[], everyRow: boolean): Sliced<Excursions> {
    const ended: Excursion[] = []
    this.unfollowed = 0
    const isOther = this.topology !== looked.topology
    if (looked.afterGap) this.cutAll('gap', ended)
    if (isOther) yield* this.moveTo(looked.topology, ended)
    yield* this.departures(looked, events, ended)
    yield* this.follow(looked, ended)
    yield* this.begin(looked, isOther || everyRow || looked.afterGap)
    this.lookedAt = looked.summary.takenAt
    return { ended, unfollowed: this.unfollowed }
  }

  /** Nobody looks any more. */
  stop(): readonly Excursion[] {
    const ended: Excursion[] = []
    this.cutAll('gap', ended)
    return ended
  }

  private cutAll(reason: CutReason, ended: Excursion[]): void {
    for (const [replica, one] of this.open) ended.push(this.close(replica, one, reason, Number.NaN))
  }

  private *moveTo(topology: Topology, ended: Excursion[]): Sliced<void> {
    const before = this.topology
    if (before !== null && this.open.size > 0) {
      const { replica: runs } = yield* mapRows(before, topology)
      const moved: [number, Open][] = []
      let piece = 0
      for (const [replica, one] of this.open) {
        piece += 1
        if (piece % PIECE === 0) yield
        const to = newRow(replica, runs)
        if (to < 0) ended.push(this.close(replica, one, 'moved', Number.NaN))
        else moved.push([to, one])
      }
      this.open.clear()
      for (const [replica, one] of moved) this.open.set(replica, one)
    }
    this.topology = topology
  }

  private *departures(looked: LateLook, events: readonly ClusterEvent[], ended: Excursion[]): Sliced<void> {
    const { topology, settings, reading } = looked
    for (const [at, event] of events.entries()) {
      if (at % PIECE === PIECE - 1) yield
      if (event.kind !== 'left-isr') continue
      const row = findPartition(topology, event.topic, event.partition)
      const replica = row < 0 ? -1 : findReplica(topology, row, event.broker)
      if (replica < 0) continue
      const known = this.open.get(replica)
      if (event.cause === 'late') {
        // It was late for the whole window between two readings of its partition.
        const one = known ?? this.start(looked, replica, event.to - event.lateMs)
        if (one === null) continue
        if (one.evictions === 0) this.out += 1
        one.evictions += 1
        const windowMs = settings.evictionWindows.get(one.leader) ?? one.windowMs
        one.leastMs = Math.max(one.leastMs, windowMs, behindUnderLeaderMs(reading, replica))
      } else if (known !== undefined)
        ended.push(this.close(replica, known, CUT_OF_CAUSE[event.cause] ?? 'left', Number.NaN))
    }
  }

  private *follow(looked: LateLook, ended: Excursion[]): Sliced<void> {
    const { reading, columns, topology, settings } = looked
    const brokers = new Map(looked.summary.brokers.map((one) => [one.id, one]))
    let piece = 0
    for (const [replica, one] of this.open) {
      piece += 1
      if (piece % PIECE === 0) yield
      const row = topology.replicaPartition[replica]!
      const broker = brokers.get(one.follower)
      if (settings.controllerSilent) one.isBounded = false
      if (columns.leader[row] !== one.leader) ended.push(this.close(replica, one, 'leader', Number.NaN))
      else if (broker === undefined || (!broker.listed && !broker.noListener) || broker.course === 'returning')
        ended.push(this.close(replica, one, 'fenced', Number.NaN))
      // Until 3.6 an ISR that shrinks raises the epoch as well.
      else if (columns.leaderEpoch[row] !== one.epoch && one.evictions === 0)
        ended.push(this.close(replica, one, 'leader', Number.NaN))
      else {
        one.leastMs = Math.max(one.leastMs, behindUnderLeaderMs(reading, replica))
        const isCaughtUp = behindForMs(reading, replica) === 0 && reading.lagRecords[replica]! >= 0
        if (isCaughtUp && !(reading.sentAt[replica]! <= one.sentAt))
          ended.push(this.close(replica, one, '', reading.readAt[replica]! - one.from))
      }
    }
  }

  private *begin(looked: LateLook, all: boolean): Sliced<void> {
    const { reading, topology, columns } = looked
    const count = all ? topology.partition.length : looked.changed.length
    for (let at = 0; at < count; at += 1) {
      if (at % PIECE === PIECE - 1) yield
      const row = all ? at : looked.changed[at]!
      const leader = columns.leader[row]!
      for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1) {
        if (behindUnderLeaderMs(reading, replica) <= LATE_AFTER_MS || !isInSync(reading, replica)) continue
        // What was read before the last look was looked at then: after a cut it is no new beginning.
        if (reading.readAt[replica]! <= this.lookedAt) continue
        if (leader >= 0 && topology.replicaBroker[replica] !== leader && !this.open.has(replica))
          this.start(looked, replica, lastAtEnd(reading, replica).from)
      }
    }
  }

  /** null = too many are under way. */
  private start(looked: LateLook, replica: number, from: number): Open | null {
    if (this.open.size >= OPEN_AT_MOST) {
      this.unfollowed += 1
      return null
    }
    const { reading, columns, topology, settings } = looked
    const row = topology.replicaPartition[replica]!
    const leader = columns.leader[row]!
    const follower = topology.replicaBroker[replica]!
    const pair = pairOf(leader, follower)
    const others = this.pairs.get(pair) ?? 0
    this.pairs.set(pair, others + 1)
    const one: Open = {
      leader,
      epoch: columns.leaderEpoch[row]!,
      follower,
      windowMs: settings.evictionWindows.get(leader) ?? -1,
      from,
      sentAt: reading.sentAt[replica]!,
      leastMs: behindUnderLeaderMs(reading, replica),
      isBounded: !settings.controllerSilent,
      evictions: 0,
      isBefore: reading.lateAtLeast[replica] === 1,
      isOccasion: others === 0,
    }
    this.open.set(replica, one)
    return one
  }

  private close(replica: number, one: Open, cut: CutReason | '', totalMs: number): Excursion {
    this.open.delete(replica)
    const pair = pairOf(one.leader, one.follower)
    const others = (this.pairs.get(pair) ?? 1) - 1
    if (others === 0) this.pairs.delete(pair)
    else this.pairs.set(pair, others)
    const isOut = one.evictions > 0
    if (isOut) this.out -= 1
    const reason = cut === '' && one.isBefore ? 'before' : cut
    const end: ExcursionEnd = reason === '' ? (isOut ? 'evicted' : 'returned') : isOut ? 'unknown' : 'cut'
    const bound =
      end === 'returned' && one.isBounded && one.windowMs > 0
        ? evictionRange(0, one.windowMs).to
        : Number.POSITIVE_INFINITY
    const most = Number.isNaN(totalMs) ? bound : Math.min(totalMs, bound)
    return {
      leader: one.leader,
      follower: one.follower,
      topic: this.topicOf(replica),
      windowMs: one.windowMs,
      end,
      cut: end === 'cut' && reason !== '' ? reason : '',
      leastMs: one.leastMs,
      mostMs: Math.max(one.leastMs, most),
      evictions: one.evictions,
      isOccasion: one.isOccasion,
    }
  }

  /** By the topology in which the excursion was followed. */
  private topicOf(replica: number): string {
    const topology = this.topology!
    return topology.topicNames[topology.topicIndex[topology.replicaPartition[replica]!]!]!
  }
}
