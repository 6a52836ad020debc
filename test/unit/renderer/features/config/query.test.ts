// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { ConfigColumn } from '@contract/config'
import { answersQuery, parseQuery } from '../../../../../src-renderer/features/config/search/parse-query'
import { foundIn, orderFound } from '../../../../../src-renderer/features/config/search/search-rows'

const asked = (text: string, value: string | null): boolean | null | string => {
  const parsed = parseQuery(text)
  return parsed.ok ? answersQuery(parsed.query, value) : parsed.fault
}

describe('a condition on a setting', () => {
  it.each([
    ['min.insync.replicas < 2', '1', true],
    ['min.insync.replicas < 2', '2', false],
    ['min.insync.replicas<1', '1', false],
    ['min.insync.replicas ≤ 1', '1', true],
    ['min.insync.replicas < 2', null, null],
    ['retention.ms > 7d', '604800001', true],
    ['retention.ms > 7d', '604800000', false],
    ['retention.ms > 7d', '-1', true],
    ['retention.ms < 7d', '-1', false],
    ['retention.ms = unlimited', '-1', true],
    ['retention.ms != unlimited', '5', true],
    ['retention.ms = unlimited', '9223372036854775807', true],
    ['retention.ms < unlimited', '9007199254740991', false],
    ['retention.bytes = unlimited', '9223372036854775807', true],
    ['local.retention.ms = unlimited', '-1', true],
    ['flush.ms > 1000 d', '9223372036854775807', true],
    ['retention.ms = 1 fortnight', '5', 'fault.unknownUnit'],
    ['segment.bytes >= 1 GiB', '1073741824', true],
    ['segment.bytes >= 1GB', '1073741824', 'fault.doubtfulUnit'],
    ['local.retention.ms = -2', '-2', true],
    ['local.retention.ms > -2', '-1', true],
    ['min.cleanable.dirty.ratio > 0.5', '0.6', true],
    ['cleanup.policy = compact', 'compact', true],
    ['cleanup.policy = compact', 'compact,delete', false],
    ['cleanup.policy = delete,compact', 'compact,delete', true],
    ['cleanup.policy ~ compact', 'compact,delete', true],
    ['cleanup.policy < compact', 'compact', 'search.fault.noOrder'],
    ['unclean.leader.election.enable == true', 'true', true],
    ['confluent.tier.enable <> true', 'false', true],
    ['vendor.limit > 10', '9', false],
    ['vendor.limit > 10', 'many', null],
    ['vendor.wait.ms >= 1 h', '3600000', true],
    ['compression.type', 'zstd', true],
    ['compression.type', null, true],
    ['compression.type =', 'zstd', 'search.fault.noValue'],
    ['', '1', 'search.fault.empty'],
    ['what is this', '1', 'search.fault.shape'],
  ])('%j asked of %j: %j', (text, value, outcome) => expect(asked(text, value)).toBe(outcome))
})

const column: ConfigColumn = {
  key: 'retention.ms',
  topics: ['b', 'a', 'c', 'd', 'e'],
  values: ['1000', '200', '-1', null, null],
  sources: [1, 5, 1, 1, 0],
  errors: [0, 0, 0, 0, 29],
  readAt: 7,
  broker: 1,
}

describe('what a search found', () => {
  const parsed = parseQuery('retention.ms > 100')
  const query = parsed.ok ? parsed.query : null

  it('keeps apart what answers, what cannot be said, and what was not read', () => {
    const { rows, unclear } = foundIn(query!, column)
    expect(rows.map(({ topic, value, source }) => [topic, value, source])).toEqual([
      ['b', '1000', 1],
      ['a', '200', 5],
      ['c', '-1', 1],
    ])
    expect(unclear).toBe(1)
  })

  it('is ordered by name or by size, and filtered by source', () => {
    const { rows } = foundIn(query!, column)
    const names = (source: number, key: string, descending = false) =>
      orderFound(rows, source, { key, descending }).map((row) => rows[row]!.topic)
    expect(names(-1, 'topic')).toEqual(['a', 'b', 'c'])
    expect(names(-1, 'value')).toEqual(['c', 'a', 'b'])
    expect(names(1, 'value', true)).toEqual(['b', 'c'])
    expect(names(4, 'topic')).toEqual([])
  })
})
