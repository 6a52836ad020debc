import { isOurSide } from '../../contract/summary'
import type { Culprit, Headline, SilentBroker } from '../../contract/summary'
import { isNone } from '../../shared/tally'
import type { Tally } from '../../shared/tally'

/** What the sentence on top is made of, before it knows since when. */
export interface HeadlineFacts {
  /** False until a first complete reading. */
  readonly read: boolean
  readonly offline: Tally
  readonly writesRefused: Tally
  readonly oneLossAway: Tally
  readonly underReplicated: Tally
  readonly lagging: Tally
  readonly halted: Headline['halted']
  readonly noListener: Headline['noListener']
  /** No controller answers. */
  readonly controllerSilent: boolean
  readonly culprit: Culprit | null
  readonly leaving: Headline['leaving']
  readonly silent: readonly SilentBroker[]
  readonly healedAt: number
}

/**
 * danger: something cannot be written or read now. trouble: the next loss may do that. watch: all copies are there, one
 * is late, or what a broker leads cannot be seen from here. A broker that does not answer is danger as soon as it leads
 * anything, long before Metadata says so; without a controller the next loss is for good. well needs evidence: every figure is complete, and none, and every
 * broker is seen. Without it the level is unknown: a fault of our own side says nothing of the cluster.
 */
export function levelOf(facts: HeadlineFacts): Headline['level'] {
  if (!facts.read) return 'unread'
  const { offline, writesRefused, oneLossAway, underReplicated, lagging, controllerSilent, noListener } = facts
  const silent = facts.silent.filter((one) => !isOurSide(one))
  if (
    offline.atLeast > 0 ||
    writesRefused.atLeast > 0 ||
    silent.some(({ leads, returning }) => leads > 0 && !returning)
  )
    return 'danger'
  if (controllerSilent || oneLossAway.atLeast > 0 || underReplicated.atLeast > 0 || silent.length > 0) return 'trouble'
  if (lagging.atLeast > 0 || noListener !== null) return 'watch'
  if (facts.silent.length > 0) return 'unknown'
  return [offline, writesRefused, oneLossAway, underReplicated, lagging].every(isNone) ? 'well' : 'unknown'
}

/** A headline that starts now. */
export function headline(facts: HeadlineFacts, now: number): Headline {
  const {
    culprit,
    offline,
    writesRefused,
    oneLossAway,
    underReplicated,
    lagging,
    halted,
    noListener,
    leaving,
    silent,
    healedAt,
  } = facts
  return {
    level: levelOf(facts),
    since: now,
    sinceOpening: false,
    culprit,
    offline,
    writesRefused,
    oneLossAway,
    underReplicated,
    lagging,
    halted,
    noListener,
    leaving,
    silent,
    healedAt,
  }
}

const brokersOf = ({ brokers, broker }: Culprit): readonly number[] =>
  brokers.length > 0 ? brokers.map((one) => one.broker) : [broker]

/** Two that are known and have nothing in common: another incident. */
function areApart(a: Culprit | null, b: Culprit | null): boolean {
  if (a === null || b === null) return false
  const sameRack = a.rack !== null && a.rack === b.rack && (a.kind === 'rack' || b.kind === 'rack')
  return !sameRack && !brokersOf(a).some((broker) => broker >= 0 && brokersOf(b).includes(broker))
}

/** Nothing wrong is seen: that a new topic is not read yet for a moment begins nothing; that a broker is not seen from here does. */
const isCalm = ({ level, silent }: Headline): boolean =>
  (level === 'well' || level === 'unknown') && silent.length === 0

/** A follower that is late is known to be after two readings: one that was so when it was first read, of a cluster opened this recently, was so before that. */
const OPENING_MS = 10_000

/**
 * `next` with its start. An incident lasts until a picture is calm, or until its culprit is one that has nothing to do with the one before; while nobody is
 * named, and whatever happens to level and cause (late, silent, gone, recovering), it is the same. `lateAtFirst` as in HeadlineFacts.
 */
export function withSince(previous: Headline | null, next: Headline, now: number, lateAtFirst = false): Headline {
  if (previous === null || previous.level === 'unread') return { ...next, since: now, sinceOpening: true }
  const { since, sinceOpening } = previous
  const goesOn = isCalm(previous) === isCalm(next) && !areApart(previous.culprit, next.culprit)
  const found = lateAtFirst && sinceOpening && isCalm(previous) && now - since < OPENING_MS
  return goesOn || found ? { ...next, since, sinceOpening } : { ...next, since: now, sinceOpening: false }
}
