import { isDeepStrictEqual } from 'node:util'
import { alterPartitionReassignments } from '../../src-main/kafka/wire/alter-partition-reassignments'
import type { Codec } from '../../src-main/kafka/wire/codec'
import { SOURCE_BROKER, SOURCE_TOPIC } from '../../src-main/contract/config'
import { KafkaError } from '../../src-main/shared/kafka-codes'
import { RESOURCE_BROKER, RESOURCE_TOPIC, describeConfigs } from '../../src-main/kafka/wire/describe-configs'
import { ELECTION_PREFERRED, electLeaders } from '../../src-main/kafka/wire/elect-leaders'
import { CONFIG_DELETE, CONFIG_SET, incrementalAlterConfigs } from '../../src-main/kafka/wire/incremental-alter-configs'
import type { BrokerHandle } from './cluster'
import { keyOf, metadataView } from './cluster-view'
import type { ClusterView } from './cluster-view'
import { createAcls, deleteAcls } from './acls'
import type { AclRule } from './acls'
import { alterRequestQuota, describeRequestQuota } from './client-quotas'
import { createTopics } from './create-topics'
import type { NewTopic } from './create-topics'
import { deleteTopics } from './delete-topics'
import { askBroker } from './raw-client'
import { raiseFeature } from './update-features'
import { until } from './until'

/** A setting and its new value; null takes the override away. */
export type Settings = Readonly<Record<string, string | null>>

export interface Assignment {
  readonly topic: string
  readonly partition: number
  readonly replicas: readonly number[]
}

/** One key of a topic as a broker tells it; `source` 1 = the topic's own override (DescribeConfigsResponse.java). */
export interface Setting {
  readonly value: string | null
  readonly source: number
}

/**
 * Every change resolves when all running brokers show it: a write is answered when the controller has committed it, and brokers learn of it one
 * after the other, 0-40 ms later and more on a busy machine. So whoever reads from now on sees it, whichever broker is asked.
 */
export interface RawAdmin {
  /** What one broker's Metadata says (any running broker when none is named, and another may know less or more at that moment). */
  view(brokerId?: number): Promise<ClusterView>
  /** What the Metadata of each running broker says. */
  views(): Promise<readonly ClusterView[]>
  createTopics(topics: readonly NewTopic[]): Promise<void>
  deleteTopic(topic: string): Promise<void>
  /** Every key by name, as the named broker (any running one otherwise) knows it. Throws when there is no such topic. */
  describeTopic(topic: string, brokerId?: number): Promise<ReadonlyMap<string, Setting>>
  /** What the topic itself overrides, by key: by the named broker, or as all running brokers tell it once they agree. */
  overrides(topic: string, brokerId?: number): Promise<Readonly<Record<string, string>>>
  alterTopic(topic: string, settings: Settings): Promise<void>
  /** Every key of a broker by name, in its own words. */
  describeBroker(id: number): Promise<ReadonlyMap<string, Setting>>
  /** A broker's own settings can only be changed at that broker, so it has to answer. */
  alterBroker(id: number, settings: Settings): Promise<void>
  /** How much of a broker's request threads a client id may use, in percent of one; null takes the quota away. */
  requestQuota(clientId: string, percent: number | null): Promise<void>
  /** Rules of the authorizer. Only the controller is known to have them afterwards: brokers tell nobody which they know, and learn of them within a second. */
  createAcls(rules: readonly AclRule[]): Promise<void>
  deleteAcls(rules: readonly AclRule[]): Promise<void>
  /** Resolves when the controller has it: brokers tell it a moment later. */
  raiseFeature(feature: string, level: number): Promise<void>
  reassign(assignments: readonly Assignment[]): Promise<void>
  /** Preferred election; "not needed" and "the preferred one is not there" count as done. */
  electPreferred(partitions: readonly { topic: string; partition: number }[]): Promise<void>
}

/** DescribeConfigsResponse.java: an override of the topic, or of this one broker. */
const OVERRIDE_OF = new Map([
  [RESOURCE_TOPIC, SOURCE_TOPIC],
  [RESOURCE_BROKER, SOURCE_BROKER],
])
const settled = new Set<number>([
  KafkaError.NONE,
  KafkaError.ELECTION_NOT_NEEDED,
  KafkaError.PREFERRED_LEADER_NOT_AVAILABLE,
])
const SHOWN_WITHIN_MS = 60_000

/**
 * Changes to a sandbox cluster, sent with the product's own codecs. Takes the brokers' present state from `brokers`.
 * With ZooKeeper only the controller accepts some of them (41 elsewhere); KRaft brokers pass them on.
 */
export function rawAdmin(brokers: () => readonly BrokerHandle[], zookeeper = false): RawAdmin {
  const portOf = (id?: number): number => {
    const found = brokers().find((broker) => (id === undefined ? broker.state === 'running' : broker.id === id))
    if (!found) throw new Error(id === undefined ? 'No broker of the sandbox is running' : `There is no broker ${id}`)
    return found.port
  }
  async function ask<Q, A>(
    codec: Codec<Q, A>,
    version: number,
    request: Q,
    broker?: number,
    timeoutMs = 10_000,
  ): Promise<A> {
    const body = codec.encode(version, request)
    return codec.decode(
      version,
      await askBroker(portOf(broker), { apiKey: codec.apiKey, apiVersion: version, body, timeoutMs }),
    )
  }
  const running = (): number[] =>
    brokers()
      .filter(({ state }) => state === 'running')
      .map(({ id }) => id)
  const atEach = <T>(question: (broker: number) => Promise<T>): Promise<T[]> => Promise.all(running().map(question))
  const shown = (what: string, holds: () => Promise<boolean>): Promise<true> =>
    until(`every broker to show ${what}`, SHOWN_WITHIN_MS, async () => (await holds()) || null, 20)
  const view: RawAdmin['view'] = (id) => ask(metadataView, 7, null, id)
  const views: RawAdmin['views'] = () => atEach(view)
  const everyView = (what: string, holds: (view: ClusterView) => boolean): Promise<true> =>
    shown(what, async () => (await views()).every(holds))

  const describe = async (
    resourceType: number,
    resourceName: string,
    broker?: number,
  ): Promise<ReadonlyMap<string, Setting>> => {
    const request = {
      resources: [{ resourceType, resourceName, configurationKeys: null }],
      includeSynonyms: false,
      includeDocumentation: false,
    }
    const [result] = (await ask(describeConfigs, 3, request, broker)).results
    if (!result || result.errorCode !== 0)
      throw new Error(`Settings of ${resourceName} were not told: ${result?.errorCode ?? 'no answer'}`)
    return new Map(result.configs.map(({ name, value, configSource }) => [name, { value, source: configSource }]))
  }
  const own = async (
    resourceType: number,
    resourceName: string,
    broker?: number,
  ): Promise<Readonly<Record<string, string>>> => {
    const all = [...(await describe(resourceType, resourceName, broker))]
    return Object.fromEntries(
      all.flatMap(([key, { value, source }]) => (source === OVERRIDE_OF.get(resourceType) ? [[key, value ?? '']] : [])),
    )
  }
  const alter = async (
    resourceType: number,
    resourceName: string,
    settings: Settings,
    broker?: number,
  ): Promise<void> => {
    const configs = Object.entries(settings).map(([name, value]) => ({
      name,
      configOperation: value === null ? CONFIG_DELETE : CONFIG_SET,
      value,
    }))
    const request = { resources: [{ resourceType, resourceName, configs }], validateOnly: false }
    const { responses } = await ask(incrementalAlterConfigs, 0, request, broker)
    for (const { errorCode, errorMessage } of responses) {
      if (errorCode !== 0)
        throw new Error(`Settings of ${resourceName} were refused: ${errorCode} ${errorMessage ?? ''}`)
    }
    await shown(`the settings of ${resourceName}`, async () => {
      const told =
        broker === undefined
          ? await atEach((id) => own(resourceType, resourceName, id))
          : [await own(resourceType, resourceName, broker)]
      return told.every((now) => Object.entries(settings).every(([key, value]) => (now[key] ?? null) === value))
    })
  }
  const controller = async (): Promise<number | undefined> => (zookeeper ? (await view()).controllerId : undefined)
  return {
    view,
    views,
    createTopics: async (topics) => {
      for (const topic of await ask(createTopics, 4, topics, await controller(), 30_000)) {
        if (topic.errorCode !== 0)
          throw new Error(`Topic ${topic.name} was refused: ${topic.errorCode} ${topic.errorMessage ?? ''}`)
      }
      await everyView('the new topics', ({ partitions }) => {
        const there = new Set(partitions.map(keyOf))
        return topics.every(({ name, assignment }) =>
          assignment.every((_, partition) => there.has(keyOf({ topic: name, partition }))),
        )
      })
    },
    deleteTopic: async (topic) => {
      const [answer] = await ask(deleteTopics, 3, [topic], await controller(), 30_000)
      if (answer?.errorCode !== 0) throw new Error(`Deleting ${topic} was refused: ${answer?.errorCode ?? 'no answer'}`)
      await everyView(`that ${topic} is gone`, ({ partitions }) => partitions.every((row) => row.topic !== topic))
    },
    describeTopic: (topic, broker) => describe(RESOURCE_TOPIC, topic, broker),
    overrides: async (topic, broker) => {
      if (broker !== undefined) return own(RESOURCE_TOPIC, topic, broker)
      return until(
        `the brokers to agree on the settings of ${topic}`,
        SHOWN_WITHIN_MS,
        async () => {
          const [first, ...others] = await atEach((id) => own(RESOURCE_TOPIC, topic, id))
          return first !== undefined && others.every((told) => isDeepStrictEqual(told, first)) ? first : null
        },
        20,
      )
    },
    alterTopic: (topic, settings) => alter(RESOURCE_TOPIC, topic, settings),
    describeBroker: (id) => describe(RESOURCE_BROKER, String(id), id),
    alterBroker: (id, settings) => alter(RESOURCE_BROKER, String(id), settings, id),
    requestQuota: async (clientId, percent) => {
      const [answer] = await ask(alterRequestQuota, 0, { clientId, percent })
      if (answer?.errorCode !== 0)
        throw new Error(`The quota of ${clientId} was refused: ${answer?.errorCode} ${answer?.errorMessage ?? ''}`)
      await shown(`the quota of ${clientId}`, async () =>
        (await atEach((id) => ask(describeRequestQuota, 0, clientId, id))).every((told) => told === percent),
      )
    },
    raiseFeature: async (feature, level) => {
      for (const { errorCode, errorMessage } of await ask(raiseFeature, 1, { feature, level }, undefined, 30_000))
        if (errorCode !== 0)
          throw new Error(`Level ${level} of ${feature} was refused: ${errorCode} ${errorMessage ?? ''}`)
    },
    createAcls: async (rules) => rulesDone(await ask(createAcls, 1, rules)),
    deleteAcls: async (rules) => rulesDone(await ask(deleteAcls, 1, rules)),
    reassign: async (assignments) => {
      const topics = groupByTopic(assignments).map(([name, rows]) => ({
        name,
        partitions: rows.map(({ partition, replicas }) => ({ partitionIndex: partition, replicas })),
      }))
      const request = { timeoutMs: 10_000, allowReplicationFactorChange: true, topics }
      const answer = await ask(alterPartitionReassignments, 0, request, await controller(), 15_000)
      const refused = answer.responses
        .flatMap((topic) => topic.partitions)
        .find((partition) => partition.errorCode !== 0)
      const code = answer.errorCode || refused?.errorCode
      if (code)
        throw new Error(`Reassignment was refused: ${code} ${answer.errorMessage ?? refused?.errorMessage ?? ''}`)
      const wanted = new Map(assignments.map((row) => [keyOf(row), row.replicas]))
      // While it runs the replicas that are to go stand behind the new ones (PartitionReassignmentReplicas.java).
      await everyView('the new replicas', ({ partitions }) =>
        partitions.every((row) => {
          const replicas = wanted.get(keyOf(row))
          return replicas === undefined || replicas.every((id, at) => row.replicas[at] === id)
        }),
      )
    },
    electPreferred: async (partitions) => {
      const topicPartitions = groupByTopic(partitions).map(([topic, rows]) => ({
        topic,
        partitions: rows.map(({ partition }) => partition),
      }))
      const request = { electionType: ELECTION_PREFERRED, topicPartitions, timeoutMs: 10_000 }
      const answer = await ask(electLeaders, 1, request, await controller(), 15_000)
      const results = answer.replicaElectionResults.flatMap(({ topic, partitionResult }) =>
        partitionResult.map((result) => ({ ...result, key: keyOf({ topic, partition: result.partitionId }) })),
      )
      const refused = results.find((result) => !settled.has(result.errorCode))
      if (refused) throw new Error(`Election was refused: ${refused.errorCode} ${refused.errorMessage ?? ''}`)
      const led = new Set(
        results.flatMap(({ key, errorCode }) => (errorCode === KafkaError.PREFERRED_LEADER_NOT_AVAILABLE ? [] : [key])),
      )
      await everyView('the preferred leaders', (told) =>
        told.partitions.every((row) => !led.has(keyOf(row)) || row.leader === row.replicas[0]),
      )
    },
  }
}

function rulesDone(results: readonly { readonly errorCode: number; readonly errorMessage: string | null }[]): void {
  const refused = results.find(({ errorCode }) => errorCode !== 0)
  if (refused) throw new Error(`Rules were refused: ${refused.errorCode} ${refused.errorMessage ?? ''}`)
}

function groupByTopic<Row extends { readonly topic: string }>(rows: readonly Row[]): [string, Row[]][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(row.topic, [...(groups.get(row.topic) ?? []), row])
  return [...groups]
}
