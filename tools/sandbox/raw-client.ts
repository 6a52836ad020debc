import { connect } from 'node:net'
import type { Socket } from 'node:net'

export interface RawRequest {
  readonly apiKey: number
  readonly apiVersion: number
  /** Everything after the client id of header v1; flexible versions begin with their empty tag buffer. */
  readonly body: Uint8Array
  readonly timeoutMs?: number
  /** As whom to ask: quotas go by it. */
  readonly clientId?: string
}

/** Size, header v1 (key, version, correlation id 1, client id) and the body. */
export function frame({ apiKey, apiVersion, body, clientId = 'highwater-sandbox' }: RawRequest): Buffer {
  const header = Buffer.alloc(10 + clientId.length)
  header.writeInt16BE(apiKey, 0)
  header.writeInt16BE(apiVersion, 2)
  header.writeInt32BE(1, 4)
  header.writeInt16BE(clientId.length, 8)
  header.write(clientId, 10, 'latin1')
  const size = Buffer.alloc(4)
  size.writeInt32BE(header.length + body.length)
  return Buffer.concat([size, header, body])
}

/**
 * One question to one broker over a socket of its own; answers the bytes after the correlation id. No pool and no retry: the
 * sandbox asks rarely, and a broker that it has just hurt must not leave a half-dead connection behind.
 */
export function askBroker(port: number, request: RawRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: '127.0.0.1', port })
    const limit = request.timeoutMs ?? 10_000
    const chunks: Buffer[] = []
    let got = 0
    const timer = setTimeout(() => fail(`no answer within ${limit} ms`), limit)
    const finish = (): void => {
      clearTimeout(timer)
      socket.destroy()
    }
    const fail = (reason: string): void => {
      finish()
      reject(new Error(`Broker on port ${port}, API ${request.apiKey} v${request.apiVersion}: ${reason}`))
    }
    socket.on('error', (error) => fail(error.message))
    socket.on('close', () => fail('it hung up'))
    socket.on('connect', () => socket.write(frame(request)))
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      got += chunk.length
      if (got < 4) return
      const all = Buffer.concat(chunks)
      const size = all.readInt32BE(0)
      if (got < size + 4) return
      finish()
      resolve(all.subarray(8, size + 4))
    })
  })
}

/** True once the broker handles requests: its port opens earlier than that. */
export async function brokerServes(port: number): Promise<boolean> {
  const answer = await askBroker(port, { apiKey: 18, apiVersion: 0, body: new Uint8Array(0), timeoutMs: 2000 })
  return answer.length >= 6 && answer.readInt16BE(0) === 0
}
