import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { heardByControllers } from '../../src-main/domain/forecast/hearing'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import type { BrokerLink, ClusterPort } from '../../src-main/ports/cluster-port'
import type { MetadataColumns } from '../../src-main/domain/topology/columns'
import { logEndOffset, until } from '../../tools/sandbox/index'
import type { Sandbox } from '../../tools/sandbox/index'
import { allRows, rowOf } from '../support/rows'
import { took } from '../support/stall-watch'
import { endings } from '../support/endings'
import { borrowSandbox } from '../support/shared-sandbox'

const THREE = 'client.three'
const LONELY = 'client.lonely'
const RECORDS = 25
const LIMIT_MS = 1500
/** Of what a broker that is well needs for one answer, however busy the machine. */
const WELL_MS = 20_000
/** The port allows 50 ms over the limit; what the machine itself stood still is not counted. */
const GRACE_MS = 300

const opened = endings()
let sandbox: Sandbox
let client: ClusterPort
let metadata: MetadataColumns

const bootstrap = (text = sandbox.cluster.bootstrap): ReturnType<typeof createClusterClient> => {
  const parsed = parseBootstrap([text])
  if (!parsed.ok) throw new Error(parsed.error.message)
  return createClusterClient({ bootstrap: parsed.value, tls: null, sasl: null })
}

const linkTo = async (id: number): Promise<BrokerLink> => {
  const address = metadata.brokers.find((broker) => broker.id === id)
  if (address === undefined) throw new Error(`broker ${id} is not in Metadata`)
  const link = client.link(address)
  await link.connect(WELL_MS)
  return link
}

beforeAll(async () => {
  sandbox = await borrowSandbox({
    steadyTraffic: false,
    topics: [
      {
        name: THREE,
        assignment: [
          [1, 2, 3],
          [2, 3, 1],
          [3, 1, 2],
        ],
        configs: { 'min.insync.replicas': '2' },
      },
      { name: LONELY, assignment: [[2]], configs: {} },
    ],
  })
  opened.add(() => sandbox.close())
  client = bootstrap()
  opened.add(() => client.close())
  metadata = await client.open(WELL_MS)
})

afterAll(opened.all)

describe('reading a healthy cluster', () => {
  it('says what each broker itself says', async () => {
    expect(metadata.brokers.map(({ id, rack }) => [id, rack]).sort()).toEqual([
      [1, 'rack-a'],
      [2, 'rack-b'],
      [3, 'rack-c'],
    ])
    for (const { id } of metadata.brokers) {
      const link = await linkTo(id)
      const said = await link.metadata(null, WELL_MS)
      const view = await sandbox.admin.view(id)
      expect(said.partition.length).toBe(view.partitions.length)
      // Every broker follows the one log of the controllers; with ZooKeeper there is none.
      if (!sandbox.cluster.zookeeper) expect(said.metadataOffset).toBeGreaterThan(0)
      for (const { topic, partition, leader, replicas } of view.partitions) {
        const row = rowOf(said, topic, partition)
        expect(said.leader[row]).toBe(leader)
        expect([...said.replicaBroker.slice(said.replicaStart[row], said.replicaStart[row + 1])]).toEqual(replicas)
      }
      link.giveUp('read')
    }
  })

  it('reads the log end of every replica, and the high watermark at leaders only', async () => {
    const flow = sandbox.traffic.start({ topic: THREE, recordsPerSecond: 100 })
    await until('some records', 60_000, () => (flow.counts.acknowledged >= RECORDS ? true : null))
    flow.stop()
    const links = await Promise.all(metadata.brokers.map(({ id }) => linkTo(id)))
    const rows = allRows(metadata)
    const asked = { rows, from: 0, to: rows.partition.length }
    const partitions = [0, 1, 2]
    await until('every replica to hold every acknowledged record', 60_000, async () => {
      const ends = await Promise.all(links.map((link) => link.offsets({ ...asked, what: 'log-end' }, WELL_MS)))
      const three = partitions.map((partition) => rowOf(metadata, THREE, partition))
      const equal = three.every((row) => new Set(ends.map(({ offset }) => offset[row])).size === 1)
      const sum = three.reduce((total, row) => total + (ends[0]?.offset[row] ?? NaN), 0)
      if (!equal || !(sum >= flow.counts.acknowledged)) return null
      // Not the count of what was sent, as a send that was tried again may be stored twice: the broker's own word, asked apart from the product.
      const own = await Promise.all(
        partitions.map((partition) => logEndOffset(sandbox.cluster.brokers()[0]!.port, THREE, partition)),
      )
      return three.every((row, at) => ends[0]!.offset[row] === own[at]) || null
    })
    for (const [index, link] of links.entries()) {
      const id = metadata.brokers[index]?.id ?? -1
      const marks = await link.offsets({ ...asked, what: 'high-watermark' }, WELL_MS)
      const starts = await link.offsets({ ...asked, what: 'log-start' }, WELL_MS)
      rows.partition.forEach((_partition, row) => {
        const leads = metadata.leader[row] === id
        expect(marks.errors[row]).toBe(leads ? 0 : 6)
        expect(Number.isNaN(marks.offset[row])).toBe(!leads)
        const here = metadata.replicaBroker
          .slice(metadata.replicaStart[row], metadata.replicaStart[row + 1])
          .includes(id)
        expect(starts.offset[row]).toBe(here ? 0 : NaN)
      })
      link.giveUp('read')
    }
  })

  it('reads settings, disks, ELR, quorum and reassignments', async () => {
    const link = await linkTo(1)
    const topic = { type: 'topic', name: THREE } as const
    const keys = ['min.insync.replicas', 'replica.lag.time.max.ms']
    const [mine, other, missing] = await link.configs(
      [topic, { type: 'broker', name: '1' }, { type: 'topic', name: 'nope' }],
      keys,
      WELL_MS,
    )
    expect(mine).toMatchObject({ error: 0, entries: [{ name: 'min.insync.replicas', value: '2', source: 1 }] })
    expect(other?.entries.find(({ name }) => name === 'replica.lag.time.max.ms')).toMatchObject({
      value: '10000',
      source: 4,
      readOnly: true,
    })
    expect(missing).toMatchObject({ error: 3, entries: [] })
    expect((await link.sizes([{ topic: THREE, partitions: [0] }], WELL_MS)).replicas).toHaveLength(1)
    expect((await link.elr([THREE, LONELY], WELL_MS)).partitions).toHaveLength(4)
    const [folder] = await link.disks([{ topic: THREE, partitions: [0] }], WELL_MS)
    expect(folder?.topics).toEqual([{ topic: THREE, replicas: 1 }])
    expect(folder?.freeBytes).toBeGreaterThan(0)
    const quorum = await link.quorum(WELL_MS)
    expect(quorum).toMatchObject({ leader: 100, voters: [{ id: 100 }] })
    // A broker that lives fetches the controllers' log at least every half second.
    expect(heardByControllers(100, [...quorum.voters, ...quorum.observers], 0).get(1)).toBeGreaterThan(-3_000)
    expect(await link.reassignments(WELL_MS)).toEqual({ partitions: [] })
    await link.ping(WELL_MS)
    link.giveUp('read')
  })

  it('asks for topics that are not there without creating them', async () => {
    const link = await linkTo(1)
    const answer = await link.metadata(['not.there', 'not valid!'], WELL_MS)
    expect(Object.fromEntries(answer.topicNames.map((name, topic) => [name, answer.topicErrors[topic]]))).toEqual({
      'not.there': 3,
      'not valid!': 17,
    })
    expect((await link.metadata(null, WELL_MS)).topicNames).not.toContain('not.there')
    link.giveUp('read')
  })
})

describe('brokers in trouble', () => {
  it('a frozen broker costs its own answers only, in time, and the same link works after it thaws', async () => {
    const frozen = await linkTo(3)
    const well = await linkTo(1)
    await sandbox.cluster.freeze(3)
    try {
      const asked = frozen.metadata(null, LIMIT_MS)
      const inTime = took(asked)
      await well.metadata(null, WELL_MS)
      expect(await inTime).toBeLessThan(LIMIT_MS + GRACE_MS)
      await expect(asked).rejects.toMatchObject({
        kind: 'timeout',
        message: expect.stringContaining('Metadata') as string,
      })
      const fresh = client.link(frozen.address)
      const connecting = fresh.connect(LIMIT_MS)
      expect(await took(connecting)).toBeLessThan(LIMIT_MS + GRACE_MS)
      await expect(connecting).rejects.toMatchObject({
        kind: 'timeout',
        message: expect.stringContaining('ApiVersions') as string,
      })
    } finally {
      await sandbox.cluster.thaw(3)
    }
    await expect(frozen.metadata(null, WELL_MS)).resolves.toBeDefined()
    frozen.giveUp('over')
    well.giveUp('over')
  })

  it('a frozen first bootstrap address does not hold up the others, and closing does not wait for it', async () => {
    const ports = Object.fromEntries(sandbox.cluster.brokers().map(({ id, port }) => [id, port]))
    await sandbox.cluster.freeze(1)
    try {
      const other = bootstrap(`127.0.0.1:${ports[1]},127.0.0.1:${ports[2]}`)
      const opening = other.open(WELL_MS)
      // What the frozen one would be waited for is the whole limit.
      expect(await took(opening)).toBeLessThan(WELL_MS / 3)
      const { brokers } = await opening
      const links = brokers.map((address) => other.link(address))
      const settled = Promise.allSettled(links.map((link) => link.connect(90_000)))
      await until('two to be connected', 60_000, () =>
        links.filter(({ versions }) => versions !== null).length >= 2 ? true : null,
      )
      expect(await took(other.close())).toBeLessThan(5000)
      expect((await settled).filter(({ status }) => status === 'rejected')).toHaveLength(1)
    } finally {
      await sandbox.cluster.thaw(1)
    }
  })

  it('a killed broker rejects at once, refuses at once, and the link connects again when it is back on its port', async () => {
    const link = await linkTo(3)
    await sandbox.cluster.freeze(3)
    const rejected = expect(link.metadata(null, 60_000)).rejects.toMatchObject({
      code: 'unreachable',
      kind: expect.stringMatching(/^(reset|closed)$/) as string,
    })
    await sandbox.cluster.kill(3)
    await rejected
    await expect(link.ping(LIMIT_MS)).rejects.toMatchObject({ code: 'unreachable' })
    const connecting = link.connect(WELL_MS)
    await expect(connecting).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(`127.0.0.1:${link.address.port}`) as string,
    })
    expect(await took(link.connect(WELL_MS))).toBeLessThan(WELL_MS / 4)
    await sandbox.cluster.restart(3)
    await link.connect(WELL_MS)
    await expect(link.metadata(null, WELL_MS)).resolves.toBeDefined()
    link.giveUp('over')
  })

  it('reads a cluster with a leaderless partition, on which kafkajs alone fails', async () => {
    await sandbox.cluster.kill(2)
    try {
      const link = await linkTo(1)
      const seen = await until('the lonely partition to lose its leader', 120_000, async () => {
        const said = await link.metadata(null, WELL_MS)
        return said.leader[rowOf(said, LONELY, 0)] === -1 ? said : null
      })
      expect(seen.partitionErrors[rowOf(seen, LONELY, 0)]).toBe(5)
      expect(seen.leader[rowOf(seen, THREE, 1)]).toBeGreaterThan(0)
      const { partitions } = await link.elr([LONELY], WELL_MS)
      expect(partitions).toMatchObject([{ topic: LONELY, partition: 0 }])
      const again = bootstrap()
      await expect(again.open(WELL_MS)).resolves.toMatchObject({ clusterId: metadata.clusterId })
      await again.close()
      link.giveUp('over')
    } finally {
      await sandbox.cluster.restart(2)
    }
  })
})

describe('the end', () => {
  it('leaves nothing behind that keeps a process alive', async () => {
    const child = spawn(process.execPath, [
      '--import',
      'tsx',
      'test/support/open-and-close.ts',
      sandbox.cluster.bootstrap,
    ])
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()))
    const hung = setTimeout(() => child.kill('SIGKILL'), 180_000)
    const code = await new Promise((resolve) => child.once('close', resolve))
    clearTimeout(hung)
    expect([code, output.trim()]).toEqual([0, 'closed 3 links'])
  })

  it('refuses what is asked after it', async () => {
    const link = await linkTo(1)
    await client.close()
    await expect(link.metadata(null, 1000)).rejects.toMatchObject({ kind: 'closed-by-us', code: 'cancelled' })
    await expect(client.link(link.address).connect(1000)).rejects.toMatchObject({ kind: 'closed-by-us' })
  })
})
