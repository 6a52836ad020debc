import { describe, expect, it } from 'vitest'
import {
  HEALTHY,
  LAGGING,
  MARK_LEADER_SILENT,
  NEXT_NONE,
  OFFLINE,
  UNDER_MIN_ISR,
} from '../../../src-main/shared/states'
import {
  clock,
  close,
  cluster,
  counts,
  delta,
  frame,
  headline,
  open,
  prepare,
  session,
  start,
  tickTimes,
  watch,
  watchOver,
} from '../../support/opened-session'

watchOver()

it('shows an ISR that changed as soon as Metadata tells it, while the log ends are still under way', async () => {
  await start({}, 5_000)
  // Each answers one question after the other: Metadata after 400 ms, followers after 800, leaders after 1,200.
  for (const broker of cluster.brokers.values()) broker.latencyMs = 400
  await clock.advance(12_000)
  cluster.each((one) => (one.isr = [one.leader]))
  await clock.until('the change', () => headline().level !== 'well', 10_000)
  const asked = cluster.asked.findLast(({ what }) => what === 'metadata')!
  expect(clock.now() - asked.at).toBeLessThan(500)
})

describe('a frozen broker', () => {
  it('is named within 3 s, before Metadata knows, with what follows; the others stay as fresh as before', async () => {
    await start()
    cluster.hang(2)
    const frozenAt = clock.now()
    const noticed = await clock.until('named', () => headline().silent.length > 0)
    expect(noticed).toBeLessThanOrEqual(3_000)
    const [silent] = headline().silent
    expect(silent).toMatchObject({ broker: 2, silence: 'timeout', leads: 7 })
    // It may be on its way out in order, until the controllers tell that they do not hear it either.
    expect(silent!.fencedFrom).toBeLessThan(clock.now())
    expect(silent!.fencedTo).toBeLessThanOrEqual(frozenAt + 9_000 + 2_000 + noticed)
    expect(headline().level).toBe('danger')
    const marks = frame().columns.marks.filter((mark) => (mark & MARK_LEADER_SILENT) !== 0)
    expect(marks).toHaveLength(7)
    await clock.until('a session', () => headline().silent[0]!.fencedFrom >= frozenAt + 6_000, 5_000)
  })

  it('is not said to be fenced while the controllers hear it, and a session later than they did', async () => {
    await start()
    cluster.heard.add(2)
    cluster.hang(2)
    await clock.until('heard', () => headline().silent[0]?.heard === true, 10_000)
    await clock.advance(30_000)
    const nothing = { fencedFrom: NaN, fencedTo: NaN, thenOffline: 0, thenRefuses: 0 }
    expect(headline().silent).toMatchObject([{ broker: 2, heard: true, leads: 7, ...nothing }])
    expect([...new Set(frame().columns.next)]).toEqual([NEXT_NONE])
    cluster.heard.delete(2)
    const diedAt = clock.now()
    await clock.until('a time', () => !Number.isNaN(headline().silent[0]!.fencedTo), 10_000)
    // The controllers were asked every 3 s; from their last word on it is the usual session.
    expect(headline().silent[0]!.fencedFrom).toBeGreaterThanOrEqual(diedAt - 4_000 + 6_000)
    expect(headline().silent[0]!.fencedTo).toBeGreaterThan(diedAt + 6_000)
  })

  it('is named as soon when it freezes over a question whose first answer had taken long, as a cold broker does', async () => {
    prepare()
    const cold = cluster.broker(2)
    cold.latencyMs = 900
    open()
    const settings = () => cluster.asked.filter(({ broker, what }) => broker === 2 && what.startsWith('configs')).length
    await clock.until('its settings', () => settings() > 0)
    await clock.advance(950)
    cold.latencyMs = 5
    await clock.until('a quiet cluster', () => session.frame()?.summary.headline.level === 'well', 60_000)
    await clock.advance(3_000)
    const before = settings()
    for (let waited = 0; settings() === before && waited < 15_000; waited += 1) await clock.advance(1)
    expect(settings()).toBe(before + 1)
    cluster.hang(2)
    expect(await clock.until('named', () => headline().silent.length > 0, 10_000)).toBeLessThanOrEqual(3_000)
  })

  it('never delays the figures of the others by more than one interval', async () => {
    await start()
    cluster.hang(2)
    cluster.asked.length = 0
    await clock.advance(10_000)
    for (const broker of [1, 3]) {
      const times = tickTimes(broker)
      const gaps = times.slice(1).map((at, i) => at - times[i]!)
      expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * 250)
    }
    expect(clock.now() - session.status.takenAt).toBeLessThanOrEqual(2 * 250)
  })

  it('is seen back at its first answer', async () => {
    await start()
    cluster.hang(2)
    await clock.advance(2_000)
    cluster.revive(2)
    expect(await clock.until('well again', () => headline().level === 'well')).toBeLessThanOrEqual(1_000)
  })
})

describe('trouble', () => {
  it('sees a follower that stops as late within 2 s, with the records it misses and when it leaves the ISR', async () => {
    await start()
    for (let step = 0; step < 30; step += 1) {
      cluster.produce(10, [])
      await clock.advance(100)
    }
    const end = 100 + 30 * 10
    const stopped = clock.now()
    for (let step = 0; step < 25; step += 1) {
      cluster.produce(10, [3])
      await clock.advance(100)
    }
    const late = await clock.until('late', () => (frame().summary.counts[LAGGING] ?? 0) === 20 - 6)
    expect(late).toBe(0)
    watch({ partition: { topic: 'topic-00000', partition: 0 } })
    await clock.advance(300)
    const replica = delta().live!.replicas.find(({ broker }) => broker === 3)!
    expect(replica).toMatchObject({ logEndOffset: end, lagRecords: 250, inSync: true })
    // It was seen fetching within two readings before it stopped.
    expect(replica.leavesFrom - 10_000).toBeGreaterThanOrEqual(stopped - 2_000)
    expect(replica.leavesFrom - 10_000).toBeLessThanOrEqual(stopped)
    expect(replica.leavesTo - 15_000).toBeGreaterThanOrEqual(stopped)
    expect(replica.leavesTo - 15_000).toBeLessThanOrEqual(stopped + 2_000)
    expect(headline().culprit).toMatchObject({ kind: 'follower-broker', broker: 3 })
  })

  it('sees every follower that stops within 2 s, also where a tick reads only half of the replicas', async () => {
    await start({ topics: 60, partitionsPerTopic: 20 })
    const go = async (ms: number, stuck: readonly number[]): Promise<void> => {
      for (let at = 0; at < ms; at += 50) {
        cluster.produce(10, stuck)
        await clock.advance(50)
      }
    }
    await go(3_000, [])
    // Its replicas are followers in two thirds of the partitions; they stop at a moment between two ticks.
    await go(100, [3])
    const stopped = clock.now() - 100
    const lateAt = new Map<number, number>()
    const follows = (row: number): boolean => frame().columns.leader[row] !== 3
    session.reader(() =>
      frame().columns.state.forEach((state, row) => {
        if (state === LAGGING && !lateAt.has(row)) lateAt.set(row, clock.now() - stopped)
      }),
    )
    await go(2_500, [3])
    expect(lateAt.size).toBe(frame().partition.filter((_, row) => follows(row)).length)
    // Half a second until it is read behind, a second that it must last, one interval until a reading says so.
    expect(Math.max(...lateAt.values())).toBeLessThanOrEqual(500 + 1_000 + 250)
    expect(Math.min(...lateAt.values())).toBeGreaterThan(1_000)
  })

  it('shows offline partitions while everything else stays live', async () => {
    await start({ replicationFactor: 1, minInSyncReplicas: 1 })
    cluster.kill(1)
    cluster.fence(1)
    await clock.until('offline', () => (frame().summary.counts[OFFLINE] ?? 0) > 0)
    const offline = frame().summary.counts[OFFLINE]!
    expect(frame().summary.counts[HEALTHY]).toBe(20 - offline)
    expect(session.status.phase).toBe('live')
  })

  it('tells refused writes, and the ELR only where an ISR is short', async () => {
    await start()
    const one = cluster.partition('topic-00001', 2)
    one.isr = [one.leader]
    one.elr = one.replicas.filter((broker) => broker !== one.leader)
    cluster.touch()
    await clock.until('refused', () => (frame().summary.counts[UNDER_MIN_ISR] ?? 0) === 1)
    watch({ partition: { topic: 'topic-00001', partition: 2 } })
    await clock.until('ELR', () => delta().live!.elr.length === 2)
    expect(delta().live).toMatchObject({ acceptsAcksAll: 'no', tolerance: -1 })
    const asked = cluster.asked.filter(({ what }) => what === 'elr')
    expect(asked.every(({ rows }) => rows === 1)).toBe(true)
  })

  it('names brokers that say something else about a leader, and believes the higher epoch', async () => {
    await start()
    cluster.broker(3).stale = cluster.metadata(3)
    const one = cluster.partition('topic-00002', 0)
    one.leader = one.replicas[1]!
    one.leaderEpoch = 1
    cluster.touch()
    watch({ partition: { topic: 'topic-00002', partition: 0 } })
    await clock.until('disputed', () => frame().summary.disputed === 1)
    for (let i = 0; i < 40; i += 1) {
      await clock.advance(100)
      expect(delta().live).toMatchObject({ leader: one.leader, leaderEpoch: 1 })
      expect(frame().summary.sourceBroker).not.toBe(3)
    }
    cluster.broker(3).stale = null
    await clock.until('agreed', () => frame().summary.disputed === 0)
  })

  it('asks none with an old view what topics are set to, while others answer', async () => {
    await start()
    cluster.broker(3).stale = cluster.metadata(3)
    const one = cluster.partition('topic-00002', 0)
    one.leader = one.replicas[1]!
    one.leaderEpoch = 1
    cluster.touch()
    await clock.until('disputed', () => frame().summary.disputed === 1)
    cluster.asked.length = 0
    await clock.advance(30_000)
    const asked = (): number[] => [
      ...new Set(
        cluster.asked.flatMap(({ broker, what, rows }) =>
          what === 'configs' && rows === cluster.topics.length ? [broker] : [],
        ),
      ),
    ]
    expect(asked().sort()).toEqual([1, 2])
    cluster.broker(3).stale = null
    await clock.until('agreed', () => frame().summary.disputed === 0)
    await clock.advance(30_000)
    expect(asked().sort()).toEqual([1, 2, 3])
  })

  it.each([
    ['where brokers tell how new they are', 100],
    ['where they do not', Number.NaN],
  ])('an old ISR at an equal epoch never comes back, %s', async (_how, offset) => {
    await start()
    cluster.metadataOffset = offset
    cluster.touch()
    await clock.advance(2_000)
    cluster.broker(3).stale = cluster.metadata(3)
    const one = cluster.partition('topic-00002', 0)
    one.isr = [one.leader]
    cluster.touch()
    const members = (): number => {
      const { topics, replicaStart, replicaFlags } = frame()
      const row = topics.start[topics.names.indexOf('topic-00002')]!
      return replicaFlags.slice(replicaStart[row], replicaStart[row + 1]).filter((flags) => (flags & 1) !== 0).length
    }
    await clock.until('the smaller ISR', () => members() === 1)
    for (let i = 0; i < 100; i += 1) {
      await clock.advance(100)
      expect(members()).toBe(1)
    }
    expect(frame().summary.disputed).toBe(Number.isNaN(offset) ? 1 : 0)
    cluster.broker(3).stale = null
    one.isr = [...one.replicas]
    cluster.touch()
    await clock.until('the larger ISR, as all tell it', () => members() === 3 && frame().summary.disputed === 0)
  })

  it('says which capability is off and why, and goes on with the rest', async () => {
    await start()
    for (const broker of cluster.brokers.values()) {
      for (const [what, error] of [
        ['configs-topic', 29],
        ['configs-broker', 31],
        ['quorum', 31],
        ['reassignments', 31],
      ] as const)
        broker.errors.set(what, error)
    }
    await close()
    open(0)
    await clock.advance(4_000)
    expect([...frame().summary.limits].map(({ what, reason }) => `${what} ${reason}`).sort()).toEqual([
      'broker-settings not-authorized',
      'min-insync-replicas not-authorized',
      'quorum not-authorized',
      'reassignments not-authorized',
    ])
    expect(counts()).toEqual({ healthy: 20 })
    expect(frame().summary.evictionWindowMs).toBeNaN()
    expect([...frame().topics.minInSyncReplicas]).toEqual([-1, -1, -1, -1])
  })
})
