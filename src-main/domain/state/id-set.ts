/** Ids up to here are looked up in a table; a cluster has them small, and the question is asked once per replica. */
const TABLE = 65_536

/** Broker ids, as a look-up fit for loops over replicas. */
export class IdSet {
  readonly #ids: ReadonlySet<number>
  readonly #table: Uint8Array

  constructor(ids: Iterable<number>) {
    this.#ids = new Set(ids)
    let largest = -1
    for (const id of this.#ids) if (id < TABLE && id > largest) largest = id
    this.#table = new Uint8Array(largest + 1)
    for (const id of this.#ids) if (id >= 0 && id <= largest) this.#table[id] = 1
  }

  get isEmpty(): boolean {
    return this.#ids.size === 0
  }

  has(id: number): boolean {
    if (id >= 0 && id < this.#table.length) return this.#table[id] === 1
    return this.#ids.size > 0 && this.#ids.has(id)
  }
}
