// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { localText, momentOfText, momentOfWords } from '../../../../../src-renderer/features/past/moment-text'

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
  ])('%s is so long ago', (text, ms) => expect(momentOfWords(text, NOW)).toBe(NOW - ms))

  it.each([
    ['03:17', '2026-03-05T03:17:00'],
    ['at 03:17:05', '2026-03-05T03:17:05'],
    ['3:17', '2026-03-05T03:17:00'],
    // Not yet today.
    ['23:59', '2026-03-04T23:59:00'],
    ['2026-03-01 12:00', '2026-03-01T12:00:00'],
    ['2026-03-01T12:00:30', '2026-03-01T12:00:30'],
  ])('%s is %s', (text, local) => expect(localText(momentOfWords(text, NOW))).toBe(local))

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
  ])('"%.20s" is none', (text) => expect(momentOfWords(text, NOW)).toBeNaN())

  it('is what the field for date and time holds, to the second', () => {
    expect(momentOfText(localText(NOW))).toBe(NOW)
    expect(momentOfText('03:17')).toBeNaN()
  })
})
