/** As much of D-Bus's messages as a tray needs (D-Bus specification, "Message Format"), little-endian. */
import type { Socket } from 'node:net'

export interface BusValue {
  readonly as: 'string' | 'uint32' | 'variant-boolean'
  readonly value: string | number | boolean
}

export interface BusMessage {
  readonly type: 'call' | 'return' | 'error' | 'signal'
  readonly serial: number
  readonly path?: string
  readonly interface?: string
  readonly member?: string
  readonly destination?: string
  readonly sender?: string
  readonly replySerial?: number
  /** Read: the leading strings only. */
  readonly body: readonly BusValue[]
}

const TYPES = ['', 'call', 'return', 'error', 'signal'] as const
const FIXED_BYTES = 16
const BIG = 'B'.charCodeAt(0)
const aligned = (at: number, to: number): number => Math.ceil(at / to) * to

/** Bytes that begin on a boundary of eight. */
class Marshal {
  private parts: number[] = []

  get bytes(): Buffer {
    return Buffer.from(this.parts)
  }

  pad(to: number): this {
    while (this.parts.length % to !== 0) this.parts.push(0)
    return this
  }

  byte(value: number): this {
    this.parts.push(value)
    return this
  }

  uint32(value: number): this {
    this.pad(4)
    for (let shift = 0; shift < 32; shift += 8) this.parts.push((value >>> shift) & 0xff)
    return this
  }

  string(text: string): this {
    const bytes = Buffer.from(text)
    this.uint32(bytes.length).parts.push(...bytes, 0)
    return this
  }

  signature(text: string): this {
    this.parts.push(text.length, ...Buffer.from(text), 0)
    return this
  }
}

const SIGNATURES = { string: 's', uint32: 'u', 'variant-boolean': 'v' } as const

function bodyOf(values: readonly BusValue[]): Buffer {
  const body = new Marshal()
  for (const { as, value } of values) {
    if (as === 'string') body.string(String(value))
    else if (as === 'uint32') body.uint32(Number(value))
    else body.signature('b').uint32(value === true ? 1 : 0)
  }
  return body.bytes
}

export function writeMessage(message: BusMessage): Buffer {
  const body = bodyOf(message.body)
  const signature = message.body.map(({ as }) => SIGNATURES[as]).join('')
  const fields = new Marshal()
  const field = (code: number, type: 'o' | 's', text: string | undefined): void => {
    if (text !== undefined) fields.pad(8).byte(code).signature(type).string(text)
  }
  field(1, 'o', message.path)
  field(2, 's', message.interface)
  field(3, 's', message.member)
  if (message.replySerial !== undefined) fields.pad(8).byte(5).signature('u').uint32(message.replySerial)
  field(6, 's', message.destination)
  if (signature !== '') fields.pad(8).byte(8).signature('g').signature(signature)
  const head = new Marshal().byte('l'.charCodeAt(0)).byte(TYPES.indexOf(message.type)).byte(0).byte(1)
  head.uint32(body.length).uint32(message.serial).uint32(fields.bytes.length)
  const before = Buffer.concat([head.bytes, fields.bytes])
  return Buffer.concat([before, Buffer.alloc(aligned(before.length, 8) - before.length), body])
}

function readOne(bytes: Buffer, fieldsLength: number, bodyAt: number): BusMessage {
  const found = new Map<number, string | number>()
  let signature = ''
  const text = (at: number, size: number): string => bytes.toString('utf8', at, at + size)
  for (let at = FIXED_BYTES; at < FIXED_BYTES + fieldsLength;) {
    at = aligned(at, 8)
    const code = bytes.readUInt8(at)
    const type = String.fromCharCode(bytes.readUInt8(at + 2))
    at += 4
    if (type === 'g') {
      const size = bytes.readUInt8(at)
      signature = text(at + 1, size)
      at += size + 2
      continue
    }
    at = aligned(at, 4)
    const value = bytes.readUInt32LE(at)
    found.set(code, type === 'u' ? value : text(at + 4, value))
    at += type === 'u' ? 4 : 4 + value + 1
  }
  const body: BusValue[] = []
  let at = bodyAt
  for (const type of signature) {
    if (type !== 's') break
    at = aligned(at, 4)
    const size = bytes.readUInt32LE(at)
    body.push({ as: 'string', value: text(at + 4, size) })
    at += 4 + size + 1
  }
  const word = (code: number): string | undefined => found.get(code)?.toString()
  const [member, sender, replySerial] = [word(3), word(7), found.get(5)]
  return {
    type: TYPES[bytes.readUInt8(1)] || 'signal',
    serial: bytes.readUInt32LE(8),
    ...(member === undefined ? {} : { member }),
    ...(sender === undefined ? {} : { sender }),
    ...(replySerial === undefined ? {} : { replySerial: Number(replySerial) }),
    body,
  }
}

/** Calls `take` with every message that comes. */
export function readMessages(socket: Socket, take: (message: BusMessage) => void): void {
  let waiting = Buffer.alloc(0)
  socket.on('data', (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes])
    while (waiting.length >= FIXED_BYTES) {
      if (waiting.readUInt8(0) === BIG) throw new Error('a message in another byte order')
      const bodyLength = waiting.readUInt32LE(4)
      const fieldsLength = waiting.readUInt32LE(12)
      const bodyAt = aligned(FIXED_BYTES + fieldsLength, 8)
      if (waiting.length < bodyAt + bodyLength) return
      take(readOne(waiting, fieldsLength, bodyAt))
      waiting = waiting.subarray(bodyAt + bodyLength)
    }
  })
}
