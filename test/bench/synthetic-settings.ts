/** What synthetic brokers tell a plan: settings of topics, bytes on disk, groups, reassignments. One of real answers, repeated for every topic. */
import { describeConfigs } from '../../src-main/kafka/wire/describe-configs'
import type { ConfigEntry } from '../../src-main/kafka/wire/describe-configs'
import { Reader } from '../../src-main/kafka/wire/reader'
import { Writer } from '../../src-main/kafka/wire/writer'
import { capturedAnswers, fromHex } from '../support/captured-answers'

export const RESOURCE_TOPIC = 2
const REPLICA_BYTES = 3_000_000_000

/** Settings of one topic as a real broker told them, all keys with synonyms. */
function entriesOfTopic(): readonly ConfigEntry[] {
  const label = 'every key of a topic'
  const one = capturedAnswers().find((answer) => answer.kafka === '4.4.0' && answer.label === label)
  if (one === undefined) throw new Error(`no captured answer is called ${label}`)
  return describeConfigs.decode(one.version, fromHex(one.response)).results[0]!.configs
}

/** Written once: a Writer per field and topic would make the brokers the bottleneck. v3 tells types besides (DescribeConfigsResponse.json). */
function entriesBytes(version: number): Uint8Array {
  const w = new Writer('DescribeConfigs', false)
  w.array(entriesOfTopic(), 'configs', (entry) => {
    w.string(entry.name, 'name')
    w.nullableString(entry.value, 'value')
    w.boolean(entry.readOnly)
    w.int8(entry.configSource, 'source')
    w.boolean(entry.isSensitive)
    w.array(entry.synonyms, 'synonyms', (synonym) => {
      w.string(synonym.name, 'name')
      w.nullableString(synonym.value, 'value')
      w.int8(synonym.source, 'source')
    })
    if (version < 3) return
    w.int8(entry.configType, 'type')
    w.nullableString(null, 'docs')
  })
  return w.finish()
}
const ENTRIES = new Map([2, 3].map((version) => [version, entriesBytes(version)]))

/** DescribeConfigs v2 (what kafkajs speaks) or v3 of topics. */
export function topicSettings(version: number, names: readonly string[]): Uint8Array {
  const head = new Writer('DescribeConfigs', false)
  head.int32(0, 'throttle')
  head.int32(names.length, 'results')
  const entries = ENTRIES.get(version)!
  const parts = names.map((name) => {
    const w = new Writer('DescribeConfigs', false)
    w.int16(0, 'error')
    w.nullableString(null, 'message')
    w.int8(RESOURCE_TOPIC, 'type')
    w.string(name, 'name')
    return [w.finish(), entries]
  })
  return Buffer.concat([head.finish(), ...parts.flat()])
}

/** DescribeLogDirs v1: one directory, and every replica that is asked for is in it. */
export function logDirs(body: Buffer): Uint8Array {
  const r = new Reader('DescribeLogDirs', body, false)
  const topics =
    r.nullableArray('topics', 6, () => ({ name: r.string('name'), partitions: r.int32s('partitions') })) ?? []
  const rows = topics.reduce((sum, { partitions }) => sum + partitions.length, 0)
  const names = topics.reduce((sum, { name }) => sum + 6 + name.length, 0)
  const out = Buffer.alloc(64 + names + rows * 21)
  let to = out.writeInt32BE(0, 0)
  to = out.writeInt32BE(1, to)
  to = out.writeInt16BE(0, to)
  to = out.writeInt16BE(5, to)
  to += out.write('/data', to)
  to = out.writeInt32BE(topics.length, to)
  for (const { name, partitions } of topics) {
    to = out.writeInt16BE(name.length, to)
    to += out.write(name, to, 'latin1')
    to = out.writeInt32BE(partitions.length, to)
    for (const partition of partitions) {
      to = out.writeInt32BE(partition, to)
      to = out.writeBigInt64BE(BigInt(REPLICA_BYTES), to)
      to = out.writeBigInt64BE(0n, to)
      to = out.writeInt8(0, to)
    }
  }
  return out.subarray(0, to)
}

/** ListGroups v2: throttle, no error, none. */
export const noGroups: Uint8Array = Buffer.alloc(10)

/** ListPartitionReassignments v0: response header's tags, throttle, no error, no message, none of them, tags. */
export const noReassignments: Uint8Array = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0])
