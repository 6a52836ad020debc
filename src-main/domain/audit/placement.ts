/** Where replicas could go: racks that a partition has none in first, then brokers that hold least. A proposal for a command line, which a person reads before it runs. */
import { quoted } from '../../shared/shell-words'
import type { AuditFacts } from './facts'
import type { ToolLine } from './look'

/** A line that nobody can read is no proposal. */
const MOST_PARTITIONS = 50

interface Place {
  readonly topic: string
  readonly partition: number
  readonly replicas: readonly number[]
}

interface Candidate {
  readonly id: number
  readonly rack: string | null
}

/** How many replicas each listed broker holds is counted with the first proposal, and kept up with the others. */
export class Placement {
  #held: Map<number, number> | null = null
  readonly #racks: ReadonlyMap<number, string | null>
  readonly #places: Place[] = []

  constructor(private readonly facts: AuditFacts) {
    this.#racks = new Map(facts.reading.brokers.map(({ id, rack }) => [id, rack]))
  }

  get isFull(): boolean {
    return this.#places.length >= MOST_PARTITIONS
  }

  /** The same replicas and as many more as there are brokers for, up to `wanted`. */
  widen(row: number, wanted: number): void {
    const replicas = this.replicas(row)
    while (replicas.length < wanted) {
      const next = this.best(replicas)
      if (next === null) break
      replicas.push(next.id)
    }
    this.propose(row, replicas)
  }

  /** The last replica that does not lead goes to a rack that the partition is not in. */
  spread(row: number): void {
    const replicas = this.replicas(row)
    const leader = this.facts.reading.leader[row]!
    const at = replicas.findLastIndex((broker) => broker !== leader)
    const next = at < 0 ? null : this.best(replicas)
    if (next === null || this.rackIn(replicas, next)) return
    replicas[at] = next.id
    this.propose(row, replicas)
  }

  /** [] where no broker can take one. */
  lines(): readonly ToolLine[] {
    if (this.#places.length === 0) return []
    const json = JSON.stringify({ version: 1, partitions: this.#places })
    return [
      { plain: `echo ${quoted(json)} > reassignment.json` },
      { tool: 'kafka-reassign-partitions.sh', words: ['--reassignment-json-file', 'reassignment.json', '--execute'] },
    ]
  }

  private get held(): Map<number, number> {
    if (this.#held !== null) return this.#held
    const counted = new Map<number, number>()
    for (const id of this.#racks.keys()) counted.set(id, 0)
    for (const id of this.facts.reading.topology.replicaBroker) {
      const held = counted.get(id)
      if (held !== undefined) counted.set(id, held + 1)
    }
    this.#held = counted
    return counted
  }

  private replicas(row: number): number[] {
    const { replicaStart, replicaBroker } = this.facts.reading.topology
    const from = replicaStart[row]!
    return Array.from({ length: replicaStart[row + 1]! - from }, (_, at) => replicaBroker[from + at]!)
  }

  private rackIn(replicas: readonly number[], { rack }: Candidate): boolean {
    return rack !== null && replicas.some((broker) => this.#racks.get(broker) === rack)
  }

  private best(replicas: readonly number[]): Candidate | null {
    const free = [...this.held.keys()]
      .filter((id) => !replicas.includes(id))
      .map((id): Candidate => ({ id, rack: this.#racks.get(id) ?? null }))
    const order = (a: Candidate, b: Candidate): number =>
      Number(this.rackIn(replicas, a)) - Number(this.rackIn(replicas, b)) ||
      this.held.get(a.id)! - this.held.get(b.id)! ||
      a.id - b.id
    return free.toSorted(order)[0] ?? null
  }

  private propose(row: number, replicas: readonly number[]): void {
    const { topology } = this.facts.reading
    const before = this.replicas(row)
    if (this.isFull || (replicas.every((broker, at) => broker === before[at]) && replicas.length === before.length))
      return
    for (const broker of replicas) if (!before.includes(broker)) this.held.set(broker, this.held.get(broker)! + 1)
    this.#places.push({
      topic: topology.topicNames[topology.topicIndex[row]!]!,
      partition: topology.partition[row]!,
      replicas,
    })
  }
}
