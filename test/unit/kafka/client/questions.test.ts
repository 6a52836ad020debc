import { describe, expect, it } from 'vitest'
import { readElr } from '../../../../src-main/kafka/client/elr-pages'
import { kafkaError } from '../../../../src-main/kafka/client/kafka-errors'
import {
  configAnswers,
  configsRequest,
  metadataOffsetOf,
  noneAtTime,
  offsetsRequest,
  quorumAnswer,
  reassignmentAnswer,
} from '../../../../src-main/kafka/client/questions'
import { apiVersions } from '../../../../src-main/kafka/wire/api-versions'
import { describeQuorum } from '../../../../src-main/kafka/wire/describe-quorum'
import type {
  DescribeTopicPartitionsRequest,
  DescribeTopicPartitionsResponse,
} from '../../../../src-main/kafka/wire/describe-topic-partitions'
import { capturedAnswers, fromHex } from '../../../support/captured-answers'

const rows = { topicNames: ['t'], topicIndex: Uint32Array.of(0), partition: Int32Array.of(0) }

describe('how new a view of the cluster is', () => {
  it('is told by every KRaft broker, and by none with ZooKeeper, whose figure stands still', () => {
    const answers = capturedAnswers().filter(({ api }) => api === 'ApiVersions')
    const told = answers.map(
      ({ kafka, version, response }) =>
        [kafka, metadataOffsetOf(apiVersions.decode(version, fromHex(response)))] as const,
    )
    expect(Object.fromEntries(told)).toEqual({
      '2.8.2': Number.NaN,
      '3.3.2': 26,
      '3.6.2': 30,
      '3.9.1': 31,
      '4.0.0': 32,
      '4.1.1': 36,
      '4.4.0': 41,
    })
  })
})

describe('questions', () => {
  it.each([
    ['log-end', -2, -1],
    ['high-watermark', -1, -1],
    ['log-start', -2, -2],
  ] as const)('%s asks with replica id %i and timestamp %i', (what, replicaId, timestamp) => {
    expect(offsetsRequest({ what, rows, from: 0, to: 1 })).toMatchObject({ replicaId, isolation: 0, timestamp })
  })

  it("looks a time up as a consumer does, at the last whole millisecond; times before Kafka's own marks", () => {
    const at = (atMs: number): unknown => offsetsRequest({ what: 'at-time', atMs, rows, from: 0, to: 1 })
    expect(at(1700.9)).toMatchObject({ replicaId: -1, isolation: 0, timestamp: 1700 })
    expect(at(-2)).toMatchObject({ timestamp: 0 })
    expect(offsetsRequest({ what: 'at-time', rows, from: 0, to: 1 }).timestamp).toBeNaN()
  })

  it('asks for synonyms and documentation only when they are wanted', () => {
    expect(configsRequest([], null)).toMatchObject({ includeSynonyms: false, includeDocumentation: false })
    expect(configsRequest([], null, { synonyms: true })).toMatchObject({
      includeSynonyms: true,
      includeDocumentation: false,
    })
    expect(configsRequest([], null, { docs: true })).toMatchObject({
      includeSynonyms: false,
      includeDocumentation: true,
    })
  })

  it('asks topics and brokers for their settings by type', () => {
    const { resources } = configsRequest(
      [
        { type: 'topic', name: 't' },
        { type: 'broker', name: '1' },
      ],
      ['a'],
    )
    expect(resources).toEqual([
      { resourceType: 2, resourceName: 't', configurationKeys: ['a'] },
      { resourceType: 4, resourceName: '1', configurationKeys: ['a'] },
    ])
  })
})

describe('answers', () => {
  it('keeps the error of each resource', () => {
    const answer = { errorCode: 29, errorMessage: null, resourceType: 2, resourceName: 't', configs: [] }
    expect(configAnswers({ throttleTimeMs: 0, results: [answer] })).toEqual([
      { type: 'topic', name: 't', error: 29, message: '', entries: [] },
    ])
  })

  it('tells what holds without the topic, and what Kafka says about a key', () => {
    const config = {
      name: 'a',
      value: '2',
      readOnly: false,
      configSource: 1,
      isSensitive: false,
      configType: 3,
      documentation: null,
      synonyms: [
        { name: 'a', value: '2', source: 1 },
        { name: 'broker.a', value: '1', source: 4 },
      ],
    }
    const answer = {
      errorCode: 0,
      errorMessage: null,
      resourceType: 2,
      resourceName: 't',
      configs: [config, { ...config, documentation: 'Why.' }],
    }
    const entries = configAnswers({ throttleTimeMs: 0, results: [answer] })[0]?.entries
    expect(entries?.[0]).toMatchObject({
      value: '2',
      source: 1,
      docs: '',
      synonyms: [
        { value: '2', source: 1 },
        { value: '1', source: 4 },
      ],
    })
    expect(entries?.[1]?.docs).toBe('Why.')
  })

  it('tells "no record that late" from "not known"', () => {
    const columns = {
      offset: Float64Array.of(NaN, NaN, 4),
      errors: Int16Array.of(0, 6, 0),
      leaderEpoch: Int32Array.of(1, -1, 1),
    }
    expect([...noneAtTime(columns).offset]).toEqual([-1, NaN, 4])
  })

  it('takes the quorum error from the top or from the partition, and an answer without it as an error', () => {
    const at = (errorCode: number): Parameters<typeof quorumAnswer>[0]['topics'][number] => ({
      topicName: '__cluster_metadata',
      partitions: [
        {
          partitionIndex: 0,
          errorCode,
          errorMessage: null,
          leaderId: 3,
          leaderEpoch: 2,
          highWatermark: 9,
          currentVoters: [],
          observers: [],
        },
      ],
    })
    const answer = (errorCode: number, topics: Parameters<typeof quorumAnswer>[0]['topics']) =>
      quorumAnswer({ errorCode, errorMessage: null, topics, nodes: [] }, 'b')
    expect(answer(0, [at(0)])).toEqual({
      leader: 3,
      epoch: 2,
      highWatermark: 9,
      voters: [],
      observers: [],
      addresses: [],
    })
    expect(() => answer(31, [])).toThrow(/31/)
    expect(() => answer(0, [at(6)])).toThrow(/NOT_LEADER_OR_FOLLOWER/)
    expect(() => answer(0, [])).toThrow(/UNKNOWN_SERVER_ERROR/)
  })

  it('takes directories and addresses from DescribeQuorum v2, and no directory for none', () => {
    const made = capturedAnswers().find(({ api, version }) => api === 'DescribeQuorum' && version === 2)!
    const answer = quorumAnswer(describeQuorum.decode(2, fromHex(made.response)), 'b')
    expect(answer.voters.map(({ id, directory }) => [id, directory.slice(0, 2)])).toEqual([
      [101, 'Gh'],
      [102, 'Ky'],
      [103, 'PD'],
    ])
    expect(answer.observers.map(({ id, directory }) => [id, directory.slice(0, 2)])).toEqual([
      [103, 'TU'],
      [1, ''],
    ])
    expect(answer.addresses[0]).toEqual({ id: 101, host: 'controller-101.example', port: 40_101 })
  })

  it('never shows the text of an authorization failure, which is a dump of a Java object', () => {
    const response = { throttleTimeMs: 0, errorCode: 31, errorMessage: 'Request Request(processor=0, …', topics: [] }
    expect(() => reassignmentAnswer(response, 'b')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('processor') as string, kafkaError: 31 }),
    )
  })

  it('has a code across IPC for Kafka errors, known or not', () => {
    expect(kafkaError('X', 29, 'b')).toMatchObject({ code: 'not-authorized', kind: 'kafka', kafkaError: 29 })
    expect(kafkaError('X', 999, 'b')).toMatchObject({ code: 'internal', message: 'b answered X with error 999' })
    expect(kafkaError('X', 107, 'b')).toMatchObject({
      code: 'conflict',
      message: 'b answered X with INELIGIBLE_REPLICA (107)',
    })
  })
})

describe('reading ELR', () => {
  const page = (
    partitions: readonly { index: number; error?: number }[],
    nextCursor: DescribeTopicPartitionsResponse['nextCursor'],
  ): DescribeTopicPartitionsResponse => ({
    throttleTimeMs: 0,
    nextCursor,
    topics: [
      {
        errorCode: 0,
        name: 't',
        topicId: '',
        isInternal: false,
        topicAuthorizedOperations: 0,
        partitions: partitions.map(({ index, error = 0 }) => ({
          errorCode: error,
          partitionIndex: index,
          leaderId: 1,
          leaderEpoch: 1,
          replicaNodes: [1],
          isrNodes: [],
          eligibleLeaderReplicas: [1],
          lastKnownElr: null,
          offlineReplicas: [],
        })),
      },
    ],
  })

  it('follows the cursor, keeps leaderless rows and leaves out the others that have an error', async () => {
    const asked: DescribeTopicPartitionsRequest[] = []
    const pages = [
      page([{ index: 0 }, { index: 1, error: 29 }], { topicName: 't', partitionIndex: 2 }),
      page([{ index: 2, error: 5 }], null),
    ]
    const { partitions } = await readElr(['z', 't'], (request) => {
      asked.push(request)
      return Promise.resolve(pages[asked.length - 1] ?? page([], null))
    })
    expect(partitions).toEqual([
      { topic: 't', partition: 0, elr: [1], lastKnownElr: [] },
      { topic: 't', partition: 2, elr: [1], lastKnownElr: [] },
    ])
    expect(asked.map(({ cursor }) => cursor)).toEqual([null, { topicName: 't', partitionIndex: 2 }])
    expect(asked[0]?.topics).toEqual([{ name: 't' }, { name: 'z' }])
  })

  it('ends where a cursor stands still', async () => {
    let asked = 0
    await readElr(['t'], () => {
      asked += 1
      return Promise.resolve(page([{ index: 0 }], { topicName: 't', partitionIndex: 5 }))
    })
    expect(asked).toBe(2)
  })
})
