import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { direct, longestName, roles, startSandbox, startWitness, until } from '../../tools/sandbox'
import type { Director, Sandbox, Witness, WitnessPartition } from '../../tools/sandbox'
import { isSameProcess, processMark } from '../../tools/sandbox/reaper.mjs'
import { endings } from '../support/endings'

const opened = endings()
let sandbox: Sandbox
let director: Director
let witness: Witness

beforeAll(async () => {
  sandbox = await startSandbox()
  opened.add(() => sandbox.close())
  director = direct(sandbox)
  witness = await startWitness(sandbox.cluster)
  opened.add(() => witness.close())
})

afterAll(opened.all)

const of = async (topic: string): Promise<WitnessPartition[]> =>
  (await witness.describeTopics()).filter((row) => row.topic === topic)

/** The rows that were like that: the witness asks any broker, and the next one may be a moment behind. */
const whenTopics = (what: string, holds: (rows: readonly WitnessPartition[]) => boolean): Promise<WitnessPartition[]> =>
  until(
    what,
    120_000,
    async () => {
      const rows = await witness.describeTopics()
      return holds(rows) ? rows : null
    },
    250,
  )

const inSync = ({ isr, replicas, leader }: WitnessPartition): boolean =>
  leader === replicas[0] && [...isr].sort().join() === [...replicas].sort().join()

describe('a fresh sandbox', () => {
  it('has three brokers on three racks and topics of every shape, all in sync', async () => {
    const rows = await witness.describeTopics()
    const count = (topic: string): number => rows.filter((row) => row.topic === topic).length
    expect(sandbox.cluster.brokers().map(({ rack }) => rack)).toEqual(['rack-a', 'rack-b', 'rack-c'])
    expect(count(roles.busy)).toBe(60)
    expect(longestName).toHaveLength(249)
    expect(count(longestName)).toBe(1)
    expect((await of(roles.lonely)).map(({ replicas }) => replicas)).toEqual([[3], [3], [3]])
    expect(rows.every(inSync)).toBe(true)
  })

  it('carries acknowledged traffic on every topic that has a stream', async () => {
    await until('each stream to be acknowledged', 60_000, () => {
      return sandbox.traffic.flows().every(({ counts }) => counts.acknowledged > 0) || null
    })
    await until(
      'a high watermark above 0',
      60_000,
      async () =>
        (await witness.highWatermarks()).some(
          ({ topic, highWatermark }) => topic === roles.slow && highWatermark > 0,
        ) || null,
    )
    const leos = await witness.replicaLogEndOffsets()
    expect(new Set(leos.map(({ broker }) => broker))).toEqual(new Set([1, 2, 3]))
  })
})

describe('scenes, by the brokers own word', () => {
  it('slow-follower: lag grows on a broker that stays alive, until it is evicted by time', async () => {
    await director.play('slow-follower')
    const moved = (await sandbox.admin.view()).partitions.filter(
      ({ topic, replicas, leader, leaderEpoch }) =>
        topic === roles.slow && leaderEpoch > 0 && leader !== 3 && replicas.at(-1) === 3,
    )
    expect(moved.length).toBeGreaterThan(0)
    const behind = async (): Promise<number> => {
      const leos = (await witness.replicaLogEndOffsets()).filter(({ topic }) => topic === roles.slow)
      return Math.min(
        ...moved.map(({ partition, leader }) => {
          const at = (broker: number): number =>
            leos.find((row) => row.partition === partition && row.broker === broker)?.logEndOffset ?? Number.NaN
          return at(leader) - at(3)
        }),
      )
    }
    const early = await until('each moved partition to be behind', 60_000, async () => {
      const now = await behind()
      return now > 20 ? now : null
    })
    await until('the lag to grow', 60_000, async () => (await behind()) > early + 40 || null)
    await whenTopics('the eviction', (rows) =>
      moved.every(
        ({ partition }) =>
          rows.find((row) => row.topic === roles.slow && row.partition === partition)?.isr.includes(3) === false,
      ),
    )
    // Alive: it is still in sync where it was not held back.
    expect((await of(roles.busy)).every(({ isr }) => isr.includes(3))).toBe(true)
    await director.heal()
    expect((await of(roles.slow)).every(inSync)).toBe(true)
  })

  it('frozen-broker: fenced while its process is still there, and back after heal', async () => {
    await director.play('frozen-broker')
    const frozen = sandbox.cluster.brokers().find(({ state }) => state === 'frozen')
    expect(frozen?.id).toBe(2)
    await whenTopics('broker 2 to leave every ISR', (rows) =>
      rows.every(({ isr, leader }) => !isr.includes(2) && leader !== 2),
    )
    expect(processMark(frozen?.pid ?? -1)).not.toBeNull()
    await director.heal()
    expect((await witness.describeTopics()).every(inSync)).toBe(true)
  })

  it('dead-broker: every partition keeps a leader', async () => {
    await director.play('dead-broker')
    const rows = await whenTopics('broker 2 to leave every ISR', (now) => now.every(({ isr }) => !isr.includes(2)))
    expect(rows.filter(({ leader }) => leader < 0)).toEqual([])
    await director.heal()
    expect((await witness.describeTopics()).every(inSync)).toBe(true)
  })

  it('offline-partition: the lonely topic has no leader, all others do', async () => {
    await director.play('offline-partition')
    const rows = await whenTopics(
      'the lonely topic to be offline',
      (now) => now.filter(({ leader }) => leader < 0).length === 3,
    )
    expect(rows.filter(({ leader }) => leader < 0).map(({ topic }) => topic)).toEqual([
      roles.lonely,
      roles.lonely,
      roles.lonely,
    ])
    await director.heal()
    expect((await witness.describeTopics()).every(inSync)).toBe(true)
  })

  it('min-isr-block: acks=all is refused by name and the leaders say under min ISR', async () => {
    await director.play('min-isr-block')
    const flow = sandbox.traffic.flows().find((running) => running.flow.topic === roles.guarded)
    await until('a refusal', 120_000, () => flow?.counts.lastRefusal === 'NOT_ENOUGH_REPLICAS' || null)
    // Each leader refuses and says so in its own time.
    await until('all six leaders to say under min ISR', 60_000, async () => {
      const gauges = await witness.partitionGauges()
      return gauges.filter(({ topic, underMinIsr }) => topic === roles.guarded && underMinIsr).length === 6 || null
    })
    await director.heal()
    const before = flow?.counts.acknowledged ?? 0
    await until('acks=all to work again', 60_000, () => (flow?.counts.acknowledged ?? 0) > before || null)
  })

  it('flapping: a follower leaves, comes back by itself and leaves again', async () => {
    await director.play('flapping')
    for (const step of ['leaves', 'returns', 'leaves again']) {
      const gone = step !== 'returns'
      await whenTopics(`broker 2 ${step}`, (rows) => {
        const members = rows.filter(({ isr }) => isr.includes(2)).length
        return gone ? members === 0 : members > 60
      })
    }
    await director.heal()
    expect((await witness.describeTopics()).every(inSync)).toBe(true)
  }, 600_000)

  it('burst: far more records than before', async () => {
    await director.play('burst')
    const surge = sandbox.traffic.flows().find(({ flow }) => flow.recordsPerSecond > 1000)
    await until('the surge', 60_000, () => (surge?.counts.acknowledged ?? 0) > 5000 || null)
    await director.heal()
    expect(sandbox.traffic.flows()).not.toContain(surge)
  })

  it('refuses a scene and a broker that there is not, by name', async () => {
    await expect(director.play('earthquake')).rejects.toThrow('There is no scene "earthquake"')
    await expect(director.play('dead-broker', 9)).rejects.toThrow('There is no broker 9')
    await director.heal()
  })
})

describe('the end', () => {
  it('leaves no process and no file behind', async () => {
    const { path } = sandbox.cluster.folder
    const recorded = sandbox.cluster
      .brokers()
      .map(({ pid, id }) => ({ pid, name: String(id), mark: processMark(pid) ?? '' }))
    expect(recorded.every(isSameProcess)).toBe(true)
    expect(readdirSync(path)).toContain('state.json')
    await sandbox.close()
    await until('the brokers to be gone', 60_000, () => recorded.every((entry) => !isSameProcess(entry)) || null)
    expect(existsSync(path)).toBe(false)
  })
})
