import { describe, expect, it } from 'vitest'
import { takePicture } from '../../../src-main/inspect/take-picture'
import { toJson } from '../../../src-main/inspect/to-json'
import { FakeClock } from '../../support/fake-clock'
import { FakeCluster } from '../../support/fake-cluster'

interface Inspected {
  healthy: boolean | null
  underReplicated: number | null
  offline: number | null
  spreadMs: number | null
  brokers: { id: number; answers: boolean; silence: string }[]
  partitions: {
    topic: string
    partition: number
    leader: number
    leaderAnswers: boolean | null
    leaderEpoch: number
    state: string
    replicas: number[]
    isr: number[]
    highWatermark: number | null
    minInSyncReplicas: number | null
    replicasDetail: { broker: number; logEndOffset: number | null; lag: number | null }[]
  }[]
}

async function inspect(
  hurt: (cluster: FakeCluster) => void,
  minInSyncReplicas = true,
): Promise<{ read: Inspected; verdict: string; unseen: readonly string[]; cluster: FakeCluster; ms: number }> {
  const clock = new FakeClock()
  const cluster = new FakeCluster({ clock, brokers: 3, topics: 3, partitionsPerTopic: 4 })
  hurt(cluster)
  cluster.touch()
  const from = clock.now()
  let done = 0
  const taking = takePicture(cluster.port(), { clock, timeoutMs: 2_000, minInSyncReplicas }).then((picture) => {
    done = clock.now()
    return picture
  })
  await clock.until('a picture', () => done > 0)
  const { json, verdict, unseen } = toJson(await taking, clock.now())
  expect(json).not.toContain('\n')
  return { read: JSON.parse(json) as Inspected, verdict, unseen, cluster, ms: done - from }
}

describe('one full picture', () => {
  it('has every partition and every figure of a healthy cluster, in a handful of round trips', async () => {
    const { read, verdict, cluster, ms } = await inspect((one) => one.produce(50))
    expect(verdict).toBe('healthy')
    expect(read).toMatchObject({ healthy: true, underReplicated: 0, offline: 0 })
    expect(read.partitions).toHaveLength(12)
    expect(read.partitions[0]).toEqual({
      topic: 'topic-00000',
      partition: 0,
      leader: 1,
      leaderAnswers: true,
      leaderEpoch: 0,
      state: 'healthy',
      replicas: [1, 2, 3],
      isr: [1, 2, 3],
      minInSyncReplicas: 2,
      highWatermark: 100,
      replicasDetail: [1, 2, 3].map((broker) => ({ broker, logEndOffset: 150, lag: 0 })),
    })
    // Bootstrap connect and Metadata, then connect, followers, and leaders with HW, 5 ms each.
    expect(ms).toBeLessThanOrEqual(30)
    expect(cluster.links.size).toBe(0)
  })

  it('asks Metadata, every LEO and the HW once, and nothing else', async () => {
    const { cluster } = await inspect(() => undefined, false)
    const rows = (what: string): number =>
      cluster.asked.filter((one) => one.what === what).reduce((sum, one) => sum + one.rows, 0)
    expect(rows('log-end')).toBe(36)
    expect(rows('high-watermark')).toBe(12)
    expect(
      cluster.asked.filter(({ what }) => !['connect', 'metadata', 'log-end', 'high-watermark'].includes(what)),
    ).toEqual([])
    expect(cluster.asked.filter(({ what }) => what === 'metadata')).toHaveLength(1)
  })

  it('tells lag, shrunken ISRs and offline partitions', async () => {
    const { read, verdict } = await inspect((cluster) => {
      cluster.produce(20, [3])
      cluster.partition('topic-00000', 0).isr = [1, 2]
      Object.assign(cluster.partition('topic-00001', 0), { leader: -1, isr: [] })
    })
    expect(verdict).toBe('trouble')
    expect(read).toMatchObject({ underReplicated: 2, offline: 1 })
    const [first] = read.partitions
    expect(first).toMatchObject({ state: 'at-min-isr', isr: [1, 2] })
    expect(first!.replicasDetail[2]).toEqual({ broker: 3, logEndOffset: 100, lag: 20 })
    const offline = read.partitions.find(({ leader }) => leader === -1)!
    expect(offline).toMatchObject({ topic: 'topic-00001', state: 'offline', leaderAnswers: null, highWatermark: null })
    expect(offline.replicasDetail.every(({ logEndOffset, lag }) => logEndOffset !== null && lag === null)).toBe(true)
  })

  it('calls nobody 0 behind who has more than its leader', async () => {
    const { read } = await inspect((cluster) => {
      const one = cluster.partition('topic-00000', 0)
      Object.assign(one, { isr: [1, 2], logEndOffset: [100, 100, 150] })
    })
    expect(read.partitions[0]!.replicasDetail.map(({ lag }) => lag)).toEqual([0, 0, null])
  })

  it('does not call a replica missing that a reassignment adds, and asks about moves only where an ISR is short', async () => {
    const { read, verdict, cluster } = await inspect((one) => {
      Object.assign(one.partition('topic-00000', 0), { replicas: [3, 1, 2], isr: [1, 2], leader: 1 })
      one.reassigning = [{ topic: 'topic-00000', partition: 0, adding: [3] }]
    })
    expect([verdict, read.underReplicated, read.partitions[0]!.state]).toEqual(['healthy', 0, 'healthy'])
    expect(cluster.asked.filter(({ what }) => what === 'reassignments')).toHaveLength(1)
    const refused = await inspect((one) => {
      one.partition('topic-00000', 0).isr = [1, 2]
      for (const broker of one.brokers.values()) broker.errors.set('reassignments', 31)
    })
    expect([refused.verdict, refused.read.underReplicated]).toEqual(['trouble', 1])
    expect(refused.unseen).toEqual([expect.stringMatching(/^whether replicas are being moved is not known/)])
    const well = await inspect(() => undefined)
    expect(well.cluster.asked.some(({ what }) => what === 'reassignments')).toBe(false)
  })

  it('calls nothing healthy whose offsets a double cannot hold (K11.8)', async () => {
    const { read, verdict, unseen } = await inspect((cluster) => {
      const one = cluster.partition('topic-00000', 0)
      one.logEndOffset = one.logEndOffset.map(() => 2 ** 53)
      one.highWatermark = 2 ** 53
    })
    expect([verdict, read.healthy, read.partitions[0]!.state]).toEqual(['unknown', null, 'unknown'])
    expect(unseen).toEqual(['1 of 12 partitions could not be read, topic-00000-0 first'])
    expect(read.partitions[0]!.highWatermark).toBeNull()
    expect(read.partitions[0]!.replicasDetail.map(({ logEndOffset, lag }) => [logEndOffset, lag])).toEqual(
      Array(3).fill([null, null]),
    )
  })

  it('asks a leader for its high watermark before its log end, so that the one is never above the other', async () => {
    const { cluster } = await inspect(() => undefined)
    const asked = cluster.asked.filter(({ broker }) => broker === 1).map(({ what }) => what)
    expect(asked.lastIndexOf('high-watermark')).toBeLessThan(asked.lastIndexOf('log-end'))
  })

  it('says null for what a silent broker did not tell, within its timeout, and keeps the others', async () => {
    const { read, verdict, ms } = await inspect((cluster) => {
      cluster.hang(3)
    })
    expect(verdict).toBe('trouble')
    expect(ms).toBeLessThanOrEqual(2_100)
    expect(read.brokers.find(({ id }) => id === 3)).toMatchObject({ answers: false, silence: 'timeout' })
    // Metadata calls them healthy for some seconds more, and nobody can read or write them.
    for (const { leader, leaderAnswers } of read.partitions) expect(leaderAnswers).toBe(leader !== 3)
    const known = read.partitions.filter(({ leader }) => leader !== 3)
    for (const { replicasDetail } of known) {
      for (const { broker, logEndOffset } of replicasDetail) expect(logEndOffset === null).toBe(broker === 3)
    }
  })

  it('cannot tell where only our side does not reach a broker, and says which (K8.7)', async () => {
    const refuse = (cluster: FakeCluster): void => {
      cluster.wantsLogin = true
      cluster.broker(3).refusesLogin = true
    }
    const { read, verdict, unseen } = await inspect(refuse)
    expect([verdict, read.healthy, read.underReplicated, read.offline]).toEqual(['unknown', null, null, null])
    expect(read.brokers.find(({ id }) => id === 3)).toMatchObject({ answers: false, silence: 'auth' })
    expect(unseen[0]).toMatch(/^broker 3 is not seen from here: .+; check --username and HIGHWATER_PASSWORD$/)
    expect(unseen[1]).toBe('12 of 12 partitions could not be read, topic-00000-0 first')
    const worse = await inspect((cluster) => {
      refuse(cluster)
      cluster.partition('topic-00000', 0).isr = [1, 2]
    })
    expect(worse.verdict).toBe('trouble')
  })

  it('leaves out states that need a setting nobody may read', async () => {
    const { read } = await inspect((cluster) => {
      for (const broker of cluster.brokers.values()) broker.errors.set('configs-topic', 29)
      cluster.partition('topic-00000', 0).isr = [1, 2]
    })
    expect(read.partitions[0]).toMatchObject({ state: 'under-replicated', minInSyncReplicas: null })
  })

  it('does not call healthy what it did not see, and says what that is', async () => {
    const denied = await inspect((cluster) => {
      for (const broker of cluster.brokers.values()) broker.errors.set('configs-topic', 29)
    })
    expect([denied.verdict, denied.read.healthy, denied.read.underReplicated]).toEqual(['unknown', null, 0])
    expect(denied.unseen).toEqual([
      'min.insync.replicas of topic-00000 and 2 more is not known, so whether acks=all writes are taken is not either: check that this login has DescribeConfigs on the topics',
    ])
    const nothing = await inspect((cluster) => {
      cluster.topics.length = 0
    })
    expect(nothing.read).toMatchObject({ healthy: null, underReplicated: null, offline: null, partitions: [] })
    expect([nothing.verdict, nothing.unseen]).toEqual([
      'unknown',
      ['no topic is seen: the cluster has none, or this login may describe none'],
    ])
    const unread = await inspect((cluster) => cluster.brokers.get(2)!.errors.set('offsets', 6))
    expect([unread.verdict, unread.read.underReplicated]).toEqual(['unknown', null])
    expect(unread.unseen).toEqual(['12 of 12 partitions could not be read, topic-00000-0 first'])
  })

  it('rejects when no bootstrap address answers', async () => {
    const clock = new FakeClock()
    const cluster = new FakeCluster({ clock, brokers: 1, topics: 1, partitionsPerTopic: 1, replicationFactor: 1 })
    cluster.kill(1)
    await expect(takePicture(cluster.port(), { clock, timeoutMs: 500, minInSyncReplicas: true })).rejects.toMatchObject(
      { code: 'unreachable' },
    )
  })
})
