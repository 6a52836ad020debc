import { beforeEach, describe, expect, it } from 'vitest'
import { applyMetadata } from '../../../../src-main/domain/answers/apply-metadata'
import { noteDisputes } from '../../../../src-main/domain/answers/disputes'
import {
  AS_TOLD,
  ISR_DISPUTED,
  IsrDisputes,
  LEADER_DISPUTED,
  type View,
} from '../../../../src-main/domain/answers/isr-disputes'
import { runWhole } from '../../../../src-main/domain/slices'
import { isInSync } from '../../../../src-main/domain/lag/lateness'
import { buildTopology } from '../../../../src-main/domain/topology/topology'
import { START, metadata, readingOf } from '../../../support/columns'
import type { PartitionRow } from '../../../support/columns'

type Reading = ReturnType<typeof readingOf>
type Told = Partial<PartitionRow>

/** Topic `a` with a partition that nobody disputes, and `t` with one as told. */
const topics = (row: Told) => [
  { name: 'a', partitions: [{ replicas: [2, 3] }] },
  { name: 't', partitions: [{ replicas: [1, 2, 3], epoch: 5, ...row }] },
]
const ROW = 1
const read = (row: Told = {}): Reading => readingOf(topics(row))

function view(reading: Reading, broker: number, row: Told, metadataOffset = Number.NaN, turned = false): View {
  const told = turned ? topics(row).reverse() : topics(row)
  const meta = { ...metadata(told), metadataOffset }
  return { broker, meta, rowOf: buildTopology(meta, reading.topology).rowOf }
}

let heard: IsrDisputes
beforeEach(() => {
  heard = new IsrDisputes()
})

/** One round: the first tells the picture, the others may contradict it. */
function round(reading: Reading, now: number, told: View, ...others: readonly View[]) {
  const choice = runWhole(heard.hear(told, others, now))
  const rows = told.meta.partition.length
  const applied = applyMetadata(reading, told.meta, told.rowOf, now, told.broker, 0, rows, choice)
  return { applied, disputes: noteDisputes(reading, others, now, choice) }
}

const isr = (reading: Reading): number[] => {
  const { replicaStart, replicaBroker } = reading.topology
  const rows = Array.from({ length: 3 }, (_, k) => replicaStart[ROW]! + k)
  return rows.filter((replica) => isInSync(reading, replica)).map((replica) => replicaBroker[replica]!)
}

describe('one leader and epoch, two ISRs', () => {
  const ALONE = { isr: [1] }
  const OLD = { isr: [1, 2, 3] }

  it.each([
    ['the picture is told by the one with the smaller', ALONE, OLD],
    ['by the one with the larger', OLD, ALONE],
  ])('the smaller counts: %s', (_, told, other) => {
    const reading = read()
    const { disputes } = round(reading, START, view(reading, 1, told), view(reading, 3, other))
    expect(isr(reading)).toEqual([1])
    expect([...reading.disputed]).toEqual([0, ISR_DISPUTED])
    const broker = told === OLD ? 1 : 3
    expect(disputes).toEqual(new Map([[ROW, [{ broker, leader: 1, leaderEpoch: 5, isr: [1, 2, 3] }]]]))
  })

  it('does not flap while brokers take turns, and keeps since when who is out', () => {
    const reading = read()
    round(reading, START, view(reading, 1, ALONE), view(reading, 3, OLD))
    const since = [...reading.outSince]
    for (let turn = 1; turn < 8; turn += 1) {
      const [told, other] = turn % 2 === 0 ? [ALONE, OLD] : [OLD, ALONE]
      const { applied } = round(reading, START + turn, view(reading, 1, told), view(reading, 3, other))
      expect([isr(reading), applied.isrChanges]).toEqual([[1], 0])
    }
    expect([...reading.outSince]).toEqual(since)
  })

  it.each([
    ['the old one says more', OLD, ALONE],
    ['the old one says less', ALONE, OLD],
  ])('stands while others agree and the one that differs is not asked: %s', (_what, old, now) => {
    const reading = read()
    const say = (broker: number): View => view(reading, broker, broker === 3 ? old : now)
    round(reading, START, say(1), say(3))
    for (const [at, told, ...others] of [
      [1_000, 2, 1],
      [2_000, 1, 2],
      [3_000, 2],
      [4_000, 3],
    ] as const) {
      round(reading, START + at, say(told), ...others.map(say))
      expect([isr(reading), reading.disputed[ROW]]).toEqual([[1], ISR_DISPUTED])
    }
    // Until it has not been heard for half a minute, or says the same.
    expect(round(reading, START + 34_000, say(1), say(2)).disputes.size).toBe(1)
    expect(round(reading, START + 34_001, say(1), say(2)).disputes.size).toBe(0)
    expect(isr(reading)).toEqual(now.isr)
  })

  it('is over with another leader or epoch', () => {
    const reading = read()
    round(reading, START, view(reading, 1, ALONE), view(reading, 3, OLD))
    const next = { ...OLD, epoch: 6, leader: 2 }
    expect(round(reading, START + 1, view(reading, 2, next)).disputes.size).toBe(0)
    expect(isr(reading)).toEqual([1, 2, 3])
  })

  it('of three the smallest counts, and the two others are told', () => {
    const reading = read()
    const others = [view(reading, 2, { isr: [1, 2] }), view(reading, 3, ALONE)]
    const { disputes } = round(reading, START, view(reading, 1, OLD), ...others)
    expect(isr(reading)).toEqual([1])
    expect(disputes.get(ROW)?.map((dispute) => dispute.broker)).toEqual([2, 1])
  })

  it('is over when they agree', () => {
    const reading = read()
    round(reading, START, view(reading, 1, ALONE), view(reading, 3, OLD))
    expect(round(reading, START + 1, view(reading, 1, OLD), view(reading, 3, OLD)).disputes.size).toBe(0)
    expect([isr(reading), reading.disputed[ROW]]).toEqual([[1, 2, 3], 0])
  })

  it('is found whatever the order of topics in an answer', () => {
    const reading = read()
    const { disputes } = round(reading, START, view(reading, 1, OLD, Number.NaN, true), view(reading, 3, ALONE))
    expect([isr(reading), disputes.size, reading.disputed[0]]).toEqual([[1], 1, 0])
  })

  it('is none where the other is known to be older; where both are as new, or more is known of neither, it is', () => {
    const about = (offset: number, others: number): number => {
      const reading = read()
      const told = view(reading, 1, OLD, offset)
      return runWhole(new IsrDisputes().hear(told, [view(reading, 3, ALONE, others)], START)).disputes.size
    }
    expect([about(100, 99), about(100, 100), about(100, 101), about(Number.NaN, 101), about(100, Number.NaN)]).toEqual([
      0, 1, 1, 1, 1,
    ])
  })

  it('is no matter of another leader or another epoch, which settle it by themselves', () => {
    const reading = read()
    const others = [view(reading, 2, { leader: 2, epoch: 6, isr: [2] }), view(reading, 3, { epoch: 4, isr: [1] })]
    const { disputes } = round(reading, START, view(reading, 1, OLD), ...others)
    expect(disputes.get(ROW)).toEqual([{ broker: 1, leader: 1, leaderEpoch: 5, isr: null }])
    expect([isr(reading), reading.disputed[ROW]]).toEqual([[2], LEADER_DISPUTED])
  })

  it('what was never in dispute is taken as it is told; but who has just left is not back by one word that may be old', () => {
    const reading = read(ALONE)
    const alone = { ...AS_TOLD, alone: true }
    const tell = (row: Told, now: number): number[] => {
      const told = view(reading, 1, row)
      applyMetadata(reading, told.meta, told.rowOf, now, 1, 0, 2, alone)
      return isr(reading)
    }
    expect(tell(OLD, START + 1)).toEqual([1, 2, 3])
    expect(tell(ALONE, START + 2)).toEqual([1])
    expect(tell(OLD, START + 1_000)).toEqual([1])
    expect(tell({ ...OLD, epoch: 6 }, START + 1_001)).toEqual([1, 2, 3])
    expect(tell({ ...ALONE, epoch: 6 }, START + 2_000)).toEqual([1])
    expect(tell({ ...OLD, epoch: 6 }, START + 14_001)).toEqual([1, 2, 3])
  })
})
