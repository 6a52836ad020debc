import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MOST_POINTS } from '../../../src-main/contract/kept-samples'
import type { KeptPartitionSeries, KeptSeries, SampleSubject } from '../../../src-main/contract/kept-samples'
import type { Result } from '../../../src-main/contract/result'
import { bookName } from '../../../src-main/history/book/book-name'
import { createHistoryFiles } from '../../../src-main/history/book/history-files'
import { historyRoutes } from '../../../src-main/ipc/routes/history'
import type { ClusterSession } from '../../../src-main/monitor/session'
import type { HistoryReader } from '../../../src-main/ports/history'
import { event } from '../../support/history-events'
import { FakeClock } from '../../support/fake-clock'
import { fillMonth } from '../../support/stores/month-of-samples'

const OURS = { cluster: 'saved-1', clusterId: 'kafka-A' }
const DAY = 86_400_000
const UNTIL = 1_699_999_800_000

let folder: string
let reader: HistoryReader
let spans: (readonly [number, number])[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-month-'))
  const clock = new FakeClock(UNTIL)
  const files = createHistoryFiles(folder, { clock, onProblem: (cause) => expect.fail(String(cause)) })
  const writer = files.write(OURS)!
  // So that the topic has its number.
  writer.add([event({ topic: 'orders' })], 0)
  writer.add(
    Array.from({ length: 700 }, (_, n) => event({ topic: 'many', to: UNTIL - 700 + n })),
    0,
  )
  writer.watch({ from: UNTIL - 30 * DAY, to: UNTIL - 2 * DAY, end: 'asleep' })
  writer.watch({ from: UNTIL - DAY, to: UNTIL, end: 'open' })
  writer.close()
  fillMonth(join(folder, bookName(OURS)), UNTIL, 12, 1)
  reader = files.read(OURS)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const routes = () => {
  spans = []
  let turns = 0
  const counted: HistoryReader = {
    ...reader,
    samples: (...asked) => {
      spans.push([asked[1], asked[2]])
      return reader.samples(...asked)
    },
    partitionSamples: (...asked) => {
      spans.push([asked[1], asked[2]])
      return reader.partitionSamples(...asked)
    },
  }
  const session = { history: { reader: counted, writes: true, announce: () => undefined } }
  return {
    turns: () => turns,
    of: historyRoutes(
      { get: () => session as unknown as ClusterSession },
      {
        now: () => performance.now(),
        breathe: () => {
          turns += 1
          return Promise.resolve()
        },
      },
    ),
  }
}
function given<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}
const month = { cluster: 'saved-1', from: UNTIL - 30 * DAY + 1_234, until: UNTIL }

describe('a month of samples', () => {
  const SUBJECTS: readonly SampleSubject[] = [
    { kind: 'cluster' },
    { kind: 'broker', broker: 11 },
    { kind: 'topic', topic: 'orders' },
  ]
  it.each(SUBJECTS)('is the same in pieces as in one, each with a turn of its own: $kind', async (subject) => {
    const { of, turns } = routes()
    const inOne = reader.samples(subject, month.from, month.until, 1_000)
    const answer = given<KeptSeries>(await of['history:samples']({ ...month, subject, resolutionMs: 1_000 }))
    expect(answer).toEqual(inOne)
    expect(answer.at.length).toBeGreaterThan(2_000)
    expect(answer.at.length).toBeLessThanOrEqual(MOST_POINTS * 1.25)
    expect(turns()).toBe(spans.length - 1)
    expect(turns()).toBeGreaterThan(5)
    expect(answer.unwatched).toEqual([{ from: UNTIL - 2 * DAY, to: UNTIL - DAY }])
  })

  it('of a partition too, and of a few hours as finely as it is kept', async () => {
    const { of } = routes()
    const name = { topic: 'orders', partition: 0 }
    const answer = given<KeptPartitionSeries>(
      await of['history:partition-samples']({ ...month, ...name, resolutionMs: 1_000 }),
    )
    expect(answer).toEqual(reader.partitionSamples(name, month.from, month.until, 1_000))
    expect(answer.followers.map(({ broker, lagRecords }) => [broker, lagRecords.length])).toEqual([
      [2, answer.at.length],
      [3, answer.at.length],
    ])
    const hours = given<KeptPartitionSeries>(
      await of['history:partition-samples']({
        cluster: 'saved-1',
        ...name,
        from: UNTIL - DAY / 8,
        until: UNTIL,
        resolutionMs: 1_000,
      }),
    )
    expect([hours.resolutionMs, hours.at.length]).toEqual([10_000, 1_080])
  })

  it('and its events come in pages, each of them once, as many as are asked for', async () => {
    const { of, turns } = routes()
    const ask = { ...month, incident: -1, topic: 'many', partition: -1, broker: -1, kinds: [], from: 0, beforeSeq: 0 }
    const all = given(await of['history:events']({ ...ask, limit: 2_000 }))
    expect([all.rows.length, all.more, new Set(all.rows.map(({ seq }) => seq)).size]).toEqual([700, false, 700])
    expect(turns()).toBe(3)
    const some = given(await of['history:events']({ ...ask, limit: 450 }))
    expect(some).toEqual({ rows: all.rows.slice(0, 450), more: true, unreadable: 0 })
  })

  it('that ends where it begins is empty, and one without a history is refused', async () => {
    const { of } = routes()
    const question = { cluster: 'saved-1', subject: SUBJECTS[0]!, from: UNTIL, until: UNTIL, resolutionMs: 1_000 }
    expect(given<KeptSeries>(await of['history:samples'](question)).at).toEqual([])
    const none = historyRoutes({ get: () => null }, new FakeClock(UNTIL))
    expect(await none['history:samples'](question)).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})
