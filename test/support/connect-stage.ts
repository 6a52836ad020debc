import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { SaslMechanism } from '../../src-main/contract/profiles'
import type { ClientOptions, TlsSettings } from '../../src-main/kafka/client/options'
import type { Credentials } from '../../src-main/ports/credentials'
import { startSecuredBroker } from './secured-broker'
import type { SecuredBroker } from './secured-broker'

export type Security = Pick<ClientOptions, 'tls' | 'sasl'>

/** One real broker with every kind of listener, and beside it everything else that one may connect to by mistake. */
export interface ConnectStage {
  readonly broker: SecuredBroker
  readonly ports: {
    readonly silent: number
    readonly web: number
    readonly resets: number
    readonly hangsUp: number
    /** A TLS server whose certificate has expired. */
    readonly expired: number
    /** Its kernel drops every further connection, as a firewall does; 0 = only Linux does so. */
    readonly full: number
  }
  readonly tls: (change?: Partial<TlsSettings>) => TlsSettings
  readonly sasl: (mechanism: SaslMechanism, change?: { username?: string; password?: string }) => Credentials
  close(): Promise<void>
}

export async function openConnectStage(): Promise<ConnectStage> {
  const broker = await startSecuredBroker()
  const servers: Server[] = []
  const listen = async (server: Server): Promise<number> => {
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }
  const serve = (behave: (socket: Socket) => void): Promise<number> =>
    listen(
      createServer((socket) => {
        socket.on('error', () => undefined)
        behave(socket)
      }),
    )
  const { cert, key } = broker.certificates.expired
  const full = process.platform === 'linux' ? await fullPort() : null
  const ports = {
    silent: await serve((socket) => socket.resume()),
    web: await serve((socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
    resets: await serve((socket) => socket.once('data', () => socket.resetAndDestroy())),
    hangsUp: await serve((socket) => socket.once('data', () => socket.end())),
    expired: await listen(createTlsServer({ cert, key }, (socket) => socket.on('error', () => undefined))),
    full: full?.port ?? 0,
  }
  return {
    broker,
    ports,
    tls: (change) => ({ ca: broker.certificates.ca, cert: '', key: '', serverName: '', ...change }),
    sasl: (mechanism, change) => ({ ...broker.admin, mechanism, ...change }),
    close: async () => {
      broker.close()
      full?.close()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

/** A process that listens and stands still, with its queue of connections full. */
async function fullPort(): Promise<{ port: number; close(): void }> {
  const listening = `const server = require('net').createServer()
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(String(server.address().port)))`
  const child = spawn(process.execPath, ['-e', listening], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((resolve) =>
    child.stdout.once('data', (text: Buffer) => resolve(Number(text))),
  )
  child.kill('SIGSTOP')
  const filling: Socket[] = []
  const taken = (socket: Socket): Promise<boolean> =>
    new Promise((resolve) => {
      socket.on('error', () => undefined).once('connect', () => resolve(true))
      // Sockets are looked at between this timer and an immediate: on a busy machine the connection may stand already.
      socket.setTimeout(500, () => setImmediate(() => resolve(!socket.connecting)))
    })
  for (let full = false; !full && filling.length < 20;) {
    const socket = connect(port, '127.0.0.1')
    filling.push(socket)
    full = !(await taken(socket))
  }
  const close = (): void => {
    for (const socket of filling) socket.destroy()
    child.kill('SIGKILL')
  }
  return { port, close }
}
