import type { BrokerFacts, Reading, Topology } from './reading'

/** Brokers of the replica lists, ascending, and per replica row its place among them; found once per topology. */
interface Holders {
  readonly ids: Int32Array
  readonly ofReplica: Uint16Array
}

const known = new WeakMap<Topology, Holders>()

function holdersOf(topology: Topology): Holders {
  let holders = known.get(topology)
  if (holders === undefined) {
    const found = new Set<number>()
    let last: number | undefined
    for (const id of topology.replicaBroker) {
      if (id !== last) found.add(id)
      last = id
    }
    const ids = Int32Array.from(found).sort()
    const slots = new Map(Array.from(ids, (id, slot) => [id, slot]))
    holders = { ids, ofReplica: Uint16Array.from(topology.replicaBroker, (id) => slots.get(id)!) }
    known.set(topology, holders)
  }
  return holders
}

/**
 * Dense numbers for every broker anyone names, so that sums per broker are arrays: first those of the replica lists,
 * then those only Metadata lists or we have asked.
 */
export class BrokerIndex {
  readonly ids: Int32Array
  /** R. Slot of each replica row. */
  readonly ofReplica: Uint16Array
  readonly #slots: ReadonlyMap<number, number>

  constructor(reading: Reading, facts: ReadonlyMap<number, BrokerFacts>) {
    const holders = holdersOf(reading.topology)
    const ids = new Set([...holders.ids, ...reading.brokers.map((broker) => broker.id), ...facts.keys()])
    this.ids = Int32Array.from(ids)
    this.ofReplica = holders.ofReplica
    this.#slots = new Map(Array.from(this.ids, (id, slot) => [id, slot]))
  }

  get length(): number {
    return this.ids.length
  }

  /** -1 = not among them. */
  slot(id: number): number {
    return this.#slots.get(id) ?? -1
  }
}
