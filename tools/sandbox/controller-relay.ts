import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'

/** Stands between the brokers and one controller and passes everything on, except for brokers that are held. */
export interface ControllerRelay {
  /** Nothing goes through any more, in either direction; the broker's connections stay open, and new ones are accepted. */
  hold(broker: number): void
  /** Hangs up on what was held, so that the broker begins anew: what lay in between is of no use to anybody. */
  release(broker: number): void
  close(): void
}

/** Size, API key, version and correlation id come before the length of the client id (RequestHeader.json). */
const CLIENT_ID_AT = 4 + 2 + 2 + 4
/** KafkaRaftManager calls itself by the first, NodeToControllerChannelManager by the number alone. */
const BROKER_CLIENT = /^(?:raft-client-)?(\d+)$/

/** Who speaks, by the client id of the first request: a broker's number, -1 = nobody that can be held; null = more bytes are needed. */
export function brokerSpeaking(bytes: Buffer): number | null {
  if (bytes.length < CLIENT_ID_AT + 2) return null
  const length = Math.max(0, bytes.readInt16BE(CLIENT_ID_AT))
  if (bytes.length < CLIENT_ID_AT + 2 + length) return null
  const name = bytes.toString('latin1', CLIENT_ID_AT + 2, CLIENT_ID_AT + 2 + length)
  return Number(BROKER_CLIENT.exec(name)?.[1] ?? -1)
}

interface Pair {
  readonly near: Socket
  readonly far: Socket
  /** Null until it has said who it is. */
  broker: number | null
}

/** Listens on `port` of the loopback for the controller at `target`; rejects where the port is taken. */
export async function startControllerRelay(port: number, target: number): Promise<ControllerRelay> {
  const pairs = new Set<Pair>()
  const held = new Set<number>()
  const standStill = ({ near, far }: Pair): void => {
    near.pause()
    far.pause()
  }
  const hangUp = (pair: Pair): void => {
    pairs.delete(pair)
    pair.near.destroy()
    pair.far.destroy()
  }
  const server = createServer((near) => {
    const pair: Pair = { near, far: connect(target, '127.0.0.1'), broker: null }
    pairs.add(pair)
    let unnamed = Buffer.alloc(0)
    const forward = (to: Socket, from: Socket, bytes: Buffer): void => {
      if (to.write(bytes)) return
      from.pause()
      to.once('drain', () => {
        if (pair.broker === null || !held.has(pair.broker)) from.resume()
      })
    }
    near.on('data', (bytes: Buffer) => {
      if (pair.broker !== null) {
        forward(pair.far, near, bytes)
        return
      }
      unnamed = Buffer.concat([unnamed, bytes])
      pair.broker = brokerSpeaking(unnamed)
      if (pair.broker === null) return
      if (held.has(pair.broker)) standStill(pair)
      else forward(pair.far, near, unnamed)
    })
    pair.far.on('data', (bytes: Buffer) => forward(near, pair.far, bytes))
    for (const socket of [near, pair.far]) {
      socket.setNoDelay(true)
      socket.on('error', () => hangUp(pair))
      socket.on('close', () => hangUp(pair))
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const of = (broker: number): Pair[] => [...pairs].filter((pair) => pair.broker === broker)
  return {
    hold: (broker) => {
      held.add(broker)
      of(broker).forEach(standStill)
    },
    release: (broker) => {
      held.delete(broker)
      of(broker).forEach(hangUp)
    },
    close: () => {
      server.close()
      ;[...pairs].forEach(hangUp)
    },
  }
}
