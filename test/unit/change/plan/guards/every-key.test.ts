/** Mechanism of "judged by rules that know every key, or by unknown": the whole catalogue, and keys nobody has heard of. */
import { inherited } from '../../../../../src-main/change/plan/guards/inherited'
import { say } from '../../../../../src-main/shared/words/say'
import { describe, expect, it } from 'vitest'
import { HARMLESS } from '../../../../../src-main/change/plan/guards/harmless'
import { JUDGED_KEYS, judge } from '../../../../../src-main/change/plan/guards/index'
import { levelOf, needsOf } from '../../../../../src-main/change/plan/needs'
import { CONFIG_KEYS } from '../../../../../src-main/shared/config-keys'
import type { KnownKey } from '../../../../../src-main/shared/config-keys'
import { guardFacts, lines, said } from '../../../../support/guard-facts'
import type { MadeChanges, MadeTopic } from '../../../../support/guard-facts'

/** Topic keys of Kafka 2.8 to 4.4.0 (TopicConfig, each version's constants). */
const OF_KAFKA = [
  'cleanup.policy',
  'compression.gzip.level',
  'compression.lz4.level',
  'compression.type',
  'compression.zstd.level',
  'delete.retention.ms',
  'errors.deadletterqueue.group.enable',
  'file.delete.delay.ms',
  'flush.messages',
  'flush.ms',
  'follower.replication.throttled.replicas',
  'index.interval.bytes',
  'leader.replication.throttled.replicas',
  'local.retention.bytes',
  'local.retention.ms',
  'max.compaction.lag.ms',
  'max.decompressed.message.bytes',
  'max.message.bytes',
  'message.downconversion.enable',
  'message.format.version',
  'message.timestamp.after.max.ms',
  'message.timestamp.before.max.ms',
  'message.timestamp.difference.max.ms',
  'message.timestamp.type',
  'min.cleanable.dirty.ratio',
  'min.compaction.lag.ms',
  'min.insync.replicas',
  'preallocate',
  'remote.copy.lag.bytes',
  'remote.copy.lag.ms',
  'remote.log.copy.disable',
  'remote.log.delete.on.disable',
  'remote.storage.enable',
  'retention.bytes',
  'retention.ms',
  'segment.bytes',
  'segment.index.bytes',
  'segment.jitter.ms',
  'segment.ms',
  'unclean.leader.election.enable',
]

/** In the catalogue, and what it does is nowhere written down well enough for a rule. */
const UNKNOWN: readonly KnownKey['name'][] = ['message.format.version']

const plan = (changes: MadeChanges, rest: MadeTopic = {}) => guardFacts([{ changes, ...rest }])

describe('every key of the catalogue', () => {
  it('is every key of Kafka', () => {
    expect(CONFIG_KEYS.map(({ name }) => name).sort()).toEqual(OF_KAFKA)
  })

  it.each(CONFIG_KEYS.map(({ name }) => name))(
    '%s is judged, harmless with a reason, or unknown: one of them',
    (name) => {
      const reason = HARMLESS.get(name)
      const unknown = lines('no-rule', plan({ [name]: ['a', 'b'] }))
      expect([JUDGED_KEYS.has(name), reason !== undefined, UNKNOWN.includes(name)].filter(Boolean)).toHaveLength(1)
      expect(reason).not.toBe('')
      expect(unknown).toEqual(UNKNOWN.includes(name) ? ['not-judged unknown 1'] : [])
    },
  )

  it('and what a rule looks at is in the catalogue', () => {
    const names = new Set<string>(CONFIG_KEYS.map(({ name }) => name))
    expect([...JUDGED_KEYS, ...HARMLESS.keys()].filter((name) => !names.has(name))).toEqual([])
  })
})

describe('a key nobody knows', () => {
  const vendor = plan({ 'confluent.tier.enable': [null, 'true'], 'mistyped.ms': ['1', '2'] })
  it('is unknown, named, and never one click in production', () => {
    const effects = judge(vendor)
    expect(said('no-rule', vendor).get('not-judged')!.figures['keyText']).toBe('confluent.tier.enable, mistyped.ms')
    const level = levelOf(effects, false)
    const item = { topic: 0, key: 'x', before: { override: null, value: null, source: 0 } } as const
    const items = [{ ...item, after: { override: 'true', value: 'true', source: 1 } }]
    expect(needsOf({ kind: 'config', items, effects, level, topics: ['t'] }, 'prod', 'c')).toMatchObject({
      kind: 'ticks',
      ticks: ['no-rule.not-judged'],
    })
  })
  it('says nothing where the value stays', () => {
    expect(lines('no-rule', plan({ 'confluent.tier.enable': ['true', 'true'] }))).toEqual([])
  })
})

const COMPACT = { config: { 'cleanup.policy': 'compact' } }
const REMOTE = { config: { 'remote.storage.enable': 'true' } }
const WITH_LOCAL = { config: { ...REMOTE.config, 'local.retention.ms': '1000', 'local.retention.bytes': '-2' } }

describe('keys that were called harmless (findings K9.2)', () => {
  it.each<[string, string, string | null, string, MadeTopic, string[]]>([
    ['segment-small', 'segment.index.bytes', '10485760', '4', {}, ['no-index block 1']],
    ['segment-small', 'segment.index.bytes', '10485760', '23', {}, ['no-index block 1']],
    ['segment-small', 'segment.index.bytes', '10485760', '24', {}, []],
    ['segment-small', 'max.compaction.lag.ms', '9223372036854775807', '1000', COMPACT, ['too-often block 1']],
    ['segment-small', 'max.compaction.lag.ms', '9223372036854775807', '1000', {}, []],
    ['decompressed', 'max.decompressed.message.bytes', '2147483647', '1', {}, ['lower block 1']],
    ['decompressed', 'max.decompressed.message.bytes', null, '1000', {}, ['lower block 1']],
    ['decompressed', 'max.decompressed.message.bytes', '1', '1000', {}, []],
    ['timestamps', 'message.timestamp.before.max.ms', '9223372036854775807', '1000', {}, ['underway block 1']],
    ['timestamps', 'message.timestamp.before.max.ms', '9223372036854775807', '3600000', {}, ['unknown unknown 1']],
    ['timestamps', 'message.timestamp.after.max.ms', '3600000', '0', {}, ['unknown unknown 1']],
    ['timestamps', 'message.timestamp.difference.max.ms', null, '1', {}, ['underway block 1']],
    ['timestamps', 'message.timestamp.after.max.ms', '0', '3600000', {}, []],
    [
      'timestamps',
      'message.timestamp.before.max.ms',
      '9223372036854775807',
      '1',
      { config: { 'message.timestamp.type': 'LogAppendTime' } },
      ['no-effect info 1'],
    ],
    ['preallocate', 'preallocate', 'false', 'true', {}, ['at-once warn 1']],
    ['preallocate', 'preallocate', 'true', 'false', {}, []],
    ['tombstones', 'delete.retention.ms', '86400000', '0', COMPACT, ['gone-sooner warn 1']],
    ['local-retention', 'local.retention.ms', '-2', '1000', REMOTE, ['remote-sooner warn 1']],
    ['local-retention', 'local.retention.ms', '1000', '-2', REMOTE, []],
    ['local-retention', 'local.retention.ms', '-2', '-1', REMOTE, ['above-whole block 1']],
    ['local-retention', 'local.retention.bytes', '-2', '-1', REMOTE, []],
    ['local-retention', 'remote.log.copy.disable', 'false', 'true', WITH_LOCAL, ['copy-off block 1']],
    ['local-retention', 'remote.log.copy.disable', 'true', 'false', WITH_LOCAL, []],
    [
      'local-retention',
      'remote.log.copy.disable',
      'false',
      'true',
      { config: { ...WITH_LOCAL.config, 'local.retention.ms': '-2' } },
      [],
    ],
    ['local-retention', 'remote.log.copy.disable', 'false', 'true', REMOTE, ['unknown unknown 1']],
    [
      'local-retention',
      'retention.ms',
      '604800000',
      '1000',
      { config: { ...REMOTE.config, 'local.retention.ms': '2000' } },
      ['above-whole block 1'],
    ],
    ['local-retention', 'local.retention.ms', '-2', '1000', {}, []],
    ['remote-storage-on', 'remote.storage.enable', 'false', 'true', {}, ['no-way-back block 1']],
    ['remote-storage-on', 'remote.storage.enable', null, 'true', {}, ['no-way-back block 1']],
    ['remote-log', 'remote.log.copy.disable', 'false', 'true', {}, ['stays-local warn 1']],
    ['remote-log', 'remote.log.delete.on.disable', 'false', 'true', {}, ['arms-deletion warn 1']],
    ['remote-log', 'remote.copy.lag.ms', '-1', '1000', {}, ['other-lag info 1']],
    ['dead-letters', 'errors.deadletterqueue.group.enable', 'true', 'false', {}, ['refused warn 1']],
    ['file-delete-delay', 'file.delete.delay.ms', '60000', '9223372036854775807', {}, ['disk-stays-used warn 1']],
    ['file-delete-delay', 'file.delete.delay.ms', '60000', '120000', {}, []],
    ['downconversion', 'message.downconversion.enable', 'true', 'false', {}, ['old-consumers warn 1']],
    ['compaction-pace', 'min.compaction.lag.ms', '60000', '0', COMPACT, ['sooner warn 1']],
    ['compaction-pace', 'min.compaction.lag.ms', '0', '60000', COMPACT, ['kept-longer warn 1']],
    ['compaction-pace', 'min.compaction.lag.ms', '0', '60000', {}, []],
    ['compaction-pace', 'max.compaction.lag.ms', '60000', '9223372036854775807', COMPACT, ['later warn 1']],
    ['compaction-pace', 'min.cleanable.dirty.ratio', '0.5', '1.0', COMPACT, ['rarer warn 1']],
    ['compaction-pace', 'min.cleanable.dirty.ratio', '0.5', '0.1', COMPACT, ['more-often info 1']],
    ['compaction-pace', 'min.cleanable.dirty.ratio', null, '0.1', COMPACT, ['more-often info 1', 'rarer warn 1']],
    ['compression', 'compression.zstd.level', '3', '22', { config: { 'compression.type': 'zstd' } }, ['harder warn 1']],
    ['compression', 'compression.zstd.level', '3', '22', { config: { 'compression.type': 'producer' } }, []],
    ['internal-topic', 'retention.ms', '1', '2', { topic: '__remote_log_metadata' }, ['internal block 1']],
    [
      'compact-to-delete',
      'cleanup.policy',
      'compact',
      'delete',
      { topic: '__share_group_state' },
      ['nothing-now info 1', 'state-topic block 1'],
    ],
    [
      'compact-to-delete',
      'cleanup.policy',
      'compact',
      'delete',
      { topic: 'a.checkpoints.internal' },
      ['nothing-now info 1', 'state-topic block 1'],
    ],
  ])('%s: %s from %s to %s', (rule, key, before, after, rest, expected) => {
    expect(lines(rule, plan({ [key]: [before, after] }, rest))).toEqual(expected)
  })

  it('counts segments by what fills the index too', () => {
    const sizes = { known: true, value: new Map([[0, 2 ** 30]]), readAt: 1 } as const
    const effect = said('segment-small', plan({ 'segment.index.bytes': ['10485760', '60'] }, { sizes })).get('too-many')
    // Four entries of 4 KiB each fit: a segment of 16 KiB.
    expect(effect?.figures['mostCount']).toBe(2 ** 30 / (4 * 4096))
    expect(lines('segment-small', plan({ 'index.interval.bytes': ['4096', '0'] }, { sizes }))).toEqual([])
  })
})

describe('an override that is removed', () => {
  const removed = (source: number) => {
    const facts = plan({ 'min.insync.replicas': ['2', '1'] })
    const [topic] = facts.topics
    const changes = new Map([
      [
        'min.insync.replicas',
        { before: { override: '2', value: '2', source: 1 }, after: { override: null, value: '1', source } },
      ],
    ])
    return { ...facts, topics: [{ ...topic!, changes }] }
  }
  it.each([
    ['the file of the broker that answered', 4, ['by-file unknown 1']],
    ['what that broker was given while it ran', 2, ['by-file unknown 1']],
    ['a default of the cluster', 3, []],
    ['the default of Kafka', 5, []],
  ])('holds %s', (_, source, expected) => {
    expect(lines('inherited', removed(source))).toEqual(expected)
  })

  const brokerSays = new Map([
    [
      'min.insync.replicas',
      new Map([
        [3, '1'],
        [1, '2'],
      ]),
    ],
  ])
  it.each([
    ['the file of the broker that answered', 4, ['differs unknown 1']],
    ['the default of Kafka', 5, ['differs unknown 1']],
    ['a default of the cluster', 3, []],
  ])('is %s: brokers that have different ones are named', (_, source, expected) => {
    const facts = { ...removed(source), brokerSays }
    expect(lines('inherited', facts)).toEqual(expected)
    const told = inherited.judge(facts)
    for (const { says } of 'next' in told ? [] : told)
      expect(say('en', says)).toContain('differs between brokers: min.insync.replicas (1: 2, 3: 1).')
  })
})
