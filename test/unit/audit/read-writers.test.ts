import { beforeEach, describe, expect, it } from 'vitest'
import { MOST_PARTITIONS, partitionsToLookAt, readWriters } from '../../../src-main/audit/read-writers'
import type { Asking } from '../../../src-main/change/plan/facts/asking'
import type { Writers } from '../../../src-main/domain/audit/facts'
import { AclOperation } from '../../../src-main/shared/acl-operations'
import { readingOf } from '../../support/columns'
import { linksOfSession, liveOf, settled } from '../../support/live-cluster'
import { clock, cluster, session, start, watchOver } from '../../support/opened-session'

watchOver()

const RF1 = { replicas: [1] }
const NO_LEADER = { replicas: [1], leader: -1 }
const named = (rows: ReturnType<typeof partitionsToLookAt>): string[] =>
  rows.map(({ name, partition }) => `${name}-${partition}`)

describe('the partitions to look at', () => {
  it('are spread over the topics; none of Kafka’s own, and none without a leader', () => {
    const reading = readingOf([
      { name: '__consumer_offsets', internal: true, partitions: [RF1] },
      { name: 'a', partitions: [NO_LEADER, RF1, RF1] },
      { name: 'b', partitions: [RF1] },
      { name: 'c', partitions: [NO_LEADER] },
    ])
    expect(named(partitionsToLookAt(reading, 10))).toEqual(['a-1', 'a-2', 'b-0'])
    expect(named(partitionsToLookAt(reading, 2))).toEqual(['a-1', 'b-0'])
  })

  it('are of too many topics some, evenly', () => {
    const reading = readingOf(Array.from({ length: 9 }, (_, at) => ({ name: `t${at}`, partitions: [RF1, RF1] })))
    expect(named(partitionsToLookAt(reading, 3))).toEqual(['t0-0', 't3-0', 't6-0'])
  })
})

describe('two looks', () => {
  let asking: Asking
  beforeEach(async () => {
    await start({ topics: 3, partitionsPerTopic: 2 })
    await clock.advance(2_000)
    const links = linksOfSession()
    asking = {
      cluster: liveOf(session),
      links,
      clock,
      signal: undefined,
      answering: new Set(links.ids()),
      breathe: () => Promise.resolve(),
    }
  })
  const names = (): string[] => cluster.topics.map(({ name }) => name)
  /** Between the looks, `with` an id so many records and without one so many. */
  function writes(topic: string, counts: { readonly with: number; readonly without: number }): void {
    const one = cluster.topic(topic)!.partitions[0]!
    one.producers = [{ id: 7, epoch: 0, lastSequence: 99, transacts: false }]
    clock.after(500, () => {
      one.logEndOffset = one.logEndOffset.map((end) => end + counts.with + counts.without)
      one.producers = [{ id: 7, epoch: 0, lastSequence: 99 + counts.with, transacts: false }]
    })
  }
  const read = (): Promise<Writers> => settled(readWriters(asking, session.inside.reading()!))

  it('tell who wrote without an id, and who did not', async () => {
    const [first, second] = names()
    writes(first!, { with: 5, without: 3 })
    writes(second!, { with: 4, without: 0 })
    const { looked, spanMs, topics, untold } = await read()
    expect([looked, untold.size]).toEqual([6, 0])
    expect(looked).toBeLessThanOrEqual(MOST_PARTITIONS)
    expect(spanMs).toBeGreaterThanOrEqual(1_000)
    expect(Object.fromEntries(topics)).toEqual({
      [first!]: { written: 1, uncounted: 0, records: 3, partition: 0 },
      [second!]: { written: 1, uncounted: 0, records: 0, partition: -1 },
    })
  })

  it('count what cannot be told apart', async () => {
    const [first] = names()
    writes(first!, { with: 5, without: 3 })
    const one = cluster.topic(first!)!.partitions[0]!
    clock.after(600, () => void (one.producers = [{ ...one.producers![0]!, transacts: true }]))
    expect((await read()).topics.get(first!)).toMatchObject({ written: 0, uncounted: 1, records: 0 })
  })

  it('ask for no topic that this login may not read, where that is told', async () => {
    const [first] = names()
    cluster.facts.operations.set(first!, 1 << AclOperation.DESCRIBE)
    const { looked, untold } = await read()
    expect(looked).toBe(4)
    expect([...untold]).toEqual([
      [first, { id: 'why.lacks', args: { right: { id: 'right.topic', args: { operation: 'Read' } } } }],
    ])
  })

  it('say what a broker that is silent, or too old, did not tell', async () => {
    for (const broker of cluster.brokers.values()) broker.errors.set('producers', 35)
    expect((await read()).untold.size).toBe(3)
  })
})
