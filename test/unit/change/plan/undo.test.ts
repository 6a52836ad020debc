import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foldChange } from '../../../../src-main/change/book/fold'
import {
  applied,
  changes,
  confirm,
  done,
  endChanges,
  journal,
  live,
  must,
  onTopics,
  overridesOf,
  removal,
  setTo,
  startChanges,
  topicName,
  view,
} from '../../../support/opened-changes'
import { settled } from '../../../support/live-cluster'
import { clock, cluster, session, watchOver } from '../../../support/opened-session'
import { configPlan } from '../../../support/plan-kinds'

watchOver()
beforeEach(() => startChanges())
afterEach(endChanges)

const COMPRESSION = setTo('compression.type', 'zstd')

async function undone(id: string): Promise<ReturnType<typeof view>> {
  const undo = must(await settled(changes.undo({ id, cluster: live.id })))
  must(await settled(changes.validate(undo.id)))
  confirm(undo.id)
  return applied(undo.id)
}

describe('taking a change back', () => {
  it('restores exactly the earlier overrides: a first override is removed, an earlier value is set', async () => {
    cluster.topic(topicName(0))!.settings.set('compression.type', 'gzip')
    const before = [overridesOf(topicName(0)), overridesOf(topicName(1))]
    const { id } = await done(
      onTopics([topicName(0), topicName(1)], COMPRESSION, setTo('preallocate', 'true'), removal('min.insync.replicas')),
    )
    const undo = await undone(id)
    expect(undo).toMatchObject({ state: 'verified', undoOf: id })
    expect([overridesOf(topicName(0)), overridesOf(topicName(1))]).toEqual(before)
    expect(view(id)).toMatchObject({ state: 'undone', undoneBy: undo.id, next: [] })
  })

  it('can itself be taken back', async () => {
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    const after = overridesOf(topicName(0))
    const undo = await undone(id)
    await undone(undo.id)
    expect(overridesOf(topicName(0))).toEqual(after)
    expect(view(undo.id).state).toBe('undone')
  })

  it('leaves lines that can be read again, also of a change that was watched while many others were opened', async () => {
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    expect(view(id).watching!.outcome).toBe('running')
    for (let more = 0; more < 60; more += 1)
      must(changes.draft({ id: '', cluster: live.id, draft: onTopics([topicName(1)], COMPRESSION) }))
    const undo = await undone(id)
    await clock.until('the watch of the undo is over', () => view(undo.id).watching?.outcome === 'calm', 120_000)
    expect(foldChange(journal.rows(id), clock.now())).toMatchObject({ state: 'undone', undoneBy: undo.id })
  })

  it('does not touch keys that somebody else changed since', async () => {
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    cluster.topic(topicName(0))!.settings.set('retention.ms', '77')
    await undone(id)
    expect(overridesOf(topicName(0))).toMatchObject({ 'retention.ms': '77' })
    expect(overridesOf(topicName(0))).not.toHaveProperty('compression.type')
  })

  it('is refused with a three-way difference when somebody changed the same key since', async () => {
    cluster.topic(topicName(0))!.settings.set('compression.type', 'gzip')
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    cluster.topic(topicName(0))!.settings.set('compression.type', 'lz4')
    const undo = must(await settled(changes.undo({ id, cluster: live.id })))
    expect(undo).toMatchObject({
      state: 'planned',
      plan: { level: 'refused' },
      needs: { kind: 'never' },
      next: ['plan', 'discard'],
    })
    expect(undo.conflict!.config).toEqual([
      { topic: topicName(0), key: 'compression.type', base: 'zstd', now: 'lz4', wanted: 'gzip' },
    ])
    expect(changes.confirm({ id: undo.id, ticks: [], typed: '', reason: '' }).ok).toBe(false)
    expect(overridesOf(topicName(0))['compression.type']).toBe('lz4')
  })

  it('is refused for a topic that is gone', async () => {
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    cluster.deleteTopic(topicName(0))
    const undo = must(await settled(changes.undo({ id, cluster: live.id })))
    expect(undo).toMatchObject({
      plan: { level: 'refused', conflict: { gone: [topicName(0)] } },
      needs: { kind: 'never' },
    })
  })

  it('says what it cannot bring back, as the change itself did beforehand', async () => {
    const { id } = await done(onTopics([topicName(0)], setTo('retention.ms', '604800001')))
    expect(configPlan(view(id)).cannotRestore).toEqual(['records-deleted'])
    const undo = must(await settled(changes.undo({ id, cluster: live.id })))
    expect(configPlan(undo).cannotRestore).toEqual(['records-deleted'])
  })

  it('says that a value Kafka never told cannot be put back', async () => {
    cluster.settings.defaults.set('vendor.secret', { value: null, source: 5, type: 9, sensitive: true })
    cluster.topic(topicName(0))!.settings.set('vendor.secret', 'hidden')
    const { id } = await done(onTopics([topicName(0)], removal('vendor.secret'), COMPRESSION))
    expect(configPlan(view(id)).cannotRestore).toEqual(['value-hidden'])
    const undo = must(await settled(changes.undo({ id, cluster: live.id })))
    expect(undo.plan).toMatchObject({ items: [{ key: 'compression.type' }], cannotRestore: ['value-hidden'] })
  })

  it('happens once: not twice, and its edits are fixed', async () => {
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    const undo = await undone(id)
    expect(await changes.undo({ id, cluster: live.id })).toMatchObject({
      ok: false,
      error: { code: 'conflict', detail: { text: 'undone', by: undo.id } },
    })
    const again = must(await settled(changes.undo({ id: undo.id, cluster: live.id })))
    expect(
      changes.draft({ id: again.id, cluster: live.id, draft: onTopics([topicName(1)], COMPRESSION) }),
    ).toMatchObject({ ok: false, error: { detail: { text: 'undo-fixed' } } })
  })

  it('that was carried out in part does not make the change undone', async () => {
    const { id } = await done(onTopics([topicName(0), topicName(1)], COMPRESSION))
    cluster.settings.refuse = ({ topic }, validateOnly) =>
      !validateOnly && topic === topicName(1) ? { error: 44, message: 'no' } : null
    const undo = await undone(id)
    cluster.settings.refuse = () => null
    expect(undo.results.map(({ outcome }) => outcome).sort()).toEqual(['applied', 'refused'])
    expect(view(id)).toMatchObject({ state: 'verified', undoneBy: '' })
    expect(overridesOf(topicName(1))).toMatchObject({ 'compression.type': 'zstd' })
  })

  it('leaves out topics on which nothing was applied', async () => {
    cluster.settings.refuse = ({ topic }, validateOnly) =>
      !validateOnly && topic === topicName(1) ? { error: 44, message: 'no' } : null
    const { id } = await done(onTopics([topicName(0), topicName(1)], COMPRESSION))
    cluster.settings.refuse = () => null
    const undo = must(await settled(changes.undo({ id, cluster: live.id })))
    expect(undo.plan!.topics).toEqual([topicName(0)])
  })
})

it('topics with names that every object has are topics like others', async () => {
  const names = ['__proto__', 'constructor', '-._']
  names.forEach((name, at) => Object.assign(cluster.topics[at]!, { name }))
  cluster.touch()
  cluster.topic('__proto__')!.settings.set('retention.ms', '777')
  await clock.advance(3_000)
  const before = names.map(overridesOf)
  const { id } = await done(onTopics(names, COMPRESSION, setTo('retention.ms', '999')))
  expect(view(id).state).toBe('verified')
  expect(overridesOf('__proto__')).toEqual({ ...before[0], 'compression.type': 'zstd', 'retention.ms': '999' })
  expect((await undone(id)).state).toBe('verified')
  expect(names.map(overridesOf)).toEqual(before)
  expect(must(changes.report([id], 'csv')).text).toContain(',__proto__,,retention.ms,777,topic,999,topic,')
})

describe('watching', () => {
  it('says loudly what got worse, once, and keeps saying it', async () => {
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    const partition = cluster.partition(topicName(0), 1)
    const isr = [...partition.isr]
    partition.isr = [partition.leader]
    cluster.touch()
    await clock.until('the alarm', () => (view(id).watching?.alarms.length ?? 0) > 0)
    expect(view(id)).toMatchObject({
      state: 'verified',
      watching: { outcome: 'running', alarms: [{ topic: topicName(0), partition: 1, state: 'under-min-isr' }] },
    })
    partition.isr = isr
    cluster.touch()
    await clock.advance(61_000)
    expect(view(id)).toMatchObject({ state: 'watched', watching: { outcome: 'alarm' } })
    expect(view(id).next[0]).toBe('undo')
    expect(journal.types(id).filter((type) => type === 'watched')).toHaveLength(3)
  })

  it('raises no alarm for what was not well before', async () => {
    const partition = cluster.partition(topicName(0), 1)
    partition.isr = [partition.leader]
    cluster.touch()
    await clock.advance(2_000)
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    await clock.advance(61_000)
    expect(view(id).watching).toMatchObject({ outcome: 'calm' })
  })

  it('does not say that all was well when nobody looked', async () => {
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    await clock.advance(20_000)
    for (const broker of [1, 2, 3]) cluster.hang(broker)
    await clock.advance(25_000)
    for (const broker of [1, 2, 3]) cluster.revive(broker)
    await clock.until('the minute is over', () => view(id).state === 'watched', 30_000)
    const watching = view(id).watching!
    expect(watching.outcome).toBe('unseen')
    const unseenMs = watching.outcome === 'unseen' ? watching.unseenMs : Number.NaN
    expect(unseenMs).toBeGreaterThanOrEqual(24_000)
    expect(unseenMs).toBeLessThan(40_000)
  })

  it('nor when the cluster was paused to the end', async () => {
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    await clock.advance(30_000)
    session.pause(true)
    await clock.advance(31_000)
    expect(view(id)).toMatchObject({ state: 'watched', watching: { outcome: 'unseen' } })
  })

  it('looks often enough where the reading is slow by choice', async () => {
    session.cadence(60_000)
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    const partition = cluster.partition(topicName(0), 1)
    const isr = [...partition.isr]
    await clock.advance(20_000)
    partition.isr = [partition.leader]
    cluster.touch()
    await clock.advance(12_000)
    partition.isr = isr
    cluster.touch()
    await clock.advance(30_000)
    expect(view(id).watching).toMatchObject({ outcome: 'alarm', alarms: [{ partition: 1, state: 'under-min-isr' }] })
  })

  it('ends when the change is taken back', async () => {
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    await undone(id)
    await clock.advance(61_000)
    expect(view(id)).toMatchObject({ state: 'undone', watching: { outcome: 'taken-back' }, progress: null })
  })

  it('a change that does not hold is told by its differences', async () => {
    cluster.settings.hold(1)
    cluster.settings.hold(2)
    cluster.settings.hold(3)
    const { id } = await done(onTopics([topicName(0)], COMPRESSION))
    expect(view(id)).toMatchObject({ state: 'applied', verification: { outcome: 'differs', brokers: [] } })
    expect(view(id).verification!.differences[0]).toMatchObject({
      topic: topicName(0),
      key: 'compression.type',
      value: 'producer',
      source: 5,
    })
    for (const broker of [1, 2, 3]) cluster.settings.catchUp(broker)
    expect(must(await settled(changes.verify(id))).state).toBe('verified')
  })
})
