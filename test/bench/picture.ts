import { Kafka, logLevel } from 'kafkajs'
import { holdersOf } from '../../src-main/domain/topology/broker-index'
import { buildTopology } from '../../src-main/domain/topology/topology'
import { takePicture } from '../../src-main/inspect/take-picture'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import {
  encodeListOffsets,
  REPLICA_CONSUMER,
  REPLICA_DEBUG,
  TIMESTAMP_LATEST,
} from '../../src-main/kafka/wire/list-offsets-request'
import { encodeMetadata } from '../../src-main/kafka/wire/metadata-request'
import { createClock } from '../../src-main/ports/clock'
import { runWhole } from '../../src-main/domain/slices'
import { questionsPass } from '../../src-main/monitor/poll/questions'
import type { Sandbox } from '../../tools/sandbox'
import { bareSockets } from './bare-sockets'
import { median } from './report'
import type { Report } from './report'

const ROUNDS = 15
/** Until the engine has compiled what all three share: sockets, buffers, promises. */
const WARM_UP = 10

const client = (bootstrap: string) => {
  const parsed = parseBootstrap(bootstrap.split(','))
  if (!parsed.ok) throw new Error(parsed.error.message)
  return createClusterClient({ bootstrap: parsed.value, tls: null, sasl: null })
}

async function ours(bootstrap: string): Promise<number> {
  const from = performance.now()
  const port = client(bootstrap)
  await takePicture(port, { clock: createClock(), timeoutMs: 10_000, minInSyncReplicas: false })
  const took = performance.now() - from
  await port.close()
  return took
}

/** The nearest that plain kafkajs can do: it knows no follower's LEO, so this is metadata and each partition's offsets from its leader. */
async function plainKafkajs(bootstrap: string): Promise<number> {
  const from = performance.now()
  const admin = new Kafka({ brokers: bootstrap.split(','), logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  const { topics } = await admin.fetchTopicMetadata()
  for (const { name } of topics) await admin.fetchTopicOffsets(name)
  const took = performance.now() - from
  await admin.disconnect()
  return took
}

/** The bodies that `bareSockets` sends: the same questions as one picture, made beforehand. */
async function bareQuestions(bootstrap: string) {
  const port = client(bootstrap)
  const meta = await port.open(10_000)
  await port.close()
  const { topology } = buildTopology(meta, null)
  const holders = holdersOf(topology)
  const all = Uint32Array.from(topology.partition, (_, row) => row)
  // Leaders as Metadata names them, in the order of the sorted rows.
  const byName = new Map(meta.topicNames.map((name, t) => [name, t]))
  const leader = Int32Array.from(all, (row) => {
    const t = byName.get(topology.topicNames[topology.topicIndex[row]!]!)!
    for (let p = meta.topicStart[t]!; p < meta.topicStart[t + 1]!; p++)
      if (meta.partition[p] === topology.partition[row]) return meta.leader[p]!
    return -1
  })
  const bodies = new Map<number, Uint8Array[]>(meta.brokers.map(({ id }) => [id, []]))
  for (const [which, replicaId] of [
    ['followers', REPLICA_DEBUG],
    ['leaders', REPLICA_DEBUG],
    ['leaders', REPLICA_CONSUMER],
  ] as const) {
    for (const { broker, rows } of runWhole(questionsPass(which, topology, holders, leader, all))) {
      const to = rows.partition.length
      bodies
        .get(broker)
        ?.push(encodeListOffsets(5, { replicaId, isolation: 0, timestamp: TIMESTAMP_LATEST, rows, from: 0, to }))
    }
  }
  return meta.brokers.map(({ id, host, port: number }) => ({ host, port: number, bodies: bodies.get(id) ?? [] }))
}

export async function benchPicture(report: Report, sandbox: Sandbox): Promise<void> {
  const { bootstrap } = sandbox.cluster
  const brokers = await bareQuestions(bootstrap)
  const metadata = encodeMetadata(7, { topics: null })
  const times = { ours: [] as number[], bare: [] as number[], kafkajs: [] as number[] }
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const a = await ours(bootstrap)
    const b = await bareSockets(brokers[0]!, metadata, brokers)
    if (round < 0) continue
    times.ours.push(a)
    times.bare.push(b)
    // It is slow and needs no warm engine to be so: a few rounds are enough.
    if (round % 3 !== 0) continue
    const c = await plainKafkajs(bootstrap).catch((cause: unknown) => {
      // Its topic-wide question fails as a whole when one leader has just moved; ours and the bare one do not notice.
      console.log(`plain kafkajs: ${String(cause)}`)
      return Number.NaN
    })
    if (!Number.isNaN(c)) times.kafkajs.push(c)
  }
  report.note('whole picture: ours', median(times.ours), 'ms')
  report.note('whole picture: bare sockets', median(times.bare), 'ms')
  report.note('whole picture: plain kafkajs, leaders only', median(times.kafkajs), 'ms')
  report.atMost('whole picture: ours / bare sockets', median(times.ours) / median(times.bare), 'x', 1.5)
  report.atLeast('whole picture: plain kafkajs / ours', median(times.kafkajs) / median(times.ours), 'x', 3)
}
