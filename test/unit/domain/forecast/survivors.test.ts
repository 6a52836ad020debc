import { describe, expect, it } from 'vitest'
import { survivorsOf } from '../../../../src-main/domain/forecast/survivors'
import { Presences } from '../../../../src-main/domain/state/presences'
import type { PartitionRow } from '../../../support/columns'
import { START, broker, factsOf, readingOfPartitions } from '../../../support/columns'

interface Scene {
  readonly row?: Partial<PartitionRow>
  readonly logEnds: readonly number[]
  readonly silent?: readonly number[]
  /** Of the silent ones, those that the controllers hear. */
  readonly heard?: readonly number[]
  /** Brokers Metadata lists. */
  readonly listed?: readonly number[]
  readonly elr?: readonly number[]
}

function look({ row = {}, logEnds, silent = [], heard = [], listed = [1, 2, 3], elr = [] }: Scene) {
  const replicas = [1, 2, 3]
  const reading = readingOfPartitions(
    [{ replicas, isr: [], leader: -1, ...row }],
    2,
    listed.map((id) => broker(id)),
  )
  reading.logEndOffset.set(logEnds)
  reading.readAt.fill(START)
  replicas.forEach((id, at) => (reading.replicaElr[at] = elr.includes(id) ? 1 : 0))
  const facts = factsOf(replicas, Object.fromEntries(silent.map((id) => [id, START - 5000])))
  for (const id of heard) facts.set(id, { ...facts.get(id)!, heardAt: START - 500 })
  return survivorsOf(reading, new Presences(facts, START), 0)
}

it('a partition with a leader has no survivors to speak of', () => {
  expect(look({ row: { leader: 1 }, logEnds: [5, 5, 5] })).toBeNull()
})

it.each<[string, readonly number[], number]>([
  ['one that will be fenced is not taken', [], 3],
  ['one that is silent to us alone may be', [2], 2],
])('of two that do not answer us: %s', (_, heard, taken) => {
  expect(look({ logEnds: [140, 100, 120], silent: [1, 2], heard, listed: [2, 3] })?.uncleanLeader).toBe(taken)
})

describe('the leader is dead, two followers are left', () => {
  const found = look({ logEnds: [140, 100, 120], silent: [1], listed: [2, 3], elr: [1] })

  it('Kafka would take the first live one, not the longest', () => {
    expect(found).toMatchObject({ uncleanLeader: 2, longest: 1, bestLogEndOffset: 140, lostRecords: 40 })
  })

  it('each has its own loss', () => {
    expect(found?.replicas.map((one) => [one.broker, one.eligible, one.lostRecords])).toEqual([
      [1, false, 0],
      [2, true, 40],
      [3, true, 20],
    ])
  })

  it('the dead one may have taken in more', () => {
    expect(found).toMatchObject({ lostAtLeast: true, awaited: 1 })
  })
})

describe('who may be chosen', () => {
  it.each<[string, Scene, number]>([
    ['the first in assignment order', { logEnds: [10, 20, 30] }, 1],
    ['not one that is silent, though it is still listed', { logEnds: [10, 20, 30], silent: [1] }, 2],
    ['not one that is not listed', { logEnds: [10, 20, 30], listed: [2, 3] }, 2],
    ['not one whose disk is offline', { row: { offline: [1, 2] }, logEnds: [10, 20, 30] }, 3],
    ['nobody', { logEnds: [10, 20, 30], silent: [1, 2, 3] }, -1],
  ])('%s', (_what, scene, expected) => {
    expect(look(scene)?.uncleanLeader).toBe(expected)
  })
})

describe('what is not known', () => {
  it('the loss of one whose LEO was never read', () => {
    const found = look({ logEnds: [Number.NaN, 100, 120], silent: [3] })
    expect(found).toMatchObject({ uncleanLeader: 1, lostRecords: Number.NaN, longest: 3, lostAtLeast: true })
    expect(found?.replicas.map((one) => one.lostRecords)).toEqual([Number.NaN, 20, 0])
  })

  it('everything where nothing was ever read', () => {
    expect(look({ logEnds: [Number.NaN, Number.NaN, Number.NaN] })).toMatchObject({
      longest: -1,
      bestLogEndOffset: Number.NaN,
      lostRecords: Number.NaN,
      awaited: -1,
    })
  })

  it('which of two equally long logs is the longest: the first', () => {
    expect(look({ logEnds: [10, 30, 30] })?.longest).toBe(2)
  })

  it('the loss where nobody can be elected', () => {
    expect(look({ logEnds: [10, 20, 30], silent: [1, 2, 3] })?.lostRecords).toBeNaN()
  })
})

describe('whose return helps', () => {
  it.each<[string, Scene, number]>([
    ['the last member of the ISR', { row: { isr: [3] }, logEnds: [10, 10, 10], silent: [3] }, 3],
    ['a member of the ELR', { logEnds: [10, 10, 10], elr: [2] }, 2],
    ['else the silent one with the longest log', { logEnds: [10, 30, 20], silent: [2] }, 2],
    ['not known where the longest log answers', { logEnds: [10, 30, 20], silent: [1] }, -1],
  ])('%s', (_what, scene, expected) => {
    expect(look(scene)?.awaited).toBe(expected)
  })

  it('nothing is a lower bound when all answer and are read', () => {
    expect(look({ logEnds: [10, 30, 20] })).toMatchObject({ lostAtLeast: false, lostRecords: 20 })
  })
})
