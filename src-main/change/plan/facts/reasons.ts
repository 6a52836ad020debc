import type { Fact } from '../guards/guard'

/** Why facts of topics are not known, or not as a whole, by topic index; each reason once. */
export class Reasons {
  readonly #byTopic = new Map<number, Set<string>>()

  /** '' = no reason at all. */
  add(topic: number, reason: string): void {
    if (reason === '') return
    const reasons = this.#byTopic.get(topic)
    if (reasons === undefined) this.#byTopic.set(topic, new Set([reason]))
    else reasons.add(reason)
  }

  addAll(other: Reasons): void {
    for (const [topic, reasons] of other.#byTopic) for (const reason of reasons) this.add(topic, reason)
  }

  /** '' = there is none. */
  of(topic: number): string {
    return [...(this.#byTopic.get(topic) ?? [])].join('; ')
  }

  /** A fact about a topic: what was found, with what is missing; not known where nothing was found and there is a reason for that. */
  fact<T>(topic: number, value: T, found: boolean, readAt: number): Fact<T> {
    const missing = this.of(topic)
    if (missing === '') return { known: true, value, readAt }
    return found ? { known: true, value, readAt, missing } : { known: false, reason: missing }
  }
}
