import { describe, expect, it } from 'vitest'
import { headline, levelOf, withSince } from '../../../../src-main/domain/blame/headline'
import type { HeadlineFacts } from '../../../../src-main/domain/blame/headline'
import { NearestMiss } from '../../../../src-main/domain/forecast/nearest'
import type { Culprit, SilentBroker } from '../../../../src-main/contract/summary'
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
  leadsTo: '',
  fencedFrom: 7000,
  fencedTo: 11_000,
  leads,
  thenRefuses: 0,
  thenOffline: 0,
})
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

  it('starts with the first', () => {
    expect(withSince(null, at(5, {}), 5).since).toBe(5)
  })

  it('stays while level and culprit stay, though numbers and cause change', () => {
    const first = withSince(null, at(5, { underReplicated: tally(1), culprit }), 5)
    expect(
      withSince(first, at(9, { underReplicated: tally(40), culprit: { ...culprit, cause: 'gone', behind: 9 } }), 9)
        .since,
    ).toBe(5)
  })

  it('stays while nothing wrong is seen, though a new topic is not read yet for a moment', () => {
    const first = withSince(null, at(5, {}), 5)
    const between = withSince(first, at(9, { lagging: tally(0, false) }), 9)
    expect([between.level, between.since, withSince(between, at(12, {}), 12).since]).toEqual(['unknown', 5, 5])
    expect(withSince(between, at(12, { lagging: tally(1) }), 12).since).toBe(12)
  })

  it.each<[string, Partial<HeadlineFacts>]>([
    ['another level', { offline: tally(1), culprit }],
    ['another culprit', { underReplicated: tally(1), culprit: { ...culprit, broker: 3 } }],
    ['no culprit', { underReplicated: tally(1) }],
  ])('starts again with %s', (_, change) => {
    const first = withSince(null, at(5, { underReplicated: tally(1), culprit }), 5)
    expect(withSince(first, at(9, change), 9).since).toBe(9)
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
