import type { ClusterSummary } from '../../contract/summary'

export type Nearest = NonNullable<ClusterSummary['nearest']>

const MINUTE_MS = 60_000
const MINUTES = 60

/** Who came nearest to eviction in the last hour: the worst of each minute, 60 entries. */
export class NearestMiss {
  readonly #minutes: { minute: number; worst: Nearest }[] = []

  note(seen: Nearest, now: number): void {
    const minute = Math.floor(now / MINUTE_MS)
    const last = this.#minutes[this.#minutes.length - 1]
    if (last === undefined || last.minute !== minute) this.#minutes.push({ minute, worst: seen })
    else if (seen.lateMs > last.worst.lateMs) last.worst = seen
    this.#forget(minute)
  }

  /** null = nobody was late. */
  worst(now: number): Nearest | null {
    this.#forget(Math.floor(now / MINUTE_MS))
    return this.#minutes.reduce<Nearest | null>(
      (best, { worst }) => (best === null || worst.lateMs > best.lateMs ? worst : best),
      null,
    )
  }

  #forget(minute: number): void {
    while (this.#minutes.length > 0 && this.#minutes[0]!.minute <= minute - MINUTES) this.#minutes.shift()
  }
}
