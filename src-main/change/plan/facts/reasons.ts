import { PhraseSet } from '../../../shared/words/distinct'
import type { Phrase } from '../../../shared/words/phrase'
import type { Fact } from '../guards/guard'

/** Why facts of topics are not known, or not as a whole, by topic index; each reason once. */
export class Reasons {
  readonly #byTopic = new Map<number, PhraseSet>()

  add(topic: number, ...reasons: readonly Phrase[]): void {
    if (reasons.length === 0) return
    let known = this.#byTopic.get(topic)
    if (known === undefined) this.#byTopic.set(topic, (known = new PhraseSet()))
    known.add(...reasons)
  }

  addAll(other: Reasons): void {
    for (const [topic, reasons] of other.#byTopic) this.add(topic, ...reasons.values())
  }

  /** [] = there is none. */
  of(topic: number): readonly Phrase[] {
    return this.#byTopic.get(topic)?.values() ?? []
  }

  /** A fact about a topic: what was found, with what is missing; not known where nothing was found and there is a reason for that. */
  fact<T>(topic: number, value: T, found: boolean, readAt: number): Fact<T> {
    const missing = this.of(topic)
    if (missing.length === 0) return { known: true, value, readAt }
    return found ? { known: true, value, readAt, missing } : { known: false, reasons: missing }
  }
}
