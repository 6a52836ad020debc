import { expect, it } from 'vitest'
import { clock, cluster, counts, frame, headline, start, watchOver } from '../../support/opened-session'

watchOver()

it('a broker that loses the listener we came in by is neither gone nor silent, and is seen again with it (K5.4)', async () => {
  await start()
  const broker = cluster.broker(2)
  broker.noListener = true
  cluster.kill(2)
  cluster.touch()
  await clock.until('noticed', () => headline().noListener !== null, 5_000)
  await clock.advance(3_000)
  expect(headline()).toMatchObject({
    level: 'watch',
    noListener: { brokers: [{ broker: 2, rack: 'rack-b' }], partitions: 7 },
    silent: [],
    culprit: null,
    offline: { atLeast: 0 },
  })
  const rows = frame().summary.brokers
  expect(rows.find(({ id }) => id === 2)).toMatchObject({ listed: false, noListener: true })
  expect(rows.filter(({ stopOffline }) => stopOffline.atLeast > 0)).toEqual([])
  broker.noListener = false
  cluster.revive(2)
  await clock.until('seen again', () => headline().level === 'well', 10_000)
  expect(counts()).toEqual({ healthy: 20 })
})
