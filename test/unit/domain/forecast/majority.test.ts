import { expect, it } from 'vitest'
import { majorityWithout } from '../../../../src-main/domain/forecast/majority'
import type { Voter } from '../../../../src-main/domain/forecast/majority'

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
  expect(majorityWithout(all, broker, (id) => silent.includes(id))).toBe(expected)
})
