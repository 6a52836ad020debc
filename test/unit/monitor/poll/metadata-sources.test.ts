import { describe, expect, it } from 'vitest'
import { chooseSources } from '../../../../src-main/monitor/poll/metadata-sources'

const none = new Set<number>()

describe('chooseSources', () => {
  it('goes round, and brings every pair together', () => {
    const pairs = new Set<string>()
    const primaries: number[] = []
    for (let turn = 0; turn < 30; turn += 1) {
      const { primary, second } = chooseSources({
        answering: [1, 2, 3],
        stale: none,
        unheard: none,
        turn,
        secondTurn: turn,
      })
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
      const { primary, second } = chooseSources({ answering: [1, 2, 3], stale, unheard: none, turn, secondTurn: turn })
      expect(primary).not.toBe(2)
      seen.add(second)
    }
    expect(seen.has(2)).toBe(true)
  })

  it('asks the one with the old view again, whatever part of the ticks asks a second', () => {
    for (const every of [1, 2, 3, 4, 6, 12]) {
      const seen = new Set<number>()
      for (let second = 0; second < 6; second += 1) {
        seen.add(
          chooseSources({
            answering: [1, 2, 3],
            stale: new Set([3]),
            unheard: none,
            turn: second * every,
            secondTurn: second,
          }).second,
        )
      }
      expect(seen.has(3)).toBe(true)
    }
  })

  it('asks whose word is in dispute before others', () => {
    for (let turn = 0; turn < 6; turn += 1) {
      const { primary, second } = chooseSources({
        answering: [1, 2, 3, 4],
        stale: none,
        unheard: new Set([3]),
        turn,
        secondTurn: turn,
      })
      expect(second === 3 || primary === 3).toBe(true)
    }
  })

  it('takes the old view when there is no other', () => {
    expect(chooseSources({ answering: [2], stale: new Set([2]), unheard: none, turn: 5, secondTurn: 2 })).toEqual({
      primary: 2,
      second: -1,
    })
  })

  it('asks nobody when nobody answers, and one when one is wanted', () => {
    expect(chooseSources({ answering: [], stale: none, unheard: none, turn: 3, secondTurn: 0 })).toEqual({
      primary: -1,
      second: -1,
    })
    expect(chooseSources({ answering: [1, 2], stale: none, unheard: none, turn: 0, secondTurn: null })).toEqual({
      primary: 1,
      second: -1,
    })
  })
})
