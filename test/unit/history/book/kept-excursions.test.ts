import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LateHour } from '../../../../src-main/contract/advisor'
import { TALLIED_TOPICS } from '../../../../src-main/shared/late-tally'
import type { Excursion } from '../../../../src-main/domain/advisor/excursions'
import { LateTallies } from '../../../../src-main/domain/advisor/tally'
import { bookName } from '../../../../src-main/history/book/book-name'
import { createHistoryFiles } from '../../../../src-main/history/book/history-files'
import type { HistoryFiles, HistoryWriter } from '../../../../src-main/ports/history'
import { FakeClock } from '../../../support/fake-clock'

const OURS = { cluster: 'saved-1', clusterId: 'kafka-A' }
const HOUR = 3_600_000
const ZERO = 1_699_999_200_000

let folder: string
let path: string
let clock: FakeClock
let problems: unknown[]
let writer: HistoryWriter
const start = (): HistoryFiles => createHistoryFiles(folder, { clock, onProblem: (cause) => problems.push(cause) })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-excursions-'))
  path = join(folder, bookName(OURS))
  clock = new FakeClock(ZERO)
  problems = []
  writer = start().write(OURS)!
})
afterEach(() => {
  writer.close()
  rmSync(folder, { recursive: true, force: true })
})

const excursion = (topic: string, leastMs = 3_000): Excursion => ({
  leader: 1,
  follower: 2,
  topic,
  windowMs: 10_000,
  end: 'returned',
  cut: '',
  leastMs,
  mostMs: Number.POSITIVE_INFINITY,
  evictions: 0,
  isOccasion: true,
})
function part(at: number, watchedMs: number, ...topics: readonly string[]): LateHour {
  const tallies = new LateTallies()
  tallies.watched(watchedMs, 1)
  for (const topic of topics) tallies.note(excursion(topic))
  return tallies.take(at)
}
const occasions = (hour: LateHour | null, kind: string, subject: string): number | undefined =>
  hour?.tallies.find((one) => one.kind === kind && one.subject === subject)?.occasions

it('adds parts of an hour up, also over a restart, and reads what waits as if it were in the file', async () => {
  writer.addExcursions(part(ZERO, 60_000, 'orders'))
  expect(occasions(writer.excursionHour(ZERO), 'cluster', '')).toBe(1)
  await clock.advance(1_000)
  writer.addExcursions(part(ZERO, 60_000, 'orders', 'carts'))
  expect(occasions(writer.excursionHour(ZERO), 'cluster', '')).toBe(3)
  writer.close()
  writer = start().write(OURS)!
  writer.addExcursions(part(ZERO, 5_000, 'orders'))
  writer.addExcursions(part(ZERO + HOUR, 5_000))
  const hour = writer.excursionHour(ZERO)
  expect(hour).toMatchObject({ at: ZERO, watchedMs: 125_000, unfollowed: 3 })
  expect(occasions(hour, 'topic', 'orders')).toBe(3)
  expect(occasions(hour, 'leader', '1')).toBe(4)
  expect(writer.excursionHours(0)).toEqual([ZERO, ZERO + HOUR])
  expect(writer.excursionHours(ZERO + 1)).toEqual([ZERO + HOUR])
  expect(problems).toEqual([])
})

it('keeps odd names as they are, and counts topics beyond the bound together', () => {
  const topics = Array.from({ length: TALLIED_TOPICS + 5 }, (_, n) => `topic-${n}`)
  writer.addExcursions(part(ZERO, 0, '__consumer_offsets', '"; DROP', ...topics))
  writer.close()
  writer = start().write(OURS)!
  const hour = writer.excursionHour(ZERO)
  expect(occasions(hour, 'topic', '"; DROP')).toBe(1)
  expect(occasions(hour, 'topic', '')).toBe(7)
  expect(hour!.tallies.filter(({ kind }) => kind === 'topic')).toHaveLength(TALLIED_TOPICS + 1)
})

it('is read by another process, and by one that has no file', () => {
  writer.addExcursions(part(ZERO, 1_000, 'orders'))
  writer.close()
  expect(occasions(start().read(OURS).excursionHour(ZERO), 'topic', 'orders')).toBe(1)
  const none = start().read({ cluster: 'x', clusterId: 'y' })
  expect(none.excursionHours(0)).toEqual([])
  expect(none.excursionHour(ZERO)).toBeNull()
})

it('goes on in a file that a Highwater without it wrote', () => {
  writer.close()
  const db = new Database(path)
  db.exec('DROP TABLE excursion; DROP TABLE moment; PRAGMA user_version = 2')
  db.close()
  writer = start().write(OURS)!
  writer.addExcursions(part(ZERO, 1_000, 'orders'))
  expect(occasions(writer.excursionHour(ZERO), 'topic', 'orders')).toBe(1)
  expect(problems).toEqual([])
})

it('forgets the oldest hours where there are more than 30 days of them, whatever the clock says', () => {
  for (let hour = 0; hour < 722; hour += 1) {
    writer.addExcursions(part(ZERO + hour * HOUR, 1))
    writer.flush()
  }
  writer.addExcursions(part(ZERO + 40 * 365 * 24 * HOUR, 1))
  writer.flush()
  const hours = writer.excursionHours(0)
  expect(hours).toHaveLength(720)
  expect(hours[0]).toBe(ZERO + 3 * HOUR)
})

describe('an hour that is not as it was written', () => {
  it.each([
    ['its body', "UPDATE excursion SET body = CAST('{}' AS BLOB)"],
    ['its sum', 'UPDATE excursion SET sum = sum + 1'],
    ['its format', 'UPDATE excursion SET format = 9'],
    ['bytes that are no text', "UPDATE excursion SET body = x'ff00fe'"],
  ])('by %s costs itself, is named, and begins anew', (_, sql) => {
    writer.addExcursions(part(ZERO, 1_000, 'orders'))
    writer.addExcursions(part(ZERO + HOUR, 1_000, 'orders'))
    writer.close()
    const db = new Database(path)
    db.exec(`${sql} WHERE at = ${ZERO}`)
    db.close()
    writer = start().write(OURS)!
    expect(writer.excursionHours(0)).toEqual([ZERO, ZERO + HOUR])
    expect(writer.excursionHour(ZERO)).toBeNull()
    expect(occasions(writer.excursionHour(ZERO + HOUR), 'topic', 'orders')).toBe(1)
    writer.addExcursions(part(ZERO, 1_000, 'carts'))
    writer.flush()
    expect(occasions(writer.excursionHour(ZERO), 'topic', 'carts')).toBe(1)
  })
})
