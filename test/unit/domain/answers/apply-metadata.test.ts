import { describe, expect, it } from 'vitest'
import { applyMetadata } from '../../../../src-main/domain/answers/apply-metadata'
import { noteDisputes } from '../../../../src-main/domain/answers/disputes'
import { isInSync } from '../../../../src-main/domain/lag/lateness'
import { carryOverPass, emptyReading } from '../../../../src-main/domain/topology/new-reading'
import { runWhole } from '../../../../src-main/domain/slices'
import { buildTopology } from '../../../../src-main/domain/topology/topology'
import { START, THREE_BROKERS, answer, metadata, readingOf, replicaIn, rowIn } from '../../../support/columns'
import type { PartitionRow, TopicRow } from '../../../support/columns'

const t = (row: Partial<PartitionRow> = {}): TopicRow[] => [
  { name: 't', partitions: [{ replicas: [1, 2, 3], ...row }] },
]

describe('Metadata into a reading', () => {
  it('the first answer is no change, and nobody knows since when a replica is out', () => {
    const reading = readingOf(t({ isr: [1, 2] }))
    expect(reading.leader[0]).toBe(1)
    expect(reading.outSince[2]).toBeNaN()
    expect(reading.leaderSince[0]).toBeNaN()
    expect(isInSync(reading, 2)).toBe(false)
  })

  it('a leader that is gone is a change, whatever became of the epoch', () => {
    const reading = readingOf(t())
    expect(answer(reading, t({ leader: -1, error: 5 }), START + 10).leaderChanges).toBe(1)
    expect(reading.leaderSince[0]).toBe(START + 10)
  })

  it('notes when a replica leaves the ISR, and forgets it when it is back', () => {
    const reading = readingOf(t())
    expect(answer(reading, t({ isr: [3, 1] }), START + 10)).toMatchObject({ isrChanges: 1, leaderChanges: 0 })
    expect(reading.outSince[1]).toBe(START + 10)
    expect(answer(reading, t({ isr: [1, 3] }), START + 20).isrChanges).toBe(0)
    expect(reading.outSince[1]).toBe(START + 10)
    expect(answer(reading, t({ isr: [2, 3, 1] }), START + 30).isrChanges).toBe(1)
    expect(reading.outSince[1]).toBeNaN()
  })

  it('compares by membership: the same number of others is a change, another order is none', () => {
    const reading = readingOf(t({ isr: [1, 2] }))
    expect(answer(reading, t({ isr: [2, 1] }), START + 1).isrChanges).toBe(0)
    expect(answer(reading, t({ isr: [1, 3] }), START + 2).isrChanges).toBe(1)
  })

  it('ISR members that are no replicas are not counted as replicas', () => {
    const reading = readingOf(t({ isr: [1, 9] }))
    expect([0, 1, 2].filter((replica) => isInSync(reading, replica))).toEqual([0])
  })

  it('notes a new leader epoch', () => {
    const reading = readingOf(t())
    expect(answer(reading, t({ leader: 2, epoch: 2 }), START + 5).leaderChanges).toBe(1)
    expect(reading.leaderSince[0]).toBe(START + 5)
    expect(answer(reading, t({ leader: 2, epoch: 2 }), START + 9).leaderChanges).toBe(0)
    expect(reading.leaderSince[0]).toBe(START + 5)
  })

  it('never goes back to a lower leader epoch for a stale answer', () => {
    const reading = readingOf(t({ leader: 2, epoch: 7 }))
    const applied = answer(reading, t({ leader: 1, epoch: 6, isr: [1] }), START + 100)
    expect(applied).toEqual({ isrChanges: 0, leaderChanges: 0, stale: 1, held: 0 })
    expect([reading.leader[0], reading.leaderEpoch[0], isInSync(reading, 1)]).toEqual([2, 7, true])
  })

  it('believes a lower epoch when every answer has named one for more than 5 s: the topic was made anew', () => {
    const reading = readingOf(t({ epoch: 7 }))
    for (const ms of [0, 2500, 5000]) expect(answer(reading, t({ leader: 2, epoch: 0 }), START + ms).stale).toBe(1)
    expect(answer(reading, t({ leader: 2, epoch: 0 }), START + 5001).stale).toBe(0)
    expect([reading.leader[0], reading.leaderEpoch[0], reading.lowerEpochs.size]).toEqual([2, 0, 0])
  })

  it('one answer with the known epoch starts that count again', () => {
    const reading = readingOf(t({ epoch: 7 }))
    answer(reading, t({ epoch: 3 }), START)
    answer(reading, t({ epoch: 7 }), START + 4000)
    expect(answer(reading, t({ epoch: 3 }), START + 6000).stale).toBe(1)
    expect(answer(reading, t({ epoch: 3 }), START + 8000).stale).toBe(1)
  })

  it('keeps the error of a partition, or else of its topic', () => {
    const reading = readingOf([
      { name: 't', error: 29, partitions: [{ replicas: [1] }, { replicas: [2], error: 5, leader: -1 }] },
    ])
    expect([...reading.metadataError]).toEqual([29, 29])
    answer(reading, [{ name: 't', partitions: [{ replicas: [1] }, { replicas: [2], error: 5, leader: -1 }] }], START)
    expect([...reading.metadataError]).toEqual([0, 5])
  })
})

it('in slices gives what it gives in one go, topic errors on their rows too', () => {
  const topics: TopicRow[] = [0, 1, 2, 3, 4].map((topic) => ({
    name: `t${topic}`,
    error: topic === 3 ? 29 : 0,
    partitions: Array.from({ length: topic }, (_, number) => ({ number, replicas: [1, 2], epoch: topic })),
  }))
  const whole = readingOf(topics)
  const sliced = emptyReading(whole.topology)
  const meta = metadata(topics)
  const { rowOf } = buildTopology(meta, whole.topology)
  for (let from = 0; from < rowOf.length; from += 3) {
    applyMetadata(sliced, meta, rowOf, START, 1, from, Math.min(from + 3, rowOf.length))
  }
  expect([...sliced.metadataError]).toEqual([0, 0, 0, 29, 29, 29, 0, 0, 0, 0])
  expect(sliced.leaderEpoch).toEqual(whole.leaderEpoch)
  expect(sliced.replicaFlags).toEqual(whole.replicaFlags)
  expect(sliced.metadataAt).toBe(START)
})

describe('brokers that disagree', () => {
  const view = (reading: ReturnType<typeof readingOf>, broker: number, row: Partial<PartitionRow>) => {
    const meta = metadata(t(row))
    return { broker, meta, rowOf: buildTopology(meta, reading.topology).rowOf }
  }

  it('are no dispute while they name the same leader', () => {
    const reading = readingOf(t({ epoch: 5 }))
    expect(noteDisputes(reading, [view(reading, 2, { epoch: 4 })]).size).toBe(0)
    expect(reading.disputed[0]).toBe(0)
  })

  it('the higher leader epoch wins: ours', () => {
    const reading = readingOf(t({ epoch: 5 }))
    const disputes = noteDisputes(reading, [view(reading, 2, { epoch: 4, leader: 2 })])
    expect(disputes.get(0)).toEqual([{ broker: 2, leader: 2, leaderEpoch: 4, isr: null }])
    expect([reading.disputed[0], reading.leader[0]]).toEqual([1, 1])
  })

  it('the higher leader epoch wins: theirs, with its ISR', () => {
    const reading = readingOf(t({ epoch: 5 }))
    const disputes = noteDisputes(reading, [view(reading, 2, { epoch: 6, leader: 2, isr: [2, 3] })], START + 3)
    expect(disputes.get(0)).toEqual([{ broker: 1, leader: 1, leaderEpoch: 5, isr: null }])
    expect([reading.disputed[0], reading.leader[0], reading.leaderEpoch[0], reading.leaderSince[0]]).toEqual([
      1,
      2,
      6,
      START + 3,
    ])
    expect(isInSync(reading, 0)).toBe(false)
  })

  it('of the same epoch leave the row as it is, and are told', () => {
    const reading = readingOf(t({ epoch: 5 }))
    expect(noteDisputes(reading, [view(reading, 2, { epoch: 5, leader: -1 })]).get(0)).toEqual([
      { broker: 2, leader: -1, leaderEpoch: 5, isr: null },
    ])
    expect([reading.disputed[0], reading.leader[0], reading.leaderEpoch[0]]).toEqual([1, 1, 5])
  })

  it('of three the highest epoch wins, and the two others are told', () => {
    const reading = readingOf(t({ epoch: 5 }))
    const views = [view(reading, 2, { epoch: 7, leader: 2 }), view(reading, 3, { epoch: 6, leader: 3 })]
    expect(noteDisputes(reading, views).get(0)).toEqual([
      { broker: 3, leader: 3, leaderEpoch: 6, isr: null },
      { broker: 1, leader: 1, leaderEpoch: 5, isr: null },
    ])
    expect([reading.leader[0], reading.leaderEpoch[0]]).toEqual([2, 7])
  })

  it('are over when the next answers agree', () => {
    const reading = readingOf(t({ epoch: 5 }))
    noteDisputes(reading, [view(reading, 2, { epoch: 4, leader: 2 })])
    expect(noteDisputes(reading, [view(reading, 2, { epoch: 5 })]).size).toBe(0)
    expect(reading.disputed[0]).toBe(0)
  })

  it('a second broker that knows the higher epoch keeps a stale one from being believed', () => {
    const reading = readingOf(t({ epoch: 7 }))
    for (let ms = 0; ms <= 20_000; ms += 1000) {
      expect(answer(reading, t({ epoch: 3, leader: 2 }), START + ms).stale).toBe(1)
      noteDisputes(reading, [view(reading, 2, { epoch: 7 })])
    }
    expect(reading.leader[0]).toBe(1)
  })
})

describe('a change of topology', () => {
  it('keeps the figures of whatever stayed, by topic, partition and broker', () => {
    const before = readingOf([
      { name: 'b', partitions: [{ replicas: [1, 2] }, { replicas: [2, 3], epoch: 9 }] },
      { name: 'a', partitions: [{ replicas: [1] }] },
    ])
    before.minInSyncReplicas[1] = 3
    before.highWatermark[rowIn(before, 'b', 1)] = 77
    before.logEndOffset[replicaIn(before, 1, 3, 'b')] = 70
    before.lowerEpochs.set(rowIn(before, 'b', 1), { since: START, epoch: 2 })
    const topics: TopicRow[] = [
      { name: 'b', partitions: [{ replicas: [1, 2] }, { replicas: [3, 1] }] },
      { name: 'aa', partitions: [{ replicas: [1] }] },
    ]
    const after = emptyReading(buildTopology(metadata(topics), before.topology).topology)
    const map = runWhole(carryOverPass(before, after))
    const row = rowIn(after, 'b', 1)
    expect(after.highWatermark[row]).toBe(77)
    expect(after.leaderEpoch[row]).toBe(9)
    expect(after.logEndOffset[replicaIn(after, 1, 3, 'b')]).toBe(70)
    expect(after.logEndOffset[replicaIn(after, 1, 1, 'b')]).toBeNaN()
    expect(after.minInSyncReplicas[1]).toBe(3)
    expect(after.lowerEpochs.get(row)).toEqual({ since: START, epoch: 2 })
    expect(after.metadataError[rowIn(after, 'aa', 0)]).toBe(-1)
    expect(after.brokers).toBe(THREE_BROKERS)
    expect(map.topic).toEqual([{ from: 1, to: 1, length: 1 }])
  })
})

it.each([
  ['asks to shut down has handed over what it led', [], [1]],
  ['lost its log directory has not: it runs, and stays', [1], []],
])('a leader that %s', (_, offline, expected) => {
  const reading = readingOf([{ name: 't', partitions: [{ replicas: [1, 2, 3] }] }])
  const row = { replicas: [1, 2, 3], leader: 2, epoch: 2, isr: [2, 3], offline }
  answer(reading, [{ name: 't', partitions: [row] }], START + 1000)
  expect([...reading.handedOver.keys()]).toEqual(expected)
})
