import { describe, expect, it } from 'vitest'
import { quorumFacts } from '../../../../src-main/monitor/facts/controller-facts'

describe('quorum', () => {
  it('counts voters by the quorum leader own clock', () => {
    const voter = (id: number, lastFetchAt: number, lastCaughtUpAt = lastFetchAt) => ({
      id,
      logEndOffset: 1,
      lastFetchAt,
      lastCaughtUpAt,
    })
    const answer = {
      leader: 100,
      epoch: 3,
      highWatermark: 9,
      voters: [voter(100, 50_000), voter(101, 49_500), voter(102, 37_300)],
      observers: [],
    }
    expect(quorumFacts(answer)).toEqual({ controller: 100, voters: { live: 2, total: 3 } })
    expect(quorumFacts({ ...answer, voters: [voter(100, -1)] })).toEqual({
      controller: 100,
      voters: { live: 1, total: 1 },
    })
    expect(quorumFacts({ ...answer, voters: [] }).voters).toEqual({ live: 0, total: 0 })
  })
})
