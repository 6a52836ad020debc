import type { ClusterEvent, Incident } from '../../src-main/contract/history'

/** An event of the tests: a follower that left the ISR of `orders` 3. */
export const event = (over: Partial<ClusterEvent> = {}): ClusterEvent => ({
  kind: 'left-isr',
  cause: 'late',
  from: 1_700_000_000_000,
  to: 1_700_000_001_000,
  topic: 'orders',
  partition: 3,
  broker: 2,
  other: 1,
  epoch: 7,
  elections: 0,
  lagRecords: 1_200,
  lateMs: 10_400.5,
  amount: Number.NaN,
  total: Number.NaN,
  toldBy: 1,
  text: '',
  before: '',
  after: '',
  ...over,
})

export const incident = (id: number, over: Partial<Incident> = {}): Incident => ({
  id,
  began: { from: Number.NaN, to: 1_700_000_000_000 },
  ended: { from: Number.NaN, to: Number.NaN },
  phases: [{ kind: 'gone', from: 1_699_999_999_000, to: 1_700_000_000_000, brokers: [2], amount: 1 }],
  phasesLeftOut: 0,
  brokers: [2],
  worst: 4,
  most: [0, 3, 12],
  topics: [{ topic: 'orders', worst: 4, partitions: 3 }],
  topicCount: 1,
  left: 3,
  leftLate: 0,
  elections: 2,
  lostAtLeast: 0,
  reopened: 0,
  planned: null,
  ...over,
})
