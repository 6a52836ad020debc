import type { Silence } from '../../contract/summary'
import type { PortError } from '../../ports/cluster-port'

/** What a lane is asked, for "usual latency": a whole Metadata answer and a ping have nothing in common. */
export type AskKind = 'connect' | 'ping' | 'metadata' | 'log-end' | 'high-watermark' | 'configs' | 'elr' | 'epoch-ends'

/** A question older than this is called unanswered, or SLOW_FACTOR times the usual latency of its kind if that is more. */
const SILENT_AFTER_MS = 1_000
/** The first connection may need name look-up, TLS and a slow SASL exchange. */
const FIRST_CONNECT_MS = 2_000
const SLOW_FACTOR = 6
/** A hung socket is given up then: its late answer is of no use and a new link tells when the broker is back. */
const GIVE_UP_MS = 5_000
const LONGEST_DEADLINE_MS = 30_000
export const CONNECT_MS = 4_000
/** With no question for this long a lane pings, so that silence is noticed at any cadence. */
export const PING_AFTER_MS = 1_200
/** A timer that comes later than this means that we were asleep, not the broker; it gets as much time again. */
export const OWN_STALL_MS = 250
/** But not for ever: a machine that is busy all the time would never name anybody. */
export const OWN_STALLS_AT_MOST = 3

/**
 * A broker that starts is listed as soon as the controller has unfenced it, and opens its port up to 5 s later (seen on 4.4.0): for this long after the listing it is
 * tried in quick turn, and called returning.
 */
export const RETURNING_MS = 10_000
export const RETURNING_TRY_MS = 200

const WEIGHT = 0.2
/**
 * What one answer counts for at most, or thrice of what is usual: a cold or just thawed broker's first one takes seconds. Believed at once, the next
 * question of its kind would have passed for slow until the deadline, and a broker that freezes over it would go unnamed for 5 s.
 */
const FIRST_SAMPLE_MS = 350
const GROWTH = 3

/** Follows how long a broker takes for each kind of question. One slow answer moves it little; a broker that is slow is known after a few. */
export class UsualLatency {
  private readonly usual = new Map<AskKind, number>()

  note(kind: AskKind, ms: number): void {
    const old = this.usual.get(kind)
    const counted = Math.min(ms, Math.max(FIRST_SAMPLE_MS, (old ?? 0) * GROWTH))
    this.usual.set(kind, old === undefined ? counted : old + (counted - old) * WEIGHT)
  }

  /** NaN before the first answer. */
  of(kind: AskKind): number {
    return this.usual.get(kind) ?? Number.NaN
  }

  silentAfter(kind: AskKind): number {
    const usual = this.usual.get(kind)
    if (usual === undefined) return kind === 'connect' ? FIRST_CONNECT_MS : SILENT_AFTER_MS
    return Math.max(SILENT_AFTER_MS, usual * SLOW_FACTOR)
  }

  deadline(kind: AskKind): number {
    return Math.min(LONGEST_DEADLINE_MS, Math.max(GIVE_UP_MS, (this.usual.get(kind) ?? 0) * SLOW_FACTOR))
  }
}

/**
 * Wait before try number `failures` + 1. A hung broker's attempt itself lasts long and its answer tells at once that it is back, so the pause
 * stays short; refused passwords slow down further, many servers lock accounts.
 */
export function backOffMs(failures: number, kind: PortError['kind']): number {
  if (kind === 'timeout') return 1_000
  if (kind === 'auth') return Math.min(60_000, 5_000 * failures)
  return Math.min(5_000, 1_000 * Math.max(1, failures))
}

/** Word for BrokerFacts.silence. */
export function silenceOf(kind: PortError['kind']): Silence | '' {
  if (kind === 'closed' || kind === 'closed-by-us') return 'reset'
  return kind === 'kafka' || kind === 'unsupported' ? '' : kind
}

/** The broker did answer; only this question was refused. */
export const isAnswer = (error: unknown): boolean =>
  error instanceof Error && 'kind' in error && (error.kind === 'kafka' || error.kind === 'unsupported')
