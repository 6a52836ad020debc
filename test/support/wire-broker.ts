import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { capturedAnswers, fromHex } from './captured-answers'

export interface Question {
  readonly apiKey: number
  readonly apiVersion: number
  readonly correlationId: number
  /** 0 for the first connection, and so on. */
  readonly connection: number
  readonly socket: Socket
  /** Sends `body` as a proper answer to this question. */
  answer(body: Uint8Array): void
  /** Answers as the real broker did that was listened to (4.4.0). */
  asCaptured(): void
}

export interface WireBroker {
  readonly host: string
  readonly port: number
  readonly questions: Question[]
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>
  close(): Promise<void>
}

/**
 * A TCP server that speaks just enough of Kafka's framing to answer wrongly on purpose. `script` gets every question; one it does not
 * deal with (returns false) is answered as captured. What a broker does right is tested on real ones.
 */
export async function startWireBroker(script: (question: Question) => boolean | undefined): Promise<WireBroker> {
  const captured = capturedAnswers().filter(({ kafka }) => kafka === '4.4.0')
  const questions: Question[] = []
  const open = new Set<Socket>()
  let connections = 0
  const server = createServer((socket) => {
    const connection = connections
    connections += 1
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.on('error', () => undefined)
    let left = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      left = Buffer.concat([left, chunk])
      while (left.length >= 4 && left.length >= 4 + left.readInt32BE(0)) {
        const request = left.subarray(4, 4 + left.readInt32BE(0))
        left = left.subarray(4 + request.length)
        const question = read(request, connection, socket)
        questions.push(question)
        if (script(question) === false) question.asCaptured()
      }
    })
  })
  const read = (request: Buffer, connection: number, socket: Socket): Question => {
    const apiKey = request.readInt16BE(0)
    const apiVersion = request.readInt16BE(2)
    const correlationId = request.readInt32BE(4)
    const answer = (body: Uint8Array): void => void socket.write(frame(correlationId, body))
    const asCaptured = (): void => {
      const found = captured.find((one) => one.apiKey === apiKey && one.version === apiVersion)
      if (found === undefined) throw new Error(`nothing was captured for API ${apiKey} v${apiVersion}`)
      answer(fromHex(found.response))
    }
    return { apiKey, apiVersion, correlationId, connection, socket, answer, asCaptured }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of open) socket.destroy()
    await closed
  }
  return { host: '127.0.0.1', port, questions, open, close }
}

export function frame(correlationId: number, body: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeInt32BE(body.length + 4)
  head.writeInt32BE(correlationId, 4)
  return Buffer.concat([head, body])
}
