import { describe, expect, it } from 'vitest'
import { WHAT_IF_NAMED, WHAT_IF_TOPICS } from '../../../../src-main/contract/what-if'
import type { WhatIf } from '../../../../src-main/contract/what-if'
import { Presences } from '../../../../src-main/domain/state/presences'
import { UNCLEAN_OFF, UNCLEAN_ON } from '../../../../src-main/domain/topology/reading'
import { HEALTHY, UNKNOWN } from '../../../../src-main/shared/states'
import { factsOf, factsUnheard, readingOf, readingOfPartitions } from '../../../support/columns'
import type { PartitionRow } from '../../../support/columns'
import { whatIf } from '../../../support/what-if'

const RF3 = [1, 2, 3]
const presences = (silent: readonly number[]): Presences =>
  new Presences(factsOf(RF3, Object.fromEntries(silent.map((id) => [id, 0]))))

/** `2 offline, 1 refuses`; '' = nothing. */
const said = (answer: WhatIf): string =>
  (['loses', 'offline', 'refuses', 'oneLossAway'] as const)
    .filter((what) => answer[what].atLeast > 0)
    .map((what) => `${answer[what].atLeast} ${what}`)
    .join(', ')

interface Case {
  readonly row: PartitionRow
  readonly stop: readonly number[]
  readonly min?: number
  readonly silent?: readonly number[]
  readonly elr?: readonly number[]
  readonly unclean?: boolean
}

describe('what a stop does to one partition', () => {
  it.each<[string, Case, string, number]>([
    ['one of three can be spared, and nobody more', { row: { replicas: RF3 }, stop: [3] }, '1 oneLossAway', -1],
    ['the leader of it moves', { row: { replicas: RF3 }, stop: [1] }, '1 oneLossAway', 2],
    ['two of three: it refuses', { row: { replicas: RF3 }, stop: [2, 3] }, '1 refuses', -1],
    ['two of three, the leader among them', { row: { replicas: RF3 }, stop: [1, 2] }, '1 refuses', 3],
    ['all three', { row: { replicas: RF3 }, stop: RF3 }, '1 offline', -1],
    ['min ISR 1: the last one is enough', { row: { replicas: RF3 }, stop: [1, 2], min: 1 }, '1 oneLossAway', 3],
    ['both copies of a rack', { row: { replicas: [2, 3] }, stop: [2, 3] }, '1 offline', -1],
    ['the only copy', { row: { replicas: [2] }, stop: [2], min: 1 }, '1 offline', -1],
    ['somebody who holds no copy', { row: { replicas: [1, 2] }, stop: [3] }, '', -1],
    ['one that is out of the ISR', { row: { replicas: RF3, isr: [1, 2] }, stop: [3] }, '', -1],
    ['one replica is missing already', { row: { replicas: RF3, isr: [1, 2] }, stop: [2] }, '1 refuses', -1],
    ['it refuses already', { row: { replicas: RF3, isr: [1, 2] }, stop: [2], min: 3 }, '', -1],
    ['the leader alone in its ISR', { row: { replicas: RF3, isr: [1] }, stop: [1] }, '1 offline', -1],
    ['a member of the ELR leads', { row: { replicas: RF3, isr: [1] }, stop: [1], elr: [3] }, '', 3],
    [
      'who leads from the ELR is alone, which is enough for a min ISR of 1',
      { row: { replicas: RF3, isr: [1] }, stop: [1], elr: [3], min: 1 },
      '1 oneLossAway',
      3,
    ],
    ['the ELR stops with it', { row: { replicas: RF3, isr: [1] }, stop: [1, 3], elr: [3] }, '1 offline', -1],
    ['an unclean election', { row: { replicas: RF3, isr: [1] }, stop: [1], unclean: true }, '1 loses', 2],
    ['of whom is left', { row: { replicas: RF3, isr: [1] }, stop: [1, 2], unclean: true }, '1 loses', 3],
    ['nobody is left to take', { row: { replicas: RF3, isr: [1] }, stop: RF3, unclean: true }, '1 offline', -1],
    ['a replica off its disk cannot lead', { row: { replicas: [1, 2], offline: [2] }, stop: [1] }, '1 offline', -1],
    ['a silent copy cannot lead', { row: { replicas: [1, 2] }, stop: [1], min: 1, silent: [2] }, '1 offline', -1],
    ['a silent one is gone already', { row: { replicas: RF3 }, stop: [2], silent: [3] }, '1 refuses', -1],
    [
      'that it refuses is the doing of a silent one',
      { row: { replicas: RF3 }, stop: [2], min: 3, silent: [3] },
      '',
      -1,
    ],
    ['the stop of a silent one is its fencing', { row: { replicas: [1, 3] }, stop: [3], silent: [3] }, '1 refuses', -1],
    ['of a silent one and another', { row: { replicas: RF3 }, stop: [2, 3], silent: [3] }, '1 refuses', -1],
    ['what is offline now', { row: { replicas: RF3, leader: -1, isr: [], error: 5 }, stop: [1] }, '', -1],
  ])('%s', (_, { row, stop, min = 2, silent = [], elr = [], unclean = false }, expected, leads) => {
    const reading = readingOfPartitions([row], min)
    for (const id of elr) reading.replicaElr[row.replicas.indexOf(id)] = 1
    reading.uncleanElection[0] = unclean ? UNCLEAN_ON : UNCLEAN_OFF
    const answer = whatIf(reading, stop, { presences: presences(silent) })
    expect(said(answer)).toBe(expected)
    expect(answer.moves).toEqual(leads < 0 ? [] : [{ from: row.leader ?? row.replicas[0], to: leads, partitions: 1 }])
    expect(Object.values(answer.unknown)).toEqual([0, 0, 0, 0, 0])
  })
})

describe('what is not known stays unknown', () => {
  const RF1_ON_2 = { replicas: [2] }
  it.each<[string, () => WhatIf, Partial<WhatIf['unknown']>, Partial<Record<'offline' | 'refuses', boolean>>]>([
    [
      'min ISR not read: the refusals are not complete, what goes offline is',
      () => whatIf(readingOfPartitions([{ replicas: RF3 }], -1), [2]),
      { minIsr: 1 },
      { refuses: false, offline: true },
    ],
    [
      'a partition that is not judged',
      () => whatIf(readingOfPartitions([RF1_ON_2, { replicas: [1] }]), [2], { state: Uint8Array.of(UNKNOWN, HEALTHY) }),
      { unjudged: 1 },
      { refuses: false, offline: false },
    ],
    [
      'one that is not judged and is not on a broker that stops says nothing of it',
      () => whatIf(readingOfPartitions([RF1_ON_2, { replicas: [1] }]), [2], { state: Uint8Array.of(HEALTHY, UNKNOWN) }),
      {},
      { refuses: true, offline: true },
    ],
    [
      'its leader is silent: what follows begins with its fencing',
      () => whatIf(readingOfPartitions([{ replicas: [1, 2] }]), [2], { presences: presences([1]) }),
      { silentLeader: 1 },
      { refuses: false, offline: false },
    ],
    [
      'who would stay has not been heard yet',
      () =>
        whatIf(readingOfPartitions([{ replicas: [1, 2] }]), [1], { presences: new Presences(factsUnheard(RF3, [2])) }),
      { unheard: 1 },
      { refuses: false, offline: false },
    ],
    [
      'whether the topic elects uncleanly is not told',
      () => whatIf(readingOfPartitions([{ replicas: RF3, isr: [1] }]), [1]),
      { unclean: 1 },
      { refuses: true, offline: true },
    ],
    ['with nobody to take it does not matter', () => whatIf(readingOfPartitions([RF1_ON_2]), [2]), {}, {}],
  ])('%s', (_, ask, unknown, complete) => {
    const answer = ask()
    expect(answer.unknown).toEqual({ unjudged: 0, silentLeader: 0, minIsr: 0, unheard: 0, unclean: 0, ...unknown })
    for (const [what, is] of Object.entries(complete))
      expect(answer[what === 'offline' ? 'offline' : 'refuses'].complete).toBe(is)
  })

  it('without a topic nothing is known of any broker, unless it is proven that there is none', () => {
    const none = readingOf([])
    expect(whatIf(none, [1], { reach: 'unknown' }).offline).toEqual({ atLeast: 0, complete: false })
    expect(whatIf(none, [1], { reach: 'all' }).offline).toEqual({ atLeast: 0, complete: true })
  })

  it('the controllers and the reassignments, where they are not told', () => {
    const reading = readingOfPartitions([{ replicas: RF3 }])
    const answer = whatIf(reading, [1], { voters: null, reassignmentsTold: false })
    expect([answer.quorum.effect, answer.reassigning]).toEqual(['unknown', null])
    reading.reassigning[0] = 1
    expect(whatIf(reading, [1]).reassigning).toBe(1)
  })

  it('the only copy is lost by design, whatever its min ISR is', () => {
    expect(whatIf(readingOfPartitions([RF1_ON_2], -1), [2])).toMatchObject({ offline: { atLeast: 1 }, byDesign: 1 })
  })

  it('a broker that nobody names changes nothing', () => {
    expect(said(whatIf(readingOfPartitions([{ replicas: RF3 }]), [77]))).toBe('')
  })
})

describe('by topic', () => {
  const cluster = () =>
    readingOf([
      { name: 'a.well', partitions: [{ replicas: [1] }] },
      { name: 'b.moves', partitions: [{ replicas: [2, 1, 3] }, { replicas: [1, 2, 3] }] },
      { name: 'c.refuses', partitions: [{ replicas: [1, 2] }, { number: 7, replicas: [2, 1] }] },
      { name: 'd.offline', partitions: [{ replicas: [2] }, { replicas: [1] }] },
      { name: '__consumer_offsets', internal: true, partitions: [{ replicas: [2, 3] }, { replicas: [1, 3] }] },
    ])

  it('names topics, the gravest first, with their partitions and where their leaders go', () => {
    const answer = whatIf(cluster(), [2])
    expect(answer.topics.map(({ topic }) => topic)).toEqual(['d.offline', 'c.refuses', '__consumer_offsets', 'b.moves'])
    expect(answer.topicCount).toBe(4)
    expect(answer.topics[0]).toMatchObject({ partitions: 2, offline: 1, byDesign: 1, named: { offline: [0] } })
    expect(answer.topics[1]).toMatchObject({ refuses: 2, byDesign: 2, moves: 1, named: { refuses: [0, 7] } })
    expect(answer.topics[1]?.moved).toEqual([{ partition: 7, from: 2, to: 1 }])
    expect(answer.topics[3]).toMatchObject({ oneLossAway: 2, moves: 1, byDesign: 0 })
  })

  it('counts leaders now and then, and who takes them', () => {
    const answer = whatIf(cluster(), [2])
    expect(answer.moves).toEqual([
      { from: 2, to: 1, partitions: 2 },
      { from: 2, to: 3, partitions: 1 },
    ])
    expect(answer.leaders).toEqual([
      { broker: 1, now: 5, then: 7 },
      { broker: 2, now: 4, then: 0 },
      { broker: 3, now: 0, then: 1 },
    ])
  })

  it("names Kafka's own topics and what goes on by them", () => {
    expect(whatIf(cluster(), [2]).coordinators).toEqual([
      { what: 'groups', partitions: 2, loses: 0, offline: 0, refuses: 1, moves: 1, unknown: 0 },
    ])
    expect(whatIf(cluster(), [1, 2]).coordinators[0]).toMatchObject({ refuses: 2, moves: 2 })
  })

  it('tells so many by name and all by number', () => {
    const many = Array.from({ length: WHAT_IF_TOPICS + 20 }, (_, at) => ({
      name: `t${String(at).padStart(4, '0')}`,
      partitions: [{ replicas: [2] }, { replicas: [2] }],
    }))
    const answer = whatIf(readingOf(many), [2])
    expect(answer.offline.atLeast).toBe(2 * many.length)
    expect([answer.topicCount, answer.topics.length]).toEqual([many.length, WHAT_IF_TOPICS])
    expect(answer.topics.flatMap(({ named }) => named.offline)).toHaveLength(WHAT_IF_NAMED)
    expect(answer.topics.reduce((sum, { offline }) => sum + offline, 0)).toBe(2 * WHAT_IF_TOPICS)
  })
})
