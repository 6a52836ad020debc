import { beforeEach, describe, expect, it } from 'vitest'
import type { ClusterSummary } from '../../../src-main/contract/summary'
import { BELL_MS, Fleet, LIST_APART_MS, type FleetStanding } from '../../../src-main/monitor/fleet'
import type { Picture } from '../../../src-main/monitor/judge/picture'
import { FakeClock } from '../../support/fake-clock'
import { fakeSession } from '../../support/fake-session'
import type { FakeSession } from '../../support/fake-session'

/** Handed on as it is; nobody here looks into it. */
const SUMMARY = { takenAt: 1 } as ClusterSummary

const standing = (cluster: string, change: Partial<FleetStanding> = {}): FleetStanding => ({
  cluster,
  name: cluster,
  environment: 'prod',
  watch: true,
  state: 'watching',
  problem: '',
  worst: null,
  known: true,
  incident: 0,
  mutedUntil: Number.NaN,
  open: false,
  readOnly: true,
  armedUntil: 0,
  ...change,
})

/** A session whose pictures come by hand. */
function session(cluster: string): FakeSession & { show(summary: ClusterSummary): void; readonly observers: number } {
  const observers = new Set<(picture: Picture) => void>()
  const made = fakeSession(cluster)
  return Object.assign(made, {
    observe: (observer: (picture: Picture) => void) => {
      observers.add(observer)
      return () => observers.delete(observer)
    },
    show: (summary: ClusterSummary) => observers.forEach((observer) => observer({ summary } as Picture)),
    get observers() {
      return observers.size
    },
  })
}

let clock: FakeClock
let rang: number[]
let standings: FleetStanding[]
let fleet: Fleet
beforeEach(() => {
  clock = new FakeClock()
  rang = []
  standings = [standing('a'), standing('b'), standing('c', { watch: false, state: 'off', known: false })]
  fleet = new Fleet({ clock, standings: () => standings, bell: () => rang.push(clock.now()) })
})
const lists = ({ made }: FakeSession): string[] => made.filter((call) => call.startsWith('list'))

describe('what is told', () => {
  it('is all of it first, then what is another', () => {
    const a = session('a')
    fleet.follow(a)
    const first = fleet.read(0)
    expect(first.clusters).toEqual(['a', 'b', 'c'])
    expect(first.rows.map(({ cluster, summary, status }) => [cluster, summary, status?.phase])).toEqual([
      ['a', null, 'connecting'],
      ['b', null, undefined],
      ['c', null, undefined],
    ])
    expect(fleet.read(first.version).rows).toEqual([])
    a.show(SUMMARY)
    const second = fleet.read(first.version)
    expect(second.rows.map((row) => [row.cluster, row.summary])).toEqual([['a', SUMMARY]])
    expect(fleet.read(second.version).rows).toEqual([])
    // Who asks anew, as a page that was loaded again, has all.
    expect(fleet.read(0).rows).toHaveLength(3)
    expect(fleet.read(first.version).rows.map(({ cluster }) => cluster)).toEqual(['a'])
  })

  it.each<[string, Partial<FleetStanding>]>([
    ['its name', { name: 'other' }],
    ['its worst', { worst: 'offline' }],
    ['that it is armed', { armedUntil: 5 }],
    ['that it is muted for ever', { mutedUntil: Number.POSITIVE_INFINITY }],
    ['that it is open', { open: true }],
  ])('is another for %s', (_, change) => {
    const { version } = fleet.read(0)
    standings = [standings[0]!, { ...standings[1]!, ...change }, standings[2]!]
    expect(fleet.read(version).rows.map(({ cluster }) => cluster)).toEqual(['b'])
  })

  it('is nothing of a session that has ended, and the row stays', () => {
    const a = session('a')
    fleet.follow(a)
    a.show(SUMMARY)
    const { version } = fleet.read(0)
    fleet.unfollow('a')
    expect([a.observers, a.listeners]).toEqual([0, 0])
    expect(fleet.read(version).rows).toMatchObject([{ cluster: 'a', summary: null, status: null }])
  })

  it('forgets what is not saved any more, and takes one of the same id as new', () => {
    const { version } = fleet.read(0)
    const kept = standings
    standings = kept.slice(0, 1)
    expect(fleet.read(version)).toMatchObject({ clusters: ['a'], rows: [] })
    standings = kept
    expect(fleet.read(version).rows.map(({ cluster }) => cluster)).toEqual(['b', 'c'])
  })
})

describe('the bell', () => {
  it('rings while somebody looks, once a second at most for all of them', async () => {
    const all = Array.from({ length: 50 }, (_, n) => session(`s${n}`))
    for (const one of all) fleet.follow(one)
    expect(rang).toEqual([])
    fleet.show(true)
    expect(rang).toEqual([])
    fleet.see(true)
    expect(rang).toHaveLength(1)
    for (let n = 0; n < 10; n += 1) {
      for (const one of all) one.show(SUMMARY)
      await clock.advance(100)
    }
    expect(rang).toHaveLength(2)
    await clock.advance(BELL_MS)
    expect(rang.length).toBeLessThanOrEqual(3)
    fleet.see(false)
    const before = rang.length
    for (const one of all) one.say('lost')
    await clock.advance(10 * BELL_MS)
    expect(rang).toHaveLength(before)
    fleet.see(true)
    expect(rang).toHaveLength(before + 1)
    fleet.close()
    await clock.advance(10 * BELL_MS)
    expect(rang).toHaveLength(before + 1)
    expect(all.map(({ observers, listeners }) => observers + listeners)).toEqual(all.map(() => 0))
  })

  it('rings again after the clock was set back', async () => {
    const a = session('a')
    fleet.follow(a)
    fleet.show(true)
    fleet.see(true)
    clock.jump(-3_600_000)
    a.show(SUMMARY)
    await clock.advance(BELL_MS)
    expect(rang).toHaveLength(2)
  })
})

describe('how often is polled', () => {
  it('is more while they are on screen, begun one after the other, and as before when nobody looks', async () => {
    const all = [session('a'), session('b'), session('c')]
    for (const one of all) fleet.follow(one)
    fleet.see(true)
    expect(all.flatMap(lists)).toEqual(['list false', 'list false', 'list false'])
    fleet.show(true)
    expect(all.map((one) => lists(one).at(-1))).toEqual(['list true', 'list false', 'list false'])
    await clock.advance(LIST_APART_MS)
    expect(all.map((one) => lists(one).at(-1))).toEqual(['list true', 'list true', 'list false'])
    fleet.see(false)
    await clock.advance(10 * LIST_APART_MS)
    expect(all.map((one) => lists(one).at(-1))).toEqual(['list false', 'list false', 'list false'])
    fleet.see(true)
    await clock.advance(10 * LIST_APART_MS)
    const late = session('d')
    fleet.follow(late)
    expect([...all, late].map((one) => lists(one).at(-1))).toEqual([...all, late].map(() => 'list true'))
  })
})
