/** What is drawn of an incident: for each broker how it stood, for each topic when something was seen to happen. Pure. */
import type { EventKind, Incident, KeptEvent } from '@contract/history'
import type { Gap } from './watched'

/** How a broker stood: unknown = no event says it. */
export type Standing = 'there' | 'leaving' | 'silent' | 'gone' | 'unknown'

export interface Stretch {
  readonly from: number
  readonly to: number
  readonly as: Standing
}
export interface BrokerLane {
  readonly broker: number
  readonly stretches: readonly Stretch[]
}

/** Marks that lie closer together than can be drawn apart are one. */
export interface Mark {
  readonly at: number
  readonly kind: EventKind
  readonly count: number
}
export interface TopicLane {
  readonly topic: string
  readonly marks: readonly Mark[]
}

/** Kinds that say how a broker stands. */
export const STANDING_KINDS: readonly EventKind[] = ['silent', 'answers', 'gone', 'listed', 'leaving', 'stays']
/** So many marks beside each other can be told apart. */
const PLACES = 240
export const TOPIC_LANES = 8

interface Known {
  silent: boolean | null
  listed: boolean | null
  leaving: boolean
}

function standing({ silent, listed, leaving }: Known): Standing {
  if (listed === false) return 'gone'
  if (silent === true) return 'silent'
  if (leaving) return 'leaving'
  return listed === null && silent === null ? 'unknown' : 'there'
}

/** Before the first event of a kind it was the other way round. */
function before(events: readonly KeptEvent[]): Known {
  const silence = events.find(({ kind }) => kind === 'silent' || kind === 'answers')
  const place = events.find(({ kind }) => kind === 'gone' || kind === 'listed')
  const way = events.find(({ kind }) => kind === 'leaving' || kind === 'stays')
  const leaves = way !== undefined
  return {
    silent: silence === undefined ? (leaves ? false : null) : silence.kind === 'answers',
    listed: place === undefined ? (leaves ? true : null) : place.kind === 'gone',
    leaving: way?.kind === 'stays',
  }
}

function apply(known: Known, kind: EventKind): void {
  if (kind === 'silent') known.silent = true
  else if (kind === 'answers') known.silent = false
  else if (kind === 'leaving' || kind === 'stays') known.leaving = kind === 'leaving'
  else {
    known.listed = kind === 'listed'
    known.leaving = false
  }
}

/** `events`: of any order; those that say nothing of how a broker stands are left alone. */
export function brokerLanes(
  { brokers }: Pick<Incident, 'brokers'>,
  events: readonly KeptEvent[],
  from: number,
  until: number,
): readonly BrokerLane[] {
  const told = events.filter(({ kind }) => STANDING_KINDS.includes(kind)).toSorted((a, b) => a.seq - b.seq)
  const ids = new Set([...brokers, ...told.map(({ broker }) => broker)])
  return [...ids]
    .sort((a, b) => a - b)
    .map((broker) => {
      const own = told.filter((one) => one.broker === broker)
      const known = before(own)
      const stretches: Stretch[] = []
      let at = from
      const add = (to: number): void => {
        const as = standing(known)
        const last = stretches.at(-1)
        if (last?.as === as) stretches[stretches.length - 1] = { ...last, to }
        else if (to > at) stretches.push({ from: at, to, as })
        at = to
      }
      for (const event of own) {
        add(Math.min(Math.max(event.to, at), until))
        apply(known, event.kind)
      }
      add(until)
      return { broker, stretches }
    })
}

/** The worst topics of an incident, each with the events that were seen of it. */
export function topicLanes(
  { topics }: Pick<Incident, 'topics'>,
  events: readonly KeptEvent[],
  from: number,
  until: number,
): readonly TopicLane[] {
  const width = Math.max(1, until - from)
  return topics.slice(0, TOPIC_LANES).map(({ topic }) => {
    const marks = new Map<string, Mark>()
    for (const event of events) {
      if (event.topic !== topic || event.to < from || event.to > until) continue
      const place = Math.floor(((event.to - from) / width) * PLACES)
      const key = `${event.kind} ${place}`
      const known = marks.get(key)
      marks.set(key, {
        at: Math.min(known?.at ?? Infinity, event.to),
        kind: event.kind,
        count: (known?.count ?? 0) + 1,
      })
    }
    return { topic, marks: [...marks.values()].sort((a, b) => a.at - b.at) }
  })
}

const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400]
const MOST_TICKS = 7

/** Round times of an axis, by UTC where a step is longer than an hour. */
export function ticks(from: number, until: number): readonly number[] {
  const seconds = TICKS.find((one) => (until - from) / (one * 1_000) <= MOST_TICKS) ?? 604_800
  const step = seconds * 1_000
  const found: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= until; at += step) found.push(at)
  return found
}

export interface Axis {
  readonly from: number
  readonly until: number
}

/** The time that is drawn: all of it, and a little before. `now` is the end of an open one. */
export function axisOf({ began, ended }: Pick<Incident, 'began' | 'ended'>, now: number): Axis {
  const from = Number.isNaN(began.from) ? began.to : began.from
  const until = Number.isNaN(ended.to) ? Math.max(now, began.to) : ended.to
  const air = Math.max(1_000, (until - from) * 0.04)
  return { from: from - air, until: Number.isNaN(ended.to) ? until : until + air }
}

/** The parts of gaps that lie in it. */
export const gapsIn = (gaps: readonly Gap[], { from, until }: Axis): readonly Gap[] =>
  gaps
    .filter((gap) => gap.to > from && gap.from < until)
    .map((gap) => ({ ...gap, from: Math.max(gap.from, from), to: Math.min(gap.to, until) }))
