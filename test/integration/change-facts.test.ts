import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createConfigs } from '../../src-main/change/configs/create-configs'
import type { Configs } from '../../src-main/change/configs/configs'
import { gatherFacts, type TopicAsked } from '../../src-main/change/plan/facts/gather'
import type { FactName, TopicFacts } from '../../src-main/change/plan/guards/guard'
import { createLinks, type Links } from '../../src-main/change/links/links'
import type { LiveCluster } from '../../src-main/ports/live-cluster'
import type { ConfigValue } from '../../src-main/contract/config'
import type { ColumnProgress } from '../../src-main/contract/tasks'
import type { Result } from '../../src-main/contract/result'
import { findPartition } from '../../src-main/domain/topology/topology'
import { createSampleStore } from '../../src-main/history/samples'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { createClock } from '../../src-main/ports/clock'
import type { ClusterSession } from '../../src-main/monitor/session'
import { createSession } from '../../src-main/monitor/session'
import { commitOffsets, startSandbox, until, writeRecords } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { liveOf } from '../support/live-cluster'
import { asked } from '../support/plans'
import { endings } from '../support/endings'

/** Ten segments of 100 records, one every ten minutes, the first 100 minutes ago. */
const SEGMENTS = 'facts.segments'
const UNKEYED = 'facts.unkeyed'
const MINUTE = 60_000
const RECORDS = 1_000
const VALUE_BYTES = 200
const GROUP = 'behind'

const clock = createClock()
const opened = endings()
let sandbox: Sandbox
let session: ClusterSession
let live: LiveCluster
let links: Links
let configs: Configs

beforeAll(async () => {
  sandbox = await startSandbox({
    label: 'facts',
    steadyTraffic: false,
    overrides: {
      'log.retention.hours': '100',
      'log.retention.check.interval.ms': '1000',
      'log.initial.task.delay.ms': '1000',
    },
    topics: [
      { name: SEGMENTS, assignment: [[1, 2, 3]], configs: { 'segment.ms': '60000', 'retention.ms': '604800000' } },
      {
        name: UNKEYED,
        assignment: [
          [2, 3, 1],
          [3, 1, 2],
        ],
        configs: { 'min.insync.replicas': '1', 'leader.replication.throttled.replicas': '*' },
      },
    ],
  })
  opened.add(() => sandbox.close())
  const { cluster } = sandbox
  await writeRecords(cluster, {
    topic: SEGMENTS,
    count: RECORDS,
    bytes: VALUE_BYTES,
    firstAt: Date.now() - 100 * MINUTE,
    stepMs: 10 * MINUTE,
  })
  await writeRecords(cluster, { topic: UNKEYED, count: 40, keyed: false, gzip: true })
  await commitOffsets(cluster, GROUP, SEGMENTS, [250])
  const bootstrap = parseBootstrap([cluster.bootstrap])
  if (!bootstrap.ok) throw new Error(bootstrap.error.message)
  const port = createClusterClient({ bootstrap: bootstrap.value, tls: null, sasl: null })
  session = createSession({
    cluster: 'c',
    port,
    clock,
    busyMs: () => 0,
    intervalMs: 250,
    samples: createSampleStore(),
    onError: (cause) => {
      throw cause
    },
  })
  opened.add(() => session.close())
  live = liveOf(session)
  links = createLinks(live, clock)
  opened.add(() => links.close())
  configs = createConfigs(
    () => live,
    () => links,
  )
  await until('the records to be read of', 90_000, () => (newest(SEGMENTS).logEnd === RECORDS ? true : null))
})

afterAll(opened.all)

/** Leader of a topic's first partition and the largest LEO of its replicas, in the newest reading. */
function newest(topic: string): { leader: number; logEnd: number } {
  const reading = session.inside.reading()
  const row = reading === null ? -1 : findPartition(reading.topology, topic, 0)
  if (reading === null || row < 0) return { leader: -1, logEnd: Number.NaN }
  const { replicaStart } = reading.topology
  return {
    leader: reading.leader[row]!,
    logEnd: Math.max(...reading.logEndOffset.slice(replicaStart[row], replicaStart[row + 1])),
  }
}

async function facts(topic: TopicAsked): Promise<TopicFacts> {
  const gathered = await gatherFacts({ cluster: live, links, clock, topics: [topic] })
  return gathered.topics[0]!
}
const plan = (topic: string, changes: Parameters<typeof asked>[1], ...needs: FactName[]): TopicAsked =>
  asked(topic, changes, { 'cleanup.policy': 'delete' }, needs)

async function value<T>(work: Promise<Result<T>>): Promise<T> {
  const result = await work
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}
const keyOf = (values: readonly ConfigValue[], key: string): ConfigValue | undefined =>
  values.find(({ name }) => name === key)

describe('settings', () => {
  it('tell what holds without the override, also what Kafka lists no layer for', async () => {
    const segments = await value(configs.topic({ cluster: 'c', topic: SEGMENTS, again: true }))
    expect(keyOf(segments.values, 'retention.ms')).toMatchObject({
      value: '604800000',
      source: 1,
      inherited: { value: '360000000', source: 5 },
    })
    expect(keyOf(segments.values, 'segment.ms')).toMatchObject({ inherited: { value: '604800000', source: 5 } })
    expect(segments).toMatchObject({ mayAlter: true, internal: false })
    const unkeyed = await value(configs.topic({ cluster: 'c', topic: UNKEYED, again: true }))
    expect(keyOf(unkeyed.values, 'leader.replication.throttled.replicas')).toMatchObject({
      value: '*',
      inherited: { value: '', source: 5 },
    })
    expect(unkeyed.audit).toMatchObject({
      findings: ['leader-alone'],
      replicationFactor: 3,
      fix: [{ key: 'min.insync.replicas', op: 'set', value: '2' }],
    })
  })

  it('hold as told once every override is gone', async () => {
    const { values } = await value(configs.topic({ cluster: 'c', topic: UNKEYED, again: true }))
    const own = values.filter(({ source }) => source === 1)
    expect(own.length).toBeGreaterThanOrEqual(2)
    await sandbox.admin.alterTopic(UNKEYED, Object.fromEntries(own.map(({ name }) => [name, null])))
    expect(await sandbox.admin.overrides(UNKEYED)).toEqual({})
    const now = await sandbox.admin.describeTopic(UNKEYED)
    for (const { name, inherited } of own) expect([name, now.get(name)]).toEqual([name, inherited])
  })

  it('are the same for every key of a topic made with all of them', async () => {
    const plain = await sandbox.admin.describeTopic(UNKEYED)
    const overridable = [...plain].flatMap(([name, { value: text }]) => (text === null ? [] : [[name, text] as const]))
    await sandbox.admin.createTopics([
      { name: 'facts.all', assignment: [[1]], configs: Object.fromEntries(overridable) },
    ])
    const all = await until('the topic to be there', 60_000, async () => {
      const view = await configs.topic({ cluster: 'c', topic: 'facts.all', again: true })
      return view.ok ? view.value : null
    })
    expect(all.values.filter(({ source }) => source === 1)).toHaveLength(overridable.length)
    for (const { name, inherited } of all.values) expect([name, inherited]).toEqual([name, plain.get(name)])
  })

  it("have Kafka's own words, and those of a broker are its own", async () => {
    expect((await value(configs.docs('c', SEGMENTS, 'min.insync.replicas'))).text).toMatch(/replicas/)
    expect((await value(configs.docs('c', '', 'replica.lag.time.max.ms'))).text).toMatch(/follower/)
    const broker = await value(configs.broker({ cluster: 'c', broker: 2, again: true }))
    expect(keyOf(broker.values, 'node.id')).toMatchObject({ value: '2', readOnly: true })
    const told: ColumnProgress[] = []
    await configs.column(
      { cluster: 'c', key: 'retention.ms', topics: [UNKEYED, 'no-such-topic', SEGMENTS] },
      { signal: new AbortController().signal, progress: (step) => told.push(step) },
    )
    expect(told.flatMap((step) => (step.batch === 'read' ? [step.column] : []))[0]).toMatchObject({
      values: ['360000000', null, '604800000'],
      sources: [5, 0, 1],
      errors: [0, 3, 0],
    })
    expect(await configs.topic({ cluster: 'c', topic: 'no-such-topic', again: true })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })
})

describe('facts of a plan', () => {
  const AGE = String(45 * MINUTE)

  it('what a shorter retention makes deletable, and who has not read it', async () => {
    const found = await facts(plan(SEGMENTS, { 'retention.ms': ['604800000', AGE] }, 'deletable', 'groups'))
    expect(found.deletable).toMatchObject({ known: true, value: [{ partition: 0, records: 600, from: 600 }] })
    expect(found.groups).toMatchObject({ known: true, value: [{ group: GROUP, partition: 0, unreadRecords: 350 }] })
    expect(found.deletable).not.toHaveProperty('missing')
    expect(found.groups).not.toHaveProperty('missing')
  })

  it('what a smaller size makes deletable', async () => {
    const { sizes } = await facts(plan(SEGMENTS, {}, 'sizes'))
    const bytes = sizes.known ? sizes.value.get(0)! : Number.NaN
    expect(bytes).toBeGreaterThan(RECORDS * VALUE_BYTES)
    expect(bytes).toBeLessThan(RECORDS * VALUE_BYTES * 2)
    const { deletable } = await facts(
      plan(SEGMENTS, { 'retention.bytes': ['-1', String(Math.round(bytes / 2))] }, 'sizes', 'deletable'),
    )
    const records = deletable.known ? deletable.value[0]!.records : Number.NaN
    expect(records).toBeGreaterThan(RECORDS * 0.45)
    expect(records).toBeLessThan(RECORDS * 0.55)
  })

  it('records without a key, also compressed', async () => {
    const { sample } = await facts(plan(UNKEYED, {}, 'sample'))
    expect(sample).toMatchObject({
      known: true,
      value: { partitions: 2, records: 40, withoutKey: 40, unreadable: 0, compression: 'gzip' },
    })
    expect((await facts(plan(SEGMENTS, {}, 'sample'))).sample).toMatchObject({ known: true, value: { withoutKey: 0 } })
  })

  it('a broker that does not answer costs its own part', async () => {
    await sandbox.cluster.freeze(2)
    try {
      const found = await facts(plan(UNKEYED, { 'retention.ms': ['360000000', '1'] }, 'deletable', 'sizes'))
      expect(found.sizes).toMatchObject({ known: true })
      expect(found.deletable).toMatchObject({
        known: true,
        value: [{ partition: 1 }],
        missing: [{ id: 'why.silent', args: { broker: 2 } }],
      })
    } finally {
      await sandbox.cluster.thaw(2)
    }
  })

  it('was an upper bound of what Kafka then deletes', async () => {
    await sandbox.admin.alterTopic(SEGMENTS, { 'retention.ms': AGE })
    const rows = { topicNames: [SEGMENTS], topicIndex: Uint32Array.of(0), partition: Int32Array.of(0) }
    const start = await until('segments to be deleted', 120_000, async () => {
      const { offset } = await (
        await links.at(newest(SEGMENTS).leader)
      ).offsets({ what: 'log-start', rows, from: 0, to: 1 }, 10_000)
      return offset[0]! > 0 ? offset[0]! : null
    })
    expect(start).toBeLessThanOrEqual(600)
    expect(start).toBeGreaterThanOrEqual(500)
  })
})
