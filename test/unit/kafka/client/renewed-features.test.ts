import { afterEach, describe, expect, it } from 'vitest'
import { brokerAndLink } from '../../../support/broker-and-link'
import type { WireBroker } from '../../../support/wire-broker'
import type { KafkaBrokerLink } from '../../../../src-main/kafka/client/broker-link'

const METADATA = 3
const API_VERSIONS = 18
const DESCRIBE_TOPIC_PARTITIONS = 75
const ELR = 'eligible.leader.replicas.version'
const WELL_MS = 20_000

/** An answer of ApiVersions v3: newest version by API, the epoch of the finalized features (-1 = it knows of none), and their levels. */
interface Told {
  readonly apis: Readonly<Record<number, number>>
  readonly epoch: number
  readonly levels?: Readonly<Record<string, number>>
  readonly error?: number
}

const int16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}
const NO_TAGS = Buffer.of(0)
/** A compact array: all counts and lengths of these answers fit in one byte. */
const array = (items: readonly Buffer[]): Buffer => Buffer.concat([Buffer.of(items.length + 1), ...items])
const tag = (id: number, bytes: Buffer): Buffer => Buffer.concat([Buffer.of(id, bytes.length), bytes])

function bytesOf({ apis, epoch, levels = {}, error = 0 }: Told): Buffer {
  const at = Buffer.alloc(8)
  at.writeBigInt64BE(BigInt(epoch))
  const features = Object.entries(levels).map(([name, level]) =>
    Buffer.concat([Buffer.of(name.length + 1), Buffer.from(name), int16(level), int16(level), NO_TAGS]),
  )
  return Buffer.concat([
    int16(error),
    array(Object.entries(apis).map(([key, max]) => Buffer.concat([int16(Number(key)), int16(0), int16(max), NO_TAGS]))),
    Buffer.alloc(4),
    Buffer.of(features.length > 0 ? 2 : 1),
    tag(1, at),
    ...(features.length > 0 ? [tag(2, array(features))] : []),
  ])
}

const YOUNG: Told = { apis: { [METADATA]: 13, [API_VERSIONS]: 4 }, epoch: -1 }
const GROWN: Told = {
  apis: { [METADATA]: 13, [API_VERSIONS]: 4, [DESCRIBE_TOPIC_PARTITIONS]: 0 },
  epoch: 7,
  levels: { 'metadata.version': 31, [ELR]: 1 },
}

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A link to a broker that greets with `first` and goes on as `script` says; the last of them stands for the rest. */
async function connected(first: Told, script: readonly Told[]): Promise<{ broker: WireBroker; link: KafkaBrokerLink }> {
  const left = [first, ...script]
  const made = await brokerAndLink(ends, (question) => {
    if (question.apiKey !== API_VERSIONS) return false
    question.answer(bytesOf(left.length > 1 ? left.shift()! : left[0]!))
    return true
  })
  await made.link.connect(WELL_MS)
  return made
}

const knows = ({ versions, features }: KafkaBrokerLink): unknown => ({
  apis: [...(versions?.keys() ?? [])],
  elr: features === null ? 'not known' : (features.get(ELR) ?? 0),
})
const askVersions = (broker: WireBroker): number =>
  broker.questions.filter(({ apiKey }) => apiKey === API_VERSIONS).length

describe('a connection that was made before the broker knew its features', () => {
  it.each<[string, (link: KafkaBrokerLink) => Promise<unknown>]>([
    ['Metadata', (link) => link.metadata(null, WELL_MS)],
    ['a ping', (link) => link.ping(WELL_MS)],
  ])('learns them with %s, together with what the broker offers by now', async (_, ask) => {
    const { link } = await connected(YOUNG, [GROWN])
    expect(knows(link)).toEqual({ apis: [METADATA, API_VERSIONS], elr: 'not known' })
    await ask(link)
    expect(knows(link)).toEqual({ apis: [METADATA, API_VERSIONS, DESCRIBE_TOPIC_PARTITIONS], elr: 1 })
  })

  it('is asked nothing more for that: once with every Metadata of all topics, and never with one of some', async () => {
    const { broker, link } = await connected(YOUNG, [GROWN])
    expect(askVersions(broker)).toBe(1)
    for (let i = 0; i < 3; i += 1) await link.metadata(null, WELL_MS)
    await link.metadata([], WELL_MS)
    expect(askVersions(broker)).toBe(4)
  })

  it.each<[string, Told, object]>([
    ['nothing known yet', YOUNG, { apis: [METADATA, API_VERSIONS], elr: 'not known' }],
    ['the feature is not on', { ...GROWN, levels: { 'metadata.version': 31 } }, { elr: 0 }],
    ['no feature at all, which is known', { ...GROWN, levels: {} }, { elr: 0 }],
  ])('%s', async (_, told, expected) => {
    const { link } = await connected(YOUNG, [told])
    await link.metadata(null, WELL_MS)
    expect(knows(link)).toMatchObject(expected)
  })
})

describe('features that are known', () => {
  it.each<[string, Told, number]>([
    ['are replaced by newer ones, also where one was turned off', { ...GROWN, epoch: 8, levels: {} }, 0],
    ['stay with a later answer of the same epoch', GROWN, 1],
    ['are not undone by an answer that knows of none', YOUNG, 1],
    ['are not undone by an older view', { ...GROWN, epoch: 6, levels: {} }, 1],
    ['are not undone by a refusal', { ...GROWN, epoch: 9, levels: {}, error: -1 }, 1],
  ])('%s', async (_, later, elr) => {
    const { link } = await connected(GROWN, [later])
    await link.ping(WELL_MS)
    expect(knows(link)).toEqual({ apis: [METADATA, API_VERSIONS, DESCRIBE_TOPIC_PARTITIONS], elr })
  })
})
