/** One address behind which there are two clusters: a relay of ours that passes Kafka's frames on, whole and one by one, and is told where it leads. */
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'

export type Side = 'A' | 'B'

/** One question or answer on its way. */
interface Passing {
  readonly what: 'question' | 'answer'
  readonly apiKey: number
  /** Where its connection leads. */
  readonly side: Side
}

export interface NameRelay {
  /** Questions that were passed on to a cluster, in order. */
  readonly passed: readonly Passing[]
  /**
   * Connections that are made from now on lead to these sides in turn, over and over. 'cut': those that stand are hung up; 'keep': they go on where they
   * lead; 'keep-polling': only those go on that log ends were asked over.
   */
  lead(sides: readonly [Side, ...Side[]], standing: 'cut' | 'keep' | 'keep-polling'): void
  /** Told of everything that has come in, before it is passed on; what is cut off meanwhile is not passed on. */
  onPassing(listener: (passing: Passing) => void): void
  close(): void
}

interface Pair {
  readonly near: Socket
  readonly far: Socket
  readonly side: Side
  /** API keys of what was asked and not answered, by correlation id. */
  readonly asked: Map<number, number>
  polls: boolean
  over: boolean
}

const LIST_OFFSETS = 2
const SIZE_BYTES = 4
const KEY_AT = SIZE_BYTES
/** Of a question; an answer begins with it (RequestHeader.json, ResponseHeader.json). */
const CORRELATION_AT = SIZE_BYTES + 4

/** Hands on whole frames of what comes in pieces. */
function framesTo(take: (frame: Buffer) => void): (piece: Buffer) => void {
  let left = Buffer.alloc(0)
  return (piece) => {
    left = Buffer.concat([left, piece])
    while (left.length >= SIZE_BYTES && left.length >= SIZE_BYTES + left.readInt32BE(0)) {
      const end = SIZE_BYTES + left.readInt32BE(0)
      const frame = left.subarray(0, end)
      left = left.subarray(end)
      take(frame)
    }
  }
}

/** Listens on `port` of the loopback, for the brokers that listen on the ports in `targets`; leads to A at first. Rejects where the port is taken. */
export async function startNameRelay(port: number, targets: Readonly<Record<Side, number>>): Promise<NameRelay> {
  const pairs = new Set<Pair>()
  const passed: Passing[] = []
  let tell: (passing: Passing) => void = () => undefined
  let sides: readonly Side[] = ['A']
  let turn = 0
  const hangUp = (pair: Pair): void => {
    pair.over = true
    pairs.delete(pair)
    pair.near.destroy()
    pair.far.destroy()
  }
  const ask = (pair: Pair, frame: Buffer): void => {
    const passing: Passing = { what: 'question', apiKey: frame.readInt16BE(KEY_AT), side: pair.side }
    if (!pair.over) tell(passing)
    if (pair.over) return
    pair.asked.set(frame.readInt32BE(CORRELATION_AT), passing.apiKey)
    if (passing.apiKey === LIST_OFFSETS) pair.polls = true
    passed.push(passing)
    pair.far.write(frame)
  }
  const answer = (pair: Pair, frame: Buffer): void => {
    const correlation = frame.readInt32BE(SIZE_BYTES)
    const apiKey = pair.asked.get(correlation) ?? -1
    pair.asked.delete(correlation)
    if (!pair.over) tell({ what: 'answer', apiKey, side: pair.side })
    if (!pair.over) pair.near.write(frame)
  }
  const server = createServer((near) => {
    const side = sides[turn % sides.length]!
    turn += 1
    const pair: Pair = {
      near,
      far: connect(targets[side], '127.0.0.1'),
      side,
      asked: new Map(),
      polls: false,
      over: false,
    }
    pairs.add(pair)
    near.on(
      'data',
      framesTo((frame) => ask(pair, frame)),
    )
    pair.far.on(
      'data',
      framesTo((frame) => answer(pair, frame)),
    )
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
  return {
    passed,
    lead: (to, standing) => {
      sides = to
      turn = 0
      for (const pair of [...pairs])
        if (standing === 'cut' || (standing === 'keep-polling' && !pair.polls)) hangUp(pair)
    },
    onPassing: (listener) => {
      tell = listener
    },
    close: () => {
      server.close()
      ;[...pairs].forEach(hangUp)
    },
  }
}
