import { describe, expect, it } from 'vitest'
import { METADATA_AT, NOW, guardFacts, known, lines, said, unknown } from '../../../../support/guard-facts'
import type { MadeTopic } from '../../../../support/guard-facts'
import { saidBy } from '../../../../support/told-effect'

const DAY = 86_400_000
const WEEK = String(7 * DAY)
const deletable = known(
  [
    { partition: 0, records: 40, bytes: 4000, from: 100 },
    { partition: 1, records: 60, bytes: 6000, from: 80 },
  ],
  NOW - 5000,
)
const partly = { ...deletable, missing: [saidBy('broker 2 does not answer')] }
const none = known([{ partition: 0, records: 0, bytes: 0, from: 0 }])
const behind = known([
  { group: 'billing', partition: 1, unreadRecords: 25 },
  { group: 'mail', partition: 0, unreadRecords: 0 },
])
const two = [{}, { replicas: [1, 2] }]

const ms = (before: string | null, after: string, rest: MadeTopic = {}) =>
  guardFacts([{ changes: { 'retention.ms': [before, after] }, partitions: two, ...rest }])

describe('retention.ms', () => {
  it.each<[string, string | null, string, MadeTopic, string[]]>([
    ['down, nothing stored is older', WEEK, String(4 * DAY), { deletable: none }, ['nothing-now info 2']],
    ['down, records go', WEEK, String(4 * DAY), { deletable }, ['deletes warn 2']],
    [
      'down, a group has not read them',
      WEEK,
      String(4 * DAY),
      { deletable, groups: behind },
      ['deletes warn 2', 'unread block 1'],
    ],
    ['down by a lot: in steps', WEEK, String(DAY), { deletable }, ['deletes warn 2', 'in-steps info 2']],
    ['down to a quarter: in steps', WEEK, String((7 * DAY) / 4), { deletable }, ['deletes warn 2', 'in-steps info 2']],
    ['down to a little more than a quarter', WEEK, String((7 * DAY) / 4 + 1), { deletable }, ['deletes warn 2']],
    ['down by a lot, nothing goes: no steps', WEEK, String(DAY), { deletable: none }, ['nothing-now info 2']],
    ['from unlimited', '-1', String(DAY), { deletable }, ['deletes warn 2']],
    ['from Long.MAX, which is unlimited too', '9223372036854775807', String(DAY), { deletable }, ['deletes warn 2']],
    [
      'from 50 years to a minute: more halvings than anybody follows',
      String(50 * 365 * DAY),
      '60000',
      { deletable },
      ['deletes warn 2'],
    ],
    ['to Long.MAX, size unlimited too', WEEK, '9223372036854775807', {}, ['unlimited info 2']],
    ['not told before counts as down', null, WEEK, { deletable }, ['deletes warn 2']],
    [
      'down, records not known',
      WEEK,
      '1000',
      { deletable: unknown('broker 2 does not answer') },
      ['unknown unknown 2'],
    ],
    [
      'down, groups not known',
      WEEK,
      String(4 * DAY),
      { deletable, groups: unknown('no right') },
      ['deletes warn 2', 'unknown unknown 2'],
    ],
    [
      'down, groups not known, but nothing goes',
      WEEK,
      '1000',
      { deletable: none, groups: unknown('no right') },
      ['nothing-now info 2'],
    ],
    [
      'down, a part not known: what is known is said',
      WEEK,
      String(4 * DAY),
      { deletable: partly },
      ['deletes warn 2', 'unknown unknown 2'],
    ],
    [
      'down, a part not known: not called nothing',
      WEEK,
      String(4 * DAY),
      { deletable: { ...none, missing: [saidBy('broker 2')] } },
      ['unknown unknown 2'],
    ],
    ['up', String(DAY), WEEK, { deletable }, ['disk-grows info 2']],
    ['unlimited, size unlimited too', WEEK, '-1', {}, ['unlimited info 2']],
    ['unlimited, size limited', WEEK, '-1', { config: { 'retention.bytes': '100' } }, ['disk-grows info 2']],
    ['compacted only', WEEK, '1000', { deletable, config: { 'cleanup.policy': 'compact' } }, ['compact-only info 2']],
    [
      'compacted and deleted',
      WEEK,
      String(4 * DAY),
      { deletable, config: { 'cleanup.policy': 'compact, delete' } },
      ['deletes warn 2'],
    ],
    ['the same', WEEK, WEEK, { deletable }, []],
  ])('%s', (_, before, after, rest, expected) => {
    expect(lines('retention-ms', ms(before, after, rest))).toEqual(expected)
  })

  it('gives records, bytes on every replica, groups and the age of the oldest fact', () => {
    const effects = said('retention-ms', ms(WEEK, String(DAY), { deletable, groups: behind }))
    expect(effects.get('deletes')).toMatchObject({
      figures: { deletableRecords: 100, freedBytes: 4000 * 3 + 6000 * 2 },
      readAt: NOW - 5000,
    })
    expect(effects.get('deletes')!.rows.map(({ partition, note }) => [partition, note])).toEqual([
      [1, 60],
      [0, 40],
    ])
    expect(effects.get('unread')!.figures).toMatchObject({ unreadRecords: 25, groupCount: 1, groupsText: 'billing' })
    expect(effects.get('in-steps')!.figures).toMatchObject({ stepCount: 3, firstMs: 3.5 * DAY })
  })

  it.each([
    [7 * DAY, 0, 8, 3.5 * DAY],
    [7 * DAY, 2 * 3_600_000, 7, 3.5 * DAY],
    [7 * DAY, DAY, 3, 3.5 * DAY],
  ])('from %i to %i ms in %i steps, the first to %i', (before, after, stepCount, firstMs) => {
    const steps = said('retention-ms', ms(String(before), String(after), { deletable })).get('in-steps')!
    expect(steps.figures).toMatchObject({ stepCount, firstMs })
  })

  it('keeps bytes unknown where one partition is', () => {
    const sizeless = known([
      { partition: 0, records: 1, bytes: NaN, from: 1 },
      { partition: 1, records: 1, bytes: 5, from: 1 },
    ])
    expect(
      said('retention-ms', ms(WEEK, '1000', { deletable: sizeless })).get('deletes')!.figures['freedBytes'],
    ).toBeNaN()
  })

  it('says why it is unknown', () => {
    expect(
      said('retention-ms', ms(WEEK, '1', { deletable: unknown('broker 2 does not answer') })).get('unknown')!.reason,
    ).toBe('broker 2 does not answer')
  })
})

const GIB = 1024 ** 3
const sizes = known(
  new Map([
    [0, 3 * GIB],
    [1, 1000],
  ]),
)
const rows = known([
  { partition: 0, records: 10, bytes: GIB, from: 10 },
  { partition: 1, records: 0, bytes: 0, from: 0 },
])
const bytes = (before: string | null, after: string, rest: MadeTopic = {}, more = {}) =>
  guardFacts([{ changes: { 'retention.bytes': [before, after], ...more }, partitions: two, ...rest }])
const DOWN = [String(4 * GIB), String(2 * GIB)] as const

describe('retention.bytes', () => {
  it.each<[string, string | null, string, MadeTopic, string[]]>([
    ['down, records go', ...DOWN, { sizes, deletable: rows }, ['deletes warn 1', 'per-partition info 2']],
    ['from unlimited', '-1', String(2 * GIB), { sizes, deletable: rows }, ['deletes warn 1', 'per-partition info 2']],
    [
      'below one segment',
      '-1',
      '1000',
      { sizes, deletable: none },
      ['below-segment warn 2', 'nothing-now info 2', 'per-partition info 2'],
    ],
    ['just one segment', '-1', String(GIB), { sizes, deletable: none }, ['nothing-now info 2', 'per-partition info 2']],
    [
      'segments not told',
      ...DOWN,
      { sizes, deletable: none, config: { 'segment.bytes': '' } },
      ['nothing-now info 2', 'per-partition info 2', 'unknown unknown 2'],
    ],
    [
      'a group is behind',
      ...DOWN,
      { sizes, deletable: rows, groups: behind },
      ['deletes warn 1', 'per-partition info 2', 'unread block 1'],
    ],
    [
      'sizes not known',
      ...DOWN,
      { sizes: unknown('x'), deletable: rows },
      ['deletes warn 1', 'per-partition info 2', 'unknown unknown 2'],
    ],
    ['up', DOWN[1], DOWN[0], {}, ['per-partition info 2']],
    ['unlimited', DOWN[0], '-1', {}, ['unlimited info 2']],
    ['compacted only', ...DOWN, { config: { 'cleanup.policy': 'compact' } }, ['compact-only info 2']],
  ])('%s', (_, before, after, rest, expected) => {
    expect(lines('retention-bytes', bytes(before, after, rest))).toEqual(expected)
  })

  it('counts per partition and per replica', () => {
    const effects = said('retention-bytes', bytes(...DOWN, { sizes, deletable: rows }))
    expect(effects.get('per-partition')!.figures['upToBytes']).toBe(2 * GIB * 5)
    expect(effects.get('deletes')!.figures).toMatchObject({ freedBytes: GIB * 3, deletableRecords: 10 })
    expect(effects.get('per-partition')!.readAt).toBe(Math.min(METADATA_AT, NOW - 1000))
  })

  it('leaves the records to retention.ms where that is lowered too', () => {
    const both = bytes(...DOWN, { sizes, deletable: rows }, { 'retention.ms': [WEEK, '1000'] })
    expect(lines('retention-bytes', both)).toEqual(['per-partition info 2'])
    expect(lines('retention-ms', both)).toEqual(['deletes warn 1', 'in-steps info 2'])
  })
})
