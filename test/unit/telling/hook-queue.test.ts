import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { postHook } from '../../../src-main/telling/hook-post'
import {
  GIVE_UP_MS,
  HookQueue,
  KEEP_MS,
  MOST_WAITING,
  pauseAfter,
  type Hook,
  type Queued,
} from '../../../src-main/telling/hook-queue'
import type { Message } from '../../../src-main/telling/message'
import { NOTHING_TOLD, readTold, toldToKeep } from '../../../src-main/telling/told-book'
import { FakeClock } from '../../support/fake-clock'
import { HookReceiver, status } from '../../support/hook-receiver'

let receiver: HookReceiver
let clock: FakeClock
let queue: HookQueue
let hook: Hook | null

const message = (key: string, at = clock.now()): Message => ({
  kind: 'begins',
  id: 1,
  key,
  condition: 'offline',
  planned: false,
  cluster: 'p1',
  name: 'orders',
  environment: 'prod',
  at,
  startsAt: at,
  endsAt: null,
  title: { id: 'telling.seen-again', args: { environment: 'PROD', cluster: 'orders' } },
  lines: [],
})
const open = (kept: { queue: readonly Queued[]; deliveries: HookQueue['deliveries'] } = NOTHING_TOLD): void => {
  queue = new HookQueue(
    { clock, post: postHook(500), hookOf: () => Promise.resolve(hook), language: () => 'en', changed: () => undefined },
    kept,
  )
}
const tell = (key: string): void => {
  queue.add(message(key))
  queue.wake('p1')
}
const keys = (): unknown[] => receiver.received.map(({ body }) => (body as { groupKey: string }).groupKey)
const last = () => queue.of('p1').last
const until = (holds: () => boolean): Promise<unknown> => vi.waitUntil(holds, { timeout: 5_000, interval: 5 })

beforeEach(async () => {
  receiver = await new HookReceiver().start()
  clock = new FakeClock()
  hook = { kind: 'alertmanager', secrets: { url: receiver.url } }
  open()
})
afterEach(async () => {
  queue.close()
  await receiver.stop()
})

describe('a receiver that is well', () => {
  it('gets each message once, in order, whoever waits', async () => {
    tell('a')
    tell('b')
    tell('c')
    await until(() => queue.waitingFor('p1') === 0)
    expect(keys()).toEqual(['a', 'b', 'c'])
    expect([last(), queue.of('p1').lost]).toMatchObject([{ state: 'delivered', status: 200, answer: 'ok' }, 0])
    expect(receiver.received[0]?.headers).toMatchObject({ 'content-type': 'application/json' })
  })
})

describe('a receiver that is down and back', () => {
  it('gets one message per incident, in order, once it is back', async () => {
    await receiver.stop()
    tell('a')
    await until(() => last()?.state === 'late')
    expect(last()).toMatchObject({ status: 0, answer: 'ECONNREFUSED' })
    tell('b')
    await clock.advance(pauseAfter(1))
    await until(() => (queue.queue[0]?.tries ?? 0) === 2)
    await receiver.start()
    await clock.advance(pauseAfter(2))
    await until(() => queue.waitingFor('p1') === 0)
    expect(keys()).toEqual(['a', 'b'])
  })

  it.each([500, 429, 408])('so with %i', async (code) => {
    receiver.answer = status(code, 'not now')
    tell('a')
    await until(() => last()?.state === 'late')
    receiver.answer = status(200)
    await clock.advance(pauseAfter(1))
    await until(() => queue.waitingFor('p1') === 0)
    expect([keys(), last()?.state]).toEqual([['a', 'a'], 'delivered'])
  })

  it('waits longer each time, five minutes at most, and is given up after an hour', async () => {
    expect([1, 2, 3, 7, 50].map(pauseAfter)).toEqual([5_000, 10_000, 20_000, 300_000, 300_000])
    receiver.answer = status(500)
    tell('a')
    for (let tries = 1; queue.waitingFor('p1') > 0 && tries < 100; tries += 1) {
      await until(() => queue.waitingFor('p1') === 0 || queue.queue[0]?.tries === tries)
      await clock.advance(pauseAfter(tries))
    }
    expect(last()).toMatchObject({ state: 'given-up', status: 500 })
    expect(queue.of('p1').lost).toBe(1)
    expect(receiver.received.length).toBeLessThan(30)
    expect(clock.now() - 1_700_000_000_000).toBeGreaterThanOrEqual(GIVE_UP_MS)
  })
})

describe('a receiver that is odd', () => {
  it('slow: is left after the deadline and tried again', async () => {
    receiver.answer = () => undefined
    tell('a')
    await until(() => last()?.state === 'late')
    expect(last()?.answer).toContain('no answer within')
  })

  it('drips its answer: what was said first counts', async () => {
    receiver.answer = (response) => void response.writeHead(200).write('o')
    tell('a')
    await until(() => queue.waitingFor('p1') === 0)
    expect(last()).toMatchObject({ state: 'delivered', status: 200 })
  })

  it('answers without end: no more is read than is shown', async () => {
    receiver.answer = (response) => {
      response.writeHead(400)
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(65_536), more)
      }
      more()
    }
    tell('a')
    await until(() => queue.waitingFor('p1') === 0)
    expect([last()?.state, last()?.answer.length]).toEqual(['refused', 300])
  })

  it('redirects: it is not followed', async () => {
    const other = await new HookReceiver().start()
    receiver.answer = status(307, '', { location: other.url })
    tell('a')
    await until(() => queue.waitingFor('p1') === 0)
    expect([last()?.state, other.received, queue.of('p1').lost]).toEqual(['refused', [], 1])
    await other.stop()
  })

  it('hangs up', async () => {
    receiver.answer = (response) => response.destroy()
    tell('a')
    await until(() => last()?.state === 'late')
    expect(last()?.status).toBe(0)
  })

  it('answers garbage: it is not said to be delivered, and not sent twice', async () => {
    hook = { kind: 'dingtalk', secrets: { url: receiver.url } }
    receiver.answer = status(200, '<html>\u0000')
    tell('a')
    await until(() => queue.waitingFor('p1') === 0)
    expect([last()?.state, receiver.received.length]).toEqual(['unclear', 1])
  })

  it('repeats the address: it is not shown', async () => {
    receiver.answer = (response) => response.writeHead(404).end(`no such hook: ${receiver.url}`)
    tell('a')
    await until(() => queue.waitingFor('p1') === 0)
    expect(last()?.answer).not.toContain('canary')
  })
})

describe('without an address', () => {
  it('messages wait, over a restart too, and go when it is typed', async () => {
    hook = { kind: 'alertmanager', secrets: {} }
    tell('a')
    queue.close()
    const kept: unknown = JSON.parse(
      JSON.stringify(toldToKeep({ ...NOTHING_TOLD, queue: queue.queue, deliveries: queue.deliveries })),
    )
    hook = { kind: 'alertmanager', secrets: { url: receiver.url } }
    open(readTold(kept))
    queue.wake('p1')
    await until(() => queue.waitingFor('p1') === 0)
    expect(keys()).toEqual(['a'])
  })

  it('a day at most; then they are counted as lost', async () => {
    hook = { kind: 'alertmanager', secrets: {} }
    tell('a')
    await clock.advance(KEEP_MS + 1)
    queue.wake('p1')
    await until(() => queue.waitingFor('p1') === 0)
    expect(queue.of('p1').lost).toBe(1)
  })
})

it('a queue that is full forgets the oldest that is not under way, and counts it', () => {
  hook = null
  for (let n = 0; n < MOST_WAITING + 5; n += 1) queue.add(message(`m${n}`))
  expect([queue.waitingFor('p1'), queue.of('p1').lost]).toEqual([MOST_WAITING, 5])
  expect([queue.queue[0], queue.queue[1], queue.queue.at(-1)].map((one) => one?.message.key)).toEqual([
    'm0',
    'm6',
    'm104',
  ])
})

it('a message that was kept with words there are not any more is counted as lost', () => {
  const bad = { ...message('a'), title: { id: 'no.such', args: {} } }
  const kept: unknown = { format: 1, ...NOTHING_TOLD, queue: [{ message: bad, tries: 0, firstTryAt: null }] }
  expect(readTold(kept)).toMatchObject({ queue: [], deliveries: { p1: { lost: 1 } } })
  expect(readTold({ format: 99, queue: [bad] })).toEqual(NOTHING_TOLD)
  expect(readTold(undefined)).toEqual(NOTHING_TOLD)
})

it('a test is sent beside what waits, and says what came back', async () => {
  receiver.answer = status(403, 'invalid_token')
  const delivery = await queue.try(hook!, message('t'))
  expect(delivery).toMatchObject({ state: 'refused', status: 403, answer: 'invalid_token' })
  expect(queue.waitingFor('p1')).toBe(0)
})
