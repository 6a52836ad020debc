import { describe, expect, it } from 'vitest'
import { eachWriteState, minIsrFromText, writeCounts } from '../../../../src-main/change/plan/writes'
import type { KafkaVersion } from '../../../../src-main/change/plan/writes'
import { readingOf } from '../../../support/columns'
import type { PartitionRow } from '../../../support/columns'

const RF3 = [2, 1, 3]
const counts = (partitions: readonly PartitionRow[], minIsr: number, version: KafkaVersion = [4, 1]) =>
  writeCounts(readingOf([{ name: 't', partitions }]), ['t'], () => minIsr, version)
const none = { accepts: 0, refuses: 0, offline: 0, unknown: 0, tolerance: Number.NaN }

describe('whether acks=all is taken', () => {
  it.each<[string, PartitionRow, number, KafkaVersion, Partial<typeof none>]>([
    ['one may fail', { replicas: RF3 }, 2, [4, 1], { accepts: 1, tolerance: 1 }],
    ['none may fail', { replicas: RF3, isr: [1, 2] }, 2, [4, 1], { accepts: 1, tolerance: 0 }],
    ['one too few', { replicas: RF3, isr: [2] }, 2, [4, 1], { refuses: 1 }],
    ['led by broker 0', { replicas: [0, 1], leader: 0 }, 1, [4, 1], { accepts: 1, tolerance: 1 }],
    ['a minimum above the replicas acts as them from 3.7', { replicas: RF3 }, 5, [3, 7], { accepts: 1, tolerance: 0 }],
    ['and refuses all before', { replicas: RF3 }, 5, [3, 6], { refuses: 1 }],
    ['which of both is not known without the version', { replicas: RF3 }, 5, null, { unknown: 1 }],
    ['nor is anything without the minimum', { replicas: RF3 }, -1, [4, 1], { unknown: 1 }],
    ['no leader', { replicas: RF3, leader: -1, isr: [], error: 5 }, 2, [4, 1], { offline: 1 }],
    [
      'Metadata does not tell about it: not called offline',
      { replicas: RF3, leader: -1, isr: [], error: 72 },
      2,
      [4, 1],
      { unknown: 1 },
    ],
  ])('%s', (_what, row, minIsr, version, expected) => {
    expect(counts([row], minIsr, version)).toEqual({ ...none, ...expected })
  })

  it('adds up to all partitions, and tells the smallest tolerance of those that accept', () => {
    const rows = [
      { replicas: RF3 },
      { replicas: RF3, isr: [1, 2] },
      { replicas: RF3, isr: [1] },
      { replicas: RF3, leader: -1, isr: [] },
    ]
    expect(counts(rows, 1)).toEqual({ accepts: 3, refuses: 0, offline: 1, unknown: 0, tolerance: 0 })
    expect(counts(rows, 2)).toEqual({ accepts: 2, refuses: 1, offline: 1, unknown: 0, tolerance: 0 })
  })

  it('names the partitions, and leaves out topics the reading does not have', () => {
    const seen: unknown[] = []
    const reading = readingOf([{ name: 't', partitions: [{ replicas: RF3 }, { replicas: RF3, isr: [2] }] }])
    eachWriteState(
      reading,
      ['gone', 't'],
      () => 2,
      [4, 1],
      (...row) => seen.push(row),
    )
    expect(seen).toEqual([
      ['t', 0, 'accepts', 1],
      ['t', 1, 'refuses', Number.NaN],
    ])
  })

  it.each([
    ['2', 2],
    ['', -1],
    [null, -1],
    [undefined, -1],
    ['two', -1],
    ['-1', -1],
  ])('the minimum %j is %i', (text, minIsr) => {
    expect(minIsrFromText(text)).toBe(minIsr)
  })
})
