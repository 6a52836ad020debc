import { describe, expect, it } from 'vitest'
import {
  clusterOperationsAnswer,
  groupOffsetsAnswer,
  groupOffsetsRequest,
  groupsAnswer,
  operationsAnswer,
  sampleAnswer,
  sampleRequest,
  failedLogDirsAnswer,
  shareOffsetsAnswer,
  shareOffsetsRequest,
  disksAnswer,
  sizesAnswer,
} from '../../../../src-main/kafka/client/plan-questions'
import { decodeMetadata } from '../../../support/decode-whole'
import type { FetchResponse } from '../../../../src-main/kafka/wire/fetch'
import { capturedAnswers, fromHex } from '../../../support/captured-answers'
import { batchBytes, recordBytes } from '../../../support/record-bytes'

const HOST = 'b:1'
const CONTROL = 0x20
const ZSTD = 4

function fetched(records: Uint8Array | null, errorCode = 0): FetchResponse {
  const partition = {
    partitionIndex: 0,
    errorCode,
    highWatermark: 9,
    lastStableOffset: 9,
    logStartOffset: 0,
    abortedTransactions: null,
    preferredReadReplica: -1,
    records,
  }
  return { throttleTimeMs: 0, errorCode: 0, sessionId: 0, responses: [{ topic: 't', partitions: [partition] }] }
}

describe('sizes', () => {
  const dir = (bytes: number, isFutureKey = false): Parameters<typeof sizesAnswer>[0]['results'][number] => ({
    errorCode: 0,
    logDir: '/d',
    totalBytes: -1,
    usableBytes: -1,
    topics: [{ name: 't', partitions: [{ partitionIndex: 2, partitionSize: bytes, offsetLag: 0, isFutureKey }] }],
  })

  it('names the replica of every directory', () => {
    expect(sizesAnswer({ throttleTimeMs: 0, errorCode: 0, results: [dir(5), dir(3, true)] }, HOST).replicas).toEqual([
      { topic: 't', partition: 2, bytes: 5 },
      { topic: 't', partition: 2, bytes: 3 },
    ])
  })

  it('tells what is free where the replicas are, as far as the broker tells', () => {
    const empty = { ...dir(0), topics: [], usableBytes: 9 }
    const results = [dir(5), { ...dir(3), logDir: '/e', usableBytes: 700 }, empty]
    expect(disksAnswer({ throttleTimeMs: 0, errorCode: 0, results }, HOST)).toEqual([
      { folder: '/d', freeBytes: NaN, topics: [{ topic: 't', replicas: 1 }] },
      { folder: '/e', freeBytes: 700, topics: [{ topic: 't', replicas: 1 }] },
    ])
    expect(() => disksAnswer({ throttleTimeMs: 0, errorCode: 0, results: [] }, HOST)).toThrow(/Describe on the cluster/)
  })

  it('names the directories that failed: KAFKA_STORAGE_ERROR, and no other error', () => {
    const results = [dir(5), { ...dir(0), errorCode: 56, logDir: '/failed', topics: [] }, { ...dir(0), errorCode: -1 }]
    const answer = { throttleTimeMs: 0, errorCode: 0, results }
    expect(failedLogDirsAnswer(answer, HOST)).toEqual(['/failed'])
    expect(() => failedLogDirsAnswer({ ...answer, results: [] }, HOST)).toThrow(/Describe on the cluster is missing/)
  })

  it.each([31, 0])('takes error %i without directories for a missing right', (errorCode) => {
    expect(() => sizesAnswer({ throttleTimeMs: 0, errorCode, results: [] }, HOST)).toThrow(
      expect.objectContaining({ code: 'not-authorized', kind: 'kafka', kafkaError: 31 }),
    )
  })
})

describe('groups', () => {
  it('lists their names, or throws why it cannot', () => {
    const groups = [
      { groupId: 'billing', protocolType: 'consumer' },
      { groupId: 'queue', protocolType: 'share' },
    ]
    expect(groupsAnswer({ throttleTimeMs: 0, errorCode: 0, groups }, HOST)).toEqual({
      groups: [
        { id: 'billing', share: false },
        { id: 'queue', share: true },
      ],
    })
    expect(() => groupsAnswer({ throttleTimeMs: 0, errorCode: 14, groups: [] }, HOST)).toThrow(
      /COORDINATOR_LOAD_IN_PROGRESS/,
    )
  })

  const offsets = (
    ...rows: readonly (readonly [partition: number, offset: number, error: number])[]
  ): Parameters<typeof groupOffsetsAnswer>[0]['topics'] => [
    {
      name: 't',
      partitions: rows.map(([partitionIndex, committedOffset, errorCode]) => ({
        partitionIndex,
        committedOffset,
        committedLeaderEpoch: -1,
        metadata: '',
        errorCode,
      })),
    },
  ]

  it('leaves out partitions without a committed offset, and keeps offset 0', () => {
    expect(groupOffsetsRequest('g', [{ topic: 't', partitions: [0, 1] }])).toEqual({
      groupId: 'g',
      topics: [{ name: 't', partitionIndexes: [0, 1] }],
    })
    expect(
      groupOffsetsAnswer({ throttleTimeMs: 0, errorCode: 0, topics: offsets([0, -1, 0], [1, 0, 0], [2, 7, 0]) }, HOST),
    ).toEqual({
      partitions: [
        { topic: 't', partition: 1, offset: 0 },
        { topic: 't', partition: 2, offset: 7 },
      ],
    })
  })

  it('takes one refused partition for a refusal: it would look like nothing committed', () => {
    expect(() =>
      groupOffsetsAnswer({ throttleTimeMs: 0, errorCode: 0, topics: offsets([0, 4, 0], [1, -1, 29]) }, HOST),
    ).toThrow(/TOPIC_AUTHORIZATION_FAILED/)
  })

  it.each([
    ['is of another kind', 69, 'not-found'],
    ['is looked after by another broker', 16, 'conflict'],
  ])('takes no answer for a group that %s for one that has nothing to lose', (_what, errorCode, code) => {
    expect(() => groupOffsetsAnswer({ throttleTimeMs: 0, errorCode, topics: [] }, HOST)).toThrow(
      expect.objectContaining({ kafkaError: errorCode, code }),
    )
  })
})

describe('share groups', () => {
  type Group = Parameters<typeof shareOffsetsAnswer>[1]['groups'][number]
  const group = (
    errorCode: number,
    ...rows: readonly (readonly [partition: number, start: number, error: number])[]
  ): Group => ({
    groupId: 'queue',
    errorCode,
    errorMessage: null,
    topics: [
      {
        topicName: 't',
        topicId: 'sHLHGTDjQo2hSMUZfOnb6Q',
        partitions: rows.map(([partitionIndex, startOffset, error]) => ({
          partitionIndex,
          startOffset,
          leaderEpoch: 0,
          lag: -1,
          errorCode: error,
          errorMessage: null,
        })),
      },
    ],
  })
  const answer = (...groups: Group[]) => shareOffsetsAnswer('queue', { throttleTimeMs: 0, groups }, HOST)

  it('are asked for the partitions that matter, and leave out where they have not begun', () => {
    expect(shareOffsetsRequest('queue', [{ topic: 't', partitions: [0, 1] }])).toEqual({
      groups: [{ groupId: 'queue', topics: [{ topicName: 't', partitions: [0, 1] }] }],
    })
    expect(answer(group(0, [0, -1, 0], [1, 0, 0], [2, 7, 0]))).toEqual({
      partitions: [
        { topic: 't', partition: 1, offset: 0 },
        { topic: 't', partition: 2, offset: 7 },
      ],
    })
  })

  it.each([
    ['a partition is refused', [group(0, [0, 4, 0], [1, -1, 29])], 29],
    ['the group is refused', [group(30)], 30],
    ['the group is not found', [group(69)], 69],
    ['it is about another group', [{ ...group(0), groupId: 'other' }], -1],
  ])('are not known where %s', (_what, groups, kafkaError) => {
    expect(() => answer(...groups)).toThrow(expect.objectContaining({ kafkaError }))
  })
})

describe('a sample of records', () => {
  it('asks for what is there at once, of one partition', () => {
    expect(sampleRequest('t', 3, 70, 1000)).toEqual({
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 1000,
      topics: [{ topic: 't', partitions: [{ partition: 3, fetchOffset: 70, partitionMaxBytes: 1000 }] }],
    })
  })

  it('counts records with and without key, those it cannot read, and no transaction markers', () => {
    const two = recordBytes([{ key: 'a' }, { key: null }])
    const largest = batchBytes(recordBytes([{ key: 'k', value: 'x'.repeat(500) }]), 1, { baseOffset: 2 })
    const batches = [
      batchBytes(two, 2),
      largest,
      batchBytes(two, 2, { baseOffset: 3, attributes: CONTROL }),
      batchBytes(two, 5, { baseOffset: 5, attributes: ZSTD }),
    ]
    expect(sampleAnswer(fetched(Buffer.concat(batches)), HOST)).toEqual({
      batches: 3,
      records: 8,
      withoutKey: 1,
      unreadable: 5,
      compression: 'zstd',
      largestBatchBytes: largest.length,
      firstOffset: 0,
      lastOffset: 9,
    })
  })

  it.each([null, new Uint8Array(0), batchBytes(new Uint8Array(0), 1, { attributes: CONTROL })])(
    'says when nothing is there',
    (records) => {
      expect(sampleAnswer(fetched(records), HOST)).toEqual({
        batches: 0,
        records: 0,
        withoutKey: 0,
        unreadable: 0,
        compression: '',
        largestBatchBytes: 0,
        firstOffset: -1,
        lastOffset: -1,
      })
    },
  )

  it.each([
    [fetched(null, 1), 1, 'bad-input'],
    [fetched(null, 6), 6, 'conflict'],
    [fetched(null, 29), 29, 'not-authorized'],
    [{ ...fetched(null), errorCode: 42 }, 42, 'bad-input'],
    [{ ...fetched(null), responses: [] }, -1, 'internal'],
  ])('throws what was refused', (answer, kafkaError, code) => {
    expect(() => sampleAnswer(answer, HOST)).toThrow(expect.objectContaining({ name: 'PortError', kafkaError, code }))
  })
})

describe('rights', () => {
  const answer = capturedAnswers().find(
    ({ apiKey, version, kafka }) => apiKey === 3 && version === 12 && kafka === '4.4.0',
  )
  const metadata = decodeMetadata(12, fromHex(answer?.response ?? ''))

  it('has those of every topic that answered, also when that is none at all', () => {
    const there = metadata.topicNames.filter((name) => name !== 'no-such-topic')
    expect(there.length).toBe(metadata.topicNames.length - 1)
    expect(operationsAnswer(metadata)).toEqual(new Map(there.map((name) => [name, 3576])))
    const none = { ...metadata, topicOperations: new Int32Array(metadata.topicNames.length) }
    expect(operationsAnswer(none).get('orders')).toBe(0)
  })

  it('has those of the cluster itself, null where it does not tell', () => {
    const told = {
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      clusterId: 'c',
      controllerId: 1,
      brokers: [],
      clusterAuthorizedOperations: 256,
    }
    expect(clusterOperationsAnswer(told, HOST)).toBe(256)
    expect(clusterOperationsAnswer({ ...told, clusterAuthorizedOperations: 0 }, HOST)).toBe(0)
    expect(clusterOperationsAnswer({ ...told, clusterAuthorizedOperations: -2147483648 }, HOST)).toBeNull()
    expect(() => clusterOperationsAnswer({ ...told, errorCode: 31 }, HOST)).toThrow(
      expect.objectContaining({ name: 'PortError', kafkaError: 31, code: 'not-authorized' }),
    )
  })

  it('knows nothing where the broker does not tell', () => {
    const untold = { ...metadata, topicOperations: new Int32Array(metadata.topicNames.length).fill(-2147483648) }
    expect(operationsAnswer(untold)).toEqual(new Map())
  })
})
