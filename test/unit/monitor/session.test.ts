import { describe, expect, it } from 'vitest'
import {
  clock,
  cluster,
  counts,
  delta,
  frame,
  headline,
  open,
  prepare,
  reader,
  session,
  start,
  statuses,
  tickTimes,
  watch,
  watchOver,
} from '../../support/opened-session'

watchOver()

describe('a healthy cluster', () => {
  it('is live with a whole picture within half a second, every figure known', async () => {
    await start()
    expect(session.status.phase).toBe('live')
    expect(counts()).toEqual({ healthy: 20 })
    expect(headline().level).toBe('well')
    const { topics, summary } = frame()
    expect([...topics.minInSyncReplicas]).toEqual([2, 2, 2, 2])
    expect(summary).toMatchObject({
      evictionWindowMs: 10_000,
      kafkaVersion: '4.4',
      limits: [],
      partitions: 20,
      replicas: 60,
      intervalMs: 250,
    })
    await clock.advance(3_000)
    expect(frame().summary).toMatchObject({ controller: 1, voters: { live: 1, total: 1 } })
  })

  it('is called live once there is a picture: what was interrupted is picked up by it', async () => {
    prepare()
    open()
    const seen: number[] = []
    session.onStatus(({ phase }) => {
      if (phase === 'live') seen.push(session.inside.reading()?.brokers.length ?? 0)
    })
    await clock.until('live', () => session.status.phase === 'live')
    expect(seen).toEqual([3])
  })

  it('judges nothing before every broker that answers has told of what it holds, however late it tells', async () => {
    prepare()
    cluster.broker(3).latencyMs = 400
    open()
    const levels = new Set<string>()
    await clock.until('well', () => {
      const level = session.frame()?.summary.headline.level
      if (level !== undefined) levels.add(level)
      return level === 'well'
    })
    expect([...levels]).toEqual(['unread', 'well'])
  })

  it('reads what a broker leads also where it answers more slowly than it is asked', async () => {
    prepare({ latencyMs: 400 })
    open()
    await clock.until('well', () => session.frame() !== null && headline().level === 'well', 5_000)
    const end = cluster.partition('topic-00000', 0).logEndOffset
    end.fill(end[0]! + 100)
    await clock.advance(5_000)
    expect(session.inside.reading()?.logEndOffset[0]).toBe(end[0])
    expect(cluster.mostInFlight).toBe(1)
  })

  it('waits no longer than a few seconds for one that keeps its answers back, and then says what it lacks', async () => {
    prepare()
    cluster.broker(3).throttleMs = 30_000
    open()
    await clock.until('a picture', () => session.frame() !== null)
    expect(await clock.until('judged', () => headline().level !== 'unread')).toBeLessThanOrEqual(4_000)
    expect(headline()).toMatchObject({ level: 'unknown', underReplicated: { atLeast: 0, complete: false } })
  })

  it('asks four times a second, never two things of one broker at once, and tells its load', async () => {
    await start()
    cluster.asked.length = 0
    await clock.advance(10_000)
    expect(tickTimes(1).length).toBeGreaterThanOrEqual(40)
    expect(cluster.mostInFlight).toBe(1)
    const { requestsPerSecond, bytesPerSecond } = frame().summary.load
    expect(requestsPerSecond).toBeGreaterThan(cluster.asked.length / 10 - 3)
    expect(requestsPerSecond).toBeLessThan(cluster.asked.length / 10 + 3)
    expect(bytesPerSecond).toBeGreaterThan(0)
  })

  it('asks followers before leaders, so that a lag is an upper bound', async () => {
    await start()
    cluster.produce(50)
    await clock.advance(600)
    watch({ partition: { topic: 'topic-00000', partition: 0 } })
    await clock.advance(300)
    const live = delta().live
    const leader = live?.replicas.find((replica) => replica.broker === live.leader)
    for (const replica of live?.replicas ?? [])
      if (replica !== leader) expect(leader!.readAt).toBeGreaterThan(replica.readAt)
    expect(live?.replicas.map((replica) => [replica.logEndOffset, replica.lagRecords])).toEqual([
      [150, 0],
      [150, 0],
      [150, 0],
    ])
    expect(live).toMatchObject({
      highWatermark: 100,
      logStartOffset: 0,
      acceptsAcksAll: 'yes',
      tolerance: 1,
      preferredLeader: 1,
      leaderStops: { nextLeader: 2 },
    })
  })

  it('stays within the byte budget of each broker on a large cluster, and still reads every replica', async () => {
    await start({ topics: 300, partitionsPerTopic: 100 })
    await clock.advance(5_000)
    cluster.asked.length = 0
    const from = clock.now()
    await clock.advance(10_000)
    const offsets = cluster.asked.filter(({ what }) => what === 'log-end')
    for (const broker of [1, 2, 3]) {
      const rows = offsets.filter((one) => one.broker === broker).reduce((sum, one) => sum + one.rows, 0)
      expect((rows * 42) / 10).toBeLessThanOrEqual(1_100_000)
      expect(rows).toBeGreaterThanOrEqual(30_000)
      expect(Math.max(...offsets.map((one) => one.rows))).toBeLessThanOrEqual(5_000)
    }
    watch({ rows: [...Array(500).keys()] })
    await clock.advance(600)
    const { view } = delta()
    expect(view!.rows).toHaveLength(500)
    expect(clock.now() - from).toBeGreaterThan(10_000)
    expect([...view!.lagRecords].every((lag) => lag === 0)).toBe(true)
  })

  it('keeps a fixed cadence, and at least a second while hidden', async () => {
    await start({}, 2_000)
    cluster.asked.length = 0
    await clock.advance(20_000)
    expect(tickTimes(1).length).toBeLessThanOrEqual(22)
    session.cadence(0)
    reader.shown(false)
    await clock.advance(2_000)
    cluster.asked.length = 0
    await clock.advance(10_000)
    expect(tickTimes(2).length).toBeLessThanOrEqual(22)
  })

  it('reads what is newly shown at once, however long the interval, but not more often than the shortest', async () => {
    await start({}, 60_000)
    await clock.advance(5_000)
    cluster.asked.length = 0
    watch({ partition: { topic: 'topic-00003', partition: 1 } })
    await clock.advance(100)
    expect(tickTimes(1).length).toBeGreaterThan(0)
    cluster.asked.length = 0
    for (let i = 0; i < 100; i += 1) {
      watch({ rows: [i % 20] })
      await clock.advance(10)
    }
    const starts = cluster.asked.filter(({ what }) => what === 'metadata').map(({ at }) => at)
    expect(new Set(starts).size).toBeLessThanOrEqual(5)
  })

  it('asks nothing while paused and goes on afterwards', async () => {
    await start()
    session.pause(true)
    await clock.advance(500)
    cluster.asked.length = 0
    await clock.advance(60_000)
    expect(cluster.asked).toEqual([])
    expect(session.status.phase).toBe('paused')
    expect(frame().partition).toHaveLength(20)
    session.pause(false)
    await clock.advance(50)
    expect(session.status.phase).toBe('live')
    expect(cluster.asked.length).toBeGreaterThan(0)
  })
})

describe('topology', () => {
  it('starts a new epoch for a new topic and keeps what was known of the others', async () => {
    await start()
    const before = frame()
    reader.next()
    cluster.createTopic('aaa', 2)
    await clock.until('new topic', () => frame().topics.names.length === 5)
    expect(frame().epoch).toBeGreaterThan(before.epoch)
    expect(frame().topics.names[0]).toBe('aaa')
    expect(reader.next()).toMatchObject({ type: 'frame', frame: { epoch: frame().epoch } })
    expect(counts()).toEqual({ unknown: 2, healthy: 20 })
    await clock.until('every replica read', () => counts()['healthy'] === 22, 1_000)
    await clock.until('min ISR of the new topic', () => frame().topics.minInSyncReplicas[0] === 2, 3_000)
  })

  it('survives the watched topic being deleted and made again with epochs that start over', async () => {
    await start()
    cluster.partition('topic-00001', 0).leaderEpoch = 7
    cluster.touch()
    watch({ partition: { topic: 'topic-00001', partition: 0 }, rows: [5] })
    await clock.advance(600)
    cluster.deleteTopic('topic-00001')
    await clock.until('deleted', () => frame().topics.names.length === 3)
    expect(delta().live).toBeNull()
    cluster.createTopic('topic-00001')
    await clock.until('back', () => delta().live?.leaderEpoch === 0, 8_000)
    await clock.until('every replica read', () => counts()['healthy'] === 20, 1_000)
  })

  it('stays read while a broker joins, and asks it as soon as it is listed', async () => {
    prepare({ brokers: 4, topics: 2, partitionsPerTopic: 2 })
    const late = cluster.broker(4)
    late.listed = false
    for (const topic of cluster.topics)
      for (const one of topic.partitions) Object.assign(one, { replicas: [1, 2, 3], isr: [1, 2, 3], leader: 1 })
    open(0)
    await clock.advance(1_000)
    const levels = new Set<string>()
    session.reader(() => levels.add(headline().level))
    late.latencyMs = 900
    late.listed = true
    cluster.touch()
    await clock.until(
      'four brokers that answer',
      () => frame().summary.brokers.filter(({ answers }) => answers === 'yes').length === 4,
    )
    expect([...levels]).toEqual(['well'])
  })

  it('lives with a cluster that has no topics', async () => {
    await start({ topics: 0 })
    expect(session.status.phase).toBe('live')
    expect(frame().summary).toMatchObject({ partitions: 0, topics: 0 })
    expect(frame().summary.brokers).toHaveLength(3)
    expect(headline().level).toBe('unknown')
  })
})

describe('a lost cluster', () => {
  it('keeps the last picture, tells since when and the next try, and comes back by itself', async () => {
    await start()
    const { partition } = frame()
    for (const id of [1, 2, 3]) cluster.kill(id)
    await clock.until('lost', () => session.status.phase === 'lost')
    expect(session.status).toMatchObject({ problem: { code: 'unreachable' } })
    expect(session.status.nextTryAt).toBeGreaterThan(clock.now() - 1)
    await clock.advance(120_000)
    expect(frame().partition).toEqual(partition)
    for (const id of [1, 2, 3]) cluster.revive(id)
    expect(await clock.until('live', () => session.status.phase === 'live')).toBeLessThanOrEqual(6_000)
    await clock.until('well', () => headline().level === 'well')
  })

  it('is lost within 3 s when every broker freezes, and live again when one thaws', async () => {
    await start()
    for (const id of [1, 2, 3]) cluster.hang(id)
    expect(await clock.until('lost', () => session.status.phase === 'lost')).toBeLessThanOrEqual(3_000)
    expect(headline().silent).toHaveLength(3)
    await clock.advance(30_000)
    cluster.revive(2)
    expect(await clock.until('live', () => session.status.phase === 'live')).toBeLessThanOrEqual(6_000)
  })

  it('starts lost when nothing answers, says at which step, and connects when something does', async () => {
    prepare({ brokers: 3, topics: 1, partitionsPerTopic: 1 })
    for (const id of [1, 2, 3]) cluster.kill(id)
    open(0)
    await clock.advance(100)
    expect(session.status).toMatchObject({ phase: 'lost', problem: { code: 'unreachable', step: 'tcp' } })
    expect(session.frame()).toBeNull()
    cluster.revive(2)
    await clock.until('live', () => session.status.phase === 'live', 6_000)
    expect(statuses.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1])).toEqual(['lost', 'live'])
  })
})
