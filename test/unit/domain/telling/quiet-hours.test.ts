import { describe, expect, it } from 'vitest'
import { isQuiet } from '../../../../src-main/domain/telling/quiet-hours'
import { topicPattern } from '../../../../src-main/domain/telling/topic-pattern'

const night = { on: true, from: 22 * 60, until: 7 * 60, outagesToo: true }

describe('quiet hours', () => {
  it.each([
    ['22:00', true],
    ['21:59', false],
    ['23:59', true],
    ['00:00', true],
    ['06:59', true],
    ['07:00', false],
    ['12:00', false],
  ])('over midnight: %s is %s', (time, quiet) => {
    expect(isQuiet(night, Date.parse(`2026-11-30T${time}:00Z`), 'UTC')).toBe(quiet)
  })
  it.each([
    ['09:00', true],
    ['17:00', false],
    ['08:59', false],
  ])('within a day: %s is %s', (time, quiet) => {
    const day = { ...night, from: 9 * 60, until: 17 * 60 }
    expect(isQuiet(day, Date.parse(`2026-11-30T${time}:00Z`), 'UTC')).toBe(quiet)
  })
  it('off, or without length, is never', () => {
    expect(isQuiet({ ...night, on: false }, Date.parse('2026-11-30T23:00Z'), 'UTC')).toBe(false)
    expect(isQuiet({ ...night, until: night.from }, Date.parse('2026-11-30T22:00Z'), 'UTC')).toBe(false)
  })
  // Berlin: on 29 March 2026 at 2:00 it becomes 3:00; on 25 October at 3:00 it becomes 2:00.
  it.each([
    ['2026-03-29T00:30:00Z', true],
    ['2026-03-29T01:00:00Z', false],
    ['2026-10-25T00:30:00Z', true],
    ['2026-10-25T01:30:00Z', true],
    ['2026-10-25T02:00:00Z', false],
  ])('follow the clock on the wall when it changes: %s is %s', (at, quiet) => {
    expect(isQuiet({ ...night, until: 3 * 60 }, Date.parse(at), 'Europe/Berlin')).toBe(quiet)
  })
})

describe('topics', () => {
  it.each([
    ['', 'anything', true],
    [' , ', 'anything', true],
    ['orders', 'orders', true],
    ['orders', 'orders.eu', false],
    ['payments.*, orders', 'payments.settled', true],
    ['payments.*, orders', 'orders', true],
    ['payments.*, orders', 'shop', false],
    ['*.eu', 'orders.eu', true],
    ['a*b*a', 'aba', true],
    ['a*b*a', 'aa', false],
    ['a*a', 'a', false],
    ['*', '__consumer_offsets', true],
    ['o.d', 'oxd', false],
    [`${'*a'.repeat(200)}b`, 'a'.repeat(249), false],
  ])('%s takes %s: %s', (text, topic, takes) => {
    expect(topicPattern(text)(topic)).toBe(takes)
  })
})
