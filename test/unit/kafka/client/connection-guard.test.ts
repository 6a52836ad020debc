import { describe, expect, it } from 'vitest'
import {
  GATHERED_BYTES,
  guardConnection,
  STRANGER_LIMIT_BYTES,
} from '../../../../src-main/kafka/client/connection-guard'
import { brokerFactory } from '../../../../src-main/kafka/client/kafkajs-internals'
import type { InternalConnection } from '../../../../src-main/kafka/client/kafkajs-internals'
import { socketFactory } from '../../../../src-main/kafka/client/socket-factory'
import { frame } from '../../../support/wire-broker'

/** A real kafkajs connection that has no socket, with questions 0 … 9 on their way. */
async function guarded(): Promise<{
  connection: InternalConnection
  answered: string[]
  violations: string[]
  trust: () => void
}> {
  const broker = await brokerFactory({ clientId: 'test', socketFactory })('127.0.0.1', 1)
  const connection = broker.connectionPool.pool[0]
  if (connection === undefined) throw new Error('no connection')
  const answered: string[] = []
  const violations: string[] = []
  const inflight = connection.requestQueue.inflight as Map<number, object>
  for (let id = 0; id < 10; id++) {
    const completed = ({ payload }: { payload: Buffer }): number => answered.push(`${id}:${payload.toString('hex')}`)
    inflight.set(id, { completed, entry: { apiName: 'Metadata' } })
  }
  const guard = guardConnection(connection, {
    received: () => undefined,
    violated: (what) => void violations.push(what),
  })
  return {
    connection,
    answered,
    violations,
    trust: () => guard.trust(),
  }
}

describe('the guard of a connection', () => {
  it.each([1, 2, 3, 5, 7, 100])('passes on answers that come in pieces of %i bytes', async (size) => {
    const { connection, answered, violations } = await guarded()
    const all = Buffer.concat([frame(0, Buffer.from([1, 2, 3])), frame(1, Buffer.alloc(0)), frame(2, Buffer.from([9]))])
    for (let at = 0; at < all.length; at += size) connection.processData(all.subarray(at, at + size))
    expect([answered, violations]).toEqual([['0:010203', '1:', '2:09'], []])
  })

  it('keeps nothing of an answer that was passed on', async () => {
    const { connection, answered, trust } = await guarded()
    trust()
    const large = frame(0, Buffer.alloc(1_000_000))
    connection.processData(large.subarray(0, 400_000))
    expect(connection.chunks.length).toBeGreaterThan(0)
    connection.processData(large.subarray(400_000))
    expect([answered.length, connection.chunks]).toEqual([1, []])
    connection.processData(frame(1, Buffer.from([7])))
    expect(answered[1]).toBe('1:07')
  })

  it.each([1_000, 65_536, 10_000_000])(
    'puts a large answer together as it comes, in pieces of %i bytes, and keeps the order',
    async (size) => {
      const { connection, answered, violations, trust } = await guarded()
      trust()
      const body = Buffer.alloc(GATHERED_BYTES.from, 'abc')
      const all = Buffer.concat([
        frame(0, Buffer.from([1])),
        frame(1, body),
        frame(2, body),
        frame(3, Buffer.from([4])),
      ])
      let kept = 0
      for (let at = 0; at < all.length; at += size) {
        connection.processData(all.subarray(at, at + size))
        kept = Math.max(kept, connection.chunks.length)
      }
      const text = body.toString('hex')
      expect(answered.map((line) => line === `1:${text}` || line === `2:${text}` || line)).toEqual([
        '0:01',
        true,
        true,
        '3:04',
      ])
      expect([violations, kept <= 1]).toEqual([[], true])
    },
  )

  it('leaves a large answer to kafkajs when its size comes in two pieces', async () => {
    const { connection, answered, trust } = await guarded()
    trust()
    const large = frame(0, Buffer.alloc(GATHERED_BYTES.from))
    connection.processData(large.subarray(0, 2))
    connection.processData(large.subarray(2))
    expect([answered.length, connection.chunks]).toEqual([1, []])
  })

  it('allows strangers little and brokers much', async () => {
    const large = frame(0, Buffer.alloc(STRANGER_LIMIT_BYTES))
    const stranger = await guarded()
    stranger.connection.processData(large)
    expect(stranger).toMatchObject({ answered: [], violations: [`an answer of ${STRANGER_LIMIT_BYTES + 4} bytes`] })
    const broker = await guarded()
    broker.trust()
    broker.connection.processData(large)
    expect([broker.answered.length, broker.violations]).toEqual([1, []])
  })

  it('passes nothing on after a violation, and tells it once', async () => {
    const { connection, answered, violations } = await guarded()
    connection.processData(frame(77, Buffer.alloc(0)))
    connection.processData(frame(0, Buffer.alloc(0)))
    connection.processData(Buffer.from([0xff, 0xff, 0xff, 0xff]))
    expect([answered, violations]).toEqual([[], ['an answer to question 77, which was not asked']])
  })

  it('keeps the queue from waking up when nothing waits in it', async () => {
    const { connection } = await guarded()
    const queue = connection.requestQueue as unknown as {
      throttleCheckTimeoutId: unknown
      checkPendingRequests(): void
    }
    queue.checkPendingRequests()
    expect(queue.throttleCheckTimeoutId).toBeNull()
  })
})
