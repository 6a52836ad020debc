import { describe, expect, it } from 'vitest'
import { awaitedBroker, awaitedBrokers, bringsBack, nextLeader } from '../../../../src-main/domain/forecast/election'
import { noteElr } from '../../../../src-main/domain/answers/elr'
import { Presences } from '../../../../src-main/domain/state/presences'
import { factsOf, readingOfPartitions } from '../../../support/columns'
import type { PartitionRow } from '../../../support/columns'

const RF3 = [2, 1, 3]
const CASES: [string, PartitionRow, number[], number[], { broker: number; from: string }][] = [
  ['the first in assignment order', { replicas: RF3 }, [], [], { broker: 1, from: 'isr' }],
  ['not the leader itself, preferred or not', { replicas: RF3, leader: 1 }, [], [], { broker: 2, from: 'isr' }],
  ['only members of the ISR', { replicas: RF3, isr: [2, 3] }, [], [], { broker: 3, from: 'isr' }],
  ['nobody marked offline', { replicas: RF3, offline: [1] }, [], [], { broker: 3, from: 'isr' }],
  ['nobody who does not answer', { replicas: RF3 }, [1], [], { broker: 3, from: 'isr' }],
  ['an ELR member only when no ISR member is left', { replicas: RF3, isr: [2] }, [], [3], { broker: 3, from: 'elr' }],
  [
    'an ISR member before an ELR member that comes earlier',
    { replicas: RF3, isr: [2, 3] },
    [],
    [1],
    { broker: 3, from: 'isr' },
  ],
  ['the first ELR member in assignment order', { replicas: RF3, isr: [2] }, [], [3, 1], { broker: 1, from: 'elr' }],
  ['nobody out of both', { replicas: RF3, isr: [2] }, [], [], { broker: -1, from: 'none' }],
  ['nobody with RF 1', { replicas: [1] }, [], [], { broker: -1, from: 'none' }],
]

describe('who would be elected', () => {
  it.each(CASES)('%s', (_, row, silent, elr, expected) => {
    const reading = readingOfPartitions([row])
    for (const id of elr) reading.replicaElr[row.replicas.indexOf(id)] = 1
    expect(
      nextLeader(reading, 0, new Presences(factsOf([1, 2, 3], Object.fromEntries(silent.map((id) => [id, 0]))))),
    ).toEqual(expected)
  })

  it('who is silent to us alone may lead: the controllers hear it', () => {
    const facts = factsOf([1, 2, 3], { 2: 0 })
    facts.set(2, { ...facts.get(2)!, heardAt: 5000 })
    const reading = readingOfPartitions([{ replicas: [1, 2, 3] }])
    expect(nextLeader(reading, 0, new Presences(facts, 6000))).toEqual({ broker: 2, from: 'isr' })
    for (const now of [11_000, NaN]) expect(nextLeader(reading, 0, new Presences(facts, now)).broker).toBe(3)
  })

  it('leaves out brokers assumed gone', () => {
    expect(
      nextLeader(readingOfPartitions([{ replicas: RF3 }]), 0, new Presences(factsOf([])), new Set([1])).broker,
    ).toBe(3)
  })

  it.each<[string, PartitionRow, number[], number]>([
    ['the only replica', { replicas: [3], isr: [], leader: -1 }, [], 3],
    ['nobody of two of which none is left in the ISR', { replicas: [2, 3], isr: [], leader: -1 }, [], -1],
    ['the last member of the ISR before the ELR', { replicas: RF3, isr: [3], leader: -1 }, [1], 3],
    ['the first of the ELR', { replicas: RF3, isr: [], leader: -1 }, [3, 1], 1],
  ])('an offline partition waits for %s', (_, row, elr, expected) => {
    const reading = readingOfPartitions([row])
    for (const id of elr) reading.replicaElr[row.replicas.indexOf(id)] = 1
    expect(awaitedBroker(reading, 0)).toBe(expected)
  })

  it('an offline partition waits for its last known leader first: who was killed is no longer in the ELR when it is back', () => {
    const reading = readingOfPartitions([{ replicas: RF3, isr: [], leader: -1 }])
    reading.replicaElr[0] = reading.replicaElr[1] = 1
    noteElr(reading, [0], [{ topic: 't', partition: 0, elr: [2, 1], lastKnownElr: [1] }])
    expect(awaitedBroker(reading, 0)).toBe(1)
    noteElr(reading, [0], [{ topic: 't', partition: 0, elr: [], lastKnownElr: [3] }])
    expect(awaitedBroker(reading, 0)).toBe(3)
    noteElr(reading, [0], [])
    expect(awaitedBroker(reading, 0)).toBe(-1)
  })

  it.each<[string, PartitionRow, number[], number[], number[]]>([
    ['the last known leader, whoever else is told', { replicas: RF3, isr: [3] }, [1], [2], [2]],
    ['the only replica', { replicas: [3], isr: [] }, [], [], [3]],
    ['members of the ISR before those of the ELR', { replicas: RF3, isr: [3] }, [2, 1], [], [3, 2, 1]],
    ['members of the ELR, in assignment order', { replicas: RF3, isr: [] }, [3, 1], [], [1, 3]],
    ['one that is in both, once', { replicas: RF3, isr: [1] }, [1], [], [1]],
    ['nobody known', { replicas: RF3, isr: [] }, [], [], []],
    ['nobody at all', { replicas: [] }, [], [], []],
  ])('everybody that a partition may wait for, and the same first: %s', (_, row, elr, lastKnown, expected) => {
    const reading = readingOfPartitions([{ ...row, leader: -1 }])
    for (const id of elr) reading.replicaElr[row.replicas.indexOf(id)] = 1
    reading.lastKnownLeader[0] = lastKnown[0] ?? -1
    const { replicas, isr = replicas } = row
    expect(awaitedBrokers({ replicas, inSync: isr, elr, lastKnown })).toEqual(expected)
    expect(awaitedBroker(reading, 0)).toBe(expected[0] ?? -1)
  })

  it.each<[string, number[], number, boolean]>([
    ['whoever is awaited before 4.x', [], 2, true],
    ['the last leader, taken off the ELR as it was killed', [], 1, true],
    ['the last leader, alone in the ELR', [1], 1, true],
    ['the last leader, while the ELR has another one', [1, 3], 1, false],
    ['the last leader, while another one alone is in the ELR', [3], 1, false],
  ])('brings it back: %s', (_, elr, broker, expected) => {
    const reading = readingOfPartitions([{ replicas: RF3, isr: [], leader: -1 }])
    for (const id of elr) reading.replicaElr[RF3.indexOf(id)] = 1
    expect(bringsBack(reading, 0, broker)).toBe(expected)
  })

  it('a partition without replicas waits for nobody', () => {
    expect(awaitedBroker(readingOfPartitions([{ replicas: [], leader: -1 }]), 0)).toBe(-1)
  })
})
