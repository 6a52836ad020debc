import type { BrokerFacts } from '../topology/reading'

/** Ids up to here are looked up in a table; a cluster has them small, and the question is asked once per replica. */
const TABLE = 65_536

/** Whether a broker is known not to answer, as a look-up fit for loops over replicas. */
export class SilentBrokers {
  readonly #facts = new Map<number, BrokerFacts>()
  readonly #table: Uint8Array

  constructor(facts: ReadonlyMap<number, BrokerFacts>) {
    let largest = -1
    for (const fact of facts.values()) {
      if (fact.answers !== 'no') continue
      this.#facts.set(fact.id, fact)
      if (fact.id < TABLE && fact.id > largest) largest = fact.id
    }
    this.#table = new Uint8Array(largest + 1)
    for (const id of this.#facts.keys()) if (id >= 0 && id <= largest) this.#table[id] = 1
  }

  get none(): boolean {
    return this.#facts.size === 0
  }

  has(id: number): boolean {
    if (id >= 0 && id < this.#table.length) return this.#table[id] === 1
    return this.#facts.size > 0 && this.#facts.has(id)
  }

  /** Since when, NaN = it answers. */
  since(id: number): number {
    return this.#facts.get(id)?.answersSince ?? NaN
  }
}
