import { expect, it } from 'vitest'
import { clock, cluster, counts, frame, headline, open, prepare, watchOver } from '../../support/opened-session'

/* K5.3: brokers that speak Kafka's protocol and do not tell what Kafka tells. */

watchOver()

const limits = (): string[] => frame().summary.limits.map(({ what, reason }) => `${what} ${reason}`)

it('what such brokers do not tell is unknown and said once, and nothing is called healthy for it', async () => {
  prepare()
  cluster.vendor = true
  open()
  await clock.advance(1_000)
  for (let n = 0; n < 120; n += 1) {
    cluster.produce(10)
    await clock.advance(1_000)
    expect([headline().level, counts()]).toEqual(['unknown', { unknown: 20 }])
    expect(limits().sort()).toEqual(['follower-log-ends unsupported', 'min-insync-replicas unsupported'])
  }
  expect(headline().writesRefused.complete).toBe(false)
  // Once an hour is enough for a setting that is not there.
  const asked = cluster.asked.filter(({ what }) => what === 'configs').reduce((sum, { rows }) => sum + rows, 0)
  expect(asked).toBeLessThan(60)
})

it('Kafka that answers so for a moment, as a broker that has just started may, has no such limit once it tells', async () => {
  prepare()
  cluster.vendor = true
  open()
  await clock.advance(2_000)
  expect(limits()).toContain('follower-log-ends unsupported')
  cluster.vendor = false
  await clock.advance(1_000)
  expect(limits()).not.toContain('follower-log-ends unsupported')
  cluster.vendor = true
  await clock.advance(1_000)
  expect(limits()).not.toContain('follower-log-ends unsupported')
})
