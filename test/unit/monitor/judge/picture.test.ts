import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Picture } from '../../../../src-main/monitor/judge/picture'
import { Monitor } from '../../../../src-main/monitor/monitor'
import { HEALTHY, MARK_THROTTLED } from '../../../../src-main/shared/states'
import { FakeClock } from '../../../support/fake-clock'
import { FakeCluster } from '../../../support/fake-cluster'

let clock: FakeClock
let cluster: FakeCluster
let monitor: Monitor
let pictures: Picture[]
let pairs: (readonly [Picture, Picture | null])[]

/** Every number a picture holds, so that one that was written to later is found out. */
const contents = (picture: Picture): string =>
  JSON.stringify(picture, (_, value: unknown) => {
    if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array, String)
    return value instanceof Map || value instanceof Set ? [...value] : value
  })

beforeEach(async () => {
  clock = new FakeClock()
  cluster = new FakeCluster({ clock, brokers: 3, topics: 3, partitionsPerTopic: 4 })
  pictures = []
  pairs = []
  monitor = new Monitor({
    port: cluster.port(),
    clock,
    busyMs: () => 0,
    intervalMs: 0,
    highWatermarks: 'needed',
    shownRows: () => [],
    onStatus: () => undefined,
    onError: (cause) => {
      throw cause
    },
  })
  monitor.observe((picture, before) => {
    pictures.push(picture)
    pairs.push([picture, before])
  })
  monitor.start()
  await clock.advance(1_000)
})

afterEach(async () => {
  const closing = monitor.close()
  await clock.advance(50)
  await closing
})

/** Takes part of everything that happens to a cluster. */
async function live(): Promise<void> {
  cluster.produce(20, [3])
  await clock.advance(2_000)
  const one = cluster.partition('topic-00001', 1)
  one.isr = one.isr.slice(0, 2)
  cluster.touch()
  await clock.advance(1_000)
  cluster.hang(2)
  await clock.advance(3_000)
  cluster.revive(2)
  cluster.createTopic('another', 2)
  await clock.advance(2_000)
  cluster.topic('topic-00002')!.settings.set('min.insync.replicas', '1')
  await clock.advance(7_000)
}

describe('a picture', () => {
  it('stays what it was, whatever happens afterwards', async () => {
    const seen: string[] = []
    monitor.observe((picture) => seen.push(contents(picture)))
    pictures.length = 0
    await live()
    expect(pictures.length).toBeGreaterThan(30)
    expect(pictures.map(contents)).toEqual(seen)
  })

  it('is frozen, with everything in it that can be', () => {
    const [picture] = pictures
    const parts = [
      picture,
      picture?.columns,
      picture?.settings,
      picture?.topology,
      picture?.summary,
      picture?.summary.headline,
      picture?.summary.brokers,
      picture?.summary.brokers[0],
      picture?.summary.load,
    ]
    expect(parts.map((part) => part !== undefined && Object.isFrozen(part))).toEqual(parts.map(() => true))
  })

  it('is told with the one it replaced, and counts on', async () => {
    await live()
    expect(pairs[0]?.[1]).toBeNull()
    pairs.slice(1).forEach(([picture, before], i) => {
      expect(before).toBe(pairs[i]?.[0])
      expect(picture.seq).toBe((before?.seq ?? 0) + 1)
    })
  })

  it('shares every column that did not change with the one before, and copies none', async () => {
    await clock.advance(1_000)
    const before = pictures.at(-1)
    await clock.advance(1_000)
    const quiet = pictures.at(-1)
    expect(quiet).not.toBe(before)
    expect(quiet?.changed).toHaveLength(0)
    for (const [name, column] of Object.entries(quiet?.columns ?? {}))
      expect(column, name).toBe(before?.columns[name as keyof Picture['columns']])
    expect([quiet?.replicaFlags, quiet?.minInSyncReplicas, quiet?.minInSyncReplicasSource]).toEqual([
      before?.replicaFlags,
      before?.minInSyncReplicas,
      before?.minInSyncReplicasSource,
    ])
    expect(quiet?.replicaFlags).toBe(before?.replicaFlags)
    expect(quiet?.minInSyncReplicas).toBe(before?.minInSyncReplicas)
    const one = cluster.partition('topic-00001', 1)
    one.isr = one.isr.slice(0, 2)
    cluster.touch()
    await clock.until('trouble', () => pictures.at(-1)?.columns.state.some((state) => state !== HEALTHY) === true)
    const hurt = pictures.at(-1)
    expect(hurt?.columns.state).not.toBe(quiet?.columns.state)
    expect(hurt?.replicaFlags).not.toBe(quiet?.replicaFlags)
    expect(hurt?.columns.leader).toBe(quiet?.columns.leader)
    expect(hurt?.columns.leaderEpoch).toBe(quiet?.columns.leaderEpoch)
  })

  it('names the rows that differ from the one before, and all of them after a change of topology', async () => {
    await live()
    for (const [picture, before] of pairs) {
      const rows = [...picture.topology.partition.keys()]
      const expected =
        before?.topology === picture.topology
          ? rows.filter((row) => {
              const from = picture.topology.replicaStart[row]
              const to = picture.topology.replicaStart[row + 1]
              const names = Object.keys(picture.columns) as (keyof Picture['columns'])[]
              return (
                names.some((name) => !Object.is(picture.columns[name][row], before.columns[name][row])) ||
                String(picture.replicaFlags.slice(from, to)) !== String(before.replicaFlags.slice(from, to))
              )
            })
          : rows
      expect([...picture.changed]).toEqual(expected)
    }
    expect(new Set(pictures.map(({ topology }) => topology)).size).toBe(2)
  })
})

describe('a throttle', () => {
  const marked = ({ columns }: Picture, row: number): boolean => (columns.marks[row]! & MARK_THROTTLED) !== 0

  it('is marked in the picture of the leader change that makes it act, and gone with the next one', async () => {
    const topic = cluster.topic('topic-00000')!
    topic.settings.set('leader.replication.throttled.replicas', '*')
    cluster.broker(2).settings.set('leader.replication.throttled.rate', '1000000')
    const one = cluster.partition('topic-00000', 0)
    Object.assign(one, { leader: 1, isr: [1] })
    cluster.each((other, of, number) => {
      if (of === topic && number > 0) other.leader = 1
    })
    cluster.touch()
    await clock.advance(12_000)
    pictures.length = 0
    await clock.advance(500)
    Object.assign(one, { leader: 2, leaderEpoch: one.leaderEpoch + 1, isr: [2] })
    cluster.touch()
    await clock.advance(2_000)
    Object.assign(one, { leader: 3, leaderEpoch: one.leaderEpoch + 1, isr: [3] })
    cluster.touch()
    await clock.advance(2_000)
    const told = pictures.map((picture) => [picture.columns.leader[0], marked(picture, 0)] as const)
    expect(new Set(told.map(([leader]) => leader))).toEqual(new Set([1, 2, 3]))
    expect(told.filter(([leader, throttled]) => (leader === 2) !== throttled)).toEqual([])
  })

  it('of a broker is in the same picture as the marks of its replicas', async () => {
    const topic = cluster.topic('topic-00001')!
    topic.settings.set('follower.replication.throttled.replicas', '*')
    // Whoever is in step is not held back.
    cluster.each((one, of) => {
      if (of === topic && one.leader !== 3) one.isr = one.isr.filter((id) => id !== 3)
    })
    cluster.touch()
    cluster.broker(3).settings.set('follower.replication.throttled.rate', '1000000')
    await clock.advance(20_000)
    cluster.broker(3).settings.delete('follower.replication.throttled.rate')
    await clock.advance(20_000)
    const told = pictures.map(
      (picture) => [picture.throttled.has(3), picture.columns.marks.some((_, row) => marked(picture, row))] as const,
    )
    expect(told.filter(([broker, rows]) => broker !== rows)).toEqual([])
    expect(new Set(told.map(([broker]) => broker))).toEqual(new Set([true, false]))
  })
})
