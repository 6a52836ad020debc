import { describe, expect, it } from 'vitest'
import type { ClusterSummary } from '../../../src-main/contract/summary'
import { buildTopology } from '../../../src-main/domain/topology/topology'
import { applyMetadata } from '../../../src-main/domain/answers/apply-metadata'
import { emptyReading } from '../../../src-main/domain/topology/new-reading'
import type { Reading } from '../../../src-main/domain/topology/reading'
import { PortError } from '../../../src-main/ports/cluster-port'
import { chartPoint } from '../../../src-main/monitor/chart-point'
import { breathe } from '../../../src-main/ports/clock'
import { quorumFacts } from '../../../src-main/monitor/controller-facts'
import { elrTopics } from '../../../src-main/monitor/elr-reader'
import { worstLags } from '../../../src-main/monitor/frames'
import { backOffMs, silenceOf } from '../../../src-main/monitor/lane-timing'
import { limitReason, Limits } from '../../../src-main/monitor/limits'
import { createLoadMeter } from '../../../src-main/monitor/load'
import { Phase } from '../../../src-main/monitor/phase'
import { problemOf } from '../../../src-main/monitor/problems'
import { inSlices } from '../../../src-main/monitor/slices'
import { FakeClock } from '../../support/fake-clock'
import { FakeCluster } from '../../support/fake-cluster'

function readingOf(hurt: (cluster: FakeCluster) => void = () => undefined): Reading {
  const cluster = new FakeCluster({ clock: new FakeClock(), brokers: 3, topics: 2, partitionsPerTopic: 2 })
  hurt(cluster)
  cluster.touch()
  const meta = cluster.metadata(1)
  const { topology, rowOf } = buildTopology(meta, null)
  const reading = emptyReading(topology)
  applyMetadata(reading, meta, rowOf, 1_000, 1)
  return reading
}

describe('load', () => {
  it('is an average over ten seconds, and over the time that has passed before that', () => {
    const load = createLoadMeter(0)
    for (let second = 0; second < 5; second += 1) load.note(second * 1_000 + 1, 4, 1_000)
    expect(load.perSecond(5_000)).toEqual({ requestsPerSecond: 4, bytesPerSecond: 1_000 })
    for (let second = 5; second < 40; second += 1) load.note(second * 1_000 + 1, 8, 0)
    expect(load.perSecond(39_500)).toEqual({ requestsPerSecond: 8, bytesPerSecond: 0 })
    expect(load.perSecond(80_000)).toEqual({ requestsPerSecond: 0, bytesPerSecond: 0 })
  })
})

describe('limits', () => {
  it('tell missing rights and missing APIs from failures of the moment', () => {
    expect(limitReason(new PortError('unsupported', 'unsupported', 'no DescribeQuorum'))).toBe('unsupported')
    expect(limitReason(new PortError('not-authorized', 'kafka', 'no', 31))).toBe('not-authorized')
    expect(limitReason(new PortError('internal', 'kafka', 'no', 29))).toBe('not-authorized')
    expect(limitReason(new PortError('timeout', 'timeout', 'late'))).toBeNull()
    expect(limitReason(new Error('ours'))).toBeNull()
  })

  it('try again after a minute and forget what nobody renews', () => {
    const limits = new Limits()
    limits.turnOff('quorum', 'not-authorized', 0)
    expect([limits.mayAsk('quorum', 59_999), limits.mayAsk('quorum', 60_000), limits.mayAsk('elr', 0)]).toEqual([
      false,
      true,
      true,
    ])
    expect(limits.list(100_000)).toEqual([{ what: 'quorum', reason: 'not-authorized' }])
    expect(limits.list(120_000)).toEqual([])
    limits.turnOff('quorum', 'unsupported', 0)
    limits.turnOn('quorum')
    expect(limits.list(1)).toEqual([])
  })
})

describe('back-off', () => {
  it.each([
    ['refused', 1, 1_000],
    ['refused', 3, 3_000],
    ['refused', 9, 5_000],
    ['timeout', 9, 1_000],
    ['auth', 1, 5_000],
    ['auth', 50, 60_000],
  ] as const)('%s, failure %i: %i ms', (kind, failures, ms) => {
    expect(backOffMs(failures, kind)).toBe(ms)
  })

  it('names silence in the words of the contract', () => {
    expect(
      (['timeout', 'refused', 'reset', 'closed', 'unknown-host', 'tls', 'auth', 'protocol', 'kafka'] as const).map(
        silenceOf,
      ),
    ).toEqual(['timeout', 'refused', 'reset', 'reset', 'unknown-host', 'tls', 'auth', 'protocol', ''])
  })

  it('names the step of a problem as the doctor does', () => {
    expect(problemOf(new PortError('auth-failed', 'auth', 'wrong'), 'bootstrap')).toEqual({
      code: 'auth-failed',
      step: 'sasl',
      message: 'wrong',
    })
    expect(problemOf(new PortError('unreachable', 'refused', 'closed'), 'brokers').step).toBe('brokers')
    expect(problemOf('odd', 'bootstrap')).toEqual({ code: 'internal', step: 'bootstrap', message: 'odd' })
  })
})

describe('phase', () => {
  it('is over with the last answer, or with the grace', async () => {
    const clock = new FakeClock()
    const phase = new Phase(clock)
    let answer: () => void = () => undefined
    phase.add(1, Promise.resolve())
    phase.add(
      2,
      new Promise((resolve) => {
        answer = resolve
      }),
    )
    const early = phase.settled(100)
    answer()
    expect(await early).toBe(true)
    expect([phase.has(2), phase.has(3)]).toEqual([true, false])
    const late = new Phase(clock)
    late.add(1, new Promise(() => undefined))
    const settled = late.settled(100)
    await clock.advance(100)
    expect(await settled).toBe(false)
    expect(await new Phase(clock).settled(100)).toBe(true)
  })
})

describe('inSlices', () => {
  it('visits every row once and breathes when a slice is used up', async () => {
    let now = 0
    let breaths = 0
    const clock = {
      now: () => now,
      after: () => () => undefined,
      breathe: () => {
        breaths += 1
        return Promise.resolve()
      },
    }
    const seen: [number, number][] = []
    await inSlices(clock, 25, 10, (from, to) => {
      seen.push([from, to])
      now += 5
    })
    expect(seen).toEqual([
      [0, 10],
      [10, 20],
      [20, 25],
    ])
    expect(breaths).toBe(1)
  })
})

describe('breathing', () => {
  it('gives everybody who waits a turn of the event loop of their own, in order', async () => {
    let turn = 0
    const seen: string[] = []
    let counting = true
    const count = (): void => {
      turn += 1
      if (counting) setImmediate(count)
    }
    setImmediate(count)
    const worker = async (name: string): Promise<void> => {
      for (let slice = 0; slice < 3; slice += 1) {
        await breathe()
        seen.push(`${name}${slice}@${turn}`)
      }
    }
    await Promise.all(['a', 'b', 'c'].map(worker))
    counting = false
    expect(seen.map((line) => line.slice(0, 2))).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'c1', 'a2', 'b2', 'c2'])
    expect(new Set(seen.map((line) => line.split('@')[1])).size).toBe(9)
  })
})

describe('quorum', () => {
  it('counts voters by the quorum leader own clock', () => {
    const voter = (id: number, lastFetchAt: number, lastCaughtUpAt = lastFetchAt) => ({
      id,
      logEndOffset: 1,
      lastFetchAt,
      lastCaughtUpAt,
    })
    const answer = {
      leader: 100,
      epoch: 3,
      highWatermark: 9,
      voters: [voter(100, 50_000), voter(101, 49_500), voter(102, 37_300)],
      observers: [],
    }
    expect(quorumFacts(answer)).toEqual({ controller: 100, voters: { live: 2, total: 3 } })
    expect(quorumFacts({ ...answer, voters: [voter(100, -1)] })).toEqual({
      controller: 100,
      voters: { live: 1, total: 1 },
    })
    expect(quorumFacts({ ...answer, voters: [] }).voters).toEqual({ live: 0, total: 0 })
  })
})

describe('what is asked about ELR', () => {
  const asked = (isr: number[], min: number): number[] => {
    const reading = readingOf((cluster) => {
      cluster.partition('topic-00001', 1).isr = isr
    })
    reading.minInSyncReplicas.fill(min)
    return elrTopics(reading)
  }
  it.each<[string, number[], number, number[]]>([
    ['nothing while all are in sync', [1, 2, 3], 2, []],
    ['nothing at min ISR: Kafka keeps none there', [1, 2], 2, []],
    ['under min ISR', [1], 2, [1]],
    ['nobody left', [], 1, [1]],
    ['a min ISR above the replication factor acts as that', [1, 2], 99, [1]],
    ['all in sync is enough even then', [1, 2, 3], 99, []],
    ['a short ISR whose min is not known', [1, 2], -1, [1]],
  ])('%s', (_, isr, min, topics) => {
    expect(asked(isr, min)).toEqual(topics)
  })
})

describe('charts', () => {
  const summary = {
    brokers: [
      { id: 1, lagRecords: 0, lateMs: 0 },
      { id: 3, lagRecords: 25, lateMs: Number.NaN },
    ],
  } as unknown as ClusterSummary
  const source = () => {
    const reading = readingOf()
    reading.lagRecords.set([0, 5, Number.NaN, 7, 0, 2])
    return { reading, facts: new Map(), summary, now: 5_000 }
  }

  it('draw a line per follower of a partition', () => {
    const point = chartPoint(source(), { kind: 'partition', topic: 'topic-00000', partition: 0 })
    expect(point).toMatchObject({ at: 5_000 })
    expect([...point!.lines]).toEqual([2, 3])
    expect([...point!.lagRecords]).toEqual([5, Number.NaN])
  })

  it('sum up a topic without its unknown followers, and are unknown when all are', () => {
    expect([...chartPoint(source(), { kind: 'topic', topic: 'topic-00000' })!.lagRecords]).toEqual([5 + 0 + 2])
    expect([...chartPoint(source(), { kind: 'topic', topic: 'topic-00001' })!.lagRecords]).toEqual([Number.NaN])
  })

  it('draw brokers as the summary has them', () => {
    expect([...chartPoint(source(), { kind: 'cluster' })!.lines]).toEqual([1, 3])
    expect([...chartPoint(source(), { kind: 'broker', broker: 3 })!.lagRecords]).toEqual([25])
  })

  it.each([
    [{ kind: 'none' }],
    [{ kind: 'topic', topic: 'gone' }],
    [{ kind: 'partition', topic: 'topic-00000', partition: 9 }],
    [{ kind: 'broker', broker: 9 }],
  ] as const)('have nothing to draw for %j', (watch) => {
    expect(chartPoint(source(), watch)).toBeNull()
  })

  it('tell the worst known lag of a row in view', () => {
    expect([...worstLags(source().reading, Uint32Array.of(0, 1, 2))]).toEqual([5, 7, Number.NaN])
  })
})
