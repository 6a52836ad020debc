import { describe, expect, it } from 'vitest'
import type { TopicAsked } from '../../../../../src-main/change/plan/facts/asking'
import { deletableOf, type PartitionLog } from '../../../../../src-main/change/plan/facts/deletable'
import { unreadOf } from '../../../../../src-main/change/plan/facts/groups'
import { limitsOf, type Limits } from '../../../../../src-main/change/plan/facts/limits'
import type { Phrase } from '../../../../../src-main/shared/words/phrase'
import { asked } from '../../../../support/plans'

const NAN = Number.NaN
const log = (changes: Partial<PartitionLog> = {}): PartitionLog => ({
  partition: 3,
  logStart: 100,
  logEnd: 300,
  atLimit: NAN,
  bytes: 2_000,
  ...changes,
})
const limits = (changes: Partial<Limits>): Limits => ({ ageMs: null, bytes: null, missing: [], ...changes })
const AGE = limits({ ageMs: 60_000 })
const SIZE = limits({ bytes: 500 })
const REMOTE: Phrase = { id: 'why.tiered', args: {} }

describe('what becomes deletable', () => {
  it.each<[string, PartitionLog, Limits, number, number, number]>([
    ['all before the first young record', log({ atLimit: 150 }), AGE, 50, 500, 150],
    ['all where no record is young', log({ atLimit: -1 }), AGE, 200, 2_000, 300],
    ['nothing where the first is young', log({ atLimit: 100 }), AGE, 0, 0, 100],
    ['nothing before the start of the log', log({ atLimit: 20 }), AGE, 0, 0, 100],
    ['nothing of an empty log', log({ logEnd: 100, atLimit: -1, bytes: 0 }), AGE, 0, 0, 100],
    ['records are known where bytes are not', log({ atLimit: 150, bytes: NAN }), AGE, 50, NAN, 150],
    ['the share beyond the size', log(), SIZE, 150, 1_500, 250],
    ['a share is rounded up', log({ bytes: 501 }), SIZE, 1, 3, 101],
    ['nothing below the size', log({ bytes: 500 }), SIZE, 0, 0, 100],
    ['all with a size of nothing', log(), limits({ bytes: 0 }), 200, 2_000, 300],
    ['nothing of nothing', log({ bytes: 0 }), limits({ bytes: 0 }), 0, 0, 100],
    ['the larger of both, age', log({ atLimit: 290 }), limits({ ageMs: 1, bytes: 500 }), 190, 1_900, 290],
    ['the larger of both, size', log({ atLimit: 110 }), limits({ ageMs: 1, bytes: 500 }), 150, 1_500, 250],
    ['nothing without limits', log(), limits({}), 0, 0, 100],
  ])('%s', (_what, partition, limit, records, bytes, from) => {
    expect(deletableOf(partition, limit)).toEqual({ partition: 3, records, bytes, from })
  })

  it.each<[string, PartitionLog, Limits]>([
    ['the start', log({ logStart: NAN, atLimit: 150 }), AGE],
    ['the end', log({ logEnd: NAN, atLimit: 150 }), AGE],
    ['the first young record', log(), AGE],
    ['the size where it counts', log({ bytes: NAN }), SIZE],
  ])('is not known without %s', (_what, partition, limit) => {
    expect(deletableOf(partition, limit)).toBeNull()
  })
})

describe('what a group would not have read', () => {
  const row = { partition: 0, records: 50, bytes: 0, from: 150 }
  it.each([
    ['half of it', 120, 30],
    ['all of it, having read nothing', 100, 50],
    ['not what is deleted already', 40, 50],
    ['nothing at the first record that stays', 150, 0],
    ['nothing beyond', 200, 0],
  ])('%s', (_what, offset, expected) => {
    expect(unreadOf(offset, row)).toBe(expected)
  })
})

describe("which limits are the plan's doing", () => {
  const DAY = 86_400_000
  it.each<[string, TopicAsked, Limits]>([
    ['age', asked('t', { 'retention.ms': ['604800000', '86400000'] }), limits({ ageMs: DAY })],
    ['size', asked('t', { 'retention.bytes': ['-1', '500'] }), SIZE],
    [
      'both',
      asked('t', { 'retention.ms': ['1', '60000'], 'retention.bytes': ['-1', '500'] }),
      limits({ ageMs: 60_000, bytes: 500 }),
    ],
    ['no limit any more', asked('t', { 'retention.ms': ['604800000', '-1'] }), limits({})],
    [
      'an inherited value that is not told',
      asked('t', { 'retention.ms': ['1000', null] }),
      limits({ missing: [{ id: 'why.limit-untold', args: { key: 'retention.ms' } }] }),
    ],
    ['another key', asked('t', { 'segment.ms': ['1', '2'] }, { 'retention.ms': '1000' }), limits({})],
    [
      'not where nothing is deleted',
      asked('t', { 'retention.ms': ['1', '60000'] }, { 'cleanup.policy': 'compact' }),
      limits({}),
    ],
    [
      'not where nothing will be deleted',
      asked('t', { 'retention.ms': ['1', '60000'], 'cleanup.policy': ['delete', 'compact'] }),
      limits({}),
    ],
    [
      'by size, but not what of the log is in remote storage',
      asked('t', { 'retention.bytes': ['-1', '500'] }, { 'remote.storage.enable': 'true' }),
      limits({ bytes: 500, missing: [REMOTE] }),
    ],
    [
      'by age, wherever the log is',
      asked('t', { 'retention.ms': ['-1', '60000'] }, { 'remote.storage.enable': 'true' }),
      AGE,
    ],
    [
      'by size of a log that is all on the brokers',
      asked('t', { 'retention.bytes': ['-1', '500'] }, { 'remote.storage.enable': 'false' }),
      SIZE,
    ],
    [
      'as it stands, where deleting begins',
      asked(
        't',
        { 'cleanup.policy': ['compact', 'compact,delete'] },
        { 'retention.ms': '60000', 'retention.bytes': '-1' },
      ),
      AGE,
    ],
  ])('%s', (_what, topic, expected) => {
    expect(limitsOf(topic)).toEqual(expected)
  })
})
