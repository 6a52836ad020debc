// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { fieldText, momentOfText, momentOfWords } from '../../../../../src-renderer/features/past/moment-text'

const NOW = new Date(2026, 2, 5, 4, 10, 20).getTime()
const MINUTE = 60_000

describe('a moment in words', () => {
  it.each([
    ['30 min ago', 30 * MINUTE],
    ['30min ago', 30 * MINUTE],
    ['1 minute ago', MINUTE],
    ['90 s ago', 90_000],
    ['1 h 5 min ago', 65 * MINUTE],
    ['2 Hours Ago', 120 * MINUTE],
    [' 3 d ago ', 3 * 24 * 60 * MINUTE],
    ['30 分钟前', 30 * MINUTE],
    ['2小时前', 120 * MINUTE],
    ['1小时5分之前', 65 * MINUTE],
  ])('%s is so long ago', (text, ms) => expect(momentOfWords(text, NOW, 'local')).toBe(NOW - ms))

  it.each([
    ['03:17', '2026-03-05T03:17:00'],
    ['at 03:17:05', '2026-03-05T03:17:05'],
    ['3:17', '2026-03-05T03:17:00'],
    // Not yet today.
    ['23:59', '2026-03-04T23:59:00'],
    ['2026-03-01 12:00', '2026-03-01T12:00:00'],
    ['2026-03-01T12:00:30', '2026-03-01T12:00:30'],
  ])('%s is %s', (text, local) => expect(fieldText(momentOfWords(text, NOW, 'local'), 'local')).toBe(local))

  it.each([
    '',
    'orders 41',
    'orders-41',
    '30',
    '30 min',
    'ago',
    '30 lightyears ago',
    '0 min ago',
    '24:00',
    '12:60',
    '12:30:61',
    '2026-03-06 12:00',
    'orders ago',
    '1.2.3',
    '前',
    'x'.repeat(10_000),
    `${'1 min '.repeat(2_000)}x`,
  ])('"%.20s" is none', (text) => expect(momentOfWords(text, NOW, 'local')).toBeNaN())

  it('is what the field for date and time holds, to the second', () => {
    expect(momentOfText(fieldText(NOW, 'local'), 'local')).toBe(NOW)
    expect(momentOfText('03:17', 'local')).toBeNaN()
  })
})

describe('by the clock of UTC', () => {
  const at = Date.UTC(2026, 10, 23, 3, 17, 5)
  it('is read and written alike, whatever the zone of this machine', () => {
    expect(fieldText(at, 'utc')).toBe('2026-11-23T03:17:05')
    expect(momentOfText('2026-11-23T03:17:05', 'utc')).toBe(at)
    expect(momentOfWords('2026-11-23 03:17:05', at + 1, 'utc')).toBe(at)
  })

  it('a time of day is the last such', () => {
    expect(momentOfWords('03:17:05', at + 1, 'utc')).toBe(at)
    expect(momentOfWords('03:17:05', at, 'utc')).toBe(at - 86_400_000)
  })
})
