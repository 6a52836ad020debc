import { expect, it } from 'vitest'
import type { Sliced } from '../../../../src-main/domain/slices'
import { readAnswer } from '../../../../src-main/kafka/client/read-answer'
import { SLICE_MS } from '../../../../src-main/ports/slices'

/** Busy for a millisecond between two places where it may stop; answers the turns of the event loop the first of them came after. */
const work = (pieces: number, turns: () => number = () => 0) =>
  function* (): Sliced<number> {
    const began = turns()
    for (let done = 0; done < pieces; done += 1) {
      const until = performance.now() + 1
      while (performance.now() < until);
      yield
    }
    return began
  }

it('lets other work run in between', async () => {
  let others = 0
  const timer = setInterval(() => (others += 1), 1)
  const slices = 6
  await readAnswer(new Uint8Array(10), work(SLICE_MS * slices), () => false)
  clearInterval(timer)
  expect(others).toBeGreaterThanOrEqual(slices - 2)
})

it('begins a long answer in a turn of its own, a short one at once', async () => {
  let turns = 0
  const turn = (): unknown => setImmediate(() => (turns += 1))
  turn()
  expect(
    await readAnswer(
      new Uint8Array(10),
      work(1, () => turns),
      () => false,
    ),
  ).toBe(0)
  turn()
  const before = turns
  expect(
    await readAnswer(
      new Uint8Array(65_536),
      work(1, () => turns),
      () => false,
    ),
  ).toBeGreaterThan(before)
})

it('stops when nobody waits any more', async () => {
  let asked = 0
  await expect(readAnswer(new Uint8Array(10), work(10_000), () => ++asked === 2)).rejects.toThrow('abandoned')
})
