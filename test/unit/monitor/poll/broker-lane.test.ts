import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PortError } from '../../../../src-main/ports/cluster-port'
import { BrokerLane } from '../../../../src-main/monitor/poll/broker-lane'
import { DialQueue } from '../../../../src-main/monitor/poll/dial-queue'
import { FakeClock } from '../../../support/fake-clock'
import { FakeCluster } from '../../../support/fake-cluster'

let clock: FakeClock
let cluster: FakeCluster
let lane: BrokerLane
let heard: string[]

beforeEach(() => {
  clock = new FakeClock()
  cluster = new FakeCluster({ clock, brokers: 1, topics: 1, partitionsPerTopic: 1, replicationFactor: 1 })
  heard = []
  lane = new BrokerLane(cluster.broker(1).address, {
    clock,
    dials: new DialQueue(clock),
    link: (address) => cluster.port().link(address),
    onChange: ({ facts }) => heard.push(`${facts.answers} ${facts.silence}`.trim()),
    onTraffic: () => undefined,
  })
})

afterEach(async () => {
  await lane.stop()
  expect(cluster.links.size).toBe(0)
})

const ping = () => lane.ask('ping', (link, timeoutMs) => link.ping(timeoutMs))
const connections = () => cluster.asked.filter(({ what }) => what === 'connect').map(({ at }) => at)

describe('BrokerLane', () => {
  it('connects by itself and answers', async () => {
    expect(lane.facts.answers).toBe('connecting')
    await clock.advance(10)
    expect(lane.facts).toMatchObject({ id: 1, answers: 'yes', latencyMs: 5 })
    expect(lane.idle).toBe(true)
  })

  it('asks one thing at a time, in the order asked, with the times of each', async () => {
    await clock.advance(10)
    const sent = clock.now()
    const both = Promise.all([ping(), ping()])
    expect(lane.idle).toBe(false)
    await clock.advance(20)
    const [first, second] = await both
    expect([first.sentAt - sent, first.readAt - sent, second.sentAt - sent, second.readAt - sent]).toEqual([
      0, 5, 5, 10,
    ])
    expect(cluster.mostInFlight).toBe(1)
  })

  it('is called silent 1 s after a question went out that is not answered, since that question; and answers again at its answer', async () => {
    await clock.advance(10)
    cluster.hang(1)
    const asked = clock.now()
    const answer = ping()
    await clock.advance(999)
    expect(lane.facts.answers).toBe('yes')
    await clock.advance(2)
    expect(lane.facts).toMatchObject({ answers: 'no', silence: 'timeout', answersSince: asked })
    cluster.revive(1)
    await answer
    await clock.advance(0)
    expect(lane.facts.answers).toBe('yes')
    expect(connections()).toHaveLength(1)
  })

  it('asks nothing while the broker holds it back, and does not call that silence', async () => {
    await clock.advance(10)
    cluster.broker(1).throttleMs = 4_000
    await Promise.all([ping(), clock.advance(20)])
    const until = clock.now() - 15 + 4_000
    const held = ping()
    await clock.advance(3_000)
    expect(lane.facts).toMatchObject({ answers: 'yes', latencyMs: 5 })
    expect(cluster.asked.filter(({ what }) => what === 'ping')).toHaveLength(1)
    await clock.advance(1_100)
    expect((await held).sentAt).toBeGreaterThanOrEqual(until)
    expect(heard).toEqual(['yes'])
    // From then on its silence counts.
    cluster.broker(1).throttleMs = 0
    await clock.advance(5_000)
    cluster.hang(1)
    expect(await clock.until('silent', () => lane.facts.answers === 'no')).toBeLessThanOrEqual(3_000)
  })

  it('does not call it silence where a question of two requests is held back between them', async () => {
    await clock.advance(10)
    cluster.broker(1).throttleMs = 3_000
    const asked = clock.now()
    const answer = lane.ask('metadata', (link, timeoutMs) => link.metadata(null, timeoutMs))
    await clock.advance(3_100)
    expect((await answer).readAt - asked).toBeGreaterThan(3_000)
    expect(heard).toEqual(['yes'])
  })

  it('counts its silence from when it reads again', async () => {
    await clock.advance(10)
    cluster.broker(1).throttleMs = 3_000
    const again = clock.now()
    const never = expect(lane.ask('metadata', (link, timeoutMs) => link.metadata(null, timeoutMs))).rejects.toThrow()
    await clock.advance(10)
    cluster.hang(1)
    await clock.until('silent', () => lane.facts.answers === 'no')
    expect(lane.facts.answersSince - again).toBeGreaterThan(3_000)
    expect(clock.now() - again).toBeLessThan(4_500)
    await clock.advance(5_000)
    await never
  })

  it('ends at once while it is held back, and what waits is rejected', async () => {
    await clock.advance(10)
    cluster.broker(1).throttleMs = 20_000
    await Promise.all([ping(), clock.advance(20)])
    const held = ping()
    const rejected = expect(held).rejects.toMatchObject({ name: 'PortError' })
    await clock.advance(100)
    await lane.stop()
    await rejected
  })

  it('notices silence within 3 s although nobody asks', async () => {
    await clock.advance(10)
    cluster.hang(1)
    expect(await clock.until('silent', () => lane.facts.answers === 'no')).toBeLessThanOrEqual(3_000)
  })

  it('asks nothing by itself while it rests', async () => {
    await clock.advance(10)
    lane.rest(true)
    const before = cluster.asked.length
    await clock.advance(60_000)
    expect(cluster.asked).toHaveLength(before)
    lane.rest(false)
    await clock.advance(1_300)
    expect(cluster.asked).toHaveLength(before + 1)
  })

  it('waits longer before it calls a broker silent that is always slow', async () => {
    await clock.advance(10)
    cluster.broker(1).latencyMs = 400
    for (let i = 0; i < 30; i += 1) {
      void ping()
      await clock.advance(400)
    }
    cluster.broker(1).latencyMs = 1_900
    const slow = ping()
    await clock.advance(1_900)
    await slow
    expect(heard).toEqual(['yes'])
  })

  it('gives a hung socket up after 5 s and tells that the broker is back as soon as a new link is answered', async () => {
    await clock.advance(10)
    cluster.hang(1)
    const lost = ping().catch((error: unknown) => error)
    await clock.advance(5_001)
    expect(await lost).toMatchObject({ kind: 'timeout' })
    await clock.advance(20_000)
    cluster.revive(1)
    expect(await clock.until('back', () => lane.facts.answers === 'yes')).toBeLessThanOrEqual(1_100)
    expect(heard).toEqual(['yes', 'no timeout', 'yes'])
  })

  it('raises no alarm when an idle connection is closed: one reconnect decides', async () => {
    await clock.advance(10)
    for (const link of cluster.links) link.cut('closed')
    const lost = ping().catch((error: unknown) => error)
    await clock.advance(20)
    expect(await lost).toMatchObject({ kind: 'closed' })
    expect(heard).toEqual(['yes'])
    expect(lane.idle).toBe(true)
  })

  it('calls a broker silent at once when it resets and then refuses, and tries again after 1, 2, 3, 4, 5, 5 s', async () => {
    await clock.advance(10)
    const answer = ping().catch((error: unknown) => error)
    cluster.kill(1)
    await clock.advance(1)
    expect(await answer).toMatchObject({ kind: 'reset' })
    expect(lane.facts).toMatchObject({ answers: 'no', silence: 'refused' })
    const first = connections().at(-1)!
    await clock.advance(21_000)
    expect(
      connections()
        .filter((at) => at > first)
        .map((at) => Math.round((at - first) / 1000)),
    ).toEqual([1, 3, 6, 10, 15, 20])
    expect(lane.nextTryAt).toBeGreaterThan(clock.now())
  })

  it('tries at once when Metadata lists it again', async () => {
    await clock.advance(10)
    cluster.kill(1)
    ping().catch(() => undefined)
    await clock.advance(12_000)
    cluster.revive(1)
    lane.meet(cluster.broker(1).address)
    await clock.advance(10)
    expect(lane.facts.answers).toBe('yes')
  })

  it('follows a broker to another address', async () => {
    await clock.advance(10)
    lane.meet({ ...cluster.broker(1).address, port: 29_001 })
    expect(lane.connected).toBeNull()
    await clock.advance(10)
    expect(lane.connected?.address.port).toBe(29_001)
  })

  it('takes a refusal of one question for an answer of the broker', async () => {
    await clock.advance(10)
    cluster.broker(1).errors.set('offsets', 31)
    const rows = { topicNames: ['topic-00000'], topicIndex: Uint32Array.of(0), partition: Int32Array.of(0) }
    const refused = lane
      .ask('log-end', (link, timeoutMs) => link.offsets({ what: 'log-end', rows, from: 0, to: 1 }, timeoutMs))
      .catch((error: unknown) => error)
    await clock.advance(10)
    expect(await refused).toMatchObject({ kafkaError: 31 })
    expect(lane.idle).toBe(true)
    expect(heard).toEqual(['yes'])
  })

  it('drops a link that talks nonsense and waits before the next', async () => {
    await clock.advance(10)
    const nonsense = () => Promise.reject(new PortError('internal', 'protocol', 'Metadata: 3 bytes are missing'))
    const refused = lane.ask('metadata', nonsense).catch((error: unknown) => error)
    await clock.advance(1)
    expect(await refused).toMatchObject({ kind: 'protocol' })
    expect(lane.facts).toMatchObject({ answers: 'no', silence: 'protocol' })
    await clock.advance(990)
    expect(lane.connected).toBeNull()
    await clock.advance(20)
    expect(lane.facts.answers).toBe('yes')
  })

  it('refuses questions while there is no link, and everything pending when it stops', async () => {
    await expect(ping()).rejects.toMatchObject({ code: 'unreachable' })
    await clock.advance(10)
    cluster.hang(1)
    const pending = [ping(), ping()].map((one) => one.catch((error: unknown) => error))
    await lane.stop()
    for (const error of await Promise.all(pending)) expect(error).toBeInstanceOf(PortError)
    // The fake broker's own timer.
    await clock.advance(10)
    expect(clock.pending).toBe(0)
  })

  it('does not blame the broker for our own sleep', async () => {
    await clock.advance(10)
    const answer = ping()
    // The machine slept: the timer is late, and the answer comes right behind it.
    clock.jump(30_000)
    await clock.advance(260)
    await answer
    expect(heard).toEqual(['yes'])
  })

  it('tries in quick turn and says that it is returning when it is listed again, until it answers (K8.4)', async () => {
    await clock.advance(10)
    cluster.kill(1)
    await clock.advance(30_000)
    expect(lane.facts).toMatchObject({ answers: 'no', returning: false })
    lane.meet(cluster.broker(1).address, true)
    expect(lane.facts.returning).toBe(true)
    const before = connections().length
    await clock.advance(4_000)
    expect(connections().length - before).toBeGreaterThanOrEqual(4_000 / 250)
    cluster.revive(1)
    await clock.until('answers', () => lane.facts.answers === 'yes', 250)
    expect(lane.facts).toMatchObject({ silence: '', returning: false })
  })

  it('gives up hope after ten seconds, and is patient again', async () => {
    await clock.advance(10)
    cluster.kill(1)
    await clock.advance(1_000)
    lane.meet(cluster.broker(1).address, true)
    await clock.advance(10_500)
    expect(lane.facts).toMatchObject({ answers: 'no', silence: 'refused', returning: false })
    const before = connections().length
    await clock.advance(10_000)
    expect(connections().length - before).toBeLessThanOrEqual(4)
  })
})
