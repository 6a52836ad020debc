import type { ToldRows } from '../events/told-rows'
import type { Sliced } from '../slices'
import type { Topology } from '../topology/reading'
import { ByteReader, ByteWriter } from './bytes'
import { ROW_MOVING, ROW_TOLD, type TopicMoment } from './moment'

/** A part is cut after the topic with which it is this long. */
const PART_BYTES = 16 * 1_024
const ROWS_PER_PIECE = 256
const WORD = 2 ** 32

/** What is told of topics, as the events of the next look will be compared with it. */
export interface ToldTopics {
  readonly topology: Topology
  readonly rows: Pick<ToldRows, 'isTold' | 'told'>
  /** -1 and 0 = not known. */
  settings(topic: number): { readonly minIsr: number; readonly unclean: number }
}

/** `topics`: rows, in order. */
export function* encodeTopics(told: ToldTopics, topics: Iterable<number>): Sliced<Uint8Array[]> {
  const { topology } = told
  const out = new ByteWriter()
  const parts: Uint8Array[] = []
  let rows = 0
  for (const topic of topics) {
    const { minIsr, unclean } = told.settings(topic)
    const from = topology.topicStart[topic]!
    const to = topology.topicStart[topic + 1]!
    out.text(topology.topicNames[topic]!)
    for (let word = 0; word < 4; word += 1) out.number((topology.topicIds[topic * 4 + word]! + WORD) % WORD)
    out.number(topology.topicInternal[topic]!)
    out.number(minIsr + 1)
    out.number(unclean)
    out.number(to - from)
    for (let row = from; row < to; row += 1) {
      encodeRow(told, row, out)
      rows += 1
      if (rows % ROWS_PER_PIECE === 0) yield
    }
    if (out.length >= PART_BYTES) parts.push(out.take())
  }
  if (out.length > 0) parts.push(out.take())
  return parts
}

function encodeRow({ topology, rows }: ToldTopics, row: number, out: ByteWriter): void {
  const isTold = rows.isTold(row)
  const { leader, epoch, inSync, reassigning } = rows.told(topology, row)
  const first = topology.replicaStart[row]!
  const end = topology.replicaStart[row + 1]!
  out.number(topology.partition[row]!)
  out.number((isTold ? ROW_TOLD : 0) | (reassigning ? ROW_MOVING : 0))
  out.number(isTold ? leader + 1 : 0)
  out.number(isTold ? epoch + 1 : 0)
  out.number(end - first)
  for (let replica = first; replica < end; replica += 1) {
    const broker = topology.replicaBroker[replica]!
    out.number((broker + 1) * 2 + (inSync.includes(broker) ? 1 : 0))
  }
}

/** Topics of one part. Throws where it cannot be read. */
export function* decodeTopics(part: Uint8Array): Sliced<TopicMoment[]> {
  const bytes = new ByteReader(part)
  const topics: TopicMoment[] = []
  let rows = 0
  while (!bytes.isAtEnd) {
    const name = bytes.text()
    const id = [0, 1, 2, 3].map(() => bytes.number() | 0)
    const internal = bytes.number() === 1
    const minIsr = bytes.number() - 1
    const unclean = bytes.number()
    const count = bytes.count()
    const topic: TopicMoment = {
      name,
      id,
      internal,
      minIsr,
      unclean,
      partition: [],
      flags: [],
      leader: [],
      epoch: [],
      start: [0],
      broker: [],
      inSync: [],
    }
    for (let at = 0; at < count; at += 1) {
      topic.partition.push(bytes.number())
      topic.flags.push(bytes.number())
      topic.leader.push(bytes.number() - 1)
      topic.epoch.push(bytes.number() - 1)
      const replicas = bytes.count()
      for (let replica = 0; replica < replicas; replica += 1) {
        const packed = bytes.number()
        topic.broker.push(Math.floor(packed / 2) - 1)
        topic.inSync.push(packed % 2 === 1)
      }
      topic.start.push(topic.broker.length)
      rows += 1
      if (rows % ROWS_PER_PIECE === 0) yield
    }
    topics.push(topic)
  }
  return topics
}
