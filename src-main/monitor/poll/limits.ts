import type { Capability, Limit, LimitReason } from '../../contract/summary'
import { PortError } from '../../ports/cluster-port'
import { isAuthorizationError } from '../../shared/kafka-codes'

/** A right may be granted and a broker upgraded while we run, so what is off is tried again after this long. */
const RETRY_MS = 60_000

/** Why an error means that the capability is off, null when it is only a failure of the moment. */
export function limitReason(error: unknown): LimitReason | null {
  if (!(error instanceof PortError)) return null
  if (error.kind === 'unsupported') return 'unsupported'
  if (error.code === 'not-authorized' || isAuthorizationError(error.kafkaError)) return 'not-authorized'
  return null
}

/** Capabilities that are off, with the reason, and when to try them again. */
export class Limits {
  private readonly off = new Map<Capability, { reason: LimitReason; retryAt: number; until: number }>()

  mayAsk(what: Capability, now: number): boolean {
    const entry = this.off.get(what)
    return entry === undefined || now >= entry.retryAt
  }

  turnOff(what: Capability, reason: LimitReason, now: number): void {
    this.off.set(what, { reason, retryAt: now + RETRY_MS, until: now + 2 * RETRY_MS })
  }

  /** Refused for a part: it is told, and the rest is asked for all the same. */
  note(what: Capability, reason: LimitReason, now: number): void {
    this.off.set(what, { reason, retryAt: now, until: now + 2 * RETRY_MS })
  }

  turnOn(what: Capability): void {
    this.off.delete(what)
  }

  /** What was refused lately: an entry that no retry has renewed is over. */
  list(now: number): readonly Limit[] {
    return [...this.off].filter(([, { until }]) => now < until).map(([what, { reason }]) => ({ what, reason }))
  }
}
