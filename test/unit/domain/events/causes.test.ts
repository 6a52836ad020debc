import { expect, it } from 'vitest'
import type { ClusterEvent } from '../../../../src-main/contract/history'
import type { BrokerSummary } from '../../../../src-main/contract/summary'
import { ISR_DISPUTED } from '../../../../src-main/domain/answers/isr-disputes'
import { EventWatch } from '../../../../src-main/domain/events/event-watch'
import { runWhole } from '../../../../src-main/domain/slices'
import { START, broker, factsOf, judge, readingOfPartitions, replicaIn, settings } from '../../../support/columns'
import { summaryOf } from '../../../support/summary-of'

/** One look at the one partition there is. */
interface Look {
  readonly replicas?: readonly number[]
  readonly isr?: readonly number[]
  readonly leader?: number
  readonly epoch?: number
  readonly reassigning?: boolean
  /** When what is told of reassignments was asked for, ms after the start; null = it was not told. */
  readonly askedAt?: number | null
  /** How long each replica is behind, in ms. */
  readonly lateMs?: number
  readonly brokers?: Readonly<Record<number, Partial<Pick<BrokerSummary, 'listed' | 'course' | 'answers'>>>>
  readonly answersSince?: number
  /** Brokers name different ISRs. */
  readonly disputed?: boolean
}

const BROKERS = [1, 2, 3, 4].map((id) => broker(id))
const WINDOW_MS = 10_000
const SECOND = 1_000

/** Looks a second apart; the epoch goes up with each. */
function events(...looks: readonly Look[]): ClusterEvent[] {
  const watch = new EventWatch()
  return looks.flatMap((look, second) => {
    const at = START + second * SECOND
    const replicas = look.replicas ?? [1, 2, 3]
    const isr = look.isr ?? replicas
    const reading = readingOfPartitions(
      [{ replicas, isr, leader: look.leader ?? isr[0] ?? -1, epoch: look.epoch ?? second + 1 }],
      1,
      BROKERS,
    )
    reading.disputed[0] = look.disputed === true ? ISR_DISPUTED : 0
    reading.reassigning[0] = look.reassigning === true ? 1 : 0
    const askedAt = look.askedAt === undefined ? second * SECOND : look.askedAt
    reading.reassignmentsSentAt = askedAt === null ? Number.NaN : START + askedAt
    reading.reassignmentsReadAt = reading.reassignmentsSentAt + 10
    for (const id of replicas) reading.caughtUpAt[replicaIn(reading, 0, id)] = at - (look.lateMs ?? 0)
    const facts = factsOf([1, 2, 3, 4])
    const set = settings({ evictionWindowMs: WINDOW_MS, evictionWindows: new Map() })
    const summary = summaryOf(reading, { facts, settings: set, takenAt: at, now: at })
    const brokers = summary.brokers.map((one) => ({
      ...one,
      answersSince: look.answersSince ?? START - 60_000,
      ...look.brokers?.[one.id],
    }))
    const looked = {
      topology: reading.topology,
      columns: judge(reading, { facts, settings: set }),
      replicaFlags: reading.replicaFlags,
      changed: new Uint32Array(0),
      metadataSentAt: at - 5,
      judgedAt: at,
      afterGap: false,
      throttled: new Set<number>(),
      settings: set,
      summary: { ...summary, brokers },
      reading,
      eligibleLeaders: false,
      electableTold: true,
    }
    return runWhole(watch.observe(looked, true))
  })
}
const told = (...looks: readonly Look[]): string[] =>
  events(...looks)
    .filter(({ topic }) => topic === 't')
    .map(({ kind, broker: id, cause }) => [kind, id, cause].filter((part) => part !== -1 && part !== '').join(' '))

const LATE = { lateMs: WINDOW_MS + SECOND }
const MOVING = { reassigning: true }

it.each<[string, readonly Look[], readonly string[]]>([
  ['late', [{}, { isr: [1, 2], ...LATE }], ['left-isr 3 late']],
  ['not late, and nothing else is known', [{}, { isr: [1, 2] }], ['left-isr 3']],
  ['off the list', [{}, { isr: [1, 2], ...LATE, brokers: { 3: { listed: false } } }], ['left-isr 3 fenced']],
  ['on its way out', [{}, { isr: [1, 2], ...LATE, brokers: { 3: { course: 'leaving' } } }], ['left-isr 3 shutdown']],
  ['back on the list already', [{}, { isr: [1, 2], ...LATE, answersSince: START + 500 }], ['left-isr 3']],
  // A reassignment takes nobody out who stays a replica: it fell behind.
  ['late while it is reassigned', [MOVING, { isr: [1, 2], ...MOVING, ...LATE }], ['left-isr 3 late']],
  ['moved away and back between two looks', [MOVING, { isr: [1, 2], ...MOVING }], ['left-isr 3 moved']],
  ['moved away, and the reassignment is over', [MOVING, { isr: [1, 2] }], ['left-isr 3 moved', 'reassigned']],
  ['no replica any more', [MOVING, { replicas: [1, 2] }], ['reassigned']],
  ['a new one', [{}, { replicas: [1, 2, 3, 4], isr: [1, 2, 3], ...MOVING }], ['reassigning']],
])('out of the ISR: %s', (_, looks, right) => {
  expect(told(...looks).filter((one) => !one.startsWith('epochs'))).toEqual(right)
})

it.each<[string, readonly Look[], string]>([
  ['its broker is off the list', [{}, { isr: [2, 3], brokers: { 1: { listed: false } } }], 'leader 2 failover'],
  ['its broker is on its way out', [{}, { isr: [2, 3], brokers: { 1: { course: 'leaving' } } }], 'leader 2 shutdown'],
  ['it is out of the ISR', [{}, { isr: [2, 3] }], 'leader 2 failover'],
  ['it does not answer', [{}, { leader: 2, brokers: { 1: { answers: 'no' } } }], 'leader 2 failover'],
  ['it is a replica no more', [MOVING, { replicas: [2, 3, 4] }], 'leader 2 moved'],
  [
    'it is a replica no more, and its broker is gone',
    [MOVING, { replicas: [2, 3, 4], brokers: { 1: { listed: false } } }],
    'leader 2 failover',
  ],
  ['it was moved away and back between two looks', [MOVING, { isr: [2, 3], ...MOVING }], 'leader 2 moved'],
  [
    'it was being moved, and was away',
    [MOVING, { isr: [2, 3], ...MOVING, answersSince: START + 500 }],
    'leader 2 failover',
  ],
  ['somebody ordered it', [{}, { leader: 2 }], 'leader 2 moved'],
  ['the first replica is back', [{ leader: 2 }, {}], 'leader 1 preferred'],
  ['nobody led', [{ leader: -1 }, {}], 'leader 1 back'],
  ['from outside the ISR', [{ isr: [1] }, { isr: [2], brokers: { 1: { listed: false } } }], 'leader 2 unclean'],
])('another one leads: %s', (_, looks, right) => {
  expect(told(...looks).filter((one) => one.startsWith('leader'))).toEqual([right])
})

it.each<[string, readonly Look[], readonly (readonly [string, number, number])[]]>([
  [
    'since it was asked for last',
    [{ askedAt: 0 }, { askedAt: 0 }, { askedAt: 0 }, { askedAt: 2_900, ...MOVING }],
    [['reassigning', -200, 3_000]],
  ],
  [
    'until it was asked for again, which is after the Metadata of this look',
    [{ askedAt: 0 }, { askedAt: 1_100, ...MOVING }],
    [['reassigning', -200, 1_110]],
  ],
  ['not before it was told once', [{ askedAt: null }, { askedAt: 900, ...MOVING }], []],
  ['over', [{ askedAt: 0, ...MOVING }, { askedAt: 0, ...MOVING }, { askedAt: 1_900 }], [['reassigned', -200, 2_000]]],
])('a reassignment has the span of what is told of reassignments: %s', (_, looks, right) => {
  const spans = events(...looks).filter(({ kind }) => kind.startsWith('reassign'))
  expect(spans.map(({ kind, from, to }) => [kind, from - START, to - START])).toEqual(right)
})

const SMALL: Look = { isr: [1, 2], epoch: 1 }
const WHOLE: Look = { epoch: 1 }
const DISPUTED = { disputed: true }

it.each<[string, readonly Look[], readonly (readonly [string, number, number])[]]>([
  ['agreed on at once', [SMALL, WHOLE], [['joined-isr', -205, 1_000]]],
  [
    'in dispute, in which the smallest counts, and agreed on',
    [SMALL, { ...SMALL, ...DISPUTED }, { ...SMALL, ...DISPUTED }, WHOLE],
    [['joined-isr', -205, 3_000]],
  ],
  [
    'in dispute, and it comes to nothing',
    [SMALL, { ...SMALL, ...DISPUTED }, SMALL, WHOLE],
    [['joined-isr', 1_795, 3_000]],
  ],
  [
    'smaller, and in dispute for two seconds',
    [WHOLE, { ...SMALL, ...DISPUTED }, { ...SMALL, ...DISPUTED }, { ...SMALL, ...DISPUTED }],
    [['left-isr', -205, 3_000]],
  ],
  [
    'in dispute for long before it is smaller: it waits from then on',
    [WHOLE, ...[1, 2, 3].map(() => ({ ...WHOLE, ...DISPUTED })), { ...SMALL, ...DISPUTED }, { ...SMALL, ...DISPUTED }],
    [],
  ],
])('an ISR has the span in which it may have changed: %s', (_, looks, right) => {
  const spans = events(...looks).filter(({ kind }) => kind.endsWith('-isr'))
  expect(spans.map(({ kind, from, to }) => [kind, from - START, to - START])).toEqual(right)
})
