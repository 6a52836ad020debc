import { describe, expect, it } from 'vitest'
import type { Watch } from '@contract/ipc'
import type { KeptSeries } from '@contract/kept-samples'
import type { LivePoint } from '@contract/live'
import { LAGGING, UNDER_REPLICATED } from '@shared/states'
import { chartMarks } from '../../../../../src-renderer/features/common/chart-marks'
import { lagAt } from '../../../../../src-renderer/features/common/lag-then'
import { withOlder } from '../../../../../src-renderer/features/common/older-series'
import { agedSpans, leaderAt, lineRole } from '../../../../../src-renderer/features/common/line-roles'
import { ladderThen } from '../../../../../src-renderer/features/partition/ladder-view'
import { keptReadings } from '../../../../../src-renderer/features/partition/kept-readings'
import { viewOfFrame } from '../../../../../src-renderer/stores/frame-view'
import { buildFrame } from '../../../../support/frames'
import { buildEvent } from '../../../../support/incidents'
import { buildEntry } from '../../../../support/journal-entries'
import { sayIn } from '../../../../support/say'
import { buildBroker, buildLive, buildSeries, NOW } from '../../../../support/summaries'

const en = sayIn('en')
const cluster: Watch = { kind: 'cluster' }
const partition: Watch = { kind: 'partition', topic: 'payments.ledger', partition: 3 }

describe('what happened, on the rail', () => {
  it('says of a partition who left, came back and leads, and how its brokers stood', () => {
    const marks = chartMarks(en, partition, {
      series: [
        { at: NOW - 300_000, line: 2, kind: 'left-isr' },
        { at: NOW - 60_000, line: 2, kind: 'joined-isr' },
        { at: NOW - 50_000, line: 3, kind: 'leader' },
        { at: NOW - 40_000, line: 1, kind: 'leader-back' },
      ],
      events: [buildEvent(1, 'silent', 310_000, { broker: 2 })],
      entries: [buildEntry('c1', { startedAt: NOW - 10_000, keys: ['retention.ms'] })],
    })
    expect(marks.map(({ at, tone, text }) => [NOW - at, tone, text])).toEqual([
      [300_000, 'bad', 'Broker 2 left the ISR'],
      [60_000, 'good', 'Broker 2 is back in the ISR'],
      [50_000, 'neutral', 'Broker 3 leads now'],
      [40_000, 'neutral', 'Broker 1, the preferred leader, leads again'],
      [310_000, 'bad', 'Broker 2 stopped answering'],
      [10_000, 'own', 'retention.ms, changed with Highwater'],
    ])
  })

  it('says once what many partitions went through at once because of one broker', () => {
    const left = (seq: number, ago: number, broker: number) =>
      buildEvent(seq, 'left-isr', ago, { topic: 'orders', partition: seq, broker, other: 1 })
    const events = [left(1, 60_000, 2), left(2, 60_000, 2), left(3, 59_500, 2), left(4, 59_500, 3), left(5, 20_000, 2)]
    const marks = chartMarks(en, cluster, { series: [], events, entries: [] })
    expect(marks.map(({ at, line, text }) => [NOW - at, line, text])).toEqual([
      [60_000, 2, 'Broker 2 left the ISR of 3 partitions'],
      [59_500, 3, 'orders/4: Broker 3 left the ISR; the cause is unknown'],
      [20_000, 2, 'orders/5: Broker 2 left the ISR; the cause is unknown'],
    ])
  })
})

describe('roles of lines', () => {
  const frame = buildFrame({ topics: [['payments.ledger', 5]] })
  const view = (change: (f: typeof frame) => void) => {
    const made = structuredClone(frame)
    change(made)
    return viewOfFrame(made)
  }
  const row = 3
  const replicas = (f: typeof frame): Int32Array => f.replicaBroker.slice(f.replicaStart[row], f.replicaStart[row + 1])

  it('of a partition: leads, in the ISR, behind most, out of it', () => {
    const [leader, second, third] = replicas(frame)
    const of = (made: ReturnType<typeof view>) => [leader!, second!, third!].map((id) => lineRole(partition, made, id))
    expect(of(view((f) => f.columns.leader.fill(leader!)))).toEqual(['leader', 'in', 'in'])
    const late = view((f) => {
      f.columns.leader.fill(leader!)
      f.columns.state[row] = LAGGING
      f.columns.worstBroker[row] = third!
    })
    expect(of(late)).toEqual(['leader', 'in', 'asked'])
    const out = view((f) => {
      f.columns.leader.fill(leader!)
      f.columns.state[row] = UNDER_REPLICATED
      f.replicaFlags[f.replicaStart[row]! + 1] = 0
    })
    expect(of(out)[1]).toBe('out')
  })

  it('of brokers: there, behind, away; nothing is known of one without a picture', () => {
    const made = viewOfFrame({
      ...frame,
      summary: {
        ...frame.summary,
        brokers: [buildBroker(1), buildBroker(2, { behind: 3 }), buildBroker(3, { answers: 'no' })],
      },
    })
    expect([1, 2, 3, 4].map((id) => lineRole(cluster, made, id))).toEqual(['in', 'asked', 'out', 'out'])
    expect(lineRole(cluster, null, 1)).toBe('in')
    expect(lineRole({ kind: 'broker', broker: 1 }, made, 1)).toBe('leader')
  })
})

describe('who led', () => {
  const change = (ago: number, line: number) => ({ at: NOW - ago, line, kind: 'leader' as const })
  it.each([
    ['nobody else was seen to', [], 5_000, 1],
    ['after the change', [change(4_000, 1)], 3_000, 1],
    ['before the change', [change(4_000, 1)], 5_000, -1],
    ['between two', [change(8_000, 2), change(4_000, 1)], 5_000, 2],
  ])('%s', (_, events, ago, leader) => {
    expect(leaderAt(events, 1, NOW - ago)).toBe(leader)
  })
})

describe('values of a last reading', () => {
  it.each([
    ['it answered again', ['silent', 'answers'], buildBroker(2), [[100_000, 50_000]]],
    ['silent, then gone, then back', ['silent', 'gone', 'answers'], buildBroker(2), [[100_000, 0]]],
    ['silent now', ['silent'], buildBroker(2, { answers: 'no', answersSince: NOW - 99_000 }), [[100_000, -Infinity]]],
    [
      'silent now, and no event of it is kept',
      [],
      buildBroker(2, { answers: 'no', answersSince: NOW - 9_000 }),
      [[9_000, -Infinity]],
    ],
    ['never silent', [], buildBroker(2), []],
  ] as const)('%s', (_, kinds, broker, spans) => {
    const events = kinds.map((kind, index) => buildEvent(index, kind, 100_000 - index * 50_000, { broker: 2 }))
    expect(agedSpans(events, [broker], 2).map(({ from, until }) => [NOW - from, NOW - until])).toEqual(spans)
    expect(agedSpans(events, [buildBroker(1)], 1)).toEqual([])
  })
})

describe('older readings', () => {
  const kept = (line: number, ...ago: number[]) => ({
    line,
    series: {
      resolutionMs: 10_000,
      at: ago.map((one) => NOW - one),
      figures: { lateMs: ago.map((one) => one / 10) } as unknown as KeptSeries['figures'],
      unwatched: [],
      unreadable: 0,
    },
  })

  it('stand before those of the chart, in time alone, and none twice', () => {
    const series = buildSeries([2], 2, () => 7)
    const all = withOlder([kept(2, 60_000, 50_000, 5_000), kept(3, 50_000)], series)
    expect([...all.at].map((at) => NOW - at)).toEqual([50_000, 40_000, 2000, 0])
    expect([...all.lines]).toEqual([2, 3])
    expect([...all.lateMs]).toEqual([6000, Number.NaN, 5000, 5000, 7, Number.NaN, 7, Number.NaN])
    expect([...all.lagRecords].filter((one) => !Number.isNaN(one))).toEqual([7, 7])
    expect(withOlder([], series)).toBe(series)
  })
})

describe('a moment', () => {
  const point = (ago: number, lag: number): LivePoint => ({
    subject: 's',
    at: NOW - ago,
    lines: Int32Array.of(2, 3),
    lagRecords: Float64Array.of(lag, Number.NaN),
    lateMs: Float64Array.of(lag * 10, 4_000),
  })

  it('has what the chart has, in both units', () => {
    expect(lagAt(null, [point(1000, 5), point(0, 9)], NOW - 400)).toEqual([
      { line: 2, lagRecords: 5, lateMs: 50 },
      { line: 3, lagRecords: Number.NaN, lateMs: 4000 },
    ])
    expect(
      lagAt(
        buildSeries([2], 3, () => 7),
        [],
        NOW - 60_000,
      ),
    ).toEqual([{ line: 2, lagRecords: Number.NaN, lateMs: Number.NaN }])
  })

  it('is of a reading while the page was open, and of no other', () => {
    const kept = keptReadings()
    for (const ago of [3000, 2000, 1000]) kept.add(buildLive({ takenAt: NOW - ago }))
    const age = (ago: number): number => NOW - (kept.at(NOW - ago)?.takenAt ?? Number.NaN)
    expect([age(2000), age(1500), age(500)]).toEqual([2000, 2000, 1000])
    expect([age(3001), age(-1)]).toEqual([Number.NaN, Number.NaN])
    // The clock was set back: what lies in its future is forgotten.
    kept.add(buildLive({ takenAt: NOW - 2500 }))
    expect([age(2000), age(1000)]).toEqual([2500, Number.NaN])
    kept.forget()
    expect(kept.at(NOW - 2500)).toBeNull()
  })

  it('keeps no more than the chart does', () => {
    const kept = keptReadings()
    for (let minute = 0; minute <= 40; minute += 1) kept.add(buildLive({ takenAt: NOW + minute * 60_000 }))
    expect(kept.at(NOW)).toBeNull()
    expect(kept.at(NOW + 30 * 60_000)).not.toBeNull()
  })

  it('of which only the lag was kept says nothing else', () => {
    const view = ladderThen(
      en,
      [
        { line: 2, lagRecords: 1204, lateMs: 3000 },
        { line: 3, lagRecords: 0, lateMs: 0 },
        { line: 4, lagRecords: Number.NaN, lateMs: Number.NaN },
      ],
      [1, 3, 2],
    )
    expect(view.rows.map(({ broker, role, membership, notes }) => [broker, role, membership, notes])).toEqual([
      [1, '', '?', 'LEO ?'],
      [3, '', '?', 'in step · LEO ?'],
      [2, '', '?', '1,204 behind · time lag 3.0 s · LEO ?'],
      [4, '', '?', 'LEO ?'],
    ])
    expect(view.highWatermarkText).toBe('HW ?')
    expect(view.ticks).toEqual([])
  })
})
