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
    expect(quorumFacts(answer)).toEqual({
      state: 'leads',
      controller: 100,
      voters: [
        { id: 100, live: true },
        { id: 101, live: true },
        { id: 102, live: false },
      ],
    })
    expect(quorumFacts({ ...answer, voters: [voter(100, -1)] })).toEqual({
      state: 'leads',
      controller: 100,
      voters: [{ id: 100, live: true }],
    })
    expect(quorumFacts({ ...answer, voters: [] }).voters).toEqual([])
  })
})
