import type { TimeRange } from '../../shared/eviction'
import { MEANINGS, presenceOf } from '../state/presence'
import type { BrokerFacts } from '../topology/reading'
import { isUnheardByControllers } from './hearing'

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
 * tell, so nothing says when it would be fenced. `atAnyMoment`: it may have been silent for longer, or leave in another way.
 */
export function fencingRange(
  silentSince: number,
  sessionTimeoutMs: number,
  now = silentSince,
  atAnyMoment = false,
): TimeRange {
  const from =
    atAnyMoment && !Number.isNaN(sessionTimeoutMs) ? silentSince : silentSince + sessionTimeoutMs - HEARTBEAT_MS
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

/**
 * As `fencingOf`, of one that is known to be silent to the controllers too. Once they stop hearing it, the session counts from there. A session later at the earliest holds only
 * where it is proven that it leaves by its silence: its port is closed, or the controllers do not hear it either. One that is merely mute may be on its way out in order, and is
 * let go at once (seen on 4.4.0: a broker in a controlled shutdown that answered nobody for over a second).
 */
export function fencingOfLeaving(
  { answersSince, heardAt, hearingAskedAt, neverAnswered, silence }: BrokerFacts,
  sessionTimeoutMs: number,
  now: number,
): TimeRange {
  const heardLater = heardAt > answersSince
  const byItsSilence = silence === 'refused' || isUnheardByControllers(heardAt, hearingAskedAt, answersSince)
  const atAnyMoment = (neverAnswered && !heardLater) || !byItsSilence
  return fencingRange(heardLater ? heardAt : answersSince, sessionTimeoutMs, now, atAnyMoment)
}
