import { afterEach, describe, expect, it, vi } from 'vitest'
import { KafkaBrokerLink } from '../../../../src-main/kafka/client/broker-link'
import { ClusterIdentity } from '../../../../src-main/kafka/client/cluster-identity'
import { createTransport } from '../../../../src-main/kafka/client/transport'
import { Writer } from '../../../../src-main/kafka/wire/writer'
import { brokerAndLink as scripted } from '../../../support/broker-and-link'
import type { Question } from '../../../support/wire-broker'

const ALTER = 44
const ELECT = 43
const API_VERSIONS = 18
/** A new connection is made within it too. */
const LIMIT_MS = 800
/** For what is answered: long enough on any machine. */
const WELL_MS = 20_000
const CHANGES = [{ topic: 'orders', edits: [{ key: 'retention.ms', op: 'set', value: '1000' }] }] as const
const PARTITIONS = [{ topic: 'orders', partitions: [0] }]

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

const brokerAndLink = (script: (question: Question) => boolean | undefined): ReturnType<typeof scripted> =>
  scripted(ends, script)

function altered(topics: readonly { readonly topic: string; readonly error: number }[]): Uint8Array {
  const w = new Writer('test', false)
  w.int32(0, 'ThrottleTimeMs')
  w.array(topics, 'Responses', ({ topic, error }) => {
    w.int16(error, 'ErrorCode')
    w.nullableString(null, 'ErrorMessage')
    w.int8(2, 'ResourceType')
    w.string(topic, 'ResourceName')
  })
  return w.finish()
}

/** Deals with every write in this way and answers everything else as a broker does. */
const onWrites =
  (act: (question: Question) => void) =>
  (question: Question): boolean => {
    if (question.apiKey !== ALTER && question.apiKey !== ELECT) return false
    act(question)
    return true
  }

describe('a write that left us', () => {
  it.each([
    ['is never answered', 'timeout', () => undefined],
    ['meets a reset', 'reset', ({ socket }: Question) => void socket.resetAndDestroy()],
    ['meets a hang-up', 'closed', ({ socket }: Question) => void socket.end()],
    ['is answered with nonsense', 'protocol', (question: Question) => question.answer(Buffer.alloc(3, 0x7f))],
    [
      'is answered by somebody else',
      'protocol',
      ({ socket }: Question) => void socket.write('HTTP/1.1 400 Bad Request\r\n'),
    ],
  ])('and %s may have been carried out', async (_what, kind, act) => {
    const { broker, link } = await brokerAndLink(onWrites(act))
    const limitMs = kind === 'timeout' ? LIMIT_MS : WELL_MS
    await expect(link.alterConfigs(CHANGES, false, limitMs)).rejects.toMatchObject({
      name: 'PortError',
      kind,
      maybeDone: true,
    })
    await expect(link.electPreferred(PARTITIONS, limitMs)).rejects.toMatchObject({ kind, maybeDone: true })
    // Sent once each, whatever happened.
    expect(broker.questions.filter(({ apiKey }) => apiKey === ALTER)).toHaveLength(1)
    expect(broker.questions.filter(({ apiKey }) => apiKey === ELECT)).toHaveLength(1)
  })

  it('may have been carried out also when we hang up ourselves', async () => {
    const { broker, link } = await brokerAndLink(onWrites(() => undefined))
    const asked = link.alterConfigs(CHANGES, false, 60_000)
    const settled = Promise.allSettled([asked])
    await vi.waitFor(() => expect(broker.questions.map(({ apiKey }) => apiKey)).toContain(ALTER), WELL_MS)
    link.giveUp('the window was closed')
    expect(await settled).toMatchObject([{ reason: { kind: 'closed-by-us', maybeDone: true } }])
  })

  it('takes its connection down when it is late, and the next one makes another', async () => {
    let hang = true
    const { broker, link } = await brokerAndLink((question) => {
      if (question.apiKey !== ALTER) return false
      if (!hang) question.answer(altered([{ topic: 'orders', error: 0 }]))
      return true
    })
    await expect(link.alterConfigs(CHANGES, false, LIMIT_MS)).rejects.toMatchObject({ kind: 'timeout' })
    await vi.waitFor(() => expect(broker.open.size).toBe(0), WELL_MS)
    hang = false
    await expect(link.alterConfigs(CHANGES, false, WELL_MS)).resolves.toEqual({
      topics: [{ topic: 'orders', error: 0, message: '' }],
    })
    expect(broker.questions.filter(({ apiKey }) => apiKey === ALTER).map(({ connection }) => connection)).toEqual([
      0, 1,
    ])
  })

  it('changes nothing when it only validates', async () => {
    const { link } = await brokerAndLink(onWrites(() => undefined))
    await expect(link.alterConfigs(CHANGES, true, LIMIT_MS)).rejects.toMatchObject({
      kind: 'timeout',
      maybeDone: false,
    })
  })
})

describe('a write that never left us', () => {
  it('was not carried out when nobody listens', async () => {
    const { broker } = await brokerAndLink(() => false)
    const { host, port } = broker
    await broker.close()
    const address = { id: 1, host, port, rack: null }
    const link = new KafkaBrokerLink(createTransport({ tls: null, sasl: null }), address, new ClusterIdentity())
    await expect(link.alterConfigs(CHANGES, false, WELL_MS)).rejects.toMatchObject({
      kind: 'refused',
      maybeDone: false,
    })
  })

  it('was not carried out when the new connection is not even greeted', async () => {
    const { broker, link } = await brokerAndLink(() => true)
    await expect(link.alterConfigs(CHANGES, false, LIMIT_MS)).rejects.toMatchObject({
      kind: 'timeout',
      maybeDone: false,
    })
    expect(broker.questions.map(({ apiKey }) => apiKey)).toEqual([API_VERSIONS])
  })

  it('was not carried out when it cannot be written down, or the link is of no use any more', async () => {
    const { broker, link } = await brokerAndLink(() => false)
    const long = [{ topic: 'orders', edits: [{ key: 'k', op: 'set', value: 'x'.repeat(40_000) }] }] as const
    await expect(link.alterConfigs(long, false, WELL_MS)).rejects.toMatchObject({ code: 'bad-input', maybeDone: false })
    link.giveUp('over')
    await expect(link.alterConfigs(CHANGES, false, WELL_MS)).rejects.toMatchObject({
      kind: 'closed-by-us',
      maybeDone: false,
    })
    expect(broker.questions.some(({ apiKey }) => apiKey === ALTER)).toBe(false)
  })

  it('was not carried out by a broker that does not know it', async () => {
    const { link } = await brokerAndLink((question) => {
      if (question.apiKey !== API_VERSIONS) return false
      // ApiVersions v3: no error, one key (Metadata 0 … 12), no throttle, no tags.
      question.answer(Buffer.from('0000' + '02' + '0003' + '0000' + '000c' + '00' + '00000000' + '00', 'hex'))
      return true
    })
    await expect(link.alterConfigs(CHANGES, false, WELL_MS)).rejects.toMatchObject({
      kind: 'unsupported',
      maybeDone: false,
    })
  })
})

describe('a broker that is not the controller', () => {
  it('changed nothing, and says where to go', async () => {
    const { link } = await brokerAndLink(
      onWrites((question) => question.answer(altered([{ topic: 'orders', error: 41 }]))),
    )
    await expect(link.alterConfigs(CHANGES, false, WELL_MS)).rejects.toMatchObject({
      code: 'conflict',
      kind: 'kafka',
      kafkaError: 41,
      maybeDone: false,
      message: expect.stringContaining('the controller has to be asked') as string,
    })
  })
})
