import type { Culprit, Headline, SilentBroker } from '../../contract/summary'

/** What the sentence on top is made of, before it knows since when. */
export interface HeadlineFacts {
  /** False until a first complete reading. */
  readonly read: boolean
  readonly offline: number
  readonly writesRefused: number
  readonly oneLossAway: number
  readonly underReplicated: number
  readonly lagging: number
  readonly culprit: Culprit | null
  readonly leaving: Headline['leaving']
  readonly silent: readonly SilentBroker[]
  readonly healedAt: number
}

/**
 * danger: something cannot be written or read now. trouble: the next loss may do that. watch: all copies are there, one
 * is late. A broker that does not answer is danger as soon as it leads anything, long before Metadata says so.
 */
export function levelOf(facts: HeadlineFacts): Headline['level'] {
  if (!facts.read) return 'unread'
  if (facts.offline > 0 || facts.writesRefused > 0 || facts.silent.some((broker) => broker.leads > 0)) return 'danger'
  if (facts.oneLossAway > 0 || facts.underReplicated > 0 || facts.silent.length > 0) return 'trouble'
  return facts.lagging > 0 ? 'watch' : 'well'
}

/** A headline that starts now. */
export function headline(facts: HeadlineFacts, now: number): Headline {
  const { culprit, offline, writesRefused, oneLossAway, underReplicated, lagging, leaving, silent, healedAt } = facts
  return {
    level: levelOf(facts),
    since: now,
    culprit,
    offline,
    writesRefused,
    oneLossAway,
    underReplicated,
    lagging,
    leaving,
    silent,
    healedAt,
  }
}

const sameCulprit = (a: Culprit | null, b: Culprit | null): boolean =>
  a === b || (a !== null && b !== null && a.kind === b.kind && a.broker === b.broker && a.rack === b.rack)

/**
 * `next` keeps the earlier `since` while level and culprit are the same; its cause may change (silent, then gone, then
 * recovering).
 */
export function withSince(previous: Headline | null, next: Headline, now: number): Headline {
  const same = previous !== null && previous.level === next.level && sameCulprit(previous.culprit, next.culprit)
  return { ...next, since: same ? previous.since : now }
}
