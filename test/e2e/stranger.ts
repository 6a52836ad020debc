import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Stranger {
  readonly url: string
  /** What reached it, as `GET /path`. */
  readonly hits: readonly string[]
  close(): Promise<void>
}

/** A web server on the loopback that must never hear from the page. `/redirect` leads to `/redirected`. */
export async function startStranger(): Promise<Stranger> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`)
    if (request.url === '/redirect') response.writeHead(302, { location: '/redirected' })
    else response.setHeader('access-control-allow-origin', '*')
    response.end('<script>document.title = "stranger"</script>')
  })
  server.on('upgrade', (request, socket) => {
    hits.push(`UPGRADE ${request.url}`)
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    hits,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
