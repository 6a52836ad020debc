import {
  INCIDENT_TOPICS,
  type Announcement,
  type ClusterEvent,
  type Incident,
  type Phase,
  type Plan,
  type Span,
} from '../../contract/history'
import { planOf } from './announcements'
import { SPREAD_MS, type Looked } from '../events/looked'
import type { Sliced } from '../slices'
import { Phases } from './phases'
import { isWhole, standingOf, troubledTopics, type Standing, type TopicTrouble } from './standing'

/** Over when every partition has had all its replicas for so long. */
export const OVER_AFTER_MS = 30_000
/** Trouble with the same broker so soon after the end is the same incident. */
export const REOPENS_MS = 600_000
/** What only grows is handed over for keeping no more often. */
const KEEP_EVERY_MS = 1_000

/** What is known of the time before the first look. */
export interface Past {
  /** The newest one kept, open or not. */
  readonly last: Incident | null
  /** Until when the cluster was watched before, NaN = never. */
  readonly watchedTo: number
  readonly nextId: () => number
}

const NEVER: Span = { from: Number.NaN, to: Number.NaN }
const NOBODY: Standing = { offline: 0, refuses: 0, short: 0, silent: [], gone: [] }

/** An incident while it grows. */
class Growing {
  readonly id: number
  began: Span
  ended: Span
  readonly phases: Phases
  readonly brokers: Set<number>
  worst: number
  readonly most: number[]
  readonly topics: Map<string, TopicTrouble>
  topicCount: number
  left: number
  leftLate: number
  elections: number
  lostAtLeast: number
  reopened: number
  planned: Announcement | null

  constructor(from: Incident | { readonly id: number; readonly began: Span }) {
    this.id = from.id
    this.began = from.began
    const known = 'phases' in from ? from : null
    this.ended = known?.ended ?? NEVER
    this.phases = new Phases(known?.phases, known?.phasesLeftOut)
    this.brokers = new Set(known?.brokers)
    this.worst = known?.worst ?? 0
    this.most = [...(known?.most ?? [])]
    this.topics = new Map(known?.topics.map((one) => [one.topic, one]))
    this.topicCount = known?.topicCount ?? 0
    this.left = known?.left ?? 0
    this.leftLate = known?.leftLate ?? 0
    this.elections = known?.elections ?? 0
    this.lostAtLeast = known?.lostAtLeast ?? 0
    this.reopened = known?.reopened ?? 0
    this.planned = known?.planned ?? null
  }

  note(topics: readonly TopicTrouble[]): void {
    for (const { topic, worst, partitions } of topics) {
      const known = this.topics.get(topic)
      if (known !== undefined && known.worst >= worst && known.partitions >= partitions) continue
      this.topics.set(topic, {
        topic,
        worst: Math.max(worst, known?.worst ?? 0),
        partitions: Math.max(partitions, known?.partitions ?? 0),
      })
    }
    // Of one that was read again the topics beyond the bound are not known by name.
    this.topicCount = Math.max(this.topicCount, this.topics.size)
  }

  /** One that stands takes the place of what was announced before, as it may have been prolonged; withdrawn, it was announced all the same. Answers whether it says something new. */
  plan(standing: Plan | null): boolean {
    if (standing === null) return false
    const { by, broker, until } = standing
    const isNew = this.planned?.by !== by || this.planned.broker !== broker || this.planned.until !== until
    this.planned = { by, broker, until }
    return isNew
  }

  incident(): Incident {
    const { id, began, ended, phases, worst, topicCount, left, leftLate, elections, lostAtLeast } = this
    return {
      id,
      began,
      ended,
      phases: phases.all,
      phasesLeftOut: phases.leftOut,
      brokers: [...this.brokers].sort((a, b) => a - b),
      worst,
      most: [...this.most],
      topics: [...this.topics.values()]
        .sort((a, b) => b.worst - a.worst || b.partitions - a.partitions || (a.topic < b.topic ? -1 : 1))
        .slice(0, INCIDENT_TOPICS),
      topicCount,
      left,
      leftLate,
      elections,
      lostAtLeast,
      reopened: this.reopened,
      planned: this.planned,
    }
  }
}

/** Events between two places where a pass may be interrupted. */
const PIECE = 4_096

/** What one look adds to the phases, each kind once: a dead broker makes events for thousands of partitions at a time. */
class Turns {
  private readonly all = new Map<Phase['kind'], { span: Span; brokers: Set<number>; amount: number }>()

  /** `broker` -1 = of none. */
  add(kind: Phase['kind'], { from, to }: Span, broker: number, amount: number): void {
    const known = this.all.get(kind)
    const one = known ?? { span: { from, to }, brokers: new Set<number>(), amount: 0 }
    one.span = { from: Math.min(one.span.from, from), to: Math.min(one.span.to, to) }
    if (broker >= 0) one.brokers.add(broker)
    one.amount += amount
    if (known === undefined) this.all.set(kind, one)
  }

  into(phases: Phases): void {
    for (const [kind, { span, brokers, amount }] of this.all) phases.turn(kind, span, [...brokers], amount)
  }
}

const isDeparture = ({ kind, cause }: ClusterEvent): boolean => kind === 'left-isr' && cause !== 'moved'

/** What begins an incident, beside how the cluster stands. */
const begins = (event: ClusterEvent): boolean => event.kind === 'gone' || event.kind === 'lost' || isDeparture(event)

/**
 * Makes incidents of looks and the events between them; at most one is open. It opens at the first partition that is offline or refuses acks=all, at a broker that is silent or gone, at a replica that
 * leaves an ISR, or at records lost, and is over when nothing has been missing for half a minute that was watched. What begins in it is a phase of it.
 */
export class IncidentTracker {
  private growing: Growing | null = null
  private last: Incident | null
  private plans: readonly Plan[] = []
  private before = NOBODY
  private lookedAt: number
  private first = true
  /** Since when nothing is missing, with the look before; NaN = something is. */
  private whole: Span = NEVER
  private troubled = false
  private keptAt = Number.NEGATIVE_INFINITY
  private changed = false

  constructor(private readonly past: Past) {
    this.last = past.last
    this.lookedAt = past.watchedTo
    if (past.last !== null && Number.isNaN(past.last.ended.to)) this.growing = new Growing(past.last)
  }

  /** The open one, or null. */
  get open(): Incident | null {
    return this.growing?.incident() ?? null
  }

  /** The id that events of the look just made belong to, 0 = none. */
  get openId(): number {
    return this.growing?.id ?? 0
  }

  /** What persons announced, as it stands now: trouble with such a broker alone is planned. */
  announced(plans: readonly Plan[]): void {
    this.plans = plans
  }

  /** What is to be kept now; several, where one ended and another began. */
  *observe(looked: Looked, events: readonly ClusterEvent[]): Sliced<readonly Incident[]> {
    const standing = standingOf(looked)
    const now = looked.summary.takenAt
    const span = { from: this.lookedAt - SPREAD_MS, to: now }
    const kept: Incident[] = []
    const wasOpen = this.growing !== null
    if (wasOpen && (this.first || looked.afterGap))
      kept.push(...this.overTheGap(standing, { from: this.lookedAt, to: now }))
    else if (!wasOpen && this.shouldOpen(standing, events)) this.openOne(standing, events, span)
    if (this.growing !== null) {
      yield* this.grow(this.growing, looked, standing, events, span)
      kept.push(...this.endOrKeep(this.growing, standing, span, looked.judgedAt))
    }
    this.before = standing
    this.lookedAt = looked.metadataSentAt
    this.first = false
    return kept
  }

  private shouldOpen(standing: Standing, events: readonly ClusterEvent[]): boolean {
    if (events.some(begins)) return true
    const { offline, refuses, short, silent } = standing
    if (this.first) return offline + refuses + short + silent.length > 0
    return (
      offline > this.before.offline ||
      refuses > this.before.refuses ||
      silent.some((broker) => !this.before.silent.includes(broker))
    )
  }

  private openOne(standing: Standing, events: readonly ClusterEvent[], span: Span): void {
    const began = events
      .filter(begins)
      .reduce<Span>(
        (earliest, { from, to }) => ({ from: Math.min(earliest.from, from), to: Math.min(earliest.to, to) }),
        span,
      )
    const brokers = [...standing.silent, ...events.filter(begins).map(({ broker }) => broker)]
    const { last } = this
    const again =
      last !== null &&
      began.to - last.ended.to <= REOPENS_MS &&
      (last.brokers.some((broker) => brokers.includes(broker)) || (this.first && brokers.length === 0))
    this.growing = again ? new Growing(last) : new Growing({ id: this.past.nextId(), began })
    if (again) {
      this.growing.ended = NEVER
      this.growing.reopened += 1
    }
    this.troubled = false
    this.whole = NEVER
    this.keptAt = Number.NEGATIVE_INFINITY
  }

  /** It was open when nobody looked any more. */
  private overTheGap(standing: Standing, gap: Span): readonly Incident[] {
    const { growing } = this
    if (growing === null) return []
    growing.phases.turn('unwatched', gap, [], Number.NaN)
    this.whole = NEVER
    this.changed = true
    if (!isWhole(standing)) return []
    return [this.end(growing, gap)]
  }

  private *grow(
    growing: Growing,
    looked: Looked,
    standing: Standing,
    events: readonly ClusterEvent[],
    span: Span,
  ): Sliced<void> {
    const phases = growing.phases.count
    looked.summary.counts.forEach((count, state) => {
      if (count <= (growing.most[state] ?? 0)) return
      growing.most[state] = count
      growing.worst = Math.max(growing.worst, state)
      this.changed = true
    })
    const turns = new Turns()
    for (const [at, event] of events.entries()) {
      if (at % PIECE === PIECE - 1) yield
      this.take(growing, event, turns)
    }
    turns.into(growing.phases)
    this.turns(growing, standing, span)
    for (const broker of standing.silent) growing.brokers.add(broker)
    if (standing.short > 0 || standing.refuses > 0) growing.note(troubledTopics(looked))
    if (growing.plan(planOf(this.plans, growing, span.to))) this.changed = true
    if (events.length > 0 || growing.phases.count !== phases) this.changed = true
  }

  private take(growing: Growing, event: ClusterEvent, turns: Turns): void {
    const { kind, broker, other, cause, amount } = event
    switch (kind) {
      case 'left-isr':
        if (!isDeparture(event)) return
        growing.brokers.add(broker)
        growing.left += 1
        if (cause !== 'late') return
        growing.leftLate += 1
        turns.add('late', event, broker, 1)
        return
      case 'leader':
        growing.elections += 1
        if (cause === 'failover' || cause === 'shutdown' || cause === 'unclean') turns.add('moved', event, other, 1)
        return
      case 'silent':
      case 'gone':
      case 'leaving':
        growing.brokers.add(broker)
        turns.add(kind, event, broker, Number.NaN)
        return
      case 'answers':
      case 'listed':
        turns.add(kind, event, broker, Number.NaN)
        return
      case 'lost':
        growing.lostAtLeast += amount
        turns.add('lost', event, other, amount)
        return
      default:
    }
  }

  private turns(growing: Growing, standing: Standing, span: Span): void {
    const { offline, refuses, silent, gone } = standing
    if (offline > this.before.offline) growing.phases.turn('offline', span, [], offline)
    if (refuses > this.before.refuses) growing.phases.turn('refuses', span, [], refuses)
    const troubled = offline + refuses + silent.length + gone.length > 0
    if (this.troubled && !troubled && !isWhole(standing)) growing.phases.turn('recovering', span, [], standing.short)
    this.troubled = troubled
  }

  private endOrKeep(growing: Growing, standing: Standing, span: Span, judgedAt: number): readonly Incident[] {
    if (!isWhole(standing)) this.whole = NEVER
    else if (Number.isNaN(this.whole.to)) this.whole = span
    if (span.to - this.whole.to >= OVER_AFTER_MS) return [this.end(growing, this.whole)]
    if (!this.changed || judgedAt - this.keptAt < KEEP_EVERY_MS) return []
    this.keptAt = judgedAt
    this.changed = false
    return [growing.incident()]
  }

  private end(growing: Growing, ended: Span): Incident {
    growing.ended = ended
    growing.phases.turn('over', ended, [], Number.NaN)
    this.last = growing.incident()
    this.growing = null
    this.whole = NEVER
    this.changed = false
    return this.last
  }
}
