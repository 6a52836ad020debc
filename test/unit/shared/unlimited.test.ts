import { expect, it } from 'vitest'
import { isUnlimited } from '../../../src-main/shared/unlimited'

const LONGEST = '9223372036854775807'

it.each([
  ['retention.ms', '-1', true],
  ['retention.ms', ' -1 ', true],
  ['retention.ms', LONGEST, true],
  ['retention.ms', '9007199254740991', true],
  ['retention.ms', '3155760000000', true],
  ['retention.ms', '3155759999999', false],
  ['retention.ms', '604800000', false],
  ['retention.ms', '-2', false],
  ['retention.ms', 'for ever', false],
  ['retention.ms', '', false],
  ['retention.bytes', '-1', true],
  ['retention.bytes', LONGEST, true],
  ['retention.bytes', '1152921504606846976', true],
  ['retention.bytes', '1099511627776', false],
  ['local.retention.ms', '-1', true],
  ['local.retention.ms', '-2', false],
  ['remote.copy.lag.ms', '-1', false],
  ['flush.messages', LONGEST, true],
  ['flush.messages', '9007199254740991', false],
  ['max.compaction.lag.ms', LONGEST, true],
  ['min.insync.replicas', '-1', false],
  ['vendor.limit', LONGEST, false],
])('%s of %j is no limit: %s', (key, value, expected) => {
  expect(isUnlimited(key, value)).toBe(expected)
})
