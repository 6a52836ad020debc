import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { KafkaBrokerLink } from '../../../../src-main/kafka/client/broker-link'
import { brokerAndLink } from '../../../support/broker-and-link'
import { capturedAnswers, fromHex } from '../../../support/captured-answers'
import { took } from '../../../support/stall-watch'
import type { Question } from '../../../support/wire-broker'

const METADATA = 3
const LIMIT_MS = 400
const GRACE_MS = 250
/** For what is answered: long enough on any machine. */
const WELL_MS = 20_000

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

const linkTo = async (script: (question: Question) => boolean | undefined): Promise<KafkaBrokerLink> =>
  (await brokerAndLink(ends, script)).link

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

const captured = (): Uint8Array => {
  const found = capturedAnswers().find(
    ({ kafka, apiKey, version }) => kafka === '4.4.0' && apiKey === METADATA && version === 12,
  )
  return fromHex(found?.response ?? '')
}

/** What is sent instead of an answer, and what has to be said about it. */
const GARBAGE: readonly (readonly [string, (question: Question) => Uint8Array, RegExp])[] = [
  ['a size of 2 GB', () => int32(0x7fffffff), /unlike any Kafka broker: an answer of 2147483647 bytes/],
  ['a negative size', () => int32(-5), /an answer of -5 bytes/],
  [
    'a size without room for the correlation id',
    () => Buffer.concat([int32(3), Buffer.alloc(3)]),
    /an answer of 3 bytes/,
  ],
  ['a size of zero', () => int32(0), /an answer of 0 bytes/],
  [
    'an answer to another question',
    () => Buffer.concat([int32(8), int32(77), int32(0)]),
    /question 77, which was not asked/,
  ],
  ['a web page', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), /like a web server/],
  ['an SSH greeting', () => Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'), /like an SSH server/],
  ['a TLS alert', () => Buffer.from([0x15, 3, 3, 0, 2, 2, 40]), /speaks TLS/],
  ['an empty body', ({ correlationId }) => Buffer.concat([int32(4), int32(correlationId)]), /truncated/],
  [
    'a body of zeros',
    ({ correlationId }) => Buffer.concat([int32(400), int32(correlationId), Buffer.alloc(396)]),
    /Kafka's/,
  ],
  [
    'a count of 2 billion',
    ({ correlationId }) =>
      Buffer.concat([int32(14), int32(correlationId), Buffer.from([0, 0, 0xff, 0xff, 0xff, 0xff, 0x07, 0, 0, 0])]),
    /Kafka's/,
  ],
]

describe('a broker that answers garbage', () => {
  it.each(GARBAGE)('%s to the first question', async (_name, garbage, said) => {
    const link = await linkTo((question) => question.socket.write(garbage(question)) || true)
    // By what was said and not by the limit.
    const connecting = link.connect(WELL_MS)
    const inTime = took(connecting)
    await expect(connecting).rejects.toMatchObject({
      name: 'PortError',
      message: expect.stringMatching(said) as string,
    })
    expect(await inTime).toBeLessThan(WELL_MS / 10)
  })

  it.each(GARBAGE)('%s to Metadata, and names the API', async (_name, garbage, said) => {
    const link = await linkTo((question) => {
      if (question.apiKey !== METADATA) return false
      question.socket.write(garbage(question))
      return true
    })
    await link.connect(WELL_MS)
    const asked = link.metadata(null, WELL_MS)
    await expect(asked).rejects.toMatchObject({ name: 'PortError', message: expect.stringMatching(said) as string })
    await expect(asked).rejects.toMatchObject({ message: expect.stringMatching(/Metadata|speaks TLS/) as string })
  })

  it('every truncation of a true answer', async () => {
    let length = 0
    const whole = captured()
    const link = await linkTo((question) => {
      if (question.apiKey !== METADATA) return false
      question.answer(whole.subarray(0, length))
      return true
    })
    await link.connect(WELL_MS)
    for (length = 0; length < whole.length; length += 7) {
      await expect(link.metadata(null, WELL_MS)).rejects.toMatchObject({
        kind: 'protocol',
        message: expect.stringContaining('Metadata') as string,
      })
    }
    length = whole.length
    await expect(link.metadata(null, WELL_MS)).resolves.toBeDefined()
  })

  it('random bytes, many times: an error in time, never anything else', async () => {
    const link = await linkTo((question) => {
      if (question.apiKey === METADATA) question.answer(randomBytes(200))
      return question.apiKey === METADATA || false
    })
    await link.connect(WELL_MS)
    for (let round = 0; round < 100; round++)
      await expect(link.metadata(null, WELL_MS)).rejects.toMatchObject({ name: 'PortError' })
  })

  it('half a header, then silence', async () => {
    const link = await linkTo((question) => {
      if (question.apiKey !== METADATA) return false
      question.socket.write(Buffer.from([0, 0]))
      return true
    })
    await link.connect(WELL_MS)
    const asked = link.metadata(null, LIMIT_MS)
    const inTime = took(asked)
    await expect(asked).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('Metadata') as string,
    })
    expect(await inTime).toBeLessThan(LIMIT_MS + GRACE_MS)
  })

  it('a size just within reason, then a trickle: nothing is set aside for it', async () => {
    const link = await linkTo((question) => {
      if (question.apiKey !== METADATA) return false
      question.socket.write(
        Buffer.concat([int32(100 * 1024 * 1024), int32(question.correlationId), Buffer.alloc(1000)]),
      )
      return true
    })
    await link.connect(WELL_MS)
    const before = process.memoryUsage()
    await expect(link.metadata(null, LIMIT_MS)).rejects.toMatchObject({ kind: 'timeout' })
    const after = process.memoryUsage()
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(10 * 1024 * 1024)
  })

  it('an error for the whole answer of Metadata v13', async () => {
    const link = await linkTo((question) => {
      // ApiVersions v3 with Metadata 13 only.
      if (question.apiKey !== METADATA)
        question.answer(Buffer.from('0000' + '02' + '0003' + '000d' + '000d' + '00' + '00000000' + '00', 'hex'))
      // No brokers, no cluster id, controller -1, no topics, error 129.
      else question.answer(Buffer.from('00' + '00000000' + '01' + '00' + 'ffffffff' + '01' + '0081' + '00', 'hex'))
      return true
    })
    await link.connect(WELL_MS)
    const asked = link.metadata(null, WELL_MS)
    await expect(asked).rejects.toMatchObject({
      kind: 'kafka',
      kafkaError: 129,
      message: expect.stringContaining('REBOOTSTRAP_REQUIRED') as string,
    })
  })
})
