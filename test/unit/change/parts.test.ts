import fc from 'fast-check'
import { HIDDEN } from '../../../src-main/shared/hidden-value'
import { describe, expect, it } from 'vitest'
import type { Effect, EffectLevel, PlanItem } from '../../../src-main/contract/change'
import { batchesOf } from '../../../src-main/change/send/batches'
import { configCommands, electionCommands } from '../../../src-main/change/plan/commands'
import { canonicalValue, sameValue } from '../../../src-main/change/configs/config-text'
import { expandDraft } from '../../../src-main/change/plan/expand'
import { checkConfirmation, levelOf, needsOf } from '../../../src-main/change/plan/needs'
import { replicationChanges } from '../../../src-main/change/plan/replication-state'
import { removableKey } from '../../../src-main/change/send/validate'
import { saidBy } from '../../support/told-effect'

const effect = (id: string, level: EffectLevel): Effect => ({
  id,
  level,
  says: saidBy(id),
  topicCount: 0,
  partitionCount: 0,
  rows: [],
  readAt: Number.NaN,
  reasons: [],
})
const item = (topic: number, key: string, override: string | null): PlanItem => ({
  topic,
  key,
  before: { override: null, value: null, source: 0 },
  after: { override, value: override, source: 1 },
})

describe('what has to be done before a change is sent', () => {
  const judged = (levels: readonly EffectLevel[], topics: readonly string[]) => {
    const effects = levels.map((level, at) => effect(`${level}-${at}`, level))
    return { effects, level: levelOf(effects, false), topics }
  }
  it.each<[EffectLevel[], string[], 'dev' | 'prod', object]>([
    [['info', 'better'], ['a'], 'prod', { kind: 'click', ticks: [], phrase: '', reason: true }],
    [['warn'], ['a'], 'prod', { kind: 'ticks', ticks: ['warn-0'], phrase: '', reason: true }],
    [['info'], ['a'], 'dev', { kind: 'click', ticks: [], phrase: '', reason: false }],
    [
      ['warn', 'unknown', 'info'],
      ['a'],
      'dev',
      { kind: 'ticks', ticks: ['warn-0', 'unknown-1'], phrase: '', reason: false },
    ],
    [['unknown'], ['a'], 'dev', { kind: 'ticks', ticks: ['unknown-0'], phrase: '', reason: false }],
    [['block', 'warn'], ['a'], 'dev', { kind: 'typed', ticks: ['warn-1'], phrase: 'a', reason: true }],
    [['block'], ['a'], 'prod', { kind: 'typed', ticks: [], phrase: 'orders-eu a', reason: true }],
    [['block'], ['a', 'b', 'c'], 'dev', { kind: 'typed', ticks: [], phrase: '3 topics', reason: true }],
    [['block'], ['a', 'b'], 'prod', { kind: 'typed', ticks: [], phrase: 'orders-eu 2 topics', reason: true }],
    [['refused', 'warn'], ['a'], 'dev', { kind: 'never', ticks: [], phrase: '', reason: false }],
  ])('%j on %j in %s', (levels, topics, environment, needs) => {
    expect(
      needsOf({ ...judged(levels, topics), kind: 'config', items: [item(0, 'k', '1')] }, environment, 'orders-eu'),
    ).toEqual(needs)
  })

  it.each<[EffectLevel[], boolean, ReturnType<typeof levelOf>]>([
    [['info', 'better'], false, 'low'],
    [[], false, 'low'],
    [['info', 'warn'], false, 'warn'],
    [['unknown'], false, 'warn'],
    [['warn', 'block'], false, 'block'],
    [['block', 'refused'], false, 'refused'],
    [['info'], true, 'refused'],
  ])('the risk of %j (in conflict: %s) is %s: what could not be computed is a warning', (levels, conflict, level) => {
    expect(
      levelOf(
        levels.map((one, at) => effect(`${one}-${at}`, one)),
        conflict,
      ),
    ).toBe(level)
  })

  it.each<[string, string | null, string | null, 'dev' | 'prod', string]>([
    ['retention.ms', '604800000', '7200000', 'prod', 'typed'],
    ['retention.ms', '9223372036854775807', '604800000', 'prod', 'typed'],
    ['retention.ms', null, '604800000', 'prod', 'typed'],
    ['retention.ms', '1', null, 'prod', 'typed'],
    ['retention.ms', '7200000', '604800000', 'prod', 'click'],
    ['retention.ms', '604800000', '-1', 'prod', 'click'],
    ['retention.ms', '604800000', '7200000', 'dev', 'click'],
    ['retention.bytes', '-1', '1000', 'prod', 'typed'],
    ['cleanup.policy', 'compact', 'compact,delete', 'prod', 'typed'],
    ['cleanup.policy', 'compact', 'compact,delete', 'dev', 'click'],
    ['flush.ms', '2', '1', 'prod', 'click'],
  ])('%s from %s to %s in %s: %s, though no rule found an effect', (key, before, after, environment, kind) => {
    const edit = {
      topic: 0,
      key,
      before: { override: before, value: before, source: 1 },
      after: { override: after, value: after, source: 1 },
    }
    const needs = needsOf({ ...judged([], ['a']), kind: 'config', items: [edit] }, environment, 'orders-eu')
    expect(needs).toMatchObject({
      kind,
      reason: kind === 'typed' || environment === 'prod',
      phrase: kind === 'typed' ? 'orders-eu a' : '',
    })
  })

  it('a plan that moves nothing cannot be confirmed', () => {
    expect(needsOf({ ...judged([], ['a']), kind: 'config', items: [] }, 'dev', 'c').kind).toBe('never')
    const already = { topic: 'a', partition: 0, leader: 1, preferred: 1, fate: 'already' } as const
    const election = { ...judged([], ['a']), kind: 'election' } as const
    expect(needsOf({ ...election, partitions: [already] }, 'dev', 'c').kind).toBe('never')
    expect(needsOf({ ...election, partitions: [{ ...already, fate: 'moves' }] }, 'dev', 'c').kind).toBe('click')
  })

  it('what was not asked for is not written down as said', () => {
    const needs = { kind: 'ticks', ticks: ['w'], phrase: '', reason: false } as const
    expect(checkConfirmation(needs, { ticks: ['w', 'more'], typed: 'x', reason: ' r ' })).toEqual({
      ok: true,
      value: { ticks: ['w'], typed: '', reason: 'r' },
    })
    expect(checkConfirmation({ ...needs, kind: 'never' }, { ticks: ['w'], typed: '', reason: '' })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    })
  })
})

describe('values as Kafka keeps them', () => {
  it.each([
    [1, ' TRUE ', 'true'],
    [1, 'yes', 'yes'],
    [3, '007', '7'],
    [5, '+9223372036854775807', '9223372036854775807'],
    [5, '-1', '-1'],
    [3, 'abc', 'abc'],
    [7, 'compact , delete', 'compact,delete'],
    [7, '', ''],
    [2, ' zstd', 'zstd'],
    [6, '0.50', '0.50'],
    [0, 'x y', 'x y'],
  ])('type %i, %j is kept as %j', (type, text, kept) => {
    expect(canonicalValue(type, text)).toBe(kept)
  })

  it('doubles are compared as numbers, and no override is like nothing else', () => {
    expect(sameValue(6, '0.50', '0.5')).toBe(true)
    expect(sameValue(6, '1.0E-5', '0.00001')).toBe(true)
    expect(sameValue(6, '0.5', '0.6')).toBe(false)
    expect(sameValue(2, null, '')).toBe(false)
    expect(sameValue(2, null, null)).toBe(true)
  })

  it('keeping is done once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.string(), (type, text) => {
        const kept = canonicalValue(type, text)
        expect(canonicalValue(type, kept)).toBe(kept)
        expect(sameValue(type, text, kept)).toBe(true)
      }),
    )
  })
})

describe('commands', () => {
  const access = { bootstrap: ['b1:9092', 'b2:9092'], secured: true }
  it('brackets for lists, quotes for odd names, removals apart', () => {
    const { lines } = configCommands(
      access,
      ["it's"],
      [[item(0, 'cleanup.policy', 'compact,delete'), item(0, 'retention.ms', '1'), item(0, 'preallocate', null)]],
    )
    expect(lines).toEqual([
      "kafka-configs.sh --bootstrap-server b1:9092,b2:9092 --command-config client.properties --alter --entity-type topics --entity-name 'it'\\''s' " +
        "--add-config 'cleanup.policy=[compact,delete],retention.ms=1' --delete-config preallocate",
    ])
  })

  // What kafka.admin.ConfigCommand.parseConfigsToBeAdded of 4.3.1 makes of each is the value itself.
  it.each([
    ['x,y', "'k=[x,y]'"],
    ['a=b', "'k=[a=b]'"],
    ['a=b,c=d', "'k=[a=b,c=d]'"],
    ['', 'k='],
    ['plain', 'k=plain'],
  ])('the value %j is written so that the tool reads it back', (value, written) => {
    const { lines, why } = configCommands(access, ['t'], [[item(0, 'k', value)]])
    expect(why).toBeNull()
    expect(lines[0]).toMatch(/--add-config (.*)$/)
    expect(/--add-config (.*)$/.exec(lines[0]!)![1]).toBe(written)
  })

  it.each([
    ['[a,b]', 'commands.brackets'],
    ['a]b', 'commands.brackets'],
    ['a\nb', 'commands.brackets'],
    [HIDDEN, 'commands.hidden'],
  ])('there is none for %j, and it says why: half a change is another one', (value, id) => {
    const commands = configCommands(access, ['t', 'u'], [[item(0, 'retention.ms', '1')], [item(1, 'k', value)]])
    expect(commands).toEqual({ lines: [], why: { id, args: { key: 'k' } } })
  })

  it('a loop for many topics with the same edits', () => {
    const topics = Array.from({ length: 25 }, (_, at) => `t${at}`)
    const { lines } = configCommands(
      { ...access, secured: false },
      topics,
      topics.map((_topic, at) => [item(at, 'retention.ms', at === 3 ? '9' : '1')]),
    )
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(
      /^for topic in t0 t1 t2 t4 .*; do kafka-configs\.sh .* --entity-name "\$topic" --add-config retention\.ms=1; done$/,
    )
    expect(lines[1]).toContain('--entity-name t3 --add-config retention.ms=9')
  })

  it('an election names its partitions in a file; nothing to move is no command', () => {
    const moving = { topic: 't', partition: 2, leader: 1, preferred: 2, fate: 'moves' } as const
    expect(electionCommands(access, [moving, { ...moving, partition: 3, fate: 'not-in-sync' }])).toEqual([
      `echo '{"partitions":[{"topic":"t","partition":2}]}' > partitions.json`,
      'kafka-leader-election.sh --bootstrap-server b1:9092,b2:9092 --election-type preferred --path-to-json-file partitions.json --admin.config client.properties',
    ])
    expect(electionCommands(access, [{ ...moving, fate: 'already' }])).toEqual([])
  })
})

describe('drafts', () => {
  const edit = (key: string, value: string): { key: string; op: 'set'; value: string } => ({ key, op: 'set', value })
  it('a topic in two groups has the edits of both', () => {
    const expanded = expandDraft({
      kind: 'config',
      groups: [
        { topics: ['a'], edits: [edit('x', '1')] },
        { topics: ['a', 'b'], edits: [edit('y', '2')] },
      ],
    })
    expect(expanded.ok && expanded.value.get('a')).toEqual([edit('x', '1'), edit('y', '2')])
  })

  it('one key of a topic is named once', () => {
    const twice = expandDraft({
      kind: 'config',
      groups: [
        { topics: ['a', 'b'], edits: [edit('x', '1')] },
        { topics: ['b'], edits: [edit('y', '2'), edit('x', '2')] },
      ],
    })
    const detail = { text: 'duplicate', topic: 'b', key: 'x' }
    expect(twice).toMatchObject({ ok: false, error: { code: 'bad-input', detail } })
  })

  it.each([0, 1, 2, 20, 21, 41])('%i rows in batches: one first, then twenty', (count) => {
    const batches = batchesOf(count, 20, 1)
    expect(batches.flat()).toEqual(Array.from({ length: count }, (_, at) => at))
    expect(batches.slice(0, 2).map(({ length }) => length)).toEqual(
      [1, Math.min(20, count - 1)].filter((length, at) => (at === 0 ? count > 0 : length > 0)),
    )
  })
})

it.each([
  ['1>1,2', '2>1,2', 0],
  ['1>1,2', '1>1', 1],
  ['->1', '1>1', 1],
  ['->', '->', 0],
  ['1>1,2', '1>1,2>1,2,3', 1],
  ['1>1,2>1,2,3', '2>1,2>1,2,3', 0],
  ['1>1,2>1,2,3', '1>1,2>1,2,4', 1],
])('replication %s and %s differ in %i', (base, now, changes) => {
  expect(replicationChanges([base], [now])).toHaveLength(changes)
})

it('a partition that was added is a difference', () => {
  expect(replicationChanges(['1>1'], ['1>1', '2>2'])).toEqual([{ partition: 1, base: '', now: '2>2' }])
})

it.each([
  ['Unknown topic config name: old.key', 'old.key'],
  ['Invalid value 1000 for configuration segment.bytes: Value must be at least 1048576', 'segment.bytes'],
  ['Invalid value 5 for configuration segment.index.bytes.', 'segment.index.bytes'],
  ['Unknown topic config name: mine', ''],
  ['Topic authorization failed.', ''],
])('%j names %j', (message, key) => {
  const stored = { 'old.key': '7', 'segment.bytes': '1000', 'segment.index.bytes': '5', mine: '1' }
  expect(removableKey(message, stored, new Set(['mine']))).toBe(key)
})
