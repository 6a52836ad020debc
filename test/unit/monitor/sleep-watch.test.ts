import { beforeEach, expect, it } from 'vitest'
import { SleepWatch } from '../../../src-main/monitor/sleep-watch'
import { FakeClock } from '../../support/fake-clock'

let clock: FakeClock
let watch: SleepWatch
/** When each was told to be over. */
let gaps: number[]

beforeEach(() => {
  clock = new FakeClock(0)
  gaps = []
  watch = new SleepWatch(clock, (until) => gaps.push(until))
  watch.start()
})

it('tells that the machine slept as soon as it is awake, and is quiet otherwise', async () => {
  await clock.advance(10_500)
  // A busy moment of our own.
  clock.jump(3_000)
  await clock.advance(5_000)
  expect(gaps).toEqual([])
  clock.jump(3_600_000)
  const woke = clock.now()
  await clock.advance(60_000)
  expect(gaps).toEqual([woke])
})

it('believes the system, which may know sooner; both together are one gap', async () => {
  await clock.advance(5_000)
  clock.jump(2_000)
  watch.woke()
  expect(gaps).toEqual([7_000])
  await clock.advance(20_000)
  clock.jump(60_000)
  watch.woke()
  await clock.advance(10)
  clock.jump(60_000)
  await clock.advance(10)
  watch.woke()
  expect(gaps).toHaveLength(3)
})

it('ends', async () => {
  watch.stop()
  await clock.advance(0)
  expect(clock.pending).toBe(0)
})
