import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClusterFrame, ClusterStatus, FrameDelta } from '../../../src-main/contract/frame'
import { HEALTHY, LAGGING, MARK_LEADER_SILENT, OFFLINE, STATE_NAMES, UNDER_MIN_ISR } from '../../../src-main/contract/states'
import { createSampleStore } from '../../../src-main/history/samples'
import { createSession } from '../../../src-main/monitor/session-impl'
import type { ClusterSession } from '../../../src-main/monitor/session'
import { FakeClock } from '../../support/fake-clock'
import { FakeCluster, type FakeOptions } from '../../support/fake-cluster'

// Time is fake, so only the machine decides how long a test takes.
vi.setConfig({ testTimeout: 30_000 })

let clock: FakeClock
let cluster: FakeCluster
let session: ClusterSession
let statuses: ClusterStatus[]
let changes: number
const errors: unknown[] = []

async function start(options: Partial<FakeOptions> = {}, intervalMs = 0): Promise<void> {
  clock = new FakeClock()
  cluster = new FakeCluster({ clock, brokers: 3, topics: 4, partitionsPerTopic: 5, ...options })
  open(intervalMs)
  await clock.advance(500)
}

function open(intervalMs: number): void {
  statuses = []
  changes = 0
  session = createSession({
    cluster: 'c', port: cluster.port(), clock, busyMs: () => 0, intervalMs, samples: createSampleStore(), onError: (cause) => errors.push(cause),
  })
  session.listen({ changed: () => (changes += 1), status: (status) => statuses.push(status) })
}

const frame = (): ClusterFrame => {
  const now = session.frame()
  if (now === null) throw new Error('no frame yet')
  return now
}
const headline = () => frame().summary.headline
const counts = () => Object.fromEntries(frame().summary.counts.map((count, state) => [STATE_NAMES[state], count]).filter(([, count]) => count !== 0))
const tickTimes = (broker: number) => [...new Set(cluster.asked.filter((one) => one.broker === broker && one.what === 'log-end').map(({ at }) => at))]

beforeEach(() => {
  errors.length = 0
})

afterEach(async () => {
  const closing = session.close()
  await clock.advance(50)
  await closing
  expect(cluster.links.size).toBe(0)
  expect(errors).toEqual([])
})

describe('a healthy cluster', () => {
  it('is live with a whole picture within half a second, every figure known', async () => {
    await start()
    expect(session.status.phase).toBe('live')
    expect(counts()).toEqual({ healthy: 20 })
    expect(headline().level).toBe('well')
    const { topics, summary } = frame()
    expect([...topics.minInSyncReplicas]).toEqual([2, 2, 2, 2])
    expect(summary).toMatchObject({ evictionWindowMs: 10_000, kafkaVersion: '4.4', limits: [], partitions: 20, replicas: 60, intervalMs: 250 })
    await clock.advance(3_000)
    expect(frame().summary).toMatchObject({ controller: 1, voters: { live: 1, total: 1 } })
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
    session.watch({ kind: 'partition', topic: 'topic-00000', partition: 0 }, [])
    await clock.advance(300)
    const live = session.delta(frame())?.live
    const leader = live?.replicas.find((replica) => replica.broker === live.leader)
    for (const replica of live?.replicas ?? []) if (replica !== leader) expect(leader!.readAt).toBeGreaterThan(replica.readAt)
    expect(live?.replicas.map((replica) => [replica.logEndOffset, replica.lagRecords])).toEqual([[150, 0], [150, 0], [150, 0]])
    expect(live).toMatchObject({ highWatermark: 100, logStartOffset: 0, acceptsAcksAll: 'yes', tolerance: 1, preferredLeader: 1, nextLeader: 2 })
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
      expect((rows * 42) / 10).toBeLessThanOrEqual(550_000)
      expect(rows).toBeGreaterThanOrEqual(30_000)
      expect(Math.max(...offsets.map((one) => one.rows))).toBeLessThanOrEqual(5_000)
    }
    session.watch({ kind: 'none' }, [...Array(500).keys()])
    await clock.advance(600)
    const { view } = session.delta(frame())!
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
    session.shown(false)
    await clock.advance(2_000)
    cluster.asked.length = 0
    await clock.advance(10_000)
    expect(tickTimes(2).length).toBeLessThanOrEqual(22)
  })

  it('reads what is newly shown at once, however long the interval, but not more often than the shortest', async () => {
    await start({}, 60_000)
    await clock.advance(5_000)
    cluster.asked.length = 0
    session.watch({ kind: 'partition', topic: 'topic-00003', partition: 1 }, [])
    await clock.advance(100)
    expect(tickTimes(1).length).toBeGreaterThan(0)
    cluster.asked.length = 0
    for (let i = 0; i < 100; i += 1) {
      session.watch({ kind: 'none' }, [i % 20])
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

describe('a frozen broker', () => {
  it('is named within 3 s, before Metadata knows, with what follows; the others stay as fresh as before', async () => {
    await start()
    cluster.hang(2)
    const frozenAt = clock.now()
    const noticed = await clock.until('named', () => headline().silent.length > 0)
    expect(noticed).toBeLessThanOrEqual(3_000)
    const [silent] = headline().silent
    expect(silent).toMatchObject({ broker: 2, silence: 'timeout', leads: 7 })
    expect(silent!.fencedFrom).toBeGreaterThanOrEqual(frozenAt + 6_000)
    expect(silent!.fencedTo).toBeLessThanOrEqual(frozenAt + 9_000 + 2_000 + noticed)
    expect(headline().level).toBe('danger')
    const marks = frame().columns.marks.filter((mark) => (mark & MARK_LEADER_SILENT) !== 0)
    expect(marks).toHaveLength(7)
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
    const stopped = clock.now()
    for (let step = 0; step < 25; step += 1) {
      cluster.produce(10, [3])
      await clock.advance(100)
    }
    const late = await clock.until('late', () => (frame().summary.counts[LAGGING] ?? 0) === 20 - 6)
    expect(late).toBe(0)
    session.watch({ kind: 'partition', topic: 'topic-00000', partition: 0 }, [])
    await clock.advance(300)
    const replica = session.delta(frame())!.live!.replicas.find(({ broker }) => broker === 3)!
    expect(replica).toMatchObject({ logEndOffset: 100, lagRecords: 250, inSync: true })
    expect(replica.leavesFrom - 10_000).toBeGreaterThanOrEqual(stopped - 300)
    expect(replica.leavesFrom - 10_000).toBeLessThanOrEqual(stopped + 300)
    expect(headline().culprit).toMatchObject({ kind: 'follower-broker', broker: 3 })
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
    session.watch({ kind: 'partition', topic: 'topic-00001', partition: 2 }, [])
    await clock.until('ELR', () => session.delta(frame())!.live!.elr.length === 2)
    expect(session.delta(frame())!.live).toMatchObject({ acceptsAcksAll: 'no', tolerance: -1 })
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
    session.watch({ kind: 'partition', topic: 'topic-00002', partition: 0 }, [])
    await clock.until('disputed', () => frame().summary.disputed === 1)
    for (let i = 0; i < 40; i += 1) {
      await clock.advance(100)
      expect(session.delta(frame())!.live).toMatchObject({ leader: one.leader, leaderEpoch: 1 })
      expect(frame().summary.sourceBroker).not.toBe(3)
    }
    cluster.broker(3).stale = null
    await clock.until('agreed', () => frame().summary.disputed === 0)
  })

  it('says which capability is off and why, and goes on with the rest', async () => {
    await start()
    for (const broker of cluster.brokers.values()) {
      for (const [what, error] of [['configs-topic', 29], ['configs-broker', 31], ['quorum', 31], ['reassignments', 31]] as const) broker.errors.set(what, error)
    }
    const closing = session.close()
    await clock.advance(50)
    await closing
    open(0)
    await clock.advance(4_000)
    expect([...frame().summary.limits].map(({ what, reason }) => `${what} ${reason}`).sort()).toEqual([
      'broker-settings not-authorized', 'min-insync-replicas not-authorized', 'quorum not-authorized', 'reassignments not-authorized',
    ])
    expect(counts()).toEqual({ healthy: 20 })
    expect(frame().summary.evictionWindowMs).toBeNaN()
    expect([...frame().topics.minInSyncReplicas]).toEqual([-1, -1, -1, -1])
  })
})

describe('topology', () => {
  it('starts a new epoch for a new topic and keeps what was known of the others', async () => {
    await start()
    const before = frame()
    cluster.createTopic('aaa', 2)
    await clock.until('new topic', () => frame().topics.names.length === 5)
    expect(frame().epoch).toBeGreaterThan(before.epoch)
    expect(frame().topics.names[0]).toBe('aaa')
    expect(session.delta({ epoch: before.epoch, seq: before.seq })).toBeNull()
    expect(counts()).toEqual({ healthy: 22 })
    await clock.until('min ISR of the new topic', () => frame().topics.minInSyncReplicas[0] === 2, 3_000)
  })

  it('survives the watched topic being deleted and made again with epochs that start over', async () => {
    await start()
    cluster.partition('topic-00001', 0).leaderEpoch = 7
    cluster.touch()
    session.watch({ kind: 'partition', topic: 'topic-00001', partition: 0 }, [5])
    await clock.advance(600)
    cluster.deleteTopic('topic-00001')
    await clock.until('deleted', () => frame().topics.names.length === 3)
    expect(session.delta(frame())!.live).toBeNull()
    cluster.createTopic('topic-00001')
    await clock.until('back', () => session.delta(frame())?.live?.leaderEpoch === 0, 8_000)
    expect(counts()).toEqual({ healthy: 20 })
  })

  it('stays read while a broker joins, and asks it as soon as it is listed', async () => {
    clock = new FakeClock()
    cluster = new FakeCluster({ clock, brokers: 4, topics: 2, partitionsPerTopic: 2 })
    const late = cluster.broker(4)
    late.listed = false
    for (const topic of cluster.topics) for (const one of topic.partitions) Object.assign(one, { replicas: [1, 2, 3], isr: [1, 2, 3], leader: 1 })
    open(0)
    await clock.advance(1_000)
    const levels = new Set<string>()
    session.listen({ changed: () => levels.add(headline().level), status: () => undefined })
    late.latencyMs = 900
    late.listed = true
    cluster.touch()
    await clock.until('four brokers that answer', () => frame().summary.brokers.filter(({ answers }) => answers === 'yes').length === 4)
    expect([...levels]).toEqual(['well'])
  })

  it('lives with a cluster that has no topics', async () => {
    await start({ topics: 0 })
    expect(session.status.phase).toBe('live')
    expect(frame().summary).toMatchObject({ partitions: 0, topics: 0 })
    expect(frame().summary.brokers).toHaveLength(3)
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
    clock = new FakeClock()
    cluster = new FakeCluster({ clock, brokers: 3, topics: 1, partitionsPerTopic: 1 })
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

describe('listeners', () => {
  it('are told once per tick, and one that throws harms nobody', async () => {
    await start()
    const stop = session.listen({ changed: () => { throw new Error('a listener of its own') }, status: () => undefined })
    changes = 0
    await clock.advance(5_000)
    expect(changes).toBeGreaterThanOrEqual(20)
    expect(changes).toBeLessThanOrEqual(22)
    expect(errors.length).toBeGreaterThanOrEqual(20)
    stop()
    errors.length = 0
  })
})

describe('deltas', () => {
  const apply = (base: ClusterFrame, delta: FrameDelta): void => {
    for (const name of Object.keys(base.columns) as (keyof ClusterFrame['columns'])[]) {
      delta.rows.forEach((row, i) => { base.columns[name][row] = delta.columns[name][i]! })
    }
    let at = 0
    for (const row of delta.rows) {
      for (let replica = base.replicaStart[row]!; replica < base.replicaStart[row + 1]!; replica += 1) base.replicaFlags[replica] = delta.replicaFlags[at++]!
    }
  }

  it('applied to a frame give the next frame, from any earlier cursor, whatever happens in between', async () => {
    const event = fc.record({
      kind: fc.constantFrom('produce', 'stuck', 'shrink', 'grow', 'move', 'hang', 'revive', 'wait'),
      row: fc.nat(19), broker: fc.integer({ min: 1, max: 3 }), ms: fc.integer({ min: 50, max: 900 }), look: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 4, maxLength: 14 }), async (events) => {
        await start()
        let base = frame()
        for (const { kind, row, broker, ms, look } of events) {
          const one = cluster.topics[Math.floor(row / 5)]!.partitions[row % 5]!
          if (kind === 'produce') cluster.produce(7)
          if (kind === 'stuck') cluster.produce(7, [broker])
          if (kind === 'shrink') one.isr = one.isr.filter((id) => id !== broker || id === one.leader)
          if (kind === 'grow') one.isr = [...one.replicas]
          if (kind === 'move') Object.assign(one, { leader: one.replicas[broker - 1], leaderEpoch: one.leaderEpoch + 1 })
          if (kind === 'hang') cluster.hang(broker)
          if (kind === 'revive') cluster.revive(broker)
          cluster.touch()
          await clock.advance(ms)
          // A reader that looks rarely must be told the same in the end as one that looks every time.
          if (!look) continue
          const delta = session.delta(base)
          if (delta === null) base = frame()
          else {
            apply(base, delta)
            base = { ...base, seq: delta.seq, takenAt: delta.takenAt, summary: delta.summary }
          }
          expect(base).toEqual(frame())
        }
        const closing = session.close()
        await clock.advance(50)
        await closing
      }),
      { numRuns: 20 },
    )
  }, 60_000)

  it('hold nothing when nothing changed, and nothing for a cursor of another epoch or of the future', async () => {
    await start()
    await clock.advance(3_000)
    const now = frame()
    await clock.advance(2_000)
    expect(session.delta(now)?.rows).toHaveLength(0)
    expect(session.delta({ epoch: now.epoch + 1, seq: now.seq })).toBeNull()
    expect(session.delta({ epoch: now.epoch, seq: now.seq + 1_000 })).toBeNull()
  })

  it('carry the worst lag of the rows in view', async () => {
    await start()
    session.watch({ kind: 'none' }, [3, 4, 999])
    cluster.produce(30, [3])
    await clock.advance(600)
    const view = session.delta(frame())!.view!
    expect([...view.rows]).toEqual([3, 4])
    expect([...view.lagRecords].every((lag) => lag === 30 || lag === 0)).toBe(true)
    expect(Math.max(...view.lagRecords)).toBe(30)
  })
})

describe('series', () => {
  it('remember lag per broker line, and when one left the ISR', async () => {
    await start()
    const watch = { kind: 'partition', topic: 'topic-00000', partition: 0 } as const
    session.watch(watch, [])
    for (let step = 0; step < 60; step += 1) {
      cluster.produce(5, [3])
      await clock.advance(100)
    }
    cluster.partition('topic-00000', 0).isr = [1, 2]
    cluster.touch()
    await clock.advance(3_000)
    const series = session.series(watch)
    expect([...series.lines].sort()).toEqual([2, 3])
    const three = [...series.lines].indexOf(3)
    expect(series.lagRecords.at(-series.lines.length + three)).toBe(300)
    expect(series.events).toContainEqual(expect.objectContaining({ line: 3, kind: 'left-isr' }))
    expect(session.series({ kind: 'cluster' }).at.length).toBeGreaterThan(2)
    expect(session.delta(frame())!.point).toMatchObject({ subject: series.subject })
  })
})
