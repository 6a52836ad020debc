/**
 * Every scene is played once and judged by two: the brokers' own word (the witness) must show what the scene promises, and what the monitor says
 * must agree with that word all the way.
 */
import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AT_MIN_ISR,
  HEALTHY,
  LAGGING,
  NEXT_LEAVES_ISR,
  NEXT_ONE_LOSS_AWAY,
  NEXT_REFUSES_WRITES,
  OFFLINE,
  UNDER_MIN_ISR,
} from '../../src-main/shared/states'
import { findPartition } from '../../src-main/domain/topology/topology'
import { direct, longestName, roles, startSandbox, startWitness, until } from '../../tools/sandbox'
import type { Director, Sandbox, Witness, WitnessPartition } from '../../tools/sandbox'
import { isSameProcess, processMark } from '../../tools/sandbox/reaper.mjs'
import { groupTopic } from '../support/group-topic'
import { watchStalls, type StallWatch } from '../support/stall-watch'
import type { Round } from '../support/truth-check'
import { startRecorder, type Recorder, type Statement } from '../support/truth-recorder'
import { everyRow, inSync, truthRounds } from '../support/truth-rounds'
import { endings } from '../support/endings'

const opened = endings()
let sandbox: Sandbox
let director: Director
let witness: Witness
let recorder: Recorder
let stalls: StallWatch
const { compareUntil, whenTopics, report } = truthRounds(() => ({ recorder, witness }))

beforeAll(async () => {
  sandbox = await startSandbox()
  opened.add(() => sandbox.close())
  director = direct(sandbox)
  witness = await startWitness(sandbox.cluster)
  opened.add(() => witness.close())
  await groupTopic(sandbox)
  recorder = startRecorder(sandbox.cluster.bootstrap)
  opened.add(() => recorder.close())
  stalls = watchStalls()
  opened.add(() => stalls.stop())
  await until('the first picture', 90_000, () => (recorder.statements.length > 3 ? true : null))
})

afterAll(async () => {
  process.stdout.write(`${report.map((line) => `  ${line}`).join('\n')}\n`)
  await opened.all()
})

/** replica.lag.time.max.ms of the sandbox. */
const WINDOW_MS = 10_000
/** Leaving the ISR, named by what it costs. */
const LEAVING = [NEXT_LEAVES_ISR, NEXT_ONE_LOSS_AWAY, NEXT_REFUSES_WRITES]
const rowsOf = (one: Statement, topic: string): number[] =>
  Array.from(one.topology.partition.keys()).filter(
    (row) => one.topology.topicNames[one.topology.topicIndex[row]!] === topic,
  )

/** ms from `from` until a published picture shows it, without those in which this whole process stood still. */
async function detected(what: string, from: number, holds: (one: Statement) => boolean): Promise<number> {
  const hit = await until(
    what,
    60_000,
    () => recorder.statements.find((one) => one.publishedAt >= from && holds(one)) ?? null,
    20,
  )
  const stalledMs = Math.round(stalls.stalled(from, hit.publishedAt))
  report.push(`${what}: ${hit.publishedAt - from} ms${stalledMs > 0 ? `, ${stalledMs} of them stalled` : ''}`)
  return hit.publishedAt - from - stalledMs
}

const of = async (topic: string): Promise<WitnessPartition[]> =>
  (await witness.describeTopics()).filter((row) => row.topic === topic)

/** One scene for all its tests: the first of them plays it, afterwards it is healed, and the monitor has to see that too. */
function scene(name: string, tests: () => void): void {
  describe(name, () => {
    tests()
    afterAll(async () => {
      await director.heal()
      await until(
        'all healthy again',
        180_000,
        () => everyRow(recorder.newest(), (row, one) => one.state[row] === HEALTHY) || null,
      )
    })
  })
}

/** Looks on while the first test of a scene goes on; the second one waits for it. */
function beside<T>(watching: Promise<T>): Promise<T> {
  watching.catch(() => undefined)
  return watching
}

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

  it('agree in health, and lags are compared', async () => {
    // As many rounds as it takes: on a busy machine fewer partitions stand still between two readings.
    await compareUntil('healthy', (rounds) => {
      const sum = (of: (round: Round) => number): number => rounds.reduce((total, round) => total + of(round), 0)
      return sum((one) => one.exact) > 50 && sum((one) => one.lags) > 0 && sum((one) => one.highWatermarks) > 50
    })
  })
})

scene('slow-follower', () => {
  let growing: Promise<readonly { readonly partition: number }[]>

  /** The partitions that were moved, once the lag of each has been seen to grow by the brokers' own word. */
  async function standsStill(): Promise<readonly { readonly partition: number }[]> {
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
    return moved
  }

  it('agree while a follower stands still, who leaves the ISR within the stated countdown', async () => {
    await director.play('slow-follower', 3)
    const from = Date.now()
    growing = beside(standsStill())
    await detected('slow-follower to "late", from the end of the scene', from, (one) =>
      rowsOf(one, roles.slow).some((row) => one.state[row] === LAGGING),
    )
    const promised = await until('a countdown', WINDOW_MS, () => {
      const one = recorder.newest()
      const row = rowsOf(one, roles.slow).find(
        (at) => LEAVING.includes(one.next[at]!) && one.nextFrom[at]! > Date.now(),
      )
      return row === undefined
        ? null
        : { row, from: one.nextFrom[row]!, to: one.nextTo[row]!, partition: one.topology.partition[row]! }
    })
    // The countdown ends one and a half windows after the leader was first seen past the follower, or changed: that long it stood still unseen.
    const stillFrom = promised.to - 1.5 * WINDOW_MS
    const seen = recorder.statements.find(
      (one) =>
        one.publishedAt > stillFrom &&
        one.state[findPartition(one.topology, roles.slow, promised.partition)] === LAGGING,
    )!
    report.push(`slow-follower to "late", from when it stood still: ${Math.round(seen.publishedAt - stillFrom)} ms`)
    expect(seen.publishedAt - stillFrom - stalls.stalled(stillFrom, seen.publishedAt)).toBeLessThanOrEqual(4_000)
    await compareUntil('slow-follower', () => {
      const one = recorder.newest()
      return one.isr[findPartition(one.topology, roles.slow, promised.partition)]?.includes('3') === false
    })
    const rowIn = (one: Statement): number => findPartition(one.topology, roles.slow, promised.partition)
    const leftIn = recorder.statements.find(
      (one) => rowIn(one) >= 0 && one.publishedAt > from && !one.isr[rowIn(one)]!.includes('3'),
    )!
    const left = leftIn.metadataAt
    // A throttled follower may still get a record now and then, which puts its end off.
    const lastTo = Math.max(
      ...recorder.statements.flatMap((one) =>
        one.publishedAt > from && one.publishedAt < leftIn.publishedAt && LEAVING.includes(one.next[rowIn(one)]!)
          ? [one.nextTo[rowIn(one)]!]
          : [],
      ),
    )
    report.push(
      `slow-follower: left the ISR ${left - from} ms after it stood still; promised ${Math.round(promised.from - from)} to ${Math.round(promised.to - from)} ms`,
    )
    expect(left).toBeGreaterThanOrEqual(promised.from - 500)
    expect(left - stalls.stalled(promised.from, left)).toBeLessThanOrEqual(lastTo + 3_000)
  })

  it('slow-follower: lag grows on a broker that stays alive, until it is evicted by time', async () => {
    const moved = await growing
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
})

scene('frozen-broker', () => {
  it('agree while a broker is frozen, which is named within 3 s', async () => {
    const from = Date.now()
    await director.play('frozen-broker', 2)
    expect(
      await detected('frozen-broker to "does not answer"', from, (one) => one.silent.includes(2)),
    ).toBeLessThanOrEqual(3_000)
    await compareUntil('frozen-broker', () => everyRow(recorder.newest(), (row, one) => one.leader[row] !== 2))
  })

  it('frozen-broker: fenced while its process is still there, and back after heal', async () => {
    const frozen = sandbox.cluster.brokers().find(({ state }) => state === 'frozen')
    expect(frozen?.id).toBe(2)
    await whenTopics('broker 2 to leave every ISR', (rows) =>
      rows.every(({ isr, leader }) => !isr.includes(2) && leader !== 2),
    )
    expect(processMark(frozen?.pid ?? -1)).not.toBeNull()
    await director.heal()
    expect((await witness.describeTopics()).every(inSync)).toBe(true)
  })
})

scene('dead-broker', () => {
  it('agree while a broker is dead, which is named within 3 s', async () => {
    const from = Date.now()
    await director.play('dead-broker', 1)
    expect(
      await detected('dead-broker to "does not answer"', from, (one) => one.silent.includes(1)),
    ).toBeLessThanOrEqual(3_000)
    await compareUntil('dead-broker', () => everyRow(recorder.newest(), (row, one) => one.leader[row] !== 1))
  })

  it('dead-broker: every partition keeps a leader', async () => {
    const rows = await whenTopics('broker 1 to leave every ISR', (now) => now.every(({ isr }) => !isr.includes(1)))
    expect(rows.filter(({ leader }) => leader < 0)).toEqual([])
    await director.heal()
    expect((await witness.describeTopics()).every(inSync)).toBe(true)
  })
})

scene('flapping', () => {
  let leavingTwice: Promise<void>

  /** By the brokers' own word. */
  async function leavesTwice(): Promise<void> {
    for (const step of ['leaves', 'returns', 'leaves again']) {
      const gone = step !== 'returns'
      await whenTopics(`broker 2 ${step}`, (rows) => {
        const members = rows.filter(({ isr }) => isr.includes(2)).length
        return gone ? members === 0 : members > 60
      })
    }
  }

  it('agree while a broker leaves and comes back', async () => {
    const from = Date.now()
    await director.play('flapping', 2)
    leavingTwice = beside(leavesTwice())
    const isOut = (one: Statement): boolean => everyRow(one, (row) => !one.isr[row]!.includes('2'))
    await compareUntil('flapping', () => {
      const since = recorder.statements.filter(({ publishedAt }) => publishedAt > from)
      const left = since.findIndex(isOut)
      return left >= 0 && since.slice(left).some((one) => !isOut(one))
    })
  })

  it('flapping: a follower leaves, comes back by itself and leaves again', async () => {
    await leavingTwice
    await director.heal()
    expect((await witness.describeTopics()).every(inSync)).toBe(true)
  }, 600_000)
})

scene('offline-partition', () => {
  it('agree about partitions without a leader, while the others stay live', async () => {
    await director.play('offline-partition')
    await compareUntil('offline-partition', () => {
      const one = recorder.newest()
      return rowsOf(one, roles.lonely).every((row) => one.state[row] === OFFLINE)
    })
    const one = recorder.newest()
    expect(Array.from(one.state).filter((state) => state === OFFLINE)).toHaveLength(rowsOf(one, roles.lonely).length)
    await until('a picture of this moment', 30_000, () => Date.now() - recorder.newest().metadataAt < 3_000 || null)
  })

  it('offline-partition: the lonely topic has no leader, all others do', async () => {
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
})

scene('min-isr-block', () => {
  it('agree while acks=all is refused', async () => {
    await director.play('min-isr-block', 2)
    await compareUntil('min-isr-block', () => {
      const one = recorder.newest()
      return rowsOf(one, roles.guarded).every((row) => one.state[row] === UNDER_MIN_ISR)
    })
    const gauges = await witness.partitionGauges()
    const one = recorder.newest()
    for (const [row, partition] of one.topology.partition.entries()) {
      const topic = one.topology.topicNames[one.topology.topicIndex[row]!]!
      const own = gauges.find(
        (gauge) => gauge.topic === topic && gauge.partition === partition && gauge.broker === one.leader[row],
      )
      if (own === undefined) continue
      expect(`${topic}-${partition} ${one.state[row] === UNDER_MIN_ISR}`).toBe(
        `${topic}-${partition} ${own.underMinIsr}`,
      )
      if (one.state[row] === AT_MIN_ISR)
        expect(`${topic}-${partition} ${own.atMinIsr}`).toBe(`${topic}-${partition} true`)
    }
  })

  it('min-isr-block: acks=all is refused by name and the leaders say under min ISR', async () => {
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
})

scene('burst', () => {
  it('agree while traffic surges', async () => {
    await director.play('burst')
    const started = Date.now()
    await compareUntil('burst', () => Date.now() - started > 6_000)
  })

  it('burst: far more records than before', async () => {
    const surge = sandbox.traffic.flows().find(({ flow }) => flow.recordsPerSecond > 1000)
    await until('the surge', 60_000, () => (surge?.counts.acknowledged ?? 0) > 5000 || null)
    await director.heal()
    expect(sandbox.traffic.flows()).not.toContain(surge)
  })
})

describe('a director', () => {
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
    // What reads them first, then they themselves.
    await opened.all()
    await until('the brokers to be gone', 60_000, () => recorded.every((entry) => !isSameProcess(entry)) || null)
    expect(existsSync(path)).toBe(false)
  })
})
