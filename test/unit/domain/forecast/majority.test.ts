import { expect, it } from 'vitest'
import { quorumWithout } from '../../../../src-main/domain/forecast/majority'
import type { QuorumStop, Voter } from '../../../../src-main/domain/forecast/majority'
import { Presences } from '../../../../src-main/domain/state/presences'
import { factsOf } from '../../../support/columns'

const presencesOf = (silent: readonly number[]): Presences =>
  new Presences(factsOf([1, 2, 3], Object.fromEntries(silent.map((id) => [id, 0]))))

const voters = (live: readonly number[], dead: readonly number[] = []): Voter[] => [
  ...live.map((id) => ({ id, live: true })),
  ...dead.map((id) => ({ id, live: false })),
]

it.each<[string, readonly Voter[] | null, number, readonly number[], string]>([
  ['three voters, all live', voters([1, 2, 3]), 1, [], 'keeps'],
  ['one of three has not fetched for long', voters([1, 3], [2]), 1, [], 'loses'],
  ['one of three does not answer us', voters([1, 2, 3]), 1, [2], 'loses'],
  ['the one that is away itself', voters([1, 3], [2]), 2, [2], 'keeps'],
  ['the only one', voters([1]), 1, [], 'loses'],
  ['two: neither can be spared', voters([1, 2]), 2, [], 'loses'],
  ['four: three have to run', voters([1, 2, 3, 4]), 1, [], 'keeps'],
  ['five, two away', voters([1, 2, 3], [4, 5]), 1, [], 'loses'],
  ['separate controllers', voters([101, 102], [103]), 1, [], 'keeps'],
  ['a broker that does not answer is no voter', voters([101, 102, 103]), 1, [2], 'keeps'],
  ['not known', null, 1, [], 'unknown'],
])('majority of the controllers: %s', (_, all, broker, silent, expected) => {
  expect(quorumWithout({ quorum: 'leads', voters: all }, new Set([broker]), presencesOf(silent)).effect).toBe(expected)
})

it.each<[string, readonly Voter[], readonly number[], Partial<QuorumStop>]>([
  ['two of three', voters([1, 2, 3]), [1, 2], { effect: 'loses', stopped: [1, 2], left: 1, total: 3, needed: 2 }],
  ['two of five', voters([1, 2, 3, 4, 5]), [2, 5], { effect: 'keeps', stopped: [2, 5], left: 3, needed: 3 }],
  ['one that votes and one that does not', voters([1, 2, 3]), [3, 9], { effect: 'keeps', stopped: [3], left: 2 }],
  ['brokers that vote nowhere, whatever is left', voters([101], [102, 103]), [1, 2], { effect: 'keeps', stopped: [] }],
])('majority of the controllers when several stop at once: %s', (_, all, stopped, expected) => {
  expect(quorumWithout({ quorum: 'leads', voters: all }, new Set(stopped), presencesOf([]))).toMatchObject(expected)
})

it('says nothing of a majority where there is no quorum, and that nobody answers where nobody does', () => {
  const stop = (quorum: 'none' | 'silent') =>
    quorumWithout({ quorum, voters: voters([1, 2, 3]) }, new Set([1, 2]), presencesOf([])).effect
  expect(stop('none')).toBe('keeps')
  expect(stop('silent')).toBe('silent')
})
