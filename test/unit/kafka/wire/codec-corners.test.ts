import { describe, expect, it } from 'vitest'
import { alterPartitionReassignments } from '../../../../src-main/kafka/wire/alter-partition-reassignments'
import { apiVersions } from '../../../../src-main/kafka/wire/api-versions'
import { pickVersion } from '../../../../src-main/kafka/wire/codec'
import { describeCluster } from '../../../../src-main/kafka/wire/describe-cluster'
import { describeLogDirs } from '../../../../src-main/kafka/wire/describe-log-dirs'
import { describeTopicPartitions } from '../../../../src-main/kafka/wire/describe-topic-partitions'
import { metadata } from '../../../support/decode-whole'
import { listOffsetsApi } from '../../../../src-main/kafka/wire/list-offsets-request'
import { offsetForLeaderEpoch } from '../../../../src-main/kafka/wire/offset-for-leader-epoch'
import { Writer } from '../../../../src-main/kafka/wire/writer'
import { fromHex, toHex } from '../../../support/captured-answers'

const hex = (text: string): string => text.replace(/[^0-9a-f]/g, '')

describe('pickVersion', () => {
  it('takes the best version that both sides speak', () => {
    expect(pickVersion(metadata, { minVersion: 0, maxVersion: 10 })).toBe(7)
    expect(pickVersion(metadata, { minVersion: 0, maxVersion: 11 })).toBe(11)
    expect(pickVersion(metadata, { minVersion: 0, maxVersion: 12 })).toBe(12)
    expect(pickVersion(metadata, { minVersion: 13, maxVersion: 14 })).toBe(13)
    expect(pickVersion(listOffsetsApi, { minVersion: 1, maxVersion: 11 })).toBe(5)
    expect(pickVersion(describeLogDirs, { minVersion: 0, maxVersion: 2 })).toBe(1)
    expect(pickVersion(alterPartitionReassignments, { minVersion: 0, maxVersion: 1 })).toBe(1)
    expect(pickVersion(describeCluster, { minVersion: 0, maxVersion: 1 })).toBe(1)
  })

  it('says null when there is none, or when the broker does not know the API', () => {
    expect(pickVersion(metadata, { minVersion: 14, maxVersion: 20 })).toBeNull()
    expect(pickVersion(metadata, undefined)).toBeNull()
  })
})

describe('AlterPartitionReassignments v1 (4.1+)', () => {
  const request = {
    timeoutMs: 5000,
    allowReplicationFactorChange: false,
    topics: [{ name: 'a', partitions: [{ partitionIndex: 1, replicas: [3, 2] }] }],
  }

  it('says whether the replication factor may change', () => {
    const body = hex('00 00001388 00 02 02 61 02 00000001 03 00000003 00000002 00 00 00')
    expect(toHex(alterPartitionReassignments.encode(1, request))).toBe(body)
    const answer = alterPartitionReassignments.decode(
      1,
      fromHex(hex('00 00000000 00 0000 00 02 02 61 02 00000001 0026 00 00 00 00')),
    )
    expect(answer.allowReplicationFactorChange).toBe(false)
    expect(answer.responses).toEqual([
      { name: 'a', partitions: [{ partitionIndex: 1, errorCode: 38, errorMessage: null }] },
    ])
  })

  it('is not sent as v0 when it forbids what v0 always allows', () => {
    expect(() => alterPartitionReassignments.encode(0, request)).toThrow(expect.objectContaining({ code: 'version' }))
  })
})

describe('DescribeTopicPartitions', () => {
  const cursor = { topicName: 'a', partitionIndex: 7 }

  it('goes on from a cursor, and hands out the next one', () => {
    const body = describeTopicPartitions.encode(0, { topics: [], responsePartitionLimit: 2, cursor })
    expect(toHex(body)).toBe(hex('00 01 00000002 01 02 61 00000007 00 00'))
    const answer = describeTopicPartitions.decode(0, fromHex(hex('00 00000000 01 01 02 61 00000007 00 00')))
    expect(answer).toEqual({ throttleTimeMs: 0, topics: [], nextCursor: cursor })
  })
})

describe('OffsetForLeaderEpoch v3', () => {
  it('asks and answers in the layout of kafka-clients', () => {
    const body = offsetForLeaderEpoch.encode(3, {
      topics: [{ topic: 'a', partitions: [{ partition: 1, leaderEpoch: 4 }] }],
    })
    expect(toHex(body)).toBe(hex('fffffffe 00000001 0001 61 00000001 00000001 ffffffff 00000004'))
    const bytes = hex('00000000 00000001 0001 61 00000001 0000 00000001 00000004 0000000000000203')
    expect(offsetForLeaderEpoch.decode(3, fromHex(bytes)).topics).toEqual([
      { topic: 'a', partitions: [{ errorCode: 0, partition: 1, leaderEpoch: 4, endOffset: 515 }] },
    ])
  })
})

describe('ApiVersions', () => {
  it('understands a broker that refuses v3, which answers in the layout of v0 (KIP-511)', () => {
    const answer = apiVersions.decode(3, fromHex(hex('0023 00000001 0012 0000 0002')))
    expect(answer.errorCode).toBe(35)
    expect(answer.apiKeys).toEqual([{ apiKey: 18, minVersion: 0, maxVersion: 2 }])
  })

  it('passes over tags that a newer broker may add', () => {
    const answer = apiVersions.decode(3, fromHex(hex('0000 01 00000000 02 01 08 0000000000000029 63 02 abcd')))
    expect(answer.finalizedFeaturesEpoch).toBe(41)
  })

  it('refuses a tag whose content has another length than it says', () => {
    const bytes = fromHex(hex('0000 01 00000000 01 01 09 0000000000000029 00'))
    expect(() => apiVersions.decode(3, bytes)).toThrow(expect.objectContaining({ code: 'malformed' }))
  })
})

describe('DescribeLogDirs', () => {
  it('rounds a disk of 2^63 bytes (network file systems), where an offset of that size is refused', () => {
    const head = '00 00000000 0000 02 0000 02 64 02 02 61 02'
    const sizes = '7ffffffffffff000 0000000000000001'
    const bytes = (offsetLag: string): Uint8Array =>
      fromHex(hex(`${head} 00000001 0000000000000005 ${offsetLag} 00 00 00 ${sizes} 00 00`))
    const answer = describeLogDirs.decode(4, bytes('0000000000000000'))
    expect(answer.results[0]?.totalBytes).toBe(2 ** 63 - 4096)
    expect(() => describeLogDirs.decode(4, bytes('0020000000000000'))).toThrow(
      /DescribeLogDirs: OffsetLag is beyond 2\^53/,
    )
  })
})

describe('DescribeCluster v1', () => {
  it('has an endpoint type and no fenced brokers', () => {
    const w = new Writer('DescribeCluster', true)
    w.tags()
    w.int32(0, '')
    w.int16(0, '')
    w.nullableString(null, '')
    w.int8(1, '')
    w.string('id', '')
    w.int32(2, '')
    w.array([1], '', (id) => {
      w.int32(id, '')
      w.string('host', '')
      w.int32(9092, '')
      w.nullableString(null, '')
      w.tags()
    })
    w.int32(-2147483648, '')
    w.tags()
    expect(describeCluster.decode(1, w.finish()).brokers).toEqual([
      { brokerId: 1, host: 'host', port: 9092, rack: null, isFenced: false },
    ])
    const request = { includeClusterAuthorizedOperations: false, includeFencedBrokers: true }
    expect(toHex(describeCluster.encode(1, request))).toBe(hex('00 00 01 00'))
  })
})
