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

/** What a topic overrides, by key, each in front of what the captured one inherits. */
export type Overrides = Readonly<Record<string, string>>

const TOPIC_OVERRIDE = 1

/** As a broker tells an override: the value of the topic, and it is the first of the layers. */
function overridden(entry: ConfigEntry, value: string | undefined): ConfigEntry {
  if (value === undefined) return entry
  const synonyms = [{ name: entry.name, value, source: TOPIC_OVERRIDE }, ...entry.synonyms]
  return { ...entry, value, configSource: TOPIC_OVERRIDE, synonyms }
}

/** Written once for a question: a Writer per field and topic would make the brokers the bottleneck. v3 tells types besides (DescribeConfigsResponse.json). */
function entriesBytes(version: number, keys: readonly string[], synonyms: boolean, overrides: Overrides): Uint8Array {
  const asked = entriesOfTopic().filter(({ name }) => keys.length === 0 || keys.includes(name))
  const w = new Writer('DescribeConfigs', false)
  w.array(
    asked.map((entry) => overridden(entry, overrides[entry.name])),
    'configs',
    (entry) => {
      w.string(entry.name, 'name')
      w.nullableString(entry.value, 'value')
      w.boolean(entry.readOnly)
      w.int8(entry.configSource, 'source')
      w.boolean(entry.isSensitive)
      w.array(synonyms ? entry.synonyms : [], 'synonyms', (synonym) => {
        w.string(synonym.name, 'name')
        w.nullableString(synonym.value, 'value')
        w.int8(synonym.source, 'source')
      })
      if (version < 3) return
      w.int8(entry.configType, 'type')
      w.nullableString(null, 'docs')
    },
  )
  return w.finish()
}
const written = new Map<string, Uint8Array>()

export interface SettingsAsked {
  readonly version: number
  readonly names: readonly string[]
  /** [] = all. */
  readonly keys: readonly string[]
  readonly synonyms: boolean
}

/** DescribeConfigs v2 (what kafkajs speaks) or v3 of topics. */
export function topicSettings({ version, names, keys, synonyms }: SettingsAsked, overrides: Overrides): Uint8Array {
  const head = new Writer('DescribeConfigs', false)
  head.int32(0, 'throttle')
  head.int32(names.length, 'results')
  const question = JSON.stringify([version, keys, synonyms, overrides])
  const entries = written.get(question) ?? entriesBytes(version, keys, synonyms, overrides)
  written.set(question, entries)
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

/** DescribeProducers v0: of every partition one with an id, which wrote up to `lastSequence`, or none. */
export function producers(body: Buffer, lastSequence: number | null): Uint8Array {
  const r = new Reader('DescribeProducers', body, true)
  r.tags()
  const topics = r.array('topics', 3, () => {
    const topic = { name: r.string('name'), partitions: r.int32s('partitions') }
    r.tags()
    return topic
  })
  const w = new Writer('DescribeProducers', true)
  w.tags()
  w.int32(0, 'throttle')
  w.array(topics, 'topics', ({ name, partitions }) => {
    w.string(name, 'name')
    w.array(partitions, 'partitions', (partition) => {
      w.int32(partition, 'partition')
      w.int16(0, 'error')
      w.nullableString(null, 'message')
      w.array(lastSequence === null ? [] : [lastSequence], 'producers', (sequence) => {
        w.int64(7, 'id')
        w.int32(0, 'epoch')
        w.int32(sequence, 'sequence')
        w.int64(-1, 'at')
        w.int32(-1, 'coordinator')
        w.int64(-1, 'transaction')
        w.tags()
      })
      w.tags()
    })
    w.tags()
  })
  w.tags()
  return w.finish()
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
