import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly url: string
  readonly body: unknown
  readonly headers: IncomingMessage['headers']
}
type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A webhook on this machine that writes down what it is sent and answers as it is told; it can be switched off and on again at the same address. */
export class HookReceiver {
  readonly received: Received[] = []
  answer: Answer = (response) => response.end('ok')
  private server: Server | null = null
  private port = 0

  get url(): string {
    return `http://127.0.0.1:${this.port}/services/T000/canary-of-the-address`
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      let text = ''
      request.setEncoding('utf8')
      request.on('data', (chunk: string) => (text += chunk))
      request.on('end', () => {
        this.received.push({ url: request.url ?? '', body: parsed(text), headers: request.headers })
        this.answer(response, request)
      })
    })
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.port = (server.address() as AddressInfo).port
    this.server = server
    return this
  }

  async stop(): Promise<void> {
    const { server } = this
    this.server = null
    if (server === null) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const status =
  (code: number, body = '', headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    response.writeHead(code, headers).end(body)
