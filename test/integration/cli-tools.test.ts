/** The cluster's own command-line tools against real brokers: they are the witness of changes, so they have to work themselves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takePicture } from '../../src-main/inspect/take-picture'
import { toJson } from '../../src-main/inspect/to-json'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { createClock } from '../../src-main/ports/clock'
import { secondWriter, until } from '../../tools/sandbox'
import type { ClusterView, Sandbox } from '../../tools/sandbox'
import { kafkaScripts } from '../support/kafka-scripts'
import type { KafkaScripts } from '../support/kafka-scripts'
import { endings } from '../support/endings'
import { borrowSandbox } from '../support/shared-sandbox'

const TOPIC = 'tools.witness'
const opened = endings()
let sandbox: Sandbox
let scripts: KafkaScripts

beforeAll(async () => {
  const topics = [
    {
      name: TOPIC,
      assignment: [
        [1, 2, 3],
        [2, 3, 1],
      ],
      configs: { 'min.insync.replicas': '2' },
    },
  ]
  scripts = await kafkaScripts()
  opened.add(() => scripts.remove())
  sandbox = await borrowSandbox({ topics, steadyTraffic: false })
  opened.add(() => sandbox.close())
})

afterAll(opened.all)

const at = (): string => `--bootstrap-server ${sandbox.cluster.bootstrap}`
const overridesEach = (): Promise<Readonly<Record<string, string>>[]> =>
  Promise.all([1, 2, 3].map((id) => sandbox.admin.overrides(TOPIC, id)))
const ofTopic = (): string => `${at()} --entity-type topics --entity-name ${TOPIC}`

describe('kafka-configs.sh', () => {
  it('alters one override and leaves the other alone, as the brokers themselves say', async () => {
    await scripts.run(`kafka-configs.sh ${ofTopic()} --alter --add-config retention.ms=3600000`)
    // The tool ends when the controller has it; the next one asks any broker.
    await until(
      'the override on every broker',
      60_000,
      async () => (await overridesEach()).every((own) => own['retention.ms'] !== undefined) || null,
    )
    expect(await sandbox.admin.overrides(TOPIC)).toEqual({ 'min.insync.replicas': '2', 'retention.ms': '3600000' })
    expect(await scripts.run(`kafka-configs.sh ${ofTopic()} --describe`)).toMatch(
      /retention\.ms=3600000.*DYNAMIC_TOPIC_CONFIG/,
    )

    await scripts.run(`kafka-configs.sh ${ofTopic()} --alter --delete-config retention.ms`)
    await until(
      'the override to be gone on every broker',
      60_000,
      async () => (await overridesEach()).every((own) => own['retention.ms'] === undefined) || null,
    )
    const described = await scripts.run(`kafka-configs.sh ${ofTopic()} --describe`)
    expect(described).toContain('min.insync.replicas=2')
    expect(described).not.toContain('retention.ms')
  })

  it('describes a broker with every key', async () => {
    const line = `kafka-configs.sh ${at()} --describe --entity-type brokers --entity-name 2 --all`
    expect(await scripts.run(line)).toContain('replica.lag.time.max.ms=10000')
  })

  it('ends with an error, and so does our runner, when the broker refuses', async () => {
    const line = `kafka-configs.sh ${ofTopic()} --alter --add-config min.insync.replicas=0`
    const { code, complaints, output } = await scripts.answer(line)
    expect(code).toBe(1)
    expect(`${complaints}${output}`).toContain('at least 1')
    await expect(scripts.run(line)).rejects.toThrow('ended with 1')
    expect(await sandbox.admin.overrides(TOPIC)).toEqual({ 'min.insync.replicas': '2' })
  })
})

describe('the other tools', () => {
  it('kafka-topics.sh describes what the metadata says', async () => {
    const lines = (await scripts.run(`kafka-topics.sh ${at()} --describe --topic ${TOPIC}`)).split('\n')
    const rows = lines.flatMap(
      (line) => /Partition: (\d+)\s+Leader: (\d+)\s+Replicas: ([\d,]+)/.exec(line)?.slice(1).join(' ') ?? [],
    )
    expect(rows).toEqual(['0 1 1,2,3', '1 2 2,3,1'])
  })

  it('kafka-leader-election.sh moves a leader back to its preferred replica', async () => {
    // A pure reorder changes who is preferred and moves nobody.
    await sandbox.admin.reassign([{ topic: TOPIC, partition: 0, replicas: [3, 2, 1] }])
    const leader = async (): Promise<number | undefined> =>
      (await sandbox.admin.view()).partitions.find(({ topic, partition }) => topic === TOPIC && partition === 0)?.leader
    expect(await leader()).toBe(1)
    await scripts.run(`kafka-leader-election.sh ${at()} --election-type PREFERRED --topic ${TOPIC} --partition 0`)
    await until('broker 3 to lead', 60_000, async () => (await leader()) === 3 || null)
  })

  it('kafka-broker-api-versions.sh names every broker', async () => {
    const answer = await scripts.run(`kafka-broker-api-versions.sh ${at()} | grep ' (id: '`)
    expect([...answer.matchAll(/\(id: (\d+)/g)].map(([, id]) => id).sort()).toEqual(['1', '2', '3'])
  })
})

describe('what tests do to a sandbox, as the tools see it', () => {
  it('another hand changes settings, and a topic goes', async () => {
    const { admin } = sandbox
    await admin.createTopics([{ name: 'tools.gone', assignment: [[1, 2, 3]], configs: {} }])
    const other = secondWriter(sandbox)
    await other.write('tools.gone', { 'retention.ms': '7200000' })
    await other.write('tools.gone', { 'retention.ms': null, 'max.message.bytes': '2097152' })
    expect(other.written).toHaveLength(2)
    const described = await scripts.run(
      `kafka-configs.sh ${at()} --describe --entity-type topics --entity-name tools.gone`,
    )
    expect(described).toContain('max.message.bytes=2097152')
    expect(described).not.toContain('retention.ms')

    await admin.deleteTopic('tools.gone')
    expect((await scripts.run(`kafka-topics.sh ${at()} --list`)).split('\n')).toEqual([TOPIC])
  })

  it('a write that had no answer from a dead controller is applied when it is back', async () => {
    const { admin, cluster } = sandbox
    expect(cluster.controllers()).toEqual([{ id: 100, state: 'running' }])
    await cluster.kill(100)
    expect(cluster.controllers()).toEqual([{ id: 100, state: 'dead' }])
    await expect(admin.alterTopic(TOPIC, { 'retention.ms': '60000' })).rejects.toThrow('no answer')
    // Brokers go on answering questions, and nothing in their answers tells that one of them still holds the write.
    expect(await admin.overrides(TOPIC)).toEqual({ 'min.insync.replicas': '2' })
    await cluster.restart(100)
    await until(
      'the late write on every broker',
      120_000,
      async () => (await overridesEach()).every((own) => own['retention.ms'] === '60000') || null,
    )
  })
})

describe('a replica that is being added', () => {
  /** Not healthy in one picture of ours. */
  async function shortByUs(): Promise<string[]> {
    const bootstrap = parseBootstrap(sandbox.cluster.bootstrap.split(','))
    if (!bootstrap.ok) throw new Error(bootstrap.error.message)
    const port = createClusterClient({ bootstrap: bootstrap.value, tls: null, sasl: null })
    const clock = createClock()
    const picture = await takePicture(port, { clock, timeoutMs: 20_000, minInSyncReplicas: true })
    await port.close()
    const read = JSON.parse(toJson(picture, clock.now()).json) as {
      underReplicated: number
      partitions: { topic: string; partition: number; state: string }[]
    }
    const short = read.partitions
      .filter(({ state }) => state !== 'healthy')
      .map(({ topic, partition }) => `${topic}-${partition}`)
    expect(read.underReplicated).toBe(short.length)
    return short.sort()
  }

  it('is not under-replicated for kafka-topics.sh, and not for us', async () => {
    const { admin, cluster } = sandbox
    await admin.createTopics([{ name: 'tools.moving', assignment: [[1, 2]], configs: {} }])
    await cluster.kill(3)
    const everybody = async (seen: (rows: ClusterView['partitions']) => boolean): Promise<true | null> =>
      (await admin.views()).every(({ partitions }) => seen(partitions)) || null
    await until('broker 3 to be fenced', 120_000, () => everybody((rows) => rows.every(({ isr }) => !isr.includes(3))))
    // It cannot end while its new replica is away.
    await admin.reassign([{ topic: 'tools.moving', partition: 0, replicas: [1, 2, 3] }])
    await until('the move to be seen', 120_000, () =>
      everybody((rows) =>
        rows.some(({ topic, replicas, isr }) => topic === 'tools.moving' && replicas.length === 3 && isr.length === 2),
      ),
    )
    const told = await scripts.run(`kafka-topics.sh ${at()} --describe --under-replicated-partitions`)
    const theirs = [...told.matchAll(/Topic: (\S+)\s+Partition: (\d+)/g)].map(
      ([, topic, partition]) => `${topic}-${partition}`,
    )
    expect(theirs.sort()).toEqual([`${TOPIC}-0`, `${TOPIC}-1`])
    expect(await shortByUs()).toEqual(theirs)
  })
})
