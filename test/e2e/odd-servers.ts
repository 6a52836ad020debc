import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'

/** Answers every question with a frame of the size it claims (up to 1 KiB of it) that has nothing to do with Kafka. */
export function serveGarbage(claimedBytes: number): Server {
  return createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (asked) => {
      const answer = Buffer.alloc(4 + Math.min(claimedBytes, 1024), 0xa5)
      answer.writeInt32BE(claimedBytes)
      // With the right correlation id, so that it is read and not dropped.
      if (asked.length >= 12) asked.copy(answer, 4, 8, 12)
      socket.write(answer)
    })
  })
}

/** Passes everything on to a port of 127.0.0.1: a broker behind an address of IPv6. */
export function throughIpv6(port: number): Server {
  return createServer((socket) => {
    const onward = connect(port, '127.0.0.1')
    socket.on('error', () => onward.destroy()).on('close', () => onward.destroy())
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
  })
}
