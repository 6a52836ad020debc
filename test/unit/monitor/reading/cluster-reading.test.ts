import { beforeEach, describe, expect, it } from 'vitest'
import { REPLICA_IN_SYNC } from '../../../../src-main/domain/topology/columns'
import { UNCLEAN_OFF } from '../../../../src-main/domain/topology/reading'
import type { Answer, TopologyEpoch } from '../../../../src-main/monitor/reading/answers'
import { ClusterReading } from '../../../../src-main/monitor/reading/cluster-reading'
import { FakeClock } from '../../../support/fake-clock'
import { FakeCluster } from '../../../support/fake-cluster'

const NO_THROTTLES = (): Answer => ({
  kind: 'throttles',
  rates: { followers: new Set(), leaders: new Set() },
})

let clock: FakeClock
let cluster: FakeCluster
let reading: ClusterReading

beforeEach(() => {
  clock = new FakeClock()
  cluster = new FakeCluster({ clock, brokers: 3, topics: 2, partitionsPerTopic: 2 })
  reading = new ClusterReading(clock)
})

const takeMetadata = (sentAt = clock.now(), broker = 1) => {
  cluster.touch()
  const answers = [{ broker, meta: cluster.metadata(broker), sentAt, readAt: sentAt + 5 }]
  return reading.apply({ kind: 'metadata', answers })
}

const epoch = (): TopologyEpoch => {
  if (reading.epoch === null) throw new Error('nothing was read')
  return reading.epoch
}

const tellOffset = (of: TopologyEpoch, replica: number, offset: number, errors = 0) =>
  reading.apply({
    kind: 'log-ends',
    of,
    broker: of.reading.topology.replicaBroker[replica]!,
    replicaRows: Uint32Array.of(replica),
    offsets: { offset: Float64Array.of(offset), errors: Int16Array.of(errors), leaderEpoch: Int32Array.of(1) },
    sentAt: clock.now(),
    readAt: clock.now(),
  })

describe('a reading', () => {
  it('has no epoch before the first Metadata, and takes nothing in', async () => {
    expect(reading.epoch).toBeNull()
    expect((await reading.apply({ kind: 'reassignments', moves: [], sentAt: 0, readAt: 0 })).taken).toBe(false)
    expect(await reading.still(NO_THROTTLES, () => Promise.resolve(1))).toBeNull()
  })

  it('drops what was asked under an epoch that is over', async () => {
    await takeMetadata()
    const old = epoch()
    cluster.createTopic('a-new-one', 1)
    clock.jump(100)
    await takeMetadata()
    expect(epoch().number).toBe(old.number + 1)
    expect((await tellOffset(old, 0, 7)).taken).toBe(false)
    expect(epoch().reading.logEndOffset.every((offset) => Number.isNaN(offset))).toBe(true)
    expect((await tellOffset(epoch(), 0, 7)).taken).toBe(true)
    expect(epoch().reading.logEndOffset[0]).toBe(7)
  })

  it('drops Metadata of another cluster, alone and beside its own', async () => {
    const other = new FakeCluster({ clock, brokers: 3, topics: 1, partitionsPerTopic: 9, clusterId: 'other' })
    const answer = (of: FakeCluster, broker: number) => {
      const sentAt = clock.now()
      return { broker, meta: of.metadata(broker), sentAt, readAt: sentAt + 5 }
    }
    const tell = (...answers: ReturnType<typeof answer>[]) => reading.apply({ kind: 'metadata', answers })
    // The first tells which it is; the second of the same round is of another.
    expect((await tell(answer(cluster, 1), answer(other, 3))).taken).toBe(true)
    const { topology } = epoch().reading
    clock.jump(1_000)
    expect((await tell(answer(other, 3))).taken).toBe(false)
    expect((await tell(answer(other, 3), answer(cluster, 2))).taken).toBe(true)
    expect(reading.metadata).toMatchObject({ clusterId: 'fake', disputes: new Map(), stale: new Set() })
    expect(epoch().reading.topology).toBe(topology)
  })

  it('drops Metadata that was asked for before what it has, and what names no broker', async () => {
    await takeMetadata()
    const at = clock.now()
    clock.jump(1_000)
    await takeMetadata()
    expect((await takeMetadata(at)).taken).toBe(false)
    cluster.each((one) => (one.isr = [1]))
    for (const broker of cluster.brokers.values()) broker.listed = false
    clock.jump(1_000)
    expect((await takeMetadata()).taken).toBe(false)
    expect(epoch().reading.replicaFlags.every((flags) => (flags & REPLICA_IN_SYNC) !== 0)).toBe(true)
  })

  it('says whether a leader or an ISR is not what it was', async () => {
    const next = async (): Promise<boolean> => {
      clock.jump(1_000)
      return (await takeMetadata()).changed
    }
    expect([await next(), await next()]).toEqual([false, false])
    cluster.each((one) => (one.isr = [one.leader]))
    expect([await next(), await next()]).toEqual([true, false])
    cluster.each((one) => {
      one.leader = -1
      one.leaderEpoch += 1
    })
    expect([await next(), await next()]).toEqual([true, false])
  })

  it('wants a second word at once where one alone says that who has just left the ISR is back', async () => {
    const next = async (): Promise<readonly [changed: boolean, unsure: boolean]> => {
      clock.jump(1_000)
      return [(await takeMetadata()).changed, reading.metadata.unsure]
    }
    await takeMetadata()
    cluster.each((one) => (one.isr = [one.leader]))
    expect(await next()).toEqual([true, false])
    cluster.each((one) => (one.isr = [...one.replicas]))
    expect([await next(), await next()]).toEqual([
      [false, true],
      [false, true],
    ])
    clock.jump(1_000)
    const sentAt = clock.now()
    const answers = [1, 2].map((broker) => ({ broker, meta: cluster.metadata(broker), sentAt, readAt: sentAt + 5 }))
    expect((await reading.apply({ kind: 'metadata', answers })).changed).toBe(true)
    expect(reading.metadata.unsure).toBe(false)
  })

  it('says that a row was refused, and forgets its offset', async () => {
    await takeMetadata()
    await tellOffset(epoch(), 0, 7)
    expect(await tellOffset(epoch(), 0, Number.NaN, 29)).toEqual({ taken: true, refused: true, changed: false })
    expect([epoch().reading.logEndOffset[0], epoch().reading.logEndOffsetError[0]]).toEqual([Number.NaN, 29])
  })

  it('tells the rows that stayed', async () => {
    await takeMetadata()
    expect(epoch().stayed).toBeNull()
    cluster.createTopic('a-new-one', 3)
    clock.jump(100)
    await takeMetadata()
    expect(epoch().stayed?.partition).toEqual([{ from: 0, to: 3, length: 4 }])
  })
})

describe('brokers with an old view of the log of the controllers', () => {
  const inSync = (): number => epoch().reading.replicaFlags.reduce((sum, flags) => sum + (flags & REPLICA_IN_SYNC), 0)
  const tell = (...brokers: readonly number[]) => {
    clock.jump(1_000)
    const sentAt = clock.now()
    const answers = brokers.map((broker) => ({ broker, meta: cluster.metadata(broker), sentAt, readAt: sentAt + 5 }))
    return reading.apply({ kind: 'metadata', answers })
  }

  beforeEach(async () => {
    cluster.metadataOffset = 100
    cluster.touch()
    await tell(1)
    cluster.broker(3).stale = cluster.metadata(3)
    // Smaller ISRs at the same leader and epoch, and a topic that broker 3 has not heard of.
    cluster.each((one) => (one.isr = [one.leader]))
    cluster.createTopic('a-new-one', 1, 1)
  })

  it('never tell the picture, first in the answer or alone', async () => {
    await tell(3, 1)
    expect([inSync(), epoch().reading.sourceBroker]).toEqual([5, 1])
    // By now it should have heard of what was known a tick ago.
    await tell(3, 1)
    expect([inSync(), reading.metadata.stale]).toEqual([5, new Set([3])])
    for (let second = 0; second < 30; second += 1) expect((await tell(3)).taken).toBe(false)
    expect([inSync(), epoch().reading.topology.topicNames.length]).toEqual([5, 3])
    // What they say is no dispute either: it is known to be old.
    expect([...epoch().reading.disputed].every((disputed) => disputed === 0)).toBe(true)
  })

  it('are heard again once they have read on', async () => {
    await tell(1, 3)
    cluster.broker(3).stale = null
    cluster.touch()
    expect((await tell(3)).taken).toBe(true)
    expect([epoch().reading.sourceBroker, reading.metadata.stale]).toEqual([3, new Set()])
  })

  it('are believed after a minute in which nobody said anything newer: the log was begun anew', async () => {
    await tell(1)
    for (let second = 0; second <= 60; second += 1) expect((await tell(3)).taken).toBe(false)
    expect((await tell(3)).taken).toBe(true)
    expect([inSync(), reading.metadata.offset]).toEqual([12, cluster.broker(3).stale?.metadataOffset])
  })

  it('where nothing tells how old they are, hold the smaller ISR until a second broker agrees', async () => {
    cluster.metadataOffset = Number.NaN
    cluster.deleteTopic('a-new-one')
    cluster.broker(3).stale = { ...cluster.broker(3).stale!, metadataOffset: Number.NaN }
    reading = new ClusterReading(clock)
    await tell(1)
    await tell(3, 1)
    expect([inSync(), reading.metadata.disputes.size]).toEqual([4, 4])
    expect((await tell(3)).changed).toBe(false)
    expect([inSync(), reading.metadata.disputes.size]).toEqual([4, 4])
    // The other of the two is asked next.
    expect([reading.metadata.unsure, reading.metadata.unheard]).toEqual([true, new Set([1])])
    cluster.broker(3).stale = null
    cluster.each((one) => (one.isr = [...one.replicas]))
    await tell(1, 3)
    expect([inSync(), reading.metadata.disputes.size]).toEqual([12, 0])
  })
})

describe('while somebody reads', () => {
  it('nothing is written, however long it takes; afterwards everything is, in order', async () => {
    await takeMetadata()
    const seen: number[] = []
    let go: () => void = () => undefined
    const read = reading.still(NO_THROTTLES, async (of) => {
      seen.push(of.reading.logEndOffset[0]!)
      await new Promise<void>((resolve) => (go = resolve))
      seen.push(of.reading.logEndOffset[0]!)
      return 'read'
    })
    const writes = [tellOffset(epoch(), 0, 7), tellOffset(epoch(), 0, 9)]
    await clock.advance(100)
    expect(epoch().reading.logEndOffset[0]).toBeNaN()
    go()
    expect(await read).toBe('read')
    await Promise.all(writes)
    expect(seen).toEqual([Number.NaN, Number.NaN])
    expect(epoch().reading.logEndOffset[0]).toBe(9)
  })

  it('one who fails holds nobody up', async () => {
    await takeMetadata()
    await expect(reading.still(NO_THROTTLES, () => Promise.reject(new Error('a reader')))).rejects.toThrow('a reader')
    expect((await tellOffset(epoch(), 0, 7)).taken).toBe(true)
  })

  it('what it begins with is written right before', async () => {
    // Whoever is in step is not held back.
    const out = cluster.partition('topic-00001', 0)
    out.isr = out.isr.filter((id) => id !== 3)
    await takeMetadata()
    const throttles = { followers: '*', leaders: '' }
    const topics = [{ topic: 1, value: 2, source: 1, unclean: UNCLEAN_OFF, throttles, retention: null }]
    await reading.apply({ kind: 'min-isr', of: epoch(), sentAt: clock.now(), topics })
    const throttled = await reading.still(
      () => ({
        kind: 'throttles',
        rates: { followers: new Set([3]), leaders: new Set() },
      }),
      (of) => Promise.resolve([...of.reading.throttled]),
    )
    // Broker 3 leads the last one and follows nobody there.
    expect(throttled).toEqual([0, 0, 1, 0])
    expect([...reading.throttledBrokers]).toEqual([3])
  })
})
