import { isOurSide } from '../../contract/summary'
import { isHeard } from '../forecast/hearing'
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
  readonly #all: ReadonlyMap<number, BrokerFacts>
  readonly #facts: ReadonlyMap<number, BrokerFacts>
  readonly #ids: IdSet
  readonly #leaving: IdSet
  readonly #unheard: IdSet

  /** `now` left out: nobody is known to be heard by the controllers. */
  constructor(facts: ReadonlyMap<number, BrokerFacts>, now = NaN) {
    this.#all = facts
    this.#facts = new Map(
      [...facts.values()]
        .filter((fact) => fact.answers === 'no' && !fact.returning && !isOurSide(fact))
        .map((fact) => [fact.id, fact]),
    )
    this.#ids = new IdSet(this.#facts.keys())
    const leaving = [...this.#facts.values()].filter((fact) => !isHeard(fact.heardAt, fact.answersSince, now))
    this.#leaving = new IdSet(leaving.map(({ id }) => id))
    this.#unheard = new IdSet([...facts.values()].filter(({ answers }) => answers === 'connecting').map(({ id }) => id))
  }

  get none(): boolean {
    return this.#ids.isEmpty
  }

  has(id: number): boolean {
    return this.#ids.has(id)
  }

  /** The controllers do not hear it either, as far as known: it will be fenced, and is elected by nobody. */
  leaves(id: number): boolean {
    return this.#leaving.has(id)
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

  /** undefined = it answers. */
  get(id: number): BrokerFacts | undefined {
    return this.#facts.get(id)
  }
}
