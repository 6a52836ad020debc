import { describe, expect, it } from 'vitest'
import { Says, listText } from '../../../../../src-main/change/plan/guards/effect'
import { Found } from '../../../../../src-main/change/plan/guards/found'
import { factsNeeded, judge } from '../../../../../src-main/change/plan/guards/index'
import { MAX_EFFECT_ROWS } from '../../../../../src-main/contract/change'
import { changesOf, guardFacts, known, topicFacts, unknown } from '../../../../support/guard-facts'
import type { MadeChanges } from '../../../../support/guard-facts'
import { saidBy, toldEffect } from '../../../../support/told-effect'

describe('all rules together', () => {
  it('sorts by gravity, then by count', () => {
    const plan = guardFacts(
      [
        {
          changes: { 'min.insync.replicas': ['1', '2'], 'unclean.leader.election.enable': ['false', 'true'] },
          partitions: [{ isr: [1] }, { isr: [1, 2] }, { isr: [], leader: -1 }],
        },
        { topic: 'mail', changes: { 'retention.ms': ['2000', '1000'] }, deletable: unknown('no right') },
      ],
      { version: [4, 1] },
    )
    expect(judge(plan).map(({ id }) => id)).toEqual([
      'unclean-enable.leaderless',
      'unclean-enable.may-lose',
      'min-isr-raise.refuses-now',
      'retention-ms.unknown',
      'min-isr-raise.one-loss-away',
      'acks.not-told',
    ])
  })

  it('says each thing once', () => {
    const changes: MadeChanges = {
      'min.insync.replicas': ['2', '1'],
      'cleanup.policy': ['delete', ''],
      'flush.ms': ['1', null],
    }
    const ids = judge(
      guardFacts(
        [
          { topic: 'a', changes },
          { topic: 'b', changes },
        ],
        { reassignments: unknown('x') },
      ),
    ).map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)])
  })

  it('has nothing to say where nothing changes', () => {
    expect(judge(guardFacts([{}], { reassignments: unknown('x') }))).toEqual([])
  })

  it.each<[MadeChanges, string[]]>([
    [{ 'compression.type': ['producer', 'lz4'] }, ['reassignments']],
    [{ 'retention.ms': ['2', '1'] }, ['deletable', 'groups', 'reassignments']],
    [{ 'retention.ms': ['1', '2'] }, ['reassignments']],
    [{ 'retention.ms': [null, '2'] }, ['deletable', 'groups', 'reassignments']],
    [{ 'retention.ms': ['1000', '-1'] }, ['reassignments']],
    [{ 'retention.bytes': ['-1', '5'] }, ['deletable', 'groups', 'reassignments', 'sizes']],
    [{ 'cleanup.policy': ['delete', 'compact'] }, ['reassignments', 'sample']],
    [{ 'cleanup.policy': ['compact', 'delete'] }, ['deletable', 'groups', 'reassignments']],
    [{ 'cleanup.policy': ['compact,delete', 'delete'] }, ['reassignments']],
    [{ 'max.message.bytes': ['2', '1'] }, ['reassignments', 'sample']],
    [{ 'segment.bytes': ['2', '1'] }, ['reassignments', 'sizes']],
    [{ preallocate: ['false', 'TRUE'] }, ['disks', 'reassignments']],
    [{ preallocate: ['true', 'false'] }, ['reassignments']],
    [
      { 'leader.replication.throttled.replicas': ['', '*'] },
      ['produceRate', 'reassignments', 'sizes', 'throttleRates'],
    ],
    [{ 'leader.replication.throttled.replicas': ['*', ''] }, ['reassignments']],
    [{}, []],
  ])('%j needs %j', (changes, expected) => {
    expect([...factsNeeded(changesOf(changes))].sort()).toEqual(expected)
  })
})

describe('what an effect is made of', () => {
  it('counts every row and keeps the worst', () => {
    const found = new Found()
    for (let partition = 0; partition < 5000; partition++)
      found.add('t', partition, partition % 2 === 0 ? partition : NaN)
    const rows = found.rows()
    expect([found.partitionCount, found.topicCount, rows.length, rows[0]!.note, rows[1]!.note]).toEqual([
      5000,
      1,
      MAX_EFFECT_ROWS,
      4998,
      4996,
    ])
    expect(rows.some(({ note }) => Number.isNaN(note))).toBe(false)
  })

  it('takes the low ones first where those are worse, and a topic once', () => {
    const found = new Found('low')
    for (const note of [3, 1, 2]) found.add('t', note, note)
    found.addTopic(topicFacts({ topic: 'u', partitions: [{}, {}] }))
    found.addTopic(topicFacts({ topic: 'u', partitions: [{}, {}] }))
    expect([found.rows().map(({ note }) => note), found.partitionCount, found.topicCount]).toEqual([
      [1, 2, 3, NaN],
      5,
      2,
    ])
  })

  it('keeps the age of the oldest fact and at most three reasons', () => {
    const topic = topicFacts({})
    const says = new Says('retention-ms', [topic]).asOf(50)
    expect([says.known(topic, known('a', 20)), says.known(topic, known('b', 30))]).toEqual(['a', 'b'])
    for (const reason of ['1', '2', '3', '4', '5', '5']) says.missing(topic, saidBy(reason))
    expect(says.effects().map(toldEffect)).toMatchObject([
      { id: 'retention-ms.unknown', level: 'unknown', readAt: 20, reason: '1; 2; 3; and 2 more', topicCount: 1 },
    ])
  })

  it('shortens lists', () => {
    expect([listText([3, 1, 10, 1]), listText(['b', 'a']), listText([1, 2, 3], 2), listText([2, 1], 2)]).toEqual([
      '1, 3, 10',
      'a, b',
      '1, 2 …',
      '1, 2',
    ])
  })
})
