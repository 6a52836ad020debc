// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { CONFIG_KEYS } from '@shared/config-keys'
import { auditLines } from '../../../../../../src-renderer/features/config/topic/audit-words'
import { compareValues, differsByNature } from '../../../../../../src-renderer/features/config/compare/compare-rows'
import {
  editOf,
  pinsInherited,
  removalOf,
  withEdit,
} from '../../../../../../src-renderer/features/config/topic/config-edit'
import { configRows, HEADING } from '../../../../../../src-renderer/features/config/keys/config-rows'
import {
  editText,
  inheritedWords,
  meaningWords,
  rangeWords,
  shownValue,
  valueWords,
} from '../../../../../../src-renderer/features/config/values/config-words'
import { countValues } from '../../../../../../src-renderer/features/config/many/many-edits'
import { AUDIT, configValue, TOPIC_VALUES, typeCode } from '../../../../../support/config-values'
import { sayIn } from '../../../../../support/say'

const en = sayIn('en')
const zh = sayIn('zh-CN')
const key = (name: string, type: Parameters<typeof typeCode>[0] = 'long') => ({ name, type: typeCode(type) })

describe('settings in words', () => {
  it('say what every key of the catalogue means, in both languages', () => {
    const mute = CONFIG_KEYS.filter(({ name }) =>
      [en, zh].some((say) => meaningWords(say, name) === '' || meaningWords(say, name).startsWith('config.')),
    )
    expect(mute).toEqual([])
    expect(meaningWords(en, 'some.vendor.key')).toBe('')
  })

  it('show values for people, and hide what is sensitive', () => {
    expect(valueWords(en, key('retention.ms'), '604800000')).toBe('7 d')
    expect(valueWords(en, key('retention.ms'), '-1')).toBe('unlimited')
    expect(valueWords(zh, key('retention.ms'), '-1')).toBe('不限')
    expect(valueWords(en, key('local.retention.ms'), '-2')).toBe('as the whole log')
    expect(valueWords(en, key('flush.messages'), '9223372036854775807')).toBe('practically unlimited')
    expect(valueWords(en, key('retention.ms'), '9007199254740991')).toBe('practically unlimited')
    expect(valueWords(en, key('local.retention.bytes'), '-1')).toBe('unlimited')
    expect(valueWords(en, key('max.message.bytes', 'int'), '1048588')).toBe('about 1.0 MiB')
    expect(valueWords(en, key('log.segment.bytes', 'int'), '1073741824')).toBe('1 GiB')
    expect(valueWords(en, key('num.io.threads', 'int'), '10000')).toBe('10,000')
    expect(valueWords(en, key('leader.replication.throttled.replicas', 'list'), '')).toBe('none')
    expect(valueWords(en, key('cleanup.policy', 'list'), '')).toBe('empty')
    expect(valueWords(en, key('any'), null)).toBe('not set')
    expect(shownValue(en, TOPIC_VALUES[5]!)).toBe('hidden')
  })

  it('say what holds without the override, and what is allowed', () => {
    expect(inheritedWords(en, TOPIC_VALUES[0]!)).toBe('7 d (cluster default)')
    expect(inheritedWords(en, { ...TOPIC_VALUES[0]!, inherited: null })).toBe('not reported by the broker')
    expect(
      rangeWords(
        en,
        CONFIG_KEYS.find(({ name }) => name === 'segment.ms')!,
      ),
    ).toBe('1 or more')
    expect(editText(en, key('retention.ms'), '-1')).toBe('unlimited')
    expect(editText(en, key('retention.ms'), '1')).toBe('1 ms')
  })

  it('speak of the audit with its figures, and of unknown ones as unknown', () => {
    const text = (audit: typeof AUDIT) => auditLines(en, audit).map(({ head, text: rest }) => `${head} ${rest}`)
    expect(text(AUDIT)).toEqual([
      'A leader alone may acknowledge writes. 3 of 12 partitions have only the leader in sync now. 1,240 records are on the leader only.',
    ])
    expect(text({ ...AUDIT, onlyOnLeaderRecords: Number.NaN })[0]).toContain('is unknown')
    expect(text({ ...AUDIT, alone: 0 })[0]).toContain('No partition that was read has only its leader in sync now.')
    expect(text({ ...AUDIT, replicationFactor: 2, fix: [] })[0]).toContain('With RF 2 no setting helps')
    expect(text({ ...AUDIT, findings: ['single-replica'] })[0]).toContain('add replicas')
  })
})

describe('rows of settings', () => {
  const names = (filter: Parameters<typeof configRows>[1], pending?: ReadonlySet<string>) =>
    configRows(TOPIC_VALUES, filter, pending).map((row) => TOPIC_VALUES[row]?.name ?? row)

  it('put replication first and the rest by name', () => {
    expect(names({ text: '', show: 'all' })).toEqual([
      HEADING,
      'min.insync.replicas',
      'unclean.leader.election.enable',
      HEADING + 1,
      'cleanup.policy',
      'retention.ms',
      'segment.bytes',
      'vendor.secret',
    ])
  })

  it('filter by words, overrides and what is set anywhere, and keep what is edited in sight', () => {
    expect(names({ text: 'RETENTION 2592', show: 'all' })).toEqual([HEADING + 1, 'retention.ms'])
    expect(names({ text: '', show: 'overrides' })).toEqual([
      HEADING,
      'min.insync.replicas',
      HEADING + 1,
      'retention.ms',
    ])
    expect(names({ text: '', show: 'changed' })).toContain('vendor.secret')
    expect(names({ text: '', show: 'overrides' }, new Set(['segment.bytes']))).toContain('segment.bytes')
    expect(names({ text: 'nothing like it', show: 'all' })).toEqual([])
  })
})

describe('edits', () => {
  const [retention, segment] = [TOPIC_VALUES[0]!, TOPIC_VALUES[1]!]
  it('are only what changes something', () => {
    expect(editOf(retention, '259200000')).toBeNull()
    expect(editOf(retention, '1')).toEqual({ key: 'retention.ms', op: 'set', value: '1' })
    expect(removalOf(segment)).toBeNull()
    expect(removalOf(retention)).toEqual({ key: 'retention.ms', op: 'delete', value: '' })
    expect(editOf(segment, '1073741824')).not.toBeNull()
  })
  it('know when they pin what is inherited, and can be taken back', () => {
    const pin = editOf(segment, '1073741824')!
    expect(pinsInherited(segment, pin)).toBe(true)
    expect(pinsInherited(retention, editOf(retention, '1')!)).toBe(false)
    expect(withEdit(withEdit({}, 'a', pin), 'a', null)).toEqual({})
  })
})

describe('settings side by side', () => {
  it('put differences first; hidden values are no difference, a missing key is one', () => {
    const a = [
      configValue('x', '1'),
      configValue('min.insync.replicas', '1'),
      configValue('s', null, { sensitive: true }),
      configValue('only.a', '1'),
    ]
    const b = [
      configValue('x', '1'),
      configValue('min.insync.replicas', '2'),
      configValue('s', null, { sensitive: true }),
    ]
    expect(compareValues([a, b]).map(({ name, differs }) => [name, differs])).toEqual([
      ['min.insync.replicas', true],
      ['only.a', true],
      ['s', false],
      ['x', false],
    ])
  })
  it('know what differs by nature', () => {
    expect(
      ['node.id', 'listener.name.internal.ssl.keystore.location', 'log.retention.ms'].map(differsByNature),
    ).toEqual([true, true, false])
  })
})

describe('values of many topics', () => {
  it('are counted, overrides beside, those that could not be read left to their own line', () => {
    const column = {
      key: 'k',
      topics: ['a', 'b', 'c', 'd'],
      values: ['2', '1', '2', null],
      sources: [1, 5, 5, 0],
      errors: [0, 0, 0, 29],
      readAt: 0,
      broker: 1,
    }
    expect(countValues(countValues([], column), column)).toEqual([
      { value: '2', topics: 4, own: 2 },
      { value: '1', topics: 2, own: 0 },
    ])
  })
})
