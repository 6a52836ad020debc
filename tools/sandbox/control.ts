import { randomBytes } from 'node:crypto'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { createInterface } from 'node:readline'

/** One order to a running sandbox: a scene's name, `heal`, `stop` or `status`, and the broker it is meant for. */
export interface Order {
  readonly name: string
  readonly broker: number | null
}

interface Reply {
  readonly text?: string
  readonly done?: 'ok' | 'failed'
}

export interface ControlServer {
  readonly port: number
  readonly token: string
  close(): void
}

/**
 * Takes orders over the loopback, one JSON line each, and answers with lines of text as the work goes on. Orders wait for
 * each other: a heal that overtakes a scene would leave half of it behind. The token is in the state file, readable by its owner only.
 */
export async function serveOrders(
  obey: (order: Order, say: (text: string) => void) => Promise<void>,
): Promise<ControlServer> {
  const token = randomBytes(16).toString('hex')
  let last: Promise<void> = Promise.resolve()
  const handle = (socket: Socket, line: string): void => {
    const send = (reply: Reply): void => {
      if (socket.writable) socket.write(`${JSON.stringify(reply)}\n`)
    }
    const order = parseOrder(line, token)
    if (!order) {
      socket.destroy()
      return
    }
    last = last.then(async () => {
      try {
        await obey(order, (text) => send({ text }))
        send({ done: 'ok' })
      } catch (error) {
        send({ text: error instanceof Error ? error.message : String(error), done: 'failed' })
      }
    })
  }
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    createInterface({ input: socket }).on('line', (line) => handle(socket, line))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return { port: (server.address() as AddressInfo).port, token, close: () => server.close() }
}

function parseOrder(line: string, token: string): Order | null {
  try {
    const data = JSON.parse(line) as { token?: unknown; name?: unknown; broker?: unknown }
    if (data.token !== token || typeof data.name !== 'string') return null
    return { name: data.name, broker: typeof data.broker === 'number' ? data.broker : null }
  } catch {
    return null
  }
}

/** Sends one order and resolves with whether it was carried out; `say` gets what the sandbox tells meanwhile. */
export function giveOrder(
  control: { readonly port: number; readonly token: string },
  order: Order,
  say: (text: string) => void,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(control.port, '127.0.0.1')
    let outcome: Reply['done']
    socket.once('error', reject)
    socket.once('connect', () => socket.write(`${JSON.stringify({ ...order, token: control.token })}\n`))
    createInterface({ input: socket }).on('line', (line) => {
      const reply = JSON.parse(line) as Reply
      if (reply.text !== undefined) say(reply.text)
      if (reply.done === undefined) return
      outcome = reply.done
      socket.end()
    })
    // A sandbox that was told to stop hangs up before it can say so.
    socket.once('close', () => resolve(outcome ? outcome === 'ok' : order.name === 'stop'))
  })
}
