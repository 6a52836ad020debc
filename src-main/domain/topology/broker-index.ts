import type { ReadOnlyCells } from '../../shared/read-only'
import type { BrokerFacts, Reading, Topology } from './reading'

/** Brokers of the replica lists, ascending, and per replica row its place among them; found once per topology. */
export interface Holders {
  readonly ids: ReadOnlyCells<Int32Array>
  readonly ofReplica: ReadOnlyCells<Uint16Array>
  /** Replica rows of the broker that has most. */
  readonly busiest: number
}

const known = new WeakMap<Topology, Holders>()

/** Ids below it are looked up in a table: over 600,000 replicas a Map takes ten times as long, in one piece. */
const TABLE = 4096
const inTable = (id: number): boolean => id >= 0 && id < TABLE

/** Every id there is, ascending. */
function idsOf(replicaBroker: ReadOnlyCells<Int32Array>): Int32Array {
  const seen = new Uint8Array(TABLE)
  const others = new Set<number>()
  for (let replica = 0; replica < replicaBroker.length; replica++) {
    const id = replicaBroker[replica]!
    if (inTable(id)) seen[id] = 1
    else others.add(id)
  }
  seen.forEach((is, id) => {
    if (is === 1) others.add(id)
  })
  return Int32Array.from(others).sort()
}

function findHolders({ replicaBroker }: Topology): Holders {
  const ids = idsOf(replicaBroker)
  const slots = new Map(Array.from(ids, (id, slot) => [id, slot]))
  const table = Uint16Array.from({ length: TABLE }, (_, id) => slots.get(id) ?? 0)
  const ofReplica = new Uint16Array(replicaBroker.length)
  const counts = new Uint32Array(ids.length)
  for (let replica = 0; replica < ofReplica.length; replica++) {
    const id = replicaBroker[replica]!
    const slot = inTable(id) ? table[id]! : slots.get(id)!
    ofReplica[replica] = slot
    counts[slot] = counts[slot]! + 1
  }
  return { ids, ofReplica, busiest: counts.reduce((most, count) => Math.max(most, count), 0) }
}

/** Found at the first question (some 5 ms at 600,000 replicas, in one piece) and kept with the topology. */
export function holdersOf(topology: Topology): Holders {
  const holders = known.get(topology) ?? findHolders(topology)
  known.set(topology, holders)
  return holders
}

/**
 * Dense numbers for every broker anyone names, so that sums per broker are arrays: first those of the replica lists,
 * then those only Metadata lists or we have asked.
 */
export class BrokerIndex {
  readonly ids: Int32Array
  /** R. Slot of each replica row. */
  readonly ofReplica: ReadOnlyCells<Uint16Array>
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
