import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alterPartitionReassignments } from '../../../../src-main/kafka/wire/alter-partition-reassignments'
import { apiVersions } from '../../../../src-main/kafka/wire/api-versions'
import { describeCluster } from '../../../../src-main/kafka/wire/describe-cluster'
import { describeConfigs } from '../../../../src-main/kafka/wire/describe-configs'
import { describeLogDirs } from '../../../../src-main/kafka/wire/describe-log-dirs'
import { describeQuorum } from '../../../../src-main/kafka/wire/describe-quorum'
import { describeProducers } from '../../../../src-main/kafka/wire/describe-producers'
import { describeTopicPartitions } from '../../../../src-main/kafka/wire/describe-topic-partitions'
import { electLeaders } from '../../../../src-main/kafka/wire/elect-leaders'
import { describeShareGroupOffsets } from '../../../../src-main/kafka/wire/describe-share-group-offsets'
import { fetch } from '../../../../src-main/kafka/wire/fetch'
import { incrementalAlterConfigs } from '../../../../src-main/kafka/wire/incremental-alter-configs'
import { listGroups } from '../../../../src-main/kafka/wire/list-groups'
import { listPartitionReassignments } from '../../../../src-main/kafka/wire/list-partition-reassignments'
import { MetadataDecoder } from '../../../../src-main/kafka/wire/metadata-decoder'
import { decodeListOffsets, decodeMetadata, metadata } from '../../../support/decode-whole'
import { offsetFetch } from '../../../../src-main/kafka/wire/offset-fetch'
import { WireError } from '../../../../src-main/kafka/wire/wire-error'
import { bigMetadata } from '../../../support/big-metadata'
import { capturedAnswers, fromHex, titleOf } from '../../../support/captured-answers'
import type { Captured } from '../../../support/captured-answers'
import { runWhole } from '../../../../src-main/domain/slices'

const codecs = [
  metadata,
  apiVersions,
  describeConfigs,
  incrementalAlterConfigs,
  electLeaders,
  alterPartitionReassignments,
  listPartitionReassignments,
  describeLogDirs,
  describeTopicPartitions,
  describeProducers,
  describeQuorum,
  describeCluster,
  listGroups,
  describeShareGroupOffsets,
  offsetFetch,
  fetch,
]
const LIST_OFFSETS = 2
const rows = {
  topicNames: ['orders', 'lonely.on-2'],
  topicIndex: Uint32Array.from([0, 0, 0, 1]),
  partition: Int32Array.from([0, 1, 2, 0]),
}

function decode(captured: Captured, bytes: Uint8Array): unknown {
  if (captured.apiKey === LIST_OFFSETS) return decodeListOffsets(captured.version, bytes, { rows, from: 0, to: 4 })
  const codec = codecs.find(({ apiKey }) => apiKey === captured.apiKey)
  if (codec === undefined) throw new Error(`no codec for ${captured.api}`)
  return codec.decode(captured.version, bytes)
}

/** 'value' or 'refused'; anything but a WireError that names the API fails the test. */
function outcome(captured: Captured, bytes: Uint8Array): 'value' | 'refused' {
  try {
    decode(captured, bytes)
    return 'value'
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    expect(error.apiName).toBe(captured.api)
    expect(error.message).toContain(captured.api)
    expect(error.offset).toBeGreaterThanOrEqual(0)
    expect(error.offset).toBeLessThanOrEqual(bytes.length)
    return 'refused'
  }
}

const captured = capturedAnswers()
const titled = captured.map((one) => [titleOf(one), one] as const)

describe('a broker that answers garbage', () => {
  it.each(titled)('%s: cut anywhere is refused, and so is a byte too many', (_title, one) => {
    const whole = fromHex(one.response)
    expect(outcome(one, whole)).toBe('value')
    // Long answers repeat themselves: every byte of the first 600, then every 37th.
    for (let length = 0; length < whole.length; length += length < 600 ? 1 : 37) {
      expect(outcome(one, whole.subarray(0, length))).toBe('refused')
    }
    expect(outcome(one, Uint8Array.from([...whole, 0]))).toBe('refused')
  })

  it.each(titled)('%s: lengths blown up anywhere are refused or harmless', (_title, one) => {
    const whole = fromHex(one.response)
    const step = Math.max(1, Math.floor(whole.length / 120))
    for (const blown of [
      [0x7f, 0xff, 0xff, 0xff],
      [0xff, 0xff, 0xff, 0xff, 0x0f],
      [0x80, 0, 0, 0],
      [0x00, 0x0f, 0xff, 0xff],
    ]) {
      for (let at = 0; at + blown.length <= whole.length; at += step) {
        const bytes = whole.slice()
        bytes.set(blown, at)
        outcome(one, bytes)
      }
    }
  })

  it('flips of any bytes of any answer give a value or a refusal, never anything else', () => {
    const flips = fc.array(fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255)), {
      minLength: 1,
      maxLength: 6,
    })
    let refused = 0
    fc.assert(
      fc.property(fc.constantFrom(...captured), flips, (one, list) => {
        const bytes = fromHex(one.response)
        for (const [where, value] of list) bytes[Math.floor(where * bytes.length)] = value
        if (outcome(one, bytes) === 'refused') refused++
      }),
      { numRuns: 1500 },
    )
    expect(refused).toBeGreaterThan(0)
  })

  it('noise as an answer to any question gives a value or a refusal', () => {
    const oneEach = [...new Map(captured.map((one) => [`${one.api} ${one.version}`, one])).values()]
    fc.assert(
      fc.property(fc.constantFrom(...oneEach), fc.uint8Array({ maxLength: 400 }), (one, bytes) => {
        outcome(one, bytes)
      }),
      { numRuns: 1500 },
    )
  })
})

describe('a large Metadata answer gone bad', () => {
  const whole = { partitions: 600, topics: 30, replicationFactor: 3, brokers: 5, shrunkEvery: 4 }

  it.each([7, 12, 13] as const)('v%d cut or flipped anywhere is refused or harmless', (version) => {
    const bytes = bigMetadata({ ...whole, version })
    const previousNames = decodeMetadata(version, bytes).topicNames
    for (let length = 0; length < bytes.length; length += 13) {
      const cut = bytes.subarray(0, length)
      expect(() => runWhole(new MetadataDecoder(version, cut, { previousNames }).pass())).toThrow(WireError)
    }
    for (let at = 0; at < bytes.length; at += 67) {
      const bad = bytes.slice()
      bad[at] = (bad[at] ?? 0) ^ 0xff
      try {
        decodeMetadata(version, bad)
      } catch (error) {
        expect(error).toBeInstanceOf(WireError)
      }
    }
  })

  it('does not make room for what it claims but for what it brings', () => {
    const bytes = bigMetadata({ ...whole, version: 7 })
    const view = new DataView(bytes.buffer)
    // The first topic's partition count comes after brokers, cluster id, controller, topic count, error, name and the
    // internal flag.
    const at = bytes.findIndex((_, i) => i + 8 < bytes.length && view.getInt32(i) === 20 && view.getInt32(i + 4) === 0)
    expect(at).toBeGreaterThan(0)
    view.setInt32(at, Math.floor((bytes.length - at) / 26))
    const before = process.memoryUsage().arrayBuffers
    expect(() => decodeMetadata(7, bytes)).toThrow(WireError)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(bytes.length * 4)
  })
})
