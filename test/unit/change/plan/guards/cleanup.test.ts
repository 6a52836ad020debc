import { describe, expect, it } from 'vitest'
import type { SampleFacts } from '../../../../../src-main/change/plan/guards/guard'
import { guardFacts, known, lines, said, unknown } from '../../../../support/guard-facts'
import type { MadeChanges, MadeTopic } from '../../../../support/guard-facts'

const facts = (before: string | null, after: string, rest: MadeTopic = {}) =>
  guardFacts([{ changes: { 'cleanup.policy': [before, after] }, partitions: [{}, {}], ...rest }])
const sample = (changes: Partial<SampleFacts>) =>
  known<SampleFacts>({
    partitions: 2,
    records: 200,
    withoutKey: 0,
    unreadable: 0,
    compression: 'none',
    largestBatchBytes: 100,
    ...changes,
  })

describe('beginning to compact', () => {
  it.each<[string, string | null, string, MadeTopic, string[]]>([
    [
      'records without key',
      'delete',
      'compact',
      { sample: sample({ withoutKey: 74 }) },
      ['disk-grows info 2', 'without-key block 2'],
    ],
    ['all have one', 'delete', 'compact', { sample: sample({}) }, ['disk-grows info 2', 'keyed warn 2']],
    ['adding it', 'delete', 'delete,compact', { sample: sample({}) }, ['keyed warn 2']],
    ['not told before', null, 'compact,delete', { sample: sample({}) }, ['keyed warn 2']],
    [
      'some could not be read',
      'delete',
      'compact,delete',
      { sample: sample({ unreadable: 1 }) },
      ['unknown unknown 2'],
    ],
    [
      'some could not be read, others have no key',
      'delete',
      'compact,delete',
      { sample: sample({ unreadable: 1, withoutKey: 1 }) },
      ['without-key block 2'],
    ],
    ['nothing was met', 'delete', 'compact,delete', { sample: sample({ records: 0 }) }, ['unknown unknown 2']],
    [
      'nothing is stored',
      'delete',
      'compact,delete',
      { sample: sample({ records: 0 }), partitions: [{ ends: [0, 0, NaN] }] },
      ['nothing-stored info 1'],
    ],
    [
      'nothing is known of what is stored',
      'delete',
      'compact,delete',
      { sample: sample({ records: 0 }), partitions: [{ ends: [NaN] }] },
      ['unknown unknown 1'],
    ],
    [
      'no right to read',
      'delete',
      'compact,delete',
      { sample: unknown('Read on topic orders is missing') },
      ['unknown unknown 2'],
    ],
    ['internal', 'delete', 'compact,delete', { internal: true }, ['internal block 2', 'keyed warn 2']],
    [
      'with remote storage',
      'delete',
      'compact,delete',
      { config: { 'remote.storage.enable': 'true' } },
      ['keyed warn 2', 'remote block 2'],
    ],
    ['it compacts already', 'compact', 'compact, delete', { sample: unknown('x') }, []],
    ['it stops', 'compact', 'delete', { sample: unknown('x') }, []],
  ])('%s', (_, before, after, rest, expected) => {
    expect(lines('compact-unkeyed', facts(before, after, rest))).toEqual(expected)
  })

  it.each([
    [74, '37 %'],
    [1, '1 %'],
  ])('%i of 200 without key are %s', (withoutKey, shareText) => {
    const effect = said('compact-unkeyed', facts('delete', 'compact', { sample: sample({ withoutKey }) })).get(
      'without-key',
    )!
    expect(effect.figures).toMatchObject({ withoutKeyRecords: withoutKey, sampledRecords: 200, shareText })
    expect(effect.rows[0]!.note).toBe(withoutKey)
  })

  it('does not call a small share none', () => {
    const tiny = sample({ withoutKey: 1, records: 10_000 })
    expect(
      said('compact-unkeyed', facts('delete', 'compact', { sample: tiny })).get('without-key')!.figures['shareText'],
    ).toBe('< 1 %')
  })

  it('says why it could not read', () => {
    const reasons = (['zstd', 'none'] as const).map(
      (compression) =>
        said('compact-unkeyed', facts('delete', 'compact', { sample: sample({ unreadable: 3, compression }) })).get(
          'unknown',
        )!.reason,
    )
    expect(reasons).toEqual(['records are compressed with zstd', 'no record could be read'])
  })
})

describe('beginning to delete', () => {
  it.each<[string, string | null, string, string[]]>([
    ['__consumer_offsets', 'compact', 'delete', ['state-topic block 2']],
    ['__transaction_state', 'compact', 'compact,delete', ['state-topic block 2']],
    ['app-store-changelog', 'compact', 'delete', ['state-topic block 2']],
    ['connect-offsets', 'compact', 'delete', ['state-topic block 2']],
    ['_schemas', 'compact', 'delete', ['state-topic block 2']],
    ['__remote_log_metadata', 'compact', 'delete', ['state-topic block 2']],
    ['mm2-offsets.b.internal', 'compact', 'delete', ['state-topic block 2']],
    ['a.checkpoints.internal', 'compact', 'delete', ['state-topic block 2']],
    ['_confluent-command', 'compact', 'delete', ['state-topic block 2']],
    ['my_schemas', 'compact', 'delete', ['old-keys-go warn 2']],
    ['orders', '', 'delete', ['old-keys-go warn 2']],
    ['orders', null, 'delete', ['old-keys-go warn 2']],
    ['orders', 'compact,delete', 'delete', []],
    ['__consumer_offsets', 'delete', 'compact', []],
  ])('%s from %s to %s', (topic, before, after, expected) => {
    expect(
      lines('compact-to-delete', facts(before, after, { topic })).filter((line) => /topic|keys/.test(line)),
    ).toEqual(expected)
  })

  const deletable = known([{ partition: 0, records: 9, bytes: 90, from: 9 }])
  const groups = known([{ group: 'g', partition: 0, unreadRecords: 1 }])
  it.each<[string, string | null, MadeTopic, string[]]>([
    ['records go at once', 'compact', { deletable }, ['deletes warn 1', 'old-keys-go warn 2']],
    ['nothing is old enough', 'compact', {}, ['nothing-now info 2', 'old-keys-go warn 2']],
    [
      'a group has not read them',
      'compact',
      { deletable, groups },
      ['deletes warn 1', 'old-keys-go warn 2', 'unread block 1'],
    ],
    ['not known', 'compact', { deletable: unknown('x') }, ['old-keys-go warn 2', 'unknown unknown 2']],
    ['not told before, so not asked either', null, {}, ['old-keys-go warn 2', 'unknown unknown 2']],
  ])('%s', (_, before, rest, expected) => {
    expect(lines('compact-to-delete', facts(before, 'compact,delete', rest))).toEqual(expected)
  })

  it('leaves the records to the limit that is lowered too', () => {
    const changes: MadeChanges = { 'cleanup.policy': ['compact', 'delete'], 'retention.ms': ['2000', '1000'] }
    expect(lines('compact-to-delete', guardFacts([{ changes, deletable }]))).toEqual(['old-keys-go warn 1'])
    expect(lines('retention-ms', guardFacts([{ changes, deletable }]))).toEqual(['deletes warn 1'])
  })
})

describe('an empty policy', () => {
  it.each([
    ['', ['nothing-cleaned warn 2']],
    [' , ', ['nothing-cleaned warn 2']],
    ['compact', []],
  ])('%j', (after, expected) => {
    expect(lines('cleanup-empty', facts('delete', after))).toEqual(expected)
  })

  it('fills remote storage where a topic is tiered', () => {
    const config = { 'remote.storage.enable': 'true' }
    expect(lines('cleanup-empty', facts('delete', '', { config }))).toEqual(['remote-grows warn 2'])
  })
})

describe('tombstones', () => {
  const DAY = '86400000'
  const HOUR = '3600000'
  const kept = (before: string | null, after: string | null, rest: MadeTopic = {}, policy?: MadeChanges[string]) => {
    const changes: MadeChanges = { 'delete.retention.ms': [before, after] }
    return guardFacts([
      {
        config: { 'cleanup.policy': 'compact' },
        partitions: [{}, {}],
        ...rest,
        changes: policy === undefined ? changes : { ...changes, 'cleanup.policy': policy },
      },
    ])
  }
  const sooner = ['gone-sooner warn 2']

  it.each<[string, string | null, string | null, MadeTopic, MadeChanges[string] | undefined, string[]]>([
    ['kept shorter', DAY, HOUR, {}, undefined, sooner],
    ['not kept at all', DAY, '0', {}, undefined, sooner],
    ['with spaces', DAY, ` ${HOUR} `, {}, undefined, sooner],
    ['kept longer', HOUR, DAY, {}, undefined, []],
    ['the same in other words', DAY, ` ${DAY}`, {}, undefined, []],
    ['not told before', null, HOUR, {}, undefined, sooner],
    ['not told after', DAY, null, {}, undefined, []],
    ['no number', DAY, '1h', {}, undefined, []],
    ['of two policies', DAY, HOUR, { config: { 'cleanup.policy': 'delete, compact' } }, undefined, sooner],
    ['never compacted', DAY, HOUR, { config: { 'cleanup.policy': 'delete' } }, undefined, []],
    ['compacted from this change on', DAY, HOUR, {}, ['delete', 'compact'], sooner],
    ['compacted until this change', DAY, HOUR, {}, ['compact', 'delete'], []],
    ['the policy is not told', DAY, HOUR, {}, ['compact', null], ['unknown unknown 2']],
    ['without a leader', DAY, HOUR, { partitions: [{ isr: [], leader: -1 }] }, undefined, ['gone-sooner warn 1']],
    ['one replica', DAY, HOUR, { partitions: [{ replicas: [1] }] }, undefined, ['gone-sooner warn 1']],
  ])('%s', (_, before, after, rest, policy, expected) => {
    expect(lines('tombstones', kept(before, after, rest, policy))).toEqual(expected)
  })

  it('names the shortest time, that topic first, and the key it was not told', () => {
    const config = { 'cleanup.policy': 'compact' }
    const change = (after: string): MadeChanges => ({ 'delete.retention.ms': [DAY, after] })
    const effect = said(
      'tombstones',
      guardFacts([
        { topic: 'a', config, changes: change(HOUR) },
        { topic: 'b', config, changes: change('60000') },
        { topic: 'c', changes: change('0') },
      ]),
    ).get('gone-sooner')!
    expect(effect.figures).toMatchObject({ lowestMs: 60_000, topicCount: 2, allTopicCount: 3 })
    expect(effect.rows.map(({ topic, note }) => [topic, note])).toEqual([
      ['b', 60_000],
      ['a', 3_600_000],
    ])
    const untold = said('tombstones', kept(DAY, HOUR, {}, ['compact', null])).get('unknown')!
    expect(untold.reason).toContain('cleanup.policy')
  })
})

describe('remote storage off', () => {
  const off = (before: string | null, after: string, config = {}) =>
    guardFacts([{ changes: { 'remote.storage.enable': [before, after] }, config }])

  it('may delete, and does with the other setting', () => {
    expect(lines('remote-storage-off', off('true', 'false'))).toEqual(['may-delete block 1'])
    expect(lines('remote-storage-off', off(null, 'false'))).toEqual(['may-delete block 1'])
    expect(lines('remote-storage-off', off('true', 'false', { 'remote.log.delete.on.disable': 'true' }))).toEqual([
      'deletes block 1',
    ])
    for (const before of ['false', null]) expect(lines('remote-storage-off', off(before, 'true'))).toEqual([])
    expect(lines('remote-storage-off', off('false', ' FALSE'))).toEqual([])
  })

  it.each<[readonly [number, number] | null, string]>([
    [[3, 8], 'ignored warn 1'],
    [[3, 9], 'may-delete block 1'],
    [null, 'may-delete block 1'],
  ])('on %j: %s', (version, line) => {
    expect(lines('remote-storage-off', { ...off('true', 'false'), version })).toEqual([line])
  })
})
