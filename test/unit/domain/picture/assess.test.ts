import { describe, expect, it } from 'vitest'
import { severity } from '../../../../src-main/shared/severity'
import {
  AT_MIN_ISR,
  HEALTHY,
  MARK_AT_MIN_BY_DESIGN,
  MARK_ELR,
  MARK_HW_UNKNOWN,
  MARK_DISPUTED,
  MARK_LEADER_SILENT,
  MARK_NOT_PREFERRED,
  MARK_REASSIGNING,
  STATE_NAMES,
  UNKNOWN,
  UNKNOWN_TOLERANCE,
} from '../../../../src-main/shared/states'
import { minInSyncReplicasOf } from '../../../../src-main/domain/state/min-isr'
import type { BrokerFacts, WritableReading } from '../../../../src-main/domain/topology/reading'
import {
  START,
  broker,
  factsOf,
  factsUnheard,
  judge,
  makeLate,
  readingOf,
  readingOfPartitions,
  settings,
} from '../../../support/columns'
import type { Judgement, PartitionRow } from '../../../support/columns'

interface Case {
  readonly row: PartitionRow
  readonly min?: number
  readonly how?: Judgement
  readonly state: (typeof STATE_NAMES)[number]
  readonly tolerance: number
  readonly marks?: number
}

const RF3 = [1, 2, 3]
const before37 = { settings: settings({ version: [3, 6] }) }
const noVersion = { settings: settings({ version: null }) }

/** A broker that does not answer by a fault of our own side. */
function unseen(id: number): ReadonlyMap<number, BrokerFacts> {
  const facts = factsOf(RF3, { [id]: START })
  return facts.set(id, { ...facts.get(id)!, silence: 'tls' })
}

const CASES: Record<string, Case> = {
  'all in step': { row: { replicas: RF3 }, state: 'healthy', tolerance: 1 },
  'one of three out, min 1': { row: { replicas: RF3, isr: [1, 2] }, min: 1, state: 'under-replicated', tolerance: 1 },
  'one of three out, min 2': { row: { replicas: RF3, isr: [1, 2] }, state: 'at-min-isr', tolerance: 0 },
  'two of three out, min 2': { row: { replicas: RF3, isr: [1] }, state: 'under-min-isr', tolerance: -1 },
  'no leader': { row: { replicas: RF3, leader: -1, isr: [], error: 5 }, state: 'offline', tolerance: -2 },
  'no leader, but an ISR member is named (before 4.x)': {
    row: { replicas: RF3, leader: -1, isr: [1], error: 5 },
    state: 'offline',
    tolerance: -1,
  },
  'RF 1': { row: { replicas: [1] }, min: 1, state: 'healthy', tolerance: 0, marks: MARK_AT_MIN_BY_DESIGN },
  'RF = min ISR, all in step: by design': {
    row: { replicas: RF3 },
    min: 3,
    state: 'healthy',
    tolerance: 0,
    marks: MARK_AT_MIN_BY_DESIGN,
  },
  'RF = min ISR, one out': { row: { replicas: RF3, isr: [1, 3] }, min: 3, state: 'under-min-isr', tolerance: -1 },
  'min ISR above RF up to 3.6 refuses': {
    row: { replicas: [1, 2] },
    min: 3,
    how: before37,
    state: 'under-min-isr',
    tolerance: -1,
  },
  'min ISR above RF from 3.7 is RF': {
    row: { replicas: [1, 2] },
    min: 3,
    state: 'healthy',
    tolerance: 0,
    marks: MARK_AT_MIN_BY_DESIGN,
  },
  'min ISR above RF, version unknown': {
    row: { replicas: [1, 2] },
    min: 3,
    how: noVersion,
    state: 'healthy',
    tolerance: -128,
  },
  'min ISR unknown, all in step': { row: { replicas: RF3 }, min: -1, state: 'healthy', tolerance: -128 },
  'min ISR unknown, one out': { row: { replicas: RF3, isr: [1] }, min: -1, state: 'under-replicated', tolerance: -128 },
  'min ISR unknown, no leader': {
    row: { replicas: RF3, leader: -1, isr: [], error: 5 },
    min: -1,
    state: 'offline',
    tolerance: -128,
  },
  'strange ISR member instead of a replica': {
    row: { replicas: RF3, isr: [1, 2, 9] },
    min: 1,
    state: 'under-replicated',
    tolerance: 1,
  },
  'strange ISR member beside all replicas': {
    row: { replicas: RF3, isr: [1, 2, 3, 9] },
    state: 'healthy',
    tolerance: 1,
  },
  'an error nobody can read': { row: { replicas: RF3, error: 72, leader: -1 }, state: 'unknown', tolerance: -128 },
  'a replica not available is a plain fact': { row: { replicas: RF3, error: 9 }, state: 'healthy', tolerance: 1 },
  'led by another than the preferred': {
    row: { replicas: RF3, leader: 2 },
    state: 'healthy',
    tolerance: 1,
    marks: MARK_NOT_PREFERRED,
  },
  'silent leader': {
    row: { replicas: RF3 },
    how: { facts: factsOf(RF3, { 1: START }) },
    state: 'healthy',
    tolerance: 1,
    marks: MARK_LEADER_SILENT,
  },
  'silent follower': {
    row: { replicas: RF3 },
    how: { facts: factsOf(RF3, { 2: START }) },
    state: 'lagging',
    tolerance: 1,
  },
  'leader that only we do not see (K8.7)': {
    row: { replicas: RF3 },
    how: { facts: unseen(1) },
    state: 'unknown',
    tolerance: -128,
  },
  'follower that only we do not see': {
    row: { replicas: RF3 },
    how: { facts: unseen(2) },
    state: 'unknown',
    tolerance: -128,
  },
  'follower that only we do not see, out of the ISR': {
    row: { replicas: RF3, isr: [1, 3] },
    how: { facts: unseen(2) },
    state: 'at-min-isr',
    tolerance: 0,
  },
  'silent follower out of the ISR': {
    row: { replicas: RF3, isr: [1, 3] },
    how: { facts: factsOf(RF3, { 2: START }) },
    state: 'at-min-isr',
    tolerance: 0,
  },
}

describe('the state of a partition', () => {
  it.each(Object.entries(CASES))('%s', (_, { row, min = 2, how, state, tolerance, marks = 0 }) => {
    const columns = judge(readingOfPartitions([row], min), how)
    expect(STATE_NAMES[columns.state[0]!]).toBe(state)
    expect(columns.tolerance[0]).toBe(tolerance)
    expect(columns.marks[0]).toBe(marks)
  })

  it('is unknown while Metadata has not told about the row', () => {
    const reading = readingOfPartitions([{ replicas: RF3 }])
    reading.metadataError[0] = -1
    const columns = judge(reading)
    expect([columns.state[0], columns.lagRecords[0], columns.worstBroker[0]]).toEqual([0, NaN, -1])
  })

  it('is lagging when one in the ISR is behind for certain for longer than allowed', () => {
    const reading = readingOfPartitions([{ replicas: RF3 }])
    makeLate(reading, 2, START - 1000, START)
    expect(STATE_NAMES[judge(reading).state[0]!]).toBe('healthy')
    makeLate(reading, 2, START - 1001, START, 40)
    const columns = judge(reading)
    expect(STATE_NAMES[columns.state[0]!]).toBe('lagging')
    expect([columns.worstBroker[0], columns.lagRecords[0], columns.caughtUpAt[0]]).toEqual([3, 40, START - 1001])
  })

  it('is not late by what was read of a broker before we lost sight of it (K8.7)', () => {
    const reading = readingOfPartitions([{ replicas: RF3 }])
    makeLate(reading, 1, START - 9000, START, 40)
    expect(STATE_NAMES[judge(reading).state[0]!]).toBe('lagging')
    const columns = judge(reading, { facts: unseen(2) })
    expect([STATE_NAMES[columns.state[0]!], columns.next[0]]).toEqual(['unknown', 0])
  })

  it('each row is judged by its own topic’s min ISR', () => {
    const isr = [1, 2]
    const reading = readingOf([
      { name: 'a', partitions: [{ replicas: RF3, isr }] },
      { name: 'b', partitions: [{ replicas: RF3, isr }] },
    ])
    reading.minInSyncReplicas.set([1, 3])
    expect(Array.from(judge(reading).state, (state) => STATE_NAMES[state])).toEqual([
      'under-replicated',
      'under-min-isr',
    ])
  })
})

describe('marks', () => {
  it('tell what is beside the state', () => {
    const reading = readingOfPartitions([{ replicas: RF3 }])
    reading.reassigning[0] = reading.disputed[0] = reading.replicaElr[2] = 1
    reading.highWatermarkError[0] = 78
    expect(judge(reading).marks[0]).toBe(MARK_REASSIGNING | MARK_DISPUTED | MARK_ELR | MARK_HW_UNKNOWN)
  })
})

describe('the worst follower', () => {
  it('is nobody while nobody is late, and its lag is 0 whatever the jitter', () => {
    const reading = readingOfPartitions([{ replicas: RF3 }])
    reading.lagRecords.set([0, 12, 7])
    const columns = judge(reading)
    expect([columns.worstBroker[0], columns.lagRecords[0], columns.caughtUpAt[0]]).toEqual([-1, 0, NaN])
  })

  it('is who was in step longest ago, then who misses more; never seen in step is worst', () => {
    const reading = readingOfPartitions([{ replicas: RF3 }])
    makeLate(reading, 1, START - 9000, START, 10)
    makeLate(reading, 2, START - 5000, START, 99)
    expect(judge(reading).worstBroker[0]).toBe(2)
    makeLate(reading, 2, START - 9000, START, 99)
    expect(judge(reading).worstBroker[0]).toBe(3)
    const out = readingOfPartitions([{ replicas: RF3, isr: [1, 2] }])
    makeLate(out, 1, START - 60_000, START)
    const columns = judge(out)
    expect([columns.worstBroker[0], columns.lagRecords[0]]).toEqual([3, NaN])
  })

  it('that has more than its leader is ahead by that, and nobody of the row behind by a count', () => {
    const isr = [1, 2]
    const reading = readingOfPartitions([
      { replicas: RF3, isr },
      { replicas: RF3, isr },
    ])
    reading.sentAt.fill(START - 2)
    reading.readAt.fill(START - 1)
    reading.readAt[2] = START - 5
    reading.logEndOffset.set([1000, 1000, 1050])
    reading.lagRecords.fill(0)
    reading.caughtUpAt.fill(START - 9000)
    const columns = judge(reading)
    expect([...columns.lagRecords]).toEqual([-50, 0])
    expect([...columns.caughtUpAt]).toEqual([NaN, START - 9000])
    reading.logEndOffset[1] = NaN
    expect(judge(reading).lagRecords[0]).toBe(-50)
    // Read after the leader it proves nothing.
    reading.readAt[2] = START
    expect(judge(reading).lagRecords[0]).toBeNaN()
  })

  it('an offline partition has none', () => {
    const columns = judge(readingOfPartitions([{ replicas: RF3, leader: -1, isr: [], error: 5 }]))
    expect([columns.worstBroker[0], columns.lagRecords[0]]).toEqual([-1, NaN])
  })
})

describe('severity', () => {
  it('puts a silent leader just below offline, whatever its state, and unread above healthy', () => {
    const rows: [string, number][] = [
      ['offline', 0],
      ['healthy', MARK_LEADER_SILENT],
      ['under-min-isr', 0],
      ['at-min-isr', 0],
      ['under-replicated', 0],
      ['lagging', 0],
      ['unknown', 0],
      ['healthy', 0],
    ]
    const order = rows.map(([name, marks]) =>
      severity(STATE_NAMES.indexOf(name as (typeof STATE_NAMES)[number]), marks),
    )
    expect(order).toEqual([...order].sort((a, b) => b - a))
    expect(new Set(order).size).toBe(rows.length)
  })
})

it('brokers with ids beyond any dense table are judged alike', () => {
  const far = [2_000_000_001, 2_000_000_002]
  const reading = readingOfPartitions(
    [{ replicas: far }],
    1,
    far.map((id) => broker(id)),
  )
  const columns = judge(reading, { facts: factsOf(far, { 2_000_000_002: START }) })
  expect([STATE_NAMES[columns.state[0]!], columns.worstBroker[0]]).toEqual(['lagging', 2_000_000_002])
})

/** findings K4.3, K5.1, K5.2. */
describe('what was not read', () => {
  const state = (reading: WritableReading): string => STATE_NAMES[judge(reading).state[0]!]!

  it('is no healthy partition', () => {
    const reading = readingOfPartitions([{ replicas: [1, 2, 3] }])
    expect(state(reading)).toBe('healthy')
    reading.logEndOffset[2] = NaN
    const out = judge(reading)
    expect([state(reading), out.lagRecords[0], out.caughtUpAt[0], out.tolerance[0]]).toEqual([
      'unknown',
      NaN,
      NaN,
      UNKNOWN_TOLERANCE,
    ])
  })

  it('does not hide trouble that is seen, and its lag may be the worst', () => {
    const reading = readingOfPartitions([{ replicas: [1, 2, 3], isr: [1, 2] }], 1)
    makeLate(reading, 1, START - 4000, START)
    reading.logEndOffset[2] = NaN
    expect([state(reading), judge(reading).lagRecords[0]]).toEqual(['under-replicated', NaN])
  })

  it('does not count of a replica that is being added', () => {
    const reading = readingOfPartitions([{ replicas: [3, 1, 2], isr: [1, 2], leader: 1 }])
    reading.replicaAdding[0] = 1
    reading.logEndOffset[0] = NaN
    expect(state(reading)).toBe('healthy')
  })

  it('who is asked anew and not heard yet makes nothing healthy by what was read before', () => {
    const states = (row: PartitionRow): number[] => [
      ...judge(readingOfPartitions([row]), { facts: factsUnheard(RF3, [3]) }).state,
    ]
    expect(states({ replicas: RF3 })).toEqual([UNKNOWN])
    expect(states({ replicas: [1, 2] })).toEqual([HEALTHY])
    expect(states({ replicas: RF3, isr: [1, 3] })).toEqual([AT_MIN_ISR])
  })

  it.each([
    ['leads without being listed', { replicas: [77, 1, 2], leader: 77 }],
    ['leads without holding it', { replicas: [1, 2], leader: 3 }],
  ])('who %s makes nothing healthy', (_, row) => {
    expect(state(readingOfPartitions([row]))).toBe('unknown')
  })

  it.each([-1, 0])('a min ISR of %d is none, and no tolerance stands on it', (setting) => {
    expect(judge(readingOfPartitions([{ replicas: [1, 2] }], setting)).tolerance[0]).toBe(UNKNOWN_TOLERANCE)
  })

  it.each<[string | null | undefined, number]>([
    ['2', 2],
    ['1', 1],
    ['0', -1],
    ['', -1],
    [' ', -1],
    ['1.5', -1],
    ['many', -1],
    [null, -1],
    [undefined, -1],
  ])('min.insync.replicas %j is read as %d', (text, setting) => {
    expect(minInSyncReplicasOf(text)).toBe(setting)
  })
})
