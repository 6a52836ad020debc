import { describe, expect, it } from 'vitest'
import { MOST_EPOCH_ROWS, MOST_SHORT_ROWS } from '../../../../src-main/contract/quorum'
import type { ShortRow } from '../../../../src-main/contract/quorum'
import { noteElr } from '../../../../src-main/domain/answers/elr'
import { breachesOf, shortIsrView } from '../../../../src-main/domain/quorum/short-isr'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import { START, readingOfPartitions } from '../../../support/columns'
import type { PartitionRow } from '../../../support/columns'

const ROW: Omit<ShortRow, 'breaches'> = {
  topic: 't',
  partition: 0,
  leader: 1,
  leaderEpoch: 4,
  replicas: [1, 2, 3],
  isr: [1],
  elr: [],
  lastKnownLeader: -1,
  minIsr: 2,
  elrReadAt: START,
  elrBroker: 2,
}

describe('what Kafka keeps true of ISR, ELR and leader', () => {
  it.each<[string, Partial<ShortRow>, readonly string[]]>([
    ['a leader alone below min ISR, one eligible', { elr: [2] }, []],
    ['nobody eligible yet', {}, []],
    ['leaderless, with who may lead', { leader: -1, isr: [], elr: [1], lastKnownLeader: 1 }, []],
    ['leaderless, nobody but the last leader', { leader: -1, isr: [], elr: [], lastKnownLeader: 3 }, []],
    ['in both', { elr: [1, 2] }, ['both']],
    ['an ELR beside an ISR at min ISR', { isr: [1, 2], elr: [3] }, ['elr-beside-full']],
    ['the same where min ISR is not known says nothing', { isr: [1, 2], elr: [3], minIsr: -1 }, []],
    ['an ISR without a leader', { leader: -1, isr: [1], elr: [] }, ['isr-and-leader']],
    ['a leader without an ISR', { isr: [], elr: [2] }, ['isr-and-leader']],
    ['a last known leader under a leader', { lastKnownLeader: 2 }, ['last-known-and-leader']],
    ['what was not read is no breach', { elr: null, leader: -1, isr: [1], lastKnownLeader: 2 }, []],
    ['several', { isr: [1, 2], elr: [2], lastKnownLeader: 1 }, ['both', 'elr-beside-full', 'last-known-and-leader']],
  ])('%s', (_what, row, breaches) => {
    expect(breachesOf({ ...ROW, ...row })).toEqual(breaches)
  })
})

const READ = { at: START + 5, broker: 2 }
const shown = (reading: WritableReading, min = 2, elr: boolean | null = true) =>
  shortIsrView({ reading, minIsr: Int32Array.of(min), elrRead: () => READ }, elr, '')

describe('partitions whose ISR is short', () => {
  const PARTITIONS: readonly PartitionRow[] = [
    { replicas: [1, 2, 3] },
    { replicas: [1, 2, 3], isr: [1, 2] },
    { replicas: [2, 3, 1], isr: [2] },
    { replicas: [3, 1, 2], isr: [], leader: -1, error: 5 },
    { replicas: [3, 1, 2], isr: [1], leader: -1, error: 72 },
  ]

  it('come without a leader first, then below min ISR, then the rest; what is not told is not among them', () => {
    const view = shown(readingOfPartitions(PARTITIONS))
    expect(view.rows.map(({ partition }) => partition)).toEqual([3, 2, 1])
    expect(view).toMatchObject({
      total: 3,
      partitions: 4,
      withElr: 0,
      readAt: START,
      broker: 1,
      elr: true,
      refused: '',
    })
  })

  it('say ISR, ELR and last known leader side by side, with when and by whom the ELR was read', () => {
    const reading = readingOfPartitions(PARTITIONS)
    noteElr(
      reading,
      [0],
      [
        { topic: 't', partition: 2, elr: [3], lastKnownElr: [] },
        { topic: 't', partition: 3, elr: [1, 2], lastKnownElr: [3] },
      ],
    )
    const view = shown(reading)
    expect(view.withElr).toBe(2)
    expect(view.rows[0]).toEqual({
      topic: 't',
      partition: 3,
      leader: -1,
      leaderEpoch: 1,
      replicas: [3, 1, 2],
      isr: [],
      elr: [1, 2],
      lastKnownLeader: 3,
      minIsr: 2,
      elrReadAt: START + 5,
      elrBroker: 2,
      breaches: [],
    })
    expect(view.rows[1]).toMatchObject({ partition: 2, isr: [2], elr: [3], lastKnownLeader: -1 })
  })

  it('have no ELR that is known where it was not read', () => {
    const reading = readingOfPartitions(PARTITIONS)
    const view = shortIsrView({ reading, minIsr: Int32Array.of(2), elrRead: () => undefined }, null, 'not-authorized')
    expect(view).toMatchObject({ elr: null, refused: 'not-authorized' })
    expect(view.rows[0]).toMatchObject({ elr: null, elrReadAt: NaN, elrBroker: -1 })
  })

  it('do not count a replica that is being added', () => {
    const reading = readingOfPartitions([{ replicas: [1, 2, 3], isr: [1, 2] }])
    reading.reassigning[0] = 1
    reading.replicaAdding[2] = 1
    expect(shown(reading).total).toBe(0)
  })

  it('are listed up to a limit, worst first, and all counted', () => {
    const short = Array.from({ length: MOST_SHORT_ROWS + 20 }, () => ({ replicas: [1, 2, 3], isr: [1, 2] }))
    const view = shown(readingOfPartitions([...short, { replicas: [1, 2, 3], isr: [], leader: -1, error: 5 }]))
    expect([view.rows.length, view.total]).toEqual([MOST_SHORT_ROWS, MOST_SHORT_ROWS + 21])
    expect(view.rows[0]?.leader).toBe(-1)
  })
})

it('the newest epochs that were seen to begin, and none that is from before', () => {
  const count = MOST_EPOCH_ROWS + 4
  const reading = readingOfPartitions(Array.from({ length: count }, () => ({ replicas: [1, 2, 3] })))
  expect(shown(reading).epochs).toEqual([])
  for (let row = 0; row < count - 1; row += 1) reading.leaderSince[row] = START + ((row * 7) % count)
  const { epochs } = shown(reading)
  expect(epochs.map(({ since }) => since - START)).toEqual(
    [...reading.leaderSince]
      .filter((since) => !Number.isNaN(since))
      .map((since) => since - START)
      .sort((a, b) => b - a)
      .slice(0, MOST_EPOCH_ROWS),
  )
  expect(epochs[0]).toMatchObject({ topic: 't', leader: 1, leaderEpoch: 1 })
})
