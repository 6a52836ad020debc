import type { BrokerFacts } from '../topology/reading'
import { IdSet } from './id-set'
import { MEANINGS, presenceOf } from './presence'
import type { Meaning, Presence } from './presence'

const NOBODY: ReadonlySet<number> = new Set()

/** The presence of every broker at one moment, found once, with look-ups fit for loops over replicas. */
export class Presences {
  readonly #of: ReadonlyMap<number, Presence>
  readonly #silent: IdSet
  readonly #leaving: IdSet
  readonly #unheard: IdSet
  readonly #unseen: IdSet

  /** `now` and `withoutListener` (as in the reading) as for `presenceOf`. */
  constructor(
    readonly facts: ReadonlyMap<number, BrokerFacts>,
    now = NaN,
    withoutListener = NOBODY,
  ) {
    const ids = new Set([...facts.keys(), ...withoutListener])
    this.#of = new Map(Array.from(ids, (id) => [id, presenceOf(facts.get(id), now, withoutListener.has(id))]))
    this.#silent = this.#those('silent')
    this.#leaving = this.#those('leaves')
    this.#unheard = this.#those('unheard')
    this.#unseen = this.#those('unseen')
  }

  of(id: number): Presence {
    return this.#of.get(id) ?? 'not-asked'
  }

  /** undefined = it was never asked. */
  factOf(id: number): BrokerFacts | undefined {
    return this.facts.get(id)
  }

  get noneSilent(): boolean {
    return this.#silent.isEmpty
  }

  isSilent(id: number): boolean {
    return this.#silent.has(id)
  }

  leaves(id: number): boolean {
    return this.#leaving.has(id)
  }

  get allHeard(): boolean {
    return this.#unheard.isEmpty
  }

  isUnheard(id: number): boolean {
    return this.#unheard.has(id)
  }

  get allSeen(): boolean {
    return this.#unseen.isEmpty
  }

  isUnseen(id: number): boolean {
    return this.#unseen.has(id)
  }

  isUnanswered(id: number): boolean {
    return MEANINGS[this.of(id)].unanswered
  }

  isReturning(id: number): boolean {
    return MEANINGS[this.of(id)].returning
  }

  answers(id: number): boolean {
    return this.of(id) === 'answers'
  }

  #those(what: keyof Meaning): IdSet {
    return new IdSet([...this.#of].filter(([, presence]) => MEANINGS[presence][what]).map(([id]) => id))
  }
}
