import { expect, it } from 'vitest'
import { clock, cluster, frame, headline, open, prepare, session, start, watchOver } from '../../support/opened-session'

watchOver()

it('trouble that was there at the opening has no start, and the opening is not called one (K8.1)', async () => {
  prepare()
  cluster.kill(2)
  cluster.fence(2)
  await clock.advance(24_000)
  const opened = clock.now()
  open()
  await clock.advance(3_000)
  expect(headline()).toMatchObject({ level: 'trouble', began: 'opening', culprit: { broker: 2, cause: 'gone' } })
  expect(headline().since - opened).toBeLessThanOrEqual(1_000)
  const { since } = headline()
  cluster.kill(3)
  await clock.until('worse', () => headline().level === 'danger', 5_000)
  expect(headline()).toMatchObject({ since, began: 'opening' })
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
      expect(headline()).toMatchObject({ since, began: 'seen' })
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
  expect(frame().summary.headline.began).toBe('seen')
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

it('what began while nothing was asked began somewhere in it, and calm is seen anew (K8.1)', async () => {
  await start()
  await clock.advance(20_000)
  session.pause(true)
  const paused = clock.now()
  await clock.advance(60_000)
  session.pause(false)
  await clock.advance(2_000)
  expect(headline()).toMatchObject({ level: 'well', began: 'unseen' })
  expect(headline().since).toBeGreaterThanOrEqual(paused + 60_000)
  expect(paused - headline().sinceAfter).toBeLessThanOrEqual(1_000)

  session.pause(true)
  await clock.advance(30_000)
  cluster.kill(2)
  cluster.fence(2)
  await clock.advance(30_000)
  const resumed = clock.now()
  session.pause(false)
  await clock.until('seen', () => headline().level !== 'well', 5_000)
  expect(headline()).toMatchObject({ began: 'unseen', culprit: { broker: 2, cause: 'gone' } })
  expect(headline().since).toBeGreaterThanOrEqual(resumed)
  expect(resumed - headline().sinceAfter).toBeGreaterThanOrEqual(59_000)
})
