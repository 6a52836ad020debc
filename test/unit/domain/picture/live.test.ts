import { describe, expect, it } from 'vitest'
import type { LivePartition } from '../../../../src-main/contract/live'
import { LAGGING, MARK_LEADER_SILENT, NEXT_LEAVES_ISR } from '../../../../src-main/shared/states'
import { createLagTracker } from '../../../../src-main/domain/lag/lag-tracker'
import { livePartition } from '../../../../src-main/domain/picture/live'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import { START, factsOf, factsUnheard, judge, makeLate, readingOfPartitions, settings } from '../../../support/columns'
import type { Judgement, PartitionRow } from '../../../support/columns'

const RF3 = [1, 2, 3]

function read(row: PartitionRow = { replicas: RF3 }, min = 2): WritableReading {
  const reading = readingOfPartitions([row], min)
  reading.logEndOffset.set([100, 98, 100])
  reading.sentAt.set([START - 3, START - 8, START - 7])
  reading.readAt.set([START - 1, START - 6, START - 4])
  reading.lagRecords.set([0, 2, 0])
  reading.caughtUpAt.set([START, START - 250, START - 3])
  reading.highWatermark[0] = 98
  return reading
}

function live(reading: WritableReading, how: Judgement = {}): LivePartition {
  const facts = how.facts ?? factsOf(RF3)
  const columns = judge(reading, { ...how, facts })
  const extra = { logStartOffset: 7, disputes: [], lateAfterMs: 1000 }
  return livePartition(reading, createLagTracker(reading), facts, how.settings ?? settings(), columns, 0, START, extra)
}

describe('a healthy partition, live', () => {
  const now = live(read())

  it('tells its figures', () => {
    expect(now).toMatchObject({
      topic: 't',
      partition: 0,
      takenAt: START,
      spreadMs: 7,
      leader: 1,
      leaderEpoch: 1,
      replicationFactor: 3,
      minInSyncReplicas: 2,
      effectiveMinInSyncReplicas: 2,
      minInSyncReplicasSource: 5,
      highWatermark: 98,
      highWatermarkReason: '',
      logStartOffset: 7,
      acceptsAcksAll: 'yes',
      tolerance: 1,
      preferredLeader: 1,
      leaderStops: { nextLeader: 2, from: 'isr', acceptsAcksAll: 'yes' },
      elr: [],
      evictionWindowMs: 30_000,
    })
  })

  it('the records in flight are no time lag', () => {
    expect(now.replicas[1]).toMatchObject({
      broker: 2,
      rack: 'rack-2',
      lagRecords: 2,
      lateMs: 0,
      lateAtLeast: false,
      leavesFrom: NaN,
      caughtUpFrom: NaN,
      caughtUpTo: NaN,
      reason: '',
    })
    expect(now.replicas[0]).toMatchObject({ lagRecords: 0, lateMs: 0, catchUpRate: NaN, answers: true })
  })
})

describe('a replica that has more than its leader', () => {
  const ahead = (readAt: number): LivePartition['replicas'][number] => {
    const reading = read({ replicas: RF3, isr: [1] })
    reading.logEndOffset[1] = 150
    reading.lagRecords[1] = 0
    reading.readAt[1] = readAt
    return live(reading).replicas[1]!
  }

  it('is ahead by that, and behind by no count', () => {
    expect(ahead(START - 6)).toMatchObject({ aheadRecords: 50, lagRecords: NaN })
  })

  it('is not, where the leader was read before it', () => {
    expect(ahead(START - 2)).toMatchObject({ aheadRecords: 0, lagRecords: 0 })
  })
})

it('a late follower has a countdown', () => {
  const reading = read(undefined, 1)
  makeLate(reading, 2, START - 4000, START, 50)
  reading.lateAtLeast[2] = 1
  reading.fetchedAt.clear()
  const now = live(reading)
  expect([now.state, now.next, now.nextBroker]).toEqual([LAGGING, NEXT_LEAVES_ISR, 3])
  expect(now.replicas[2]).toMatchObject({
    lateMs: 4000,
    lateAtLeast: true,
    leavesFrom: START - 4000,
    leavesTo: START + 41_000,
  })
})

it('tells whether consumers stop under min ISR', () => {
  const stops = (version: readonly [number, number] | null) =>
    live(read({ replicas: RF3, isr: [1] }), { settings: settings({ version }) }).underMinStopsConsumers
  expect([stops([3, 6]), stops([3, 7]), stops(null)]).toEqual([false, true, null])
})

it('takes acks=all at min ISR, and no more below it', () => {
  const accepts = (isr: number[]) => live(read({ replicas: RF3, isr })).acceptsAcksAll
  expect([RF3, [1, 2], [1]].map(accepts)).toEqual(['yes', 'yes', 'no'])
})

it('takes acks=all for certain only where its leader was heard', () => {
  const accepts = (facts: NonNullable<Judgement['facts']>, isr: number[]) =>
    live(read({ replicas: RF3, isr }), { facts }).acceptsAcksAll
  const returning = new Map(factsOf(RF3, { 1: START - 9000 }))
  returning.set(1, { ...returning.get(1)!, returning: true })
  expect([
    accepts(factsUnheard(RF3, [1]), [1, 2]),
    accepts(factsUnheard(RF3, [1]), [1]),
    accepts(returning, [1, 2]),
    accepts(factsUnheard(RF3, [3]), [1, 2]),
  ]).toEqual(['unknown', 'no', 'unknown', 'yes'])
})

it('a follower out of the ISR has none', () => {
  const reading = read({ replicas: RF3, isr: [1, 2] })
  makeLate(reading, 2, START - 4000, START, 50)
  reading.outSince[2] = START - 2000
  expect(live(reading).replicas[2]).toMatchObject({
    inSync: false,
    lateMs: 4000,
    leavesFrom: NaN,
    leavesTo: NaN,
    outSince: START - 2000,
  })
})

it('a silent follower keeps its last LEO with its age, and is late once the leader went past it', () => {
  const reading = read()
  reading.readAt[1] = START - 5000
  reading.caughtUpAt[1] = START - 5100
  const replica = live(reading, { facts: factsOf(RF3, { 2: START - 4000 }) }).replicas[1]
  expect(replica).toMatchObject({
    answers: false,
    reason: 'silent',
    logEndOffset: 98,
    readAt: START - 5000,
    lateMs: 5100,
  })
})

describe('what is not known', () => {
  it.each<[string, (reading: WritableReading) => void, Judgement, string]>([
    [
      'new leader',
      (reading) => {
        reading.highWatermarkError[0] = 78
      },
      {},
      'new-leader',
    ],
    [
      'no rights',
      (reading) => {
        reading.highWatermarkError[0] = 29
      },
      {},
      'not-authorized',
    ],
    [
      'not asked yet',
      (reading) => {
        reading.highWatermark[0] = NaN
      },
      {},
      'not-read',
    ],
    [
      'no leader',
      (reading) => {
        reading.leader[0] = -1
      },
      {},
      'no-leader',
    ],
    ['silent leader', () => undefined, { facts: factsOf(RF3, { 1: START }) }, 'leader-silent'],
  ])('HW, %s: NaN with the reason', (_, change, how, reason) => {
    const reading = read()
    change(reading)
    const now = live(reading, how)
    expect([now.highWatermark, now.highWatermarkReason]).toEqual([NaN, reason])
  })

  it.each([
    [0, 'not-read'],
    [29, 'not-authorized'],
    [6, 'not-a-replica'],
    [56, 'error-56'],
  ])('LEO with error %i: %s', (error, reason) => {
    const reading = read()
    reading.logEndOffset[2] = NaN
    reading.lagRecords[2] = NaN
    reading.logEndOffsetError[2] = error
    expect(live(reading).replicas[2]).toMatchObject({ logEndOffset: NaN, reason, lagRecords: NaN, lateMs: NaN })
  })

  it('min ISR: whether acks=all is taken is unknown too', () => {
    expect(live(read(undefined, -1))).toMatchObject({
      acceptsAcksAll: 'unknown',
      tolerance: NaN,
      effectiveMinInSyncReplicas: -1,
    })
  })
})

it.each<[string, PartitionRow, Judgement]>([
  ['too few in sync', { replicas: RF3, isr: [1] }, {}],
  ['no leader', { replicas: RF3, isr: [], leader: -1, error: 5 }, {}],
  ['a silent leader', { replicas: RF3 }, { facts: factsOf(RF3, { 1: START }) }],
])('acks=all is not taken with %s', (_, row, how) => {
  expect(live(read(row), how).acceptsAcksAll).toBe('no')
})

it('names the ELR, disputes and the silent leader', () => {
  const reading = read({ replicas: RF3, isr: [1] })
  reading.replicaElr[2] = 1
  const now = live(reading, { facts: factsOf(RF3, { 1: START }) })
  expect([now.elr, now.leaderStops?.nextLeader, now.leaderStops?.from, now.marks & MARK_LEADER_SILENT]).toEqual([
    [3],
    3,
    'elr',
    MARK_LEADER_SILENT,
  ])
})

it.each([
  ['not to be described', 29],
  ['led by a broker without a listener where we came in', 72],
])('a partition that is %s is not called leaderless (K5.4)', (_, error) => {
  const now = live(read({ replicas: RF3, leader: -1, error }))
  expect(now).toMatchObject({ acceptsAcksAll: 'unknown', highWatermarkReason: 'not-read', survivors: null })
})

it('a leader whose log end was not read is not 0 behind', () => {
  const reading = read()
  reading.logEndOffset[0] = reading.lagRecords[0] = NaN
  expect(live(reading).replicas[0]!.lagRecords).toBeNaN()
})

describe('a partition with a broker that only we do not see (K8.7)', () => {
  const unseen = (id: number): ReturnType<typeof factsOf> => {
    const facts = factsOf(RF3, { [id]: START - 9000 })
    return facts.set(id, { ...facts.get(id)!, silence: 'auth' })
  }

  it('does not know how far a follower on it is, whatever was read of it once', () => {
    const { replicas, acceptsAcksAll } = live(read(), { facts: unseen(2) })
    expect(replicas[1]).toMatchObject({ broker: 2, answers: false, reason: 'silent', lagRecords: NaN, lateMs: NaN })
    expect(replicas[2]).toMatchObject({ broker: 3, lagRecords: 0 })
    expect(acceptsAcksAll).toBe('unknown')
  })

  it('does not know the high watermark, nor whether writes are taken, where it leads', () => {
    for (const isr of [RF3, [1, 2]]) {
      const now = live(read({ replicas: RF3, isr }), { facts: unseen(1) })
      expect(now).toMatchObject({ highWatermark: NaN, highWatermarkReason: 'leader-silent', acceptsAcksAll: 'unknown' })
      expect(now.replicas.map(({ lagRecords }) => lagRecords)).toEqual([NaN, NaN, NaN])
    }
  })
})
