import { describe, expect, it } from 'vitest'
import {
  clock,
  cluster,
  delta,
  frame,
  headline,
  session,
  start,
  statuses,
  watch,
  watchOver,
} from '../../support/opened-session'

/* K2.2: the machine slept. */

watchOver()

const NIGHT = 8 * 3_600_000
const connections = (): number => cluster.asked.filter(({ what }) => what === 'connect').length
/** Time passes in which this process does not run. */
async function sleep(ms: number, said: 'system' | 'nobody' = 'nobody'): Promise<number> {
  clock.jump(ms)
  const woke = clock.now()
  if (said === 'system') session.woke()
  await clock.advance(0)
  return woke
}
const PARTITION = { kind: 'partition', topic: 'topic-00000', partition: 0 } as const

describe('after a night', () => {
  it.each(['system', 'nobody'] as const)(
    'all connections are made anew at once, and nobody is blamed (told by %s)',
    async (said) => {
      await start()
      await clock.advance(5_000)
      const before = connections()
      const levels = new Set<string>()
      session.reader(() => levels.add(headline().level))
      const silences = new Set<string>()
      session.reader(() => frame().summary.brokers.forEach(({ silence }) => silences.add(silence)))
      const woke = await sleep(NIGHT, said)
      await clock.until('a new picture', () => frame().takenAt >= woke, 1_000)
      await clock.advance(5_000)
      expect(connections() - before).toBe(3)
      expect([[...levels], [...silences]]).toEqual([['well'], ['']])
      expect(session.status.phase).toBe('live')
    },
  )

  it('shows the last picture with its age until there is one of now, however long the network takes', async () => {
    await start()
    await clock.advance(5_000)
    const { takenAt } = frame()
    for (const id of [1, 2, 3]) cluster.kill(id)
    const woke = await sleep(NIGHT)
    await clock.advance(3_000)
    expect(frame().takenAt).toBe(takenAt)
    expect(session.status.phase).toBe('lost')
    expect(statuses.at(-1)?.since).toBeGreaterThanOrEqual(woke)
    for (const id of [1, 2, 3]) cluster.revive(id)
    await clock.until('live', () => session.status.phase === 'live', 6_000)
    expect(frame().takenAt).toBeGreaterThan(woke)
  })

  it('nothing is counted over it: who is behind is so since now at least', async () => {
    await start()
    watch({ partition: { topic: 'topic-00000', partition: 0 }, chart: PARTITION })
    await clock.advance(2_000)
    for (let n = 0; n < 20; n += 1) {
      cluster.produce(100, [2])
      await clock.advance(250)
    }
    const late = () => delta().live!.replicas.find(({ broker }) => broker === 2)!
    expect(late().lateMs).toBeGreaterThan(3_000)
    await sleep(NIGHT)
    for (let n = 0; n < 12; n += 1) {
      cluster.produce(100, [2])
      await clock.advance(250)
      expect(late().lateMs).toBeLessThan(5_000)
    }
    expect(late()).toMatchObject({ lateAtLeast: true, lagRecords: 3_200 })
    expect(late().leavesTo).toBeGreaterThan(clock.now())
    expect(headline().leaving?.by ?? clock.now()).toBeGreaterThan(clock.now() - 1)
    expect(delta().live!.produceRate).toBeLessThan(1_000)
    expect(Math.max(...session.series(PARTITION).lateMs)).toBeLessThan(10_000)
  })

  it('what changed meanwhile has no time, and no mark in a chart', async () => {
    await start()
    watch({ partition: { topic: 'topic-00000', partition: 0 }, chart: PARTITION })
    await clock.advance(5_000)
    const one = cluster.partition('topic-00000', 0)
    Object.assign(one, { leader: 2, leaderEpoch: 3, isr: [2, 3] })
    cluster.touch()
    await sleep(NIGHT)
    await clock.advance(2_000)
    expect(delta().live).toMatchObject({ leader: 2, leaderEpoch: 3 })
    expect(delta().live!.replicas.find(({ broker }) => broker === 1)!.outSince).toBeNaN()
    expect(session.series(PARTITION).events).toEqual([])
    // Afterwards changes are marked as ever.
    Object.assign(one, { isr: [2] })
    cluster.touch()
    await clock.advance(1_000)
    expect(session.series(PARTITION).events).toMatchObject([{ line: 3, kind: 'left-isr' }])
  })

  it('a paused cluster is asked nothing, and its connections are made anew when it goes on', async () => {
    await start()
    session.pause(true)
    await clock.advance(2_000)
    cluster.asked.length = 0
    const woke = await sleep(NIGHT)
    await clock.advance(10_000)
    expect(cluster.asked).toEqual([])
    session.pause(false)
    await clock.until('a new picture', () => frame().takenAt >= woke, 1_000)
    expect(connections()).toBe(3)
  })
})
