import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Configs } from '../../../../src-main/change/configs/configs'
import { createConfigs } from '../../../../src-main/change/configs/create-configs'
import type { Links } from '../../../../src-main/change/links/links'
import { TOPICS_PER_BATCH } from '../../../../src-main/change/configs/read-column'
import { ok } from '../../../../src-main/contract/result'
import type { Result } from '../../../../src-main/contract/result'
import type { ColumnProgress } from '../../../../src-main/contract/tasks'
import { linksOfSession, liveOf, settled } from '../../../support/live-cluster'
import { AclOperation } from '../../../../src-main/shared/acl-operations'
import { clock, cluster, session, start, watchOver } from '../../../support/opened-session'

watchOver()

const TOPIC = 'topic-00000'
let links: Links
let configs: Configs

beforeEach(async () => {
  await start()
  links = linksOfSession()
  configs = createConfigs(
    (id) => (id === 'c' ? liveOf(session) : null),
    () => links,
  )
})
afterEach(() => links.close())

/** Topics and brokers whose settings were asked for. */
const askedSettings = (): number =>
  cluster.asked.filter(({ what }) => what === 'configs').reduce((sum, { rows }) => sum + rows, 0)

const every = (what: string, error: number): void => {
  for (const broker of [1, 2, 3]) cluster.broker(broker).errors.set(what, error)
}

async function value<T>(work: Promise<Result<T>>): Promise<T> {
  const result = await settled(work)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

async function column(
  question: { readonly key: string; readonly topics: readonly string[] | null },
  signal = new AbortController().signal,
  onStep: (step: ColumnProgress) => void = () => undefined,
) {
  const told: ColumnProgress[] = []
  const progress = (step: ColumnProgress): void => {
    told.push(step)
    onStep(step)
  }
  const end = await settled(configs.column({ cluster: 'c', ...question }, { signal, progress }))
  return { told, end }
}
const columnsOf = (told: readonly ColumnProgress[]) =>
  told.flatMap((step) => (step.batch === 'read' ? [step.column] : []))

describe('a topic', () => {
  it('has every key with what it inherits, and is audited', async () => {
    cluster.topic(TOPIC)!.settings = new Map([
      ['min.insync.replicas', '1'],
      ['unclean.leader.election.enable', 'true'],
    ])
    const view = await value(configs.topic({ cluster: 'c', topic: TOPIC, again: false }))
    expect(view).toMatchObject({ topic: TOPIC, error: 0, internal: false, mayAlter: true })
    expect(view.values.find(({ name }) => name === 'unclean.leader.election.enable')).toMatchObject({
      value: 'true',
      source: 1,
      inherited: { value: 'false', source: 5 },
    })
    expect(view.audit).toMatchObject({
      findings: ['leader-alone', 'unclean'],
      fix: [{ key: 'min.insync.replicas', op: 'set', value: '2' }, { op: 'delete' }],
    })
  })

  it('is audited by what every broker has in its own file', async () => {
    cluster.topic(TOPIC)!.settings = new Map()
    cluster.settings.defaults.set('min.insync.replicas', { value: '2', source: 4, type: 3 })
    for (const broker of [1, 2, 3]) cluster.broker(broker).settings.set('min.insync.replicas', broker === 3 ? '1' : '2')
    expect((await value(configs.topic({ cluster: 'c', topic: TOPIC, again: false }))).audit).toMatchObject({
      findings: ['not-told'],
      notTold: [{ key: 'min.insync.replicas', differing: [{ value: '2' }, { value: '2' }, { broker: 3, value: '1' }] }],
    })
  })

  it.each<[string, number | null, boolean | null]>([
    ['bit 11 is there', 1 << 11, true],
    ['bit 11 is not', 1 << 8, false],
    ['not told', -2147483648, null],
    ['the question is refused', null, null],
  ])('whether it may be altered: %s', async (_what, mask, expected) => {
    if (mask === null) every('operations', 29)
    else cluster.facts.operations.set(TOPIC, mask)
    expect((await value(configs.topic({ cluster: 'c', topic: TOPIC, again: false }))).mayAlter).toBe(expected)
  })

  it.each([
    ['is asked for only when a person wants it', true, 'no-topic', 1],
    ['is otherwise only not seen: it may be hidden from this login', false, 'not-seen', 0],
  ])('that is not in the newest reading %s', async (_what, again, text, asked) => {
    const before = askedSettings()
    expect(await settled(configs.topic({ cluster: 'c', topic: 'gone', again }))).toMatchObject({
      ok: false,
      error: { code: 'not-found', detail: { text } },
    })
    expect(askedSettings() - before).toBe(asked)
  })

  it('that may not be read names the right that is missing', async () => {
    every('configs-topic', 29)
    expect(await settled(configs.topic({ cluster: 'c', topic: TOPIC, again: false }))).toMatchObject({
      ok: false,
      error: {
        code: 'not-authorized',
        detail: { text: 'missing-right', right: 'DescribeConfigs', on: 'topic', name: TOPIC },
      },
    })
  })
})

describe('documentation', () => {
  it("is Kafka's own, of a topic and of a broker", async () => {
    expect(await value(configs.docs('c', TOPIC, 'retention.ms'))).toEqual({ text: 'What retention.ms does.' })
    expect(await value(configs.docs('c', TOPIC, 'no.such'))).toEqual({ text: '' })
    expect(await value(configs.docs('c', '', 'replica.lag.time.max.ms'))).toEqual({ text: '' })
  })

  it('refused', async () => {
    every('configs-broker', 31)
    expect(await settled(configs.docs('c', '', 'any'))).toMatchObject({
      error: { code: 'not-authorized', detail: { on: 'cluster' } },
    })
    expect(await settled(configs.docs('c', 'gone', 'any'))).toMatchObject({ error: { code: 'not-found' } })
  })
})

describe('a column', () => {
  it('is aligned with the topics, errors included', async () => {
    cluster.topic('topic-00001')!.settings.set('retention.ms', '77')
    const { told, end } = await column({ key: 'retention.ms', topics: ['topic-00001', 'gone', TOPIC] })
    expect(end).toEqual(ok({ left: 0 }))
    expect(told[0]).toEqual({ batch: 'none', done: 0, total: 3 })
    expect(columnsOf(told)[0]).toMatchObject({
      key: 'retention.ms',
      topics: ['topic-00001', 'gone', TOPIC],
      values: ['77', null, '604800000'],
      sources: [1, 0, 5],
      errors: [0, 3, 0],
    })
  })

  it('of a key nobody knows is empty, not wrong', async () => {
    const { told } = await column({ key: 'no.such', topics: [TOPIC] })
    expect(columnsOf(told)[0]).toMatchObject({ values: [null], sources: [0], errors: [0] })
  })

  it('of all topics has every one of the newest reading', async () => {
    const { told, end } = await column({ key: 'retention.ms', topics: null })
    const names = liveOf(session).reading()!.topology.topicNames
    expect(columnsOf(told).flatMap(({ topics }) => topics)).toEqual(names)
    expect([told.at(-1)?.done, end]).toEqual([names.length, ok({ left: 0 })])
  })

  it('asks nothing more once it is cancelled, and tells nothing more', async () => {
    const stop = new AbortController()
    const topics = Array.from({ length: 5 * TOPICS_PER_BATCH }, (_, at) => `none-${at}`)
    const { told, end } = await column({ key: 'retention.ms', topics }, stop.signal, ({ batch }) => {
      if (batch === 'read') stop.abort()
    })
    expect(columnsOf(told)).toHaveLength(1)
    expect(end).toEqual(ok({ left: 4 * TOPICS_PER_BATCH }))
  })

  it('gives up after two batches that nobody answers, and says so of each', async () => {
    for (const broker of [1, 2, 3]) cluster.broker(broker).state = 'dead'
    const topics = Array.from({ length: 3 * TOPICS_PER_BATCH }, (_, at) => `none-${at}`)
    const { told, end } = await column({ key: 'retention.ms', topics })
    expect(told.slice(1).map((step) => [step.batch, step.done])).toEqual([
      ['unread', TOPICS_PER_BATCH],
      ['unread', 2 * TOPICS_PER_BATCH],
    ])
    expect(end).toEqual(ok({ left: TOPICS_PER_BATCH }))
  })

  it('of a cluster that is not open is refused', async () => {
    const end = await configs.column(
      { cluster: 'other', key: 'k', topics: null },
      { signal: new AbortController().signal, progress: () => undefined },
    )
    expect(end).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})

describe('a broker', () => {
  it('tells its own settings', async () => {
    const view = await value(configs.broker({ cluster: 'c', broker: 2, again: false }))
    expect(view).toMatchObject({ id: 2, broker: 2, error: 0 })
    expect(view.values.map(({ name, source }) => [name, source])).toContainEqual(['replica.lag.time.max.ms', 4])
  })

  it('refused, silent, unknown', async () => {
    cluster.broker(3).errors.set('configs-broker', 31)
    expect(await settled(configs.broker({ cluster: 'c', broker: 3, again: false }))).toMatchObject({
      error: { code: 'not-authorized', detail: { right: 'DescribeConfigs', on: 'cluster' } },
    })
    cluster.hang(2)
    expect(await settled(configs.broker({ cluster: 'c', broker: 2, again: false }))).toMatchObject({
      error: { code: 'timeout', retryable: true },
    })
    expect(await settled(configs.broker({ cluster: 'c', broker: 9, again: false }))).toMatchObject({
      error: { code: 'unreachable' },
    })
  })
})

it('a cluster that is not open', async () => {
  expect(await settled(configs.topic({ cluster: 'other', topic: TOPIC, again: false }))).toMatchObject({
    error: { code: 'not-found' },
  })
})

/* K4.4: each refusal is a line in the authorizer's log, so looking at a page is no reason for another one. */
describe('what this login was refused', () => {
  const MISSING = { ok: false, error: { code: 'not-authorized', detail: { text: 'missing-right' } } }

  beforeEach(async () => {
    for (const { name } of cluster.topics) cluster.facts.operations.set(name, 1 << AclOperation.DESCRIBE)
    every('configs-topic', 29)
    every('configs-broker', 31)
    await clock.until(
      'both refused',
      () =>
        session.inside.denied('min-insync-replicas', TOPIC) &&
        [1, 2, 3].every((of) => session.inside.denied('broker-settings', of)),
      60_000,
    )
  })

  it('is told by the pages without a question', async () => {
    const before = askedSettings()
    for (let n = 0; n < 3; n += 1) {
      expect(await settled(configs.topic({ cluster: 'c', topic: TOPIC, again: false }))).toMatchObject(MISSING)
      expect(await settled(configs.broker({ cluster: 'c', broker: 2, again: false }))).toMatchObject(MISSING)
      const { told } = await column({ key: 'retention.ms', topics: null })
      expect(new Set(columnsOf(told).flatMap(({ errors }) => errors))).toEqual(new Set([29]))
    }
    expect(askedSettings() - before).toBe(0)
  })

  it('is asked for again when a person wants it', async () => {
    const before = askedSettings()
    expect(await settled(configs.topic({ cluster: 'c', topic: TOPIC, again: true }))).toMatchObject(MISSING)
    expect(await settled(configs.broker({ cluster: 'c', broker: 2, again: true }))).toMatchObject(MISSING)
    expect(askedSettings() - before).toBe(2)
  })

  it('of brokers alone leaves the topics readable, and no broker is asked for what holds without an override', async () => {
    for (const broker of [1, 2, 3]) cluster.broker(broker).errors.delete('configs-topic')
    for (const { name } of cluster.topics) cluster.facts.operations.delete(name)
    cluster.topic(TOPIC)!.settings.set('retention.ms', '77')
    await clock.until('the topic is read', () => !session.inside.denied('min-insync-replicas', TOPIC), 120_000)
    const toBrokers = (): number => cluster.asked.filter(({ what, rows }) => what === 'configs' && rows === 1).length
    const before = toBrokers()
    const view = await value(configs.topic({ cluster: 'c', topic: TOPIC, again: false }))
    expect(view.values.find(({ name }) => name === 'retention.ms')?.value).toBe('77')
    // The topic itself.
    expect(toBrokers() - before).toBe(1)
  })
})
