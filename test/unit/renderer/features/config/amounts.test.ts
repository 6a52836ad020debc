// @vitest-environment node
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { configKey } from '@shared/config-keys'
import { parseAmount } from '../../../../../src-renderer/features/config/values/parse-amount'
import { plainText } from '../../../../../src-renderer/features/config/keys/plain-text'
import { choicesOf, readValue } from '../../../../../src-renderer/features/config/values/read-value'
import { editableAmount, readableAmount } from '../../../../../src-renderer/features/config/values/show-amount'
import { createFormats } from '../../../../../src-main/shared/words/format/formats'

const kinds = fc.constantFrom('ms' as const, 'bytes' as const)
const locales = fc.constantFrom('en' as const, 'zh-CN' as const)
const LONG = 2n ** 63n - 1n
/** Whole numbers as stored: any, and those that are round in some unit. */
const stored = fc.oneof(
  fc.bigInt({ min: -2n, max: LONG }),
  fc
    .tuple(
      fc.integer({ min: 0, max: 4000 }),
      fc.constantFrom(1n, 1000n, 60_000n, 3_600_000n, 86_400_000n, 1024n, 1n << 20n, 1n << 30n, 1n << 40n),
    )
    .map(([n, unit]) => BigInt(n) * unit),
)

describe('amounts', () => {
  it('come back from their words exactly, in both languages', () => {
    fc.assert(
      fc.property(kinds, locales, stored, (kind, locale, value) => {
        const raw = String(value)
        expect(parseAmount(kind, editableAmount(kind, raw, locale))).toEqual({ ok: true, raw })
      }),
      { numRuns: 2000 },
    )
  })

  it('leave what is no plain number as it is', () => {
    fc.assert(
      fc.property(kinds, fc.string(), (kind, text) => {
        fc.pre(!/^(0|[1-9]\d*)$/.test(text))
        expect(editableAmount(kind, text, 'en')).toBe(text)
      }),
    )
  })

  it('are said in the units people use', () => {
    const said = (kind: 'ms' | 'bytes', raw: string, locale: 'en' | 'zh-CN' = 'en') =>
      readableAmount(kind, raw, createFormats(locale, 'UTC'))
    expect(said('ms', '604800000')).toEqual({ text: '7 d', exact: true })
    expect(said('ms', '648000000', 'zh-CN')).toEqual({ text: '7 天 12 小时', exact: true })
    expect(said('ms', '90061001')).toEqual({ text: '1 d 1 h', exact: false })
    expect(said('ms', '0')).toEqual({ text: '0 ms', exact: true })
    expect(said('bytes', '1073741824')).toEqual({ text: '1 GiB', exact: true })
    expect(said('bytes', '1048588')).toEqual({ text: '1.0 MiB', exact: false })
  })

  it.each([
    ['ms', '7 d 12 h', '648000000'],
    ['ms', '1.5h', '5400000'],
    ['ms', '2周', '1209600000'],
    ['ms', '4 weeks', '2419200000'],
    ['ms', '1w 2d', '777600000'],
    ['ms', '10 years', '315360000000'],
    ['ms', '1 年', '31536000000'],
    ['ms', '0,5 h', '1800000'],
    ['ms', '1,5 h', '5400000'],
    ['ms', '0,125 s', '125'],
    ['ms', '2 m', '120000'],
    ['bytes', '1,5 GiB', '1610612736'],
    ['ms', '7天12小时', '648000000'],
    ['ms', '1,000', '1000'],
    ['ms', '１ 天', '86400000'],
    ['ms', '0.0001 s', null],
    ['ms', '1 h 2 h', null],
    ['ms', 'soon', null],
    ['bytes', '1 GiB', '1073741824'],
    ['bytes', '1 gib 512 mib', '1610612736'],
    ['bytes', '1 GB', null],
    ['bytes', '9223372036854775807', '9223372036854775807'],
    ['bytes', '', null],
  ] as const)('%s: %s is %s', (kind, text, raw) => {
    const parsed = parseAmount(kind, text)
    expect(parsed.ok ? parsed.raw : null).toBe(raw)
  })

  it.each([
    ['ms', '1 M', 'doubtfulTime', { unit: 'M' }],
    ['ms', '3 months', 'doubtfulTime', { unit: 'months' }],
    ['ms', '3个月', 'doubtfulTime', { unit: '个月' }],
    ['ms', '1,500 h', 'doubtfulComma', { point: '1.500', whole: '1500' }],
    ['ms', '0,5', 'notWhole', {}],
    ['bytes', '1 M', 'doubtfulUnit', { unit: 'M' }],
    ['bytes', '2 Mb', 'doubtfulUnit', { unit: 'Mb' }],
    ['bytes', '1,024 MiB', 'doubtfulComma', { point: '1.024', whole: '1024' }],
  ] as const)('%s: %s is refused: %s', (kind, text, fault, named) => {
    expect(parseAmount(kind, text)).toEqual({ ok: false, fault, named })
  })
})

describe('typed values', () => {
  const read = (key: string, text: string) => {
    const parsed = readValue(configKey(key), text)
    return parsed.ok ? parsed.raw : parsed.fault
  }
  it.each([
    ['retention.ms', 'unlimited', '-1'],
    ['retention.ms', '不限', '-1'],
    ['retention.ms', '-1', '-1'],
    ['retention.ms', '-2', 'tooSmall'],
    ['local.retention.ms', '-2', '-2'],
    ['flush.messages', '9223372036854775807', '9223372036854775807'],
    ['flush.messages', '9223372036854775808', 'tooLarge'],
    ['segment.bytes', '2 GiB', 'tooLarge'],
    ['min.insync.replicas', '0', 'tooSmall'],
    ['min.insync.replicas', 'two', 'notNumber'],
    ['min.cleanable.dirty.ratio', '50 %', '0.5'],
    ['min.cleanable.dirty.ratio', '1.5', 'notRatio'],
    ['min.cleanable.dirty.ratio', '0,5', '0.5'],
    ['min.cleanable.dirty.ratio', '0,5,5', 'notRatio'],
    ['retention.ms', '10 years', '315360000000'],
    ['unclean.leader.election.enable', 'yes', 'notBoolean'],
    ['cleanup.policy', 'compact, delete', 'compact,delete'],
    ['cleanup.policy', '', 'emptyEntry'],
    ['cleanup.policy', 'delete,delete', 'entryTwice'],
    ['cleanup.policy', 'shred', 'notOption'],
    ['compression.type', 'zstd', 'zstd'],
    ['compression.type', 'rar', 'notOption'],
    ['leader.replication.throttled.replicas', '0:3, 1:3', '0:3,1:3'],
    ['leader.replication.throttled.replicas', '*', '*'],
    ['leader.replication.throttled.replicas', '', ''],
    ['leader.replication.throttled.replicas', '3', 'notThrottled'],
    ['some.vendor.key', ' as it is ', ' as it is '],
  ])('%s: %j is %j', (key, text, outcome) => expect(read(key, text)).toBe(outcome))

  it('offer a select where there are few choices, lists in both orders', () => {
    expect(choicesOf(configKey('preallocate'))).toEqual(['true', 'false'])
    expect(choicesOf(configKey('cleanup.policy'))).toEqual(['delete', 'compact', 'delete,compact', 'compact,delete'])
    expect(choicesOf(configKey('retention.ms'))).toBeNull()
    expect(choicesOf(undefined)).toBeNull()
  })
})

describe("Kafka's documentation", () => {
  it('is text: tags are gone, entities are signs, and nothing becomes a tag', () => {
    expect(plainText('A <code>min</code> of 2.<p>Lists: <ul><li>one</li><li>a &lt; b</li></ul>')).toBe(
      'A min of 2.\nLists:\n• one\n• a < b',
    )
    expect(plainText('a &lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b')).toBe('a <script>alert(1)</script> &lt;b')
    expect(plainText('5 < 6 and <img src=x onerror=alert(1)>7')).toBe('5 < 6 and 7')
  })
})
