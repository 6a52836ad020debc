import type { BrokerFacts, Reading } from './reading'

/** Dense numbers 0 … B-1 for every broker anyone names (Metadata, replica lists, our own facts), so that sums per broker are arrays. */
export class BrokerIndex {
  readonly ids: Int32Array
  readonly #slots = new Map<number, number>()
  /** Small ids (the rule) are looked up in an array: this is done once per replica. */
  readonly #dense: Int32Array

  constructor(ids: Iterable<number>) {
    this.ids = Int32Array.from(new Set(ids)).sort()
    const largest = this.ids[this.ids.length - 1] ?? -1
    this.#dense = new Int32Array(largest < 65_536 ? largest + 1 : 0).fill(-1)
    this.ids.forEach((id, slot) => {
      this.#slots.set(id, slot)
      if (id >= 0 && id < this.#dense.length) this.#dense[id] = slot
    })
  }

  get length(): number {
    return this.ids.length
  }

  /** -1 = not among them. */
  slot(id: number): number {
    if (id >= 0 && id < this.#dense.length) return this.#dense[id]!
    return this.#dense.length > 0 && id < 65_536 ? -1 : (this.#slots.get(id) ?? -1)
  }
}

const inTopology = new WeakMap<Reading['topology'], ReadonlySet<number>>()

/** Every broker of a reading. */
export function indexBrokers(reading: Reading, facts: ReadonlyMap<number, BrokerFacts>): BrokerIndex {
  let named = inTopology.get(reading.topology)
  if (named === undefined) {
    const found = new Set<number>()
    let last = -1
    for (const id of reading.topology.replicaBroker) {
      if (id !== last) found.add(id)
      last = id
    }
    inTopology.set(reading.topology, (named = found))
  }
  return new BrokerIndex([...named, ...reading.brokers.map((broker) => broker.id), ...facts.keys()])
}
