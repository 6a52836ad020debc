import { describe, expect, it } from 'vitest'
import type { QuorumReport } from '../../../../src-main/contract/quorum'
import { majorityOf, quorumReport, votersOf } from '../../../../src-main/domain/quorum/quorum-report'
import type { QuorumFigures, QuorumNode } from '../../../../src-main/domain/quorum/quorum-report'

/** By the clock of the quorum's leader. */
const NOW = 1_795_425_510_880
const node = (id: number, ageMs: number, more: Partial<QuorumNode> = {}): QuorumNode => ({
  id,
  directory: '',
  logEndOffset: 100,
  lastFetchAt: NOW - ageMs,
  lastCaughtUpAt: NOW - ageMs,
  ...more,
})
const figures = (voters: readonly QuorumNode[], more: Partial<QuorumFigures> = {}): QuorumFigures => ({
  leader: 101,
  epoch: 31,
  highWatermark: 98,
  voters,
  observers: [],
  addresses: [],
  ...more,
})
const ASKED = { askedAt: 5_000, readAt: 5_020, broker: 3 }
const report = (given: QuorumFigures, before: QuorumReport | null = null): QuorumReport =>
  quorumReport(given, ASKED, before)
const states = ({ members }: QuorumReport): string[] => members.map(({ id, following }) => `${id} ${following}`)

describe('who follows the leader of the controllers', () => {
  it.each([
    [0, 'in-step', true],
    [1_999, 'in-step', true],
    [2_000, 'late', true],
    [9_999, 'late', true],
    [10_000, 'silent', false],
    [280_000, 'silent', false],
  ])('a voter that fetched %d ms before is %s, live: %s', (ageMs, following, live) => {
    const told = report(figures([node(101, 0), node(102, ageMs)]))
    expect(told.members[1]).toMatchObject({ id: 102, votes: true, following, fetchAgeMs: ageMs })
    expect(votersOf(told)).toEqual([
      { id: 101, live: true },
      { id: 102, live },
    ])
  })

  it('goes by the clock of the leader, which gives its own last fetch as -1 in some versions', () => {
    const leader = node(101, 0, { lastFetchAt: -1 })
    expect(states(report(figures([node(102, 2_500), leader])))).toEqual(['101 leads', '102 late'])
  })

  it('knows of no age where the entry of the leader is missing or has no time', () => {
    const missing = report(figures([node(102, 0), node(103, 50_000)]))
    expect(states(missing)).toEqual(['102 unknown', '103 unknown'])
    expect(missing).toMatchObject({ mayLose: null, logEndOffset: NaN })
    expect(missing.members[0]).toMatchObject({ fetchAgeMs: NaN, behind: NaN })
    expect(votersOf(missing)).toBeNull()
    const timeless = report(figures([node(101, 0, { lastFetchAt: -1, lastCaughtUpAt: -1 }), node(102, 0)]))
    expect(states(timeless)).toEqual(['101 leads', '102 unknown'])
  })

  it('a leader alone is live, whatever it says of its time', () => {
    const alone = report(figures([node(101, 0, { lastFetchAt: -1, lastCaughtUpAt: -1 })]))
    expect(votersOf(alone)).toEqual([{ id: 101, live: true }])
    expect(votersOf(report(figures([])))).toEqual([])
    expect(report(figures([])).mayLose).toBeNull()
  })

  it('one that never fetched from this leader is not live, and how far it is behind is not known', () => {
    const told = report(figures([node(101, 0), node(102, 0, { lastFetchAt: -1, logEndOffset: -1 })]))
    expect(told.members[1]).toMatchObject({ following: 'never', fetchAgeMs: NaN, behind: NaN, logEndOffset: NaN })
    expect(votersOf(told)?.[1]).toEqual({ id: 102, live: false })
  })

  it('counts records to the end of the leader log, never less than none', () => {
    const told = report(
      figures([node(101, 0), node(102, 0, { logEndOffset: 97 })], {
        observers: [node(1, 0, { logEndOffset: 120 }), node(2, 3_000, { logEndOffset: 40 })],
      }),
    )
    expect(told.members.map(({ id, votes, behind }) => [id, votes, behind])).toEqual([
      [101, true, 0],
      [102, true, 3],
      [1, false, 0],
      [2, false, 60],
    ])
  })
})

describe('how many voters may fail', () => {
  it.each([
    ['all of three', [0, 0, 0], { majority: 2, inStep: 3, mayLose: { atLeast: 1, atMost: 1 }, remark: '' }],
    ['one of three late', [0, 0, 3_000], { majority: 2, inStep: 2, mayLose: { atLeast: 0, atMost: 1 }, remark: '' }],
    ['one of three gone', [0, 0, 90_000], { majority: 2, inStep: 2, mayLose: { atLeast: 0, atMost: 0 }, remark: '' }],
    ['two of three gone', [0, 90_000, 90_000], { inStep: 1, mayLose: { atLeast: 0, atMost: 0 } }],
    ['all of five', [0, 0, 0, 0, 0], { majority: 3, mayLose: { atLeast: 2, atMost: 2 }, remark: '' }],
    ['all of four', [0, 0, 0, 0], { majority: 3, mayLose: { atLeast: 1, atMost: 1 }, remark: 'even' }],
    ['both of two', [0, 0], { majority: 2, mayLose: { atLeast: 0, atMost: 0 }, remark: 'even' }],
    ['the only one', [0], { majority: 1, mayLose: { atLeast: 0, atMost: 0 }, remark: 'single' }],
  ])('%s', (_what, ages, expected) => {
    expect(report(figures(ages.map((age, at) => node(101 + at, age))))).toMatchObject(expected)
  })

  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
    [7, 4],
  ])('of %d voters %d have to agree', (voters, majority) => expect(majorityOf(voters)).toBe(majority))
})

it('a voter with a new disk is named: its id fetches as an observer too', () => {
  const told = report(
    figures([node(101, 0, { directory: 'A' }), node(103, 90_000, { directory: 'C' })], {
      observers: [node(103, 80, { directory: 'D' }), node(1, 0)],
    }),
  )
  expect(told.members.map(({ id, votes, directory, replaced }) => [id, votes, directory, replaced])).toEqual([
    [101, true, 'A', false],
    [103, true, 'C', true],
    [1, false, '', false],
    [103, false, 'D', false],
  ])
})

it('a leader that is being taken out of the voters leads, and does not vote', () => {
  const told = report(figures([node(102, 0), node(103, 0)], { observers: [node(101, 0)] }))
  expect(states(told)).toEqual(['102 in-step', '103 in-step', '101 leads'])
  expect(told).toMatchObject({ voters: 2, inStep: 2, mayLose: { atLeast: 0, atMost: 0 } })
  expect(votersOf(told)).toHaveLength(2)
})

it('says since when it was seen to lead, and whether it was seen to begin', () => {
  const first = report(figures([node(101, 0)]))
  expect(first).toMatchObject({ leader: 101, leaderEpoch: 31, seenSince: 5_020, sawItBegin: false, broker: 3 })
  const later = quorumReport(figures([node(101, 0)]), { ...ASKED, readAt: 9_000 }, first)
  expect(later).toMatchObject({ readAt: 9_000, seenSince: 5_020, sawItBegin: false })
  const next = quorumReport(figures([node(102, 0)], { leader: 102, epoch: 32 }), { ...ASKED, readAt: 12_000 }, later)
  expect(next).toMatchObject({ seenSince: 12_000, sawItBegin: true })
  const again = quorumReport(figures([node(102, 0)], { leader: 102, epoch: 33 }), { ...ASKED, readAt: 15_000 }, next)
  expect(again.seenSince).toBe(15_000)
})

it('tells where controllers listen, and no figure for what is not told', () => {
  const told = report(
    figures([node(101, 0)], {
      highWatermark: -1,
      addresses: [{ id: 101, host: 'c1.example', port: 40_101 }],
    }),
  )
  expect(told).toMatchObject({ highWatermark: NaN, logEndOffset: 100 })
  expect(told.members[0]?.address).toBe('c1.example:40101')
})
