import { expect, it } from 'vitest'
import { SHORTEST_MS } from '../../../src-main/monitor/poll/cadence'
import { DIALS_AT_ONCE } from '../../../src-main/monitor/poll/dial-queue'
import { clock, cluster, frame, headline, open, prepare, session, watchOver } from '../../support/opened-session'

/* K2.3: whatever wakes the loop, and however many brokers are named. */

watchOver()

/** Between one look and the next; the first question of all is that of the bootstrap. */
function distances(): number[] {
  const times = [...new Set(cluster.asked.filter(({ what }) => what === 'metadata').map(({ at }) => at))].slice(1)
  return times.slice(1).map((at, i) => at - times[i]!)
}

/** The most connections that were being made at one moment; each takes as long as its broker's answers. */
function mostDialled(): number {
  const dials = cluster.asked.filter(({ what }) => what === 'connect').slice(1)
  return Math.max(
    ...dials.map(
      ({ at }) => dials.filter((one) => one.at <= at && at < one.at + cluster.broker(one.broker).latencyMs).length,
    ),
  )
}

it('a hundred brokers that greet one after another cost a look every 250 ms, and eight of them are dialled at once', async () => {
  prepare({ brokers: 100, topics: 4, partitionsPerTopic: 25 })
  for (const [id, broker] of cluster.brokers) broker.latencyMs = 20 + 3 * id
  open()
  await clock.until('every broker', () => session.frame() !== null && headline().level === 'well')
  await clock.advance(3_000)
  expect(Math.min(...distances())).toBeGreaterThanOrEqual(SHORTEST_MS)
  expect(mostDialled()).toBe(DIALS_AT_ONCE)
  expect(frame().summary.brokers.filter(({ answers }) => answers === 'yes')).toHaveLength(100)
})

it('all of them again, when they come back one after another', async () => {
  prepare({ brokers: 100, topics: 4, partitionsPerTopic: 25 })
  open()
  await clock.until('well', () => session.frame() !== null && headline().level === 'well')
  for (const id of cluster.brokers.keys()) if (id > 1) cluster.kill(id)
  await clock.advance(10_000)
  cluster.asked.length = 0
  for (const id of cluster.brokers.keys()) {
    if (id > 1) cluster.revive(id)
    await clock.advance(37)
  }
  await clock.until('well', () => headline().level === 'well')
  expect(Math.min(...distances())).toBeGreaterThanOrEqual(SHORTEST_MS)
})

it('ids that are new in each answer cost no more than that either', async () => {
  prepare()
  const truth = cluster.metadata.bind(cluster)
  let newest = 100
  cluster.metadata = (asking) => {
    cluster.brokers.delete(newest - 50)
    const before = cluster.brokers.get(newest)
    if (before !== undefined) before.listed = false
    newest += 1
    const one = cluster.broker(1)
    cluster.brokers.set(newest, { ...one, listed: true, address: { ...one.address, id: newest, port: newest } })
    cluster.touch()
    return truth(asking)
  }
  open()
  await clock.advance(10_000)
  expect(newest).toBeGreaterThan(130)
  expect(distances().length).toBeGreaterThan(30)
  expect(Math.min(...distances())).toBeGreaterThanOrEqual(SHORTEST_MS)
})

it('brokers behind a firewall do not keep the others from being asked', async () => {
  prepare({ brokers: 40, topics: 4, partitionsPerTopic: 25 })
  for (const [id, broker] of cluster.brokers) if (id > 1 && id <= 31) broker.state = 'hung'
  open()
  const waited = await clock.until(
    'the others',
    () => session.frame()?.summary.brokers.filter(({ answers }) => answers === 'yes').length === 10,
  )
  expect(waited).toBeLessThanOrEqual(4_500)
  await clock.advance(5_000)
  expect(session.status.phase).toBe('live')
})
