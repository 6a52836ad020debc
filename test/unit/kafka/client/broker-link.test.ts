import { afterEach, describe, expect, it, vi } from 'vitest'
import { brokerAndLink as scripted } from '../../../support/broker-and-link'
import { took } from '../../../support/stall-watch'
import type { Question } from '../../../support/wire-broker'

const API_VERSIONS = 18
const METADATA = 3
const DESCRIBE_QUORUM = 55
const LIMIT_MS = 300
/** The port allows 50 ms; what this process did not run is not counted. */
const GRACE_MS = 250
/** For what is answered: long enough on any machine. */
const WELL_MS = 20_000

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

const brokerAndLink = (script: (question: Question) => boolean | undefined): ReturnType<typeof scripted> =>
  scripted(ends, script)

describe('a broker link', () => {
  it('knows versions and features once connected, and counts its traffic', async () => {
    const { link } = await brokerAndLink(() => false)
    expect(link.versions).toBeNull()
    await link.connect(WELL_MS)
    expect(link.versions?.get(METADATA)).toEqual({ min: 0, max: 13 })
    expect(link.features?.get('eligible.leader.replicas.version')).toBe(1)
    expect(link.traffic).toMatchObject({ requests: 1 })
    expect(link.traffic.bytesIn).toBeGreaterThan(400)
    expect(link.traffic.bytesOut).toBeGreaterThan(20)
  })

  it('opens one connection, however often connect is called', async () => {
    const { broker, link } = await brokerAndLink(() => false)
    await Promise.all([link.connect(WELL_MS), link.connect(WELL_MS)])
    await link.connect(WELL_MS)
    expect(broker.questions).toHaveLength(1)
  })

  it('lets each caller of connect wait its own time', async () => {
    const { link } = await brokerAndLink(() => true)
    const patient = link.connect(60_000)
    await expect(link.connect(LIMIT_MS)).rejects.toMatchObject({ kind: 'timeout' })
    link.giveUp('over')
    await expect(patient).rejects.toMatchObject({ kind: 'closed-by-us' })
  })

  it('rejects what is asked before it is connected', async () => {
    const { link } = await brokerAndLink(() => false)
    await expect(link.metadata(null, WELL_MS)).rejects.toMatchObject({
      name: 'PortError',
      kind: 'closed',
      code: 'unreachable',
    })
  })

  it('puts answers together that come byte by byte, and takes apart those that come at once', async () => {
    const held: Question[] = []
    const { link } = await brokerAndLink((question) => {
      if (question.apiKey !== METADATA) return false
      held.push(question)
      if (held.length < 2) return true
      const { socket } = question
      const pieces: Buffer[] = []
      const write = socket.write.bind(socket)
      socket.write = (piece: Uint8Array | string) => pieces.push(Buffer.from(piece)) > 0
      for (const one of held) one.asCaptured()
      socket.write = write
      const all = Buffer.concat(pieces)
      for (const byte of all.subarray(0, 30)) socket.write(Buffer.of(byte))
      socket.write(all.subarray(30))
      return true
    })
    await link.connect(WELL_MS)
    const [first, second] = await Promise.all([link.metadata(null, WELL_MS), link.metadata(null, WELL_MS)])
    expect(first.brokers.length).toBeGreaterThan(0)
    expect(second).toEqual(first)
  })

  it('waits no longer than it was told, and is of use after a late answer', async () => {
    let late: Question | null = null
    const { link } = await brokerAndLink((question) => {
      if (question.apiKey !== METADATA || late !== null) return false
      late = question
      return true
    })
    await link.connect(WELL_MS)
    const asked = link.metadata(null, LIMIT_MS)
    await expect(asked).rejects.toMatchObject({
      kind: 'timeout',
      code: 'timeout',
      message: expect.stringMatching(/did not answer Metadata within 300 ms/) as string,
    })
    ;(late as Question | null)?.asCaptured()
    await expect(link.metadata(null, WELL_MS)).resolves.toMatchObject({ controllerId: expect.any(Number) as number })
  })

  it('keeps the limit in every stage', async () => {
    const { link } = await brokerAndLink(() => true)
    expect(await took(link.connect(LIMIT_MS))).toBeLessThan(LIMIT_MS + GRACE_MS)
    await expect(link.connect(LIMIT_MS)).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('did not answer ApiVersions') as string,
    })
  })

  it('rejects everything pending at once when it is given up, and hangs up', async () => {
    const { broker, link } = await brokerAndLink(({ apiKey }) => apiKey === METADATA || false)
    await link.connect(WELL_MS)
    const asked = [link.metadata(null, 60_000), link.metadata(null, 60_000)]
    const settled = Promise.allSettled(asked)
    link.giveUp('frozen')
    for (const one of await settled)
      expect(one).toMatchObject({
        reason: { kind: 'closed-by-us', message: expect.stringContaining('frozen') as string },
      })
    await link.closed()
    await vi.waitFor(() => expect(broker.open.size).toBe(0), WELL_MS)
    await expect(link.ping(LIMIT_MS)).rejects.toMatchObject({ kind: 'closed-by-us' })
    await expect(link.connect(LIMIT_MS)).rejects.toMatchObject({ kind: 'closed-by-us' })
  })

  it('can be given up while it connects', async () => {
    const { link } = await brokerAndLink(() => true)
    const connecting = link.connect(60_000)
    link.giveUp('no longer wanted')
    await expect(connecting).rejects.toMatchObject({ kind: 'closed-by-us' })
    await link.closed()
  })

  it.each([
    ['hangs up', 'closed', (question: Question) => void question.socket.end()],
    ['resets', 'reset', (question: Question) => void question.socket.resetAndDestroy()],
    [
      'hangs up within an answer',
      'closed',
      (question: Question) => void question.socket.end(Buffer.from([0, 0, 1, 0, 7])),
    ],
  ])('a broker that %s: %s at once, and connect makes a new connection', async (_name, kind, act) => {
    let hurt = false
    const { link } = await brokerAndLink((question) => {
      if (!hurt) return false
      act(question)
      return true
    })
    await link.connect(WELL_MS)
    hurt = true
    await expect(link.metadata(null, 60_000)).rejects.toMatchObject({ kind, code: 'unreachable' })
    await expect(link.metadata(null, 60_000)).rejects.toMatchObject({ kind })
    hurt = false
    await link.connect(WELL_MS)
    await expect(link.metadata(null, WELL_MS)).resolves.toBeDefined()
  })

  it('asks forwarded questions on a connection of their own, and drops it when one hangs', async () => {
    let hang = true
    const { broker, link } = await brokerAndLink(({ apiKey }) => (apiKey === DESCRIBE_QUORUM && hang) || false)
    await link.connect(WELL_MS)
    const asked = link.quorum(LIMIT_MS)
    // Polling goes on while the forwarded question hangs.
    await expect(link.metadata(null, WELL_MS)).resolves.toBeDefined()
    await expect(asked).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('DescribeQuorum') as string,
    })
    hang = false
    await expect(link.quorum(WELL_MS)).resolves.toMatchObject({ leader: expect.any(Number) as number })
    const on = (apiKey: number): number[] =>
      broker.questions.filter((one) => one.apiKey === apiKey).map(({ connection }) => connection)
    expect(on(METADATA)).toEqual([0])
    expect(on(DESCRIBE_QUORUM)).toEqual([1, 2])
    // The second of the first connection goes with Metadata: how new the broker's view is.
    expect(on(API_VERSIONS)).toEqual([0, 0, 1, 2])
  })

  it('tells with Metadata up to where the broker had read the log of the controllers, and not that it is zero where it does not say', async () => {
    let answered = 0
    const { link } = await brokerAndLink((question) => {
      if (question.apiKey !== API_VERSIONS) return false
      answered += 1
      if (answered < 3) return false
      // ApiVersions v3 with one key and without any tag: no features, and so no epoch of them.
      question.answer(Buffer.from('0000' + '02' + '0003' + '0000' + '000d' + '00' + '00000000' + '00', 'hex'))
      return true
    })
    await link.connect(WELL_MS)
    expect((await link.metadata(null, WELL_MS)).metadataOffset).toBeGreaterThan(0)
    expect((await link.metadata(null, WELL_MS)).metadataOffset).toBeNaN()
    expect((await link.metadata([], WELL_MS)).metadataOffset).toBeNaN()
  })

  it('opens one forwarding connection for questions asked together', async () => {
    const { broker, link } = await brokerAndLink(() => false)
    await link.connect(WELL_MS)
    await Promise.all([link.quorum(WELL_MS), link.reassignments(WELL_MS)])
    await vi.waitFor(() => expect(broker.open.size).toBe(2), WELL_MS)
  })

  it('names an API that the broker does not have', async () => {
    const { link } = await brokerAndLink((question) => {
      if (question.apiKey !== API_VERSIONS) return false
      // ApiVersions v3: no error, one key (Metadata 0 … 4), no throttle, no tags.
      question.answer(Buffer.from('0000' + '02' + '0003' + '0000' + '0004' + '00' + '00000000' + '00', 'hex'))
      return true
    })
    await link.connect(WELL_MS)
    await expect(link.metadata(null, WELL_MS)).rejects.toMatchObject({
      code: 'unsupported',
      kind: 'unsupported',
      message: expect.stringMatching(/cannot be asked for Metadata: it speaks versions 0 to 4/) as string,
    })
    await expect(link.sizes([{ topic: 'orders', partitions: [0] }], WELL_MS)).rejects.toMatchObject({
      message: expect.stringMatching(/DescribeLogDirs: it does not know this API/) as string,
    })
    await expect(link.quorum(WELL_MS)).rejects.toMatchObject({ kind: 'unsupported' })
  })

  it('calls a broker without Metadata a controller', async () => {
    const { link } = await brokerAndLink((question) => {
      if (question.apiKey !== API_VERSIONS) return false
      question.answer(Buffer.from('0000' + '02' + '0012' + '0000' + '0004' + '00' + '00000000' + '00', 'hex'))
      return true
    })
    await link.connect(WELL_MS)
    await expect(link.metadata(null, WELL_MS)).rejects.toMatchObject({
      message: expect.stringContaining('is a controller, not a broker') as string,
    })
  })

  it('tells a question that cannot be written from an answer that cannot be read', async () => {
    const { link } = await brokerAndLink(() => false)
    await link.connect(WELL_MS)
    await expect(link.metadata(['x'.repeat(40_000)], WELL_MS)).rejects.toMatchObject({
      name: 'PortError',
      code: 'bad-input',
    })
    const rows = { topicNames: [], topicIndex: Uint32Array.of(0), partition: Int32Array.of(0) }
    await expect(link.offsets({ what: 'log-end', rows, from: 0, to: 1 }, WELL_MS)).rejects.toMatchObject({
      code: 'bad-input',
    })
  })
})
