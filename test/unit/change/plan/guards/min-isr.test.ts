import { describe, expect, it } from 'vitest'
import { factsNeeded } from '../../../../../src-main/change/plan/guards/index'
import { METADATA_AT, changesOf, guardFacts, lines, said, unknown } from '../../../../support/guard-facts'
import type { MadePartition } from '../../../../support/guard-facts'

const KEY = 'min.insync.replicas'
type Version = readonly [number, number] | null
const facts = (
  before: string | null,
  after: string | null,
  partitions: readonly MadePartition[],
  version: Version = [4, 1],
  config = {},
) => guardFacts([{ changes: { [KEY]: [before, after] }, partitions, config }], { version })

const shrunk: MadePartition = { isr: [1] }
const two: MadePartition = { isr: [1, 2] }

describe('raising min.insync.replicas', () => {
  it.each<[string, string | null, string, MadePartition[], Version, string[]]>([
    ['every ISR can spare one', '1', '2', [{}], [4, 1], ['survives-any-one better 1']],
    [
      'a shrunken ISR refuses at once, and what only its leader has is not safer yet',
      '1',
      '2',
      [shrunk, {}],
      [4, 1],
      ['refuses-now block 1', 'survives-any-one better 1'],
    ],
    [
      'a lost leader may have taken with it what only it had',
      '1',
      '2',
      [{ isr: [1], leader: -1 }],
      [4, 1],
      ['refuses-now block 1'],
    ],
    ['exactly as many as needed', '1', '2', [two, {}], [4, 1], ['one-loss-away warn 1', 'survives-any-one better 2']],
    ['as many as there are replicas', '2', '3', [{}, two], [4, 1], ['any-restart warn 1', 'refuses-now block 1']],
    [
      'two replicas, both needed',
      '1',
      '2',
      [{ replicas: [1, 2] }],
      [4, 1],
      ['any-restart warn 1', 'survives-any-one better 1'],
    ],
    ['above RF before 3.7', '2', '4', [{}, two], [3, 6], ['above-rf block 2']],
    ['above RF from 3.7', '2', '4', [{}, two], [3, 7], ['acts-as-rf block 1', 'refuses-now block 1']],
    ['above RF, version not known', '2', '4', [{}], null, ['unknown unknown 1']],
    [
      'one is needed of one: nothing is lost by a restart that was not before',
      null,
      '1',
      [{ replicas: [1] }],
      [4, 1],
      [],
    ],
    ['the value before is not told', null, '2', [shrunk], [4, 1], ['refuses-now block 1']],
    ['the same value', '2', '2', [shrunk], [4, 1], []],
    ['lowering', '3', '2', [shrunk], [4, 1], []],
  ])('%s', (_, before, after, partitions, version, expected) => {
    expect(lines('min-isr-raise', facts(before, after, partitions, version))).toEqual(expected)
  })

  it('names the worst partitions first, with their ISR, the age of the metadata and who refuses already', () => {
    const effect = said('min-isr-raise', facts('2', '3', [two, shrunk, {}])).get('refuses-now')!
    expect(effect.rows).toEqual([
      { topic: 'orders', partition: 1, note: 1, text: '' },
      { topic: 'orders', partition: 0, note: 2, text: '' },
    ])
    expect(effect).toMatchObject({
      figures: { minText: '3', alreadyCount: 1, partitionCount: 2, allPartitionCount: 3 },
      readAt: METADATA_AT,
    })
  })

  it('calls nothing better while an unclean election may lose the records', () => {
    for (const config of [{ 'unclean.leader.election.enable': 'true' }, { 'unclean.leader.election.enable': '?' }])
      expect(said('min-isr-raise', facts('1', '2', [{}], [4, 1], config)).has('survives-any-one')).toBe(false)
  })

  it('sees a member of the ISR that is about to leave it', () => {
    const silent = (isr: MadePartition[], answering: number[]) =>
      said(
        'min-isr-raise',
        guardFacts([{ changes: { [KEY]: ['1', '2'] }, partitions: isr }], { answering: new Set(answering) }),
      ).get('silent-in-isr')
    const effect = silent([two, {}, shrunk], [1, 3])
    expect([
      effect?.level,
      effect?.figures['brokersText'],
      effect?.rows.map(({ partition, text }) => [partition, text]),
    ]).toEqual(['warn', '2', [[0, '2']]])
    const above = guardFacts([{ changes: { [KEY]: ['1', '4'] }, partitions: [two] }], {
      version: [3, 6],
      answering: new Set([1]),
    })
    expect(lines('min-isr-raise', above)).toEqual(['above-rf block 1', 'survives-any-one better 1'])
    expect([silent([two], [1, 2]), silent([two], []), silent([{ isr: [2] }], [1])]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('lists several planned values', () => {
    const plan = guardFacts(
      ['2', '3'].map((after) => ({ topic: `t${after}`, changes: { [KEY]: ['1', after] }, partitions: [shrunk] })),
    )
    expect(said('min-isr-raise', plan).get('refuses-now')).toMatchObject({
      topicCount: 2,
      figures: { minText: '2, 3' },
    })
  })
})

describe('lowering min.insync.replicas', () => {
  it.each<[string, string | null, string, MadePartition[], Version, string[]]>([
    [
      'partitions accept again',
      '3',
      '2',
      [two, {}],
      [4, 1],
      ['accepts-again better 1', 'fewer-copies info 2', 'readable-with-next-write info 1'],
    ],
    [
      'led by broker 0',
      '3',
      '2',
      [{ replicas: [0, 1, 2], isr: [0, 1] }],
      [4, 1],
      ['accepts-again better 1', 'fewer-copies info 1', 'readable-with-next-write info 1'],
    ],
    ['the ISR is still too small', '3', '2', [shrunk], [4, 1], ['fewer-copies info 1']],
    [
      'to 1: another rule speaks of copies',
      '2',
      '1',
      [shrunk],
      [4, 1],
      ['accepts-again better 1', 'readable-with-next-write info 1'],
    ],
    ['an offline partition accepts nothing', '2', '1', [{ isr: [], leader: -1 }], [4, 1], []],
    ['from above RF, version not known', '4', '2', [{}], null, ['fewer-copies info 1', 'unknown unknown 1']],
    ['raising', '1', '2', [shrunk], [4, 1], []],
    ['the value before is not told', null, '1', [shrunk], [4, 1], []],
  ])('%s', (_, before, after, partitions, version, expected) => {
    expect(lines('min-isr-lower', facts(before, after, partitions, version))).toEqual(expected)
  })
})

describe('min.insync.replicas=1', () => {
  it.each<[string, string | null, string, MadePartition[], string[]]>([
    ['a leader alone acknowledges', '2', '1', [{}, two], ['leader-alone block 2']],
    ['one is alone now', '2', '1', [shrunk, {}], ['alone-now block 1', 'leader-alone block 2']],
    ['two replicas', '2', '1', [{ replicas: [1, 2] }], ['leader-alone block 1']],
    ['broker 0 is alone', '2', '1', [{ replicas: [0, 1], isr: [0] }], ['alone-now block 1', 'leader-alone block 1']],
    ['without copies there is nothing to lose by it', '2', '1', [{ replicas: [1] }], []],
    [
      'an offline partition has no leader that could acknowledge',
      '2',
      '1',
      [{ isr: [], leader: -1 }],
      ['leader-alone block 1'],
    ],
    ['the value before is not told', null, '1', [{}], ['leader-alone block 1']],
    ['it was 1', '1', '1', [shrunk], []],
    ['2 is enough', '3', '2', [shrunk], []],
  ])('%s', (_, before, after, partitions, expected) => {
    expect(lines('min-isr-one', facts(before, after, partitions))).toEqual(expected)
  })

  it('names the leader that is alone', () => {
    expect(said('min-isr-one', facts('2', '1', [{ isr: [2] }])).get('alone-now')!.rows[0]).toMatchObject({
      partition: 0,
      text: '2',
    })
  })
})

const state = (override: string | null, value: string | null) => ({
  override,
  value,
  source: override === null ? 3 : 1,
})

describe('eligible leader replicas (findings K9.1)', () => {
  const offline: MadePartition = { isr: [], leader: -1 }
  const inherits2 = state(null, '2')
  it.each<[string, ReturnType<typeof state>, ReturnType<typeof state>, MadePartition[], boolean, string[]]>([
    ['lowered', state('2', '2'), state('1', '1'), [{ isr: [1], elr: [2, 3] }, {}], true, ['clears block 1']],
    ['raised', state('2', '2'), state('3', '3'), [{ isr: [1], elr: [2, 3] }], true, ['clears block 1']],
    [
      'an override equal to what is inherited',
      inherits2,
      state('2', '2'),
      [{ isr: [1], elr: [2] }],
      true,
      ['clears block 1'],
    ],
    [
      'an override equal to what is inherited is removed',
      state('2', '2'),
      inherits2,
      [{ isr: [1], elr: [2] }],
      true,
      ['clears block 1'],
    ],
    [
      'removed, and what is inherited is not told',
      state('2', '2'),
      state(null, null),
      [{ isr: [1], elr: [2] }],
      true,
      ['clears block 1'],
    ],
    ['the same override: no record is written', state('2', '2'), state('2', '2'), [offline], true, []],
    [
      'only the last leader is known',
      inherits2,
      state('1', '1'),
      [{ isr: [1], lastKnown: [2] }],
      true,
      ['clears block 1'],
    ],
    [
      'leaderless, only the last leader is known',
      state('2', '2'),
      state('1', '1'),
      [{ ...offline, lastKnown: [1] }, {}],
      true,
      ['leaderless refused 1'],
    ],
    ['leaderless, with an ELR', inherits2, state('2', '2'), [{ ...offline, elr: [2] }], true, ['leaderless refused 1']],
    ['leaderless, nobody told', inherits2, state('1', '1'), [offline], true, ['leaderless refused 1']],
    [
      'leaderless, taken back',
      state('1', '1'),
      inherits2,
      [
        { ...offline, elr: [2] },
        { isr: [1], elr: [2] },
      ],
      true,
      ['clears block 1', 'leaderless refused 1'],
    ],
    ['leaderless, the feature is off', state('2', '2'), state('1', '1'), [offline], false, []],
    ['every ISR is whole', state('2', '2'), state('1', '1'), [{}], true, []],
  ])('%s', (_, before, after, partitions, elrOn, expected) => {
    const made = guardFacts([{ changes: { [KEY]: ['0', '0'] }, partitions }], { elrOn })
    const plan = { ...made, topics: [{ ...made.topics[0]!, changes: new Map([[KEY, { before, after }]]) }] }
    expect(lines('min-isr-elr', plan)).toEqual(expected)
  })

  it('names them, the last leader first', () => {
    const plan = guardFacts(
      [
        {
          changes: { [KEY]: ['2', '1'] },
          partitions: [
            { isr: [], leader: -1, elr: [2, 1], lastKnown: [1] },
            { isr: [3], elr: [1] },
          ],
        },
      ],
      { elrOn: true },
    )
    expect(said('min-isr-elr', plan).get('leaderless')!.rows[0]).toMatchObject({ partition: 0, text: '1, 2' })
    expect(said('min-isr-elr', plan).get('clears')!.rows[0]).toMatchObject({ note: 1, text: '1' })
  })

  it('are refused while leaderless although nobody could read who is eligible', () => {
    const plan = guardFacts([{ changes: { [KEY]: ['2', '1'] }, partitions: [offline], elr: unknown('x') }], {
      elrOn: true,
    })
    expect(lines('min-isr-elr', plan)).toEqual(['leaderless refused 1', 'unknown unknown 1'])
  })

  it('are neither refused nor called harmless while nobody knows whether there are any', () => {
    const plan = guardFacts([{ changes: { [KEY]: ['2', '1'] }, partitions: [offline], elr: unknown('x') }], {
      elrOn: null,
    })
    expect(lines('min-isr-elr', plan)).toEqual(['unknown unknown 1'])
  })

  it('are asked for wherever a record is written', () => {
    const asks = (before: string | null, after: string | null): boolean =>
      factsNeeded(changesOf({ [KEY]: [before, after] })).has('elr')
    expect([asks('2', '1'), asks('2', '3'), asks(null, '2'), asks('2', null), asks('2', '2')]).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })

  it('that nobody could read are a warning of their own', () => {
    const untold = guardFacts([{ changes: { [KEY]: ['2', '1'] }, elr: unknown('broker 1 does not answer') }])
    expect(lines('min-isr-elr', untold)).toEqual(['unknown unknown 1'])
    expect(said('min-isr-elr', untold).get('unknown')!.reason).toBe('broker 1 does not answer')
  })
})

it('says once that producers are not known, for a change of min ISR only', () => {
  expect(lines('acks', facts('1', '2', [{}, {}]))).toEqual(['not-told info 2'])
  expect(lines('acks', guardFacts([{ changes: { 'retention.ms': ['1', '2'] } }]))).toEqual([])
})
