import { PortError } from '../../ports/cluster-port'
import type { Cancel, Clock } from '../../ports/clock'

/** For so long after a broker has taken the login, others may be given it at the same time. */
const PROVEN_MS = 5_000
/** Who waits for the outcome at another broker goes on then: a broker that freezes over a login must not keep us from the others. */
const PATIENCE_MS = 1_000
/** Brokers in a row, none of them between, that refuse what was taken before: it was changed. */
const REFUSALS_IN_A_ROW = 2

interface Refusal {
  readonly error: PortError
  /** Counts logins that were taken or refused. */
  readonly at: number
}

/**
 * What became of the login of one cluster, over all its connections: servers lock an account after a few refusals (LDAP after 3 to 5), so one that was refused
 * is not given again by itself.
 *
 * - Before any broker has taken it, one refusal stops all of them, until `tryAgain`.
 * - Once taken, one broker's refusal stops that broker: passwords may be changed broker by broker. It gets another try when a broker has taken the login after
 *   it. Two brokers that refuse it in a row stop all.
 * - While it is not known to be good, one broker is given it at a time.
 */
export class SignIn {
  private readonly refusals = new Map<string, Refusal>()
  private stopped: PortError | null = null
  private counted = 0
  private takenAt = Number.NaN
  private lastTaken = 0
  private readonly underWay = new Set<symbol>()
  private readonly waiting = new Set<() => void>()

  constructor(private readonly clock: Pick<Clock, 'now' | 'after'>) {}

  get isStopped(): boolean {
    return this.stopped !== null
  }

  /** The refusal for which this broker is not to be given the login now; null = there is none. `host`: `host:port`. */
  standing(host: string): PortError | null {
    if (this.stopped !== null) return this.stopped
    const own = this.refusals.get(host)
    return own !== undefined && own.at > this.lastTaken ? own.error : null
  }

  /** Runs `login`, which rejects with PortError, when it is its turn. Rejects with the refusal that stands, without running it, where there is one. */
  async attempt(host: string, login: () => Promise<void>): Promise<void> {
    const until = this.clock.now() + PATIENCE_MS
    while (this.mustWait(until)) await this.anOutcome(until)
    const stands = this.standing(host)
    if (stands !== null) throw stands
    const self = Symbol(host)
    this.underWay.add(self)
    try {
      await login()
      this.taken(host)
    } catch (error) {
      if (error instanceof PortError && error.reason === 'sasl-refused') this.refused(host, error)
      throw error
    } finally {
      this.underWay.delete(self)
      for (const go of [...this.waiting]) go()
    }
  }

  /** A person wants it. It is given to one broker first. */
  tryAgain(): void {
    this.stopped = null
    this.refusals.clear()
    this.takenAt = Number.NaN
    this.lastTaken = 0
  }

  /** Who goes on when this is false has to say so (`underWay`) before anybody else looks. */
  private mustWait(until: number): boolean {
    const now = this.clock.now()
    return this.underWay.size > 0 && !(now - this.takenAt < PROVEN_MS) && this.stopped === null && now < until
  }

  /** Resolves when a login under way has ended, at `until` at the latest. */
  private anOutcome(until: number): Promise<void> {
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined
      const go = (): void => {
        cancel()
        this.waiting.delete(go)
        resolve()
      }
      this.waiting.add(go)
      cancel = this.clock.after(until - this.clock.now(), go)
    })
  }

  private taken(host: string): void {
    this.counted += 1
    this.lastTaken = this.counted
    this.takenAt = this.clock.now()
    this.refusals.delete(host)
    this.stopped = null
  }

  private refused(host: string, error: PortError): void {
    this.counted += 1
    this.refusals.set(host, { error, at: this.counted })
    this.takenAt = Number.NaN
    const inARow = [...this.refusals.values()].filter(({ at }) => at > this.lastTaken).length
    if (this.lastTaken === 0 || inARow >= REFUSALS_IN_A_ROW) this.stopped = error
  }
}
