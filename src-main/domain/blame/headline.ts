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
    began: 'seen',
    sinceAfter: now,
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

/** Nothing seen for longer than this, and for longer than some pictures in a row take, is a gap. */
const UNSEEN_MS = 10_000
const UNSEEN_PICTURES = 3

/** Whether so little was looked at between two readings that what one says has no bearing on the other's since. */
export const isGap = (from: number, to: number, intervalMs: number): boolean =>
  to - from > Math.max(UNSEEN_MS, UNSEEN_PICTURES * intervalMs)

/** How the picture before was seen. */
export interface Sight {
  /** As in HeadlineFacts. */
  readonly lateAtFirst: boolean
  /** When its reading was taken, NaN = there was none. */
  readonly seenAt: number
  /** As `isGap`: since then. */
  readonly gap: boolean
}

/**
 * `next` with its start. An incident lasts until a picture is calm, or until its culprit is one that has nothing to do with the one before; while nobody is
 * named, and whatever happens to level and cause (late, silent, gone, recovering), it is the same. Calm does not outlast a gap.
 */
export function withSince(
  previous: Headline | null,
  next: Headline,
  now: number,
  { lateAtFirst, seenAt, gap }: Sight = { lateAtFirst: false, seenAt: now, gap: false },
): Headline {
  if (previous === null || previous.level === 'unread')
    return { ...next, since: now, began: 'opening', sinceAfter: Number.NaN }
  const { since, began, sinceAfter } = previous
  const goesOn =
    isCalm(previous) === isCalm(next) && !areApart(previous.culprit, next.culprit) && !(gap && isCalm(next))
  const found = lateAtFirst && began === 'opening' && isCalm(previous) && now - since < OPENING_MS
  if (goesOn || found) return { ...next, since, began, sinceAfter }
  return { ...next, since: now, began: gap || now - seenAt > UNSEEN_MS ? 'unseen' : 'seen', sinceAfter: seenAt }
}
