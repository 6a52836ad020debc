import { describe, expect, it } from 'vitest'
import { blocks } from '../../../src-main/domain/slices'
import { breather, inSlices, ownTurn, SLICE_MS } from '../../../src-main/ports/slices'

/** Time that passes only when told to. */
function clock() {
  let now = 0
  let breaths = 0
  return {
    now: () => now,
    breathe: () => {
      breaths += 1
      return Promise.resolve()
    },
    pass: (ms: number) => (now += ms),
    breaths: () => breaths,
  }
}

describe('inSlices', () => {
  it('visits every row once and breathes when a slice is used up', async () => {
    const time = clock()
    const seen: [number, number][] = []
    const pass = blocks(25, 10, (from, to) => {
      seen.push([from, to])
      time.pass(SLICE_MS - 2)
    })
    await inSlices(time, pass)
    expect(seen).toEqual([
      [0, 10],
      [10, 20],
      [20, 25],
    ])
    expect(time.breaths()).toBe(1)
  })

  it('has nothing to do without rows', async () => {
    const time = clock()
    await inSlices(
      time,
      blocks(0, 10, () => expect.unreachable()),
    )
    expect(time.breaths()).toBe(0)
  })

  it('answers what the pass answers, and passes on what it throws', async () => {
    function* answer() {
      yield
      return 7
    }
    function* fails(): Generator<undefined, never, undefined> {
      yield
      throw new Error('broken')
    }
    await expect(inSlices(clock(), answer())).resolves.toBe(7)
    await expect(inSlices(clock(), fails())).rejects.toThrow('broken')
  })

  it('stops between two slices when nobody waits any more', async () => {
    const time = clock()
    let done = 0
    const pass = blocks(10, 1, () => {
      done += 1
      time.pass(SLICE_MS)
    })
    await expect(inSlices(time, pass, () => done === 2)).rejects.toThrow('abandoned')
    expect(done).toBe(2)
  })
})

it('between pieces of work one breathes only when a slice is used up', async () => {
  const time = clock()
  const breathe = breather(time)
  const after: number[] = []
  for (const ms of [2, 2, 1, 4, 1]) {
    time.pass(ms)
    await breathe()
    after.push(time.breaths())
  }
  expect(after).toEqual([0, 0, 1, 1, 2])
})

it('a large pass gets a turn of its own, a small one goes on at once', async () => {
  const time = clock()
  await ownTurn(time, 19_999)
  expect(time.breaths()).toBe(0)
  await ownTurn(time, 20_000)
  expect(time.breaths()).toBe(1)
})
