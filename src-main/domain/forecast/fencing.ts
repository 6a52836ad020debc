import type { TimeRange } from '../../shared/eviction'
import { MEANINGS, presenceOf } from '../state/presence'
import type { BrokerFacts } from '../topology/reading'

/**
 * A heartbeat goes every 2 s (broker.heartbeat.interval.ms), so the last one may be up to 2 s older than the silence, which we notice half a second
 * late at most where the process is gone.
 */
const HEARTBEAT_MS = 2500
/** Fencing is a record that has to be committed and told, by a new controller where the dead node was the active one. */
const TOLD_MS = 1000
/** For how long after its time a fencing is still waited for. */
const GRACE_MS = 2000

/**
 * When the controller fences a broker that has been silent since `silentSince`: a session after its last heartbeat, and it looks every eighth of one
 * (QuorumController.maybeFenceStaleBrokerPeriodNs). Seen on 4.4.0 with 9 s: 7.2 to 11.0 s after the kill; with 16 s on separate controllers: 13.7 to
 * 16.8 s. Unknown (NaN) when that time is over and the broker is still listed: the controller hears it, or has another session timeout than brokers
 * tell, so nothing says when it would be fenced. One that has `neverAnswered` us may have been silent for long: it may be fenced at any moment.
 */
export function fencingRange(
  silentSince: number,
  sessionTimeoutMs: number,
  now = silentSince,
  neverAnswered = false,
): TimeRange {
  const from =
    neverAnswered && !Number.isNaN(sessionTimeoutMs) ? silentSince : silentSince + sessionTimeoutMs - HEARTBEAT_MS
  const to = silentSince + 1.125 * sessionTimeoutMs + TOLD_MS
  return now > to + GRACE_MS ? { from: NaN, to: NaN } : { from, to }
}

const NEVER: TimeRange = { from: NaN, to: NaN }

/**
 * When a broker that does not answer us is fenced. Never while the controllers hear it: it is listed again, or goes on fetching their log, so only we are cut off
 * from it. Of one that only we do not see nothing is foretold.
 */
export const fencingOf = (fact: BrokerFacts, sessionTimeoutMs: number, now: number): TimeRange =>
  MEANINGS[presenceOf(fact, now)].leaves ? fencingOfLeaving(fact, sessionTimeoutMs, now) : NEVER

/** As `fencingOf`, of one that is known to be silent to the controllers too. Once they stop hearing it, the session counts from there. */
export function fencingOfLeaving(
  { answersSince, heardAt, neverAnswered }: BrokerFacts,
  sessionTimeoutMs: number,
  now: number,
): TimeRange {
  const heardLater = heardAt > answersSince
  return fencingRange(heardLater ? heardAt : answersSince, sessionTimeoutMs, now, neverAnswered && !heardLater)
}
