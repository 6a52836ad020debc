import { describe, expect, it } from 'vitest'
import type { ClusterSummary } from '../../../../src-main/contract/summary'
import { tally } from '../../../../src-main/shared/tally'
import { NearestMiss } from '../../../../src-main/domain/forecast/nearest'
import { UNCLEAN_OFF, UNCLEAN_ON, UNCLEAN_UNTOLD } from '../../../../src-main/domain/topology/reading'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import { noteListeners } from '../../../../src-main/domain/answers/listeners'
import { runWhole } from '../../../../src-main/domain/slices'
import { noteReassignments } from '../../../../src-main/domain/answers/reassignments'
import { NEXT_WAITS_FOR_BROKER } from '../../../../src-main/shared/states'
import {
  START,
  answer,
  broker,
  factsOf,
  factsUnheard,
  judge,
  makeLate,
  readingOf,
  readingOfPartitions,
  replicaIn,
  settings,
} from '../../../support/columns'
import type { PartitionRow } from '../../../support/columns'
import { summaryOf } from '../../../support/summary-of'
import type { SummaryScene } from '../../../support/summary-of'

const RF3 = [1, 2, 3]

const byBroker = (summary: ClusterSummary) => new Map(summary.brokers.map((row) => [row.id, row]))
const rows = (count: number, row: PartitionRow = { replicas: RF3 }): PartitionRow[] =>
  Array.from({ length: count }, () => row)

describe('a summary in health', () => {
  const summary = summaryOf(
    readingOf(
      [
        { name: 'a', partitions: rows(4) },
        { name: 'b', partitions: [{ replicas: [2] }] },
      ],
      undefined,
      1,
    ),
  )

  it('counts topics, partitions, replicas and states', () => {
    expect([summary.topics, summary.partitions, summary.replicas]).toEqual([2, 5, 13])
    expect(summary.counts).toEqual([0, 5, 0, 0, 0, 0, 0])
    expect(summary.headline).toEqual({
      level: 'well',
      since: START,
      began: 'opening',
      sinceAfter: NaN,
      culprit: null,
      offline: tally(0),
      writesRefused: tally(0),
      oneLossAway: tally(0),
      underReplicated: tally(0),
      lagging: tally(0),
      halted: [],
      noListener: null,
      leaving: null,
      silent: [],
      healedAt: NaN,
    })
    expect(summary.nearest).toBeNull()
  })

  it('tells what each broker holds, and what stopping it would do', () => {
    expect(byBroker(summary).get(2)).toEqual({
      id: 2,
      host: 'broker-2',
      port: 9092,
      rack: 'rack-2',
      listed: true,
      noListener: false,
      answers: 'yes',
      answersSince: START,
      course: '',
      silence: '',
      leadsTo: '',
      latencyMs: 2,
      replicas: 5,
      inSync: 5,
      adding: 0,
      leaders: 1,
      lagRecords: 0,
      behind: tally(0),
      lateMs: 0,
      stopRefuses: tally(0),
      stopOffline: tally(1),
      stopLoses: tally(0),
      offlineReplicas: 0,
      failedFolders: [],
      stopHalts: [],
      stopQuorum: 'keeps',
    })
  })
})

describe('a broker that does not answer but is still listed', () => {
  const facts = factsOf(RF3, { 2: START - 3000 })
  const summary = summaryOf(
    readingOfPartitions([...rows(3), { replicas: [2, 3], isr: [2, 3] }, { replicas: [2], isr: [2] }]),
    { facts },
  )

  it('is danger at once where it leads, and named with what follows', () => {
    expect(summary.headline.level).toBe('danger')
    expect(summary.headline.silent).toEqual([
      {
        broker: 2,
        rack: 'rack-2',
        since: START - 3000,
        silence: 'timeout',
        returning: false,
        heard: false,
        leadsTo: '',
        fencedFrom: START + 3500,
        fencedTo: START + 8125,
        leads: 2,
        thenRefuses: 1,
        thenOffline: 1,
        thenLoses: 0,
      },
    ])
  })

  it.each([
    ['allows unclean election', UNCLEAN_ON, 0, 1],
    ['does not', UNCLEAN_OFF, 1, 0],
    ['is not told', UNCLEAN_UNTOLD, 1, 0],
  ])('goes offline with it, or loses records at once: the topic %s', (_, unclean, thenOffline, thenLoses) => {
    const reading = readingOfPartitions([{ replicas: [2, 1], isr: [2] }], 1)
    reading.uncleanElection[0] = unclean
    expect(summaryOf(reading, { facts }).headline.silent).toMatchObject([{ broker: 2, thenOffline, thenLoses }])
    const stopped = byBroker(summaryOf(reading)).get(2)!
    expect([stopped.stopOffline, stopped.stopLoses]).toEqual([tally(thenOffline), tally(thenLoses)])
  })

  it('is not fenced, and nothing follows, while the controllers hear it', () => {
    const heard = new Map(facts)
    heard.set(2, { ...facts.get(2)!, heardAt: START - 500 })
    const reading = readingOfPartitions([...rows(3), { replicas: [2, 3], isr: [2, 3] }, { replicas: [2], isr: [2] }])
    expect(summaryOf(reading, { facts: heard }).headline.silent).toMatchObject([
      { broker: 2, heard: true, fencedFrom: NaN, fencedTo: NaN, leads: 2, thenRefuses: 0, thenOffline: 0 },
    ])
    const silent = summaryOf(reading, { facts: heard, settings: settings({ controllerSilent: true }) }).headline.silent
    expect(silent).toMatchObject([{ broker: 2, heard: false, fencedFrom: NaN, fencedTo: NaN }])
  })

  it('is the culprit with all its replicas', () => {
    expect(summary.headline.culprit).toEqual({
      kind: 'follower-broker',
      broker: 2,
      rack: 'rack-2',
      brokers: [],
      behind: 5,
      of: 5,
      cause: 'silent',
    })
  })

  it('has unknown lag, not none', () => {
    expect(byBroker(summary).get(2)?.lagRecords).toBeNaN()
  })
})

describe('a broker that only we do not see (K8.7)', () => {
  const facts = factsOf(RF3, { 2: START - 3000 })
  for (const silence of ['ours', 'auth', 'tls', 'unknown-host', 'protocol', 'other-cluster'] as const)
    it(`${silence}: nothing of it is foretold, nothing is called bad for it, and nothing well`, () => {
      facts.set(2, { ...facts.get(2)!, silence })
      const summary = summaryOf(readingOfPartitions([...rows(3), { replicas: [2, 3] }, { replicas: [1, 3] }]), {
        facts,
        voters: RF3.map((id) => ({ id, live: true })),
      })
      expect(summary.headline).toMatchObject({
        level: 'unknown',
        culprit: null,
        offline: tally(0, false),
        underReplicated: tally(0, false),
        silent: [{ broker: 2, silence, fencedFrom: NaN, fencedTo: NaN, leads: 1, thenRefuses: 0, thenOffline: 0 }],
      })
      expect(byBroker(summary).get(2)).toMatchObject({ answers: 'no', silence, lagRecords: NaN, lateMs: NaN })
      // The quorum's leader hears it.
      expect(byBroker(summary).get(1)?.stopQuorum).toBe('keeps')
    })
})

it('a broker with a replica that has more than its leader is behind by no sum', () => {
  const reading = readingOfPartitions(rows(2, { replicas: RF3, isr: [1, 2] }))
  reading.sentAt.fill(START - 2)
  reading.readAt.fill(START - 1)
  const ahead = replicaIn(reading, 0, 3)
  reading.lagRecords.fill(0)
  reading.lagRecords[replicaIn(reading, 1, 3)] = 40
  reading.readAt[ahead] = START - 5
  const lag = () => byBroker(summaryOf(reading)).get(3)?.lagRecords
  expect(lag()).toBe(40)
  reading.logEndOffset[ahead] = 1
  expect(lag()).toBeNaN()
})

describe('a broker that is gone from Metadata', () => {
  const reading = readingOfPartitions(
    [...rows(3, { replicas: RF3, isr: [1, 3] }), { replicas: [2], leader: -1, isr: [], error: 5 }],
    2,
    [broker(1), broker(3)],
  )
  const summary = summaryOf(reading, {
    facts: factsOf(RF3, { 2: START - 20_000 }),
    addresses: new Map([[2, broker(2, 'rack-z')]]),
  })

  it('is the culprit of what it left behind, offline partitions too', () => {
    expect(summary.headline).toMatchObject({
      level: 'danger',
      offline: tally(1),
      oneLossAway: tally(3),
      underReplicated: tally(4),
      silent: [],
      culprit: { kind: 'follower-broker', broker: 2, rack: 'rack-z', behind: 4, of: 4, cause: 'gone' },
    })
  })

  it('keeps its row, with the address last known and unknown lag', () => {
    expect(byBroker(summary).get(2)).toMatchObject({
      host: 'broker-2',
      listed: false,
      answers: 'no',
      behind: tally(4, false),
      lagRecords: NaN,
      lateMs: NaN,
    })
  })

  it('never asked and not listed is silent; listed and not yet asked is connecting', () => {
    const brokers = byBroker(summaryOf(reading, { facts: new Map() }))
    expect([brokers.get(2)?.answers, brokers.get(3)?.answers]).toEqual(['no', 'connecting'])
  })
})

it('an offline partition is the doing of the broker that is gone, not of the copy that is left behind', () => {
  const reading = readingOfPartitions([{ replicas: [2, 3], leader: -1, isr: [], error: 5 }], 1, [broker(1), broker(2)])
  const summary = summaryOf(reading, { facts: factsOf(RF3, { 3: START - 20_000 }) })
  expect(summary.headline.culprit).toMatchObject({ broker: 3, behind: 1, cause: 'gone' })
})

it('a follower whose broker is silent is fenced and not evicted, so it is not among those that leave', () => {
  const reading = readingOfPartitions(rows(1), 1)
  makeLate(reading, 2, START - 4000, START)
  const { headline } = summaryOf(reading, { facts: factsOf(RF3, { 3: START - 3000 }), catchUpRate: () => 100 })
  expect(headline).toMatchObject({ leaving: null, healedAt: NaN })
})

describe('followers that are late', () => {
  function late() {
    const reading = readingOfPartitions(rows(4), 1)
    makeLate(reading, 2, START - 4000, START, 100)
    makeLate(reading, 5, START - 6000, START, 300)
    return reading
  }

  it('are a watch with culprit, leaving time and worst lag', () => {
    const nearest = new NearestMiss()
    const summary = summaryOf(late(), { nearest })
    expect(summary.headline).toMatchObject({
      level: 'watch',
      lagging: tally(2),
      leaving: { replicas: 2, by: START + 41_000 },
      culprit: { kind: 'follower-broker', broker: 3, behind: 2, of: 4, cause: 'slow' },
    })
    expect(byBroker(summary).get(3)).toMatchObject({ lagRecords: 400, behind: tally(2), lateMs: 6000 })
    expect(summary.nearest).toEqual({ topic: 't', partition: 1, broker: 3, lateMs: 6000 })
  })

  it('that catch up in time are not about to leave; healed when the last of them is', () => {
    const summary = summaryOf(late(), { catchUpRate: () => 100 })
    expect(summary.headline).toMatchObject({ leaving: null, healedAt: START + 3000, culprit: { cause: 'recovering' } })
  })

  it('leave at an unknown time where the window is unknown', () => {
    expect(summaryOf(late(), { settings: settings({ evictionWindowMs: NaN }) }).headline.leaving).toBeNull()
  })

  it('of one leader on several brokers point to the leader', () => {
    const reading = readingOfPartitions([...rows(3, { replicas: [1, 2, 3] }), ...rows(3, { replicas: [2, 3, 1] })], 1)
    for (const replica of [1, 2, 4, 5]) makeLate(reading, replica, START - 4000, START)
    expect(summaryOf(reading).headline.culprit).toEqual({
      kind: 'leader-broker',
      broker: 1,
      rack: 'rack-1',
      brokers: [],
      behind: 2,
      of: 3,
      cause: 'unknown',
    })
  })
})

it('stop effects are unknown where a min ISR is', () => {
  expect(byBroker(summaryOf(readingOfPartitions(rows(1), -1))).get(1)?.stopRefuses).toEqual(tally(0, false))
})

it('under-replicated counts every partition that misses a replica, as kafka-topics does; by design is no trouble', () => {
  const reading = readingOfPartitions([
    { replicas: [1, 2] },
    { replicas: RF3, isr: [1] },
    { replicas: RF3, isr: [1, 2] },
  ])
  expect(summaryOf(reading).headline).toMatchObject({
    underReplicated: tally(2),
    writesRefused: tally(1),
    oneLossAway: tally(1),
    level: 'danger',
  })
})

it('the level is unread until every broker has been heard', () => {
  expect(summaryOf(readingOfPartitions(rows(1)), { read: false }).headline.level).toBe('unread')
})

describe('a summary while replicas move', () => {
  it('blames nobody for a replica that is being added, and shows it as not in sync yet', () => {
    const reading = readingOfPartitions(
      rows(3, { replicas: [4, 1, 2, 3], isr: RF3, leader: 1 }),
      2,
      [...RF3, 4].map((id) => broker(id)),
    )
    const moves = [0, 1, 2].map((partition) => ({ topic: 't', partition, adding: [4] }))
    runWhole(noteReassignments(reading, moves))
    const summary = summaryOf(reading, { facts: factsOf([...RF3, 4]) })
    expect(summary.headline).toMatchObject({ level: 'well', underReplicated: tally(0), culprit: null })
    expect(byBroker(summary).get(4)).toMatchObject({ replicas: 3, inSync: 0, adding: 3, behind: tally(0) })
  })
})

/** findings K4.1, K4.3, K5.1, K5.2, K8.2: what was not seen is no zero, and nothing stands on it. */
describe('what was not seen', () => {
  const UNSEEN = tally(0, false)

  it('a picture without a topic is unknown, and says nothing of any broker', () => {
    const summary = summaryOf(readingOf([]))
    const { level, offline, writesRefused, oneLossAway, underReplicated, lagging } = summary.headline
    expect(level).toBe('unknown')
    expect([offline, writesRefused, oneLossAway, underReplicated, lagging]).toEqual(Array(5).fill(UNSEEN))
    for (const { replicas, inSync, adding, leaders } of summary.brokers)
      expect([replicas, inSync, adding, leaders]).toEqual([NaN, NaN, NaN, NaN])
    for (const { behind, stopRefuses, stopOffline, lagRecords, lateMs } of summary.brokers)
      expect([behind, stopRefuses, stopOffline, lagRecords, lateMs]).toEqual([
        tally(0, false),
        UNSEEN,
        UNSEEN,
        NaN,
        NaN,
      ])
  })

  it('it is well only where it is proven that there is none', () => {
    const summary = summaryOf(readingOf([]), { reach: 'all' })
    expect(summary.headline).toMatchObject({ level: 'well', offline: tally(0) })
    expect(byBroker(summary).get(1)).toMatchObject({ replicas: 0, stopRefuses: tally(0), stopOffline: tally(0) })
  })

  it.each<[string, PartitionRow]>([
    ['that Metadata does not tell', { replicas: RF3, leader: -1, error: 29 }],
    ['whose leader has no listener where we came in', { replicas: RF3, leader: -1, error: 72 }],
    ['whose leader is not among the brokers', { replicas: [77, 1, 2], leader: 77 }],
    ['whose leader is none of its replicas', { replicas: [1, 2], leader: 3 }],
    ['without replicas', { replicas: [], leader: 1 }],
  ])('a partition %s is unknown, and so is the cluster', (_, row) => {
    const summary = summaryOf(readingOfPartitions([...rows(2), row]))
    expect(summary.counts[0]).toBe(1)
    expect(summary.headline).toMatchObject({ level: 'unknown', offline: UNSEEN, writesRefused: UNSEEN })
    for (const id of row.replicas)
      expect(byBroker(summary).get(id)).toMatchObject({ stopRefuses: UNSEEN, stopOffline: UNSEEN })
  })

  it('a replica that was never read makes its broker unknown, however many others are in step', () => {
    const reading = readingOfPartitions(rows(3))
    const replica = replicaIn(reading, 1, 2)
    reading.logEndOffset[replica] = reading.lagRecords[replica] = NaN
    const summary = summaryOf(reading)
    expect(summary.headline.level).toBe('unknown')
    expect(byBroker(summary).get(2)).toMatchObject({ behind: UNSEEN, lagRecords: NaN, lateMs: NaN })
    expect(byBroker(summary).get(3)).toMatchObject({ behind: UNSEEN, lagRecords: 0, lateMs: 0 })
  })

  it('replicas on a failed log directory are behind by an unknown number', () => {
    const reading = readingOfPartitions(rows(2, { replicas: RF3, isr: [1, 3], offline: [2] }))
    for (const partition of [0, 1]) {
      const replica = replicaIn(reading, partition, 2)
      reading.logEndOffset[replica] = reading.lagRecords[replica] = NaN
    }
    expect(byBroker(summaryOf(reading)).get(2)).toMatchObject({ behind: tally(2, false), lagRecords: NaN, lateMs: NaN })
  })

  it('a broker without a replica is not 0 behind', () => {
    const reading = readingOfPartitions(
      rows(1),
      2,
      [...RF3, 4].map((id) => broker(id)),
    )
    expect(byBroker(summaryOf(reading, { facts: factsOf([...RF3, 4]) })).get(4)).toMatchObject({
      replicas: 0,
      lagRecords: NaN,
      lateMs: NaN,
    })
  })

  it('of a broker that fell silent in step nobody knows whether it keeps up', () => {
    const summary = summaryOf(readingOfPartitions(rows(1)), { facts: factsOf(RF3, { 2: START - 3000 }) })
    expect(byBroker(summary).get(2)).toMatchObject({ behind: UNSEEN, lagRecords: NaN, lateMs: NaN })
  })

  it('with min ISR unknown no refused write is not none, and what is missing is still counted', () => {
    const summary = summaryOf(readingOfPartitions([...rows(3), { replicas: RF3, isr: [1] }], -1))
    expect(summary.minIsrUnknown).toBe(4)
    expect(summary.headline).toMatchObject({
      level: 'trouble',
      offline: tally(0),
      writesRefused: UNSEEN,
      oneLossAway: UNSEEN,
      underReplicated: tally(1),
    })
    expect(summaryOf(readingOfPartitions(rows(3), -1)).headline.level).toBe('unknown')
  })

  it('what refuses is counted beside what is not known', () => {
    const reading = readingOf([
      { name: 'hidden', partitions: rows(2) },
      { name: 'seen', partitions: [{ replicas: RF3, isr: [1] }] },
    ])
    reading.minInSyncReplicas[0] = -1
    expect(summaryOf(reading).headline).toMatchObject({ level: 'danger', writesRefused: tally(1, false) })
  })
})

describe('a broker that is asked anew and not heard yet', () => {
  const trouble: PartitionRow = { replicas: [1, 2, 3, 4], isr: [1, 2, 3] }
  const ask = (row: PartitionRow, unheard: readonly number[]) =>
    summaryOf(
      readingOfPartitions(
        [row],
        2,
        [1, 2, 3].map((id) => broker(id)),
      ),
      { facts: factsUnheard(RF3, unheard) },
    )

  it('may be dead: what its neighbours cost and whether writes are taken is not known', () => {
    const { headline, brokers } = ask(trouble, [3])
    expect(headline).toMatchObject({ writesRefused: tally(0, false), oneLossAway: tally(0, false) })
    expect(brokers.map(({ stopRefuses }) => stopRefuses.complete)).toEqual([false, false, false, false])
  })

  it('may be dead, so there is no time by which all have caught up, and its own lag is not of now', () => {
    const reading = readingOfPartitions([{ replicas: RF3, isr: [1, 2] }])
    makeLate(reading, 2, START - 60_000, START, 500)
    const healed = (facts: NonNullable<SummaryScene['facts']>): [number, string | undefined] => {
      const { healedAt, culprit } = summaryOf(reading, { facts, catchUpRate: () => 100 }).headline
      return [healedAt - START, culprit?.cause]
    }
    expect(healed(factsOf(RF3))).toEqual([5000, 'recovering'])
    expect(healed(factsUnheard(RF3, [3]))).toEqual([NaN, 'unknown'])
    expect(healed(factsUnheard(RF3, [2]))[0]).toBeNaN()
  })

  it('says nothing of partitions whose ISR it is not in', () => {
    const { headline, brokers } = ask({ ...trouble, isr: [1, 2] }, [3])
    expect(headline.writesRefused).toEqual(tally(0))
    expect(brokers.find(({ id }) => id === 1)?.stopRefuses).toEqual(tally(1))
  })
})

describe('when all have caught up', () => {
  function catching() {
    const reading = readingOfPartitions([...rows(2), { replicas: [3], leader: 3 }], 1)
    makeLate(reading, replicaIn(reading, 0, 3), START - 4000, START, 100)
    return reading
  }
  const healedAt = (reading: WritableReading, change: SummaryScene = {}): number =>
    summaryOf(reading, { catchUpRate: () => 100, ...change }).headline.healedAt

  it('is told where everybody behind is known to catch up', () => {
    expect(healedAt(catching())).toBe(START + 1000)
  })

  it('is not known while one of them does not', () => {
    const reading = catching()
    makeLate(reading, replicaIn(reading, 1, 3), START - 4000, START, 100)
    const other = replicaIn(reading, 1, 3)
    expect(healedAt(reading, { catchUpRate: (replica) => (replica === other ? NaN : 100) })).toBeNaN()
  })

  it.each<[string, (reading: WritableReading) => SummaryScene]>([
    [
      'a partition is offline',
      (reading) => {
        reading.leader[2] = -1
        return {}
      },
    ],
    ['a broker is silent', () => ({ facts: factsOf(RF3, { 2: START - 3000 }) })],
    [
      'a broker is gone',
      (reading) => {
        reading.brokers = [broker(1), broker(3)]
        return {}
      },
    ],
  ])('is not known while %s', (_, hurt) => {
    const reading = catching()
    expect(healedAt(reading, hurt(reading))).toBeNaN()
  })
})

describe('several brokers away (K8.3)', () => {
  const five = [1, 2, 3, 4, 5].map((id) => broker(id))
  const only = (...ids: number[]) => five.filter(({ id }) => ids.includes(id))
  const away = (...ids: number[]) => factsOf([1, 2, 3, 4, 5], Object.fromEntries(ids.map((id) => [id, START - 20_000])))

  it('no living leader is blamed for followers on brokers that are gone', () => {
    const reading = readingOfPartitions(rows(6, { replicas: RF3, leader: 1, isr: [1] }), 2, only(1, 4, 5))
    const { culprit } = summaryOf(reading, { facts: away(2, 3) }).headline
    expect(culprit).toMatchObject({ kind: 'brokers-away', behind: 12, of: 12, cause: 'gone' })
    expect(culprit?.brokers.map((one) => one.broker)).toEqual([2, 3])
  })

  it('a living leader is blamed where its late followers answer', () => {
    const reading = readingOfPartitions(rows(6, { replicas: RF3, leader: 1, isr: [1] }), 2)
    expect(summaryOf(reading).headline.culprit).toMatchObject({ kind: 'leader-broker', broker: 1, behind: 6 })
  })

  it('first is whoever is in most ISRs and ELRs, then whom the offline partitions wait for', () => {
    const offline: PartitionRow = { replicas: [2, 3], leader: -1, isr: [], error: 5 }
    const reading = readingOfPartitions(rows(3, offline), 1, only(1, 4, 5))
    const first = () => summaryOf(reading, { facts: away(2, 3) }).headline.culprit?.broker
    expect(first()).toBe(-1)
    for (const partition of [0, 1]) reading.replicaElr[replicaIn(reading, partition, 3)] = 1
    reading.replicaElr[replicaIn(reading, 2, 2)] = 1
    expect(first()).toBe(3)
    reading.replicaElr[replicaIn(reading, 0, 2)] = 1
    reading.lastKnownLeader.fill(2)
    expect(first()).toBe(2)
  })
})

describe('a broker without a listener where we came in (K5.4)', () => {
  const listed = [broker(1), broker(3)]
  const led: PartitionRow = { replicas: [2, 1, 3], leader: -1, isr: [2, 1], offline: [2], error: 72 }
  const followed: PartitionRow = { replicas: [1, 2], isr: [1, 2], offline: [2] }

  it('is not gone: level at least watch, and what it leads cannot be reached from here', () => {
    const summary = summaryOf(readingOfPartitions([led, led, followed], 1, listed), { facts: factsOf([1, 3]) })
    expect(summary.headline).toMatchObject({
      noListener: { brokers: [{ broker: 2, rack: null }], partitions: 2 },
      culprit: null,
      silent: [],
      offline: tally(0, false),
    })
    expect(summary.headline.level).toBe('watch')
    expect(byBroker(summary).get(2)).toMatchObject({ listed: false, noListener: true, inSync: 3 })
  })

  it('takes over when another one stops: its replicas are live, whatever Metadata calls them', () => {
    const stopped = summaryOf(readingOfPartitions([followed, followed], 1, listed), { facts: factsOf([1, 3]) })
    expect(byBroker(stopped).get(1)?.stopOffline.atLeast).toBe(2)
    const known = summaryOf(readingOfPartitions([led, followed, followed], 1, listed), { facts: factsOf([1, 3]) })
    expect(byBroker(known).get(1)?.stopOffline.atLeast).toBe(0)
  })

  it.each<[string, PartitionRow, readonly number[]]>([
    ['the leader is named', { replicas: [2, 1], leader: 2, isr: [2, 1], error: 72 }, [2]],
    ['two lack it', { replicas: [2, 4, 1], leader: -1, isr: [2, 4, 1], error: 72 }, [2, 4]],
    ['one that is out of the ISR is gone', { replicas: [2, 4, 1], leader: -1, isr: [2, 1], error: 72 }, [2]],
    ['no leader at all', { replicas: [2, 1], leader: -1, isr: [2], error: 5 }, []],
    ['a follower that is away', { replicas: [1, 2], isr: [1, 2], error: 9 }, []],
  ])('who lacks it: %s', (_, row, ids) => {
    const { withoutListener } = readingOfPartitions([row], 1, listed)
    expect([...withoutListener]).toEqual(ids)
  })

  it.each<[string, PartitionRow, boolean, readonly number[]]>([
    ['leads nothing, on KRaft', followed, true, [2]],
    ['leads nothing, and ZooKeeper may tell of its ISRs later', followed, false, []],
    ['nobody is listed who would have taken it out of the ISR', { ...followed, leader: -1, error: 5 }, true, []],
    ['a disk of one that is listed', { replicas: [1, 3], offline: [3] }, true, []],
  ])('who lacks it and %s', (_, row, kraft, ids) => {
    const reading = readingOfPartitions([row], 1, listed)
    noteListeners(reading, kraft)
    expect([...reading.withoutListener]).toEqual(ids)
  })

  it('a copy of it that is out of the ISR is on no failed disk', () => {
    const reading = readingOfPartitions([led, { replicas: [1, 2], isr: [1], offline: [2] }], 1, listed)
    expect(byBroker(summaryOf(reading, { facts: factsOf([1, 3]) })).get(2)?.offlineReplicas).toBe(0)
  })

  it('a broker on a disk that failed stays offline', () => {
    const reading = readingOfPartitions([led, { replicas: [1, 3], isr: [1, 3], offline: [3] }], 1, listed)
    expect([...reading.replicaFlags]).toEqual([1, 1, 0, 1, 3])
  })
})

describe('a broker on its way in or out (K8.4)', () => {
  it('that is listed again and has not opened its port is returning: no fencing, and none of its replicas is the fault of a leader', () => {
    const facts = factsOf(RF3, { 2: START - 30_000 })
    facts.set(2, { ...facts.get(2)!, returning: true, silence: 'refused' })
    const reading = readingOfPartitions(
      [...rows(4, { replicas: RF3, isr: [1, 3] }), { replicas: [2, 1], leader: 2, isr: [2] }],
      1,
    )
    const summary = summaryOf(reading, { facts })
    expect(summary.headline).toMatchObject({
      level: 'trouble',
      culprit: { kind: 'follower-broker', broker: 2, cause: 'returning' },
      silent: [
        { broker: 2, returning: true, leads: 1, fencedFrom: NaN, fencedTo: NaN, thenOffline: 0, thenRefuses: 0 },
      ],
    })
    expect(byBroker(summary).get(2)?.course).toBe('returning')
  })

  const before = [
    { replicas: [2, 1, 3], leader: 2 },
    { replicas: [1, 2, 3], leader: 1 },
  ]
  const handedOver = [
    { replicas: [2, 1, 3], leader: 1, isr: [1, 3], epoch: 2 },
    { replicas: [1, 2, 3], leader: 1, isr: [1, 3], epoch: 1 },
  ]
  const topic = (partitions: readonly PartitionRow[]) => [{ name: 't', partitions }]
  const courseOf = (reading: WritableReading, facts = factsOf(RF3)) =>
    byBroker(summaryOf(reading, { facts })).get(2)?.course

  it('that handed over what it led while it answers is leaving, until it is gone or joins an ISR', () => {
    const reading = readingOfPartitions(before)
    expect(courseOf(reading)).toBe('')
    answer(reading, topic(handedOver), START + 250)
    expect(courseOf(reading)).toBe('leaving')
    expect(summaryOf(reading).headline.culprit).toMatchObject({ broker: 2, cause: 'leaving' })
    expect([...judge(reading).next]).toEqual([NEXT_WAITS_FOR_BROKER, NEXT_WAITS_FOR_BROKER])
    expect(courseOf(reading, factsOf(RF3, { 2: START + 300 }))).toBe('leaving')
    answer(reading, topic(handedOver), START + 500, [broker(1), broker(3)])
    answer(reading, topic(handedOver), START + 750)
    expect(courseOf(reading)).toBe('')
    const again = readingOfPartitions(before)
    answer(again, topic(handedOver), START + 250)
    answer(again, topic([handedOver[0]!, { ...handedOver[1]!, isr: RF3 }]), START + 500)
    expect(courseOf(again)).toBe('')
  })

  it.each<[string, readonly PartitionRow[], number]>([
    ['a preferred election leaves it in the ISR', [{ ...handedOver[0]!, isr: RF3 }, before[1]!], START],
    ['a follower that is evicted led nothing', [before[0]!, handedOver[1]!], START],
    ['nobody leads it now', [{ ...handedOver[0]!, leader: -1, isr: [], error: 5 }, before[1]!], START],
    ['it ended and came back between two readings', handedOver, START + 100],
  ])('is not called so where %s', (_, after, answersSince) => {
    const reading = readingOfPartitions(before)
    answer(reading, topic(after), START + 250)
    const facts = factsOf(RF3)
    facts.set(2, { ...facts.get(2)!, answersSince, answeredFrom: answersSince })
    expect(courseOf(reading, facts)).toBe('')
  })

  it('nor where it is not listed any more: it is gone', () => {
    const reading = readingOfPartitions(before)
    answer(reading, topic(handedOver), START + 250, [broker(1), broker(3)])
    expect(summaryOf(reading).headline.culprit).toMatchObject({ broker: 2, cause: 'gone' })
  })
})

it('a follower that was late when it was first read was so before Highwater opened, though that shows only later (K8.1)', () => {
  const reading = readingOfPartitions(rows(2))
  const first = summaryOf(reading).headline
  expect([first.level, first.since, first.began]).toEqual(['well', START, 'opening'])
  makeLate(reading, replicaIn(reading, 0, 3), START - 4000, START + 1500)
  const later = { previous: first, now: START + 1500 }
  expect(summaryOf(reading, later).headline).toMatchObject({ level: 'watch', since: START + 1500, began: 'seen' })
  reading.lateAtLeast[replicaIn(reading, 0, 3)] = 1
  expect(summaryOf(reading, later).headline).toMatchObject({ level: 'watch', since: START, began: 'opening' })
})
