import { describe, expect, it } from 'vitest'
import { alterPartitionReassignments } from '../../../../src-main/kafka/wire/alter-partition-reassignments'
import { apiVersions } from '../../../../src-main/kafka/wire/api-versions'
import { throttleMs } from '../../../../src-main/kafka/wire/codec'
import type { Sliced } from '../../../../src-main/domain/slices'
import type { Codec } from '../../../../src-main/kafka/wire/codec'
import { describeCluster } from '../../../../src-main/kafka/wire/describe-cluster'
import { describeConfigs } from '../../../../src-main/kafka/wire/describe-configs'
import { describeLogDirs } from '../../../../src-main/kafka/wire/describe-log-dirs'
import { describeProducers } from '../../../../src-main/kafka/wire/describe-producers'
import { describeQuorum, NO_DIRECTORY } from '../../../../src-main/kafka/wire/describe-quorum'
import { describeShareGroupOffsets } from '../../../../src-main/kafka/wire/describe-share-group-offsets'
import { describeTopicPartitions } from '../../../../src-main/kafka/wire/describe-topic-partitions'
import { electLeaders } from '../../../../src-main/kafka/wire/elect-leaders'
import { incrementalAlterConfigs } from '../../../../src-main/kafka/wire/incremental-alter-configs'
import { listGroups } from '../../../../src-main/kafka/wire/list-groups'
import { listPartitionReassignments } from '../../../../src-main/kafka/wire/list-partition-reassignments'
import { offsetFetch } from '../../../../src-main/kafka/wire/offset-fetch'
import { capturedAnswers, fromHex, titleOf, toHex } from '../../../support/captured-answers'
import type { Captured } from '../../../support/captured-answers'

type Values = Record<string, unknown>

/**
 * What a captured request lacks because its version cannot say it, and what our answers fill in for the same reason.
 */
interface Row {
  readonly request?: Values
  readonly response?: Values
  /** Fields of the captured values that ours have no use for. */
  readonly without?: string
}

const rows = new Map<number, { codec: Codec<unknown, unknown> } & Row>()

function row<Q, R>(codec: Codec<Q, R>, extra: Row = {}): void {
  const { apiKey, apiName, versions, tellsThrottle, readThrottle } = codec
  const flexible = (version: number): boolean => codec.flexible(version)
  const encode = (version: number, request: unknown): Uint8Array => codec.encode(version, request as Q)
  const decode = (version: number, bytes: Uint8Array): unknown => codec.decode(version, bytes)
  const decodePass = (version: number, bytes: Uint8Array): Sliced<unknown> => codec.decodePass(version, bytes)
  rows.set(apiKey, {
    codec: {
      apiKey,
      apiName,
      versions,
      tellsThrottle,
      ...(readThrottle === undefined ? {} : { readThrottle }),
      flexible,
      encode,
      decode,
      decodePass,
    },
    ...extra,
  })
}

row(apiVersions, { response: { supportedFeatures: [], finalizedFeaturesEpoch: -1, finalizedFeatures: [] } })
row(describeConfigs)
row(incrementalAlterConfigs)
row(electLeaders)
row(alterPartitionReassignments, {
  request: { allowReplicationFactorChange: true },
  response: { allowReplicationFactorChange: true },
})
row(listPartitionReassignments)
row(describeLogDirs, { response: { errorCode: 0 } })
row(describeTopicPartitions)
row(describeShareGroupOffsets)
row(describeProducers)
row(describeQuorum, { response: { errorMessage: null, nodes: [] } })
row(listGroups)
row(offsetFetch)
row(describeCluster, { request: { includeFencedBrokers: false }, without: 'endpointType' })

/** Fields of the items of a list that a captured version does not have yet. */
function fillItems(captured: Captured): Values {
  const expected = captured.expected as Values
  const fill = (name: string, values: Values): Values => {
    return { ...expected, [name]: (expected[name] as Values[]).map((item) => ({ ...values, ...item })) }
  }
  if (captured.api === 'DescribeLogDirs') return fill('results', { totalBytes: -1, usableBytes: -1 })
  if (captured.api === 'DescribeCluster') return fill('brokers', { isFenced: false })
  if (captured.api === 'DescribeQuorum' && captured.version === 1) return fillQuorum(expected)
  return expected
}

/** What v1 does not tell stands as unknown, three levels down. */
function fillQuorum(expected: Values): Values {
  const each = (values: Values, name: string, change: (item: Values) => Values): Values => ({
    ...values,
    [name]: (values[name] as Values[]).map(change),
  })
  const replica = (item: Values): Values => ({ replicaDirectoryId: NO_DIRECTORY, ...item })
  return each(expected, 'topics', (topic) =>
    each(topic, 'partitions', (partition) =>
      each(each({ errorMessage: null, ...partition }, 'currentVoters', replica), 'observers', replica),
    ),
  )
}

const own = capturedAnswers().filter((captured) => rows.has(captured.apiKey))

describe('captured answers of seven Kafka versions', () => {
  it('cover every API of this table, each with a version that we speak', () => {
    const spoken = own.filter((captured) => rows.get(captured.apiKey)?.codec.versions.includes(captured.version))
    expect(new Set(spoken.map((captured) => captured.apiKey))).toEqual(new Set(rows.keys()))
    expect(spoken).toHaveLength(own.length)
  })

  it.each(own.map((captured) => [titleOf(captured), captured] as const))('%s', (_title, captured) => {
    const entry = rows.get(captured.apiKey)
    if (entry === undefined) throw new Error('no codec')
    const request = { ...entry.request, ...(captured.request as Values) }
    expect(toHex(entry.codec.encode(captured.version, request))).toBe(captured.requestBody)
    const expected: Values = { ...entry.response, ...fillItems(captured) }
    if (entry.without !== undefined) Reflect.deleteProperty(expected, entry.without)
    expect(entry.codec.decode(captured.version, fromHex(captured.response))).toEqual(expected)
  })

  it.each(own.map((captured) => [titleOf(captured), captured] as const))('%s: the throttle', (_title, captured) => {
    const { codec } = rows.get(captured.apiKey)!
    const bytes = Buffer.from(fromHex(captured.response))
    if (!codec.tellsThrottle) {
      expect(throttleMs(codec, captured.version, bytes)).toBe(0)
      return
    }
    // Behind the tag buffer of the header, where there is one; in ApiVersions behind an error and seven bytes for each API.
    const first = codec.flexible(captured.version) ? 1 : 0
    bytes.writeInt32BE(900, codec.readThrottle === undefined ? first : 3 + 7 * (bytes[2]! - 1))
    expect(codec.decode(captured.version, bytes)).toMatchObject({ throttleTimeMs: 900 })
    expect(throttleMs(codec, captured.version, bytes)).toBe(900)
  })

  it.each([...rows.values()].map(({ codec }) => [codec.apiName, codec] as const))(
    '%s refuses a version we do not speak',
    (_n, codec) => {
      expect(() => codec.encode(99, {})).toThrow(expect.objectContaining({ name: 'WireError', code: 'version' }))
      expect(() => codec.decode(99, new Uint8Array(8))).toThrow(
        expect.objectContaining({ name: 'WireError', code: 'version' }),
      )
    },
  )
})
