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
 * anything, long before Metadata says so; without a controller the next loss is for good. well needs evidence: every figure is complete, and none. Without it the level is unknown.
 */
export function levelOf(facts: HeadlineFacts): Headline['level'] {
  if (!facts.read) return 'unread'
  const { offline, writesRefused, oneLossAway, underReplicated, lagging, silent, controllerSilent, noListener } = facts
  if (
    offline.atLeast > 0 ||
    writesRefused.atLeast > 0 ||
    silent.some(({ leads, returning }) => leads > 0 && !returning)
  )
    return 'danger'
  if (controllerSilent || oneLossAway.atLeast > 0 || underReplicated.atLeast > 0 || silent.length > 0) return 'trouble'
  if (lagging.atLeast > 0 || noListener !== null) return 'watch'
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

const sameCulprit = (a: Culprit | null, b: Culprit | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.kind === b.kind &&
    a.rack === b.rack &&
    (a.kind === 'brokers-away' ? sharesBroker(a, b) : a.broker === b.broker))

const sharesBroker = (a: Culprit, b: Culprit): boolean =>
  a.brokers.some(({ broker }) => b.brokers.some((other) => other.broker === broker))

/** Nothing wrong is seen: that a new topic is not read yet for a moment begins nothing. */
const isCalm = ({ level }: Headline): boolean => level === 'well' || level === 'unknown'

/**
 * `next` keeps the earlier `since` while level and culprit are the same; its cause may change (silent, then gone, then
 * recovering).
 */
export function withSince(previous: Headline | null, next: Headline, now: number): Headline {
  const same =
    previous !== null &&
    (previous.level === next.level || (isCalm(previous) && isCalm(next))) &&
    sameCulprit(previous.culprit, next.culprit)
  return { ...next, since: same ? previous.since : now }
}
