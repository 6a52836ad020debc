import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { createClusterClient } from '../../../src-main/kafka/client/cluster-client'
import { diagnose } from '../../../src-main/kafka/doctor/diagnose'
import { PortError } from '../../../src-main/ports/cluster-port'
import { stepOf } from '../../../src-main/ports/connection-step'
import { REASONS } from '../../../src-main/ports/reason'
import type { Reason } from '../../../src-main/ports/reason'
import { DOCTOR_STEPS } from '../../../src-main/contract/profiles'

const servers: Server[] = []
const sockets: Socket[] = []
afterAll(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers) server.close()
})

async function portOf(server: Server): Promise<number> {
  servers.push(server)
  server.on('connection', (socket: Socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const LIMIT_MS = 400
/** ApiVersions v3 answered with UNSUPPORTED_VERSION, as brokers before 2.4 do: size, correlation id, error, no API. */
function tooOld(socket: Socket): void {
  socket.once('data', (asked: Buffer) => {
    const answer = Buffer.alloc(14)
    answer.writeInt32BE(10, 0)
    asked.copy(answer, 4, 8, 12)
    answer.writeInt16BE(35, 8)
    socket.write(answer)
  })
}

/** findings K11.3: the command line and the board name a failure by the same step as the doctor. */
describe('the step that is named', () => {
  it.each<[string, () => Promise<number>, string]>([
    ['nothing listens', () => Promise.resolve(1), 'tcp'],
    ['takes the connection and is silent', () => portOf(createServer(() => undefined)), 'api-versions'],
    ['hangs up at once', () => portOf(createServer((socket) => socket.end())), 'api-versions'],
    [
      'hangs up at the question',
      () => portOf(createServer((one) => one.once('data', () => one.end()))),
      'api-versions',
    ],
    [
      'resets at the question',
      () => portOf(createServer((one) => one.once('data', () => one.resetAndDestroy()))),
      'api-versions',
    ],
    ['a web server', () => portOf(createHttpServer((_, answer) => answer.end('hello'))), 'api-versions'],
    ['a broker that is too old', () => portOf(createServer(tooOld)), 'api-versions'],
  ])('%s', async (_, open, step) => {
    const address = `127.0.0.1:${await open()}`
    const { steps } = await diagnose({
      bootstrap: [address],
      tls: null,
      sasl: null,
      clientId: 't',
      timeoutMs: LIMIT_MS,
    })
    expect(steps.find(({ outcome }) => outcome === 'failed')?.step).toBe(step)
    const [host = '', port] = address.split(':')
    const client = createClusterClient({
      bootstrap: [{ host, port: Number(port) }],
      tls: null,
      sasl: null,
      clientId: 't',
    })
    const error = await client.open(LIMIT_MS).catch((thrown: unknown) => thrown)
    await client.close()
    expect(error).toBeInstanceOf(PortError)
    if (error instanceof PortError) expect(stepOf(error)).toBe(step)
  })

  it('is one of the doctor for every reason', () => {
    for (const reason of Object.keys(REASONS) as Reason[]) expect(DOCTOR_STEPS).toContain(stepOf({ reason, at: '' }))
  })

  it.each<[Reason, PortError['at'], string]>([
    ['timeout', 'tls', 'tls'],
    ['timeout', 'sasl', 'sasl'],
    ['timeout', 'request', 'metadata'],
    ['closed', 'request', 'metadata'],
    ['reset', 'sasl', 'sasl'],
    // What the reason itself tells stands, whatever we were at.
    ['tls-spoken', 'api-versions', 'tls'],
    ['sasl-refused', 'request', 'sasl'],
  ])('%s at %s is of the step %s', (reason, at, step) => {
    expect(stepOf({ reason, at })).toBe(step)
  })
})
