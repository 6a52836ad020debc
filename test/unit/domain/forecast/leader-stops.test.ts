import { describe, expect, it } from 'vitest'
import { leaderStops } from '../../../../src-main/domain/forecast/leader-stops'
import { Presences } from '../../../../src-main/domain/state/presences'
import { UNCLEAN_OFF, UNCLEAN_ON, UNCLEAN_UNTOLD } from '../../../../src-main/domain/topology/reading'
import type { PartitionRow } from '../../../support/columns'
import { START, broker, factsOf, factsUnheard, readingOfPartitions, settings } from '../../../support/columns'

interface Scene {
  readonly row?: Partial<PartitionRow>
  /** Records behind the leader, by place in the assignment. */
  readonly lags?: readonly number[]
  readonly silent?: readonly number[]
  /** Asked anew, and not heard yet. */
  readonly unheard?: readonly number[]
  /** Brokers Metadata lists. */
  readonly listed?: readonly number[]
  readonly elr?: readonly number[]
  readonly min?: number
  readonly unclean?: number
  readonly controllerSilent?: boolean
}

/** Replicas 2, 1, 3 led by 1. */
function stop({
  row = {},
  lags = [0, 0, 0],
  silent = [],
  unheard = [],
  listed = [1, 2, 3],
  elr = [],
  min = 2,
  unclean = UNCLEAN_UNTOLD,
  controllerSilent = false,
}: Scene) {
  const replicas = row.replicas ?? [2, 1, 3]
  const reading = readingOfPartitions(
    [{ replicas, leader: 1, ...row }],
    min,
    listed.map((id) => broker(id)),
  )
  reading.lagRecords.set(lags.slice(0, replicas.length))
  replicas.forEach((id, at) => (reading.replicaElr[at] = elr.includes(id) ? 1 : 0))
  reading.uncleanElection[0] = unclean
  const facts =
    unheard.length > 0
      ? factsUnheard([1, 2, 3], unheard)
      : factsOf([1, 2, 3], Object.fromEntries(silent.map((id) => [id, START - 1])))
  return leaderStops(reading, new Presences(facts), 0, min, settings({ version: [4, 1], controllerSilent }))
}

it('there is nothing to ask of a partition without a leader', () => {
  expect(stop({ row: { leader: -1, isr: [] } })).toBeNull()
})

it('nobody is elected while no controller answers, cleanly or not', () => {
  expect(stop({ unclean: UNCLEAN_ON, row: { isr: [1] }, controllerSilent: true })).toEqual({
    nextLeader: -1,
    from: 'no-controller',
    acceptsAcksAll: 'no',
    uncleanElection: false,
    unclean: null,
    fewestLost: null,
  })
  expect(stop({ controllerSilent: true })?.nextLeader).toBe(-1)
})

describe('who leads then, and whether writes go on', () => {
  it.each<[string, Scene, number, 'isr' | 'elr' | 'none' | 'unheard', 'yes' | 'no' | 'unknown']>([
    ['all in the ISR', {}, 2, 'isr', 'yes'],
    ['one out of the ISR', { row: { isr: [1, 2] } }, 2, 'isr', 'no'],
    ['one that does not answer leaves the ISR too', { silent: [3] }, 2, 'isr', 'no'],
    ['min ISR 1 is content with the one that is left', { row: { isr: [1, 2] }, min: 1 }, 2, 'isr', 'yes'],
    ['min ISR not known', { min: -1 }, 2, 'isr', 'unknown'],
    ['a leader from the ELR is alone, too few', { row: { isr: [1] }, elr: [3] }, 3, 'elr', 'no'],
    ['a leader from the ELR is alone, enough', { row: { isr: [1] }, elr: [3], min: 1 }, 3, 'elr', 'yes'],
    ['nobody', { row: { isr: [1] } }, -1, 'none', 'no'],
    ['nobody, min ISR not known', { row: { isr: [1] }, min: -1 }, -1, 'none', 'no'],
    ['the next one is not heard yet', { unheard: [2] }, 2, 'unheard', 'unknown'],
    ['another one is not heard yet', { unheard: [3] }, 2, 'isr', 'unknown'],
    ['one that does not count is not heard yet', { row: { isr: [1, 2] }, unheard: [3], min: 1 }, 2, 'isr', 'yes'],
    ['too few, whoever is heard', { row: { isr: [1, 2] }, unheard: [2] }, 2, 'unheard', 'no'],
  ])('%s', (_what, scene, nextLeader, from, acceptsAcksAll) => {
    expect(stop(scene)).toMatchObject({ nextLeader, from, acceptsAcksAll })
  })
})

describe('a topic that elects uncleanly by itself (findings K6.2)', () => {
  const alone: Scene = { row: { isr: [1] }, lags: [50, 0, 7], unclean: UNCLEAN_ON }
  it.each<[string, Scene, object]>([
    [
      'the first live one leads, alone, and what it lacks is lost',
      alone,
      { nextLeader: 2, from: 'unclean', acceptsAcksAll: 'no', unclean: { broker: 2, lostRecords: 50 } },
    ],
    [
      'and takes writes where one is enough',
      { ...alone, min: 1 },
      { nextLeader: 2, from: 'unclean', acceptsAcksAll: 'yes' },
    ],
    ['min ISR not known', { ...alone, min: -1 }, { from: 'unclean', acceptsAcksAll: 'unknown' }],
    ['a loss that is not known', { ...alone, lags: [NaN, 0, 7] }, { nextLeader: 2, unclean: { lostRecords: NaN } }],
    ['nobody to take', { ...alone, silent: [2, 3] }, { nextLeader: -1, from: 'none', uncleanElection: true }],
    ['one that is not heard yet', { ...alone, unheard: [2] }, { nextLeader: -1, from: 'none', uncleanElection: null }],
    ['a member of the ISR first', { ...alone, row: {} }, { nextLeader: 2, from: 'isr' }],
    ['not allowed', { ...alone, unclean: UNCLEAN_OFF }, { nextLeader: -1, from: 'none', uncleanElection: false }],
    ['not told', { ...alone, unclean: UNCLEAN_UNTOLD }, { nextLeader: -1, from: 'none', uncleanElection: null }],
  ])('%s', (_what, scene, expected) => {
    expect(stop(scene)).toMatchObject(expected)
  })
})

describe('an unclean election', () => {
  it.each<[string, Scene, [number, number] | null, [number, number] | null]>([
    ['takes the first in assignment order, not the longest log', { lags: [48_210, 0, 1204] }, [2, 48_210], [3, 1204]],
    ['and none would lose less', { lags: [10, 0, 1204] }, [2, 10], [2, 10]],
    ['and the second is just as good', { lags: [10, 0, 10] }, [2, 10], [2, 10]],
    ['takes nobody who does not answer', { lags: [5, 0, 7], silent: [2] }, [3, 7], [3, 7]],
    ['takes nobody who is not listed', { lags: [5, 0, 7], listed: [1, 3] }, [3, 7], [3, 7]],
    ['takes nobody whose disk is offline', { lags: [5, 0, 7], row: { offline: [2] } }, [3, 7], [3, 7]],
    ['and its loss is not known, so neither is who would lose less', { lags: [NaN, 0, 7] }, [2, NaN], [2, NaN]],
    ['an unknown loss is not the least', { lags: [5, 0, NaN] }, [2, 5], [2, 5]],
    ['finds nobody', { silent: [2, 3] }, null, null],
    ['finds nobody beside an only replica', { row: { replicas: [1] } }, null, null],
  ])('%s', (_what, scene, unclean, fewest) => {
    const one = (found: [number, number] | null) => found && { broker: found[0], lostRecords: found[1] }
    expect(stop(scene)).toMatchObject({ unclean: one(unclean), fewestLost: one(fewest) })
  })
})
