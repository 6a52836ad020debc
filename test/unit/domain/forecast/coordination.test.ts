import { describe, expect, it } from 'vitest'
import { haltedNow } from '../../../../src-main/domain/forecast/coordination'
import { tally } from '../../../../src-main/shared/tally'
import { THREE_BROKERS, factsOf, judge, readingOf, settings } from '../../../support/columns'
import type { PartitionRow, TopicRow } from '../../../support/columns'
import { stopEffects } from '../../../support/stop-effects'

const RF3 = [1, 2, 3]
const well: PartitionRow = { replicas: RF3 }
const short: PartitionRow = { replicas: RF3, isr: [1] }
const atEdge: PartitionRow = { replicas: RF3, isr: [1, 2] }
const offline: PartitionRow = { replicas: RF3, leader: -1, isr: [], error: 5 }
const topics = (names: Readonly<Record<string, readonly PartitionRow[]>>): TopicRow[] =>
  Object.entries(names).map(([name, partitions]) => ({ name, partitions, internal: name.startsWith('__') }))

describe('what is halted now', () => {
  const halted = (names: Parameters<typeof topics>[0], complete = true) => {
    const reading = readingOf(topics(names))
    return haltedNow(reading.topology, judge(reading).state, complete)
  }

  it('nothing while Kafka’s own topics take acks=all, whatever others do', () => {
    expect(halted({ orders: [short], __consumer_offsets: [well, atEdge], my__consumer_offsets: [offline] })).toEqual([])
    expect(halted({})).toEqual([])
  })

  it('each of the three by its own topic: under min ISR, and without a leader', () => {
    expect(
      halted({
        __consumer_offsets: [short, well, offline],
        __share_group_state: [short],
        __transaction_state: [offline],
      }),
    ).toEqual([
      { what: 'groups', partitions: tally(2) },
      { what: 'transactions', partitions: tally(1) },
      { what: 'share-groups', partitions: tally(1) },
    ])
  })

  it('there may be more where not all was judged', () => {
    expect(halted({ __consumer_offsets: [short] }, false)).toEqual([{ what: 'groups', partitions: tally(1, false) }])
  })
})

it('a stop halts what would refuse or go offline by it, and nothing of what is not known', () => {
  const halts = (names: Parameters<typeof topics>[0], min = 2) => {
    const found = stopEffects(readingOf(topics(names), THREE_BROKERS, min), settings(), factsOf(RF3))
    return RF3.map((id) => found.get(id)?.halts.join(' '))
  }
  expect(halts({ __consumer_offsets: [atEdge], orders: [atEdge] })).toEqual(['groups', 'groups', ''])
  expect(halts({ __transaction_state: [{ replicas: [3] }], __share_group_state: [atEdge] })).toEqual([
    'share-groups',
    'share-groups',
    'transactions',
  ])
  expect(halts({ orders: [atEdge] })).toEqual(['', '', ''])
  expect(halts({ __consumer_offsets: [atEdge] }, -1)).toEqual(['', '', ''])
})
