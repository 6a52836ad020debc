import { beforeEach, describe, expect, it } from 'vitest'
import type { WatchList } from '../../../../src-main/contract/ipc'
import type { Reader } from '../../../../src-main/monitor/observe/readers'
import {
  changes,
  clock,
  cluster,
  delta,
  frame,
  reader,
  resetChanges,
  session,
  start,
  watch,
  watchOver,
} from '../../../support/opened-session'

watchOver()

/** Looks while `reader`, the one of every test, does. */
let second: Reader
let secondChanges: number

beforeEach(async () => {
  await start({ topics: 6 })
  secondChanges = 0
  second = session.reader(() => (secondChanges += 1))
  await clock.advance(2_000)
})

const LEDGER = { topic: 'topic-00000', partition: 0 }
const OTHER = { topic: 'topic-00004', partition: 2 }
const chartOf = (partition: typeof LEDGER): WatchList['chart'] => ({ kind: 'partition', ...partition })

/** What was asked in the next `ms`, after what was under way has come in. */
async function askedIn(ms: number, what: string): Promise<readonly (typeof cluster.asked)[number][]> {
  await clock.advance(1_000)
  cluster.asked.length = 0
  await clock.advance(ms)
  return cluster.asked.filter((one) => one.what === what)
}
/** High watermarks are read of what is on screen, and every tick. */
const watchedRows = async (): Promise<number> => {
  const asked = await askedIn(2_000, 'high-watermark')
  const ticks = new Set(asked.map(({ at }) => at)).size
  return ticks === 0 ? 0 : asked.reduce((sum, { rows }) => sum + rows, 0) / ticks
}
const ticksIn = async (ms: number): Promise<number> => new Set((await askedIn(ms, 'metadata')).map(({ at }) => at)).size

describe('two readers of one session', () => {
  it('get the ladder, the chart and the rows that each of them watches, at the same time', async () => {
    watch({ partition: LEDGER, chart: { kind: 'cluster' }, rows: [1] })
    watch({ partition: OTHER, chart: chartOf(LEDGER), rows: [2, 3] }, second)
    await clock.advance(600)
    expect(delta()).toMatchObject({ live: LEDGER, point: { subject: 'cluster' }, view: { rows: Uint32Array.of(1) } })
    expect(delta(second)).toMatchObject({
      live: OTHER,
      point: { subject: 'partition:topic-00000/0' },
      view: { rows: Uint32Array.of(2, 3) },
    })
    expect(await watchedRows()).toBe(5)
    expect(delta(second).live?.logStartOffset).toBe(0)
    expect(delta().live?.logStartOffset).toBe(0)
  })

  it('one that watches something else changes nothing for the other, and is not heard by it', async () => {
    watch({ partition: OTHER })
    await clock.advance(600)
    resetChanges()
    watch({ partition: LEDGER }, second)
    expect([changes, secondChanges > 0]).toEqual([0, true])
    watch({}, second)
    await clock.advance(600)
    expect(delta().live).toMatchObject(OTHER)
    expect(await watchedRows()).toBe(1)
  })

  it('have a cursor each: what one has seen the other is told all the same', async () => {
    reader.next()
    second.next()
    const one = cluster.partition('topic-00001', 1)
    one.isr = one.isr.slice(0, 2)
    cluster.touch()
    await clock.advance(1_000)
    const told = delta()
    expect([...told.rows]).toEqual([6])
    expect(delta().rows).toHaveLength(0)
    await clock.advance(1_000)
    expect(delta(second)).toMatchObject({ rows: told.rows, columns: { state: told.columns.state } })
    second.restart()
    expect(second.next()?.type).toBe('frame')
    expect(reader.next()?.type).toBe('delta')
  })

  it('are polled for as long as one of them is shown', async () => {
    reader.shown(false)
    expect(await ticksIn(4_000)).toBeGreaterThanOrEqual(14)
    second.shown(false)
    expect(await ticksIn(4_000)).toBeLessThanOrEqual(5)
    reader.shown(true)
    expect(await ticksIn(4_000)).toBeGreaterThanOrEqual(14)
  })
})

describe('a reader that is closed', () => {
  it('releases what it watched, and only that', async () => {
    watch({ partition: LEDGER })
    watch({ partition: OTHER, chart: chartOf(OTHER), rows: [8, 9] }, second)
    expect([await watchedRows(), (await askedIn(20_000, 'log-start')).length]).toEqual([4, 8])
    second.close()
    expect([await watchedRows(), (await askedIn(20_000, 'log-start')).length]).toEqual([1, 4])
    expect(delta().live).toMatchObject(LEDGER)
  })

  it('hears nothing and is told nothing any more, whatever it asks for', async () => {
    second.next()
    second.close()
    secondChanges = 0
    watch({ partition: OTHER }, second)
    await clock.advance(2_000)
    expect([secondChanges, second.next()]).toEqual([0, null])
    expect(() => second.close()).not.toThrow()
  })

  it('leaves a cluster that nobody looks at any more to its slow pace', async () => {
    reader.close()
    second.close()
    expect(await ticksIn(4_000)).toBeLessThanOrEqual(5)
    const page = session.reader(() => undefined)
    expect(await ticksIn(4_000)).toBeGreaterThanOrEqual(14)
    page.close()
  })
})

describe('rows', () => {
  it('are of the frame that was given last: those of another topology are not taken for it', async () => {
    reader.next()
    watch({ rows: [15] })
    expect([...(delta().view?.rows ?? [])]).toEqual([15])
    cluster.createTopic('a-new-one', 3)
    await clock.until('the new topic', () => frame().topics.names.length === 7)
    // Sent before the page has seen the new frame.
    watch({ rows: [16] })
    expect(reader.next()?.type).toBe('frame')
    expect(delta().view).toBeNull()
    watch({ rows: [18] })
    expect([...(delta().view?.rows ?? [])]).toEqual([18])
  })
})
