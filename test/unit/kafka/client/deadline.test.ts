import { describe, expect, it } from 'vitest'
import { Deadline } from '../../../../src-main/kafka/client/deadline'

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
