import { afterEach, describe, expect, it } from 'vitest'
import { askAny } from '../../../src-main/change/links/ask'
import { IDLE_MS, type Links } from '../../../src-main/change/links/links'
import { FakeCluster } from '../../support/fake-cluster'
import { linksOfSession, settled } from '../../support/live-cluster'
import {
  clock,
  cluster,
  frame,
  headline,
  open,
  prepare,
  resetChanges,
  session,
  start,
  statuses,
  watchOver,
} from '../../support/opened-session'

watchOver()

/** Another cluster with brokers of the same ids, a topic of the same name, and one of its own. */
let other: FakeCluster
let links: Links | null = null

function prepareBoth(): void {
  prepare()
  other = new FakeCluster({ clock, brokers: 3, topics: 1, partitionsPerTopic: 9, clusterId: 'other' })
  other.createTopic('of-the-other')
}

afterEach(() => {
  links?.close()
  links = null
})

const startBoth = async (): Promise<void> => {
  prepareBoth()
  open()
  await clock.advance(500)
}

const ALL = [1, 2, 3]
const brokerRow = (id: number) => frame().summary.brokers.find((one) => one.id === id)
/** What was asked of the other cluster beyond the proof of a connection. */
const askedOther = (): string[] => other.asked.map(({ what }) => what).filter((what) => what !== 'connect')

/** Lets time pass and looks at every picture on the way. */
async function everyPicture(ms: number, look: () => void): Promise<void> {
  for (let waited = 0; waited < ms; waited += 50) {
    await clock.advance(50)
    look()
  }
}
const onlyOurs = (): void => {
  expect(frame().topics.names).toHaveLength(4)
  expect(frame().topics.names).not.toContain('of-the-other')
  expect(frame().partition).toHaveLength(20)
}

describe('an address that leads to another cluster', () => {
  it('of one broker, from the start: it is named with the id, and no figure of the other is ever shown', async () => {
    prepareBoth()
    cluster.lead([3], other)
    open()
    await clock.until('live', () => session.status.phase === 'live')
    await everyPicture(10_000, onlyOurs)
    expect(session.status.phase).toBe('live')
    expect(brokerRow(3)).toMatchObject({ listed: true, answers: 'no', silence: 'other-cluster', leadsTo: 'other' })
    expect(headline().silent).toMatchObject([{ broker: 3, silence: 'other-cluster', leadsTo: 'other' }])
    expect(askedOther()).toEqual([])
  })

  it('of one broker, after its connection was lost; when it leads back it answers again', async () => {
    await startBoth()
    cluster.lead([2], other)
    await clock.until('named', () => brokerRow(2)?.silence === 'other-cluster', 2_000)
    await everyPicture(5_000, onlyOurs)
    cluster.leadsTo.clear()
    await clock.until('back', () => brokerRow(2)?.answers === 'yes', 6_000)
    expect(brokerRow(2)).toMatchObject({ silence: '', leadsTo: '' })
    expect(askedOther()).toEqual([])
  })

  it('of all of them: lost, and it is said why; the last picture stays, and it is live again when they lead back', async () => {
    await startBoth()
    resetChanges()
    cluster.lead(ALL, other)
    await clock.until('lost', () => session.status.phase === 'lost', 3_000)
    expect(session.status.problem).toMatchObject({ code: 'other-cluster', step: 'brokers', leadsTo: 'other' })
    await everyPicture(30_000, onlyOurs)
    expect(session.status.problem).toMatchObject({ code: 'other-cluster', step: 'metadata', leadsTo: 'other' })
    // The bootstrap is asked for Metadata, which is its proof.
    expect(new Set(askedOther())).toEqual(new Set(['metadata']))
    cluster.leadsTo.clear()
    await clock.until('live', () => session.status.phase === 'live', 10_000)
    await clock.until('well', () => headline().level === 'well')
    onlyOurs()
  })

  it('while it is lost: reopening tells it and merges nothing', async () => {
    await startBoth()
    for (const id of ALL) cluster.kill(id)
    await clock.until('lost', () => session.status.phase === 'lost')
    expect(session.status.problem?.code).toBe('unreachable')
    for (const id of ALL) cluster.revive(id)
    cluster.lead(ALL, other)
    await clock.until('said', () => session.status.problem?.code === 'other-cluster', 10_000)
    await everyPicture(20_000, onlyOurs)
    expect(session.status.phase).toBe('lost')
  })

  it('is no matter to connections that stand, and is noticed at the next one', async () => {
    await startBoth()
    cluster.lead(ALL, other, 'keep')
    await everyPicture(5_000, onlyOurs)
    expect(session.status.phase).toBe('live')
    expect(headline().level).toBe('well')
    for (const link of [...cluster.links]) if (link.address.id === 1) link.cut('reset')
    await clock.until('named', () => brokerRow(1)?.silence === 'other-cluster', 2_000)
    expect(session.status.phase).toBe('live')
  })

  it('is refused when opening, where another id is remembered', async () => {
    prepareBoth()
    open(0, 'remembered')
    await clock.until('refused', () => session.status.phase === 'lost')
    expect(session.status.problem).toMatchObject({ code: 'other-cluster', step: 'metadata', leadsTo: 'fake' })
    expect(session.frame()).toBeNull()
    expect(statuses.some(({ phase }) => phase === 'live')).toBe(false)
  })

  it('can be told of nobody where the cluster tells no id', async () => {
    await start({ clusterId: null })
    expect(session.status.phase).toBe('live')
    expect(session.inside.clusterId()).toBeNull()
    for (const link of [...cluster.links]) link.cut('reset')
    await clock.until('well', () => headline().level === 'well')
  })
})

describe('a link of a change', () => {
  it('is not given where the address leads elsewhere, also after it was idle; who asks anybody asks another broker', async () => {
    await startBoth()
    links = linksOfSession()
    await settled(links.at(2))
    cluster.lead([2], other, 'keep')
    // What stands was proven.
    await settled(links.at(2))
    await clock.advance(2 * IDLE_MS)
    await expect(settled(links.at(2))).rejects.toMatchObject({ reason: 'other-cluster', leadsTo: 'other' })
    const told = await settled(askAny(links, (link) => link.metadata(null, 1_000)))
    expect(told.clusterId).toBe('fake')
    expect(askedOther()).toEqual([])
  })

  it('writes nothing over a new connection that leads elsewhere, and it is known that nothing was written', async () => {
    await startBoth()
    links = linksOfSession()
    const link = await settled(links.at(1))
    cluster.lead([1], other, 'keep')
    const edits = [{ key: 'retention.ms', op: 'set', value: '1000' }] as const
    const writing = link.alterConfigs([{ topic: 'topic-00000', edits }], false, 1_000)
    await expect(settled(writing)).rejects.toMatchObject({ kind: 'other-cluster', maybeDone: false })
    const electing = link.electPreferred([{ topic: 'topic-00000', partitions: [0] }], 1_000)
    await expect(settled(electing)).rejects.toMatchObject({ kind: 'other-cluster', maybeDone: false })
    expect(askedOther()).toEqual([])
    expect(other.topic('topic-00000')?.settings.has('retention.ms')).toBe(false)
  })
})
