import { expect, it } from 'vitest'
import { FEATURES } from '../../support/fake-cluster'
import { clock, cluster, errors, open, prepare, session, start, watchOver } from '../../support/opened-session'

watchOver()

async function fresh(timeoutMs: number): Promise<boolean> {
  const answers: boolean[] = []
  void session.inside.freshReading(timeoutMs).then((value) => answers.push(value))
  await clock.until('fresh or not', () => answers.length > 0)
  return answers[0]!
}

it('knows nothing before the first picture', () => {
  prepare()
  open()
  const { inside } = session
  expect([inside.clusterId(), inside.reading(), inside.link(1)]).toEqual([null, null, null])
})

it('tells the cluster, its newest reading and what its brokers offer', async () => {
  await start()
  const { inside } = session
  expect(inside.clusterId()).toBe(cluster.metadata(1).clusterId)
  expect(inside.reading()?.topology.topicNames).toHaveLength(4)
  expect(inside.facts().get(2)?.answers).toBe('yes')
  expect(inside.settings().evictionWindowMs).toBe(10_000)
  expect([...inside.settings().evictionWindows.values()]).toEqual([10_000, 10_000, 10_000])
  expect([inside.elr(), inside.controller()]).toEqual([true, -1])
})

it('whether there are eligible leaders is not known until a broker knows the features, and then known without a new connection', async () => {
  prepare()
  for (const broker of cluster.brokers.values()) broker.features = null
  open()
  const { inside } = session
  await clock.until('a reading', () => inside.reading() !== null)
  await clock.advance(3_000)
  expect(inside.elr()).toBeNull()
  const connects = (): number => cluster.asked.filter(({ what }) => what === 'connect').length
  const before = connects()
  cluster.broker(2).features = FEATURES
  await clock.until('told', () => inside.elr() === true)
  expect(connects()).toBe(before)
  // A broker that starts anew knows nothing at first, and takes nothing back.
  cluster.broker(2).features = null
  await clock.advance(3_000)
  expect(inside.elr()).toBe(true)
  for (const broker of cluster.brokers.values()) broker.features = new Map([['metadata.version', 30]])
  await clock.until('off', () => inside.elr() === false)
})

it('a fresh reading was asked for after the call', async () => {
  await start({}, 5_000)
  await clock.advance(10)
  const { inside } = session
  const before = inside.reading()?.metadataAt ?? Number.NaN
  const calledAt = clock.now()
  cluster.partition('topic-00000', 0).isr = [1]
  cluster.touch()
  expect(await fresh(2_000)).toBe(true)
  expect(inside.reading()?.metadataAt).toBeGreaterThan(before)
  expect(inside.reading()?.metadataAt).toBeGreaterThanOrEqual(calledAt)
  // Not at the end of the interval: somebody waits.
  expect(clock.now() - calledAt).toBeLessThan(1_000)
})

it('none came in time', async () => {
  await start()
  for (const broker of [1, 2, 3]) cluster.hang(broker)
  const calledAt = clock.now()
  expect(await fresh(300)).toBe(false)
  expect(clock.now() - calledAt).toBeGreaterThanOrEqual(300)
})

it('none comes while the monitor is paused, nor after the session was closed', async () => {
  await start()
  session.pause(true)
  expect(await fresh(60_000)).toBe(false)
  session.pause(false)
  const waiting = session.inside.freshReading(60_000)
  const closing = session.close()
  expect(await waiting).toBe(false)
  await clock.advance(50)
  await closing
  expect(session.inside.link(1)).toBeNull()
})

it('gives links of their own, only to brokers that are listed', async () => {
  await start()
  const before = cluster.links.size
  const link = session.inside.link(2)
  expect(cluster.links.size).toBe(before + 1)
  expect(link?.address.id).toBe(2)
  expect(session.inside.link(9)).toBeNull()
  link?.giveUp('done')
})

it('calls after every picture, whatever a listener does', async () => {
  await start()
  let pictures = 0
  session.inside.onPicture(() => {
    throw new Error('listener')
  })
  const off = session.inside.onPicture(() => (pictures += 1))
  await clock.until('three pictures', () => pictures >= 3)
  off()
  const then = pictures
  await clock.advance(2_000)
  expect(pictures).toBe(then)
  expect(errors.splice(0).length).toBeGreaterThan(0)
})
