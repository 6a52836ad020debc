import type { BrokerFacts } from '../topology/reading'
import { IdSet } from './id-set'

/**
 * Whether a broker is known not to answer, as a look-up fit for loops over replicas. One that is returning is not among them: the controllers hear it, so that
 * it is not fenced and may be elected (seen on 4.4.0: listed some seconds before it opens its port).
 */
export class SilentBrokers {
  readonly #all: ReadonlyMap<number, BrokerFacts>
  readonly #facts: ReadonlyMap<number, BrokerFacts>
  readonly #ids: IdSet
  readonly #unheard: IdSet

  constructor(facts: ReadonlyMap<number, BrokerFacts>) {
    this.#all = facts
    this.#facts = new Map(
      [...facts.values()]
        .filter(({ answers, returning }) => answers === 'no' && !returning)
        .map((fact) => [fact.id, fact]),
    )
    this.#ids = new IdSet(this.#facts.keys())
    this.#unheard = new IdSet([...facts.values()].filter(({ answers }) => answers === 'connecting').map(({ id }) => id))
  }

  get none(): boolean {
    return this.#ids.isEmpty
  }

  has(id: number): boolean {
    return this.#ids.has(id)
  }

  get allHeard(): boolean {
    return this.#unheard.isEmpty
  }

  /**
   * Not known to be silent, nor to answer: asked for the first time, or anew after a sleep. What was read of it before says nothing about now, and Metadata
   * lists a broker that died for a session longer.
   */
  isUnheard(id: number): boolean {
    return this.#unheard.has(id)
  }

  /** Of any broker, silent or not; undefined = it was never asked. */
  factOf(id: number): BrokerFacts | undefined {
    return this.#all.get(id)
  }

  /** Since when, NaN = it answers. */
  since(id: number): number {
    return this.#facts.get(id)?.answersSince ?? NaN
  }

  /** That is only when it was first asked: it may have been silent for long. */
  neverAnswered(id: number): boolean {
    return this.#facts.get(id)?.neverAnswered === true
  }
}
