import { expect, it } from 'vitest'
import { clock, cluster, frame, headline, start, watchOver } from '../../support/opened-session'

watchOver()

const course = (id: number) => frame().summary.brokers.find((one) => one.id === id)?.course

it('a restart is told as such: shutting down, gone, coming back, and no partition is called unreachable (K8.4)', async () => {
  await start()
  cluster.handOver(2)
  await clock.until('leaving', () => course(2) === 'leaving', 2_000)
  expect(headline()).toMatchObject({ level: 'trouble', silent: [], culprit: { broker: 2, cause: 'leaving' } })
  cluster.kill(2)
  cluster.fence(2)
  await clock.until('gone', () => headline().culprit?.cause === 'gone', 2_000)
  await clock.advance(20_000)
  // Listed some seconds before it opens its port.
  cluster.broker(2).listed = true
  cluster.touch()
  await clock.until('returning', () => course(2) === 'returning', 1_000)
  const levels = new Set<string>()
  for (let step = 0; step < 50; step += 1) {
    await clock.advance(100)
    levels.add(`${headline().level} ${headline().culprit?.cause} ${headline().silent[0]?.returning}`)
  }
  expect([...levels]).toEqual(['trouble returning true'])
  cluster.broker(2).state = 'up'
  expect(await clock.until('it answers', () => course(2) === '', 2_000)).toBeLessThanOrEqual(300)
  expect(headline().silent).toEqual([])
  cluster.each((partition) => (partition.isr = [...partition.replicas]))
  await clock.until('well', () => headline().level === 'well', 5_000)
})

it('a broker that is listed again and does not open its port is silent after ten seconds', async () => {
  await start()
  cluster.kill(2)
  cluster.fence(2)
  await clock.advance(20_000)
  cluster.broker(2).listed = true
  cluster.touch()
  await clock.until('returning', () => course(2) === 'returning', 1_000)
  await clock.advance(10_500)
  expect(course(2)).toBe('')
  expect(headline().silent[0]).toMatchObject({ broker: 2, silence: 'refused', returning: false })
})

it('an old view that lists a dead broker once more is no return (K8.4)', async () => {
  await start()
  cluster.kill(2)
  await clock.advance(1_000)
  const before = cluster.metadata(1)
  cluster.fence(2)
  await clock.until('gone', () => headline().culprit?.cause === 'gone', 2_000)
  cluster.broker(1).stale = before
  cluster.broker(3).stale = before
  const seen = new Set<string | undefined>()
  for (let step = 0; step < 10; step += 1) {
    await clock.advance(100)
    seen.add(course(2))
  }
  expect([...seen]).toEqual([''])
})
