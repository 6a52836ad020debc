import { expect, it } from 'vitest'
import type { Cause, ClusterEvent } from '../../../src-main/contract/history'
import { clusterEvent } from '../../../src-main/domain/events/cluster-event'
import type { BrokerChange, PartitionChange, TopicChange } from '../../support/controllers-log'
import { causesOf } from '../../support/judge-causes'
import { judgeEvents, judgeTopics } from '../../support/judge-events'

const change = (
  at: number,
  leader: number,
  isr: readonly number[],
  more: Partial<PartitionChange> = {},
): PartitionChange => ({
  at,
  topic: 't',
  partition: 0,
  leader,
  leaderEpoch: 0,
  isr,
  replicas: [1, 2, 3],
  elr: [],
  lastKnownElr: [],
  adding: [],
  removing: [],
  recovering: false,
  ...more,
})
const told = (
  kind: ClusterEvent['kind'],
  from: number,
  to: number,
  broker: number,
  more: Partial<ClusterEvent> = {},
): ClusterEvent => clusterEvent(kind, { from, to }, { topic: 't', partition: 0, epoch: 0, broker, other: 1, ...more })
const fenced = (at: number, broker: number): BrokerChange => ({ at, broker, fenced: true, shuttingDown: false })
const judge = (
  changes: readonly PartitionChange[],
  events: readonly ClusterEvent[],
  brokers: readonly BrokerChange[] = [],
) => {
  const log = { partitions: new Map([['t', changes]]), brokers, topics: [] }
  const {
    told: right,
    insideOnePoll,
    missed,
    invented,
    wrongCause,
    wrongFigures,
    outOfOrder,
  } = judgeEvents(log, events, 0, 10_000, 500)
  return [
    right,
    insideOnePoll,
    missed.length,
    invented.length,
    wrongCause.length + wrongFigures.length + outOfOrder.length,
  ]
}
const ofBroker = (kind: ClusterEvent['kind'], from: number, to: number, broker: number): ClusterEvent =>
  clusterEvent(kind, { from, to }, { broker })
const listed = (at: number, broker: number): BrokerChange => ({ at, broker, fenced: false, shuttingDown: false })
const SEEN = { from: 400, to: 700 }
const LATER = { from: 600, to: 900 }
const WHOLE = change(0, 1, [1, 2, 3])

it.each<[string, readonly number[], readonly number[]]>([
  ['told in time', judge([WHOLE, change(1000, 1, [1, 2])], [told('left-isr', 900, 1200, 3)]), [1, 0, 0, 0, 0]],
  ['not told', judge([WHOLE, change(1000, 1, [1, 2])], []), [0, 0, 1, 0, 0]],
  ['too late', judge([WHOLE, change(1000, 1, [1, 2])], [told('left-isr', 1001, 1200, 3)]), [0, 0, 1, 1, 0]],
  ['another replica', judge([WHOLE, change(1000, 1, [1, 2])], [told('left-isr', 900, 1200, 2)]), [0, 0, 1, 1, 0]],
  ['invented', judge([WHOLE], [told('leader', 900, 1200, 2)]), [0, 0, 0, 1, 0]],
  [
    'told twice',
    judge([WHOLE, change(1000, 1, [1, 2])], [told('left-isr', 900, 1200, 3), told('left-isr', 950, 1300, 3)]),
    [1, 0, 0, 1, 0],
  ],
  [
    'out and in again before anybody looked',
    judge([WHOLE, change(1000, 1, [1, 2]), change(1300, 1, [1, 2, 3])], []),
    [0, 2, 0, 0, 0],
  ],
  [
    'out and in again, and there was time to look',
    judge([WHOLE, change(1000, 1, [1, 2]), change(1600, 1, [1, 2, 3])], []),
    [0, 0, 2, 0, 0],
  ],
  [
    'nobody leads, and at once somebody does',
    judge([WHOLE, change(1000, -1, [1, 2, 3]), change(1200, 2, [1, 2, 3])], [told('leader', 900, 1250, 2)]),
    [1, 1, 0, 0, 0],
  ],
  [
    'nobody leads',
    judge([WHOLE, change(1000, -1, [1, 2, 3])], [told('offline', 900, 1250, -1, { other: 1 })]),
    [1, 0, 0, 0, 0],
  ],
  [
    'one that is no replica any more, and is one again, before anybody looked',
    judge(
      [WHOLE, change(1000, 1, [1, 2], { replicas: [1, 2] }), change(1100, 1, [1, 2], { adding: [3] })],
      [told('left-isr', 900, 1250, 3, { cause: 'moved' }), told('reassigning', 900, 1250, -1)],
    ),
    [2, 0, 0, 0, 0],
  ],
  [
    'one that is no replica any more, and is in the ISR again, before anybody looked',
    judge([WHOLE, change(1000, 1, [1, 2], { replicas: [1, 2] }), change(1100, 1, [1, 2, 3])], []),
    [0, 1, 0, 0, 0],
  ],
  [
    'a replica that is none any more',
    judge([WHOLE, change(1000, 1, [1, 2], { replicas: [1, 2] })], []),
    [0, 0, 0, 0, 0],
  ],
  [
    'fenced',
    judge([WHOLE, change(1000, 1, [1, 2])], [told('left-isr', 900, 1200, 3, { cause: 'fenced' })], [fenced(990, 3)]),
    [1, 0, 0, 0, 0],
  ],
  [
    'called late, and was fenced',
    judge([WHOLE, change(1000, 1, [1, 2])], [told('left-isr', 900, 1200, 3, { cause: 'late' })], [fenced(990, 3)]),
    [1, 0, 0, 0, 1],
  ],
  [
    'called fenced, and was not',
    judge([WHOLE, change(1000, 1, [1, 2])], [told('left-isr', 900, 1200, 3, { cause: 'fenced' })], [fenced(100, 3)]),
    [1, 0, 0, 0, 1],
  ],
  [
    'another epoch',
    judge([WHOLE, change(1000, 1, [1, 2])], [told('left-isr', 900, 1200, 3, { epoch: 4 })]),
    [1, 0, 0, 0, 1],
  ],
  [
    'another leader before',
    judge([WHOLE, change(1000, 2, [1, 2, 3])], [told('leader', 900, 1250, 2, { other: 3 })]),
    [1, 0, 0, 0, 1],
  ],
  [
    'in another order',
    judge(
      [WHOLE, change(1000, 1, [1, 2]), change(2000, 1, [1])],
      [told('left-isr', 1900, 2200, 2), told('left-isr', 900, 1200, 3)],
    ),
    [2, 0, 0, 0, 1],
  ],
  [
    'a broker that is off the list, and on it again',
    judge(
      [WHOLE],
      [ofBroker('gone', 900, 1200, 3), ofBroker('listed', 1900, 2200, 3)],
      [listed(10, 3), fenced(1000, 3), listed(2000, 3)],
    ),
    [2, 0, 0, 0, 0],
  ],
  [
    'a broker whose registration is changed in something else',
    judge(
      [WHOLE],
      [ofBroker('listed', 1900, 2200, 3)],
      [fenced(10, 3), { ...listed(1000, 3), fenced: null }, listed(2000, 3)],
    ),
    [1, 0, 0, 0, 0],
  ],
  [
    'two of one look in another order',
    judge(
      [WHOLE, change(1000, 1, [1, 2]), change(1100, 1, [1])],
      [told('left-isr', 900, 1200, 2), told('left-isr', 900, 1200, 3)],
    ),
    [2, 0, 0, 0, 0],
  ],
  [
    'a broker of which nothing was told',
    judge([WHOLE], [], [listed(10, 3), fenced(1000, 3), listed(2000, 3)]),
    [0, 0, 2, 0, 0],
  ],
  ['a broker that never went', judge([WHOLE], [ofBroker('gone', 900, 1200, 3)], [listed(10, 3)]), [0, 0, 0, 1, 0]],
  [
    'a reassignment',
    judge(
      [WHOLE, change(1000, 1, [1, 2, 3], { replicas: [1, 2, 3, 4], adding: [4] })],
      [told('reassigning', 900, 1200, -1)],
    ),
    [1, 0, 0, 0, 0],
  ],
])('the judge finds: %s', (_, found, right) => {
  expect(found).toEqual(right)
})

const DOWN: BrokerChange = { at: 1000, broker: 1, fenced: false, shuttingDown: true }
const FENCED = fenced(1000, 1)
const OUT = change(0, 1, [1])
const UNCLEAN = change(1000, 2, [2], { recovering: true })

/** One look after the other ended before 900, and at 1250: what of it may be said of who leads then. */
it.each<[string, readonly PartitionChange[], readonly BrokerChange[], readonly Cause[]]>([
  ['it was fenced', [WHOLE, change(1000, 2, [2, 3])], [FENCED], ['failover']],
  ['it shut down', [WHOLE, change(1000, 2, [2, 3])], [DOWN], ['shutdown']],
  [
    'it shut down and was gone before the next look',
    [WHOLE, change(1000, 2, [2, 3])],
    [DOWN, fenced(1200, 1)],
    ['shutdown', 'failover'],
  ],
  ['the first replica leads again', [change(0, 2, [1, 2, 3]), change(1000, 1, [1, 2, 3])], [], ['preferred']],
  ['another one leads by an order', [WHOLE, change(1000, 2, [1, 2, 3])], [], ['moved']],
  ['nobody led', [change(0, -1, [2]), change(1000, 2, [2])], [], ['back']],
  ['out of the ISR, and elected', [OUT, UNCLEAN], [FENCED], ['unclean']],
  ['out of the ISR and of no ELR', [change(0, -1, []), UNCLEAN], [], ['unclean']],
  [
    'new in the ISR as the one copy was moved',
    [change(0, 1, [1], { replicas: [2, 1], adding: [2], removing: [1] }), change(1000, 2, [2], { replicas: [2] })],
    [],
    ['moved'],
  ],
  ['out of the ISR, and of the ELR', [change(0, -1, [], { elr: [2] }), change(1000, 2, [2])], [], ['back']],
  ['out of the ISR, and the last that led', [change(0, -1, [], { lastKnownElr: [2] }), UNCLEAN], [], ['back']],
  ['nobody led in between', [WHOLE, change(1000, -1, [2]), change(1200, 2, [2])], [FENCED], ['failover', 'back']],
])('why another broker leads, by the log: %s', (_, changes, brokers, right) => {
  const log = { partitions: new Map([['t', changes]]), brokers, topics: [] }
  const step = { before: changes.at(-2)!, now: changes.at(-1)! }
  const steps = changes.slice(1).map((now, at) => ({ before: changes[at]!, now }))
  const causes = causesOf(log, 'leader', steps, { step, broker: step.now.leader }, 1250)
  expect([...causes].sort()).toEqual([...right].sort())
})

it.each<[string, readonly TopicChange[], readonly ClusterEvent[], number]>([
  ['made', [{ at: 500, topic: 'a', what: 'created' }], [clusterEvent('topic-created', SEEN, { topic: 'a' })], 0],
  ['not told', [{ at: 500, topic: 'a', what: 'created' }], [], 1],
  ['invented', [], [clusterEvent('topic-deleted', SEEN, { topic: 'a' })], 1],
  [
    'made anew, and called so',
    [
      { at: 500, topic: 'a', what: 'deleted' },
      { at: 550, topic: 'a', what: 'created' },
    ],
    [clusterEvent('topic-anew', SEEN, { topic: 'a' })],
    0,
  ],
  [
    'made anew, with a look in between',
    [
      { at: 500, topic: 'a', what: 'deleted' },
      { at: 750, topic: 'a', what: 'created' },
    ],
    [clusterEvent('topic-deleted', SEEN, { topic: 'a' }), clusterEvent('topic-created', LATER, { topic: 'a' })],
    0,
  ],
  ['too late', [{ at: 500, topic: 'a', what: 'created' }], [clusterEvent('topic-created', LATER, { topic: 'a' })], 2],
])('the judge of topics finds: %s', (_, topics, events, wrong) => {
  expect(judgeTopics({ topics }, events, 0, 10_000).wrong).toHaveLength(wrong)
})
