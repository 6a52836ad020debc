import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MetadataDecoder } from '../../../../src-main/kafka/wire/metadata-decoder'
import { decodeMetadata, metadata } from '../../../support/decode-whole'
import type { MetadataColumns } from '../../../../src-main/domain/topology/columns'
import { bigCluster, bigMetadata, bigTopicName } from '../../../support/big-metadata'
import { capturedAnswers, fromHex, titleOf, toHex } from '../../../support/captured-answers'
import type { Captured } from '../../../support/captured-answers'
import { metadataBytes } from '../../../support/metadata-bytes'
import type { MadeCluster, MadePartition } from '../../../support/metadata-bytes'
import { toRows } from '../../../support/metadata-rows'
import { runWhole } from '../../../../src-main/domain/slices'
import { inPieces } from '../../../support/in-pieces'

interface CapturedRequest {
  readonly topics: readonly { readonly name: string }[]
  readonly includeTopicAuthorizedOperations?: boolean
}

interface CapturedMetadata {
  readonly brokers: readonly {
    readonly nodeId: number
    readonly host: string
    readonly port: number
    readonly rack: string | null
  }[]
  readonly clusterId: string
  readonly controllerId: number
  readonly topics: readonly {
    readonly errorCode: number
    readonly name: string
    readonly topicId?: string
    readonly isInternal: boolean
    readonly topicAuthorizedOperations?: number
    readonly partitions: readonly {
      readonly errorCode: number
      readonly partitionIndex: number
      readonly leaderId: number
      readonly leaderEpoch: number
      readonly replicaNodes: readonly number[]
      readonly isrNodes: readonly number[]
      readonly offlineReplicas: readonly number[]
    }[]
  }[]
}

const NOT_ASKED = -2147483648
const versions = [7, 11, 12, 13] as const

function made(expected: CapturedMetadata): MadeCluster {
  return {
    brokers: expected.brokers.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack })),
    clusterId: expected.clusterId,
    controllerId: expected.controllerId,
    topics: expected.topics.map((topic) => ({
      error: topic.errorCode,
      name: topic.name,
      internal: topic.isInternal,
      operations: topic.topicAuthorizedOperations ?? NOT_ASKED,
      partitions: topic.partitions.map((p) => ({
        error: p.errorCode,
        index: p.partitionIndex,
        leader: p.leaderId,
        epoch: p.leaderEpoch,
        replicas: p.replicaNodes,
        isr: p.isrNodes,
        offline: p.offlineReplicas,
      })),
    })),
  }
}

/** Columns keep the ISR and the offline replicas as sets, so compare them in the order of the replicas. */
function asSets(cluster: MadeCluster): MadeCluster {
  const sorted = (p: MadePartition): MadePartition => {
    const order = (list: readonly number[]): number[] => p.replicas.filter((id) => list.includes(id))
    return { ...p, isr: order(p.isr), offline: order(p.offline) }
  }
  return { ...cluster, topics: cluster.topics.map((topic) => ({ ...topic, partitions: topic.partitions.map(sorted) })) }
}

/** As Kafka's tools print them. */
function topicIds(columns: MetadataColumns): string[] {
  return columns.topicNames.map((_, topic) => {
    const bytes = Buffer.alloc(16)
    for (let word = 0; word < 4; word++) bytes.writeInt32BE(columns.topicIds[topic * 4 + word]!, word * 4)
    return bytes.toString('base64url')
  })
}
const NO_ID = 'A'.repeat(22)

const captured = capturedAnswers().filter((one) => one.apiKey === 3) as Captured<CapturedRequest, CapturedMetadata>[]

describe('captured Metadata answers', () => {
  it.each(captured.map((one) => [titleOf(one), one] as const))('%s', (_title, one) => {
    const { includeTopicAuthorizedOperations = false } = one.request
    const request = { topics: one.request.topics.map(({ name }) => name), includeTopicAuthorizedOperations }
    expect(toHex(metadata.encode(one.version, request))).toBe(one.requestBody)
    const columns = decodeMetadata(one.version, fromHex(one.response))
    expect(toRows(columns)).toEqual(asSets(made(one.expected)))
    expect(columns.strangeIsr).toEqual([])
    expect(topicIds(columns)).toEqual(one.expected.topics.map(({ topicId = NO_ID }) => topicId))
    const decoder = new MetadataDecoder(one.version, fromHex(one.response), { previousNames: columns.topicNames })
    expect(runWhole(decoder.pass()).columns).toEqual(columns)
  })

  it('asks for all topics with a null list', () => {
    expect(toHex(metadata.encode(7, { topics: null }))).toBe('ffffffff00')
    expect(toHex(metadata.encode(12, { topics: null }))).toBe('0000000000')
  })
})

const id = fc.integer({ min: 0, max: 9 })
const partition: fc.Arbitrary<MadePartition> = fc
  .record({
    error: fc.constantFrom(0, 0, 5, 72),
    index: fc.nat(300),
    leader: fc.integer({ min: -1, max: 9 }),
    epoch: fc.integer({ min: -1, max: 2 ** 31 - 1 }),
    replicas: fc.oneof(
      { arbitrary: fc.shuffledSubarray([1, 2, 3], { minLength: 3 }), weight: 3 },
      { arbitrary: fc.uniqueArray(id, { maxLength: 10 }), weight: 2 },
    ),
  })
  .chain((p) =>
    fc
      .record({
        isr: fc.oneof(fc.constant(p.replicas), fc.shuffledSubarray(p.replicas)),
        offline: fc.oneof(fc.constant([]), fc.subarray(p.replicas)),
      })
      .map((sets) => ({ ...p, ...sets })),
  )
const topicName = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9._-]{1,249}$/),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
)
const cluster: fc.Arbitrary<MadeCluster> = fc.record({
  brokers: fc.uniqueArray(fc.record({ id, host: fc.domain(), port: fc.nat(65535), rack: fc.option(fc.string()) }), {
    maxLength: 5,
    selector: (broker) => broker.id,
  }),
  clusterId: fc.option(fc.stringMatching(/^[\w-]{1,30}$/)),
  controllerId: fc.integer({ min: -1, max: 9 }),
  topics: fc.uniqueArray(
    fc.record({
      error: fc.constantFrom(0, 3, 29),
      name: topicName,
      internal: fc.boolean(),
      partitions: fc.uniqueArray(partition, { maxLength: 140, selector: (one) => one.index }),
      operations: fc.constant(NOT_ASKED),
    }),
    { maxLength: 12, selector: (topic) => topic.name },
  ),
})

describe('MetadataDecoder', () => {
  it('says what the broker said, whatever the cluster looks like and however the reading is guessed and sliced', () => {
    const options = fc.record({ partitions: fc.nat(2000), replicas: fc.nat(5000) })
    fc.assert(
      fc.property(cluster, fc.constantFrom(...versions), fc.option(options), (what, version, expected) => {
        const previousNames = what.topics.filter((_, i) => i % 3 !== 1).map((topic) => topic.name)
        const decoder = new MetadataDecoder(version, metadataBytes(version, what), {
          previousNames,
          ...(expected && { expected }),
        })
        const { result, slices } = inPieces(decoder.pass())
        expect(slices).toBeLessThanOrEqual(3)
        expect(toRows(result.columns)).toEqual(asSets(what))
      }),
    )
  })

  it('may stop every 1024 rows and goes on where it was', () => {
    const options = { partitions: 5000, topics: 500, replicationFactor: 3, brokers: 7, shrunkEvery: 9 }
    for (const version of versions) {
      const { result, slices } = inPieces(new MetadataDecoder(version, bigMetadata({ ...options, version })).pass())
      // A look every 1024 rows: 5,500 rows of partitions and topics.
      expect(slices).toBe(6)
      expect(toRows(result.columns)).toEqual(bigCluster(options))
    }
  })

  it('cuts its columns to size, so that they can be sent as they are', () => {
    const decode = (expected?: { partitions: number; replicas: number }): void => {
      const bytes = bigMetadata({ partitions: 9000, topics: 30, replicationFactor: 2, brokers: 7, version: 7 })
      const decoder = new MetadataDecoder(7, bytes, expected === undefined ? {} : { expected })
      const { partition: rows, replicaStart, replicaBroker, replicaFlags, leader } = runWhole(decoder.pass()).columns
      expect([rows.length, replicaStart.length, replicaBroker.length, replicaFlags.length]).toEqual([
        9000, 9001, 18000, 18000,
      ])
      expect(leader.buffer.byteLength).toBe(9000 * 4)
      expect(replicaStart[9000]).toBe(18000)
    }
    decode()
    decode({ partitions: 9000, replicas: 18000 })
    decode({ partitions: 100_000, replicas: 3 })
  })

  it('takes over the names of the last answer, also around a topic that is new and one that is gone', () => {
    const bytes = bigMetadata({ partitions: 10, topics: 5, replicationFactor: 1, brokers: 1, version: 12 })
    const kept = (previousNames: readonly string[]): readonly string[] => {
      const decoder = new MetadataDecoder(12, bytes, { previousNames })
      return runWhole(decoder.pass()).columns.topicNames
    }
    const names = [0, 1, 2, 3, 4].map(bigTopicName)
    expect(kept([])).toEqual(names)
    expect(kept(names)).toEqual(names)
    expect(kept(['gone', ...names])).toEqual(names)
    expect(kept(names.filter((_, i) => i !== 2))).toEqual(names)
    expect(kept([...names].reverse())).toEqual(names)
  })

  it('reports ISR members that are no replicas beside the columns', () => {
    const three = { error: 0, index: 4, leader: 2, epoch: 1, replicas: [1, 2, 3], isr: [1, 9, 3], offline: [8] }
    const two = { ...three, index: 5, replicas: [1, 2], isr: [2, 9] }
    const well = { ...three, index: 6, isr: [1, 2, 3], offline: [] }
    const last = { ...well, index: 7 }
    // Enough after it that the three replicas are read by the fast path, which needs some bytes ahead.
    const topic = { error: 0, name: 'a', internal: false, partitions: [three, two, well, last], operations: NOT_ASKED }
    for (const version of versions) {
      const cluster = { brokers: [], clusterId: null, controllerId: -1, topics: [topic] }
      const decoder = new MetadataDecoder(version, metadataBytes(version, cluster), {
        expected: { partitions: 4, replicas: 11 },
      })
      const { columns } = runWhole(decoder.pass())
      expect(columns.strangeIsr).toEqual([
        [0, 9],
        [1, 9],
      ])
      const partitions = [{ ...three, isr: [1, 3], offline: [] }, { ...two, isr: [2], offline: [] }, well, last]
      expect(toRows(columns).topics[0]?.partitions).toEqual(partitions)
    }
  })

  it('never takes a name for another whose letters only look like its bytes', () => {
    const topic = { error: 0, name: 'é', internal: false, partitions: [], operations: NOT_ASKED }
    for (const version of versions) {
      const bytes = metadataBytes(version, { brokers: [], clusterId: null, controllerId: -1, topics: [topic] })
      const decoder = new MetadataDecoder(version, bytes, { previousNames: ['\u00c3\u00a9'] })
      expect(runWhole(decoder.pass()).columns.topicNames).toEqual(['é'])
    }
  })

  it('hands out the top-level error of v13', () => {
    const decoder = new MetadataDecoder(
      13,
      metadataBytes(13, { brokers: [], clusterId: null, controllerId: -1, topics: [] }, 129),
    )
    expect(runWhole(decoder.pass()).errorCode).toBe(129)
  })

  it('refuses replica lists longer than any cluster, which would take for ever to compare', () => {
    const replicas = Array.from({ length: 1025 }, (_, i) => i)
    const one = { error: 0, index: 0, leader: 1, epoch: 0, replicas, isr: [], offline: [] }
    const topics = [{ error: 0, name: 'a', internal: false, partitions: [one], operations: NOT_ASKED }]
    const bytes = metadataBytes(7, { brokers: [], clusterId: null, controllerId: -1, topics })
    expect(() => decodeMetadata(7, bytes)).toThrow('Metadata: ReplicaNodes has count 1025')
  })
})
