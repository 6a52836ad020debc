import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rebalances } from '../../../../../src-main/change/plan/facts/cluster-facts'
import { gatherFacts, type GatherInput, type TopicAsked } from '../../../../../src-main/change/plan/facts/gather'
import { GROUPS_MS, MOST_GROUPS } from '../../../../../src-main/change/plan/facts/groups'
import type { Fact, FactName, GuardFacts, TopicFacts } from '../../../../../src-main/change/plan/guards/guard'
import type { Phrase } from '../../../../../src-main/shared/words/phrase'
import { say } from '../../../../../src-main/shared/words/say'
import type { Links } from '../../../../../src-main/change/links/links'
import { linksOfSession, liveOf, settled } from '../../../../support/live-cluster'
import { clock, cluster, session, start, watchOver } from '../../../../support/opened-session'
import { asked } from '../../../../support/plans'

/** A fact with why it is not known in English. */
const inWords = (fact: Fact<unknown> | undefined): unknown => {
  const words = (phrases: readonly Phrase[]): string[] => phrases.map((phrase) => say('en', phrase))
  if (fact?.known === false) return { ...fact, reasons: words(fact.reasons) }
  return fact?.missing === undefined ? fact : { ...fact, missing: words(fact.missing) }
}

watchOver()

const TOPIC = 'topic-00000'
let links: Links

/** topic-00000: partitions 0 … 4 led by 1, 2, 3, 1, 2. */
beforeEach(async () => {
  await start()
  links = linksOfSession()
})
afterEach(() => links.close())

const gather = (topics: readonly TopicAsked[], extra: Partial<GatherInput> = {}): Promise<GuardFacts> =>
  settled(gatherFacts({ cluster: liveOf(session), links, clock, topics, ...extra }), 60_000)
const wanting = (...needs: FactName[]): TopicAsked =>
  asked(TOPIC, { 'retention.ms': ['604800000', '60000'] }, { 'cleanup.policy': 'delete' }, needs)
async function one(...needs: FactName[]): Promise<TopicFacts> {
  return (await gather([wanting(...needs)])).topics[0]!
}
const whats = (): Set<string> =>
  new Set(cluster.asked.filter((question) => question.at >= since).map(({ what }) => what))
let since = 0
beforeEach(() => {
  since = clock.now()
})

async function silence(broker: number): Promise<void> {
  cluster.hang(broker)
  await clock.until('the monitor calls it silent', () => session.inside.facts().get(broker)?.answers === 'no')
}
const everywhere = (what: string, error: number): void => {
  for (const broker of [1, 2, 3]) cluster.broker(broker).errors.set(what, error)
}

describe('what needs no question', () => {
  it('is taken from the reading', async () => {
    cluster.partition(TOPIC, 1).isr = [2]
    cluster.partition(TOPIC, 2).leader = -1
    cluster.partition('topic-00003', 4).leader = -1
    cluster.touch()
    await clock.advance(3_000)
    const facts = await gather([asked(TOPIC, {}, { 'min.insync.replicas': '2' })])
    const [topic] = facts.topics
    expect(topic).toMatchObject({ topic: TOPIC, internal: false, config: new Map([['min.insync.replicas', '2']]) })
    expect(topic?.partitions[1]).toEqual({
      partition: 1,
      leader: 2,
      leaderEpoch: 0,
      replicas: [2, 3, 1],
      isr: [2],
      elr: [],
      logEndOffsets: [100, 100, 100],
    })
    expect(facts.offline).toEqual([
      { topic: TOPIC, partition: 2 },
      { topic: 'topic-00003', partition: 4 },
    ])
    expect(facts).toMatchObject({
      version: [4, 4],
      elrOn: true,
      answering: new Set([1, 2, 3]),
      now: expect.any(Number) as number,
    })
    expect(facts.metadataAt).toBeGreaterThan(since)
  })

  it('nothing is asked that no topic needs', async () => {
    links.close()
    const facts = await gather([asked(TOPIC)])
    expect(inWords(facts.topics[0]?.sizes)).toEqual({ known: false, reasons: ['it was not requested'] })
    expect(facts.reassignments.known).toBe(false)
  })

  it('a topic that is not in the reading is no empty one', async () => {
    await expect(gather([asked('gone')])).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('sizes', () => {
  it('are those of the largest replica', async () => {
    cluster.partition(TOPIC, 0).logEndOffset = [100, 70, 120]
    const { sizes } = await one('sizes')
    expect(sizes).toMatchObject({
      known: true,
      value: new Map([
        [0, 12_000],
        [1, 10_000],
        [2, 10_000],
        [3, 10_000],
        [4, 10_000],
      ]),
    })
    expect(sizes).not.toHaveProperty('missing')
  })

  it('a silent broker hides nothing that another one holds too', async () => {
    await silence(2)
    expect((await one('sizes')).sizes).toMatchObject({ known: true })
  })

  it('what nobody told is said', async () => {
    everywhere('sizes', 31)
    expect(inWords((await one('sizes')).sizes)).toEqual({
      known: false,
      reasons: ['this login lacks Describe on the cluster'],
    })
  })
})

describe('disks', () => {
  it('are those that hold the topic, with what is free there', async () => {
    cluster.facts.freeBytes.set(2, 700)
    const { disks } = await one('disks')
    const on = (broker: number, freeBytes: number) => ({ broker, folder: '/data', freeBytes, replicas: 5 })
    expect(disks.known && disks.value.toSorted((a, b) => a.broker - b.broker)).toEqual([
      on(1, 1e12),
      on(2, 700),
      on(3, 1e12),
    ])
    expect(disks).not.toHaveProperty('missing')
  })

  it('of a broker that is silent or too old are missing, and the others are there', async () => {
    cluster.facts.freeBytes.set(3, NaN)
    await silence(2)
    const { disks } = await one('disks')
    expect(disks.known && disks.value.map(({ broker }) => broker)).toEqual([1])
    expect(inWords(disks)).toMatchObject({
      missing: ['broker 2 does not answer', 'broker 3 is too old to report it'],
    })
  })

  it('without the right are not known', async () => {
    everywhere('sizes', 31)
    expect(inWords((await one('disks')).disks)).toEqual({
      known: false,
      reasons: ['this login lacks Describe on the cluster'],
    })
  })
})

describe('what was refused', () => {
  const count = (what: string): number =>
    cluster.asked.filter((question) => question.what === what && question.at >= since).length

  it('is not asked again by the next plan, and what it says is the same', async () => {
    everywhere('sizes', 31)
    const first = await gather([wanting('sizes', 'disks')])
    const asked = count('sizes')
    const second = await gather([wanting('sizes', 'disks')])
    expect(asked).toBeGreaterThan(0)
    expect(count('sizes')).toBe(asked)
    expect(inWords(second.topics[0]!.sizes)).toEqual(inWords(first.topics[0]!.sizes))
    expect(inWords(second.topics[0]!.disks)).toEqual(inWords(first.topics[0]!.disks))
  })

  it.each(['reassignments', 'configs-broker'])('to the poll is not asked by a plan either: %s', async (what) => {
    everywhere(what, 31)
    await clock.advance(12_000)
    since = clock.now()
    await gather([wanting('reassignments', 'throttleRates')])
    expect(count(what)).toBe(0)
  })
})

describe('what becomes deletable', () => {
  it('is known by partition', async () => {
    cluster.facts.logStart.set(`${TOPIC}-0`, 40)
    cluster.facts.offsetAt = (_topic, partition, atMs) =>
      atMs > since - 70_000 && partition < 2 ? 60 : partition === 2 ? -1 : 0
    const { deletable } = await one('deletable')
    expect(deletable).toMatchObject({
      known: true,
      value: [
        { partition: 0, records: 20, bytes: 3_334, from: 60 },
        { partition: 1, records: 60, bytes: 6_000, from: 60 },
        { partition: 2, records: 100, bytes: 10_000, from: 100 },
        { partition: 3, records: 0 },
        { partition: 4, records: 0 },
      ],
    })
  })

  it('a silent leader leaves its own part unknown, with the reason', async () => {
    await silence(2)
    const { deletable } = await one('deletable')
    expect(inWords(deletable)).toMatchObject({ known: true, missing: ['broker 2 does not answer'] })
    expect(deletable.known && deletable.value.map(({ partition }) => partition)).toEqual([0, 2, 3])
  })

  it('a silence that begins meanwhile costs no more than the monitor needs to notice', async () => {
    cluster.hang(2)
    const before = clock.now()
    expect(inWords((await one('deletable')).deletable)).toMatchObject({ missing: ['broker 2 does not answer'] })
    // Less than the deadline of the first question that hangs.
    expect(clock.now() - before).toBeLessThan(4_000)
  })

  it('a partition without a leader is said', async () => {
    cluster.partition(TOPIC, 1).leader = -1
    cluster.touch()
    await clock.advance(3_000)
    expect(inWords((await one('deletable')).deletable)).toMatchObject({ missing: ['partition 1 has no leader'] })
  })

  it('without rights it is not known', async () => {
    everywhere('offsets', 29)
    expect(inWords((await one('deletable')).deletable)).toEqual({
      known: false,
      reasons: ['this login lacks Describe on the topic'],
    })
  })
})

describe('groups', () => {
  const losses = async (): Promise<TopicFacts['groups']> => (await one('deletable', 'groups')).groups
  const group = (name: string, coordinator: number, offsets: Readonly<Record<string, number>>): void =>
    void cluster.facts.groups.set(name, { coordinator, offsets: new Map(Object.entries(offsets)) })

  it('lose what they have not read', async () => {
    cluster.facts.offsetAt = () => 60
    group('late', 2, { [`${TOPIC}-0`]: 20, [`${TOPIC}-1`]: 60, [`topic-00001-0`]: 0 })
    group('early', 3, { [`${TOPIC}-0`]: 99 })
    expect(await losses()).toMatchObject({ known: true, value: [{ group: 'late', partition: 0, unreadRecords: 40 }] })
  })

  const share = (name: string, told: 'told' | 'not-spoken', offsets: Readonly<Record<string, number>>): void =>
    void cluster.facts.groups.set(name, { coordinator: 1, offsets: new Map(Object.entries(offsets)), share: told })

  it('of share groups too, by the first record they are not done with', async () => {
    cluster.facts.offsetAt = () => 60
    share('queue', 'told', { [`${TOPIC}-0`]: 20 })
    expect(await losses()).toMatchObject({ known: true, value: [{ group: 'queue', partition: 0, unreadRecords: 40 }] })
  })

  it('never pass for safe where a broker does not tell how far a share group is', async () => {
    cluster.facts.offsetAt = () => 60
    share('queue', 'not-spoken', {})
    expect(inWords(await losses())).toEqual({
      known: false,
      reasons: [expect.stringMatching(/^group queue: .*too old/) as string],
    })
  })

  it('are not asked where nothing becomes deletable', async () => {
    cluster.facts.offsetAt = () => 0
    expect(await losses()).toMatchObject({ known: true, value: [] })
    expect(whats()).not.toContain('groups')
  })

  it('a loss that is known is not lost with a silent broker', async () => {
    cluster.facts.offsetAt = () => 60
    group('late', 1, { [`${TOPIC}-0`]: 20 })
    await silence(2)
    const found = await losses()
    expect(found).toMatchObject({ known: true, value: [{ group: 'late' }] })
    expect(inWords(found)).toMatchObject({ known: true, missing: ['broker 2 does not answer'] })
  })

  it('without an answer nobody says that all is well', async () => {
    cluster.facts.offsetAt = () => 60
    everywhere('groups', 31)
    expect(inWords(await losses())).toEqual({ known: false, reasons: ['this login lacks Describe on the group'] })
  })

  it('a list that may be shorter than the truth does not pass for all', async () => {
    cluster.facts.offsetAt = () => 60
    // ListGroups leaves out what the login may not describe and gives no error; Describe on the cluster shows them all.
    cluster.facts.clusterOperations = 3576 & ~(1 << 8)
    expect(inWords(await losses())).toEqual({
      known: false,
      reasons: ['this login lacks Describe on the cluster, so groups may be missing from the list'],
    })
    group('late', 2, { [`${TOPIC}-0`]: 20 })
    expect(inWords(await losses())).toMatchObject({
      known: true,
      value: [{ group: 'late' }],
      missing: [expect.stringContaining('groups may be missing') as string],
    })
  })

  it('nor does one of which nobody tells whether it is whole', async () => {
    cluster.facts.offsetAt = () => 60
    cluster.facts.clusterOperations = null
    expect(inWords(await losses())).toEqual({
      known: false,
      reasons: ['the brokers do not report whether groups are missing from the list'],
    })
    everywhere('cluster-operations', 35)
    expect((await losses()).known).toBe(false)
  })

  it('one group that is refused does not end the others', async () => {
    cluster.facts.offsetAt = () => 60
    group('a', 1, {})
    group('b', 1, { [`${TOPIC}-0`]: 20 })
    const groupOffsets = cluster.facts.groupOffsets.bind(cluster.facts)
    cluster.facts.groupOffsets = (broker, name, topics) => groupOffsets(name.id === 'a' ? 9 : broker, name, topics)
    expect(inWords(await losses())).toMatchObject({
      known: true,
      value: [{ group: 'b' }],
      missing: [expect.stringContaining('group a: ') as string],
    })
  })

  it('too many to ask', async () => {
    cluster.facts.offsetAt = () => 60
    for (let i = 0; i <= MOST_GROUPS; i += 1) group(`g${i}`, 1, {})
    expect(inWords(await losses())).toEqual({ known: false, reasons: [`there are more than ${MOST_GROUPS} groups`] })
  })

  it('too slow to ask', async () => {
    cluster.facts.offsetAt = () => 60
    for (let i = 0; i < 40; i += 1) group(`g${i}`, 1, {})
    cluster.broker(1).latencyMs = 900
    expect(inWords(await losses())).toEqual({
      known: false,
      reasons: [`not all groups could be queried within ${GROUPS_MS / 1000} s`],
    })
  })
})

describe('eligible leader replicas', () => {
  const elr = async (live = liveOf(session)): Promise<TopicFacts['elr']> =>
    (await gather([wanting('elr')], { cluster: live })).topics[0]!.elr
  const shrink = (number: number, ...members: number[]): void => {
    Object.assign(cluster.partition(TOPIC, number), { isr: [cluster.partition(TOPIC, number).leader], elr: members })
    cluster.touch()
  }

  it('are asked for at once, not taken from a reading that may not have them yet', async () => {
    shrink(1, 3)
    await clock.advance(3_000)
    cluster.partition(TOPIC, 1).elr = [1, 3]
    expect(await elr()).toMatchObject({ known: true, value: new Map([[1, { elr: [1, 3], lastKnown: [] }]]) })
  })

  it('the last known leader is one of them, also where nobody else is', async () => {
    shrink(1)
    cluster.partition(TOPIC, 1).lastKnownElr = [2]
    await clock.advance(3_000)
    expect(await elr()).toMatchObject({ known: true, value: new Map([[1, { elr: [], lastKnown: [2] }]]) })
  })

  it('where every ISR is whole there are none, and nobody is asked', async () => {
    expect(await elr()).toMatchObject({ known: true, value: new Map() })
    expect(cluster.asked.filter(({ what, at }) => what === 'elr' && at >= since)).toEqual([])
  })

  it('a cluster without the feature has none', async () => {
    shrink(1, 3)
    await clock.advance(3_000)
    expect(await elr(liveOf(session, { elr: () => false }))).toMatchObject({ known: true, value: new Map() })
  })

  it('while no broker tells whether there are any, that is not known', async () => {
    shrink(1, 3)
    await clock.advance(3_000)
    expect(inWords(await elr(liveOf(session, { elr: () => null })))).toEqual({
      known: false,
      reasons: ['no broker has reported yet whether the cluster keeps eligible leader replicas (ELR)'],
    })
  })

  it('a partition that is left out of the answer is not known', async () => {
    shrink(1, 3)
    shrink(2)
    await clock.advance(3_000)
    cluster.facts.hiddenElr.add(`${TOPIC}-2`)
    const missing = expect.stringMatching(
      /^broker \d did not report it; this login may lack Describe on the topic$/,
    ) as string
    expect(inWords(await elr())).toMatchObject({
      known: true,
      value: new Map([[1, { elr: [3], lastKnown: [] }]]),
      missing: [missing],
    })
  })

  it('without an answer nobody says that there are none', async () => {
    shrink(1, 3)
    await clock.advance(3_000)
    everywhere('elr', 29)
    expect(inWords(await elr())).toEqual({ known: false, reasons: ['this login lacks Describe on the topic'] })
  })
})

describe('a sample', () => {
  const looked = async (): Promise<TopicFacts['sample']> => (await one('sample')).sample

  it('adds up what is seen at the start and near the end', async () => {
    cluster.facts.samples.set(`${TOPIC}-0`, { withoutKey: 7, largestBatchBytes: 99_999 })
    cluster.facts.samples.set(`${TOPIC}-1`, { unreadable: 5, compression: 'zstd' })
    expect(await looked()).toMatchObject({
      known: true,
      value: {
        partitions: 5,
        records: 500,
        withoutKey: 7,
        unreadable: 5,
        compression: 'zstd',
        largestBatchBytes: 99_999,
      },
    })
  })

  it('looks twice only where the log is long', async () => {
    for (const number of [0, 1]) cluster.partition(TOPIC, number).logEndOffset.fill(5_000)
    await looked()
    expect(cluster.asked.filter(({ what }) => what === 'sample')).toHaveLength(7)
  })

  it('of an empty topic is empty, not unknown', async () => {
    for (let number = 0; number < 5; number += 1) cluster.facts.logStart.set(`${TOPIC}-${number}`, 100)
    expect(await looked()).toMatchObject({ known: true, value: { partitions: 5, records: 0 } })
  })

  it('without the right to read is not known', async () => {
    everywhere('sample', 29)
    expect(inWords(await looked())).toEqual({ known: false, reasons: ['this login lacks Read on the topic'] })
  })

  it('asks no leader where the brokers tell that it may not read', async () => {
    const describe = 1 << 8
    cluster.facts.operations.set(TOPIC, describe)
    expect(inWords(await looked())).toEqual({ known: false, reasons: ['this login lacks Read on the topic'] })
    expect(whats()).not.toContain('sample')
  })

  it('holds for what was seen when a broker is silent', async () => {
    await silence(2)
    expect(inWords(await looked())).toMatchObject({
      known: true,
      value: { partitions: 3 },
      missing: ['broker 2 does not answer'],
    })
  })
})

describe('throttles and reassignments', () => {
  it('are told with their brokers', async () => {
    cluster.broker(2).settings.set('follower.replication.throttled.rate', '5000')
    cluster.broker(2).settings.set('leader.replication.throttled.rate', '9000')
    cluster.broker(3).settings.set('leader.replication.throttled.rate', '9223372036854775807')
    cluster.reassigning = [{ topic: 'topic-00002', partition: 1 }]
    const facts = await gather([wanting('reassignments', 'throttleRates')])
    expect(facts.throttleRates).toMatchObject({ known: true, value: new Map([[2, 5_000]]) })
    expect(facts.reassignments).toMatchObject({ known: true, value: [{ topic: 'topic-00002', partition: 1 }] })
  })

  it('are asked of the controller where only it tells them', async () => {
    await gather([wanting('reassignments')], { cluster: liveOf(session, { controller: () => 3 }) })
    expect(cluster.asked.filter(({ what, at }) => what === 'reassignments' && at >= since).at(-1)?.broker).toBe(3)
  })

  it('refused', async () => {
    everywhere('reassignments', 31)
    everywhere('configs-broker', 31)
    const facts = await gather([wanting('reassignments', 'throttleRates')])
    expect(inWords(facts.reassignments)).toEqual({
      known: false,
      reasons: ['this login lacks Describe on the cluster'],
    })
    expect(inWords(facts.throttleRates)).toEqual({
      known: false,
      reasons: ['this login lacks DescribeConfigs on the cluster'],
    })
  })

  it('what one broker tells holds although another is silent', async () => {
    cluster.broker(1).settings.set('leader.replication.throttled.rate', '10')
    await silence(3)
    expect(inWords((await gather([wanting('throttleRates')])).throttleRates)).toMatchObject({
      known: true,
      value: new Map([[1, 10]]),
      missing: ['broker 3 does not answer'],
    })
  })
})

describe('whether leaders go back by themselves', () => {
  const told = (): Promise<unknown> => {
    const asking = {
      cluster: liveOf(session),
      links,
      clock,
      answering: new Set(links.ids()),
      breathe: () => Promise.resolve(),
    }
    return settled(rebalances({ ...asking, signal: undefined }, [1, 2, 3]), 60_000).then(inWords)
  }
  const set = (...values: string[]): void =>
    values.forEach((value, at) => cluster.broker(at + 1).settings.set('auto.leader.rebalance.enable', value))

  it.each([
    ['on', ['true', 'true', 'true'], { known: true, value: true }],
    ['off', ['false', 'false', 'false'], { known: true, value: false }],
    [
      'brokers differ',
      ['true', 'true', 'false'],
      { known: false, reasons: ['brokers report different values of auto.leader.rebalance.enable'] },
    ],
    ['one does not tell', ['true', 'true'], { known: false }],
  ])('%s', async (_, values, expected) => {
    set(...values)
    expect(await told()).toMatchObject(expected)
  })

  it('is not known without the right', async () => {
    set('true', 'true', 'true')
    everywhere('configs-broker', 31)
    expect(await told()).toEqual({ known: false, reasons: ['this login lacks DescribeConfigs on the cluster'] })
  })
})

it('a produce rate is what the leaders took in between two readings', async () => {
  const work = gatherFacts({ cluster: liveOf(session), links, clock, topics: [wanting('produceRate')] })
  await clock.advance(500)
  cluster.produce(30)
  const { produceRate } = (await settled(work)).topics[0]!
  expect(produceRate.known && produceRate.value).toBeGreaterThan(100)
  expect(produceRate.known && produceRate.value).toBeLessThanOrEqual(150)
})

it('progress reaches its end, and a cancelled plan ends at once', async () => {
  const progress: number[] = []
  await gather([wanting('sizes', 'deletable', 'groups', 'sample', 'reassignments')], {
    onProgress: (done, total) => progress.push(done / total),
  })
  expect(progress.at(-1)).toBe(1)
  cluster.hang(1)
  const stop = new AbortController()
  const work = gatherFacts({ cluster: liveOf(session), links, clock, topics: [wanting('sizes')], signal: stop.signal })
  await clock.advance(10)
  stop.abort()
  await expect(settled(work, 20)).rejects.toMatchObject({ code: 'cancelled' })
})
