import { HEALTHY } from '../../shared/states'
import type { LossFinding } from '../../contract/loss'
import type { ReadOnlyCells } from '../../shared/read-only'
import { runWhole } from '../slices'
import { MEANINGS, presenceOf } from '../state/presence'
import { NEVER_TOLD, REPLICA_IN_SYNC } from '../topology/columns'
import type { BrokerFacts, Reading, Topology } from '../topology/reading'
import { copyRuns, mapRows, movedRows } from '../topology/row-runs'
import { findReplica, topicIdOf } from '../topology/topic-index'
import { holdersOf, isUnclean, judgeLoss } from './judge-loss'
import type { LogEnd, Loss, Reign } from './judge-loss'

/** A reign that is over is judged when the next leader has told its log end and where the epoch ends; the latter is waited for no longer than this. */
const WAITS_MS = 5_000
/** Metadata was not told for longer: what happened meanwhile was not watched. */
const GAP_MS = 10_000
/** A replica with more than its leader is about to cut its log back; one that is still so after this is not. */
const AHEAD_MS = 2_000
const IN_ISR = 1
const IN_ELR = 2
/** In `epoch`: this row was not seen yet. */
const UNSEEN = -2

/** What is known now, all of it in rows of one topology. */
export interface LossView {
  readonly reading: Reading
  /** P. When the question for the high watermark was sent. */
  readonly highWatermarkReadAt: ReadOnlyCells<Float64Array>
  readonly facts: ReadonlyMap<number, BrokerFacts>
  /** False where the cluster has ELRs and does not tell them to this login, or where it is not known whether it has any: who may lead is not known then. */
  readonly electableTold: boolean
  /** P. State of each row as judged last. */
  readonly state: ReadOnlyCells<Uint8Array>
}

/** Where `epoch` ends in the log of `leader` is wanted. */
export interface EpochQuestion {
  readonly topic: string
  readonly partition: number
  readonly leader: number
  readonly epoch: number
}

export interface LossNews {
  /** A finding told before (same topic, partition and epoch) with better figures comes again. */
  readonly found: readonly LossFinding[]
  readonly questions: readonly EpochQuestion[]
}

interface Open {
  readonly reign: Reign
  leaderless: boolean
  /** Since when there is a next leader, NaN = none yet. */
  since: number
  inSync: readonly number[]
  firstEnd: number
  lastEnd: number
  /** undefined = not told yet; NaN = it cannot be told. */
  epochEnd: number | undefined
  asked: boolean
  /** 'unread': without the new leader's log end. */
  announced: 'no' | 'unread' | 'read'
}

const keyOf = ({ topic, partition, epoch }: EpochQuestion): string => `${topic}/${partition}/${epoch}`

/**
 * Follows every partition over its leaders and tells where acknowledged records were lost. State: per row what was last seen of the present reign (P and R
 * columns, 16 bytes a replica), and the reigns that are over and not judged yet. It must see every picture, in order; `now` never goes back.
 */
export class LossWatch {
  private topology: Topology | null = null
  private leader = new Int32Array(0)
  private epoch = new Int32Array(0)
  private highWatermark = new Float64Array(0)
  private electable = new Uint8Array(0)
  private end = new Float64Array(0)
  private endReadAt = new Float64Array(0)
  private open = new Map<number, Open>()
  private ahead = new Map<number, number>()
  private readonly told = new Map<string, number>()
  /** When the Metadata was told that was looked at last. */
  private seenAt = Number.NaN
  private since = Number.NaN

  /** Since when nothing was missed, NaN = nothing was seen yet. */
  get watchedSince(): number {
    return this.since
  }

  /** Partitions whose last change of leaders is not judged yet. */
  get undecided(): number {
    return this.open.size
  }

  /** `end` NaN: it cannot be told. */
  epochEnds(question: EpochQuestion, end: number): void {
    this.told.set(keyOf(question), end)
  }

  observe(view: LossView, now: number): LossNews {
    const { reading } = view
    if (reading.topology !== this.topology) this.moveTo(reading.topology)
    if (!(reading.metadataAt - this.seenAt <= GAP_MS)) this.since = reading.metadataAt
    const found: LossFinding[] = []
    for (let row = 0; row < reading.leader.length; row += 1) {
      if (reading.metadataError[row] === NEVER_TOLD) continue
      if (this.leader[row] !== reading.leader[row] || this.epoch[row] !== reading.leaderEpoch[row])
        this.turn(view, row, now)
      if (view.state[row] !== HEALTHY || this.ahead.has(row)) this.lookAhead(view, row, now, found)
    }
    const questions: EpochQuestion[] = []
    for (const [row, one] of this.open) this.judge(view, row, one, now, found, questions)
    this.told.clear()
    this.take(view)
    this.seenAt = reading.metadataAt
    return { found, questions }
  }

  /** Another leader or epoch than at the last look, whose columns still stand. */
  private turn(view: LossView, row: number, now: number): void {
    const { reading } = view
    const leader = reading.leader[row]!
    const epoch = reading.leaderEpoch[row]!
    const isFirst = this.epoch[row] === UNSEEN
    if (isFirst || epoch <= this.epoch[row]!) {
      this.open.delete(row)
    } else {
      const before = this.open.get(row)
      const one = before === undefined ? this.endOf(view, row) : { ...before, reign: this.joined(before, reading, row) }
      one.leaderless ||= leader < 0 || this.leader[row]! < 0
      one.since = leader < 0 ? Number.NaN : now
      one.inSync = inSyncOf(reading, row)
      one.firstEnd = Number.NaN
      one.epochEnd = undefined
      one.asked = false
      one.announced = 'no'
      this.open.set(row, one)
    }
    this.leader[row] = leader
    this.epoch[row] = epoch
    this.highWatermark[row] = Number.NaN
    this.ahead.delete(row)
  }

  /** The reign as last seen, with what was read of it since then. */
  private endOf(view: LossView, row: number): Open {
    const { reading, highWatermarkReadAt, facts, electableTold } = view
    const { topology, leaderSince, highWatermark, highWatermarkError } = reading
    const leader = this.leader[row]!
    const over = leaderSince[row]!
    const late = highWatermarkError[row] === 0 && highWatermarkReadAt[row]! < over ? highWatermark[row]! : Number.NaN
    const fact = facts.get(leader)
    return {
      reign: {
        leader,
        leaderEpoch: this.epoch[row]!,
        electable: electableTold ? this.electableOf(topology, row, reading.lastKnownLeader[row]!) : [],
        highWatermark: largest(this.highWatermark[row]!, late),
        ends: this.endsOf(reading, row),
        silent: fact !== undefined && MEANINGS[presenceOf(fact)].unanswered && fact.answersSince <= this.seenAt,
      },
      leaderless: false,
      since: Number.NaN,
      inSync: [],
      firstEnd: Number.NaN,
      lastEnd: Number.NaN,
      epochEnd: undefined,
      asked: false,
      announced: 'no',
    }
  }

  /** A reign that is not judged yet, when leaders changed again: who may lead after it without losing anything has grown, unless its successor was no such one. */
  private joined(before: Open, reading: Reading, row: number): Reign {
    const { reign } = before
    if (reign.electable.length === 0) return reign
    const next = { ...before, leader: this.leader[row]!, leaderEpoch: this.epoch[row]!, epochEnd: Number.NaN }
    if (next.leader >= 0 && isUnclean(reign, next)) return reign
    const more = this.electableOf(reading.topology, row, reading.lastKnownLeader[row]!)
    return { ...reign, electable: [...new Set([...reign.electable, ...more])] }
  }

  private electableOf(topology: Topology, row: number, lastKnown: number): readonly number[] {
    const ids: number[] = []
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1)
      if (this.electable[replica] !== 0) ids.push(topology.replicaBroker[replica]!)
    if (lastKnown >= 0 && !ids.includes(lastKnown)) ids.push(lastKnown)
    return ids
  }

  private endsOf(reading: Reading, row: number): LogEnd[] {
    const { topology, leaderSince, logEndOffset, sentAt, readAt } = reading
    const ends: LogEnd[] = []
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1) {
      const isOfTheReign = !Number.isNaN(logEndOffset[replica]!) && sentAt[replica]! < leaderSince[row]!
      const offset = isOfTheReign ? logEndOffset[replica]! : this.end[replica]!
      if (Number.isNaN(offset)) continue
      const at = isOfTheReign ? readAt[replica]! : this.endReadAt[replica]!
      ends.push({ broker: topology.replicaBroker[replica]!, logEndOffset: offset, readAt: at })
    }
    return ends
  }

  private judge(
    view: LossView,
    row: number,
    one: Open,
    now: number,
    found: LossFinding[],
    questions: EpochQuestion[],
  ): void {
    const { reading } = view
    const leader = reading.leader[row]!
    this.readEnds(reading, row, one)
    if (leader < 0) return
    const question = { ...nameOf(reading.topology, row), leader, epoch: one.reign.leaderEpoch }
    const answer = this.told.get(keyOf(question))
    const isNew = answer !== undefined && !Number.isNaN(answer) && one.epochEnd === undefined
    one.epochEnd ??= answer
    if (!one.asked) {
      one.asked = true
      questions.push(question)
    }
    const isRead = !Number.isNaN(one.firstEnd)
    const isDue = now - one.since >= WAITS_MS
    const loss = judgeLoss(one.reign, {
      leader,
      leaderEpoch: reading.leaderEpoch[row]!,
      inSync: one.inSync,
      leaderless: one.leaderless,
      firstEnd: one.firstEnd,
      epochEnd: one.epochEnd ?? Number.NaN,
      lastEnd: one.lastEnd,
    })
    // At once when the log end is in, and again with the figures of the epoch question.
    const isNews = isRead ? one.announced !== 'read' || isNew : isDue && one.announced === 'no'
    if (loss !== null && isNews) {
      one.announced = isRead ? 'read' : 'unread'
      found.push(findingOf(reading, row, one.reign, loss, now))
    }
    if (isRead && (isDue || one.epochEnd !== undefined)) this.open.delete(row)
  }

  private readEnds(reading: Reading, row: number, one: Open): void {
    const { topology, leader, leaderSince, logEndOffset, sentAt } = reading
    const next = findReplica(topology, row, leader[row]!)
    if (next >= 0 && Number.isNaN(one.firstEnd) && sentAt[next]! >= leaderSince[row]!)
      one.firstEnd = logEndOffset[next]!
    const old = findReplica(topology, row, one.reign.leader)
    if (old < 0 || old === next || !(sentAt[old]! >= leaderSince[row]!)) return
    const had = one.reign.ends.find(({ broker }) => broker === one.reign.leader)?.logEndOffset ?? Number.NaN
    if (logEndOffset[old]! >= had) one.lastEnd = largest(one.lastEnd, logEndOffset[old]!)
  }

  /** Where the present reign began before we looked: a replica that has more than its leader had later. */
  private lookAhead(view: LossView, row: number, now: number, found: LossFinding[]): void {
    const { reading } = view
    const { topology, leader, leaderSince, sentAt, readAt, logEndOffset } = reading
    const led = findReplica(topology, row, leader[row]!)
    if (led < 0 || !Number.isNaN(leaderSince[row]!)) return
    const holders: LogEnd[] = []
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1) {
      if (!(readAt[replica]! <= sentAt[led]!) || !(logEndOffset[replica]! > logEndOffset[led]!)) continue
      if (readAt[led]! - readAt[replica]! > AHEAD_MS) continue
      const broker = topology.replicaBroker[replica]!
      holders.push({ broker, logEndOffset: logEndOffset[replica]!, readAt: readAt[replica]! })
    }
    if (holders.length === 0) {
      this.ahead.delete(row)
      return
    }
    const since = this.ahead.get(row) ?? now
    this.ahead.set(row, since)
    if (since === Infinity || now - since < AHEAD_MS) return
    this.ahead.set(row, Infinity)
    const partsAt = logEndOffset[led]!
    const most = Math.max(...holders.map(({ logEndOffset: offset }) => offset))
    const reign = {
      leader: -1,
      leaderEpoch: -1,
      electable: [],
      highWatermark: Number.NaN,
      ends: holders,
      silent: false,
    }
    const loss: Loss = { kind: 'replica-ahead', atLeast: 0, atMost: Number.NaN, missingAsRead: most - partsAt, partsAt }
    found.push(findingOf(reading, row, reign, loss, now))
  }

  /** What is seen now is what the next look compares with. */
  private take({ reading, highWatermarkReadAt }: LossView): void {
    const { highWatermark, highWatermarkError, leader, leaderSince, metadataError, leaderEpoch } = reading
    const { replicaFlags, replicaElr, logEndOffset, readAt } = reading
    for (let row = 0; row < leader.length; row += 1) {
      if (metadataError[row] === NEVER_TOLD) continue
      this.epoch[row] = leaderEpoch[row]!
      if (highWatermarkError[row] !== 0 || highWatermarkReadAt[row]! < leaderSince[row]!) continue
      if (highWatermark[row]! > this.highWatermark[row]! || Number.isNaN(this.highWatermark[row]!))
        this.highWatermark[row] = highWatermark[row]!
    }
    for (let replica = 0; replica < replicaFlags.length; replica += 1)
      this.electable[replica] =
        ((replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0 ? IN_ISR : 0) | (replicaElr[replica] === 1 ? IN_ELR : 0)
    for (let replica = 0; replica < logEndOffset.length; replica += 1) {
      if (Number.isNaN(logEndOffset[replica]!)) continue
      this.end[replica] = logEndOffset[replica]!
      this.endReadAt[replica] = readAt[replica]!
    }
  }

  private moveTo(topology: Topology): void {
    const rows = this.topology === null ? null : runWhole(mapRows(this.topology, topology))
    const partitions = topology.partition.length
    const replicas = topology.replicaBroker.length
    const { leader, epoch, highWatermark, electable, end, endReadAt, open } = this
    this.leader = new Int32Array(partitions).fill(UNSEEN)
    this.epoch = new Int32Array(partitions).fill(UNSEEN)
    this.highWatermark = new Float64Array(partitions).fill(Number.NaN)
    this.electable = new Uint8Array(replicas)
    this.end = new Float64Array(replicas).fill(Number.NaN)
    this.endReadAt = new Float64Array(replicas).fill(Number.NaN)
    this.topology = topology
    this.ahead.clear()
    this.open = new Map()
    if (rows === null) return
    copyRuns(leader, this.leader, rows.partition)
    copyRuns(epoch, this.epoch, rows.partition)
    copyRuns(highWatermark, this.highWatermark, rows.partition)
    copyRuns(electable, this.electable, rows.replica)
    copyRuns(end, this.end, rows.replica)
    copyRuns(endReadAt, this.endReadAt, rows.replica)
    this.open = movedRows(open, rows)
  }
}

/** Of two figures that may be NaN. */
const largest = (a: number, b: number): number => (Number.isNaN(a) || b > a ? b : a)

function inSyncOf({ topology, replicaFlags }: Reading, row: number): readonly number[] {
  const ids: number[] = []
  for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1)
    if ((replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0) ids.push(topology.replicaBroker[replica]!)
  return ids
}

function nameOf(topology: Topology, row: number): { readonly topic: string; readonly partition: number } {
  return { topic: topology.topicNames[topology.topicIndex[row]!]!, partition: topology.partition[row]! }
}

function findingOf(
  { topology, leader, leaderEpoch }: Reading,
  row: number,
  reign: Reign,
  loss: Loss,
  now: number,
): LossFinding {
  const name = nameOf(topology, row)
  return {
    ...name,
    topicId: topicIdOf(topology, name.topic),
    ...loss,
    oldLeader: reign.leader,
    newLeader: leader[row]!,
    oldEpoch: reign.leaderEpoch,
    epoch: leaderEpoch[row]!,
    highWatermark: reign.highWatermark,
    seenAt: now,
    holders: holdersOf(reign, leader[row]!, loss.partsAt),
  }
}
