import { afterEach, describe, expect, it, vi } from 'vitest'
import { createClusterClient } from '../../../../src-main/kafka/client/cluster-client'
import type { ClusterPort } from '../../../../src-main/ports/cluster-port'
import { brokerAndLink } from '../../../support/broker-and-link'
import { metadataBytes } from '../../../support/metadata-bytes'
import { startWireBroker } from '../../../support/wire-broker'
import type { Question, WireBroker } from '../../../support/wire-broker'

const API_VERSIONS = 18
const METADATA = 3
const QUORUM = 55
const ALTER = 44
const WELL_MS = 20_000
/** Of the broker that was listened to. */
const A = 'FgE1duNyS6OF7wldEEkp5A'
const B = 'AnotherClusterAltogethr'
const CHANGES = [{ topic: 'orders', edits: [{ key: 'retention.ms', op: 'set', value: '1000' }] }] as const

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** Metadata v12 of a cluster of this id with one broker, 1, at the port, and no topic. */
const metadataOf = (clusterId: string | null, port = 9092): Uint8Array =>
  metadataBytes(12, {
    brokers: [{ id: 1, host: '127.0.0.1', port, rack: null }],
    clusterId,
    controllerId: 1,
    topics: [],
  })

/** Where a name leads, by connection: the answers to Metadata are those of that cluster, everything else is as captured. */
const leading =
  (to: (connection: number) => string | null) =>
  (question: Question): boolean => {
    if (question.apiKey !== METADATA) return false
    question.answer(metadataOf(to(question.connection)))
    return true
  }

const asked = ({ questions }: WireBroker, apiKey: number): number[] =>
  questions.filter((one) => one.apiKey === apiKey).map(({ connection }) => connection)

describe('a connection of a link', () => {
  it('proves the cluster before its first use, once, and nothing is asked of a cluster that tells no id', async () => {
    const { broker, link } = await brokerAndLink(
      ends,
      leading(() => A),
      A,
    )
    await link.connect(WELL_MS)
    await link.ping(WELL_MS)
    await link.quorum(WELL_MS)
    expect(broker.questions.map(({ apiKey, connection }) => [connection, apiKey])).toEqual([
      [0, API_VERSIONS],
      [0, METADATA],
      [0, API_VERSIONS],
      [1, API_VERSIONS],
      [1, METADATA],
      [1, QUORUM],
    ])
    const nameless = await brokerAndLink(
      ends,
      leading(() => null),
    )
    await nameless.link.connect(WELL_MS)
    expect(asked(nameless.broker, METADATA)).toEqual([])
  })

  it.each([
    ['another id', B, `leads to another Kafka cluster (${B}); ${A} is meant`],
    ['no id', null, `does not tell which Kafka cluster it is of; ${A} is meant`],
  ])('that tells %s is refused, hung up and never asked', async (_what, told, said) => {
    const { broker, link } = await brokerAndLink(
      ends,
      leading(() => told),
      A,
    )
    await expect(link.connect(WELL_MS)).rejects.toMatchObject({
      reason: 'other-cluster',
      code: 'other-cluster',
      leadsTo: told ?? '',
      message: `127.0.0.1:${broker.port} ${said}`,
    })
    await vi.waitFor(() => expect(broker.open.size).toBe(0), WELL_MS)
    await expect(link.ping(WELL_MS)).rejects.toMatchObject({ kind: 'other-cluster' })
    expect(broker.questions.map(({ apiKey }) => apiKey)).toEqual([API_VERSIONS, METADATA])
  })

  it('is proven anew after it was lost', async () => {
    let cluster = A
    const { broker, link } = await brokerAndLink(
      ends,
      leading(() => cluster),
      A,
    )
    await link.connect(WELL_MS)
    cluster = B
    for (const socket of broker.open) socket.destroy()
    await vi.waitFor(() => expect(broker.open.size).toBe(0), WELL_MS)
    await expect(link.ping(WELL_MS)).rejects.toMatchObject({ code: 'unreachable' })
    await expect(link.connect(WELL_MS)).rejects.toMatchObject({ kind: 'other-cluster' })
    cluster = A
    await link.connect(WELL_MS)
    await expect(link.metadata(null, WELL_MS)).resolves.toMatchObject({ clusterId: A })
  })

  it('for forwarded questions leads elsewhere: nothing is written, and it is known that nothing was', async () => {
    const { broker, link } = await brokerAndLink(
      ends,
      leading((connection) => (connection === 0 ? A : B)),
      A,
    )
    await link.connect(WELL_MS)
    await expect(link.alterConfigs(CHANGES, false, WELL_MS)).rejects.toMatchObject({
      kind: 'other-cluster',
      maybeDone: false,
    })
    await expect(link.electPreferred([{ topic: 'orders', partitions: [0] }], WELL_MS)).rejects.toMatchObject({
      kind: 'other-cluster',
      maybeDone: false,
    })
    await expect(link.quorum(WELL_MS)).rejects.toMatchObject({ kind: 'other-cluster' })
    expect(new Set(broker.questions.map(({ apiKey }) => apiKey))).toEqual(new Set([API_VERSIONS, METADATA]))
    // The other connection is what it was.
    await expect(link.metadata(null, WELL_MS)).resolves.toMatchObject({ clusterId: A })
  })

  it('of forwarded questions is proven anew after it was lost', async () => {
    let cluster = A
    const { broker, link } = await brokerAndLink(
      ends,
      leading(() => cluster),
      A,
    )
    await link.quorum(WELL_MS)
    cluster = B
    for (const socket of broker.open) socket.destroy()
    await vi.waitFor(() => expect(broker.open.size).toBe(0), WELL_MS)
    await expect(link.alterConfigs(CHANGES, false, WELL_MS)).rejects.toMatchObject({ kind: 'other-cluster' })
    expect(asked(broker, ALTER)).toEqual([])
  })

  it('ends at the first Metadata of another cluster, though it was proven', async () => {
    let cluster = A
    const { broker, link } = await brokerAndLink(
      ends,
      leading(() => cluster),
      A,
    )
    await link.connect(WELL_MS)
    cluster = B
    await expect(link.metadata(null, WELL_MS)).rejects.toMatchObject({ kind: 'other-cluster', leadsTo: B })
    await vi.waitFor(() => expect(broker.open.size).toBe(0), WELL_MS)
  })

  it('whose proof is not answered is late, and is not used', async () => {
    const { broker, link } = await brokerAndLink(ends, ({ apiKey }) => apiKey === METADATA, A)
    await expect(link.connect(300)).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('did not answer Metadata') as string,
    })
    await expect(link.alterConfigs(CHANGES, false, 300)).rejects.toMatchObject({ kind: 'timeout', maybeDone: false })
    expect(asked(broker, ALTER)).toEqual([])
  })
})

describe('opening', () => {
  async function nameOf(to: () => string | null): Promise<WireBroker> {
    const broker: WireBroker = await startWireBroker((question) => {
      if (question.apiKey !== METADATA) return false
      question.answer(metadataOf(to(), broker.port))
      return true
    })
    ends.push(() => broker.close())
    return broker
  }
  function clientOf(bootstrap: readonly WireBroker[], clusterId = ''): ClusterPort {
    const port = createClusterClient({ bootstrap, tls: null, sasl: null, clusterId })
    ends.push(() => port.close())
    return port
  }

  it('takes the first cluster that answers, and no other one from then on: not for links, not when it is opened again', async () => {
    let cluster: string | null = A
    const name = await nameOf(() => cluster)
    const port = clientOf([name])
    const { brokers } = await port.open(WELL_MS)
    cluster = B
    await expect(port.link(brokers[0]!).connect(WELL_MS)).rejects.toMatchObject({ kind: 'other-cluster' })
    await expect(port.open(WELL_MS)).rejects.toMatchObject({ reason: 'other-cluster', leadsTo: B })
    cluster = A
    await port.link(brokers[0]!).connect(WELL_MS)
    await expect(port.open(WELL_MS)).resolves.toMatchObject({ clusterId: A })
  })

  it('goes past an address of another cluster to one of its own', async () => {
    let first = A
    const port = clientOf([await nameOf(() => first), await nameOf(() => A)])
    await port.open(WELL_MS)
    first = B
    await expect(port.open(WELL_MS)).resolves.toMatchObject({ clusterId: A })
  })

  it('refuses another cluster than the one that is remembered, and says so before anything else that failed', async () => {
    const gone = await nameOf(() => A)
    await gone.close()
    const port = clientOf([gone, await nameOf(() => B)], A)
    await expect(port.open(WELL_MS)).rejects.toMatchObject({
      reason: 'other-cluster',
      leadsTo: B,
      message: expect.stringMatching(/None of 2 bootstrap addresses .*leads to another Kafka cluster/) as string,
    })
  })

  it('can prove nothing where the cluster tells no id', async () => {
    let cluster: string | null = null
    const name = await nameOf(() => cluster)
    const port = clientOf([name])
    const { brokers } = await port.open(WELL_MS)
    await port.link(brokers[0]!).connect(WELL_MS)
    cluster = B
    await expect(port.open(WELL_MS)).resolves.toMatchObject({ clusterId: B })
  })
})
