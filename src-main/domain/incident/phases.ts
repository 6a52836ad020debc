import type { Phase, Span } from '../../contract/history'

/** What follows one another more closely is one turn. */
const ONE_TURN_MS = 5_000
const FIRST_KEPT = 20
const MOST = 60

/** Whether amounts of the same turn are of different things, or of the same ones again. */
const ADDS_UP: ReadonlySet<Phase['kind']> = new Set<Phase['kind']>(['late', 'moved', 'lost'])

/** The turns of one incident, in order. */
export class Phases {
  private kept: { phase: Phase; lastAt: number }[]
  private dropped: number

  constructor(phases: readonly Phase[] = [], leftOut = 0) {
    this.kept = phases.map((phase) => ({ phase, lastAt: phase.to }))
    this.dropped = leftOut
  }

  get all(): readonly Phase[] {
    return this.kept.map(({ phase }) => phase)
  }

  /** Of all that there were. */
  get count(): number {
    return this.kept.length + this.dropped
  }

  get leftOut(): number {
    return this.dropped
  }

  /** One that goes on within a few seconds grows. `amount` NaN: it is about brokers. */
  turn(kind: Phase['kind'], span: Span, brokers: readonly number[], amount: number): void {
    const at = this.kept.findLastIndex(
      (one) => one.phase.kind === kind && Math.abs(span.to - one.lastAt) <= ONE_TURN_MS,
    )
    const known = at < 0 ? undefined : this.kept[at]
    if (known !== undefined) {
      const { phase } = known
      const together = ADDS_UP.has(kind) ? phase.amount + amount : Math.max(phase.amount, amount)
      const all = [...new Set([...phase.brokers, ...brokers])].sort((a, b) => a - b)
      this.kept[at] = { phase: { ...phase, brokers: all, amount: together }, lastAt: span.to }
      return
    }
    this.kept.push({
      phase: { kind, from: span.from, to: span.to, brokers: [...brokers].sort((a, b) => a - b), amount },
      lastAt: span.to,
    })
    if (this.kept.length <= MOST) return
    this.kept.splice(FIRST_KEPT, 1)
    this.dropped += 1
  }
}
