import { isOurSide } from '../../contract/summary'
import type { BrokerFacts } from '../topology/reading'
import { IdSet } from './id-set'

/** It does not answer, by a fault of our own side: nothing of it is known. */
export const isUnseen = (fact: BrokerFacts | undefined): boolean => fact?.answers === 'no' && isOurSide(fact)

/** Brokers that are not seen from here, as a look-up fit for loops over replicas: what was read of them once is not known any more. */
export const unseenBrokers = (facts: ReadonlyMap<number, BrokerFacts>): IdSet =>
  new IdSet([...facts.values()].filter(isUnseen).map(({ id }) => id))

/**
 * Whether a broker is known not to answer, as a look-up fit for loops over replicas. One that is returning is not among them: the controllers hear it, so that
 * it is not fenced and may be elected (seen on 4.4.0: listed some seconds before it opens its port). Nor is one that only we do not see.
 */
export class SilentBrokers {
  readonly #facts: ReadonlyMap<number, BrokerFacts>
  readonly #ids: IdSet

  constructor(facts: ReadonlyMap<number, BrokerFacts>) {
    this.#facts = new Map(
      [...facts.values()]
        .filter((fact) => fact.answers === 'no' && !fact.returning && !isOurSide(fact))
        .map((fact) => [fact.id, fact]),
    )
    this.#ids = new IdSet(this.#facts.keys())
  }

  get none(): boolean {
    return this.#ids.isEmpty
  }

  has(id: number): boolean {
    return this.#ids.has(id)
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
