import { expect, it } from 'vitest'
import { BrokerIndex, holdersOf } from '../../../../src-main/domain/topology/broker-index'
import { factsOf, readingOfPartitions } from '../../../support/columns'

it('numbers the brokers of the replica lists, then whom Metadata lists and whom we asked; small ids, large ones and those at the border', () => {
  const lists = [[0, 4095, 4096], [2_147_483_647, 4096, 0], [4095]]
  const index = new BrokerIndex(readingOfPartitions(lists.map((replicas) => ({ replicas }))), factsOf([0, 77]))
  expect([...index.ids]).toEqual([0, 4095, 4096, 2_147_483_647, 1, 2, 3, 77])
  expect(Array.from(index.ofReplica, (slot) => index.ids[slot])).toEqual(lists.flat())
  expect([0, 4095, 4096, 2_147_483_647, 77].map((id) => index.ids[index.slot(id)])).toEqual([
    0, 4095, 4096, 2_147_483_647, 77,
  ])
  expect(index.slot(5)).toBe(-1)
})

it('knows how many replicas the busiest broker holds', () => {
  const reading = readingOfPartitions([{ replicas: [1, 4096] }, { replicas: [4096, 3] }, { replicas: [2, 4096] }])
  expect(holdersOf(reading.topology).busiest).toBe(3)
})
