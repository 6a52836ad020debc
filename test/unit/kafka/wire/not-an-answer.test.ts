import { describe, expect, it } from 'vitest'
import { describeCluster } from '../../../../src-main/kafka/wire/describe-cluster'
import { electLeaders } from '../../../../src-main/kafka/wire/elect-leaders'
import { incrementalAlterConfigs } from '../../../../src-main/kafka/wire/incremental-alter-configs'
import { MetadataDecoder } from '../../../../src-main/kafka/wire/metadata-decoder'
import { WireError } from '../../../../src-main/kafka/wire/wire-error'
import { Writer } from '../../../../src-main/kafka/wire/writer'
import { runWhole } from '../../../../src-main/domain/slices'
import { decodeListOffsets, decodeMetadata } from '../../../support/decode-whole'
import { metadataBytes } from '../../../support/metadata-bytes'
import type { MadeCluster, MadePartition, MadeTopic } from '../../../support/metadata-bytes'

/* Answers that are laid out well and that no Kafka broker gives: what they say is not taken, whoever is behind the port. */

const broker = { id: 1, host: 'b1', port: 9092, rack: null }
const partition = (index: number, more: Partial<MadePartition> = {}): MadePartition => ({
  error: 0,
  index,
  leader: 1,
  epoch: 3,
  replicas: [1, 2, 3],
  isr: [1, 2, 3],
  offline: [],
  ...more,
})
const topic = (name: string, partitions: readonly MadePartition[]): MadeTopic => ({
  error: 0,
  name,
  internal: false,
  operations: -2147483648,
  partitions,
})
const upTo = (count: number): MadePartition[] => Array.from({ length: count }, (_, index) => partition(index))
const cluster: MadeCluster = {
  brokers: [broker, { ...broker, id: 2, host: 'b2' }],
  clusterId: 'FgE1duNyS6OF7wldEEkp5A',
  controllerId: 1,
  topics: [topic('orders', upTo(3)), topic('users', upTo(2))],
}
const withBroker = (more: Partial<typeof broker>): MadeCluster => ({
  ...cluster,
  brokers: [broker, { ...broker, id: 2, ...more }],
})
const withPartitions = (...partitions: readonly MadePartition[]): MadeCluster => ({
  ...cluster,
  topics: [topic('orders', partitions)],
})

const malformed = (what: string): object =>
  expect.objectContaining({ constructor: WireError, code: 'malformed', what: what }) as object

/** What it says, and what is wrong with it. */
const NOT_METADATA: readonly (readonly [string, MadeCluster, string])[] = [
  ['a broker with an id below zero', withBroker({ id: -7 }), 'NodeId is -7'],
  ['a broker that is listed twice', withBroker({ id: 1, host: 'elsewhere' }), 'Broker 1 is listed twice'],
  ['a host with a NUL in it', withBroker({ host: '127.0.0.1\0.evil' }), 'Host of broker 2 is "127.0.0.1\\u0000.evil"'],
  ['a host with a line break', withBroker({ host: 'b2\nb3' }), 'Host of broker 2 is "b2\\nb3"'],
  ['a host with a space', withBroker({ host: 'b2 b3' }), 'Host of broker 2 is "b2 b3"'],
  ['no host, which is this machine to Node', withBroker({ host: '' }), 'Host of broker 2 is ""'],
  ['a port below zero', withBroker({ port: -1 }), 'Port of broker 2 is -1'],
  ['a port above 65535', withBroker({ port: 65_536 }), 'Port of broker 2 is 65536'],
  ['a cluster id with an escape sequence', { ...cluster, clusterId: 'a\u001b[2J' }, 'ClusterId is "a\\u001b[2J"'],
  [
    'a topic twice, with 3 and 5 partitions',
    { ...cluster, topics: [topic('orders', upTo(3)), topic('users', upTo(2)), topic('orders', upTo(5))] },
    'Topic "orders" is listed twice',
  ],
  [
    'a partition twice',
    withPartitions(partition(0), partition(1), partition(1)),
    'Partition 1 of "orders" is listed twice',
  ],
  ['a partition below zero', withPartitions(partition(-1)), 'Partition -1 of "orders" is below zero'],
  ['a replica below zero', withPartitions(partition(0, { replicas: [1, -7, 3] })), 'ReplicaNodes has -7'],
  ['a replica below zero of two', withPartitions(partition(0, { replicas: [1, -7] })), 'ReplicaNodes has -7'],
  ['the same replica twice', withPartitions(partition(0, { replicas: [1, 2, 1] })), 'ReplicaNodes has 1 twice'],
  [
    'the same replica twice of many',
    withPartitions(partition(0, { replicas: [...Array.from({ length: 40 }, (_, id) => id), 17] })),
    'ReplicaNodes has 17 twice',
  ],
]

describe('Metadata', () => {
  it.each([7, 12, 13] as const)('v%i as brokers give it is taken', (version) => {
    expect(decodeMetadata(version, metadataBytes(version, cluster)).topicNames).toEqual(['orders', 'users'])
  })

  it.each(NOT_METADATA)('with %s is refused', (_what, made, what) => {
    for (const version of [7, 12, 13] as const)
      expect(() => decodeMetadata(version, metadataBytes(version, made))).toThrow(malformed(what))
  })

  it('with more brokers than any cluster has is refused, and 2,000 are taken (K2.3)', () => {
    const brokers = (count: number): MadeCluster['brokers'] =>
      Array.from({ length: count }, (_, id) => ({ ...broker, id }))
    for (const version of [7, 12, 13] as const) {
      const named = (count: number): Uint8Array => metadataBytes(version, { ...cluster, brokers: brokers(count) })
      for (const count of [2_001, 10_000])
        expect(() => decodeMetadata(version, named(count))).toThrow(
          malformed(`${count} brokers are listed, more than 2000`),
        )
      expect(decodeMetadata(version, named(2_000)).brokers).toHaveLength(2_000)
    }
  })

  it('with a topic twice is refused also where all names are those of the last answer', () => {
    const made = { ...cluster, topics: [...cluster.topics, topic('orders', upTo(5))] }
    const previousNames = ['orders', 'users', 'views']
    expect(() => runWhole(new MetadataDecoder(12, metadataBytes(12, made), { previousNames }).pass())).toThrow(
      malformed('Topic "orders" is listed twice'),
    )
    expect(
      runWhole(new MetadataDecoder(12, metadataBytes(12, cluster), { previousNames }).pass()).columns.topicNames,
    ).toEqual(['orders', 'users'])
  })

  it('is taken with partitions in any order, and with gaps between them', () => {
    const made = withPartitions(partition(5), partition(0), partition(3, { replicas: [2], isr: [2] }))
    expect([...decodeMetadata(12, metadataBytes(12, made)).partition]).toEqual([5, 0, 3])
  })

  it('tells no cluster id where it is empty', () => {
    expect(decodeMetadata(12, metadataBytes(12, { ...cluster, clusterId: '' })).clusterId).toBeNull()
  })
})

describe('DescribeCluster', () => {
  const answer = (clusterId: string, nodes: readonly { readonly id: number; readonly host: string }[]): Uint8Array => {
    const w = new Writer('test', true)
    w.tags()
    w.int32(0, 'ThrottleTimeMs')
    w.int16(0, 'ErrorCode')
    w.nullableString(null, 'ErrorMessage')
    w.string(clusterId, 'ClusterId')
    w.int32(1, 'ControllerId')
    w.array(nodes, 'Brokers', ({ id, host }) => {
      w.int32(id, 'BrokerId')
      w.string(host, 'Host')
      w.int32(9092, 'Port')
      w.nullableString(null, 'Rack')
      w.tags()
    })
    w.int32(0, 'ClusterAuthorizedOperations')
    w.tags()
    return w.finish()
  }

  it.each([
    ['an id below zero', answer('A', [{ id: -7, host: 'b' }]), 'BrokerId is -7'],
    ['a host with a NUL in it', answer('A', [{ id: 1, host: 'b\0' }]), 'Host of broker 1 is "b\\u0000"'],
    [
      'a broker twice',
      answer('A', [
        { id: 1, host: 'b' },
        { id: 1, host: 'c' },
      ]),
      'Broker 1 is listed twice',
    ],
    [
      'more brokers than any cluster has',
      answer(
        'A',
        Array.from({ length: 2_001 }, (_, id) => ({ id, host: 'b' })),
      ),
      '2001 brokers are listed, more than 2000',
    ],
    ['a cluster id of two lines', answer('A\nB', []), 'ClusterId is "A\\nB"'],
  ])('with %s is refused', (_what, bytes, what) => {
    expect(() => describeCluster.decode(0, bytes)).toThrow(malformed(what))
  })
})

describe('ListOffsets', () => {
  const answer = (
    rows: readonly { readonly index: number; readonly error: number; readonly offset: number }[],
  ): Uint8Array => {
    const w = new Writer('test', false)
    w.int32(0, 'ThrottleTimeMs')
    w.array([rows], 'Topics', (partitions) => {
      w.string('orders', 'Name')
      w.array(partitions, 'Partitions', ({ index, error, offset }) => {
        w.int32(index, 'PartitionIndex')
        w.int16(error, 'ErrorCode')
        w.int64(-1, 'Timestamp')
        w.int64(offset, 'Offset')
        w.int32(1, 'LeaderEpoch')
      })
    })
    return w.finish()
  }
  const rows = { topicNames: ['orders'], topicIndex: Uint32Array.of(0, 0), partition: Int32Array.of(0, 1) }
  const decode = (bytes: Uint8Array): unknown => decodeListOffsets(5, bytes, { rows, from: 0, to: 2 })

  it.each([
    ['another offset', { index: 1, error: 0, offset: 9 }],
    ['the same offset', { index: 1, error: 0, offset: 5 }],
    ['an error', { index: 1, error: 6, offset: -1 }],
  ])('that answers a partition twice, the second time with %s, is refused', (_what, again) => {
    const first = { index: 0, error: 0, offset: 7 }
    expect(decode(answer([first, { index: 1, error: 0, offset: 5 }]))).toBeDefined()
    for (const error of [0, -1])
      expect(() => decode(answer([first, { index: 1, error, offset: 5 }, again]))).toThrow(
        malformed('orders-1 is answered twice'),
      )
  })

  it('that answers what was not asked for twice is taken', () => {
    const odd = { index: 8, error: 0, offset: 1 }
    expect(decode(answer([odd, odd, { index: 0, error: 0, offset: 7 }]))).toBeDefined()
  })
})

describe('answers to writes', () => {
  it('that name a topic twice, taken and refused, are no answer', () => {
    const w = new Writer('test', false)
    w.int32(0, 'ThrottleTimeMs')
    w.array([0, 44], 'Responses', (error) => {
      w.int16(error, 'ErrorCode')
      w.nullableString(null, 'ErrorMessage')
      w.int8(2, 'ResourceType')
      w.string('orders', 'ResourceName')
    })
    expect(() => incrementalAlterConfigs.decode(0, w.finish())).toThrow(
      malformed('Resource "orders" is answered twice'),
    )
  })

  it.each([
    ['in one entry', [[0, 0]]],
    ['in two entries', [[0], [0]]],
  ])('that name a partition twice %s are no answer', (_what, entries) => {
    const w = new Writer('test', false)
    w.int32(0, 'ThrottleTimeMs')
    w.int16(0, 'ErrorCode')
    w.array(entries, 'ReplicaElectionResults', (partitions) => {
      w.string('orders', 'Topic')
      w.array(partitions, 'PartitionResult', (index) => {
        w.int32(index, 'PartitionId')
        w.int16(0, 'ErrorCode')
        w.nullableString(null, 'ErrorMessage')
      })
    })
    expect(() => electLeaders.decode(1, w.finish())).toThrow(malformed('Partition "orders" 0 is answered twice'))
  })
})
