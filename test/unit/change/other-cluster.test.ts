import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Checkpoint } from '../../../src-main/change/book/checkpoints'
import { IDLE_MS } from '../../../src-main/change/links/links'
import { FakeCluster } from '../../support/fake-cluster'
import {
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

describe('the names lead to another cluster', () => {
  it('after it was confirmed: nothing is written there, and the change does not begin', async () => {
    const { id } = await confirmed(DRAFT)
    cluster.lead(ALL, other)
    await clock.advance(2 * IDLE_MS)
    const answer = await settled(changes.apply(id))
    await clock.advance(30_000)
    const { state, results } = view(id)
    expect(['confirmed', 'failed']).toContain(state)
    expect(results.filter(({ outcome }) => outcome === 'applied')).toEqual([])
    if (!answer.ok) expect(answer.error.code).toBe('other-cluster')
    expectUntouched()
    expect(cluster.settings.written).toEqual([])
  })

  it('only for connections that are made from now on: the write has one of its own, and is not sent over it', async () => {
    const { id } = await confirmed(DRAFT)
    // Links that stand go on; those of the change are made anew.
    await clock.advance(2 * IDLE_MS)
    cluster.lead(ALL, other, 'keep')
    await settled(changes.apply(id))
    await clock.advance(30_000)
    expect(view(id).results.filter(({ outcome }) => outcome === 'applied')).toEqual([])
    expect(view(id).state).not.toBe('verified')
    expectUntouched()
    expect(cluster.settings.written).toEqual([])
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
      expect(view(id).state).not.toBe('verified')
      expectUntouched()
      expect(overridesOf(topicName(0))).toMatchObject({ 'compression.type': 'zstd' })
      onReach.act = () => undefined
      cluster.leadsTo.clear()
      await clock.until('told', () => !['unknown', 'applying'].includes(view(id).state), 120_000)
      expect(['applied', 'verified', 'watched']).toContain(view(id).state)
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
