import { describe, expect, it } from 'vitest'
import { chooseSources } from '../../../src-main/monitor/sources'

const none = new Set<number>()

describe('chooseSources', () => {
  it('goes round, and brings every pair together', () => {
    const pairs = new Set<string>()
    const primaries: number[] = []
    for (let turn = 0; turn < 30; turn += 1) {
      const { primary, second } = chooseSources({ answering: [1, 2, 3], stale: none, turn, wantSecond: true })
      expect(second).not.toBe(primary)
      if (turn < 3) primaries.push(primary)
      pairs.add(`${primary} ${second}`)
    }
    expect(primaries).toEqual([1, 2, 3])
    expect(pairs.size).toBe(6)
  })

  it('lets a broker with an old view contradict, never tell the picture', () => {
    const stale = new Set([2])
    const seen = new Set<number>()
    for (let turn = 0; turn < 12; turn += 1) {
      const { primary, second } = chooseSources({ answering: [1, 2, 3], stale, turn, wantSecond: true })
      expect(primary).not.toBe(2)
      seen.add(second)
    }
    expect(seen.has(2)).toBe(true)
  })

  it('takes the old view when there is no other', () => {
    expect(chooseSources({ answering: [2], stale: new Set([2]), turn: 5, wantSecond: true })).toEqual({ primary: 2, second: -1 })
  })

  it('asks nobody when nobody answers, and one when one is wanted', () => {
    expect(chooseSources({ answering: [], stale: none, turn: 3, wantSecond: true })).toEqual({ primary: -1, second: -1 })
    expect(chooseSources({ answering: [1, 2], stale: none, turn: 0, wantSecond: false })).toEqual({ primary: 1, second: -1 })
  })
})
