import { afterEach, expect, it } from 'vitest'
import { askAny, askAt } from '../../../../src-main/change/links/ask'
import { CONNECT_MS, IDLE_MS, type Links } from '../../../../src-main/change/links/links'
import { linksOfSession, settled } from '../../../support/live-cluster'
import { clock, cluster, session, start, watchOver } from '../../../support/opened-session'

watchOver()

let links: Links

async function open(): Promise<void> {
  await start()
  links = linksOfSession()
}

afterEach(() => links.close())

/** Links beyond the monitor's own one per broker. */
const ours = (): number => cluster.links.size - 3
const idOf = async (): Promise<number> => (await settled(links.any())).address.id

it('connects on demand and uses what stands again', async () => {
  await open()
  expect(ours()).toBe(0)
  const first = await settled(links.at(2))
  expect(await settled(links.at(2))).toBe(first)
  expect(await settled(links.any())).toBe(first)
  expect(ours()).toBe(1)
})

it('gives up what nobody has used for 30 s, not what is asked again and again', async () => {
  await open()
  const link = await settled(links.at(1))
  await clock.advance(IDLE_MS / 2)
  await settled(links.at(1))
  await clock.advance(IDLE_MS / 2 + 10)
  await settled(link.ping(100))
  await clock.advance(IDLE_MS / 2)
  expect(ours()).toBe(1)
  await clock.advance(IDLE_MS * 2)
  expect(ours()).toBe(0)
})

it('replaces a link that broke while nobody asked', async () => {
  await open()
  const first = await settled(links.at(2))
  cluster.kill(2)
  cluster.revive(2)
  const second = await settled(links.at(2))
  expect(second).not.toBe(first)
  expect(second.address.id).toBe(2)
})

it('goes past a silent broker within its timeout', async () => {
  await open()
  cluster.hang(1)
  const started = clock.now()
  expect(await idOf()).toBe(2)
  expect(clock.now() - started).toBeLessThanOrEqual(CONNECT_MS + 100)
  // The one that stands and the one that did not fail goes first from now on.
  expect(await idOf()).toBe(2)
})

it('does not wait for a silent broker that was named', async () => {
  await open()
  cluster.hang(3)
  const started = clock.now()
  await expect(settled(links.at(3))).rejects.toMatchObject({ kind: 'timeout' })
  expect(clock.now() - started).toBeLessThanOrEqual(CONNECT_MS + 100)
})

it('asks the next broker when one hangs on the question', async () => {
  await open()
  await settled(links.at(1))
  const answered = askAny(links, async (link) => {
    // Hangs after it was connected: the connection stands, the question does not come back.
    if (link.address.id === 1) cluster.hang(1)
    await link.operations([], 500)
    return link.address.id
  })
  expect(await settled(answered)).toBe(2)
  expect(await idOf()).toBe(2)
})

it('does not ask another broker when the answer is an error', async () => {
  await open()
  for (const broker of [1, 2, 3]) cluster.broker(broker).errors.set('groups', 31)
  await expect(settled(askAny(links, (link) => link.groups(500)))).rejects.toMatchObject({ kafkaError: 31 })
  expect(cluster.asked.filter((one) => one.what === 'groups')).toHaveLength(1)
})

it('says what the last broker said when none answers', async () => {
  await open()
  for (const broker of [1, 2, 3]) cluster.kill(broker)
  await expect(settled(links.any())).rejects.toMatchObject({ code: 'unreachable', kind: 'refused' })
})

it('refuses a broker the cluster does not list', async () => {
  await open()
  await expect(settled(links.at(9))).rejects.toMatchObject({
    code: 'unreachable',
    message: 'broker 9 is not listed by the cluster',
  })
})

it('ends at once when cancelled', async () => {
  await open()
  cluster.hang(1)
  const stop = new AbortController()
  const asked = askAt(links, 1, (link) => link.ping(1_000), stop.signal)
  stop.abort()
  await expect(settled(asked, 20)).rejects.toMatchObject({ code: 'cancelled' })
})

it('names those that answer', async () => {
  await open()
  expect(links.ids()).toEqual([1, 2, 3])
  cluster.kill(2)
  await clock.until('2 is known to be silent', () => session.inside.facts().get(2)?.answers === 'no')
  expect(links.ids()).toEqual([1, 3])
})

it('makes nothing after it was closed', async () => {
  await open()
  await settled(links.at(1))
  links.close()
  expect(ours()).toBe(0)
  await expect(settled(links.any())).rejects.toMatchObject({ code: 'cancelled' })
})
