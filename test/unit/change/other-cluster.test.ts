import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Checkpoint } from '../../../src-main/change/book/checkpoints'
import { IDLE_MS } from '../../../src-main/change/links/links'
import { FakeCluster } from '../../support/fake-cluster'
import {
  applied,
  changes,
  confirm,
  confirmed,
  done,
  endChanges,
  journal,
  must,
  onReach,
  onTopics,
  overridesOf,
  planned,
  setTo,
  startChanges,
  topicName,
  view,
} from '../../support/opened-changes'
import { settled } from '../../support/live-cluster'
import { clock, cluster, watchOver } from '../../support/opened-session'

watchOver()
afterEach(endChanges)

const ALL = [1, 2, 3]
const COMPRESSION = setTo('compression.type', 'zstd')
const DRAFT = onTopics([topicName(0)], COMPRESSION)
/** Another cluster behind the same names, with topics of the same names. */
let other: FakeCluster

beforeEach(async () => {
  await startChanges()
  other = new FakeCluster({ clock, brokers: 3, topics: 3, partitionsPerTopic: 2, clusterId: 'other' })
})

/** A proof and a bootstrap are questions; anything else would be of no business there. */
const expectUntouched = (): void => {
  expect(
    new Set(other.asked.map(({ what }) => what).filter((what) => what !== 'connect' && what !== 'metadata')),
  ).toEqual(new Set())
  expect(other.settings.written).toEqual([])
}

/** Nothing of it was sent, and where the names lead is why. */
const expectElsewhere = (id: string): void => {
  expect(view(id)).toMatchObject({
    state: 'conflict',
    results: [],
    conflict: { kind: 'plan', otherCluster: 'other', config: [], replication: [], gone: [], anew: [] },
    next: ['plan', 'edit', 'discard'],
  })
}

describe('the names lead to another cluster', () => {
  it('after it was confirmed: nothing is written there, and the change does not begin', async () => {
    const { id } = await confirmed(DRAFT)
    cluster.lead(ALL, other)
    await clock.advance(2 * IDLE_MS)
    must(await settled(changes.apply(id)))
    await clock.advance(30_000)
    expectElsewhere(id)
    expectUntouched()
    expect(cluster.settings.written).toEqual([])
    // What was planned is what is planned again, on its own cluster.
    cluster.leadsTo.clear()
    await clock.advance(10_000)
    must(await settled(changes.plan(id)))
    must(await settled(changes.validate(id)))
    confirm(id)
    expect((await applied(id)).state).toBe('verified')
    expect(overridesOf(topicName(0))).toMatchObject({ 'compression.type': 'zstd' })
    expectUntouched()
  })

  it('only for connections that are made from now on: the write has one of its own, and is not sent over it', async () => {
    const { id } = await confirmed(DRAFT)
    // Links that stand go on; those of the change are made anew.
    await clock.advance(2 * IDLE_MS)
    cluster.lead(ALL, other, 'keep')
    must(await settled(changes.apply(id)))
    await clock.advance(30_000)
    expectElsewhere(id)
    expectUntouched()
    expect(cluster.settings.written).toEqual([])
  })

  it('between two of its topics: it is stopped, and says where they lead', async () => {
    const topics = [topicName(0), topicName(1)]
    const { id } = await confirmed(onTopics(topics, COMPRESSION))
    onReach.act = (reached) => {
      if (reached === 'between-batches') cluster.lead(ALL, other)
    }
    must(await settled(changes.apply(id)))
    await clock.advance(30_000)
    const { results } = view(id)
    expect(results.map(({ topic, outcome }) => [topic, outcome])).toEqual([
      [topics[0], 'applied'],
      [topics[1], 'not-begun'],
    ])
    const stopped = journal.rows(id).flatMap(({ event }) => (event.type === 'stopped' ? [event.why] : []))
    expect(stopped).toEqual([
      { id: 'stop.changed', args: { what: { id: 'changed.cluster', args: { cluster: 'other' } } } },
    ])
    expectUntouched()
  })

  it.each(['sent', 'answered'] as const satisfies readonly Checkpoint[])(
    'when it is %s: it is not verified there, and settled on its own cluster once that is back',
    async (point) => {
      const { id } = await confirmed(DRAFT)
      onReach.act = (reached) => {
        if (reached === point) cluster.lead(ALL, other)
      }
      await settled(changes.apply(id))
      await clock.advance(60_000)
      expect(view(id)).toMatchObject({
        state: 'applied',
        problem: { code: 'other-cluster', detail: { text: 'other-cluster', clusterId: 'other' } },
      })
      expectUntouched()
      expect(overridesOf(topicName(0))).toMatchObject({ 'compression.type': 'zstd' })
      onReach.act = () => undefined
      cluster.leadsTo.clear()
      await clock.until('nothing is in the way any more', () => view(id).problem === null, 120_000)
      must(await settled(changes.verify(id)))
      expect(view(id).state).toBe('verified')
      expect(journal.types(id)).not.toContain('conflicted')
    },
  )

  it.each([
    'drafted',
    'plan-read',
    'planned',
    'validated',
    'confirmed',
    'applying',
    're-read',
    'sending',
    'ended',
    'before-verify',
    'verified',
    'watch-begun',
    'during-watch',
  ] as const satisfies readonly Checkpoint[])('when it is %s: no question and no write goes there', async (point) => {
    onReach.act = (reached) => {
      if (reached === point) cluster.lead(ALL, other)
    }
    const { id } = must(changes.draft({ id: '', cluster: 'c', draft: DRAFT }))
    await settled(changes.plan(id))
    await settled(changes.validate(id))
    if (view(id).state === 'validated') confirm(id)
    await settled(changes.apply(id))
    await clock.advance(2 * IDLE_MS)
    expect(other.asked.length).toBeGreaterThan(0)
    expectUntouched()
  })

  it('before the undo is sent: nothing is written there', async () => {
    const { id } = await done(DRAFT)
    expect(view(id).state).toBe('verified')
    const undo = must(await settled(changes.undo({ id, cluster: 'c' })))
    cluster.lead(ALL, other)
    await clock.advance(2 * IDLE_MS)
    const answer = await settled(changes.plan(undo.id))
    expect(answer).toMatchObject({ ok: false, error: { code: 'other-cluster' } })
    expectUntouched()
    expect(overridesOf(topicName(0))).toMatchObject({ 'compression.type': 'zstd' })
  })

  it('before it is planned: there is no plan', async () => {
    const { id } = must(changes.draft({ id: '', cluster: 'c', draft: DRAFT }))
    cluster.lead(ALL, other)
    await clock.advance(2 * IDLE_MS)
    expect(await settled(changes.plan(id))).toMatchObject({ ok: false, error: { code: 'other-cluster' } })
    cluster.leadsTo.clear()
    await clock.advance(10_000)
    expect((await planned(DRAFT)).plan).not.toBeNull()
    expectUntouched()
  })
})

describe('the names lead to another cluster while leaders move back', () => {
  const PARTITIONS = [0, 1]
  const draft = { kind: 'election', partitions: [{ topic: topicName(0), partitions: PARTITIONS }] } as const
  const leaders = (of: FakeCluster): number[] => PARTITIONS.map((one) => of.partition(topicName(0), one).leader)

  beforeEach(async () => {
    for (const one of [cluster, other])
      one.each((partition) => {
        partition.leader = partition.replicas[1]!
        partition.leaderEpoch += 1
      })
    await clock.advance(3_000)
  })

  it.each([
    'drafted',
    'planned',
    'confirmed',
    'applying',
    're-read',
    'sending',
    'sent',
    'answered',
    'ended',
    'before-verify',
    'verified',
  ] as const satisfies readonly Checkpoint[])('when it is %s: nobody is elected there', async (point) => {
    const before = leaders(other)
    onReach.act = (reached) => {
      if (reached === point) cluster.lead(ALL, other)
    }
    const { id } = must(changes.draft({ id: '', cluster: 'c', draft }))
    await settled(changes.plan(id))
    const { state, needs } = view(id)
    // With every broker silent there is nothing that could be confirmed.
    if (state === 'planned' && needs!.kind !== 'never') confirm(id)
    await settled(changes.apply(id))
    await clock.advance(2 * IDLE_MS)
    expect(other.asked.length).toBeGreaterThan(0)
    expectUntouched()
    expect(leaders(other)).toEqual(before)
    onReach.act = () => undefined
    cluster.leadsTo.clear()
    await clock.until('told', () => !['applying', 'unknown'].includes(view(id).state), 120_000)
    const preferred = PARTITIONS.map((one) => cluster.partition(topicName(0), one).replicas[0])
    const moved = view(id).results.map(({ outcome }) => outcome === 'applied')
    const now = leaders(cluster)
    expect(moved.every((has, at) => has === (now[at] === preferred[at]))).toBe(true)
    expectUntouched()
  })
})
