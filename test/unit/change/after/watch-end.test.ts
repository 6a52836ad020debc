/** The end of the minute: the settings are read again, so that a hand that came after our write was seen is told. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  changes,
  confirmed,
  done,
  endChanges,
  journal,
  live,
  must,
  onReach,
  onTopics,
  restart,
  rested,
  setTo,
  startChanges,
  topicName,
  view,
} from '../../../support/opened-changes'
import { settled } from '../../../support/live-cluster'
import { clock, cluster, watchOver } from '../../../support/opened-session'

const TOPIC = topicName(0)
const KEY = 'compression.type'
const DRAFT = onTopics([TOPIC, topicName(1)], setTo(KEY, 'zstd'))
const settings = (): Map<string, string> => cluster.topic(TOPIC)!.settings
const shown = (value: string, source: number) =>
  [1, 2, 3].map((broker) => ({ broker, topic: TOPIC, key: KEY, value, source }))

describe('at the end of the watch', () => {
  watchOver()
  beforeEach(() => startChanges())
  afterEach(endChanges)

  it.each([
    ['another value', () => void settings().set(KEY, 'gzip'), shown('gzip', 1)],
    ['no override any more', () => void settings().delete(KEY), shown('producer', 5)],
  ])('%s: overwritten, with what each broker shows', async (_name, write, differences) => {
    const { id, state } = await done(DRAFT)
    expect(state).toBe('verified')
    await clock.advance(400)
    write()
    await clock.until('the minute is over', () => view(id).watching?.outcome !== 'running', 70_000)
    expect(view(id)).toMatchObject({ state: 'overwritten', watching: { outcome: 'overwritten', alarms: [] } })
    expect(view(id).watching).toMatchObject({ differences })
    expect(journal.all.at(-1)).toMatchObject({ change: id, state: 'overwritten', event: { type: 'watched' } })
    expect(must(changes.report([id], 'csv')).text).toContain(`,overwritten,watched,${TOPIC},,${KEY}`)
    expect(must(changes.report([id], 'markdown')).text).toContain('applied and verified, later overwritten')
  })

  it('nothing else: calm', async () => {
    const { id } = await done(DRAFT)
    settings().set('retention.ms', '5')
    await clock.advance(64_000)
    expect(view(id)).toMatchObject({ state: 'watched', watching: { outcome: 'calm' } })
  })

  it('an alarm of the minute stands beside it', async () => {
    const { id } = await done(DRAFT)
    settings().set(KEY, 'gzip')
    const partition = cluster.partition(topicName(1), 1)
    partition.isr = [partition.leader]
    cluster.touch()
    await clock.advance(64_000)
    expect(view(id)).toMatchObject({
      state: 'overwritten',
      watching: { outcome: 'overwritten', alarms: [{ topic: topicName(1), state: 'under-min-isr' }] },
    })
  })

  it('a broker that is behind for a moment has not been overwritten', async () => {
    const { id } = await done(DRAFT)
    cluster.settings.hold(1)
    settings().set(KEY, 'gzip')
    await clock.advance(59_500)
    cluster.settings.hold(2)
    cluster.settings.hold(3)
    settings().set(KEY, 'zstd')
    await clock.advance(1_500)
    for (const broker of [1, 2, 3]) cluster.settings.catchUp(broker)
    await clock.advance(4_000)
    expect(view(id).watching).toMatchObject({ outcome: 'calm' })
  })

  it('not calm where no broker tells the settings', async () => {
    const { id } = await done(DRAFT)
    await clock.advance(50_000)
    for (const broker of [1, 2, 3]) cluster.hang(broker)
    await clock.until('the minute is over', () => view(id).watching?.outcome !== 'running', 30_000)
    expect(view(id).watching).toMatchObject({ outcome: 'unread' })
  })

  it('of an election there are no settings to read', async () => {
    const partition = cluster.topic(TOPIC)!.partitions[0]!
    partition.leader = partition.replicas[1]!
    cluster.touch()
    const { id } = await done({ kind: 'election', partitions: [{ topic: TOPIC, partitions: [0] }] })
    await clock.advance(61_000)
    expect(view(id)).toMatchObject({ state: 'watched', watching: { outcome: 'calm' } })
  })

  it('after a restart one look at them tells the same', async () => {
    const { id } = await done(DRAFT)
    restart()
    settings().set(KEY, 'gzip')
    changes.clusterLive(live.id)
    await clock.until('it was looked at', () => view(id).watching?.outcome !== 'running', 30_000)
    expect(view(id)).toMatchObject({ state: 'overwritten', watching: { outcome: 'overwritten' } })
  })

  it('asked later, the brokers may show it again, or still not', async () => {
    const { id } = await done(DRAFT)
    settings().set(KEY, 'gzip')
    await clock.advance(64_000)
    expect(must(await settled(changes.verify(id))).state).toBe('overwritten')
    settings().set(KEY, 'zstd')
    expect(must(await settled(changes.verify(id))).state).toBe('watched')
    settings().set(KEY, 'gzip')
    expect(must(await settled(changes.verify(id))).state).toBe('overwritten')
  })

  it('what was never seen to hold is not called overwritten', async () => {
    const { id } = await confirmed(DRAFT)
    onReach.act = (point) => {
      if (point === 'before-verify') settings().set(KEY, 'gzip')
    }
    must(await settled(changes.apply(id)))
    await rested(id)
    await clock.advance(64_000)
    expect(view(id)).toMatchObject({ state: 'applied', verification: { outcome: 'differs' } })
  })
})
