import { describe, expect, it } from 'vitest'
import { headline, isGap, levelOf, withSince } from '../../../../src-main/domain/blame/headline'
import type { HeadlineFacts } from '../../../../src-main/domain/blame/headline'
import { NearestMiss } from '../../../../src-main/domain/forecast/nearest'
import type { Culprit, Headline, SilentBroker } from '../../../../src-main/contract/summary'
import { tally } from '../../../../src-main/shared/tally'

const quiet: HeadlineFacts = {
  read: true,
  offline: tally(0),
  writesRefused: tally(0),
  oneLossAway: tally(0),
  underReplicated: tally(0),
  lagging: tally(0),
  halted: [],
  noListener: null,
  controllerSilent: false,
  culprit: null,
  leaving: null,
  silent: [],
  healedAt: NaN,
}
const silent = (leads: number): SilentBroker => ({
  broker: 2,
  rack: null,
  since: 0,
  silence: 'timeout',
  returning: false,
  heard: false,
  leadsTo: '',
  fencedFrom: 7000,
  fencedTo: 11_000,
  leads,
  thenRefuses: 0,
  thenOffline: 0,
  thenLoses: 0,
})
/** Its certificate is not taken here (K8.7). */
const unseen: SilentBroker = { ...silent(9), silence: 'tls' }
const culprit: Culprit = {
  kind: 'follower-broker',
  broker: 2,
  rack: 'b',
  brokers: [],
  behind: 5,
  of: 10,
  cause: 'silent',
}

describe('the level', () => {
  it.each<[string, Partial<HeadlineFacts>, string]>([
    ['nothing read', { read: false, offline: tally(3) }, 'unread'],
    ['nothing wrong', {}, 'well'],
    ['no controller answers, and nothing else is wrong', { controllerSilent: true }, 'trouble'],
    [
      'a broker that cannot be seen from here',
      { noListener: { brokers: [{ broker: 9, rack: null }], partitions: 0 }, offline: tally(0, false) },
      'watch',
    ],
    ['one late', { lagging: tally(1) }, 'watch'],
    ['a copy missing', { underReplicated: tally(1) }, 'trouble'],
    ['one loss away', { oneLossAway: tally(1) }, 'trouble'],
    ['a broker silent that leads nothing', { silent: [silent(0)] }, 'trouble'],
    ['a broker that leads and is returning', { silent: [{ ...silent(9), returning: true }] }, 'trouble'],
    ['a broker silent that leads', { silent: [silent(1)] }, 'danger'],
    ['a broker that only we do not see', { silent: [unseen] }, 'unknown'],
    ['one that only we do not see, and one late', { silent: [unseen], lagging: tally(1, false) }, 'watch'],
    [
      'one that only we do not see, and a copy missing',
      { silent: [unseen], underReplicated: tally(1, false) },
      'trouble',
    ],
    ['one that only we do not see beside one that is silent', { silent: [unseen, silent(1)] }, 'danger'],
    ['writes refused', { writesRefused: tally(1), lagging: tally(9) }, 'danger'],
    ['offline', { offline: tally(1) }, 'danger'],
    ['none offline among those read', { offline: tally(0, false) }, 'unknown'],
    ['none refusing where min ISR was read', { writesRefused: tally(0, false) }, 'unknown'],
    ['none one loss away where min ISR was read', { oneLossAway: tally(0, false) }, 'unknown'],
    ['no copy missing where the ISR was read', { underReplicated: tally(0, false) }, 'unknown'],
    ['none late among those read', { lagging: tally(0, false) }, 'unknown'],
    ['some refusing and more not read', { writesRefused: tally(1, false) }, 'danger'],
    ['one late and more not read', { lagging: tally(1), offline: tally(0, false) }, 'watch'],
  ])('%s: %s', (_, change, level) => {
    expect(levelOf({ ...quiet, ...change })).toBe(level)
  })
})

describe('since when', () => {
  const at = (now: number, change: Partial<HeadlineFacts>) => headline({ ...quiet, ...change }, now)
  const start = ({ since, began }: Headline) => [since, began]
  /** Calm since the opening at 2. */
  const calm = withSince(null, at(2, {}), 2)
  const broken = { underReplicated: tally(1), culprit }
  const incident = withSince(calm, at(5, broken), 5)
  const of = (change: Partial<Culprit>): Partial<HeadlineFacts> => ({
    underReplicated: tally(1),
    culprit: { ...culprit, ...change },
  })
  const LATE_AT_FIRST = { lateAtFirst: true, seenAt: Number.NaN, gap: false }
  const away = (...ids: number[]): Partial<Culprit> => ({
    kind: 'brokers-away',
    broker: ids[0]!,
    rack: null,
    brokers: ids.map((broker) => ({ broker, rack: null, cause: 'gone' })),
  })

  it('what is so in the first picture began before it, whatever was unread until then (K8.1)', () => {
    expect(start(calm)).toEqual([2, 'opening'])
    const unread = withSince(null, at(1, { read: false }), 1)
    expect(start(withSince(unread, at(2, broken), 2))).toEqual([2, 'opening'])
    const first = withSince(null, at(2, broken), 2)
    expect(start(withSince(first, at(9, { ...broken, offline: tally(4) }), 9))).toEqual([2, 'opening'])
  })

  it('what begins later has its start', () => {
    expect(start(incident)).toEqual([5, 'seen'])
    expect(start(withSince(incident, at(9, {}), 9))).toEqual([9, 'seen'])
  })

  it('stays while nothing wrong is seen, though a new topic is not read yet for a moment', () => {
    const between = withSince(calm, at(9, { lagging: tally(0, false) }), 9)
    expect([between.level, between.since, withSince(between, at(12, {}), 12).since]).toEqual(['unknown', 2, 2])
    expect(withSince(between, at(12, { lagging: tally(1) }), 12).since).toBe(12)
  })

  it.each<[string, Partial<HeadlineFacts>]>([
    ['figures and cause change', of({ cause: 'gone', behind: 9 })],
    ['it gets worse: the eviction, and what is offline by it', { ...broken, offline: tally(3) }],
    ['it gets better', { lagging: tally(1), culprit }],
    ['nobody explains it any more', { underReplicated: tally(1) }],
    ['the same broker as a leader', of({ kind: 'leader-broker' })],
    ['one more is away', of(away(2, 3))],
    ['its rack is', of({ kind: 'rack', broker: -1 })],
  ])('one start for one incident, though %s (K8.1)', (_, change) => {
    expect(start(withSince(incident, at(9, change), 9))).toEqual([5, 'seen'])
  })

  it('begins when a broker is not seen from here any more', () => {
    const blind = withSince(calm, at(9, { silent: [unseen] }), 9)
    expect([blind.level, ...start(blind)]).toEqual(['unknown', 9, 'seen'])
    expect(start(withSince(blind, at(12, {}), 12))).toEqual([12, 'seen'])
  })

  it('is kept through a moment in which nobody is named', () => {
    const unnamed = withSince(incident, at(7, { underReplicated: tally(1) }), 7)
    expect(start(withSince(unnamed, at(9, of({ broker: 3 })), 9))).toEqual([5, 'seen'])
  })

  it.each<[string, Partial<HeadlineFacts>]>([
    ['another broker', of({ broker: 3 })],
    ['others that are away', of(away(3, 4))],
    ['another rack', of({ kind: 'rack', broker: -1, rack: 'c' })],
  ])('another culprit is another incident: %s', (_, change) => {
    expect(start(withSince(incident, at(9, change), 9))).toEqual([9, 'seen'])
  })

  it('late when first read is since before the opening, but only soon after it', () => {
    const late = { lagging: tally(1) }
    expect(start(withSince(calm, at(3000, late), 3000, LATE_AT_FIRST))).toEqual([2, 'opening'])
    expect(start(withSince(calm, at(60_000, late), 60_000, LATE_AT_FIRST))).toEqual([60_000, 'seen'])
    const calmAgain = withSince(incident, at(9, {}), 9)
    expect(start(withSince(calmAgain, at(12, late), 12, LATE_AT_FIRST))).toEqual([12, 'seen'])
  })

  it.each<[string, Headline, Partial<HeadlineFacts>, readonly [number, string, number]]>([
    ['trouble began in it', calm, broken, [90_000, 'unseen', 5_000]],
    ['calm is seen anew', calm, {}, [90_000, 'unseen', 5_000]],
    ['trouble that was there before goes on', incident, broken, [5, 'seen', 5]],
    ['trouble of another broker began in it', incident, of({ broker: 3 }), [90_000, 'unseen', 5_000]],
    ['trouble ended in it', incident, {}, [90_000, 'unseen', 5_000]],
  ])('after a gap: %s (K8.1)', (_, previous, change, expected) => {
    const { since, began, sinceAfter } = withSince(previous, at(90_000, change), 90_000, {
      lateAtFirst: false,
      seenAt: 5_000,
      gap: true,
    })
    expect([since, began, sinceAfter]).toEqual(expected)
  })

  it('at a slow cadence an incident began between two looks, and calm goes on', () => {
    const look = { lateAtFirst: false, seenAt: 30_000, gap: false }
    expect(start(withSince(calm, at(90_000, broken), 90_000, look))).toEqual([90_000, 'unseen'])
    expect(start(withSince(calm, at(90_000, {}), 90_000, look))).toEqual([2, 'opening'])
  })

  it.each([
    [1_000, 11_000, 250, false],
    [1_000, 11_001, 250, true],
    [1_000, 61_000, 60_000, false],
    [1_000, 182_000, 60_000, true],
    [Number.NaN, 11_000, 250, false],
  ])('a gap from %s to %s at %s ms: %s', (from, to, intervalMs, gap) => {
    expect(isGap(from, to, intervalMs)).toBe(gap)
  })
})

describe('who came nearest to eviction', () => {
  const seen = (lateMs: number) => ({ topic: 't', partition: 0, broker: 2, lateMs })
  const minute = 60_000

  it('is nobody at first, then the worst of the last hour', () => {
    const nearest = new NearestMiss()
    expect(nearest.worst(0)).toBeNull()
    nearest.note(seen(2100), 0)
    nearest.note(seen(1500), 10)
    nearest.note(seen(1800), 30 * minute)
    expect(nearest.worst(59 * minute)?.lateMs).toBe(2100)
    expect(nearest.worst(60 * minute)?.lateMs).toBe(1800)
    expect(nearest.worst(90 * minute)).toBeNull()
  })
})
