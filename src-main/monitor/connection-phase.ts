import type { ClusterStatus } from '../contract/frame'
import { PortError } from '../ports/cluster-port'
import type { Clock } from '../ports/clock'
import { stepOf } from '../ports/connection-step'
import { backOffMs } from './poll/lane-timing'

/** What went wrong, in the words of the connection doctor's steps. `brokers`: the bootstrap answered, the brokers it named do not. */
export function problemOf(error: unknown, where: 'bootstrap' | 'brokers'): NonNullable<ClusterStatus['problem']> {
  if (!(error instanceof PortError))
    return {
      code: 'internal',
      step: where,
      message: error instanceof Error ? error.message : String(error),
      leadsTo: '',
    }
  const { code, reason, message, leadsTo } = error
  const ofBrokers = where === 'brokers' && reason !== 'sasl-refused'
  return { code, step: ofBrokers ? 'brokers' : stepOf(error), message, leadsTo }
}

export type PhaseStatus = Omit<ClusterStatus, 'cluster'>

/**
 * Phase of one monitor and what goes with it. connecting → live ⇄ paused; live → lost → live; any → closed, which is final. Whoever listens is
 * told about every change of phase and every failed try, not about every tick.
 */
export class ConnectionPhase {
  status: PhaseStatus
  private failures = 0
  private paused = false

  constructor(
    private readonly clock: Clock,
    private readonly tell: (status: PhaseStatus) => void,
  ) {
    this.status = { phase: 'connecting', since: clock.now(), takenAt: Number.NaN, nextTryAt: Number.NaN, problem: null }
  }

  /** A complete reading of this moment is there. */
  live(takenAt: number): void {
    this.failures = 0
    const phase = this.paused ? 'paused' : 'live'
    this.set({ ...this.entering(phase), takenAt, nextTryAt: Number.NaN, problem: null }, this.status.phase !== phase)
  }

  /** A try has failed; the next one is due at `status.nextTryAt`, or when a person wants it: NaN. */
  lose(error: unknown, where: 'bootstrap' | 'brokers', next: 'by-itself' | 'by-hand' = 'by-itself'): void {
    this.failures += 1
    const waitMs =
      next === 'by-hand' ? Number.NaN : backOffMs(this.failures, error instanceof PortError ? error.kind : 'closed')
    const nextTryAt = this.clock.now() + waitMs
    this.set({ ...this.status, ...this.entering('lost'), nextTryAt, problem: problemOf(error, where) })
  }

  /** The next try is now. */
  tryAgain(): void {
    if (this.status.phase === 'lost') this.set({ ...this.status, nextTryAt: this.clock.now() })
  }

  pause(paused: boolean): void {
    this.paused = paused
    const going = Number.isNaN(this.status.takenAt) ? 'connecting' : 'live'
    this.set({ ...this.status, ...this.entering(paused ? 'paused' : going), nextTryAt: Number.NaN })
  }

  close(): void {
    this.set({ ...this.status, ...this.entering('closed'), nextTryAt: Number.NaN })
  }

  private entering(phase: PhaseStatus['phase']): Pick<PhaseStatus, 'phase' | 'since'> {
    return { phase, since: phase === this.status.phase ? this.status.since : this.clock.now() }
  }

  private set(status: PhaseStatus, tell = true): void {
    if (this.status.phase === 'closed') return
    this.status = status
    if (tell) this.tell(status)
  }
}
