import { describe, expect, it } from 'vitest'
import { SOURCE_DENIED } from '../../../src-main/contract/config'
import { AclOperation } from '../../../src-main/shared/acl-operations'
import { MARK_ELR, MARK_REASSIGNING } from '../../../src-main/shared/states'
import { tally } from '../../../src-main/shared/tally'
import { FakeCluster } from '../../support/fake-cluster'
import {
  clock,
  cluster,
  counts,
  delta,
  frame,
  open,
  prepare,
  session,
  start,
  watch,
  watchOver,
} from '../../support/opened-session'

watchOver()

/** Newest versions as 3.6.2 tells them, and 2.8.2 in ZooKeeper mode (kafka-facts h). */
const KAFKA_36 = new Map([
  [1, 15],
  [2, 8],
  [3, 12],
  [32, 4],
  [35, 4],
  [45, 0],
  [46, 0],
  [55, 1],
  [60, 0],
])
const ZOOKEEPER_28 = new Map([
  [1, 12],
  [2, 6],
  [3, 11],
  [4, 5],
  [32, 4],
  [35, 2],
  [45, 0],
  [46, 0],
  [60, 0],
])

const marked = (): number => frame().columns.marks.filter((mark) => (mark & MARK_REASSIGNING) !== 0).length
const askedOf = (what: string): number[] => [
  ...new Set(cluster.asked.filter((one) => one.what === what).map(({ broker }) => broker)),
]

describe('reassignments', () => {
  it('are asked for as soon as a replica list has changed, so that a new copy is trouble for a moment at most', async () => {
    await start({ brokers: 4, replicationFactor: 3 })
    await clock.advance(200)
    const one = cluster.partition('topic-00000', 0)
    expect(one.replicas).toEqual([1, 2, 3])
    Object.assign(one, { replicas: [4, 1, 2, 3], logEndOffset: [0, 100, 100, 100] })
    cluster.reassigning = [{ topic: 'topic-00000', partition: 0, adding: [4] }]
    cluster.touch()
    expect(await clock.until('marked', () => marked() === 1)).toBeLessThanOrEqual(1_000)
    expect(counts()).toEqual({ healthy: 20 })
    Object.assign(one, { replicas: [4, 1, 2], isr: [4, 1, 2], logEndOffset: [100, 100, 100] })
    cluster.reassigning = []
    cluster.touch()
    expect(await clock.until('over', () => marked() === 0)).toBeLessThanOrEqual(1_000)
    expect(counts()).toEqual({ healthy: 20 })
  })

  it('are known to the controller alone in ZooKeeper mode, also after it has moved', async () => {
    prepare()
    for (const broker of cluster.brokers.values()) broker.versions = ZOOKEEPER_28
    cluster.controller = 2
    cluster.reassigning = [{ topic: 'topic-00001', partition: 1 }]
    open()
    await clock.advance(10_000)
    expect(marked()).toBe(1)
    expect(askedOf('reassignments')).toEqual([2])
    // There is no quorum, which is no limit.
    expect(frame().summary).toMatchObject({ controller: 2, limits: [] })
    expect(askedOf('quorum')).toEqual([])
    cluster.controller = 3
    cluster.reassigning = []
    cluster.touch()
    await clock.advance(4_000)
    expect(marked()).toBe(0)
    expect(askedOf('reassignments')).toEqual([2, 3])
  })
})

describe('a topic that is deleted and made anew between two readings', () => {
  it('is known by its id: leader, replicas, log and settings are the new ones at once', async () => {
    await start()
    cluster.each((one) => Object.assign(one, { leaderEpoch: 7 }))
    await clock.advance(1_000)
    cluster.deleteTopic('topic-00001')
    cluster.createTopic('topic-00001', 5, 2)
    cluster.topic('topic-00001')!.settings.set('min.insync.replicas', '1')
    cluster.each((one, topic) => {
      if (topic.name === 'topic-00001') one.logEndOffset.fill(3)
    })
    watch({ partition: { topic: 'topic-00001', partition: 0 } })
    await clock.advance(1_000)
    const one = cluster.partition('topic-00001', 0)
    const live = delta().live!
    expect(live).toMatchObject({ leader: one.leader, leaderEpoch: 0, minInSyncReplicas: 1, replicationFactor: 2 })
    expect(live.replicas.map(({ broker, logEndOffset, lagRecords }) => [broker, logEndOffset, lagRecords])).toEqual(
      one.replicas.map((broker) => [broker, 3, 0]),
    )
    expect(counts()).toEqual({ healthy: 20 })
  })
})

describe('a login that may read the settings of some topics only', () => {
  const refuse = (name: string, error: number | null): void => {
    for (const { errors } of cluster.brokers.values()) {
      if (error === null) errors.delete(`configs-topic ${name}`)
      else errors.set(`configs-topic ${name}`, error)
    }
  }
  const unknown = (): string[] =>
    frame().topics.names.filter((_, topic) => frame().topics.minInSyncReplicas[topic] === -1)

  it('costs those topics, not the ones behind them; a right that is granted is seen within a minute or so', async () => {
    prepare({ topics: 450, partitionsPerTopic: 1 })
    refuse('topic-00003', 29)
    cluster.facts.operations.set('topic-00003', 1 << AclOperation.DESCRIBE)
    open(5_000)
    await clock.advance(4_000)
    expect(unknown()).toEqual(['topic-00003'])
    expect(frame().summary.limits).toEqual([{ what: 'min-insync-replicas', reason: 'not-authorized' }])
    expect(frame().topics.minInSyncReplicasSource[3]).toBe(SOURCE_DENIED)
    cluster.topic('topic-00449')!.settings.set('min.insync.replicas', '1')
    await clock.advance(15_000)
    expect(frame().topics.minInSyncReplicas[449]).toBe(1)
    expect(frame().summary).toMatchObject({ minIsrUnknown: 1, headline: { level: 'unknown', offline: tally(0) } })
    expect(frame().summary.headline.writesRefused).toEqual(tally(0, false))
    refuse('topic-00003', null)
    cluster.facts.operations.delete('topic-00003')
    await clock.advance(65_000)
    expect(unknown()).toEqual([])
    expect(frame().summary).toMatchObject({ limits: [], headline: { level: 'well' } })
  })

  it('is told an empty min.insync.replicas, which is none and not 0 (K5.2)', async () => {
    prepare({ topics: 1, partitionsPerTopic: 1 })
    cluster.topic('topic-00000')!.settings.set('min.insync.replicas', '')
    open(0)
    await clock.advance(4_000)
    expect([...frame().topics.minInSyncReplicas, ...frame().topics.minInSyncReplicasSource]).toEqual([-1, 0])
    expect(frame().summary.headline).toMatchObject({ level: 'unknown', writesRefused: tally(0, false) })
  })
})

describe('a broker that has just started', () => {
  it('and knows nobody yet empties no picture (ZooKeeper mode, until the controller has told it)', async () => {
    await start()
    const none = new FakeCluster({ clock, brokers: 1, topics: 0, partitionsPerTopic: 0 })
    none.broker(1).listed = false
    cluster.broker(2).stale = none.metadata(1)
    const seen = new Set<number>()
    for (let n = 0; n < 20; n += 1) {
      await clock.advance(250)
      seen.add(frame().summary.partitions)
    }
    expect([...seen]).toEqual([20])
    expect(session.status.phase).toBe('live')
  })
})

describe('where topics come and go all the time', () => {
  it('a new topic costs its own high watermarks and no others', async () => {
    await start()
    await clock.advance(2_000)
    cluster.asked.length = 0
    cluster.createTopic('new')
    await clock.advance(2_000)
    const rows = cluster.asked.filter(({ what }) => what === 'high-watermark').reduce((sum, one) => sum + one.rows, 0)
    expect(rows).toBe(5)
  })

  it('a setting that changes is seen as soon as elsewhere, and the controller is not asked at every turn', async () => {
    await start()
    await clock.advance(1_000)
    cluster.topic('topic-00002')!.settings.set('min.insync.replicas', '3')
    cluster.asked.length = 0
    const at = clock.now()
    const shows = (): boolean => {
      const { names, minInSyncReplicas } = frame().topics
      return minInSyncReplicas[names.indexOf('topic-00002')] === 3
    }
    for (let n = 0; n < 60 && !shows(); n += 1) {
      cluster.createTopic(`short-lived-${n}`)
      await clock.advance(250)
    }
    expect(shows()).toBe(true)
    expect(clock.now() - at).toBeLessThanOrEqual(9_000)
    const questions = cluster.asked.filter(({ what }) => what === 'reassignments').length
    expect(questions).toBeLessThanOrEqual((clock.now() - at) / 500 + 1)
  })
})

describe('what holds in a mixed cluster', () => {
  it('is what its oldest broker says, until that broker has left for good', async () => {
    prepare({ brokers: 4, replicationFactor: 2, minInSyncReplicas: 3 })
    cluster.broker(4).versions = KAFKA_36
    open()
    await clock.advance(1_000)
    expect(frame().summary.kafkaVersion).toBe('3.6')
    // Before 3.7 a min ISR above the replication factor refuses every acks=all write; from then on it acts as the replication factor.
    expect(counts()).toEqual({ 'under-min-isr': 20 })
    cluster.each((one) => {
      one.replicas = one.replicas.map((id) => (id === 4 ? (one.replicas.includes(3) ? 2 : 3) : id))
      one.isr = [...one.replicas]
      one.leader = one.replicas[0]!
    })
    cluster.broker(4).listed = false
    cluster.broker(4).state = 'dead'
    cluster.touch()
    await clock.advance(3_000)
    expect(frame().summary.kafkaVersion).toBe('4.4')
    expect(counts()).toEqual({ healthy: 20 })
  })
})

describe('eligible leaders', () => {
  it('are known of every topic that has some, however many are in trouble, and are forgotten when the ISR is whole', async () => {
    await start({ topics: 130, partitionsPerTopic: 1 })
    // Every topic has lost a replica, and one of them, late in the alphabet, has an ELR besides.
    cluster.each((one) => {
      one.isr = one.replicas.slice(0, 2)
    })
    Object.assign(cluster.partition('topic-00129', 0), { leader: -1, isr: [], elr: [3] })
    cluster.touch()
    const elr = (): number => frame().columns.marks.filter((mark) => (mark & MARK_ELR) !== 0).length
    expect(await clock.until('one', () => elr() === 1)).toBeLessThanOrEqual(2_500)
    const row = frame().topics.start[frame().topics.names.indexOf('topic-00129')]!
    expect(frame().columns.nextBroker[row]).toBe(3)
    // More than one question takes: each keeps its ELR while the others are asked.
    cluster.each((one) =>
      Object.assign(one, { leader: one.replicas[0], isr: [one.replicas[0]], elr: [one.replicas[1]] }),
    )
    await clock.until('all', () => elr() === 130, 10_000)
    await clock.advance(10_000)
    expect(elr()).toBe(130)
    cluster.each((one) => Object.assign(one, { isr: [...one.replicas], elr: [] }))
    await clock.until('none', () => elr() === 0)
  })
})
