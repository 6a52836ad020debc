import { pairOf } from '../topology/reading'
import type { Reading, Topology, WritableReading } from '../topology/reading'

const LEAST_INT = -(2 ** 31)

/** As `java.lang.String.hashCode`. */
export function javaHash(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(31, hash) + text.charCodeAt(at)) | 0
  return hash
}

/** Which of a follower's threads fetches a partition (AbstractFetcherManager.getFetcherId; Utils.abs makes the least integer 0). */
export function threadOf(topicHash: number, partition: number, threads: number): number {
  const mixed = (Math.imul(31, topicHash) + partition) | 0
  return (mixed === LEAST_INT ? 0 : Math.abs(mixed)) % threads
}

/** By topic row; each is made when it is first asked for. */
const hashes = new WeakMap<Topology, (number | undefined)[]>()

function hashOf(topology: Topology, topic: number): number {
  let known = hashes.get(topology)
  if (known === undefined) hashes.set(topology, (known = []))
  return (known[topic] ??= javaHash(topology.topicNames[topic]!))
}

/** Key in `Reading.fetchedAt` of the thread that fetches this row from its leader for a follower; NaN where it is not known which. */
export function fetchKey(reading: Reading, row: number, follower: number): number {
  const threads = reading.fetchers.get(follower)
  if (threads === undefined) return Number.NaN
  const { topology } = reading
  const thread =
    threads === 1 ? 0 : threadOf(hashOf(topology, topology.topicIndex[row]!), topology.partition[row]!, threads)
  return pairOf(reading.leader[row]!, follower, thread)
}

/** `num.replica.fetchers` of the brokers that told it. With another number of threads the partitions are on others, and nothing is proven of those. */
export function noteFetchers(reading: WritableReading, told: ReadonlyMap<number, number>): void {
  for (const [broker, threads] of told) {
    const before = reading.fetchers.get(broker)
    if (before !== undefined && before !== threads) reading.fetchedAt.clear()
    reading.fetchers.set(broker, threads)
  }
}
