import { expect, it } from 'vitest'
import type { ClusterEvent } from '../../../src-main/contract/history'
import { clusterEvent } from '../../../src-main/domain/events/cluster-event'
import type { BrokerChange, PartitionChange, TopicChange } from '../../support/controllers-log'
import { judgeEvents, judgeTopics } from '../../support/judge-events'

const change = (at: number, leader: number, isr: readonly number[], replicas = [1, 2, 3]): PartitionChange => ({
  at,
  topic: 't',
  partition: 0,
  leader,
  leaderEpoch: 0,
  isr,
  replicas,
})
const told = (
  kind: ClusterEvent['kind'],
  from: number,
  to: number,
  broker: number,
  more: Partial<ClusterEvent> = {},
): ClusterEvent => clusterEvent(kind, { from, to }, { topic: 't', partition: 0, broker, ...more })
const fenced = (at: number, broker: number): BrokerChange => ({ at, broker, fenced: true, shuttingDown: false })
const judge = (
  changes: readonly PartitionChange[],
  events: readonly ClusterEvent[],
  brokers: readonly BrokerChange[] = [],
) => {
  const log = { partitions: new Map([['t', changes]]), brokers, topics: [] }
  const { told: right, insideOnePoll, missed, invented, wrongCause } = judgeEvents(log, events, 0, 10_000, 500)
  return [right, insideOnePoll, missed.length, invented.length, wrongCause.length]
}
const SEEN = { from: 400, to: 700 }
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
  ['a replica that is none any more', judge([WHOLE, change(1000, 1, [1, 2], [1, 2])], []), [0, 0, 0, 0, 0]],
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
])('the judge finds: %s', (_, found, right) => {
  expect(found).toEqual(right)
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
])('the judge of topics finds: %s', (_, topics, events, wrong) => {
  expect(judgeTopics({ topics }, events, 0, 10_000).wrong).toHaveLength(wrong)
})
