import { expect, it } from 'vitest'
import { clock, cluster, delta, frame, headline, session, start, watch, watchOver } from '../../support/opened-session'

watchOver()

it('a quota that holds us back for seconds is said, and is no silence: not of a broker, not of the cluster', async () => {
  await start()
  for (const broker of cluster.brokers.values()) broker.throttleMs = 4_000
  await clock.advance(1_000)
  for (let waited = 0; waited < 30_000; waited += 100) {
    await clock.advance(100)
    expect(session.status.phase).toBe('live')
    expect(headline().silent).toEqual([])
  }
  expect(frame().summary.load.heldMs).toBeGreaterThan(3_900)
  expect(frame().summary.load.heldMs).toBeLessThanOrEqual(4_000)
  for (const broker of cluster.brokers.values()) broker.throttleMs = 0
  await clock.advance(20_000)
  expect(frame().summary.load.heldMs).toBe(0)
  expect(headline().level).toBe('well')
})

it('a quota that holds every answer back for longer than a tick lets leaders be read as well as followers', async () => {
  await start()
  watch({ partition: { topic: 'topic-00000', partition: 0 } })
  for (const broker of cluster.brokers.values()) broker.throttleMs = 1_000
  for (let waited = 0; waited < 30_000; waited += 1_000) await clock.advance(1_000)
  const { leader, replicas } = delta().live!
  for (const { broker, readAt } of replicas)
    expect(clock.now() - readAt, `${broker === leader ? 'leader' : 'follower'} on ${broker}`).toBeLessThan(10_000)
})
