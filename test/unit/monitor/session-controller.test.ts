import { describe, expect, it } from 'vitest'
import { NEXT_NONE } from '../../../src-main/shared/states'
import { clock, cluster, frame, headline, open, prepare, start, watchOver } from '../../support/opened-session'

watchOver()

const quorum = (): string => frame().summary.quorum
const stops = (): string[] => frame().summary.brokers.map(({ stopQuorum }) => stopQuorum)
const known = () => clock.until('the quorum', () => quorum() === 'leads', 5_000)
const asked = (): number => cluster.asked.filter(({ what }) => what === 'quorum').length

describe('a controller that answers no more (K8.8)', () => {
  it('is unknown after two questions, and none is said to be there after a third broker; never the old one', async () => {
    await start()
    await known()
    const before = asked()
    cluster.controllerDown = true
    await clock.until('unknown', () => quorum() !== 'leads', 15_000)
    expect(quorum()).toBe('unknown')
    // The third is on its way.
    expect(asked() - before).toBeLessThanOrEqual(3)
    expect(frame().summary).toMatchObject({ controller: -1, voters: null })
    expect(headline().level).toBe('well')
    expect(await clock.until('silent', () => quorum() === 'silent', 5_000)).toBeLessThanOrEqual(3_000)
    expect([headline().level, ...new Set(stops())]).toEqual(['trouble', 'silent'])
    cluster.controllerDown = false
    expect(await clock.until('a controller again', () => quorum() === 'leads', 10_000)).toBeLessThanOrEqual(4_000)
    expect(headline().level).toBe('well')
  })

  it('foretells no fencing, no eviction and no new leader then', async () => {
    await start()
    cluster.controllerDown = true
    await clock.until('silent', () => quorum() === 'silent', 20_000)
    cluster.hang(2)
    await clock.until('named', () => headline().silent.length > 0)
    expect(headline().silent[0]).toMatchObject({
      broker: 2,
      leads: 7,
      fencedFrom: NaN,
      fencedTo: NaN,
      thenOffline: 0,
      thenRefuses: 0,
    })
    expect([...new Set(frame().columns.next)]).toEqual([NEXT_NONE])
    for (let step = 0; step < 40; step += 1) {
      cluster.produce(10, [3])
      await clock.advance(100)
    }
    expect(headline().lagging.atLeast).toBeGreaterThan(0)
    expect(headline().leaving).toBeNull()
  })

  it('says nothing of the controllers where one broker of three is cut off from them', async () => {
    await start()
    await known()
    cluster.broker(2).errors.set('quorum', 7)
    const seen = new Set<string>()
    for (let step = 0; step < 80; step += 1) {
      await clock.advance(250)
      seen.add(quorum())
    }
    expect([...seen]).toEqual(['leads'])
  })

  it('is unknown at once where this login may not ask any more, and asked once a minute', async () => {
    await start()
    await known()
    for (const broker of cluster.brokers.values()) broker.errors.set('quorum', 31)
    await clock.until('unknown', () => quorum() === 'unknown', 5_000)
    const before = asked()
    await clock.advance(30_000)
    expect(asked()).toBe(before)
    expect(headline().level).toBe('well')
  })
})

it('says which broker the majority of the controllers cannot spare', async () => {
  prepare()
  cluster.voters = [1, 2, 3]
  open()
  await clock.advance(500)
  await known()
  expect(stops()).toEqual(['keeps', 'keeps', 'keeps'])
  cluster.hang(2)
  await clock.until('named', () => headline().silent.length > 0)
  expect(stops()).toEqual(['loses', 'keeps', 'loses'])
})

it('has no quorum in ZooKeeper mode, and so none to lose', async () => {
  prepare()
  for (const broker of cluster.brokers.values())
    broker.versions = new Map([
      [3, 9],
      [4, 5],
      [18, 3],
      [2, 6],
      [32, 3],
      [45, 0],
    ])
  open()
  await clock.advance(4_000)
  expect([quorum(), ...new Set(stops())]).toEqual(['none', 'keeps'])
})
