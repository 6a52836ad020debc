import { describe, expect, it } from 'vitest'
import { runWhole } from '../../../../src-main/domain/slices'
import {
  AT_MIN_ISR,
  HEALTHY,
  MARK_AT_MIN_BY_DESIGN,
  MARK_REASSIGNING,
  STATE_NAMES,
  UNDER_MIN_ISR,
  UNDER_REPLICATED,
  UNKNOWN,
} from '../../../../src-main/shared/states'
import { countMissing, noteReassignments } from '../../../../src-main/domain/answers/reassignments'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import { judge, readingOfPartitions } from '../../../support/columns'
import type { PartitionRow } from '../../../support/columns'

/** One partition on its way to broker 4, as Metadata shows it: target and old replicas together. */
function moving(row: PartitionRow, adding: readonly number[], min = 2): WritableReading {
  const reading = readingOfPartitions([row], min)
  runWhole(noteReassignments(reading, [{ topic: 't', partition: 0, adding }]))
  return reading
}

describe('a replica that a reassignment adds', () => {
  it.each<[string, PartitionRow, number[], number, number]>([
    ['is not missing while it copies', { replicas: [4, 1, 2, 3], isr: [1, 2, 3], leader: 1 }, [4], 2, HEALTHY],
    [
      'leaves an old one that is missing to be told',
      { replicas: [4, 1, 2, 3], isr: [1, 2], leader: 1 },
      [4],
      2,
      AT_MIN_ISR,
    ],
    ['the same with one to spare', { replicas: [4, 1, 2, 3], isr: [1, 2], leader: 1 }, [4], 1, UNDER_REPLICATED],
    [
      'all old ones are there and all are needed',
      { replicas: [4, 1, 2, 3], isr: [1, 2, 3], leader: 1 },
      [4],
      3,
      HEALTHY,
    ],
    ['all have joined', { replicas: [4, 1, 2, 3], isr: [4, 1, 2, 3], leader: 1 }, [4], 2, HEALTHY],
    [
      'does not make up for a min ISR that is not met',
      { replicas: [4, 1, 2, 3], isr: [1], leader: 1 },
      [4],
      2,
      UNDER_MIN_ISR,
    ],
    [
      'growing from one replica to two: its only copy is in sync',
      { replicas: [1, 4], isr: [1], leader: 1 },
      [4],
      1,
      HEALTHY,
    ],
    [
      'min ISR above what is there is refused by the broker too',
      { replicas: [1, 4], isr: [1], leader: 1 },
      [4],
      2,
      UNDER_MIN_ISR,
    ],
    ['nobody is added: the usual rule', { replicas: [1, 2, 3], isr: [1, 2], leader: 1 }, [], 1, UNDER_REPLICATED],
  ])('%s', (_, row, adding, min, expected) => {
    const columns = judge(moving(row, adding, min))
    expect(STATE_NAMES[columns.state[0]!]).toBe(STATE_NAMES[expected])
    expect(columns.marks[0]! & MARK_REASSIGNING).toBe(MARK_REASSIGNING)
  })

  // KAFKA-8834; the counts are those of Partition.isUnderReplicated and of kafka-topics.sh --under-replicated-partitions.
  it.each<[string, PartitionRow, number[], number, number]>([
    ['a new copy makes up for an old one', { replicas: [3, 4, 1, 2], isr: [1, 3] }, [3, 4], 0, HEALTHY],
    ['all new ones are in, all old ones out', { replicas: [3, 4, 1, 2], isr: [3, 4] }, [3, 4], 0, HEALTHY],
    ['one of two', { replicas: [3, 4, 1, 2], isr: [3] }, [3, 4], 1, AT_MIN_ISR],
    ['one of two, and it is an old one', { replicas: [3, 4, 1, 2], isr: [1], leader: 1 }, [3, 4], 1, AT_MIN_ISR],
    [
      'an old one is gone and the only new one is in',
      { replicas: [4, 1, 2, 3], isr: [4, 1, 2], leader: 1 },
      [4],
      0,
      HEALTHY,
    ],
    ['nobody is added, one is taken away', { replicas: [1, 2, 3], isr: [1, 2] }, [], 1, UNDER_REPLICATED],
  ])('Kafka counts heads: %s', (_, row, adding, missing, state) => {
    const reading = moving(row, adding, 1)
    const { worstBroker, state: judged } = judge(reading)
    expect(countMissing(reading, 0)).toBe(missing)
    expect(STATE_NAMES[judged[0]!]).toBe(STATE_NAMES[state])
    if (missing === 0) expect(worstBroker[0]).toBe(-1)
  })

  it('nothing is healthy by a reassignment that was not read', () => {
    const reading = readingOfPartitions([{ replicas: [3, 4, 1, 2], isr: [1, 3] }], 1)
    expect(countMissing(reading, 0)).toBe(2)
    expect(judge(reading).state[0]).toBe(UNDER_REPLICATED)
  })

  it('needs no figures of an old copy that others make up for, and of all others', () => {
    const reading = moving({ replicas: [3, 4, 1, 2], isr: [1, 3] }, [3, 4], 1)
    reading.logEndOffset[3] = NaN
    expect(judge(reading).state[0]).toBe(HEALTHY)
    reading.logEndOffset[0] = NaN
    expect(judge(reading).state[0]).toBe(UNKNOWN)
  })

  it('is at min ISR by design when the old copies are', () => {
    const columns = judge(moving({ replicas: [4, 1, 2], isr: [1, 2], leader: 1 }, [4], 2))
    expect(columns.marks[0]! & MARK_AT_MIN_BY_DESIGN).toBe(MARK_AT_MIN_BY_DESIGN)
  })

  it('is not counted as missing', () => {
    expect(countMissing(moving({ replicas: [4, 1, 2, 3], isr: [1, 2, 3], leader: 1 }, [4]), 0)).toBe(0)
    expect(countMissing(moving({ replicas: [4, 1, 2, 3], isr: [1], leader: 1 }, [4]), 0)).toBe(2)
  })

  it('is forgotten when the reassignment is over or cancelled', () => {
    const reading = moving({ replicas: [4, 1, 2, 3], isr: [1, 2, 3], leader: 1 }, [4])
    runWhole(noteReassignments(reading, []))
    expect(judge(reading).state[0]).toBe(UNDER_REPLICATED)
    expect([...reading.reassigning, ...reading.replicaAdding]).toEqual([0, 0, 0, 0, 0])
  })

  it('of a topic or a broker that is not in the picture is passed over', () => {
    const reading = readingOfPartitions([{ replicas: [1, 2, 3] }])
    const moves = [
      { topic: 'gone', partition: 0, adding: [4] },
      { topic: 't', partition: 7, adding: [4] },
      { topic: 't', partition: 0, adding: [9] },
    ]
    runWhole(noteReassignments(reading, moves))
    expect([...reading.reassigning, ...reading.replicaAdding]).toEqual([1, 0, 0, 0])
  })
})
