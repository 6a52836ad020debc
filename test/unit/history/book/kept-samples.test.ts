import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FIGURES } from '../../../../src-main/contract/kept-samples'
import type { Figure, FigureRow, KeptSeries } from '../../../../src-main/contract/kept-samples'
import type { ClusterSample } from '../../../../src-main/domain/samples/sample'
import { TIERS } from '../../../../src-main/domain/samples/tiers'
import { bookName } from '../../../../src-main/history/book/book-name'
import { createHistoryFiles } from '../../../../src-main/history/book/history-files'
import {
  brokerBucket,
  brokerBytes,
  brokerFigures,
  clusterBytes,
  clusterFigures,
  topicBytes,
  topicFigures,
} from '../../../../src-main/history/book/sample-code'
import { INSERT_SAMPLE, sampleSum } from '../../../../src-main/history/book/sample-row'
import type { HistoryFiles, HistoryWriter } from '../../../../src-main/ports/history'
import { FakeClock } from '../../../support/fake-clock'
import { event } from '../../../support/history-events'

const OURS = { cluster: 'saved-1', clusterId: 'kafka-A' }
const MINUTE = 60_000
/** A round time, so that spans of all tiers begin there. */
const ZERO = 1_699_999_800_000

let folder: string
let path: string
let clock: FakeClock
let problems: unknown[]
let writer: HistoryWriter

const start = (limitBytes?: number): HistoryFiles =>
  createHistoryFiles(folder, {
    clock,
    onProblem: (cause) => problems.push(cause),
    onNote: (note) => problems.push(note),
    ...(limitBytes === undefined ? {} : { limitBytes }),
  })
const write = (limitBytes?: number): void => {
  writer = start(limitBytes).write(OURS)!
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-samples-'))
  path = join(folder, bookName(OURS))
  clock = new FakeClock(ZERO)
  problems = []
  write()
})
afterEach(() => {
  writer.close()
  rmSync(folder, { recursive: true, force: true })
})

const row = (figures: Partial<Record<Figure, number>>): FigureRow => FIGURES.map((figure) => figures[figure] ?? 0)
const sample = (at: number, over: Partial<ClusterSample> = {}): ClusterSample => ({
  at,
  samples: 1,
  cluster: row({ recordsPerSecond: 100.25 }),
  brokers: new Map([
    [1, row({ lateMs: 3 })],
    [2_000_000_000, row({ lagRecords: Number.NaN })],
  ]),
  topics: new Map([['orders', row({ lagRecords: 700, lateMs: 1_500, isrChanges: 2 })]]),
  ...over,
})
/** Written for as long as that many samples take. */
async function keep(count: number, make: (at: number) => ClusterSample = sample, everyMs = 10_000): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    writer.addSample(make(clock.now()), [])
    await clock.advance(everyMs)
  }
}
const figures = (series: KeptSeries, figure: Figure): readonly number[] => series.figures[figure]

describe('figures as bytes', () => {
  it.each([0, 1, 2, 3, 77, 1_000, 1_400, Number.NaN])('are exact where they are small: %d', (figure) => {
    const all = FIGURES.map((name) => (name === 'recordsPerSecond' || name.startsWith('lateMs') ? 0 : figure))
    expect(topicFigures(topicBytes(new Map([[63, all]])), 63)).toEqual(all)
  })

  it.each([2_000, 5_001, 1e6, 1e9, 2 ** 53])('are within a thousandth elsewhere: %d', (figure) => {
    for (const read of topicFigures(topicBytes(new Map([[0, FIGURES.map(() => figure)]])), 0))
      expect(Math.abs(read / figure - 1)).toBeLessThan(0.001)
  })

  it.each([0.1, 1.5, 99.25])('have fractions where that means something: %d', (figure) => {
    const read = topicFigures(topicBytes(new Map([[0, row({ recordsPerSecond: figure, lateMs: figure })]])), 0)
    for (const name of ['recordsPerSecond', 'lateMs'] as const)
      expect(Math.abs(read[FIGURES.indexOf(name)]! - figure)).toBeLessThan(0.001 * (figure + 1))
  })

  it('find each topic among others, one that is not there with nothing to tell', () => {
    const topics = new Map([
      [5, row({ recordsPerSecond: 10 })],
      [9, row({ underReplicated: 3, recordsPerSecond: 20 })],
      [0, row({ isrChanges: 1 })],
      [63, row({ recordsPerSecond: Number.NaN })],
    ])
    const bytes = topicBytes(topics)
    expect(topicFigures(bytes, 9)[FIGURES.indexOf('underReplicated')]).toBe(3)
    expect(topicFigures(bytes, 0)).toEqual(row({ isrChanges: 1 }))
    expect(topicFigures(bytes, 63)).toEqual(row({ recordsPerSecond: Number.NaN }))
    expect(topicFigures(bytes, 6)).toEqual(row({}))
    expect(() => topicFigures(bytes.subarray(0, 8), 33)).toThrow()
  })

  it('are those of the cluster and each broker', () => {
    const { cluster, brokers } = sample(0)
    const read = clusterFigures(clusterBytes({ samples: 6, cluster }))
    expect([read.samples, read.cluster, read.broker(1)]).toEqual([6, row({ recordsPerSecond: 100.25 }), undefined])
    const bytes = brokerBytes(brokers)
    expect(brokerFigures(bytes, 2_000_000_000)).toEqual(row({ lagRecords: Number.NaN }))
    expect(brokerFigures(bytes, 7)).toBeUndefined()
    expect(() => clusterFigures(Buffer.alloc(50))).toThrow()
    expect(() => brokerFigures(bytes.subarray(8), 1)).toThrow()
  })
})

describe('a series', () => {
  it('of the cluster, a broker, a topic, at the resolution it is asked for', async () => {
    await keep(13)
    const read = (kind: Parameters<typeof writer.samples>[0], resolutionMs: number) =>
      writer.samples(kind, ZERO, ZERO + 2 * MINUTE, resolutionMs)
    const fine = read({ kind: 'cluster' }, 10_000)
    expect([fine.resolutionMs, fine.at]).toEqual([10_000, Array.from({ length: 12 }, (_, n) => ZERO + n * 10_000)])
    expect(figures(fine, 'recordsPerSecond')).toEqual(Array.from({ length: 12 }, () => 100.25))
    expect(figures(read({ kind: 'broker', broker: 2_000_000_000 }, 10_000), 'lagRecords')[11]).toBeNaN()
    expect(read({ kind: 'broker', broker: 3 }, 10_000).at).toEqual([])
    const minutes = read({ kind: 'topic', topic: 'orders' }, MINUTE)
    expect([minutes.resolutionMs, minutes.at]).toEqual([MINUTE, [ZERO, ZERO + MINUTE]])
    expect([figures(minutes, 'lagRecords'), figures(minutes, 'isrChanges')]).toEqual([
      [700, 700],
      [12, 12],
    ])
    // No tier of its own: six of ten seconds and a half of it.
    const thirty = read({ kind: 'topic', topic: 'orders' }, 30_000)
    expect([thirty.resolutionMs, thirty.at.length, figures(thirty, 'isrChanges')[0]]).toEqual([30_000, 4, 6])
    expect(problems).toEqual([])
  })

  it('has zeros where a topic had nothing to tell, and nothing where nobody sampled', async () => {
    writer.watch({ from: ZERO, to: clock.now(), end: 'open' })
    await keep(3)
    await keep(2, (at) => sample(at, { topics: new Map() }))
    writer.watch({ from: ZERO, to: clock.now(), end: 'asleep' })
    await clock.advance(40_000)
    const again = clock.now()
    await keep(2)
    writer.watch({ from: again, to: clock.now(), end: 'open' })
    const series = writer.samples({ kind: 'topic', topic: 'orders' }, ZERO, clock.now(), 10_000)
    expect(series.at.map((at) => at - ZERO)).toEqual([0, 10_000, 20_000, 30_000, 40_000, 90_000, 100_000])
    expect(figures(series, 'lagRecords')).toEqual([700, 700, 700, 0, 0, 700, 700])
    expect(series.unwatched).toEqual([{ from: ZERO + 50_000, to: ZERO + 90_000 }])
    expect(figures(writer.samples({ kind: 'topic', topic: 'never' }, ZERO, clock.now(), 10_000), 'lagRecords')[0]).toBe(
      0,
    )
  })

  it('is there after a restart, with what a coarse span had until the end', async () => {
    await keep(9)
    writer.close()
    const reader = start().read(OURS)
    const cluster = { kind: 'cluster' } as const
    expect(reader.samples(cluster, ZERO, clock.now(), 10_000).at).toHaveLength(9)
    expect(reader.samples(cluster, ZERO, clock.now(), MINUTE).at).toEqual([ZERO, ZERO + MINUTE])
    expect(reader.samples(cluster, ZERO, clock.now(), 10 * MINUTE).at).toEqual([ZERO])
    write()
    await keep(1)
    expect(writer.samples(cluster, ZERO, clock.now(), 10_000).at).toHaveLength(10)
  })

  it('has at most two thousand points', async () => {
    await keep(3)
    const { resolutionMs } = writer.samples({ kind: 'cluster' }, ZERO - 30 * 86_400_000, clock.now(), 10_000)
    expect(resolutionMs).toBe(1_200_000)
  })

  it('counts rows that cannot be read, and goes on without them', async () => {
    await keep(4)
    writer.close()
    const db = new Database(path)
    db.exec(`UPDATE sample SET body = x'00ff' WHERE tier = 0 AND bucket = -1 AND at = ${ZERO}`)
    db.exec(`UPDATE sample SET body = x'00ff' WHERE tier = 0 AND bucket = 0 AND at = ${ZERO + 10_000}`)
    db.exec(`UPDATE sample SET at = at + 5 WHERE tier = 0 AND bucket = -1 AND at = ${ZERO + 20_000}`)
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    const series = start().read(OURS).samples({ kind: 'topic', topic: 'orders' }, ZERO, clock.now(), 10_000)
    expect(series.unreadable).toBe(3)
    expect(figures(series, 'lagRecords')).toEqual([Number.NaN, 700])
  })
})

describe('brokers', () => {
  const many = (at: number): ClusterSample =>
    sample(at, { brokers: new Map([...Array(20).keys(), 1_001].map((id) => [id, row({ lateMs: id + 1 })])) })
  const lateOf = (broker: number, until = clock.now()): readonly number[] =>
    figures(start().read(OURS).samples({ kind: 'broker', broker }, ZERO, until, 10_000), 'lateMs')

  it('are each found among those they share a row with, and no others', async () => {
    await keep(2, many)
    writer.close()
    for (const broker of [0, 7, 8, 19, 1_001]) expect(lateOf(broker)).toEqual([broker + 1, broker + 1])
    for (const broker of [20, 23, 1_000]) expect(lateOf(broker)).toEqual([])
  })

  it('whose row cannot be read are not known then, and are counted', async () => {
    await keep(2, many)
    writer.close()
    const db = new Database(path)
    db.exec(`UPDATE sample SET body = x'00ff' WHERE tier = 0 AND bucket = ${brokerBucket(8)} AND at = ${ZERO}`)
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    expect([lateOf(7), lateOf(8)]).toEqual([
      [8, 8],
      [Number.NaN, 9],
    ])
    expect(start().read(OURS).samples({ kind: 'broker', broker: 8 }, ZERO, clock.now(), 10_000).unreadable).toBe(1)
  })

  it('are found in a file of before, where they stood behind the cluster, and beside it in what is written since', async () => {
    writer.close()
    const db = new Database(path)
    const before = many(ZERO)
    const body = Buffer.concat([clusterBytes(before), brokerBytes(before.brokers)])
    db.prepare(INSERT_SAMPLE).run(0, -1, ZERO, body, sampleSum(0, -1, ZERO, body))
    db.exec('PRAGMA user_version = 4')
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    await clock.advance(10_000)
    write()
    await keep(1, many)
    writer.close()
    expect(lateOf(19)).toEqual([20, 20])
    expect(lateOf(20)).toEqual([])
    const cluster = start().read(OURS).samples({ kind: 'cluster' }, ZERO, clock.now(), 10_000)
    expect(figures(cluster, 'recordsPerSecond')).toEqual([100.25, 100.25])
    expect(problems).toEqual([])
  })
})

describe('what is kept', () => {
  const count = (tier: number): number => {
    const db = new Database(path)
    const [found] = db.prepare('SELECT count(*) AS count FROM sample WHERE tier = ? AND bucket = -1').all(tier) as {
      count: number
    }[]
    db.close()
    return found!.count
  }

  it('goes away when its tier is over, in every tier at its time', async () => {
    const HOUR = 60 * MINUTE
    // One every ten minutes for 31 days: a row in each tier.
    await keep(31 * 24 * 6, sample, 10 * MINUTE)
    await clock.advance(2 * MINUTE)
    const expected = TIERS.map(({ keptMs }) => keptMs / (10 * MINUTE))
    for (const [tier, rows] of expected.entries()) {
      expect(count(tier)).toBeGreaterThanOrEqual(rows - 2)
      expect(count(tier)).toBeLessThanOrEqual(rows + 2)
    }
    const old = writer.samples(
      { kind: 'topic', topic: 'orders' },
      clock.now() - 29 * 24 * HOUR,
      clock.now(),
      10 * MINUTE,
    )
    expect(old.at.length).toBeGreaterThan(1_000)
    expect(problems).toEqual([])
  }, 300_000)

  it('of 10,000 topics that all flow fits into the bound, beside the events', async () => {
    const flowing = (at: number): ClusterSample =>
      sample(at, {
        topics: new Map(
          Array.from({ length: 10_000 }, (_, n) => [`topic-${n}`, row({ recordsPerSecond: (at / 1_000 + n) % 5_000 })]),
        ),
      })
    await keep(1, flowing)
    writer.flush()
    writer.close()
    const before = statSync(path).size
    write()
    await keep(40, flowing)
    writer.close()
    // 40 of ten seconds, seven of a minute, one of ten minutes.
    const bytes = (statSync(path).size - before) / 48
    const samples = TIERS.reduce((sum, { everyMs, keptMs }) => sum + keptMs / everyMs, 0)
    expect(samples).toBe(10_800)
    expect((bytes * samples) / 1_048_576).toBeLessThan(430)
    console.log(`${(bytes / 1_024).toFixed(1)} KiB a sample, ${((bytes * samples) / 1_048_576).toFixed(0)} MiB in all`)
  })

  it('makes room, the oldest of events and samples first', async () => {
    writer.close()
    const BOUND = 8 * 1_048_576
    write(BOUND)
    const many = (at: number): ClusterSample =>
      sample(at, {
        topics: new Map(
          Array.from({ length: 3_000 }, (_, n) => [
            `topic-${n}`,
            row({ lagRecords: n + 1, lateMs: 5, recordsPerSecond: 7 }),
          ]),
        ),
      })
    writer.add([event({ from: ZERO - 5, to: ZERO })], 0)
    let most = 0
    for (let round = 0; round < 30; round += 1) {
      await keep(10, many)
      writer.add([event({ from: clock.now(), to: clock.now() })], 0)
      most = Math.max(
        most,
        ['', '-wal'].reduce((sum, tail) => sum + (statSync(path + tail, { throwIfNoEntry: false })?.size ?? 0), 0),
      )
    }
    expect(most).toBeLessThan(BOUND)
    const { at } = writer.samples({ kind: 'cluster' }, ZERO, clock.now(), 10_000)
    expect(at[0]).toBeGreaterThan(ZERO)
    expect(at.at(-1)).toBe(clock.now() - 10_000)
    // The events of the same time went with them, those of later are there.
    const events = writer.events({}, 100).rows
    expect(events.length).toBeLessThan(31)
    expect(events[0]?.seq).toBe(31)
    expect(problems).toEqual([])
  })

  it('is added to a file of before there were samples', async () => {
    writer.add([event()], 0)
    writer.close()
    const db = new Database(path)
    db.exec('DROP TABLE sample; DROP TABLE excursion; DROP TABLE moment; PRAGMA user_version = 1')
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    write()
    await keep(2)
    expect(writer.events({}, 9).rows).toHaveLength(1)
    expect(writer.samples({ kind: 'cluster' }, ZERO, clock.now(), 10_000).at).toHaveLength(2)
    expect(problems).toEqual([])
  })
})
