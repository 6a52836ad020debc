import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CHANNELS } from '../../../src-main/contract/ipc'
import { ok } from '../../../src-main/contract/result'
import { handlerFor, isTrustedSender, registerRoutes } from '../../../src-main/ipc/handle'
import type { Gate, Routes, SenderFrame } from '../../../src-main/ipc/handle'

const origin = 'app://highwater'
const ours: SenderFrame = { parent: null, origin }
const noted: [string, unknown][] = []
const gate: Gate = { origin, onUnexpected: (channel, cause) => noted.push([channel, cause]) }
const schema = z.strictObject({ n: z.int() })
const double = handlerFor('test:double', schema, ({ n }) => ok(n * 2), gate)

describe('the sender', () => {
  const strangers: readonly (readonly [string, SenderFrame | null])[] = [
    ['a frame that is gone', null],
    ['a frame inside our page', { parent: ours as SenderFrame['parent'], origin }],
    ['another site', { parent: null, origin: 'https://example.com' }],
    ['a file', { parent: null, origin: 'file://' }],
    ['an opaque origin', { parent: null, origin: 'null' }],
    ['a host of our scheme that is not ours', { parent: null, origin: 'app://elsewhere' }],
  ]
  it.each(strangers)('is not trusted when it is %s', async (_what, frame) => {
    expect(isTrustedSender(frame, origin)).toBe(false)
    expect(await double(frame, [{ n: 1 }])).toMatchObject({ ok: false, error: { code: 'untrusted-sender' } })
  })

  it('is trusted when it is the main frame of our own page', async () => {
    expect(await double(ours, [{ n: 21 }])).toEqual({ ok: true, value: 42 })
  })
})

describe('the input', () => {
  it.each([[[]], [[{ n: 1.5 }]], [[{ n: 1, more: 2 }]], [[{ n: 1 }, 2]], [['n']]])('%j is refused', async (args) => {
    expect(await double(ours, args)).toMatchObject({ ok: false, error: { code: 'bad-input', retryable: false } })
  })

  it('is named by its place, never by its value', async () => {
    const answer = await double(ours, [{ n: 'kingfisher' }])
    expect(answer).toMatchObject({ error: { detail: { what: expect.stringMatching(/^n: /) as string } } })
    expect(JSON.stringify(answer)).not.toContain('kingfisher')
  })
})

it('what was not foreseen is logged and answered without its words', async () => {
  const cause = new Error('password=kingfisher')
  const handler = handlerFor('test:broken', z.undefined(), () => Promise.reject(cause), gate)
  const answer = await handler(ours, [])
  expect(answer).toMatchObject({ ok: false, error: { code: 'internal', detail: { channel: 'test:broken' } } })
  expect(JSON.stringify(answer)).not.toMatch(/kingfisher|stack|\.ts/)
  expect(noted).toEqual([['test:broken', cause]])
})

it('every channel of the contract is registered once, and taken off again', async () => {
  const handlers = new Map<string, (event: unknown, ...args: unknown[]) => unknown>()
  const ipcMain = {
    handle: (channel: string, handler: (event: never, ...args: unknown[]) => unknown) =>
      void handlers.set(channel, handler as never),
    removeHandler: (channel: string) => void handlers.delete(channel),
  }
  const routes = Object.fromEntries(CHANNELS.map((channel) => [channel, () => ok(channel)])) as unknown as Routes
  const remove = registerRoutes(ipcMain, routes, gate)
  expect([...handlers.keys()]).toEqual([...CHANNELS])
  expect(await handlers.get('app:info')?.({ senderFrame: ours }, undefined)).toEqual({ ok: true, value: 'app:info' })
  expect(await handlers.get('app:info')?.({ senderFrame: null }, undefined)).toMatchObject({
    error: { code: 'untrusted-sender' },
  })
  remove()
  expect(handlers.size).toBe(0)
})
