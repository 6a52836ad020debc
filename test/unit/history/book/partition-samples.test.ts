import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FIGURES } from '../../../../src-main/contract/kept-samples'
import type { PartitionSample } from '../../../../src-main/domain/samples/partition-sample'
import { bookName } from '../../../../src-main/history/book/book-name'
import { createHistoryFiles } from '../../../../src-main/history/book/history-files'
import { partitionBytes, partitionRows, placeOf } from '../../../../src-main/history/book/partition-code'
import type { HistoryWriter } from '../../../../src-main/ports/history'
import { HEALTHY, LAGGING, OFFLINE } from '../../../../src-main/shared/states'
import { FakeClock } from '../../../support/fake-clock'

const OURS = { cluster: 'saved-1', clusterId: 'kafka-A' }
const MINUTE = 60_000
const ZERO = 1_699_999_800_000

let folder: string
let clock: FakeClock
let problems: unknown[]
let writer: HistoryWriter

const files = () => createHistoryFiles(folder, { clock, onProblem: (cause) => problems.push(cause) })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-partition-samples-'))
  clock = new FakeClock(ZERO)
  problems = []
  writer = files().write(OURS)!
})
afterEach(() => {
  writer.close()
  rmSync(folder, { recursive: true, force: true })
})

const CLUSTER = { samples: 1, cluster: FIGURES.map(() => 0), brokers: new Map(), topics: new Map() }
const partition = (at: number, over: Partial<PartitionSample> = {}): PartitionSample => ({
  at,
  topic: 'orders',
  partition: 4,
  state: LAGGING,
  followers: [
    { broker: 2, lagRecords: 700, lateMs: 1_500 },
    { broker: 2_000_000_000, lagRecords: Number.NaN, lateMs: Number.NaN },
  ],
  ...over,
})
async function add(...partitions: readonly PartitionSample[]): Promise<void> {
  writer.addSample({ ...CLUSTER, at: clock.now() }, partitions)
  await clock.advance(10_000)
}
const ORDERS = { topic: 'orders', partition: 4 }
const read = (resolutionMs = 10_000, of = ORDERS) =>
  writer.partitionSamples(of, ZERO - 10 * MINUTE, ZERO + 20 * MINUTE, resolutionMs)

it('come back as bytes, each at its place, and bytes that end too early are none', () => {
  const rows = new Map([
    [placeOf(63, 99_999), { state: OFFLINE, followers: [] }],
    [placeOf(7, 0), { state: LAGGING, followers: partition(0).followers }],
  ])
  const bytes = partitionBytes(rows)
  expect([...partitionRows(bytes).keys()]).toEqual([...rows.keys()])
  expect(partitionRows(bytes, placeOf(63, 99_999)).get(placeOf(63, 99_999))).toEqual({ state: OFFLINE, followers: [] })
  const [first, second] = partitionRows(bytes, placeOf(7, 0)).get(placeOf(7, 0))!.followers
  expect([first!.broker, first!.lagRecords, second!.broker, second!.lateMs]).toEqual([2, 700, 2_000_000_000, NaN])
  expect(() => partitionRows(bytes.subarray(0, bytes.length - 1))).toThrow()
})

it('are read by partition, with a hole where nothing was kept', async () => {
  await add(partition(ZERO), partition(ZERO, { partition: 5, state: OFFLINE, followers: [] }))
  await add()
  await add(partition(ZERO + 20_000, { followers: [{ broker: 3, lagRecords: 9, lateMs: 0 }] }))
  const series = read()
  expect([series.at.map((at) => at - ZERO), series.state]).toEqual([
    [0, 20_000],
    [LAGGING, LAGGING],
  ])
  expect(series.followers.map(({ broker, lagRecords }) => [broker, lagRecords])).toEqual([
    [2, [700, NaN]],
    [3, [NaN, 9]],
    [2_000_000_000, [NaN, NaN]],
  ])
  expect(read(10_000, { topic: 'orders', partition: 5 })).toMatchObject({ state: [OFFLINE], followers: [] })
  expect(read(10_000, { topic: 'other', partition: 4 }).at).toEqual([])
  expect(problems).toEqual([])
})

it('of the minute before are taken where they belong, in every resolution, beside what is there', async () => {
  await add(partition(ZERO, { topic: 'zebra', state: OFFLINE }))
  for (let n = 1; n < 6; n += 1) await add()
  // Its trouble begins in the next minute; the beginning belongs to the one before.
  await add(
    ...[0, 10_000, 60_000].map((after) =>
      partition(ZERO + after, {
        state: after === 60_000 ? LAGGING : HEALTHY,
        followers: [{ broker: 2, lagRecords: after / 10_000, lateMs: 0 }],
      }),
    ),
  )
  expect(read().at.map((at) => at - ZERO)).toEqual([0, 10_000, 60_000])
  const minutes = read(MINUTE)
  expect([minutes.at.map((at) => at - ZERO), minutes.state]).toEqual([
    [0, MINUTE],
    [HEALTHY, LAGGING],
  ])
  expect(minutes.followers[0]!.lagRecords).toEqual([1, 6])
  expect(read(10 * MINUTE).followers[0]!.lagRecords).toEqual([6])
  expect(read(MINUTE, { topic: 'zebra', partition: 4 }).state).toEqual([OFFLINE])
})

it('are all there after an end, and go on in the same spans', async () => {
  await add(partition(ZERO))
  writer.addSample({ ...CLUSTER, at: clock.now() }, [partition(ZERO + 10_000, { state: OFFLINE })])
  writer.close()
  writer = files().write(OURS)!
  await add(partition(ZERO + 20_000))
  expect(read().state).toEqual([LAGGING, OFFLINE, LAGGING])
  expect(read(MINUTE).state).toEqual([OFFLINE])
})

it('that cannot be read are counted, and give way to newer ones', async () => {
  await add(partition(ZERO))
  writer.close()
  const db = new Database(join(folder, bookName(OURS)))
  db.exec("UPDATE sample SET body = x'00ff' WHERE bucket = -2")
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  writer = files().write(OURS)!
  expect(read()).toMatchObject({ at: [], unreadable: 1 })
  await add(partition(ZERO + 1, { state: OFFLINE }))
  expect(read()).toMatchObject({ state: [OFFLINE], unreadable: 0 })
})

it('go away when their tier is over', async () => {
  await add(partition(ZERO))
  await clock.advance(7 * 60 * MINUTE)
  await add(partition(clock.now()))
  await clock.advance(2 * MINUTE)
  await add()
  const db = new Database(join(folder, bookName(OURS)))
  const kept = db.prepare('SELECT tier, count(*) AS rows FROM sample WHERE bucket = -2 GROUP BY tier').all()
  db.close()
  expect(kept).toMatchObject([
    { tier: 0, rows: 1 },
    { tier: 1, rows: 2 },
    { tier: 2, rows: 2 },
  ])
})
