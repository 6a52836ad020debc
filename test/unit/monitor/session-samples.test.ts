import { beforeEach, describe, expect, it } from 'vitest'
import { PLACE } from '../../../src-main/domain/samples/sample'
import { HEALTHY } from '../../../src-main/shared/states'
import { MemoryHistory } from '../../support/memory-history'
import { clock, close, cluster, open, prepare, session, watchOver } from '../../support/opened-session'

watchOver()

let history: MemoryHistory
const spans = (): number[] => history.samples.map(({ at }) => Math.floor(at / 10_000))

beforeEach(async () => {
  history = new MemoryHistory()
  prepare({ partitionsPerTopic: 3, topics: 2 })
  open(0, '', undefined, history)
  await clock.advance(3_000)
})

it('there is one in every ten seconds of watching, of the cluster and each broker', async () => {
  await clock.advance(60_000)
  const found = spans()
  expect(found.length).toBeGreaterThanOrEqual(6)
  expect(found).toEqual(Array.from(found, (_, n) => found[0]! + n))
  expect([...history.samples.at(-1)!.brokers.keys()]).toEqual([1, 2, 3])
  expect(history.partitionSamples).toEqual([])
})

it('there is none while nobody watches, and nothing is made up for it', async () => {
  await clock.advance(20_000)
  session.pause(true)
  await clock.advance(1_000)
  const before = history.samples.length
  await clock.advance(60_000)
  expect(history.samples).toHaveLength(before)
  cluster.produce(60_000)
  session.pause(false)
  await clock.advance(25_000)
  const found = spans()
  expect(found[before]! - found[before - 1]!).toBeGreaterThanOrEqual(5)
  // Records of the pause make no rate.
  const rates = history.samples.slice(before).map(({ cluster: row }) => row[PLACE.recordsPerSecond]!)
  expect(rates[0]).toBeNaN()
  expect(rates.slice(1).every((rate) => Number.isNaN(rate) || rate < 100)).toBe(true)
})

describe('a broker that is killed', () => {
  it('is behind by what comes in, and its partitions are kept with the minute before', async () => {
    await clock.advance(90_000)
    cluster.kill(2)
    await clock.advance(8_000)
    cluster.fence(2)
    cluster.produce(500)
    await clock.advance(14_000)
    const last = history.samples.at(-1)!
    expect(last.cluster[PLACE.underReplicated]).toBe(6)
    // From its last reading: its log stands where it stood.
    expect(last.brokers.get(2)![PLACE.lagRecords]).toBeGreaterThanOrEqual(500)
    expect(last.brokers.get(2)![PLACE.lateMs]).toBeGreaterThan(5_000)
    expect(history.samples.reduce((sum, { cluster: row }) => sum + row[PLACE.isrChanges]!, 0)).toBe(
      history.told('left-isr', 'joined-isr').length,
    )
    const one = history.partitionSamples.filter(({ topic, partition }) => topic === 'topic-00000' && partition === 0)
    const well = one.filter(({ state }) => state === HEALTHY)
    expect(well.length).toBeGreaterThanOrEqual(5)
    expect(well.every(({ followers }) => followers.length === 2)).toBe(true)
    expect(Math.max(...one.map(({ at }) => at)) - Math.min(...one.map(({ at }) => at))).toBeGreaterThan(55_000)
    const dead = one.at(-1)!.followers.find(({ broker }) => broker === 2)
    expect(dead!.lagRecords).toBeGreaterThanOrEqual(500)
  })
})

it('an end while a sample is taken is no error', async () => {
  await clock.advance(10_000)
  await close()
  open(0, '', undefined, history)
  await clock.advance(1_000)
})
