import { CompressionTypes } from 'kafkajs'
import type { Message } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import type { BrokerLink, ClusterPort, ConfigChange, ConfigEntry } from '../../src-main/ports/cluster-port'
import type { MetadataColumns } from '../../src-main/domain/topology/columns'
import { logEndOffset, until } from '../../tools/sandbox/index'
import type { Sandbox } from '../../tools/sandbox/index'
import { patientClient } from '../../tools/sandbox/kafkajs-client'
import { startConsumerGroup } from '../../tools/sandbox/traffic'
import { rowOf } from '../support/rows'
import { endings } from '../support/endings'
import { borrowSandbox } from '../support/shared-sandbox'

const THREE = 'writes.three'
const TWO = 'writes.two'
/** Of what a broker that is well needs for one answer, however busy the machine. */
const MS = 20_000
const LIMIT_MS = 1500
const WEEK = '604800000'
const GROUP = 'sandbox-billing'

const opened = endings()
let sandbox: Sandbox
let client: ClusterPort
let metadata: MetadataColumns
const links = new Map<number, BrokerLink>()

const freshLink = async (id: number): Promise<BrokerLink> => {
  const address = metadata.brokers.find((broker) => broker.id === id)
  if (address === undefined) throw new Error(`broker ${id} is not in Metadata`)
  const link = client.link(address)
  await link.connect(MS)
  return link
}
const linkTo = async (id: number): Promise<BrokerLink> => {
  const link = links.get(id) ?? (await freshLink(id))
  links.set(id, link)
  return link
}

const set = (topic: string, key: string, value: string): ConfigChange => ({ topic, edits: [{ key, op: 'set', value }] })
const unset = (topic: string, key: string): ConfigChange => ({ topic, edits: [{ key, op: 'delete', value: '' }] })
/** As one broker shows it; a commit reaches the brokers one after another, so it is always the same one that is asked. */
const shown = async (topic: string, key: string, id = 1): Promise<ConfigEntry | undefined> => {
  const link = await linkTo(id)
  const [answer] = await link.configs([{ type: 'topic', name: topic }], [key], MS, { synonyms: true })
  return answer?.entries[0]
}
const toShow = (topic: string, key: string, value: string): Promise<ConfigEntry> =>
  until(`${key} of ${topic} to be ${value}`, 60_000, async () => {
    const entry = await shown(topic, key)
    return entry?.value === value ? entry : null
  })
const produce = async (topic: string, messages: Message[], compression = CompressionTypes.None): Promise<void> => {
  const producer = patientClient(sandbox.cluster.bootstrap).producer({ allowAutoTopicCreation: false })
  await producer.connect()
  await producer.send({ topic, messages: messages.map((message) => ({ partition: 0, ...message })), compression })
  await producer.disconnect()
}

beforeAll(async () => {
  const assignment = [[1, 2, 3]]
  sandbox = await borrowSandbox({
    steadyTraffic: false,
    topics: [THREE, TWO].map((name) => ({ name, assignment, configs: { 'min.insync.replicas': '2' } })),
  })
  opened.add(() => sandbox.close())
  const parsed = parseBootstrap([sandbox.cluster.bootstrap])
  if (!parsed.ok) throw new Error(parsed.error.message)
  client = createClusterClient({ bootstrap: parsed.value, tls: null, sasl: null })
  opened.add(() => client.close())
  metadata = await client.open(MS)
})

afterAll(opened.all)

describe('settings', () => {
  it('are set and taken back key by key; what is inherited is told beside', async () => {
    const link = await linkTo(2)
    expect(await link.alterConfigs([set(THREE, 'max.message.bytes', '2000000')], false, MS)).toEqual({
      topics: [{ topic: THREE, error: 0, message: '' }],
    })
    const inherited = { value: '1048588', source: 5 }
    expect(await toShow(THREE, 'max.message.bytes', '2000000')).toMatchObject({
      source: 1,
      type: 3,
      synonyms: [{ value: '2000000', source: 1 }, inherited],
      docs: '',
    })
    expect(await shown(THREE, 'min.insync.replicas')).toMatchObject({ value: '2', source: 1 })
    expect(await link.alterConfigs([unset(THREE, 'max.message.bytes')], false, MS)).toMatchObject({
      topics: [{ error: 0 }],
    })
    expect(await toShow(THREE, 'max.message.bytes', '1048588')).toMatchObject({ source: 5, synonyms: [inherited] })
    expect(await shown(THREE, 'min.insync.replicas')).toMatchObject({ value: '2', source: 1 })
  })

  // retention.ms inherits from log.retention.ms, .minutes or .hours; a broker names only those that are set (seen on 4.4.0).
  it('do not tell what retention.ms inherits while a topic has its own', async () => {
    const link = await linkTo(2)
    await link.alterConfigs([set(THREE, 'retention.ms', '86400000')], false, MS)
    expect((await toShow(THREE, 'retention.ms', '86400000')).synonyms).toEqual([{ value: '86400000', source: 1 }])
    await link.alterConfigs([unset(THREE, 'retention.ms')], false, MS)
    expect(await toShow(THREE, 'retention.ms', WEEK)).toMatchObject({ source: 5, synonyms: [] })
  })

  it('come with Kafka’s own words when they are asked for', async () => {
    const [answer] = await (
      await linkTo(1)
    ).configs([{ type: 'topic', name: THREE }], ['retention.ms'], MS, { docs: true })
    expect(answer?.entries[0]?.docs).toMatch(/retain/)
  })

  it('are refused topic by topic, with the reason; the others of the request are set', async () => {
    const changes = [
      set(THREE, 'no.such.key', '1'),
      set('no-such-topic', 'retention.ms', '1'),
      set(TWO, 'segment.ms', '7200000'),
    ]
    const { topics } = await (await linkTo(1)).alterConfigs(changes, false, MS)
    expect(new Map(topics.map(({ topic, error, message }) => [topic, { error, message }]))).toEqual(
      new Map([
        [THREE, { error: 40, message: 'Unknown topic config name: no.such.key' }],
        ['no-such-topic', { error: 3, message: expect.any(String) as unknown }],
        [TWO, { error: 0, message: '' }],
      ]),
    )
    await toShow(TWO, 'segment.ms', '7200000')
  })

  it('are judged without being set', async () => {
    const link = await linkTo(3)
    expect(await link.alterConfigs([set(THREE, 'min.insync.replicas', 'abc')], true, MS)).toMatchObject({
      topics: [{ topic: THREE, error: 40, message: expect.stringContaining('abc') as unknown }],
    })
    expect(await link.alterConfigs([set(THREE, 'flush.ms', '5000')], true, MS)).toMatchObject({
      topics: [{ error: 0 }],
    })
    // A write sent after it on the same connection: once that is seen, the one before would be as well.
    await link.alterConfigs([set(THREE, 'segment.ms', '7300000')], false, MS)
    await toShow(THREE, 'segment.ms', '7300000')
    expect(await shown(THREE, 'flush.ms')).toMatchObject({ source: 5 })
  })
})

describe('what a plan asks', () => {
  it('tells records with a key from records without, gzipped ones too', async () => {
    await produce(THREE, [{ key: 'a', value: '1' }, { value: '2' }, { value: '3' }])
    await produce(THREE, [{ value: 'x'.repeat(400) }, { key: 'b', value: '5' }], CompressionTypes.GZIP)
    const leader = await linkTo(1)
    const sample = await leader.sample(THREE, 0, 0, 100_000, MS)
    expect(sample).toMatchObject({
      batches: 2,
      records: 5,
      withoutKey: 3,
      unreadable: 0,
      compression: 'gzip',
      firstOffset: 0,
      lastOffset: 4,
    })
    expect(sample.largestBatchBytes).toBeGreaterThan(61)
    expect(await leader.sample(THREE, 0, 5, 100_000, MS)).toMatchObject({
      batches: 0,
      records: 0,
      firstOffset: -1,
      compression: '',
    })
    await expect(leader.sample(THREE, 0, 99, 100_000, MS)).rejects.toMatchObject({ kind: 'kafka', kafkaError: 1 })
    await expect(leader.sample('no-such-topic', 0, 0, 100_000, MS)).rejects.toMatchObject({
      kind: 'kafka',
      kafkaError: 3,
    })
  })

  it('knows the bytes of each replica where it lies, and of no other', async () => {
    const asked = [
      { topic: THREE, partitions: [0, 7] },
      { topic: 'no-such-topic', partitions: [0] },
    ]
    for (const id of [1, 2, 3]) {
      const link = await linkTo(id)
      await until(`broker ${id} to hold the records`, 60_000, async () => {
        const { replicas } = await link.sizes(asked, MS)
        expect(replicas.map(({ topic, partition }) => [topic, partition])).toEqual([[THREE, 0]])
        return (replicas[0]?.bytes ?? 0) > 61 ? true : null
      })
    }
  })

  it('finds the first record that is not older than a time, at leaders only', async () => {
    const base = Date.now() - 60_000
    await produce(
      TWO,
      [0, 10_000, 20_000].map((ms) => ({ value: 'v', timestamp: String(base + ms) })),
    )
    const rows = { topicNames: [TWO], topicIndex: Uint32Array.of(0), partition: Int32Array.of(0) }
    const at = async (id: number, atMs: number): Promise<readonly [number, number]> => {
      const { offset, errors } = await (await linkTo(id)).offsets({ what: 'at-time', atMs, rows, from: 0, to: 1 }, MS)
      return [offset[0] ?? NaN, errors[0] ?? NaN]
    }
    expect(await Promise.all([base - 1, base, base + 1, base + 10_000, base + 20_001].map((ms) => at(1, ms)))).toEqual([
      [0, 0],
      [0, 0],
      [1, 0],
      [1, 0],
      [-1, 0],
    ])
    expect(await at(2, base)).toEqual([NaN, 6])
  })

  it('finds a consumer group at its coordinator, and how far it got', async () => {
    const end = await startConsumerGroup(sandbox.cluster.bootstrap, [THREE])
    // The group begins at the end of the log as it is when it has joined, so records have to go on coming.
    const flow = sandbox.traffic.start({ topic: THREE, recordsPerSecond: 50 })
    try {
      const asked = [
        { topic: THREE, partitions: [0] },
        { topic: TWO, partitions: [0] },
      ]
      const found = await until('the group to have committed', 120_000, async () => {
        for (const id of [1, 2, 3]) {
          const link = await linkTo(id)
          if (!(await link.groups(MS)).groups.some(({ id }) => id === GROUP)) continue
          const { partitions } = await link.groupOffsets({ id: GROUP, share: false }, asked, MS)
          if (partitions.length > 0) return { id, partitions }
        }
        return null
      })
      expect(found.partitions).toEqual([{ topic: THREE, partition: 0, offset: expect.any(Number) as unknown }])
      expect(found.partitions[0]?.offset).toBeGreaterThan(5)
      const leader = sandbox.cluster.brokers().find(({ id }) => id === metadata.leader[rowOf(metadata, THREE, 0)])
      expect(found.partitions[0]?.offset).toBeLessThanOrEqual((await logEndOffset(leader!.port, THREE, 0)) ?? NaN)
      const elsewhere = await linkTo(found.id === 1 ? 2 : 1)
      expect((await elsewhere.groups(MS)).groups.map(({ id }) => id)).not.toContain(GROUP)
      await expect(elsewhere.groupOffsets({ id: GROUP, share: false }, asked, MS)).rejects.toMatchObject({
        kafkaError: 16,
      })
    } finally {
      flow.stop()
      await end()
    }
  })

  it('knows what may be done with a topic', async () => {
    const told = await (await linkTo(1)).operations([THREE, 'no-such-topic'], MS)
    expect(told).toEqual(new Map([[THREE, 3576]]))
  })
})

describe('preferred leaders', () => {
  it('come back when they are elected, and need nothing the second time', async () => {
    await sandbox.admin.reassign([{ topic: TWO, partition: 0, replicas: [2, 1, 3] }])
    const leader = async (): Promise<readonly [number | undefined, number | undefined]> => {
      const said = await (await linkTo(3)).metadata([TWO], MS)
      const row = rowOf(said, TWO, 0)
      return [said.leader[row], said.replicaBroker[said.replicaStart[row] ?? -1]]
    }
    await until('the new order to be known', 60_000, async () => ((await leader())[1] === 2 ? true : null))
    expect((await leader())[0]).toBe(1)
    const link = await linkTo(3)
    const asked = [
      { topic: TWO, partitions: [0, 7] },
      { topic: 'no-such-topic', partitions: [0] },
    ]
    const { partitions } = await link.electPreferred(asked, MS)
    expect(new Map(partitions.map(({ topic, partition, error }) => [`${topic}-${partition}`, error]))).toEqual(
      new Map([
        [`${TWO}-0`, 0],
        [`${TWO}-7`, 3],
        ['no-such-topic-0', 3],
      ]),
    )
    await until('the leader to be known', 60_000, async () => ((await leader())[0] === 2 ? true : null))
    expect((await link.electPreferred([{ topic: TWO, partitions: [0] }], MS)).partitions).toMatchObject([{ error: 84 }])
  })
})

describe('a frozen broker', () => {
  it('leaves a write open that reached it, within its time; one that did not is known not to be done', async () => {
    const link = await linkTo(3)
    const unused = await freshLink(3)
    await link.alterConfigs([set(THREE, 'segment.ms', '7400000')], true, MS)
    await sandbox.cluster.freeze(3)
    try {
      await expect(link.alterConfigs([set(THREE, 'segment.ms', '7400000')], false, LIMIT_MS)).rejects.toMatchObject({
        kind: 'timeout',
        maybeDone: true,
        message: expect.stringContaining(`within ${LIMIT_MS} ms`) as unknown,
      })
      await expect(unused.alterConfigs([set(THREE, 'segment.ms', '7500000')], false, LIMIT_MS)).rejects.toMatchObject({
        kind: 'timeout',
        maybeDone: false,
      })
      expect((await shown(THREE, 'segment.ms'))?.value).toBe('7300000')
    } finally {
      await sandbox.cluster.thaw(3)
    }
    // What had reached it is carried out after all, long after anybody waited for it.
    await toShow(THREE, 'segment.ms', '7400000')
  })
})
