import type { ClusterSummary } from '../../contract/summary'

const HOUR_MS = 3_600_000
/** More are not told apart: a broker that leaves this often leaves all the time. */
const MOST = 1000

/** there: listed, and answers. away: gone, or silent. unsure: anything between, or not seen from here. */
export type Presence = 'there' | 'away' | 'unsure'

/** How often brokers that were there went away in the last hour: one that flaps is back, and well, between two of them (K8.5). */
export class Departures {
  readonly #there = new Set<number>()
  readonly #left: { readonly broker: number; readonly at: number }[] = []

  note(broker: number, presence: Presence, now: number): void {
    if (presence === 'there') this.#there.add(broker)
    if (presence !== 'away' || !this.#there.delete(broker)) return
    this.#left.push({ broker, at: now })
    if (this.#left.length > MOST) this.#left.shift()
  }

  /** Who left most often first, of equals the lower id. */
  lastHour(now: number): ClusterSummary['departures'] {
    while (this.#left.length > 0 && this.#left[0]!.at <= now - HOUR_MS) this.#left.shift()
    const times = new Map<number, number>()
    for (const { broker } of this.#left) times.set(broker, (times.get(broker) ?? 0) + 1)
    return [...times]
      .map(([broker, count]) => ({ broker, times: count }))
      .sort((a, b) => b.times - a.times || a.broker - b.broker)
  }
}
