import { describe, expect, it } from 'vitest'
import { findCulprit } from '../../../../src-main/domain/blame/culprit'
import type { BrokerTrouble } from '../../../../src-main/domain/blame/culprit'

/** Six brokers in three racks (1, 4 = a; 2, 5 = b; 3, 6 = c), 100 replicas each, 40 of them leading. */
function cluster(changes: Readonly<Record<number, Partial<BrokerTrouble>>>): BrokerTrouble[] {
  return [1, 2, 3, 4, 5, 6].map((broker) => ({
    broker,
    rack: ['a', 'b', 'c'][(broker - 1) % 3]!,
    listed: true,
    silent: false,
    course: '',
    throttled: false,
    replicas: 100,
    troubled: 0,
    recovering: 0,
    rated: 0,
    leads: 40,
    leadsTroubled: 0,
    followersTroubled: 0,
    followerBrokers: 0,
    mayLead: 0,
    awaited: 0,
    ...changes[broker],
  }))
}

describe('who explains the trouble', () => {
  it('nobody, when there is none', () => {
    expect(findCulprit(cluster({}))).toBeNull()
  })

  it('one follower broker with most of the troubled replicas', () => {
    expect(findCulprit(cluster({ 2: { troubled: 80, rated: 80 }, 3: { troubled: 20 } }))).toEqual({
      kind: 'follower-broker',
      broker: 2,
      rack: 'b',
      brokers: [],
      behind: 80,
      of: 100,
      cause: 'slow',
    })
  })

  it('no single one below four fifths', () => {
    expect(findCulprit(cluster({ 2: { troubled: 79 }, 3: { troubled: 21 } }))).toBeNull()
  })

  it('a leader broker whose followers suffer on several brokers', () => {
    const troubled = { troubled: 10, rated: 10 }
    const found = findCulprit(
      cluster({
        1: { followersTroubled: 29, leadsTroubled: 25, followerBrokers: 3 },
        2: troubled,
        3: troubled,
        4: troubled,
      }),
    )
    expect(found).toEqual({
      kind: 'leader-broker',
      broker: 1,
      rack: 'a',
      brokers: [],
      behind: 25,
      of: 40,
      cause: 'unknown',
    })
  })

  it('the follower, when one leader’s followers suffer on one broker only', () => {
    const found = findCulprit(
      cluster({ 1: { followersTroubled: 12, leadsTroubled: 12, followerBrokers: 1 }, 6: { troubled: 12, rated: 12 } }),
    )
    expect(found).toMatchObject({ kind: 'follower-broker', broker: 6 })
  })

  it('a rack, when two brokers of it are concerned and none alone explains it', () => {
    expect(
      findCulprit(cluster({ 2: { troubled: 50, rated: 50 }, 5: { troubled: 45, rated: 45 }, 3: { troubled: 5 } })),
    ).toEqual({
      kind: 'rack',
      broker: -1,
      rack: 'b',
      brokers: [],
      behind: 95,
      of: 200,
      cause: 'slow',
    })
  })

  it.each([
    ['one zone', 'zone-1'],
    ['an empty name', ''],
  ])('no rack where all brokers stand in the same one: %s', (_, rack) => {
    const everywhere = Object.fromEntries([1, 2, 3, 4, 5, 6].map((broker) => [broker, { rack, troubled: 10 }]))
    expect(findCulprit(cluster(everywhere))).toBeNull()
  })

  it('no rack without a name', () => {
    expect(findCulprit(cluster({ 2: { troubled: 50, rack: '' }, 5: { troubled: 50, rack: '' } }))).toBeNull()
  })

  it('no rack where racks are not set', () => {
    expect(findCulprit(cluster({ 2: { troubled: 50, rack: null }, 5: { troubled: 50, rack: null } }))).toBeNull()
  })

  it.each<[string, Partial<BrokerTrouble>, string]>([
    ['not listed', { listed: false, silent: true }, 'gone'],
    ['does not answer', { silent: true }, 'silent'],
    ['listed again, its port not open yet', { course: 'returning' }, 'returning'],
    ['shutting down, and still answers', { course: 'leaving', rated: 10, recovering: 10 }, 'leaving'],
    ['under a throttle', { throttled: true, rated: 10 }, 'throttled'],
    ['most of its lags shrink', { rated: 10, recovering: 6 }, 'recovering'],
    ['half of its lags shrink', { rated: 10, recovering: 5 }, 'slow'],
    ['no lag known', {}, 'unknown'],
  ])('cause: %s', (_, change, cause) => {
    expect(findCulprit(cluster({ 3: { troubled: 10, ...change } }))?.cause).toBe(cause)
  })
})

describe('brokers that are gone or silent explain what is on them (K8.3)', () => {
  const gone = { listed: false, silent: true }

  it('two in different racks are one joint cause, though the leader that is left has all the followers', () => {
    expect(
      findCulprit(
        cluster({
          1: { leads: 100 },
          2: { ...gone, troubled: 100, mayLead: 30 },
          3: { ...gone, troubled: 100, mayLead: 40 },
        }),
      ),
    ).toEqual({
      kind: 'brokers-away',
      broker: 3,
      rack: null,
      brokers: [
        { broker: 2, rack: 'b', cause: 'gone' },
        { broker: 3, rack: 'c', cause: 'gone' },
      ],
      behind: 200,
      of: 200,
      cause: 'gone',
    })
  })

  it.each<[string, Partial<BrokerTrouble>, Partial<BrokerTrouble>, number]>([
    ['in most ISRs and ELRs', { mayLead: 3, awaited: 9 }, { mayLead: 4 }, 5],
    ['of equals, whom most wait for', { mayLead: 4, awaited: 2 }, { mayLead: 4, awaited: 1 }, 2],
    ['none before the other', { mayLead: 4 }, { mayLead: 4 }, -1],
  ])('which of them first: %s', (_, two, five, first) => {
    const found = findCulprit(cluster({ 2: { ...gone, troubled: 9, ...two }, 5: { ...gone, troubled: 9, ...five } }))
    expect(found).toMatchObject({ kind: 'brokers-away', broker: first })
  })

  it.each<[string, Parameters<typeof cluster>[0], string | null]>([
    ['all of it away', { 2: { ...gone, troubled: 9 }, 5: { silent: true, troubled: 9 } }, 'b'],
    ['one of it answers', { 2: { ...gone, troubled: 9 }, 5: { ...gone, troubled: 9 }, 6: { rack: 'b' } }, null],
    ['no name', { 2: { ...gone, troubled: 9, rack: '' }, 5: { ...gone, troubled: 9, rack: '' } }, null],
    ['racks not set', { 2: { ...gone, troubled: 9, rack: null }, 5: { ...gone, troubled: 9, rack: null } }, null],
  ])('a rack is blamed for them only where nobody of it is left: %s', (_, brokers, rack) => {
    expect(findCulprit(cluster(brokers))).toMatchObject({ kind: 'brokers-away', rack })
  })

  it('a silent leader is blamed for its followers that answer', () => {
    const found = findCulprit(
      cluster({
        1: { silent: true, troubled: 40, followersTroubled: 80, followerBrokers: 2 },
        2: { troubled: 40 },
        3: { troubled: 40 },
      }),
    )
    expect(found).toMatchObject({ kind: 'follower-broker', broker: 1, cause: 'silent' })
  })

  it('a forgotten replica on a broker that was taken away long ago does not hide who is slow now', () => {
    const found = findCulprit(cluster({ 5: { ...gone, replicas: 1, troubled: 1 }, 3: { troubled: 90, rated: 90 } }))
    expect(found).toMatchObject({ kind: 'follower-broker', broker: 3, cause: 'slow' })
  })

  it('where nobody explains the whole, they are named for their part, and no rack of those that answer', () => {
    const found = findCulprit(cluster({ 3: { ...gone, troubled: 50 }, 2: { troubled: 20 }, 5: { troubled: 20 } }))
    expect(found).toMatchObject({ kind: 'follower-broker', broker: 3, behind: 50, cause: 'gone' })
  })

  it('one that shuts down and one that comes back explain what is on them too (K8.4)', () => {
    const found = findCulprit(
      cluster({
        1: { followersTroubled: 0, leads: 100 },
        2: { course: 'leaving', troubled: 90 },
        3: { course: 'returning', troubled: 90 },
      }),
    )
    expect(found).toMatchObject({
      kind: 'brokers-away',
      cause: 'silent',
      brokers: [
        { broker: 2, cause: 'leaving' },
        { broker: 3, cause: 'returning' },
      ],
    })
  })
})
