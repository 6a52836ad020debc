import { beforeEach, expect, it } from 'vitest'
import { DialQueue, DIALS_AT_ONCE, PLACE_MS } from '../../../../src-main/monitor/poll/dial-queue'
import { FakeClock } from '../../../support/fake-clock'

let clock: FakeClock
let queue: DialQueue
let begun: { readonly at: number; readonly who: number; readonly leave: () => void }[]

beforeEach(() => {
  clock = new FakeClock(0)
  queue = new DialQueue(clock)
  begun = []
})

const enter = (who: number) => queue.enter((leave) => begun.push({ at: clock.now(), who, leave }))
const who = () => begun.map((one) => one.who)
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n)

it('begins eight, and the next ones in their order as places come free', async () => {
  upTo(12).forEach(enter)
  expect(who()).toEqual(upTo(DIALS_AT_ONCE))
  begun[3]!.leave()
  begun[3]!.leave()
  expect(who()).toEqual(upTo(9))
  begun[8]!.leave()
  expect(who()).toEqual(upTo(10))
  for (const { leave } of [...begun]) leave()
  for (const { leave } of [...begun]) leave()
  expect(who()).toEqual(upTo(12))
  await clock.advance(0)
  expect(clock.pending).toBe(0)
})

it('does not let silent ones keep the others out for longer than a second', async () => {
  upTo(20).forEach(enter)
  await clock.advance(PLACE_MS - 1)
  expect(begun).toHaveLength(8)
  await clock.advance(1)
  expect(begun).toHaveLength(16)
  // They left once: what comes late frees no other place.
  for (const { leave } of begun.slice(0, 8)) leave()
  expect(begun).toHaveLength(16)
  await clock.advance(PLACE_MS)
  expect(who()).toEqual(upTo(20))
})

it('forgets who does not want to wait any more', () => {
  const cancels = upTo(10).map(enter)
  cancels[8]!()
  cancels[0]!()
  begun[0]!.leave()
  expect(who()).toEqual([...upTo(8), 9])
})
