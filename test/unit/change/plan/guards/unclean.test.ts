import { describe, expect, it } from 'vitest'
import { guardFacts, lines, said } from '../../../../support/guard-facts'
import type { MadePartition } from '../../../../support/guard-facts'

const KEY = 'unclean.leader.election.enable'
type Version = readonly [number, number] | null
const facts = (
  before: string | null,
  after: string,
  partitions: readonly MadePartition[],
  version: Version = [4, 1],
  answering = [1, 2],
) => guardFacts([{ changes: { [KEY]: [before, after] }, partitions }], { version, answering: new Set(answering) })
const offline: MadePartition = { isr: [], leader: -1 }

describe('unclean leader election', () => {
  it.each<[string, string | null, string, MadePartition[], Version, string[]]>([
    ['on: may lose', 'false', 'true', [{}], [4, 1], ['may-lose block 1']],
    ['on, however it is written', 'false', ' TRUE', [{}], [4, 1], ['may-lose block 1']],
    ['on, not told before', null, 'true', [{}], [4, 1], ['may-lose block 1']],
    ['on, led by broker 0', 'false', 'true', [{ replicas: [0, 1, 2] }], [4, 1], ['may-lose block 1']],
    [
      'on while a partition has no leader: refused',
      'false',
      'true',
      [offline, {}],
      [4, 1],
      ['leaderless refused 1', 'may-lose block 2'],
    ],
    [
      'on, refused on old KRaft too',
      'false',
      'true',
      [offline],
      [3, 8],
      ['leaderless refused 1', 'may-lose block 1', 'old-kraft info 1'],
    ],
    ['on, 3.9 acts on it', 'false', 'true', [{}], [3, 9], ['may-lose block 1']],
    ['on, version not known', 'false', 'true', [{}], null, ['may-lose block 1']],
    ['off: better', 'true', 'false', [{}, offline], [4, 1], ['safer better 2']],
    ['off, not told before', null, 'false', [{}], [4, 1], []],
    ['stays on', 'true', 'true', [offline], [4, 1], []],
  ])('%s', (_, before, after, partitions, version, expected) => {
    expect(lines('unclean-enable', facts(before, after, partitions, version))).toEqual(expected)
  })

  it.each<[string, MadePartition, string]>([
    ['members of the ISR', { isr: [3], leader: -1 }, '3'],
    ['members of the ELR', { isr: [], leader: -1, elr: [2] }, '2'],
    ['the last known leader, who always does it', { isr: [], leader: -1, elr: [2, 1], lastKnown: [1] }, '1'],
    ['the only replica, also where its broker runs', { replicas: [1], isr: [], leader: -1 }, '1'],
    ['else replicas that do not answer', offline, '3'],
  ])('names whom to bring back: %s', (_, partition, brokersText) => {
    const effect = said('unclean-enable', facts('false', 'true', [partition])).get('leaderless')!
    expect([effect.figures['brokersText'], effect.rows[0]!.text]).toEqual([brokersText, brokersText])
  })

  it('is refused for an offline partition of any topic of the plan', () => {
    const plan = guardFacts([
      { topic: 'a', changes: { [KEY]: ['false', 'true'] } },
      { topic: 'b', changes: { 'retention.ms': ['1', '2'] }, partitions: [offline] },
    ])
    expect(
      said('unclean-enable', plan)
        .get('leaderless')!
        .rows.map(({ topic }) => topic),
    ).toEqual(['b'])
  })
})
