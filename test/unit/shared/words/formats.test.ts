// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { createFormats } from '../../../../src-main/shared/words/format/formats'

const en = createFormats('en', 'Europe/Berlin')
const zh = createFormats('zh-CN', 'Asia/Shanghai')

it.each([
  ['Europe/Berlin', Date.UTC(2026, 10, 23), 'UTC+01:00'],
  ['Europe/Berlin', Date.UTC(2026, 6, 1), 'UTC+02:00'],
  ['Asia/Kolkata', Date.UTC(2026, 6, 1), 'UTC+05:30'],
  ['UTC', Date.UTC(2026, 6, 1), 'UTC'],
])('names the zone of %s', (timeZone, at, named) => expect(createFormats('en', timeZone).zone(at)).toBe(named))

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [48210, '48,210'],
    [999_999, '999,999'],
    [999_999.6, '1.0 M'],
    [1_000_000, '1.0 M'],
    [1_430_000, '1.4 M'],
    [2_600_000_000, '2.6 G'],
    [3e12, '3.0 T'],
    [Number.NaN, '?'],
    [Infinity, '?'],
  ])('%d as a count is %s', (value, text) => expect(en.count(value)).toBe(text))

  it('an offset shows all its digits, and unknown is never 0', () => {
    expect(en.offset(9_007_199_254_740_991)).toBe('9,007,199,254,740,991')
    expect(en.offset(Number.NaN)).toBe('?')
  })

  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1.0 KiB'],
    [38_900, '38.0 KiB'],
    [5 * 1024 ** 2, '5.0 MiB'],
    [300 * 1024 ** 3, '300 GiB'],
    [Number.NaN, '?'],
  ])('%d bytes are %s', (value, text) => expect(en.bytes(value)).toBe(text))
})

describe('durations', () => {
  it.each([
    [0, '0.0 s'],
    [300, '0.3 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [22_000, '22 s'],
    [59_600, '1 min'],
    [124_000, '2 min 4 s'],
    [120_000, '2 min'],
    [11_400_000, '3 h 10 min'],
    [3_600_000, '1 h'],
    [187_200_000, '2 d 4 h'],
    [-5, '0.0 s'],
    [Number.NaN, '?'],
  ])('%d ms are %s', (ms, text) => expect(en.duration(ms)).toBe(text))

  it('speaks Chinese', () => {
    expect(zh.duration(124_000)).toBe('2 分 4 秒')
    expect(zh.durationRange(8000, 23_000)).toBe('8–23 秒')
  })

  it.each([
    [8000, 23_000, '8–23 s'],
    [8000, 8300, '8 s'],
    [50_000, 75_000, '50 s – 1 min 15 s'],
    [-2000, 4000, '0–4 s'],
    [Number.NaN, 4000, '4 s'],
    [Number.NaN, Number.NaN, '?'],
  ])('from %d to %d ms is %s', (from, to, text) => expect(en.durationRange(from, to)).toBe(text))

  it('a round trip is in ms below a second', () => {
    expect(en.latency(4.4)).toBe('4 ms')
    expect(en.latency(1240)).toBe('1.2 s')
    expect(en.latency(Number.NaN)).toBe('?')
  })
})

describe('times', () => {
  const at = Date.UTC(2026, 10, 23, 2, 12, 41)
  it('are local with seconds, with the date on another day, and UTC beside', () => {
    expect(en.time(at, at + 60_000)).toBe('03:12:41')
    expect(en.time(at, at + 86_400_000)).toContain('Nov 23, 2026')
    expect([en.when(at, at + 60_000), en.when(at, at + 86_400_000), en.when(Number.NaN, at)]).toEqual([
      '03:12:41',
      'Nov 23, 2026',
      '?',
    ])
    expect(zh.time(at, at)).toBe('10:12:41')
    expect(en.tenths(at + 260, at)).toBe('03:12:41.3')
    expect(en.tenths(at + 960, at)).toBe('03:12:42.0')
    expect(en.tenths(at, at + 86_400_000)).toContain('Nov 23, 2026')
    expect([en.minute(at), zh.minute(at), en.date(at), zh.date(at)]).toEqual(['03:12', '10:12', 'Nov 23', '11月23日'])
    expect([en.tenths(Number.NaN, at), en.minute(Number.NaN), en.date(Number.NaN)]).toEqual(['?', '?', '?'])
    expect(en.utc(at)).toBe('2026-11-23 02:12:41 UTC')
    expect(en.time(Number.NaN, at)).toBe('?')
    expect(en.utc(Number.NaN)).toBe('?')
  })
})
