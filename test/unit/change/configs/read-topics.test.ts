import { afterEach, describe, expect, it } from 'vitest'
import {
  readTopics,
  TOPICS_PER_QUESTION,
  type ReadTopicsOptions,
} from '../../../../src-main/change/configs/read-topics'
import type { TopicSettingsRead } from '../../../../src-main/change/configs/topic-settings-read'
import type { Links } from '../../../../src-main/change/links/links'
import type { ConfigAnswer } from '../../../../src-main/ports/cluster-port'
import { linksOfSession, settled } from '../../../support/live-cluster'
import { clock, cluster, start, watchOver } from '../../../support/opened-session'

watchOver()

let links: Links
afterEach(() => links.close())

async function open(topics = 4): Promise<void> {
  await start({ topics })
  links = linksOfSession()
  // The monitor has read settings of its own.
  cluster.asked.length = 0
}

const read = (topics: readonly string[], options: ReadTopicsOptions = {}): Promise<Map<string, TopicSettingsRead>> =>
  settled(readTopics(links, topics, options))
const names = (count: number): string[] => cluster.topics.slice(0, count).map((topic) => topic.name)
const asked = (): { broker: number; rows: number }[] =>
  cluster.asked.filter((one) => one.what === 'configs' && one.rows > 5)

describe('one topic', () => {
  it('tells overrides, values and who answered', async () => {
    await open()
    cluster.topic('topic-00001')!.settings = new Map([
      ['retention.ms', '5000'],
      ['x.vendor', 'y'],
    ])
    const settings = (await read(['topic-00001'], { broker: 2 })).get('topic-00001')!
    expect(settings).toMatchObject({
      topic: 'topic-00001',
      error: 0,
      broker: 2,
      overrides: { 'retention.ms': '5000', 'x.vendor': 'y' },
    })
    expect(settings.readAt).toBeLessThanOrEqual(clock.now())
    expect(settings.values.find(({ name }) => name === 'min.insync.replicas')).toMatchObject({
      value: '1',
      source: 5,
      inherited: { value: '1', source: 5 },
    })
  })

  it('tells what would hold without an override only when it was asked for', async () => {
    await open()
    cluster.settings.defaults.set('max.message.bytes', { value: '2000', source: 3, type: 3 })
    cluster.topic('topic-00000')!.settings.set('max.message.bytes', '9000')
    const inherited = async (synonyms: boolean): Promise<unknown> =>
      (await read(['topic-00000'], { synonyms }))
        .get('topic-00000')!
        .values.find(({ name }) => name === 'max.message.bytes')!.inherited
    expect(await inherited(true)).toEqual({ value: '2000', source: 3 })
    expect(await inherited(false)).toBeNull()
  })

  it('one that is gone or refused has its error', async () => {
    await open()
    expect((await read(['gone'])).get('gone')).toMatchObject({ error: 3, overrides: {}, values: [] })
    for (const broker of [1, 2, 3]) cluster.broker(broker).errors.set('configs-topic', 29)
    expect((await read(['topic-00000'])).get('topic-00000')).toMatchObject({ error: 29, values: [] })
  })

  it('only the keys asked for', async () => {
    await open()
    const { values } = (await read(['topic-00000'], { keys: ['retention.ms'] })).get('topic-00000')!
    expect(values.map(({ name }) => name)).toEqual(['retention.ms'])
  })
})

describe('many topics', () => {
  it('come in batches, in order, each once, with progress', async () => {
    await open(120)
    const progress: number[] = []
    const wanted = names(120)
    const found = await read([...wanted, wanted[3]!], { onProgress: (done, total) => progress.push(done, total) })
    expect([...found.keys()]).toEqual(wanted)
    expect(asked().map((one) => one.rows)).toEqual([TOPICS_PER_QUESTION, TOPICS_PER_QUESTION, 20])
    expect(progress).toEqual([50, 120, 100, 120, 120, 120])
  })

  it('go on with another broker when one hangs', async () => {
    await open(120)
    const work = readTopics(links, names(120), { onProgress: (done) => done === 50 && cluster.hang(1) })
    expect((await settled(work)).size).toBe(120)
    expect(new Set(asked().map((one) => one.broker))).toEqual(new Set([1, 2]))
  })

  it('very many are spread over the brokers, in order all the same', async () => {
    await open(420)
    const found = await read(names(420))
    expect([...found.keys()]).toEqual(names(420))
    expect(new Set([...found.values()].map(({ broker }) => broker))).toEqual(new Set([1, 2, 3]))
    cluster.hang(3)
    expect(new Set([...(await read(names(420), { timeoutMs: 500 })).values()].map(({ broker }) => broker))).toEqual(
      new Set([1, 2]),
    )
  })

  it('are more to a question where few settings are asked for, and are spread all the same', async () => {
    await open(420)
    const keys = ['retention.ms', 'retention.bytes', 'cleanup.policy', 'min.insync.replicas', 'segment.ms']
    expect([...(await read(names(420), { keys })).keys()]).toEqual(names(420))
    expect(asked().map(({ rows }) => rows)).toEqual([140, 140, 140])
    expect(new Set(asked().map(({ broker }) => broker))).toEqual(new Set([1, 2, 3]))
  })

  describe('of which some are not answered', () => {
    const everyBroker = [1, 2, 3]
    const readWhile = async (isDownFor: number): Promise<{ read: number; unread: number[]; rest: number }> => {
      await open(620)
      const unread: string[] = []
      const sizes: number[] = []
      let isDown = false
      const work = readTopics(links, names(620), {
        timeoutMs: 300,
        onProgress: () => {
          if (!isDown) for (const broker of everyBroker) cluster.hang(broker)
          isDown = true
        },
        onUnread: (topics) => {
          unread.push(...topics)
          sizes.push(topics.length)
          if (sizes.length === isDownFor) for (const broker of everyBroker) cluster.revive(broker)
        },
      })
      const found = await settled(work)
      expect(unread.some((name) => found.has(name))).toBe(false)
      return { read: found.size, unread: sizes, rest: 620 - found.size - unread.length }
    }

    it('are told, and all others read once somebody answers again', async () => {
      expect(await readWhile(1)).toEqual({ read: 570, unread: [50], rest: 0 })
    })

    it('are asked for no more after two in a row', async () => {
      const { read, unread, rest } = await readWhile(Infinity)
      expect(unread).toEqual([50, 50, 50, 50, 50, 50])
      expect(rest).toBe(620 - 300 - read)
      expect(rest).toBeGreaterThan(0)
    })

    it('end the reading where nobody is told', async () => {
      await open(120)
      for (const broker of everyBroker) cluster.hang(broker)
      await expect(read(names(120), { timeoutMs: 300 })).rejects.toMatchObject({ kind: 'timeout' })
    })
  })

  it('do not go to another broker when one was named', async () => {
    await open(120)
    cluster.hang(2)
    await expect(read(names(120), { broker: 2, timeoutMs: 500 })).rejects.toMatchObject({ kind: 'timeout' })
  })

  it('stop when told to', async () => {
    await open(120)
    const stop = new AbortController()
    await expect(read(names(120), { signal: stop.signal, onProgress: () => stop.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(asked()).toHaveLength(1)
  })
})

describe('what Kafka lists no layer for', () => {
  /** As a real broker: an override of these has no layer below it. */
  async function openAsReal(broker: readonly (readonly [string, string])[]): Promise<void> {
    await open()
    cluster.topic('topic-00000')!.settings = new Map([
      ['retention.ms', '5000'],
      ['flush.ms', '1'],
      ['leader.replication.throttled.replicas', '*'],
      ['segment.bytes', '2000000'],
    ])
    for (const id of [1, 2, 3]) for (const [key, text] of broker) cluster.broker(id).settings.set(key, text)
    const describe = cluster.settings.describe.bind(cluster.settings)
    const unlayered = ['retention.ms', 'flush.ms', 'leader.replication.throttled.replicas']
    cluster.settings.describe = (...args): ConfigAnswer => {
      const answer = describe(...args)
      return {
        ...answer,
        entries: answer.entries.map((entry) =>
          unlayered.includes(entry.name)
            ? { ...entry, synonyms: entry.synonyms.filter(({ source }) => source === 1) }
            : entry,
        ),
      }
    }
  }
  const inherited = async (key: string): Promise<unknown> =>
    (await read(['topic-00000'], { synonyms: true })).get('topic-00000')!.values.find(({ name }) => name === key)!
      .inherited

  it.each<[string, readonly (readonly [string, string])[], string, unknown]>([
    ['hours', [['log.retention.hours', '168']], 'retention.ms', { value: '604800000', source: 5 }],
    [
      'minutes go before hours',
      [
        ['log.retention.hours', '168'],
        ['log.retention.minutes', '2'],
      ],
      'retention.ms',
      { value: '120000', source: 5 },
    ],
    ['no limit has no unit', [['log.retention.hours', '-1']], 'retention.ms', { value: '-1', source: 5 }],
    [
      'beyond 2^53',
      [['log.flush.scheduler.interval.ms', '9223372036854775807']],
      'flush.ms',
      { value: '9223372036854775807', source: 5 },
    ],
    ['built in', [], 'leader.replication.throttled.replicas', { value: '', source: 5 }],
    ['what the broker does not tell stays untold', [], 'retention.ms', null],
    [
      'a layer that is told is taken',
      [['log.segment.bytes', '7']],
      'segment.bytes',
      { value: '1073741824', source: 5 },
    ],
  ])('%s', async (_what, broker, key, expected) => {
    await openAsReal(broker)
    expect(await inherited(key)).toEqual(expected)
  })

  it('is asked of each broker once, of however many topics', async () => {
    await openAsReal([['log.retention.hours', '168']])
    for (let nth = 0; nth < 420; nth += 1) cluster.createTopic(`more-${nth}`, 1)
    for (const topic of cluster.topics) topic.settings.set('retention.ms', '5000')
    cluster.asked.length = 0
    const found = await read(names(400), { synonyms: true })
    for (const { values } of found.values())
      expect(values.find(({ name }) => name === 'retention.ms')!.inherited).toEqual({ value: '604800000', source: 5 })
    expect(cluster.asked.filter(({ what, rows }) => what === 'configs' && rows === 1)).toHaveLength(3)
  })

  it('stays untold without rights on the cluster', async () => {
    await openAsReal([['log.retention.hours', '168']])
    for (const broker of [1, 2, 3]) cluster.broker(broker).errors.set('configs-broker', 31)
    expect(await inherited('retention.ms')).toBeNull()
  })
})
