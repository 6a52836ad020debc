import { expect, it } from 'vitest'
import { createSteadyClock } from '../../../src-main/shared/steady-clock'

const HOUR = 3_600_000

function times(): {
  clock: ReturnType<typeof createSteadyClock>
  readonly pass: (ms: number) => void
  readonly set: (ms: number) => void
} {
  let [wall, steady] = [5 * HOUR, 100]
  return {
    clock: createSteadyClock(
      () => wall,
      () => steady,
    ),
    pass: (ms) => {
      wall += ms
      steady += ms
    },
    set: (ms) => (wall += ms),
  }
}

it.each([
  ['set back an hour', -HOUR, 5 * HOUR + 10],
  ['set back a little', -400, 5 * HOUR + 10],
  ['ahead a little', 400, 5 * HOUR + 10],
  ['ahead an hour, as after a sleep', HOUR, 6 * HOUR + 10],
])('a wall clock that is %s', (_, by, expected) => {
  const { clock, pass, set } = times()
  clock.now()
  pass(10)
  set(by)
  expect(clock.now()).toBe(expected)
  pass(1_000)
  expect(clock.now()).toBe(expected + 1_000)
})

it('never goes back, whatever the wall clock does', () => {
  const { clock, pass, set } = times()
  let before = clock.now()
  for (const by of [-HOUR, 2 * HOUR, -3 * HOUR, 501, -501, 10 * HOUR, 0]) {
    set(by)
    pass(1)
    const now = clock.now()
    expect(now).toBeGreaterThan(before)
    before = now
  }
})

it('follows another steady clock forward only', () => {
  const { clock, pass } = times()
  clock.follow(7 * HOUR)
  expect(clock.now()).toBe(7 * HOUR)
  pass(5)
  clock.follow(6 * HOUR)
  expect(clock.now()).toBe(7 * HOUR + 5)
})
