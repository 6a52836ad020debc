import { beforeEach, describe, expect, it } from 'vitest'
import { MOST_DISPUTED_ROWS } from '../../../../src-main/contract/quorum'
import type { View } from '../../../../src-main/domain/answers/isr-disputes'
import { Agreement } from '../../../../src-main/domain/quorum/agreement'
import { runWhole } from '../../../../src-main/domain/slices'
import { buildTopology } from '../../../../src-main/domain/topology/topology'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import { START, broker, metadata, readingOf } from '../../../support/columns'
import type { PartitionRow, TopicRow } from '../../../support/columns'

let agreement: Agreement
beforeEach(() => {
  agreement = new Agreement()
})

const everybody = () => true
const NO_READING = readingOf([])
const words = (reading: WritableReading = NO_READING) =>
  Object.fromEntries(
    agreement
      .view(reading, everybody)
      .words.map(({ broker: id, behind, behindReadings }) => [id, { behind, behindReadings }]),
  )

describe('up to where a broker has read the log of the controllers', () => {
  const told = (id: number, offset: number, sentAt: number, tookMs = 5) => ({
    broker: id,
    offset,
    sentAt,
    readAt: sentAt + tookMs,
  })

  it('is behind what another one had told before it was asked', () => {
    agreement.heard([told(1, 100, 0)])
    agreement.heard([told(2, 90, 10)])
    agreement.heard([told(3, 100, 20)])
    expect(words()).toEqual({
      1: { behind: NaN, behindReadings: 0 },
      2: { behind: 10, behindReadings: 1 },
      3: { behind: 0, behindReadings: 0 },
    })
  })

  it('is not behind what was told in the same round, or told while it was asked', () => {
    agreement.heard([told(1, 100, 0), told(2, 90, 0)])
    expect(words()[2]).toEqual({ behind: NaN, behindReadings: 0 })
    agreement.heard([told(1, 150, 100)])
    agreement.heard([told(2, 140, 103)])
    // 100 was there before; 150 came in at 105.
    expect(words()[2]).toEqual({ behind: 0, behindReadings: 0 })
  })

  it('counts its answers in a row that were behind, and since when', () => {
    agreement.heard([told(1, 100, 0)])
    for (const at of [10, 20, 30]) agreement.heard([told(2, 90, at), told(1, 100 + at, at)])
    const word = agreement.view(NO_READING, everybody).words[1]!
    expect(word).toMatchObject({ broker: 2, behind: 30, behindReadings: 3, behindSince: 15, toldAt: 35, offset: 90 })
    agreement.heard([told(2, 130, 40)])
    expect(words()[2]).toEqual({ behind: 0, behindReadings: 0 })
  })

  it('is not known where nobody tells one, and the word of whoever we came in by is nobody in particular', () => {
    agreement.heard([told(-1, 100, 0)])
    agreement.heard([told(1, NaN, 10)])
    expect(words()).toEqual({ 1: { behind: NaN, behindReadings: 0 } })
  })

  it('is held against the last minute only: the log may have begun anew', () => {
    agreement.heard([told(1, 100, 0)])
    agreement.heard([told(2, 10, 70_000)])
    agreement.heard([told(3, 10, 70_100)])
    expect(words()[3]).toEqual({ behind: 0, behindReadings: 0 })
  })

  it('starts again after a gap', () => {
    agreement.heard([told(1, 100, 0)])
    agreement.forget()
    agreement.heard([told(2, 10, 10)])
    expect(words()).toEqual({ 2: { behind: NaN, behindReadings: 0 } })
  })
})

/** Topic `a`, which nobody disputes, and `t` with one partition as told. */
const topicsWith = (row: Partial<PartitionRow>): TopicRow[] => [
  { name: 'a', partitions: [{ replicas: [2, 3] }] },
  { name: 't', partitions: [{ replicas: [1, 2, 3], epoch: 5, ...row }] },
]
function viewOf(reading: WritableReading, id: number, topics: readonly TopicRow[], offset = Number.NaN): View {
  const meta = { ...metadata(topics), metadataOffset: offset }
  return { broker: id, meta, rowOf: buildTopology(meta, reading.topology).rowOf }
}

describe('partitions on which a broker says something else', () => {
  const held = { isr: [1] }
  const compare = (
    row: Partial<PartitionRow>,
    at: number,
    offset = 100,
    id = 3,
    reading = readingOf(topicsWith(held)),
  ) => {
    const told = viewOf(reading, 1, topicsWith(held), 100)
    runWhole(agreement.compare(viewOf(reading, id, topicsWith(row), offset), reading, told, at))
    return agreement.view(reading, everybody)
  }

  it('are told from the second reading on, with who says what and for how long', () => {
    const old = { isr: [1, 2, 3] }
    expect(compare(old, START)).toMatchObject({ rows: [], total: 0 })
    const { rows, total } = compare(old, START + 950)
    expect(total).toBe(1)
    expect(rows).toEqual([
      {
        topic: 't',
        partition: 0,
        broker: 3,
        said: { leader: 1, leaderEpoch: 5, isr: [1, 2, 3] },
        counts: { leader: 1, leaderEpoch: 5, isr: [1] },
        why: 'smaller-isr',
        since: START,
        saidAt: START + 950,
        readings: 2,
      },
    ])
    expect(compare(old, START + 9_000).rows[0]).toMatchObject({ since: START, saidAt: START + 9_000, readings: 3 })
  })

  it('are not told where it says something else each time: it hears, a little late', () => {
    compare({ isr: [1, 2, 3] }, START)
    expect(compare({ isr: [1, 2] }, START + 950).rows).toEqual([])
    expect(compare({ isr: [1, 2] }, START + 1_900).rows).toMatchObject([{ since: START + 950, readings: 2 }])
  })

  it('are over when it agrees, when it tells the picture, or while it does not answer', () => {
    const old = { isr: [1, 2, 3] }
    compare(old, START)
    compare(old, START + 950)
    expect(compare(held, START + 1_900).rows).toEqual([])
    compare(old, START + 3_000)
    compare(old, START + 4_000)
    const reading = readingOf(topicsWith(held))
    expect(agreement.view(reading, (id) => id !== 3)).toMatchObject({ rows: [], total: 0 })
    agreement.agrees(3)
    expect(agreement.view(reading, everybody).rows).toEqual([])
  })

  it.each([
    ['it has read less of the controllers log', { isr: [1, 2, 3] }, 90, 'offset'],
    ['its leader epoch is lower', { leader: 2, epoch: 4 }, NaN, 'epoch'],
    ['its ISR is larger at one leader and epoch', { isr: [1, 2] }, NaN, 'smaller-isr'],
    ['nothing tells which is newer', { leader: 2 }, NaN, 'asked'],
    ['a smaller ISR that the picture has not taken yet', { isr: [] }, NaN, 'asked'],
  ])('why the other one counts: %s', (_what, row, offset, why) => {
    compare(row, START, offset)
    expect(compare(row, START + 950, offset).rows).toMatchObject([{ why }])
  })

  it('are left out where one of the two was told an error for them', () => {
    const hidden = { isr: [], leader: -1, error: 72 }
    compare(hidden, START)
    expect(compare(hidden, START + 950).rows).toEqual([])
    const unread = readingOf(topicsWith({ error: 72 }))
    compare({ isr: [1] }, START, 100, 3, unread)
    expect(compare({ isr: [1] }, START + 950, 100, 3, unread).rows).toEqual([])
  })

  it('stay with their partition when rows move, and go with it', () => {
    compare({ isr: [1, 2, 3] }, START)
    compare({ isr: [1, 2, 3] }, START + 950)
    agreement.moved([{ from: 1, to: 0, length: 1 }])
    const only = readingOf([{ name: 't', partitions: [{ replicas: [1, 2, 3], isr: [1], epoch: 5 }] }])
    expect(agreement.view(only, everybody).rows).toMatchObject([{ topic: 't', partition: 0 }])
    agreement.moved(null)
    expect(agreement.view(only, everybody)).toMatchObject({ rows: [], total: 0 })
  })

  it('are kept up to a limit, and counted beyond it', () => {
    const all = (isr: number[]) => [
      { name: 't', partitions: Array.from({ length: MOST_DISPUTED_ROWS + 7 }, () => ({ replicas: [1, 2, 3], isr })) },
    ]
    const reading = readingOf(all([1]))
    const told = viewOf(reading, 1, all([1]))
    for (const at of [START, START + 950])
      runWhole(agreement.compare(viewOf(reading, 2, all([1, 2])), reading, told, at))
    const view = agreement.view(reading, everybody)
    expect([view.rows.length, view.total]).toEqual([MOST_DISPUTED_ROWS, MOST_DISPUTED_ROWS + 7])
  })
})

describe('lists', () => {
  const T = (name: string, replicas: number[] = [1, 2], id = 0): TopicRow => ({
    name,
    partitions: [{ replicas }],
    ...(id === 0 ? {} : { id }),
  })
  const BROKERS = [broker(1), broker(2), broker(3)]
  const listsOf = (id: number, topics: readonly TopicRow[], brokers = BROKERS) => ({
    broker: id,
    topology: buildTopology(metadata(topics), null).topology,
    brokers,
  })
  const compare = (own: ReturnType<typeof listsOf>, held: ReturnType<typeof listsOf>, at: number) => {
    runWhole(agreement.compareLists(own, held, at))
    return agreement.view(NO_READING, everybody).lists
  }

  it('that differ twice in the same way are told: left out, more, other', () => {
    const held = listsOf(1, [T('a'), T('b', [1, 2], 5), T('c'), T('d', [2, 3])])
    const own = listsOf(3, [T('a'), T('b', [1, 2], 6), T('d', [3, 2]), T('x')], [broker(1), broker(4)])
    expect(compare(own, held, START)).toEqual([])
    expect(compare(own, held, START + 950)).toEqual([
      {
        broker: 3,
        with: 1,
        since: START,
        saidAt: START + 950,
        readings: 2,
        lacks: ['c'],
        lacksCount: 1,
        has: ['x'],
        hasCount: 1,
        others: 2,
        lacksBrokers: [2, 3],
        hasBrokers: [4],
      },
    ])
  })

  it('that grow alike are none', () => {
    const few = [T('a')]
    const more = [T('a'), T('b')]
    expect(compare(listsOf(3, few), listsOf(1, more), START)).toEqual([])
    expect(compare(listsOf(3, more), listsOf(1, more), START + 950)).toEqual([])
    // And the same again later begins anew.
    expect(compare(listsOf(3, few), listsOf(1, more), START + 1_900)).toEqual([])
  })
})

it('says who took part in the last comparison; one alone is none', () => {
  agreement.met([3], START)
  agreement.met([-1, 2], START)
  expect(agreement.view(NO_READING, everybody)).toMatchObject({ compared: [], comparedAt: NaN })
  agreement.met([3, 1], START + 5)
  expect(agreement.view(NO_READING, everybody)).toMatchObject({ compared: [1, 3], comparedAt: START + 5 })
})
