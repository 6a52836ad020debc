import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** A request over a plain socket, resolved with everything after the correlation id: what any client has to do at the very least. */
export function ask(socket: Socket, apiKey: number, apiVersion: number, body: Uint8Array): Promise<Buffer> {
  const head = Buffer.alloc(16)
  head.writeInt32BE(12 + body.length, 0)
  head.writeInt16BE(apiKey, 4)
  head.writeInt16BE(apiVersion, 6)
  head.writeInt32BE(7, 8)
  head.writeInt16BE(2, 12)
  head.write('hw', 14)
  socket.write(head)
  socket.write(body)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let got = 0
    socket.removeAllListeners('data')
    socket.once('error', reject)
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      got += chunk.length
      if (got < 4) return
      const whole = chunks.length === 1 ? chunk : Buffer.concat(chunks)
      if (got >= 4 + whole.readInt32BE(0)) resolve(whole.subarray(8))
      else if (chunks.length > 1) chunks.splice(0, chunks.length, whole)
    })
  })
}

export const open = (host: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })

export interface BareQuestion {
  readonly host: string
  readonly port: number
  /** ListOffsets v5 bodies, one after the other. */
  readonly bodies: readonly Uint8Array[]
}

/**
 * Asks the same as one picture: a Metadata answer from the first broker, then on each broker ApiVersions (every client's first word) and the
 * given offset questions, round by round. Nothing is decoded. Answers the ms it took, connections included.
 */
export async function bareSockets(
  first: { host: string; port: number },
  metadataBody: Uint8Array,
  brokers: readonly BareQuestion[],
): Promise<number> {
  const from = performance.now()
  const seed = await open(first.host, first.port)
  await ask(seed, 18, 2, new Uint8Array(0))
  await ask(seed, 3, 7, metadataBody)
  const sockets = await Promise.all(
    brokers.map(async ({ host, port }) => {
      const socket = await open(host, port)
      await ask(socket, 18, 2, new Uint8Array(0))
      return socket
    }),
  )
  const rounds = Math.max(...brokers.map(({ bodies }) => bodies.length))
  for (let round = 0; round < rounds; round++) {
    await Promise.all(
      brokers.map(async ({ bodies }, i) => {
        const body = bodies[round]
        if (body !== undefined) await ask(sockets[i]!, 2, 5, body)
      }),
    )
  }
  const took = performance.now() - from
  for (const socket of [seed, ...sockets]) socket.destroy()
  return took
}
