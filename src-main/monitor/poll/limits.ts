import type { Capability, Limit, LimitReason } from '../../contract/summary'

/** Each refusal is a line in the authorizer's log. A right that was granted meanwhile is usually noticed sooner (facts/grants.ts). */
export const AGAIN_MS = 3_600_000

interface Refused {
  readonly reason: LimitReason
  /** When to ask again. */
  retryAt: number
  /** Told until then, if nobody asks again. */
  readonly until: number
  /** The login was said to have the right; refused all the same, that is not believed a second time. */
  granted: boolean
  readonly doubted: boolean
}

/** Capabilities that are told of a broker each, by its id. */
const PER_BROKER: ReadonlySet<Capability> = new Set([
  'broker-settings',
  'log-dirs',
  'log-end-offsets',
  'follower-log-ends',
])

/**
 * Capabilities that are off, each as a whole or `of` a topic (by name) or a broker (by id), with the reason and when to try them again: after an hour, or
 * at once when the connection was made anew. What succeeds is on again, also on screen.
 */
export class Limits {
  private readonly off = new Map<Capability, Map<string, Refused>>()

  mayAsk(what: Capability, now: number, of = ''): boolean {
    const entry = this.off.get(what)?.get(of)
    return entry === undefined || now >= entry.retryAt
  }

  /** It was refused for want of a right, and its time has not come yet. */
  isDenied(what: Capability, now: number, of: string): boolean {
    return this.off.get(what)?.get(of)?.reason === 'not-authorized' && !this.mayAsk(what, now, of)
  }

  turnOff(what: Capability, reason: LimitReason, now: number, of = ''): void {
    const entries = this.off.get(what) ?? new Map<string, Refused>()
    const before = entries.get(of)
    const doubted = before?.granted === true || before?.doubted === true
    entries.set(of, { reason, retryAt: now + AGAIN_MS, until: now + 2 * AGAIN_MS, granted: false, doubted })
    this.off.set(what, entries)
  }

  turnOn(what: Capability, of = ''): void {
    const entries = this.off.get(what)
    entries?.delete(of)
    if (entries?.size === 0) this.off.delete(what)
  }

  /** Of which topics or brokers `what` is off because the login may not read it. */
  refused(what: Capability): string[] {
    return this.entriesOf(what).flatMap(([of, { reason }]) => (reason === 'not-authorized' ? [of] : []))
  }

  /** Those of `what` that are not authorized, wait for their time, and of which it is worth to look whether the right was granted. */
  denied(what: Capability, now: number): string[] {
    return this.entriesOf(what)
      .filter(([, { reason, retryAt, doubted }]) => reason === 'not-authorized' && now < retryAt && !doubted)
      .map(([of]) => of)
  }

  /** The login has the right now, the cluster says. */
  granted(what: Capability, of: string): void {
    const entry = this.off.get(what)?.get(of)
    if (entry === undefined) return
    entry.granted = true
    entry.retryAt = Number.NEGATIVE_INFINITY
  }

  /** What is not there any more is no limit. */
  keep(what: Capability, isThere: (of: string) => boolean): void {
    for (const [of] of this.entriesOf(what)) if (!isThere(of)) this.turnOn(what, of)
  }

  /** The connection to the cluster was made anew, or a person wants to go on: everything is worth a try. */
  reconnected(): void {
    for (const entries of this.off.values())
      for (const entry of entries.values()) entry.retryAt = Number.NEGATIVE_INFINITY
  }

  /** A broker answers that did not: it may have been upgraded, or know this login now. Others' refusals hold, or a rolling restart would ask for all of them again and again. */
  returned(broker: number): void {
    for (const [what, entries] of this.off)
      for (const [of, entry] of entries)
        if (entry.reason === 'unsupported' || (PER_BROKER.has(what) && of === String(broker)))
          entry.retryAt = Number.NEGATIVE_INFINITY
  }

  list(now: number): readonly Limit[] {
    return [...this.off].flatMap(([what, entries]) => {
      const told = [...entries.values()].find(({ until }) => now < until)
      return told === undefined ? [] : [{ what, reason: told.reason }]
    })
  }

  private entriesOf(what: Capability): (readonly [string, Refused])[] {
    return [...(this.off.get(what) ?? [])]
  }
}
