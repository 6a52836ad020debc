import { describe, expect, it } from 'vitest'
import { breathe } from '../../../src-main/ports/clock'

describe('breathing', () => {
  it('gives everybody who waits a turn of the event loop of their own, in order', async () => {
    let turn = 0
    const seen: string[] = []
    let counting = true
    const count = (): void => {
      turn += 1
      if (counting) setImmediate(count)
    }
    setImmediate(count)
    const worker = async (name: string): Promise<void> => {
      for (let slice = 0; slice < 3; slice += 1) {
        await breathe()
        seen.push(`${name}${slice}@${turn}`)
      }
    }
    await Promise.all(['a', 'b', 'c'].map(worker))
    counting = false
    expect(seen.map((line) => line.slice(0, 2))).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'c1', 'a2', 'b2', 'c2'])
    expect(new Set(seen.map((line) => line.split('@')[1])).size).toBe(9)
  })
})
