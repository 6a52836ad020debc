import { beforeEach, describe, expect, it } from 'vitest'
import { coverOf } from '../../../src-main/shared/maintenance'
import { OFFLINE, UNDER_MIN_ISR } from '../../../src-main/shared/states'
import { MemoryHistory } from '../../support/memory-history'
import { clock, close, cluster, frame, open, prepare, session, watchOver } from '../../support/opened-session'

watchOver()

let history: MemoryHistory
const begin = async (): Promise<void> => {
  open(0, '', undefined, history)
  await clock.advance(3_000)
}
const reopen = async (): Promise<void> => {
  await close()
  await begin()
}
const kindsOfPhases = (): string[] => history.newest?.phases.map(({ kind }) => kind) ?? []

beforeEach(async () => {
  history = new MemoryHistory()
  prepare({ partitionsPerTopic: 3, topics: 2 })
  await begin()
})

it('nothing happens in a cluster that is well, and it is kept that it was watched', async () => {
  await clock.advance(60_000)
  expect(history.events).toEqual([])
  expect(history.incidents.size).toBe(0)
  expect(history.spans).toHaveLength(1)
  expect(history.spans[0]!.to - history.spans[0]!.from).toBeGreaterThan(55_000)
})

describe('a broker that is killed and comes back', () => {
  it('is one incident with its turns in order, from its silence to half a minute after the last replica is in', async () => {
    const diedAt = clock.now()
    cluster.kill(2)
    await clock.advance(3_000)
    expect(frame().summary.incident).toMatchObject({ id: 1, brokers: [2] })
    await clock.advance(5_000)
    cluster.fence(2)
    await clock.advance(5_000)
    cluster.revive(2)
    await clock.advance(3_000)
    cluster.each((partition) => (partition.isr = [...partition.replicas]))
    const backAt = clock.now()
    await clock.advance(29_000)
    expect(frame().summary.incident).not.toBeNull()
    await clock.advance(4_000)
    expect(frame().summary.incident).toBeNull()
    const incident = history.newest!
    expect(incident.began.from).toBeLessThanOrEqual(diedAt)
    expect(incident.began.to).toBeGreaterThanOrEqual(diedAt)
    expect(incident.began.to - diedAt).toBeLessThan(3_000)
    expect(incident.ended.from).toBeLessThanOrEqual(backAt)
    expect(incident.ended.to).toBeGreaterThanOrEqual(backAt)
    expect(kindsOfPhases()).toEqual(['silent', 'gone', 'moved', 'listed', 'answers', 'recovering', 'over'])
    expect(incident).toMatchObject({ brokers: [2], left: 6, leftLate: 0, elections: 2, lostAtLeast: 0, topicCount: 2 })
    expect(history.told('silent', 'gone', 'listed', 'answers').sort()).toEqual([
      'answers 2',
      'gone 2',
      'listed 2',
      'silent 2',
    ])
    expect(history.told('leader')).toHaveLength(2)
    expect(new Set(history.events.map((event) => event.incident))).toEqual(new Set([1]))
  })

  it('each replica left for the broker that is not listed any more, within two looks', async () => {
    cluster.kill(2)
    await clock.advance(8_000)
    const fencedAt = clock.now()
    cluster.fence(2)
    await clock.advance(2_000)
    const left = history.events.filter(({ kind }) => kind === 'left-isr')
    expect(left).toHaveLength(6)
    for (const event of left) {
      expect(event).toMatchObject({ broker: 2, cause: 'fenced' })
      expect(event.from).toBeLessThanOrEqual(fencedAt)
      expect(event.to).toBeGreaterThanOrEqual(fencedAt)
      expect(event.to - event.from).toBeLessThan(1_500)
    }
    expect(history.told('leader').every((line) => line.endsWith('failover'))).toBe(true)
  })
})

it('a follower that leaves while its broker is well is late, with what it was behind', async () => {
  for (let second = 0; second < 14; second += 1) {
    cluster.produce(10, [3])
    await clock.advance(1_000)
  }
  const partition = cluster.topics[0]!.partitions.find(({ leader }) => leader !== 3)!
  partition.isr = partition.isr.filter((broker) => broker !== 3)
  cluster.touch()
  await clock.advance(1_000)
  const [event] = history.events.filter(({ kind }) => kind === 'left-isr')
  expect(event).toMatchObject({ broker: 3, other: partition.leader, cause: 'late' })
  expect(event!.lagRecords).toBeGreaterThanOrEqual(130)
  expect(event!.lateMs).toBeGreaterThan(10_000)
  expect(history.newest).toMatchObject({ left: 1, leftLate: 1, brokers: [3] })
})

it('a broker that shuts down in order is leaving, and its leaders move for that', async () => {
  cluster.handOver(1)
  await clock.advance(2_000)
  expect(history.told('leaving')).toEqual(['leaving 1'])
  const leaders = history.events.filter(({ kind }) => kind === 'leader')
  expect(leaders).toHaveLength(2)
  expect(leaders.every(({ cause, other }) => cause === 'shutdown' && other === 1)).toBe(true)
})

it('elections that were missed between two looks are counted', async () => {
  const partition = cluster.partition('topic-00000', 0)
  partition.leaderEpoch += 3
  partition.leader = partition.replicas[1]!
  cluster.touch()
  await clock.advance(1_000)
  expect(history.events.filter(({ kind }) => kind === 'leader')).toMatchObject([{ elections: 3, cause: 'moved' }])
})

it('back to the preferred leader', async () => {
  const partition = cluster.partition('topic-00000', 0)
  partition.leader = partition.replicas[1]!
  partition.leaderEpoch += 1
  cluster.touch()
  await clock.advance(1_000)
  partition.leader = partition.replicas[0]!
  partition.leaderEpoch += 1
  cluster.touch()
  await clock.advance(1_000)
  expect(history.events.map(({ cause }) => cause)).toEqual(['moved', 'preferred'])
  expect(history.incidents.size).toBe(0)
})

it('a partition without a leader, and one elected from outside the ISR', async () => {
  const partition = cluster.partition('topic-00000', 0)
  const [first, second] = partition.replicas
  partition.isr = [first!]
  cluster.touch()
  await clock.advance(1_000)
  partition.leader = -1
  partition.leaderEpoch += 1
  cluster.touch()
  await clock.advance(1_000)
  expect(history.told('offline')).toHaveLength(1)
  expect(history.newest!.worst).toBe(OFFLINE)
  partition.leader = second!
  partition.isr = [second!]
  partition.leaderEpoch += 1
  cluster.touch()
  await clock.advance(1_000)
  expect(history.told('leader')).toEqual([`leader ${second} topic-00000/0 unclean`])
})

it('topics that come, go and are made anew under the same name', async () => {
  cluster.createTopic('new')
  await clock.advance(1_000)
  cluster.deleteTopic('new')
  await clock.advance(1_000)
  cluster.deleteTopic('topic-00001')
  cluster.createTopic('topic-00001')
  await clock.advance(1_000)
  expect(history.events.map(({ kind, topic }) => `${kind} ${topic}`)).toEqual([
    'topic-created new',
    'topic-deleted new',
    'topic-anew topic-00001',
  ])
})

it('a setting, with before and after, and when it was read before', async () => {
  await clock.advance(40_000)
  const changedAt = clock.now()
  cluster.topics[0]!.settings.set('min.insync.replicas', '1')
  await clock.advance(40_000)
  const events = history.events.filter(({ kind }) => kind === 'setting')
  expect(events).toMatchObject([{ topic: 'topic-00000', text: 'min.insync.replicas', before: '2', after: '1' }])
  expect(events[0]!.from).toBeLessThanOrEqual(changedAt)
  expect(events[0]!.to).toBeGreaterThanOrEqual(changedAt)
})

describe('opened late', () => {
  it('began before, nobody knows when', async () => {
    await close()
    history = new MemoryHistory()
    cluster.kill(2)
    cluster.fence(2)
    await clock.advance(20_000)
    await begin()
    expect(history.newest).toMatchObject({ id: 1, began: { from: NaN } })
    expect(history.events).toEqual([])
  })

  it('began after it was watched the last time, and well', async () => {
    const seenTo = history.spans[0]!.to
    await close()
    cluster.kill(2)
    cluster.fence(2)
    await clock.advance(20_000)
    await begin()
    const { began } = history.newest!
    expect(began.from).toBeGreaterThanOrEqual(seenTo - 500)
    expect(began.from).toBeLessThanOrEqual(seenTo + 500)
    expect(began.to).toBeGreaterThan(seenTo + 19_000)
  })

  it('goes on after a restart in the middle of it, with the time nobody looked', async () => {
    cluster.kill(2)
    await clock.advance(3_000)
    const { began } = history.newest!
    await close()
    cluster.fence(2)
    await clock.advance(60_000)
    await begin()
    expect(history.incidents.size).toBe(1)
    expect(history.newest).toMatchObject({ id: 1, began })
    expect(kindsOfPhases()).toContain('unwatched')
    expect(history.spans).toHaveLength(2)
    expect(history.spans.map(({ end }) => end)).toEqual(['closed', 'open'])
  })

  it('ended while nobody looked: somewhere in between', async () => {
    cluster.kill(2)
    await clock.advance(3_000)
    await close()
    cluster.revive(2)
    const closedAt = clock.now()
    await clock.advance(60_000)
    await begin()
    await clock.advance(35_000)
    const { ended } = history.newest!
    expect(ended.from).toBeLessThanOrEqual(closedAt)
    expect(ended.to).toBeGreaterThan(closedAt + 59_000)
    expect(frame().summary.incident).toBeNull()
  })
})

it('the same broker again within ten minutes is the same incident', async () => {
  const fail = async (): Promise<void> => {
    cluster.hang(2)
    await clock.advance(4_000)
    cluster.revive(2)
    await clock.advance(40_000)
  }
  await fail()
  await fail()
  expect(history.incidents.size).toBe(1)
  expect(history.newest).toMatchObject({ reopened: 1 })
  await clock.advance(620_000)
  await fail()
  expect(history.incidents.size).toBe(2)
})

it('a restart that was announced is planned, and another broker in it is not', async () => {
  session.history!.announce({ by: 'ada', broker: 2, until: clock.now() + 1_200_000 })
  await clock.advance(1_000)
  expect(frame().summary.plans).toMatchObject([{ by: 'ada', broker: 2 }])
  cluster.kill(2)
  await clock.advance(3_000)
  expect(frame().summary.incident).toMatchObject({ planned: { by: 'ada', broker: 2 }, brokers: [2] })
  cluster.kill(3)
  await clock.advance(3_000)
  expect(coverOf(frame().summary.incident!, clock.now())).toBe('beyond')
})

it('one that is prolonged while the broker is away goes on, and one that is withdrawn stands no more', async () => {
  session.history!.announce({ by: 'ada', broker: 2, until: clock.now() + 5_000 })
  cluster.kill(2)
  await clock.advance(3_000)
  const until = clock.now() + 600_000
  session.history!.announce({ by: 'ada', broker: 2, until })
  await clock.advance(1_000)
  expect(frame().summary.incident).toMatchObject({ planned: { until } })
  session.history!.withdraw(2)
  await clock.advance(1_000)
  expect(frame().summary.plans).toEqual([])
  expect(frame().summary.incident).toMatchObject({ planned: { by: 'ada', until } })
})

it('one that is announced after the trouble began makes no maintenance of it', async () => {
  cluster.kill(2)
  await clock.advance(3_000)
  session.history!.announce({ by: 'ada', broker: 2, until: clock.now() + 600_000 })
  await clock.advance(3_000)
  expect(frame().summary.incident).toMatchObject({ planned: null })
})

it('an announcement outlives the run, and ends by itself', async () => {
  session.history!.announce({ by: 'ada', broker: 2, until: clock.now() + 20_000 })
  await reopen()
  expect(frame().summary.plans).toMatchObject([{ broker: 2 }])
  await clock.advance(20_000)
  expect(frame().summary.plans).toEqual([])
})

it('refused writes are named with how many, and the worst topics', async () => {
  cluster.each((partition, topic) => {
    if (topic.name === 'topic-00000') partition.isr = [partition.leader]
  })
  await clock.advance(2_000)
  expect(frame().summary.incident).toMatchObject({
    worst: UNDER_MIN_ISR,
    topics: [{ topic: 'topic-00000', worst: UNDER_MIN_ISR, partitions: 3 }],
  })
  expect(kindsOfPhases()).toEqual(['refuses'])
})

it('a broker with an old view makes no event', async () => {
  cluster.broker(1).stale = cluster.metadata(1)
  cluster.each((partition) => (partition.isr = partition.isr.filter((broker) => broker !== 3)))
  await clock.advance(10_000)
  // Each replica once, however often the old view was told in between.
  expect(history.told('left-isr')).toHaveLength(6)
  expect(history.told('joined-isr')).toEqual([])
})

it('a pause is a gap of what was watched', async () => {
  session.pause(true)
  await clock.advance(30_000)
  session.pause(false)
  await clock.advance(3_000)
  expect(history.spans.map(({ end }) => end)).toEqual(['paused', 'open'])
})

it('is only read where another process writes it', async () => {
  history.taken = true
  await reopen()
  cluster.kill(2)
  await clock.advance(5_000)
  expect(session.history).toMatchObject({ writes: false })
  expect(history.events).toEqual([])
})

it('what another process writes is shown while it does, and its place is taken when it ends', async () => {
  cluster.kill(2)
  await clock.advance(3_000)
  const { newest } = history
  history.taken = true
  await reopen()
  await clock.advance(2_000)
  expect(session.history).toMatchObject({ writes: false })
  expect(frame().summary.incident).toMatchObject({ id: newest!.id, brokers: [2] })
  const before = history.events.length
  history.taken = false
  await clock.advance(4_000)
  expect(session.history).toMatchObject({ writes: true })
  // The same one goes on, with the time in which nobody was seen to write as a gap.
  expect(frame().summary.incident).toMatchObject({ id: newest!.id })
  cluster.fence(2)
  await clock.advance(3_000)
  expect(history.events.length).toBeGreaterThan(before)
  expect(history.incidents.size).toBe(1)
})
