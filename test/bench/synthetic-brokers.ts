/** The process behind synthetic-cluster.ts: answers ApiVersions, Metadata, ListOffsets, DescribeConfigs, and what a plan asks. */
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { Reader } from '../../src-main/kafka/wire/reader'
import { Writer } from '../../src-main/kafka/wire/writer'
import { bigCluster } from '../support/big-metadata'
import { metadataBytes } from '../support/metadata-bytes'
import type { SyntheticOptions } from './synthetic-cluster'
import { logDirs, noGroups, noReassignments, producers, RESOURCE_TOPIC, topicSettings } from './synthetic-settings'

const options = JSON.parse(process.argv[2] ?? '{}') as SyntheticOptions
const RECORDS_PER_SECOND = 20
const started = Date.now()
/** That of Kafka 4.0, 4.0-IV3. */
const METADATA_VERSION = 25
const VERSIONS: readonly (readonly [number, number, number])[] = [
  [2, 0, 9],
  [3, 0, 7],
  [18, 0, 3],
  [32, 0, 3],
  [60, 0, 1],
  // Told only for the bench that asks them: the monitor would ask them too.
  ...(options.plans === true
    ? ([
        [16, 0, 2],
        [35, 1, 1],
        [46, 0, 0],
        [61, 0, 0],
      ] as const)
    : []),
]

/** By version: kafkajs asks v6. */
const metadata = new Map<number, Buffer>()
const noTopics = new Map<number, Buffer>()

function apiVersions(version: number): Uint8Array {
  const w = new Writer('ApiVersions', version >= 3)
  w.int16(0, 'error')
  w.array(VERSIONS, 'keys', ([key, min, max]) => {
    w.int16(key, 'key')
    w.int16(min, 'min')
    w.int16(max, 'max')
    w.tags()
  })
  if (version >= 1) w.int32(0, 'throttle')
  if (version >= 3) {
    // Controllers write a record every half second while there is nothing to say, and all brokers here have the one view. Its age counts only beside metadata.version.
    const features = new Writer('FinalizedFeatures', true)
    features.array(['metadata.version'], 'features', (name) => {
      features.string(name, 'name')
      features.int16(METADATA_VERSION, 'max')
      features.int16(METADATA_VERSION, 'min')
      features.tags()
    })
    const featureBytes = features.finish()
    w.uvarint(2, 'tags')
    w.uvarint(1, 'tag')
    w.uvarint(8, 'size')
    w.int64(Math.floor((Date.now() - started) / 500), 'epoch')
    w.uvarint(2, 'tag')
    w.uvarint(featureBytes.length, 'size')
    for (const byte of featureBytes) w.int8((byte << 24) >> 24, 'feature')
  }
  return w.finish()
}

const logEnd = (): number => 1000 + Math.floor(((Date.now() - started) / 1000) * RECORDS_PER_SECOND)

/** The answer repeats the request's shape, so it is written straight from its bytes: a Writer per field would make the brokers the bottleneck. */
function listOffsets(version: number, body: Buffer): Buffer {
  // A leader epoch since v4, in the question and in the answer.
  const epochBytes = version >= 4 ? 4 : 0
  const end = BigInt(logEnd())
  const out = Buffer.alloc(body.length * 2 + 64)
  let at = 5
  let to = out.writeInt32BE(0, 0)
  const topics = body.readInt32BE(at)
  at += 4
  to = out.writeInt32BE(topics, to)
  for (let t = 0; t < topics; t++) {
    const nameBytes = 2 + body.readInt16BE(at)
    body.copy(out, to, at, at + nameBytes)
    at += nameBytes
    to += nameBytes
    const count = body.readInt32BE(at)
    at += 4
    to = out.writeInt32BE(count, to)
    for (let i = 0; i < count; i++) {
      to = out.writeInt32BE(body.readInt32BE(at), to)
      // The end, the start (-2), or by time: then half of the records are too old.
      const timestamp = body.readBigInt64BE(at + 4 + epochBytes)
      const offset = timestamp >= 0n ? end / 2n : timestamp === -2n ? 0n : end
      at += 12 + epochBytes
      to = out.writeInt16BE(0, to)
      to = out.writeBigInt64BE(-1n, to)
      to = out.writeBigInt64BE(offset, to)
      if (epochBytes > 0) to = out.writeInt32BE(1, to)
    }
  }
  return out.subarray(0, to)
}

/** Every topic fails several rules of the audit at once: no answer of it is longer. */
const FAULTY: Readonly<Record<string, string>> = {
  'min.insync.replicas': '1',
  'unclean.leader.election.enable': 'true',
  'cleanup.policy': 'delete',
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'leader.replication.throttled.replicas': '*',
  'follower.replication.throttled.replicas': '*',
}

/** What every topic sets where nothing is wrong. */
const WELL: Readonly<Record<string, string>> = { 'min.insync.replicas': '2' }
const BROKER: Readonly<Record<string, string>> = {
  'min.insync.replicas': '2',
  'unclean.leader.election.enable': 'false',
  'replica.lag.time.max.ms': '30000',
  'broker.session.timeout.ms': '9000',
  'num.replica.fetchers': '1',
  'log.retention.hours': '168',
}

function describeConfigs(version: number, body: Buffer): Uint8Array {
  const r = new Reader('DescribeConfigs', body, false)
  const w = new Writer('DescribeConfigs', false)
  const resources = r.array('resources', 7, () => {
    const type = r.int8('type')
    const name = r.string('name')
    const keys = r.nullableArray('keys', 2, (reader) => reader.string('key'))
    return { type, name, keys: keys ?? [] }
  })
  const synonyms = r.boolean('synonyms')
  const [first] = resources
  // All questions of ours are about one kind, and the same keys of each.
  if (first?.type === RESOURCE_TOPIC)
    return topicSettings(
      { version, names: resources.map(({ name }) => name), keys: first.keys, synonyms },
      options.faulty === true ? FAULTY : WELL,
    )
  w.int32(0, 'throttle')
  w.array(resources, 'results', ({ type, name, keys }) => {
    w.int16(0, 'error')
    w.nullableString(null, 'message')
    w.int8(type, 'type')
    w.string(name, 'name')
    w.array(
      keys.filter((key) => key in BROKER),
      'configs',
      (key) => {
        w.string(key, 'name')
        w.nullableString(BROKER[key] ?? null, 'value')
        w.boolean(false)
        w.int8(5, 'source')
        w.boolean(false)
        w.array([], 'synonyms', () => undefined)
        if (version < 3) return
        w.int8(3, 'type')
        w.nullableString(null, 'docs')
      },
    )
  })
  return w.finish()
}

/** Everything is allowed: what a cluster without an authorizer says. Its answers are flexible, so their header has tags of its own. */
function describeCluster(version: number): Uint8Array {
  const w = new Writer('DescribeCluster', true)
  w.tags()
  w.int32(0, 'throttle')
  w.int16(0, 'error')
  w.nullableString(null, 'message')
  if (version >= 1) w.int8(1, 'endpoint')
  w.string('synthetic', 'cluster')
  w.int32(1, 'controller')
  w.array([], 'brokers', () => undefined)
  w.int32(8096, 'operations')
  w.tags()
  return w.finish()
}

function answer(apiKey: number, version: number, body: Buffer): Uint8Array | null {
  if (apiKey === 18) return apiVersions(version)
  if (apiKey === 3) return (body.readInt32BE(0) === 0 ? noTopics : metadata).get(version) ?? null
  if (apiKey === 2) return listOffsets(version, body)
  if (apiKey === 32) return describeConfigs(version, body)
  if (apiKey === 35) return logDirs(body)
  if (apiKey === 16) return noGroups
  if (apiKey === 46) return noReassignments
  if (apiKey === 60) return describeCluster(version)
  if (apiKey === 61) return producers(body, options.faulty === true ? null : logEnd())
  return null
}

function serve(socket: Socket): void {
  let pending = Buffer.alloc(0)
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE(0)) {
      const request = pending.subarray(4, 4 + pending.readInt32BE(0))
      pending = pending.subarray(4 + request.length)
      const client = request.readInt16BE(8)
      const body = answer(request.readInt16BE(0), request.readInt16BE(2), request.subarray(10 + Math.max(0, client)))
      if (body === null) return void socket.destroy()
      const header = Buffer.alloc(8)
      header.writeInt32BE(body.length + 4, 0)
      request.copy(header, 4, 4, 8)
      socket.write(header)
      socket.write(body)
    }
  })
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

// As Kafka's own sockets: a header that waits for its acknowledgement would hold each short answer back for 40 ms.
const ports = await Promise.all(
  Array.from({ length: options.brokers }, () => listen(createServer({ noDelay: true }, serve))),
)
const brokers = ports.map((port, i) => ({ id: i + 1, host: '127.0.0.1', port, rack: `rack-${i % 3}` }))
const build = (wanted: typeof options, shrunkEvery: number, version: 6 | 7 = 7): Buffer =>
  Buffer.from(metadataBytes(version, { ...bigCluster({ ...wanted, shrunkEvery }), brokers }))
for (const version of options.plans === true ? ([6, 7] as const) : ([7] as const)) {
  metadata.set(version, build(options, 0, version))
  noTopics.set(version, build({ ...options, topics: 0, partitions: 0 }, 0, version))
}
process.send?.({ ports })
process.on('message', (message: { readonly shrink: number }) => {
  metadata.set(7, build(options, message.shrink))
  process.send?.({ switchedAt: Date.now() })
})
process.on('disconnect', () => process.exit(0))
