import { describe, expect, it } from 'vitest'
import { Deadline } from '../../../../src-main/kafka/client/deadline'
import { inSlices, SLICE_MS } from '../../../../src-main/kafka/client/slices'

describe('a deadline', () => {
  it('counts down to zero and stays there', () => {
    let now = 1000
    const deadline = new Deadline(300, () => now)
    expect([deadline.left, deadline.passed]).toEqual([300, false])
    now = 1299
    expect(deadline.left).toBe(1)
    now = 2000
    expect([deadline.left, deadline.passed]).toEqual([0, true])
  })

  it('passes on what settles first', async () => {
    const late = (): Error => new Error('late')
    await expect(new Deadline(60_000).race(Promise.resolve(7), late)).resolves.toBe(7)
    await expect(new Deadline(60_000).race(Promise.reject(new Error('broken')), late)).rejects.toThrow('broken')
    await expect(new Deadline(5).race(new Promise(() => undefined), late)).rejects.toThrow('late')
  })

  it('listens to the loser, so that its rejection is not unhandled', async () => {
    let lose: (error: Error) => void = () => undefined
    const loser = new Promise<never>((_resolve, reject) => {
      lose = reject
    })
    await expect(new Deadline(5).race(loser, () => new Error('late'))).rejects.toThrow('late')
    lose(new Error('nobody waits for me'))
    // An unhandled rejection would be reported by the time a timer has run, and fail the run.
    await new Promise((resolve) => setTimeout(resolve, 0))
  })
})

describe('decoding in slices', () => {
  const busy = (ms: number): void => {
    const until = performance.now() + ms
    while (performance.now() < until);
  }
  const decoder = (rounds: number): { step(deadline: number, now: () => number): boolean; result(): number } => {
    let done = 0
    return {
      step: (deadline, now) => {
        while (done < rounds) {
          busy(1)
          done += 1
          if (now() >= deadline) break
        }
        return done === rounds
      },
      result: () => done,
    }
  }

  it('lets other work run in between', async () => {
    let others = 0
    const timer = setInterval(() => (others += 1), 1)
    const slices = 6
    await expect(inSlices(decoder(SLICE_MS * slices), () => false)).resolves.toBe(SLICE_MS * slices)
    clearInterval(timer)
    expect(others).toBeGreaterThanOrEqual(slices - 2)
  })

  it('stops when nobody waits any more', async () => {
    let asked = 0
    await expect(inSlices(decoder(10_000), () => ++asked === 2)).rejects.toThrow('abandoned')
  })
})
