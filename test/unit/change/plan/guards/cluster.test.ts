import { describe, expect, it } from 'vitest'
import type { GuardFacts } from '../../../../../src-main/change/plan/guards/guard'
import { METADATA_AT, NOW, guardFacts, known, lines, said, unknown } from '../../../../support/guard-facts'
import type { MadeChanges, MadeTopic } from '../../../../support/guard-facts'

const LEADERS = 'leader.replication.throttled.replicas'
const FOLLOWERS = 'follower.replication.throttled.replicas'
const moving = known([{ topic: 'orders', partition: 0 }])
const rate = (broker: number, bytes: number) => known(new Map([[broker, bytes]]))
/** 1,000 records in 100,000 bytes, led by 1: at 50 records a second each follower needs 5,000 bytes a second. */
const busy: MadeTopic = { produceRate: known(50), sizes: known(new Map([[0, 100_000]])) }

describe('replication throttles', () => {
  it.each<[string, MadeChanges, MadeTopic, Partial<GuardFacts>, string[]]>([
    ['set without a reassignment', { [LEADERS]: ['', '*'] }, {}, {}, ['no-rate info 1', 'no-reassignment warn 1']],
    ['set for one', { [FOLLOWERS]: ['', '0:3'] }, {}, { reassignments: moving, throttleRates: rate(3, 1e6) }, []],
    [
      'set, another topic moves',
      { [LEADERS]: ['', '*'] },
      { topic: 'mail' },
      { reassignments: moving },
      ['no-rate info 1', 'no-reassignment warn 1'],
    ],
    [
      'set, moves not known',
      { [LEADERS]: ['', '*'] },
      {},
      { reassignments: unknown('x') },
      ['no-rate info 1', 'unknown unknown 1'],
    ],
    ['removed', { [LEADERS]: ['*', ''], [FOLLOWERS]: ['*', ''] }, {}, {}, ['removed better 1']],
    ['removed while it moves', { [LEADERS]: ['*', ''] }, {}, { reassignments: moving }, ['still-moving warn 1']],
    ['removed, moves not known', { [LEADERS]: ['*', ''] }, {}, { reassignments: unknown('x') }, ['unknown unknown 1']],
    [
      'one removed, one set',
      { [LEADERS]: ['*', ''], [FOLLOWERS]: ['', '*'] },
      {},
      { reassignments: moving },
      ['no-rate info 1'],
    ],
    [
      'slower than what is produced',
      { [FOLLOWERS]: ['', '*'] },
      busy,
      { reassignments: moving, throttleRates: rate(2, 4999) },
      ['too-slow warn 1'],
    ],
    ['as fast', { [FOLLOWERS]: ['', '*'] }, busy, { reassignments: moving, throttleRates: rate(2, 5000) }, []],
    [
      'the leader does not fetch',
      { [FOLLOWERS]: ['', '*'] },
      busy,
      { reassignments: moving, throttleRates: rate(1, 1) },
      [],
    ],
    [
      'nothing stored',
      { [FOLLOWERS]: ['', '*'] },
      { ...busy, partitions: [{ ends: [0] }] },
      { reassignments: moving, throttleRates: rate(2, 1) },
      [],
    ],
    [
      'rates not known',
      { [FOLLOWERS]: ['', '*'] },
      busy,
      { reassignments: moving, throttleRates: unknown('x') },
      ['unknown unknown 1'],
    ],
    [
      'produce rate not known',
      { [FOLLOWERS]: ['', '*'] },
      { ...busy, produceRate: unknown('x') },
      { reassignments: moving, throttleRates: rate(2, 1) },
      ['unknown unknown 1'],
    ],
  ])('%s', (_, changes, topic, rest, expected) => {
    expect(lines('throttle-left', guardFacts([{ changes, ...topic }], rest))).toEqual(expected)
  })

  it('names the slowest broker', () => {
    const rates = known(
      new Map([
        [2, 300],
        [3, 200],
      ]),
    )
    const effect = said(
      'throttle-left',
      guardFacts([{ changes: { [FOLLOWERS]: ['', '*'] }, ...busy }], { throttleRates: rates }),
    ).get('too-slow')!
    expect([effect.figures['lowestBytes'], effect.rows[0]!.text]).toEqual([200, '3'])
  })
})

describe('a cluster that is busy with something else', () => {
  const any: MadeTopic = { changes: { 'flush.ms': ['1', '2'] } }

  it.each<[string, Partial<GuardFacts>, string[]]>([
    ['quiet', {}, []],
    ['replicas move', { reassignments: moving }, ['reassigning warn 1']],
    [
      'whether they move is not known',
      { reassignments: unknown('Describe on the cluster is missing') },
      ['reassignments-unknown unknown 0'],
    ],
    [
      'partitions are offline',
      {
        offline: [
          { topic: 'a', partition: 0 },
          { topic: 'b', partition: 3 },
        ],
      },
      ['offline warn 2'],
    ],
  ])('%s', (_, rest, expected) => {
    expect(lines('busy-cluster', guardFacts([any], rest))).toEqual(expected)
  })

  it('gives each figure its own age, and the reason', () => {
    const effects = said(
      'busy-cluster',
      guardFacts([any], { reassignments: moving, offline: [{ topic: 'a', partition: 0 }] }),
    )
    expect([effects.get('offline')!.readAt, effects.get('reassigning')!.readAt]).toEqual([METADATA_AT, NOW - 1000])
    const blind = said('busy-cluster', guardFacts([any], { reassignments: unknown('no right') }))
    expect(blind.get('reassignments-unknown')!.reason).toBe('no right')
  })
})

describe('internal topics', () => {
  it('are blocked whatever is changed', () => {
    const plan = guardFacts([
      { topic: '__consumer_offsets', internal: true, changes: { 'flush.ms': ['1', '2'] } },
      { changes: { 'flush.ms': ['1', '2'] } },
    ])
    expect(lines('internal-topic', plan)).toEqual(['internal block 1'])
    expect(lines('internal-topic', guardFacts([{ internal: true }]))).toEqual([])
  })
})

const LONG_LIST = 'leader.replication.throttled.replicas'

describe('values that cannot be judged', () => {
  it.each<[string, MadeChanges, string[]]>([
    ['what is inherited is not told', { 'retention.ms': ['1000', null] }, ['not-told unknown 1']],
    ['a number is none', { 'min.insync.replicas': ['2', 'many'] }, ['not-a-number unknown 1']],
    ['a number is empty', { 'flush.ms': ['2', ''] }, ['not-a-number unknown 1']],
    ['words are words', { 'cleanup.policy': ['delete', 'shred'], 'no.such.key': ['', 'x'] }, []],
    ['too long for Kafka', { [LONG_LIST]: ['', 'é'.repeat(16_384)] }, ['too-long block 1']],
    ['as long as may be', { [LONG_LIST]: ['', 'a'.repeat(32_767)] }, []],
    ['a number with blanks is one', { 'retention.ms': ['1', ' -1 '] }, []],
  ])('%s', (_, changes, expected) => {
    expect(lines('value', guardFacts([{ changes }]))).toEqual(expected)
  })

  it('names the keys', () => {
    const plan = guardFacts([{ changes: { 'retention.ms': ['1', null], 'flush.ms': ['1', null] } }])
    expect(said('value', plan).get('not-told')!.figures['keyText']).toBe('flush.ms, retention.ms')
  })
})
