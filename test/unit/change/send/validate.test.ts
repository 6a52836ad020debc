import { describe, expect, it } from 'vitest'
import { removableKey } from '../../../../src-main/change/send/validate'

const keys = (...names: string[]): ReadonlySet<string> => new Set(names)
const overrides = (...names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, '1']))

describe('the stored key that a refusal names', () => {
  it.each([
    // 4.4.0: keys of a topic are held against each other.
    [
      'conflict topic config setting min.compaction.lag.ms (120000) > max.compaction.lag.ms (60000)',
      ['max.compaction.lag.ms'],
      ['min.compaction.lag.ms'],
      'max.compaction.lag.ms',
    ],
    // 4.0.0 with data of 3.9.1: the value is not told, so it is not among the overrides.
    [
      'Unknown topic config name: message.downconversion.enable',
      ['retention.ms'],
      ['max.message.bytes'],
      'message.downconversion.enable',
    ],
    // What is refused is what was asked for.
    ['Unknown topic config name: no.such', ['retention.ms'], ['no.such'], ''],
    [
      'Invalid value 1000 for configuration segment.bytes: Value must be at least 1048576',
      ['retention.ms'],
      ['segment.bytes'],
      '',
    ],
    [
      'Invalid value 1000 for configuration segment.bytes: Value must be at least 1048576',
      ['segment.bytes'],
      ['retention.ms'],
      'segment.bytes',
    ],
    // A name inside a longer one is not named.
    [
      'Invalid value 1 for configuration local.retention.ms: too low',
      ['retention.ms', 'local.retention.ms'],
      ['flush.ms'],
      'local.retention.ms',
    ],
    ['Topic authorization failed.', ['retention.ms'], ['flush.ms'], ''],
  ])('%s', (message, stored, ours, removable) => {
    expect(removableKey(message, overrides(...stored), keys(...ours))).toBe(removable)
  })
})
