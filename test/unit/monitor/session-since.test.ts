import { expect, it } from 'vitest'
import { clock, cluster, frame, headline, open, prepare, start, watchOver } from '../../support/opened-session'

watchOver()

it('trouble that was there at the opening has no start, and the opening is not called one (K8.1)', async () => {
  prepare()
  cluster.kill(2)
  cluster.fence(2)
  await clock.advance(24_000)
  const opened = clock.now()
  open()
  await clock.advance(3_000)
  expect(headline()).toMatchObject({ level: 'trouble', sinceOpening: true, culprit: { broker: 2, cause: 'gone' } })
  expect(headline().since - opened).toBeLessThanOrEqual(1_000)
  const { since } = headline()
  cluster.kill(3)
  await clock.until('worse', () => headline().level === 'danger', 5_000)
  expect(headline()).toMatchObject({ since, sinceOpening: true })
})

it('one start from the silence to the eviction, the return and the end of it (K8.1)', async () => {
  await start()
  await clock.advance(20_000)
  const killed = clock.now()
  cluster.kill(2)
  await clock.until('named', () => headline().silent.length > 0, 3_000)
  const { since } = headline()
  expect(since - killed).toBeLessThanOrEqual(1_000)
  const seen = new Set<string>()
  const watch = async (ms: number): Promise<void> => {
    for (let at = 0; at < ms; at += 250) {
      await clock.advance(250)
      seen.add(`${headline().level} ${headline().culprit?.cause}`)
      expect(headline()).toMatchObject({ since, sinceOpening: false })
    }
  }
  await watch(9_000)
  cluster.fence(2)
  await watch(5_000)
  cluster.broker(2).listed = true
  cluster.touch()
  await watch(2_000)
  cluster.revive(2)
  await watch(1_000)
  expect(seen.size).toBeGreaterThanOrEqual(3)
  cluster.each((partition) => (partition.isr = [...partition.replicas]))
  await clock.until('well', () => headline().level === 'well', 5_000)
  expect(headline().since).toBeGreaterThan(since)
  expect(frame().summary.headline.sinceOpening).toBe(false)
})

it('a broker that was frozen when Highwater opened may be fenced at any moment (K8.1)', async () => {
  prepare()
  cluster.hang(2)
  open()
  await clock.advance(6_000)
  const [silent] = headline().silent
  expect(silent).toMatchObject({ broker: 2, silence: 'timeout' })
  expect(silent!.fencedFrom).toBeLessThanOrEqual(clock.now())
  expect(silent!.fencedTo).toBeGreaterThan(clock.now())
})
