import { describe, expect, it } from 'vitest'
import { LossWatch } from '../../../../src-main/domain/loss/loss-watch'
import type { LossNews } from '../../../../src-main/domain/loss/loss-watch'
import { carryOverPass, emptyReading } from '../../../../src-main/domain/topology/new-reading'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import { buildTopology } from '../../../../src-main/domain/topology/topology'
import { runWhole } from '../../../../src-main/domain/slices'
import { applyMetadata } from '../../../../src-main/domain/answers/apply-metadata'
import { KafkaError } from '../../../../src-main/shared/kafka-codes'
import { UNDER_REPLICATED } from '../../../../src-main/shared/states'
import { answer, factsOf, metadata, readingOf, START } from '../../../support/columns'
import type { PartitionRow, TopicRow } from '../../../support/columns'

const STEP_MS = 250
const REPLICAS = [1, 2, 3]

interface Look {
  readonly leader: number
  readonly epoch: number
  readonly isr: readonly number[]
  /** By broker; one that is left out was not read this time. */
  readonly ends?: Readonly<Record<number, number>>
  /** undefined = not asked; NaN = not known yet (error 78). */
  readonly highWatermark?: number
  readonly silent?: Readonly<Record<number, number>>
  readonly afterMs?: number
}

/** One partition of one topic, looked at every 250 ms. */
class Stage {
  reading: WritableReading
  readonly watch = new LossWatch()
  now = START
  electableTold = true
  private highWatermarkReadAt = new Float64Array(1).fill(Number.NaN)

  constructor(private topic: Omit<TopicRow, 'partitions'> = { name: 'orders', id: 7 }) {
    this.reading = readingOf([{ ...topic, partitions: [{ replicas: REPLICAS, leader: 1, epoch: 4, isr: [1] }] }])
    this.reading.logEndOffset.fill(Number.NaN)
  }

  look({ leader, epoch, isr, ends = {}, highWatermark, silent = {}, afterMs = STEP_MS }: Look): LossNews {
    this.now += afterMs
    const row: PartitionRow = { replicas: REPLICAS, leader, epoch, isr }
    answer(this.reading, [{ ...this.topic, partitions: [row] }], this.now)
    for (const [broker, end] of Object.entries(ends)) {
      const replica = Number(broker) - 1
      this.reading.logEndOffset[replica] = end
      this.reading.sentAt[replica] = this.now + (Number(broker) === leader ? 5 : 0)
      this.reading.readAt[replica] = this.reading.sentAt[replica] + 2
    }
    if (highWatermark !== undefined) {
      this.reading.highWatermark[0] = highWatermark
      this.reading.highWatermarkError[0] = Number.isNaN(highWatermark) ? KafkaError.OFFSET_NOT_AVAILABLE : 0
      this.highWatermarkReadAt[0] = this.now + 5
    }
    this.now += 10
    return this.observe(silent)
  }

  /** The topic is deleted and made anew between two looks. */
  madeAnew(id: number): LossNews {
    this.now += STEP_MS
    this.topic = { ...this.topic, id }
    const row: PartitionRow = { replicas: REPLICAS, leader: 2, epoch: 9, isr: [2] }
    const meta = metadata([{ ...this.topic, partitions: [row] }])
    const { topology, rowOf } = buildTopology(meta, this.reading.topology)
    const next = emptyReading(topology)
    runWhole(carryOverPass(this.reading, next))
    applyMetadata(next, meta, rowOf, this.now, 1)
    next.logEndOffset[1] = 0
    next.sentAt[1] = next.readAt[1] = this.now + 5
    this.reading = next
    this.highWatermarkReadAt.fill(Number.NaN)
    this.now += 10
    return this.observe({})
  }

  private observe(silent: Readonly<Record<number, number>>): LossNews {
    const { reading, highWatermarkReadAt, electableTold } = this
    const state = Uint8Array.of(UNDER_REPLICATED)
    return this.watch.observe(
      { reading, highWatermarkReadAt, facts: factsOf(REPLICAS, silent), electableTold, state },
      this.now,
    )
  }
}

/** Broker 1 alone acknowledged 500 that nobody else has, and has been silent for a while. */
function shop(): Stage {
  const stage = new Stage()
  stage.look({ leader: 1, epoch: 4, isr: [1], ends: { 1: 1_000, 2: 1_000, 3: 1_000 }, highWatermark: 1_000 })
  stage.look({ leader: 1, epoch: 4, isr: [1], ends: { 1: 1_500 }, highWatermark: 1_500 })
  stage.look({ leader: 1, epoch: 4, isr: [1], silent: { 1: stage.now } })
  return stage
}
const SILENT = { 1: START + 3 * STEP_MS }
const QUESTION = { topic: 'orders', partition: 0, leader: 2, epoch: 4 }

describe('the shop case', () => {
  it('is found as soon as the new leader was read, with what is lost and who has it', () => {
    const stage = shop()
    const { found, questions } = stage.look({
      leader: 2,
      epoch: 5,
      isr: [2, 3],
      ends: { 2: 1_000, 3: 1_000 },
      highWatermark: NaN,
      silent: SILENT,
    })
    expect(found).toMatchObject([
      {
        topic: 'orders',
        partition: 0,
        kind: 'unclean-election',
        atLeast: 500,
        atMost: NaN,
        missingAsRead: 500,
        oldLeader: 1,
        newLeader: 2,
        oldEpoch: 4,
        epoch: 5,
        partsAt: 1_000,
        highWatermark: 1_500,
        seenAt: stage.now,
      },
    ])
    expect(found[0]!.topicId).not.toBe('')
    expect(found[0]!.holders.map(({ broker, logEndOffset }) => [broker, logEndOffset])).toEqual([[1, 1_500]])
    expect(questions).toEqual([QUESTION])
    expect(stage.watch.undecided).toBe(1)
  })

  it('is told again with better figures when the new leader has told where the epoch ends, and then never again', () => {
    const stage = shop()
    const grown = { leader: 2, epoch: 5, isr: [2], silent: SILENT }
    expect(stage.look({ ...grown, ends: { 2: 1_200 } }).found).toMatchObject([{ atLeast: 300 }])
    stage.watch.epochEnds(QUESTION, 1_000)
    expect(stage.look({ ...grown, ends: { 2: 1_300 } }).found).toMatchObject([{ atLeast: 500, partsAt: 1_000 }])
    expect(stage.watch.undecided).toBe(0)
    expect(stage.look({ ...grown, ends: { 2: 1_400 } }).found).toEqual([])
  })

  it('is found though the new log is longer than the old one at the first look', () => {
    const stage = shop()
    const later = { leader: 2, epoch: 5, isr: [2], ends: { 2: 9_000 } }
    expect(stage.look(later).found).toEqual([])
    stage.watch.epochEnds(QUESTION, 1_000)
    expect(stage.look(later).found).toMatchObject([{ kind: 'epochs-part', atLeast: 500 }])
  })

  it('is found when the partition had no leader in between, and the last leader was only seen as its ELR', () => {
    const stage = shop()
    expect(stage.look({ leader: -1, epoch: 5, isr: [1], silent: SILENT }).found).toEqual([])
    expect(stage.watch.undecided).toBe(1)
    expect(stage.look({ leader: 3, epoch: 6, isr: [3], ends: { 3: 1_000 }, silent: SILENT }).found).toMatchObject([
      { kind: 'unclean-election', oldLeader: 1, newLeader: 3, epoch: 6, atLeast: 500 },
    ])
  })

  it('is told without a count when the new leader does not tell its log in time', () => {
    const stage = shop()
    expect(stage.look({ leader: 2, epoch: 5, isr: [2], silent: SILENT }).found).toEqual([])
    expect(stage.look({ leader: 2, epoch: 5, isr: [2], silent: SILENT, afterMs: 5_000 }).found).toMatchObject([
      { kind: 'unclean-election', atLeast: 0, partsAt: NaN },
    ])
    expect(stage.watch.undecided).toBe(1)
    expect(stage.look({ leader: 2, epoch: 5, isr: [2], silent: SILENT }).found).toEqual([])
    const read = stage.look({ leader: 2, epoch: 5, isr: [2], silent: SILENT, ends: { 2: 1_000 } })
    expect([read.found.map(({ atLeast }) => atLeast), stage.watch.undecided]).toEqual([[500], 0])
  })

  it('counts the high watermark that came in after the last look at the old leader', () => {
    const stage = shop()
    stage.reading.highWatermark[0] = 1_600
    const { found } = stage.look({ leader: 2, epoch: 5, isr: [2], ends: { 2: 1_000 }, silent: SILENT })
    expect(found).toMatchObject([{ highWatermark: 1_600, atLeast: 600 }])
  })
})

describe('nothing is found', () => {
  it('in a clean failover that drops what nobody had fetched, nor when the old leader is back and cut', () => {
    const stage = new Stage()
    const all = { leader: 1, epoch: 4, isr: REPLICAS, highWatermark: 1_490 }
    stage.look({ ...all, ends: { 1: 1_500, 2: 1_490, 3: 1_490 } })
    stage.look({ ...all, silent: { 1: stage.now } })
    const next = { leader: 2, epoch: 5, isr: [2, 3], ends: { 2: 1_490, 3: 1_490 } }
    expect(stage.look({ ...next, silent: SILENT }).found).toEqual([])
    stage.watch.epochEnds(QUESTION, 1_490)
    expect(stage.look({ ...next, ends: { 1: 1_490, 2: 1_495 } }).found).toEqual([])
    expect(stage.watch.undecided).toBe(0)
  })

  it('where the cluster has ELRs and this login may not read them: the new leader may have been in one', () => {
    const stage = shop()
    stage.electableTold = false
    const next = { leader: 2, epoch: 5, isr: [2], ends: { 2: 1_500 }, silent: SILENT }
    expect(stage.look(next).found).toEqual([])
    // Below the high watermark it is a loss all the same.
    stage.watch.epochEnds(QUESTION, 1_000)
    expect(stage.look(next).found).toMatchObject([{ kind: 'epochs-part', atLeast: 500 }])
  })

  it('when a topic was deleted and made anew', () => {
    expect(shop().madeAnew(8).found).toEqual([])
  })

  it('when the first look is of a partition that is in trouble already', () => {
    const stage = new Stage()
    expect(stage.look({ leader: -1, epoch: 5, isr: [1] }).found).toEqual([])
    expect(stage.look({ leader: 1, epoch: 6, isr: [1], ends: { 1: 1_500 } }).found).toEqual([])
  })

  it("outside of ISR and ELR, where nobody was asked between the leader's silence and the election: it may have been let in", () => {
    const stage = shop()
    const silentSince = { 1: stage.now + 1 }
    const { found } = stage.look({ leader: 2, epoch: 5, isr: [2], ends: { 2: 1_500 }, silent: silentSince })
    expect(found).toEqual([])
  })

  it('when the log end of the new leader is from before it led', () => {
    const stage = shop()
    const behind = { leader: 1, epoch: 4, isr: [1, 2], ends: { 2: 1_400 } }
    stage.look(behind)
    expect(stage.look({ leader: 2, epoch: 5, isr: [1, 2] }).found).toEqual([])
    expect(stage.look({ leader: 2, epoch: 5, isr: [1, 2], ends: { 2: 1_500 } }).found).toEqual([])
  })
})

describe('a replica that has more than its leader, where the beginning was not watched', () => {
  const ahead = { leader: 2, epoch: 4, isr: [2], ends: { 1: 1_050, 2: 1_000 } }

  it('is told once, after two seconds', () => {
    const stage = new Stage()
    stage.reading.leader[0] = 2
    const found = Array.from({ length: 12 }, () => stage.look(ahead).found).flat()
    expect(found).toMatchObject([{ kind: 'replica-ahead', atLeast: 0, missingAsRead: 50, oldLeader: -1, newLeader: 2 }])
    expect(found[0]!.holders.map(({ broker }) => broker)).toEqual([1])
  })

  it('is not told while it is only read later than its leader, nor when it cuts its log back', () => {
    const stage = new Stage()
    stage.reading.leader[0] = 2
    stage.look(ahead)
    for (let i = 0; i < 12; i += 1)
      expect(stage.look({ ...ahead, ends: { 2: 1_000 + i, 1: 1_000 + i } }).found).toEqual([])
  })
})

it('says since when nothing was missed; a gap begins it anew', () => {
  const stage = shop()
  expect(stage.watch.watchedSince).toBe(START + STEP_MS)
  stage.look({ leader: 1, epoch: 4, isr: [1], afterMs: 20_000 })
  expect(stage.watch.watchedSince).toBe(stage.reading.metadataAt)
})
