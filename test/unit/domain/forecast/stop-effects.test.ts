import { describe, expect, it } from 'vitest'
import { afterFencing, stopEffects } from '../../../support/stop-effects'
import { UNCLEAN_OFF, UNCLEAN_ON, UNCLEAN_UNTOLD } from '../../../../src-main/domain/topology/reading'
import { LATE_AFTER_MS, isLate } from '../../../../src-main/domain/lag/lateness'
import { START, factsOf, makeLate, readingOfPartitions, replicaIn, settings } from '../../../support/columns'
import type { PartitionRow } from '../../../support/columns'

const RF3 = [1, 2, 3]
const all = factsOf(RF3)

const effects = (rows: PartitionRow[], min = 2, facts = all) => {
  const found = stopEffects(readingOfPartitions(rows, min), settings(), facts)
  return RF3.map((id) => [found.get(id)?.refuses, found.get(id)?.offline])
}

describe('stopping a broker', () => {
  it.each<[string, PartitionRow[], number, number[][]]>([
    [
      'nothing refuses while one can be spared',
      [{ replicas: RF3 }],
      2,
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'at min ISR each member counts',
      [{ replicas: RF3, isr: [1, 2] }],
      2,
      [
        [1, 0],
        [1, 0],
        [0, 0],
      ],
    ],
    [
      'RF = min ISR: each replica',
      [{ replicas: RF3 }],
      3,
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    ],
    [
      'already refusing: nothing new',
      [{ replicas: RF3, isr: [1] }],
      2,
      [
        [0, 1],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'already refusing with two left: nothing new either',
      [{ replicas: RF3, isr: [1, 2] }],
      3,
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'the only copy: offline, not counted twice',
      [{ replicas: [3] }],
      1,
      [
        [0, 0],
        [0, 0],
        [0, 1],
      ],
    ],
    [
      'leader alone in the ISR, min 1',
      [{ replicas: RF3, isr: [1] }],
      1,
      [
        [0, 1],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'an offline partition takes no writes now',
      [{ replicas: RF3, leader: -1, isr: [], error: 5 }],
      2,
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'sums over partitions',
      [{ replicas: [1, 2] }, { replicas: [2, 3] }, { replicas: [2] }],
      2,
      [
        [1, 0],
        [2, 1],
        [1, 0],
      ],
    ],
  ])('%s', (_, rows, min, expected) => {
    expect(effects(rows, min)).toEqual(expected)
  })

  it('an ELR member keeps the partition online', () => {
    const reading = readingOfPartitions([{ replicas: RF3, isr: [1] }])
    reading.replicaElr[2] = 1
    expect(stopEffects(reading, settings(), all).get(1)?.offline).toBe(0)
  })

  it('a silent copy does not count as one that could lead, and a silent leader takes no writes now', () => {
    expect(effects([{ replicas: [1, 2] }], 1, factsOf(RF3, { 2: 0 }))).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
    ])
    expect(effects([{ replicas: [1, 2] }], 2, factsOf(RF3, { 1: 0 }))).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ])
  })

  it('a silent member of the ISR is not one that can be spared for another', () => {
    // Broker 3 is frozen and not fenced yet: stopping 1 or 2 as well leaves one copy; stopping 3 itself costs nothing.
    expect(effects([{ replicas: RF3 }], 2, factsOf(RF3, { 3: 0 }))).toEqual([
      [1, 0],
      [1, 0],
      [0, 0],
    ])
    // With RF = 2 the row refuses once 3 is fenced, whoever else is stopped; that is the silent broker's doing.
    expect(effects([{ replicas: [1, 3] }], 2, factsOf(RF3, { 3: 0 }))).toEqual([
      [0, 1],
      [0, 0],
      [1, 0],
    ])
  })

  it.each<[string, PartitionRow, number, number[], number[][]]>([
    [
      'a late member may lead without loss, and counts for acks=all',
      { replicas: RF3 },
      2,
      [3],
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'at min ISR its own stop costs what that of another member does',
      { replicas: RF3, isr: [1, 2] },
      2,
      [2],
      [
        [1, 0],
        [1, 0],
        [0, 0],
      ],
    ],
    [
      'the only one beside the leader still leads after it',
      { replicas: [1, 2] },
      1,
      [2],
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'all followers are late: as if none were',
      { replicas: RF3 },
      3,
      [2, 3],
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    ],
    [
      'one that has left the ISR by now counts no more, however little it is behind',
      { replicas: RF3, isr: [1, 2] },
      2,
      [3],
      [
        [1, 0],
        [1, 0],
        [0, 0],
      ],
    ],
  ])('goes by membership of the ISR, as the controller and the leader do: %s', (_, row, min, late, expected) => {
    const reading = readingOfPartitions([row], min)
    // Twice the eviction window behind, and not caught up since.
    for (const id of late) makeLate(reading, replicaIn(reading, 0, id), START - 60_000, START, 5000)
    expect(late.every((id) => isLate(reading, replicaIn(reading, 0, id), LATE_AFTER_MS))).toBe(true)
    const found = stopEffects(reading, settings(), all)
    expect(RF3.map((id) => [found.get(id)?.refuses, found.get(id)?.offline])).toEqual(expected)
    expect(RF3.map((id) => found.get(id)?.loses)).toEqual([0, 0, 0])
  })

  it('says where the min ISR is not known', () => {
    const found = stopEffects(readingOfPartitions([{ replicas: RF3 }], -1), settings(), all)
    expect(found.get(2)).toEqual({ refuses: 0, offline: 0, loses: 0, unknown: 1, halts: [] })
  })
})

describe('stopping a broker whose topic elects uncleanly (findings K6.2)', () => {
  it.each<[string, number, readonly [number, number] | null, PartitionRow, { offline: number; loses: number }]>([
    [
      'loses records instead of going offline',
      UNCLEAN_ON,
      [3, 9],
      { replicas: RF3, isr: [1] },
      { offline: 0, loses: 1 },
    ],
    ['where nobody is left it is offline', UNCLEAN_ON, [4, 1], { replicas: [1] }, { offline: 1, loses: 0 }],
    [
      'where the others are off the disk too',
      UNCLEAN_ON,
      [4, 1],
      { replicas: [1, 2], isr: [1], offline: [2] },
      { offline: 1, loses: 0 },
    ],
    ['not allowed: offline', UNCLEAN_OFF, [4, 1], { replicas: RF3, isr: [1] }, { offline: 1, loses: 0 }],
    ['not told: no leader, or lost', UNCLEAN_UNTOLD, [4, 1], { replicas: RF3, isr: [1] }, { offline: 1, loses: 0 }],
    [
      'KRaft up to 3.8 does not read it, ZooKeeper does',
      UNCLEAN_ON,
      [3, 8],
      { replicas: RF3, isr: [1] },
      { offline: 1, loses: 0 },
    ],
    [
      'a member of the ISR is elected first',
      UNCLEAN_ON,
      [4, 1],
      { replicas: RF3, isr: [1, 3] },
      { offline: 0, loses: 0 },
    ],
  ])('%s', (_, unclean, version, row, expected) => {
    const reading = readingOfPartitions([row], 1)
    reading.uncleanElection[0] = unclean
    expect(stopEffects(reading, settings({ version }), all).get(1)).toMatchObject(expected)
  })
})

describe('after fencing a broker', () => {
  it('counts what refuses then and not what refuses already (findings K10.4)', () => {
    const rows: PartitionRow[] = [
      { replicas: RF3, isr: [1, 2] },
      { replicas: RF3, isr: [1, 2] },
    ]
    expect(afterFencing(readingOfPartitions(rows, 2), settings(), 2)).toMatchObject({ refuses: 2 })
    expect(afterFencing(readingOfPartitions(rows, 3), settings(), 2)).toMatchObject({ refuses: 0, offline: 0 })
  })

  it('counts what it leads, and what then refuses or is offline', () => {
    const rows: PartitionRow[] = [
      { replicas: RF3 },
      { replicas: [1, 2] },
      { replicas: [1] },
      { replicas: [2, 3] },
      { replicas: [3, 1], isr: [3] },
    ]
    expect(afterFencing(readingOfPartitions(rows), settings(), 1)).toEqual({ leads: 3, refuses: 1, offline: 1 })
    expect(afterFencing(readingOfPartitions(rows), settings(), 9)).toEqual({ leads: 0, refuses: 0, offline: 0 })
  })

  it('counts other silent brokers out of the ISR: they are fenced with it', () => {
    const facts = factsOf(RF3, { 2: 0, 3: 0 })
    for (const id of [2, 3])
      expect(afterFencing(readingOfPartitions([{ replicas: RF3 }]), settings(), id, facts)).toMatchObject({
        refuses: 1,
        offline: 0,
      })
  })

  it('counts other silent brokers out as leaders', () => {
    const reading = readingOfPartitions([{ replicas: [1, 2] }], 1)
    expect(afterFencing(reading, settings(), 1, factsOf(RF3, { 1: 0, 2: 0 })).offline).toBe(1)
  })
})
