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
import { clamped, spanOf } from '../events/span'
import type { Sliced } from '../slices'
import { CountedLosses, type LossesBefore } from './counted-losses'
import { Phases } from './phases'
import { isWhole, standingOf, type Standing, type TopicTrouble } from './standing'
import { TroubleRows } from './trouble-rows'

/** Over when every partition has had all its replicas for so long. */
export const OVER_AFTER_MS = 30_000
/** Trouble with the same broker so soon after the end is the same incident. */
export const REOPENS_MS = 600_000
/** What was in trouble and cannot be read is waited for no longer than this, while everything that can be is whole. It ends unseen then. */
export const UNSEEN_AFTER_MS = 3_600_000
/** What only grows is handed over for keeping no more often. */
const KEEP_EVERY_MS = 1_000

/** What is known of the time before the first look. */
export interface Past {
  /** The newest one kept, open or not. */
  readonly last: Incident | null
  /** Until when the cluster was watched before, NaN = never. */
  readonly watchedTo: number
  readonly nextId: () => number
  /** Of findings that come again. */
  readonly lossesBefore: LossesBefore
}

const isOpen = ({ ended }: Pick<Incident, 'ended'>): boolean => Number.isNaN(ended.to)
const NEVER: Span = { from: Number.NaN, to: Number.NaN }
const NOBODY: Standing = { offline: 0, refuses: 0, short: 0, silent: [], gone: [], blind: false }

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
  readonly rows: TroubleRows
  topicCount: number
  left: number
  leftLate: number
  elections: number
  lostAtLeast: number
  unread: number
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
    // Of one that was seen whole nothing is left to be proven.
    this.rows = new TroubleRows(known !== null && (isOpen(known) || known.unread > 0) ? known : null)
    this.topicCount = known?.topicCount ?? 0
    this.left = known?.left ?? 0
    this.leftLate = known?.leftLate ?? 0
    this.elections = known?.elections ?? 0
    this.lostAtLeast = known?.lostAtLeast ?? 0
    this.unread = known?.unread ?? 0
    this.reopened = known?.reopened ?? 0
    this.planned = known?.planned ?? null
  }

  /** Rows of it were seen: that none is in view now says nothing of them. */
  get hadRows(): boolean {
    return this.most.some((count) => count > 0)
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
      unread: this.unread,
      reopened: this.reopened,
      planned: this.planned,
    }
  }
}

/** Events between two places where a pass may be interrupted. */
const PIECE = 4_096

/** The first of both to have happened; not known since when as soon as that is so of one. */
const earlier = (a: Span, b: Span): Span => ({ from: Math.min(a.from, b.from), to: Math.min(a.to, b.to) })

/** What one look adds to the phases, each kind once: a dead broker makes events for thousands of partitions at a time. */
class Turns {
  private readonly all = new Map<Phase['kind'], { span: Span; brokers: Set<number>; amount: number }>()

  /** `broker` -1 = of none. */
  add(kind: Phase['kind'], span: Span, broker: number, amount: number): void {
    const known = this.all.get(kind)
    const one = known ?? { span, brokers: new Set<number>(), amount: 0 }
    one.span = earlier(one.span, span)
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

/** Whose trouble it is: of lost records the broker that led before, not the one that does now. */
const troubledBroker = ({ kind, broker, other }: ClusterEvent): number => (kind === 'lost' ? other : broker)

/**
 * Makes incidents of looks and the events between them; at most one is open. It opens at the first partition that is offline or refuses acks=all, at a broker that is silent or gone, at a replica that
 * leaves an ISR, or at records lost, and is over when nothing has been missing for half a minute that was watched, and every partition that was in trouble is read or known to be deleted. What begins in it is a
 * phase of it.
 */
export class IncidentTracker {
  private growing: Growing | null = null
  private last: Incident | null
  private plans: readonly Plan[] = []
  private before = NOBODY
  private readonly losses: CountedLosses
  private lookedAt: number
  private first = true
  /** Since when nothing that can be read is missing, with the look before; NaN = something is. */
  private calm: Span = NEVER
  /** And everything that was in trouble was read. */
  private whole: Span = NEVER
  private troubled = false
  private keptAt = Number.NEGATIVE_INFINITY
  private changed = false

  constructor(private readonly past: Past) {
    this.last = past.last
    this.lookedAt = past.watchedTo
    this.losses = new CountedLosses(past.lossesBefore)
    if (past.last !== null && isOpen(past.last)) this.growing = new Growing(past.last)
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
  *observe(looked: Looked, told: readonly ClusterEvent[]): Sliced<readonly Incident[]> {
    const standing = standingOf(looked, this.before.silent)
    const now = looked.summary.takenAt
    const span = spanOf(this.lookedAt - SPREAD_MS, now)
    const events = yield* this.news(told)
    const kept: Incident[] = []
    const wasOpen = this.growing !== null
    const isAfterGap = wasOpen && (this.first || looked.afterGap)
    if (!wasOpen && this.shouldOpen(standing, events)) yield* this.openOne(looked, standing, events, span)
    const { growing } = this
    if (growing !== null) {
      if (isAfterGap) this.overTheGap(growing, clamped({ from: this.lookedAt, to: now }))
      yield* this.grow(growing, looked, standing, events, span)
      kept.push(...this.endOrKeep(growing, standing, span, looked.judgedAt))
    }
    this.before = standing
    this.lookedAt = looked.metadataSentAt
    this.first = false
    return kept
  }

  /** Without lost records that were told before; of a finding with better figures only what is new in it. */
  private *news(told: readonly ClusterEvent[]): Sliced<readonly ClusterEvent[]> {
    const events: ClusterEvent[] = []
    for (const event of told) {
      if (event.kind === 'topic-anew') this.losses.forget(event.topic)
      if (event.kind !== 'lost') {
        events.push(event)
        continue
      }
      const amount = this.losses.more(event)
      if (!Number.isNaN(amount)) events.push({ ...event, amount })
      // Each may be looked up in the file.
      yield
    }
    return events
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

  private *openOne(looked: Looked, standing: Standing, events: readonly ClusterEvent[], span: Span): Sliced<void> {
    // Who is silent is of the moment of judging, which is later than the newest Metadata.
    const standsSo = { from: span.from, to: Math.max(span.to, looked.judgedAt) }
    const began = events.filter(begins).reduce<Span>(earlier, standsSo)
    const again = yield* this.lastAgain(looked, standing, events, began)
    this.growing = again === null ? new Growing({ id: this.past.nextId(), began }) : new Growing(again)
    if (again !== null) {
      this.growing.ended = NEVER
      this.growing.reopened += 1
    }
    this.troubled = false
    this.calm = this.whole = NEVER
    this.keptAt = Number.NEGATIVE_INFINITY
  }

  /** The last one, where this is it again: the same broker a few minutes after its end, or the same topics where no broker is known. */
  private *lastAgain(
    looked: Looked,
    { silent, gone }: Standing,
    events: readonly ClusterEvent[],
    began: Span,
  ): Sliced<Incident | null> {
    const { last } = this
    if (last === null || Math.abs(began.to - last.ended.to) > REOPENS_MS) return null
    const brokers = [...silent, ...gone, ...events.filter(begins).map(troubledBroker)].filter((id) => id >= 0)
    if (brokers.length > 0) return last.brokers.some((broker) => brokers.includes(broker)) ? last : null
    const { topics } = yield* new TroubleRows(null).observe(looked, [])
    const now = new Set(topics.map(({ topic }) => topic))
    return last.topics.some(({ topic }) => now.has(topic)) ? last : null
  }

  /** It was open when nobody looked any more. */
  private overTheGap(growing: Growing, gap: Span): void {
    growing.phases.turn('unwatched', gap, [], Number.NaN)
    this.calm = this.whole = NEVER
    this.changed = true
  }

  private *grow(
    growing: Growing,
    looked: Looked,
    standing: Standing,
    events: readonly ClusterEvent[],
    span: Span,
  ): Sliced<void> {
    const phases = growing.phases.count
    const trouble = yield* growing.rows.observe(looked, events)
    looked.summary.counts.forEach((count, state) => {
      // A state that nothing was in has a figure too: a hole is no figure, and a row with one cannot be read.
      growing.most[state] ??= 0
      if (count <= growing.most[state]) return
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
    // Away at the first look there is no event of it.
    for (const broker of [...standing.silent, ...standing.gone]) growing.brokers.add(broker)
    growing.note(trouble.topics)
    if (trouble.unread > growing.unread) growing.phases.turn('unread', span, [], trouble.unread)
    if (trouble.unread !== growing.unread) this.changed = true
    growing.unread = trouble.unread
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
      case 'stays':
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
    const isWell = isWhole(standing)
    const isRead = growing.unread === 0 && !(standing.blind && growing.hadRows)
    this.time(isWell, isRead, span)
    if (span.to - this.whole.to >= OVER_AFTER_MS) return [this.end(growing, this.whole, true)]
    if (span.to - this.calm.to >= UNSEEN_AFTER_MS && !isRead)
      return [this.end(growing, { from: this.calm.from, to: span.to }, false)]
    if (!this.changed || Math.abs(judgedAt - this.keptAt) < KEEP_EVERY_MS) return []
    this.keptAt = judgedAt
    this.changed = false
    return [growing.incident()]
  }

  /** Since when it is calm, and whole. A clock that was set back has counted nothing since: they begin anew. */
  private time(isWell: boolean, isRead: boolean, span: Span): void {
    if (!isWell) this.calm = NEVER
    else if (!(span.to >= this.calm.to)) this.calm = span
    if (!isWell || !isRead) this.whole = NEVER
    // It may have become so at any time since it was seen in trouble.
    else if (!(span.to >= this.whole.to)) this.whole = { from: this.calm.from, to: span.to }
  }

  private end(growing: Growing, ended: Span, isSeen: boolean): Incident {
    growing.ended = clamped(ended)
    if (isSeen) growing.phases.turn('over', growing.ended, [], Number.NaN)
    this.last = growing.incident()
    this.growing = null
    this.calm = this.whole = NEVER
    this.changed = false
    return this.last
  }
}
