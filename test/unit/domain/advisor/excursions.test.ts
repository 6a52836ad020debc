import { describe, expect, it } from 'vitest'
import type { ClusterEvent } from '../../../../src-main/contract/history'
import { ExcursionWatch } from '../../../../src-main/domain/advisor/excursions'
import type { Excursion, LateLook } from '../../../../src-main/domain/advisor/excursions'
import { runWhole } from '../../../../src-main/domain/slices'
import { pairOf, UNREAD_SETTINGS } from '../../../../src-main/domain/topology/reading'
import type { ClusterSettings, WritableReading } from '../../../../src-main/domain/topology/reading'
import { answer, readingOf, replicaIn, rowIn, START } from '../../../support/columns'
import type { TopicRow } from '../../../support/columns'
import { event } from '../../../support/history-events'

const WINDOW = 10_000
const SETTINGS: ClusterSettings = {
  ...UNREAD_SETTINGS,
  evictionWindowMs: WINDOW,
  evictionWindows: new Map([
    [1, WINDOW],
    [2, WINDOW],
  ]),
}
const BROKER = { listed: true, noListener: false, course: '' } as const
const TOPIC: TopicRow = { name: 't', partitions: [{ replicas: [1, 2, 3] }, { replicas: [1, 2, 3] }] }

/** A cluster of which a test says what is read, look after look. */
class Stage {
  reading: WritableReading
  settings = SETTINGS
  away: readonly number[] = []
  readonly watch = new ExcursionWatch()

  constructor(topics: readonly TopicRow[] = [TOPIC]) {
    this.reading = readingOf(topics)
    // The follower's thread was seen at the leader's end right before.
    this.reading.fetchedAt.set(pairOf(1, 2), START)
  }

  /** The follower's newest reading is of `at`; behind since `since`, NaN = caught up. */
  read(at: number, since: number, partition = 0, broker = 2): void {
    const replica = replicaIn(this.reading, partition, broker)
    this.reading.behindSince[replica] = since
    this.reading.sentAt[replica] = this.reading.readAt[replica] = at
    this.reading.lagRecords[replica] = Number.isNaN(since) ? 0 : 100
  }

  isr(isr: readonly number[], at: number, over: object = {}): void {
    answer(this.reading, [{ name: 't', partitions: [{ replicas: [1, 2, 3], isr, ...over }, TOPIC.partitions[1]!] }], at)
  }

  look(at: number, events: readonly ClusterEvent[] = [], afterGap = false): readonly Excursion[] {
    const { reading, settings } = this
    const looked: LateLook = {
      topology: reading.topology,
      columns: { leader: reading.leader, leaderEpoch: reading.leaderEpoch },
      changed: Uint32Array.from(reading.topology.partition.keys()),
      afterGap,
      settings,
      reading,
      summary: {
        takenAt: at,
        brokers: [1, 2, 3].map((id) => ({ ...BROKER, id, listed: !this.away.includes(id) })),
      },
    }
    return runWhole(this.watch.observe(looked, events, false)).ended
  }
}

const left = (over: Partial<ClusterEvent> = {}): ClusterEvent =>
  event({ topic: 't', partition: 0, broker: 2, other: 1, to: START + 12_000, lateMs: 11_500, ...over })
/** Late from START + 1 s, and seen so at START + 4 s. */
function late(topics?: readonly TopicRow[]): Stage {
  const stage = new Stage(topics)
  expect(stage.look(START + 500)).toEqual([])
  stage.read(START + 4_000, START + 1_000)
  expect(stage.look(START + 4_000)).toEqual([])
  return stage
}

describe('an excursion under a new leader', () => {
  /** Late under broker 1 for 20 s, out of the ISR and in it again, when broker 3 begins to lead. */
  function handedOver(): Stage {
    const stage = late()
    stage.isr([1, 3], START + 12_000)
    stage.look(START + 12_000, [left()])
    stage.isr([1, 2, 3], START + 21_000, { leader: 3, epoch: 2 })
    expect(stage.look(START + 21_000)).toMatchObject([{ end: 'unknown', leader: 1, evictions: 1 }])
    return stage
  }

  it('is none where the log was behind before alone: everybody has a fresh window', () => {
    const stage = handedOver()
    stage.read(START + 21_900, START + 1_000)
    stage.look(START + 21_900)
    stage.read(START + 22_500, Number.NaN)
    expect(stage.look(START + 22_500)).toEqual([])
    expect(stage.watch.underWay).toEqual({ late: 0, out: 0 })
  })

  it('is as long as it is late under that one', () => {
    const stage = handedOver()
    stage.read(START + 24_000, START + 1_000)
    stage.look(START + 24_000)
    stage.read(START + 25_000, Number.NaN)
    const [one] = stage.look(START + 25_000)
    expect(one).toMatchObject({ end: 'returned', leader: 3, leastMs: 3_000, evictions: 0 })
    // The epoch may have begun up to 2 s before it was seen.
    expect(one!.mostMs).toBe(6_000)
  })
})

describe('an excursion ends', () => {
  it('by a return: at least as long as its log was behind, at most from its last proven fetch to the reading without it', () => {
    const stage = late()
    stage.read(START + 6_000, START + 1_000)
    stage.look(START + 6_000)
    stage.read(START + 7_000, Number.NaN)
    expect(stage.look(START + 7_000)).toEqual([
      {
        leader: 1,
        follower: 2,
        topic: 't',
        windowMs: WINDOW,
        end: 'returned',
        cut: '',
        leastMs: 5_000,
        mostMs: 7_000,
        evictions: 0,
        isOccasion: true,
      },
    ])
    expect(stage.watch.underWay).toEqual({ late: 0, out: 0 })
  })

  it('once, however often it is looked at', () => {
    const stage = late()
    for (let at = 4_250; at < 9_000; at += 250) {
      stage.read(START + at, START + 1_000)
      expect(stage.look(START + at)).toEqual([])
    }
    stage.read(START + 9_000, Number.NaN)
    expect(stage.look(START + 9_000)).toHaveLength(1)
    expect(stage.look(START + 9_250)).toEqual([])
  })

  it('by a return after less than 1.5 windows, as the leader would have put it out', () => {
    const stage = late()
    // It steps on, so that its log is never far behind, and is never seen at the end.
    for (let at = 5_000; at <= 40_000; at += 1_000) {
      stage.read(START + at, START + at - 2_000)
      stage.look(START + at)
    }
    stage.read(START + 41_000, Number.NaN)
    expect(stage.look(START + 41_000)).toMatchObject([{ end: 'returned', leastMs: 3_000, mostMs: 15_000 }])
  })

  it('without that bound where no controller answered, as nobody leaves an ISR then', () => {
    const stage = late()
    stage.settings = { ...SETTINGS, controllerSilent: true }
    stage.look(START + 5_000)
    stage.settings = SETTINGS
    stage.read(START + 41_000, Number.NaN)
    expect(stage.look(START + 41_000)).toMatchObject([{ end: 'returned', mostMs: 41_000 }])
  })

  it('by lag: it goes on until the follower has caught up, and was as long as the window at least', () => {
    const stage = late()
    stage.isr([1, 3], START + 12_000)
    expect(stage.look(START + 12_000, [left()])).toEqual([])
    expect(stage.watch.underWay).toEqual({ late: 1, out: 1 })
    stage.read(START + 19_000, Number.NaN)
    expect(stage.look(START + 19_000)).toMatchObject([
      { end: 'evicted', cut: '', leastMs: WINDOW, mostMs: 19_000, evictions: 1 },
    ])
    expect(stage.watch.underWay).toEqual({ late: 0, out: 0 })
  })

  it('by lag, put out twice before it had caught up', () => {
    const stage = late()
    stage.look(START + 12_000, [left()])
    stage.look(START + 14_000, [left()])
    stage.read(START + 19_000, Number.NaN)
    expect(stage.look(START + 19_000)).toMatchObject([{ end: 'evicted', evictions: 2 }])
  })

  it('by lag, between two readings of a partition that is read seldom', () => {
    const stage = new Stage()
    stage.look(START)
    stage.look(START + 12_000, [left()])
    stage.read(START + 20_000, Number.NaN)
    expect(stage.look(START + 20_000)).toMatchObject([{ end: 'evicted', leastMs: WINDOW, mostMs: 19_500 }])
  })

  it.each<[string, (stage: Stage) => readonly Excursion[], Partial<Excursion>]>([
    ['its broker is gone', (stage) => ((stage.away = [2]), stage.look(START + 9_000)), { end: 'cut', cut: 'fenced' }],
    [
      'it left as its broker was fenced',
      (stage) => stage.look(START + 9_000, [left({ cause: 'fenced' })]),
      { end: 'cut', cut: 'fenced' },
    ],
    [
      'it left as its broker shut down',
      (stage) => stage.look(START + 9_000, [left({ cause: 'shutdown' })]),
      { end: 'cut', cut: 'fenced' },
    ],
    ['it is moved', (stage) => stage.look(START + 9_000, [left({ cause: 'moved' })]), { end: 'cut', cut: 'moved' }],
    [
      'nobody knows why it left',
      (stage) => stage.look(START + 9_000, [left({ cause: '' })]),
      { end: 'cut', cut: 'left' },
    ],
    ['nobody looked', (stage) => stage.look(START + 900_000, [], true), { end: 'cut', cut: 'gap' }],
    ['we stop', (stage) => stage.watch.stop(), { end: 'cut', cut: 'gap' }],
    [
      'another one leads, which gives it a fresh window',
      (stage) => {
        stage.isr([1, 2, 3], START + 9_000, { leader: 3, epoch: 2 })
        return stage.look(START + 9_000)
      },
      { end: 'cut', cut: 'leader' },
    ],
    [
      'the same one was elected again',
      (stage) => {
        stage.isr([1, 2, 3], START + 9_000, { epoch: 2 })
        return stage.look(START + 9_000)
      },
      { end: 'cut', cut: 'leader' },
    ],
    [
      'it was put out, and then its broker is gone',
      (stage) => {
        stage.look(START + 12_000, [left()])
        stage.away = [2]
        return stage.look(START + 20_000)
      },
      { end: 'unknown', cut: '', leastMs: WINDOW },
    ],
  ])('where %s, as neither a return nor an eviction that is known', (_, end, expected) => {
    const stage = late()
    expect(end(stage)).toMatchObject([expected])
    expect(stage.watch.underWay).toEqual({ late: 0, out: 0 })
  })

  it('as one of which nobody knows the beginning, where it was late when we first looked', () => {
    const stage = new Stage()
    stage.reading.lateAtLeast[replicaIn(stage.reading, 0, 2)] = 1
    stage.read(START + 4_000, START + 1_000)
    stage.look(START + 4_000)
    stage.read(START + 5_000, Number.NaN)
    expect(stage.look(START + 5_000)).toMatchObject([{ end: 'cut', cut: 'before', leastMs: 3_000 }])
  })

  it('where its topic was made anew, under the name it had', () => {
    const stage = late([{ ...TOPIC, id: 7 }])
    const before = stage.reading
    stage.reading = readingOf([{ ...TOPIC, id: 8 }])
    expect(stage.reading.topology).not.toBe(before.topology)
    expect(stage.look(START + 9_000)).toMatchObject([{ topic: 't', end: 'cut', cut: 'moved' }])
  })
})

it('goes on where topics come and go around it', () => {
  const stage = late()
  const before = stage.reading
  stage.reading = readingOf([{ name: 'a', partitions: [{ replicas: [3, 1] }] }, TOPIC])
  stage.reading.fetchedAt.set(pairOf(1, 2), START)
  expect(rowIn(stage.reading, 't', 0)).not.toBe(rowIn(before, 't', 0))
  stage.read(START + 6_000, START + 1_000)
  expect(stage.look(START + 6_000)).toEqual([])
  stage.read(START + 8_000, Number.NaN)
  expect(stage.look(START + 8_000)).toMatchObject([{ topic: 't', end: 'returned', leastMs: 5_000, mostMs: 8_000 }])
})

it('counts a stall of several partitions as one occasion', () => {
  const stage = new Stage()
  stage.look(START)
  for (const partition of [0, 1]) stage.read(START + 4_000, START + 1_000, partition)
  stage.look(START + 4_000)
  for (const partition of [0, 1]) stage.read(START + 5_000, Number.NaN, partition)
  const ended = stage.look(START + 5_000)
  expect(ended).toHaveLength(2)
  expect(ended.filter(({ isOccasion }) => isOccasion)).toHaveLength(1)
})

it.each([
  ['a healthy follower', 900, START, [1, 2, 3]],
  ['one that is out of the ISR already', 4_000, START, [1, 3]],
])('does not begin with %s', (_, at, since, isr) => {
  const stage = new Stage()
  stage.isr(isr, START)
  stage.read(START + at, since)
  stage.look(START + at)
  expect(stage.watch.underWay.late).toBe(0)
})

it('has no figure for what may have been, where no fetch is proven and the window is not told', () => {
  const stage = new Stage()
  stage.reading.fetchedAt.clear()
  stage.settings = { ...UNREAD_SETTINGS }
  stage.read(START + 4_000, START + 1_000)
  stage.look(START + 4_000)
  stage.read(START + 5_000, Number.NaN)
  expect(stage.look(START + 5_000)).toMatchObject([{ windowMs: -1, leastMs: 3_000, mostMs: Number.POSITIVE_INFINITY }])
})
