/** A cancelled examination closes what it has open, at whatever step it stands: seen from a port that takes connections and says nothing. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { DoctorStep, DoctorStepName } from '../../../../src-main/contract/profiles'
import { diagnose } from '../../../../src-main/kafka/doctor/diagnose'

const opened: { close(): unknown }[] = []
afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())))

/** Sockets that are open at the port now. */
async function silentPort(): Promise<{ readonly port: number; readonly open: Set<Socket> }> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined).once('close', () => open.delete(socket))
    socket.resume()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  opened.push({ close: () => new Promise((resolve) => server.close(resolve)) })
  return { port: (server.address() as AddressInfo).port, open }
}

const tls = { ca: '', cert: '', key: '', serverName: '' }
it.each([
  ['tls', tls, 'tcp'],
  ['api-versions', null, 'tls'],
] as const)('at the step %s', async (step, security, before: DoctorStepName) => {
  const { port, open } = await silentPort()
  const stop = new AbortController()
  const told: DoctorStepName[] = []
  let reach = (): void => undefined
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const onStep = (one: DoctorStep): void => {
    told.push(one.step)
    if (one.step === before) reach()
  }
  const diagnosing = diagnose(
    { bootstrap: [`127.0.0.1:${port}`, '127.0.0.1:1'], tls: security, sasl: null, timeoutMs: 600_000 },
    { signal: stop.signal, onStep },
  )
  await reached
  await expect.poll(() => open.size).toBe(1)
  stop.abort()
  const { steps } = await diagnosing
  expect(steps.find((one) => one.step === step)).toMatchObject({ outcome: 'failed', evidence: 'Cancelled' })
  await expect.poll(() => open.size).toBe(0)
  // Nothing else is tried: no further step, no other address.
  expect(told.at(-1)).toBe(step)
  expect(told.filter((one) => one === 'address')).toHaveLength(1)
})

it('before it begins', async () => {
  const { port, open } = await silentPort()
  const { reachable } = await diagnose(
    { bootstrap: [`127.0.0.1:${port}`], tls: null, sasl: null },
    { signal: AbortSignal.abort() },
  )
  expect([reachable, open.size]).toEqual([false, 0])
})
