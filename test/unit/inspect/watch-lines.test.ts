import { describe, expect, it } from 'vitest'
import { createClock } from '../../../src-main/ports/clock'
import { watchCluster } from '../../../src-main/inspect/watch'
import { isrChanges, lineOf, statusLine } from '../../../src-main/inspect/watch-lines'
import { tally } from '../../../src-main/shared/tally'
import { FakeClock } from '../../support/fake-clock'
import { FakeCluster } from '../../support/fake-cluster'
import { buildFrame } from '../../support/frames'
import { buildHeadline } from '../../support/summaries'

/** Of broker 3, at its next connection. */
function refuseLogin(cluster: FakeCluster): void {
  cluster.wantsLogin = true
  cluster.broker(3).refusesLogin = true
  for (const link of [...cluster.links]) if (link.address.id === 3) link.cut('reset')
}

describe('watch lines', () => {
  it('name up to three partitions and count more', () => {
    const one = { topic: 'orders', partition: 4, leader: 2, isr: [2, 3] }
    const same = <T>(row: T): T => row
    expect(isrChanges([], same)).toEqual([])
    expect(isrChanges([one, { ...one, isr: [] }], same)).toEqual([
      'orders-4 leader 2 ISR 2+3',
      'orders-4 leader 2 ISR none',
    ])
    expect(isrChanges([one, one, one, one], () => expect.unreachable())).toEqual([
      'ISR or leader changed on 4 partitions',
    ])
  })

  it('say that a cluster is lost, and why', () => {
    const status = {
      cluster: 'c',
      phase: 'lost',
      since: 0,
      takenAt: 0,
      nextTryAt: 0,
      problem: { code: 'unreachable', step: 'tcp', message: 'refused', leadsTo: '' },
    } as const
    expect(statusLine(status, null)).toBe('lost (tcp: refused); under-replicated unknown')
  })

  it.each([
    [buildHeadline({ underReplicated: tally(0, false) }), 'no topic is seen; under-replicated unknown'],
    [buildHeadline({ underReplicated: tally(3, false) }), 'no topic is seen; under-replicated at least 3'],
  ])('say what was not seen, and no 0 for it (K4.1)', (headline, line) => {
    const { summary } = buildFrame({ topics: [], summary: { headline } })
    expect(lineOf(summary, [])).toBe(line)
    expect(lineOf({ ...summary, reach: 'all', headline: buildHeadline() }, [])).toBe('; under-replicated 0')
  })

  it('come once at the start and once per change, each ending in the number of under-replicated partitions', async () => {
    const clock = new FakeClock()
    const cluster = new FakeCluster({ clock, brokers: 3, topics: 2, partitionsPerTopic: 3 })
    const lines: string[] = []
    let end: () => void = () => undefined
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const watching = watchCluster({
      port: cluster.port(),
      clock,
      intervalMs: 0,
      ended,
      recording: null,
      print: (line) => lines.push(line),
      warn: (line) => lines.push(`! ${line}`),
    })
    await clock.advance(5_000)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z healthy 6; under-replicated 0$/)
    cluster.partition('topic-00001', 2).isr = [1, 3]
    cluster.touch()
    await clock.advance(5_000)
    expect(lines.slice(1).map((line) => line.slice(25))).toEqual([
      'healthy 5, at-min-isr 1, topic-00001-2 leader 1 ISR 1+3; under-replicated 1',
    ])
    cluster.kill(2)
    await clock.advance(3_000)
    expect(lines.at(-1)).toContain(', broker 2 does not answer (refused, leads 2 partitions)')
    for (const id of [1, 3]) cluster.kill(id)
    await clock.until('lost', () => lines.some((line) => line.includes(' lost ')))
    // It is tried again every few seconds, and stays as lost as it was: no change, no line.
    await clock.advance(30_000)
    expect(new Set(lines.map((line) => line.slice(25))).size).toBe(lines.length)
    for (const id of [1, 2, 3]) cluster.revive(id)
    await clock.until('live again', () => lines.some((line) => line.includes(' live')), 8_000)
    expect(lines.every((line) => /under-replicated (\d+|unknown)$/.test(line))).toBe(true)
    end()
    await clock.advance(100)
    await watching
    expect(cluster.links.size).toBe(0)
  })

  const watched = async (
    play: (cluster: FakeCluster, clock: FakeClock) => Promise<void>,
  ): Promise<{ lines: string[]; verdict: string }> => {
    const clock = new FakeClock()
    const cluster = new FakeCluster({ clock, brokers: 3, topics: 2, partitionsPerTopic: 3 })
    const lines: string[] = []
    let end: () => void = () => undefined
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const watching = watchCluster({
      port: cluster.port(),
      clock,
      intervalMs: 0,
      ended,
      recording: null,
      print: (line) => lines.push(line.slice(25)),
      warn: (line) => lines.push(`! ${line}`),
    })
    await play(cluster, clock)
    end()
    await clock.advance(100)
    return { lines, verdict: await watching }
  }

  it('name what moved in the same picture in which a topic came (K11.8)', async () => {
    const { lines } = await watched(async (cluster, clock) => {
      await clock.advance(3_000)
      cluster.createTopic('a-new-one')
      cluster.partition('topic-00001', 2).isr = [1, 3]
      Object.assign(cluster.partition('topic-00000', 1), { leader: 3, leaderEpoch: 1 })
      cluster.touch()
      await clock.advance(3_000)
    })
    expect(lines.slice(1).join('\n')).toContain('topic-00000-1 leader 3 ISR 2+3+1')
    expect(lines.slice(1).join('\n')).toContain('topic-00001-2 leader 1 ISR 1+3')
    expect(lines.join('\n')).not.toContain('a-new-one')
  })

  it('name acknowledged records that were lost on every line from then on, and end with trouble, though all is well again', async () => {
    const { lines, verdict } = await watched(async (cluster, clock) => {
      await clock.advance(3_000)
      const one = cluster.partition('topic-00000', 0)
      const [old, heir] = [one.leader, one.replicas.find((id) => id !== one.leader)!]
      Object.assign(one, { isr: [old], highWatermark: 600 })
      one.logEndOffset[one.replicas.indexOf(old)] = 600
      cluster.touch()
      await clock.advance(2_000)
      cluster.kill(old)
      await clock.advance(9_000)
      cluster.fence(old)
      Object.assign(one, {
        leader: heir,
        leaderEpoch: 1,
        isr: [heir],
        highWatermark: 100,
        epochEnds: new Map([[0, 100]]),
      })
      cluster.touch()
      await clock.advance(5_000)
      cluster.revive(old)
      cluster.each((partition) => (partition.isr = [...partition.replicas]))
      cluster.touch()
      await clock.advance(10_000)
    })
    expect(lines.at(-1)).toMatch(/^at least \d+ acknowledged records were lost: topic-00000, .*under-replicated 0$/)
    expect(verdict).toBe('trouble')
  })

  it.each<[string, (cluster: FakeCluster) => void, string]>([
    ['all is well', () => undefined, 'healthy'],
    ['an ISR is short', (cluster) => (cluster.partition('topic-00000', 0).isr = [1, 2]), 'trouble'],
    ['one broker is dead', (cluster) => cluster.kill(3), 'trouble'],
    ['all brokers are dead', (cluster) => [1, 2, 3].forEach((id) => cluster.kill(id)), 'unknown'],
    ['only we do not reach one (K8.7)', refuseLogin, 'unknown'],
    ['no topic is seen', (cluster) => cluster.topics.splice(0), 'unknown'],
  ])('end with what is so while %s', async (_, hurt, verdict) => {
    const seen = await watched(async (cluster, clock) => {
      await clock.advance(3_000)
      hurt(cluster)
      cluster.touch()
      await clock.advance(20_000)
    })
    expect(seen.verdict).toBe(verdict)
  })

  it('say that a broker is not seen from here, and not that it does not answer, where the fault is ours', async () => {
    const { lines } = await watched(async (cluster, clock) => {
      await clock.advance(3_000)
      refuseLogin(cluster)
      await clock.advance(5_000)
    })
    expect(lines.at(-1)).toContain('broker 3 is not seen from here (auth, leads 2 partitions)')
    expect(lines.join('\n')).not.toContain('does not answer')
  })

  it('say once of an address that it is dead, however long', async () => {
    const { lines, verdict } = await watched(async (cluster, clock) => {
      for (const id of [1, 2, 3]) cluster.kill(id)
      await clock.advance(600_000)
    })
    // What was under way when they died, and that nothing listens since.
    expect(lines.length).toBeLessThanOrEqual(2)
    for (const line of lines) expect(line).toMatch(/^lost \(/)
    expect(verdict).toBe('unknown')
  })
})

describe('createClock', () => {
  it('stays close to the wall clock and never stands still', () => {
    const clock = createClock()
    const before = Date.now()
    const first = clock.now()
    expect(first).toBeGreaterThan(before - 600)
    expect(first).toBeLessThan(Date.now() + 600)
    let last = first
    for (let i = 0; i < 1_000; i += 1) {
      const now = clock.now()
      expect(now).toBeGreaterThanOrEqual(last)
      last = now
    }
  })
})
