import { describe, expect, it } from 'vitest'
import { headline, levelOf, withSince } from '../../../../src-main/domain/blame/headline'
import type { HeadlineFacts } from '../../../../src-main/domain/blame/headline'
import { NearestMiss } from '../../../../src-main/domain/forecast/nearest'
import type { Culprit, SilentBroker } from '../../../../src-main/contract/summary'

const quiet: HeadlineFacts = {
  read: true,
  offline: 0,
  writesRefused: 0,
  oneLossAway: 0,
  underReplicated: 0,
  lagging: 0,
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
  leadsTo: '',
  fencedFrom: 7000,
  fencedTo: 11_000,
  leads,
  thenRefuses: 0,
  thenOffline: 0,
})
const culprit: Culprit = { kind: 'follower-broker', broker: 2, rack: 'b', behind: 5, of: 10, cause: 'silent' }

describe('the level', () => {
  it.each<[string, Partial<HeadlineFacts>, string]>([
    ['nothing read', { read: false, offline: 3 }, 'unread'],
    ['nothing wrong', {}, 'well'],
    ['one late', { lagging: 1 }, 'watch'],
    ['a copy missing', { underReplicated: 1 }, 'trouble'],
    ['one loss away', { oneLossAway: 1 }, 'trouble'],
    ['a broker silent that leads nothing', { silent: [silent(0)] }, 'trouble'],
    ['a broker silent that leads', { silent: [silent(1)] }, 'danger'],
    ['writes refused', { writesRefused: 1, lagging: 9 }, 'danger'],
    ['offline', { offline: 1 }, 'danger'],
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
    const first = withSince(null, at(5, { underReplicated: 1, culprit }), 5)
    expect(
      withSince(first, at(9, { underReplicated: 40, culprit: { ...culprit, cause: 'gone', behind: 9 } }), 9).since,
    ).toBe(5)
  })

  it.each<[string, Partial<HeadlineFacts>]>([
    ['another level', { offline: 1, culprit }],
    ['another culprit', { underReplicated: 1, culprit: { ...culprit, broker: 3 } }],
    ['no culprit', { underReplicated: 1 }],
  ])('starts again with %s', (_, change) => {
    const first = withSince(null, at(5, { underReplicated: 1, culprit }), 5)
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
