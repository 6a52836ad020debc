/** One look after another at a cluster of tables, with the events between them, as the recorder makes them. */
import type { ClusterEvent, Incident } from '../../src-main/contract/history'
import type { ClusterSummary } from '../../src-main/contract/summary'
import { EventWatch } from '../../src-main/domain/events/event-watch'
import type { Looked } from '../../src-main/domain/events/looked'
import { IncidentTracker, type Past } from '../../src-main/domain/incident/incident-tracker'
import { runWhole } from '../../src-main/domain/slices'
import type { BrokerFacts, WritableReading } from '../../src-main/domain/topology/reading'
import { START, factsOf, judge, readingOf, settings, THREE_BROKERS, type TopicRow } from './columns'
import { summaryOf } from './summary-of'

export interface LookAt {
  readonly at: number
  readonly topics: readonly TopicRow[]
  readonly brokers?: typeof THREE_BROKERS
  readonly facts?: ReadonlyMap<number, BrokerFacts>
  readonly minIsr?: number
  readonly version?: readonly [number, number] | null
  readonly reach?: ClusterSummary['reach']
  readonly afterGap?: boolean
  /** So long after the newest Metadata, ms. */
  readonly judgedAfter?: number
  /** Beside those that are found by comparing. */
  readonly events?: readonly ClusterEvent[]
}

export const NO_PAST: Past = { last: null, watchedTo: Number.NaN, nextId: () => 1, lossesBefore: () => Number.NaN }

const picture = (look: LookAt, reading: WritableReading): Omit<Looked, 'afterGap'> => {
  const { at, facts = factsOf([1, 2, 3]), reach = 'unknown' } = look
  const set = settings({ version: look.version ?? [4, 0] })
  const summary = summaryOf(reading, { facts, settings: set, reach, takenAt: at, now: START })
  return {
    topology: reading.topology,
    columns: judge(reading, { facts, settings: set }),
    replicaFlags: reading.replicaFlags,
    changed: new Uint32Array(0),
    metadataSentAt: at - 5,
    judgedAt: at + (look.judgedAfter ?? 0),
    throttled: new Set(),
    settings: set,
    summary,
    reading,
    eligibleLeaders: false,
    electableTold: true,
  }
}

/** A run of Highwater on it. */
export class Looks {
  readonly events: ClusterEvent[] = []
  readonly kept: Incident[] = []
  readonly tracker: IncidentTracker
  private readonly watch = new EventWatch()

  constructor(past: Partial<Past> = {}) {
    this.tracker = new IncidentTracker({ ...NO_PAST, ...past })
  }

  get newest(): Incident {
    const one = this.tracker.open ?? this.kept.at(-1)
    if (one === undefined) throw new Error('no incident')
    return one
  }

  get isOpen(): boolean {
    return this.tracker.open !== null
  }

  at(look: LookAt): this {
    const reading = readingOf(look.topics, look.brokers ?? THREE_BROKERS, look.minIsr ?? 2)
    const looked: Looked = { ...picture(look, reading), afterGap: look.afterGap ?? false }
    const events = [...runWhole(this.watch.observe(looked, true)), ...(look.events ?? [])]
    this.events.push(...events)
    this.kept.push(...runWhole(this.tracker.observe(looked, events)))
    return this
  }

  /** The same again, every second until then. */
  until(at: number, look: Omit<LookAt, 'at'>, from: number): this {
    for (let next = from; next <= at; next += 1_000) this.at({ ...look, at: next })
    return this
  }
}
