import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CHECKPOINTS, onCheckpoint, readCheckpoint } from '../../../src-main/change/book/checkpoints'
import type { Checkpoint } from '../../../src-main/change/book/checkpoints'
import { foldChange } from '../../../src-main/change/book/fold'
import {
  applied,
  changes,
  confirm,
  done,
  endChanges,
  journal,
  live,
  must,
  onReach,
  onTopics,
  overridesOf,
  rested,
  restart,
  setTo,
  startChanges,
  topicName,
  view,
} from '../../support/opened-changes'
import { settled } from '../../support/live-cluster'
import { clock, cluster, errors, watchOver } from '../../support/opened-session'

watchOver()
beforeEach(() => startChanges({ topics: 3 }))
afterEach(endChanges)

const COMPRESSION = setTo('compression.type', 'zstd')
const TWO = onTopics([topicName(0), topicName(1)], COMPRESSION)

class SuddenEnd extends Error {}

/** From here on nothing is written any more, as if the process had been killed at this point. */
function killAt(point: Checkpoint): { readonly dead: () => boolean } {
  let dead = false
  const reach = onCheckpoint({ point, nth: 1 }, () => {
    dead = true
    journal.dead = true
    throw new SuddenEnd(point)
  })
  onReach.act = (at) => {
    if (dead) throw new SuddenEnd('dead')
    reach(at)
  }
  return { dead: () => dead }
}

async function untilKilled(point: Checkpoint): Promise<string> {
  const { dead } = killAt(point)
  const steps = async (): Promise<void> => {
    const { id } = must(changes.draft({ id: '', cluster: live.id, draft: TWO }))
    must(await settled(changes.plan(id)))
    must(await settled(changes.validate(id)))
    confirm(id)
    must(await settled(changes.apply(id)))
    await clock.advance(90_000)
  }
  await steps().catch(() => undefined)
  expect(dead()).toBe(true)
  errors.length = 0
  onReach.act = () => undefined
  return journal.all[0]!.change
}

describe('a sudden end', () => {
  it.each(['drafted', 'plan-read', 'planned', 'validated', 'confirmed'] as const)(
    'at %s: nothing was sent, and the plan is made again',
    async (point) => {
      const id = await untilKilled(point)
      clock.jump(5_000)
      restart()
      changes.clusterLive(live.id)
      await clock.advance(1_000)
      expect(cluster.settings.written).toEqual([])
      expect(view(id).next[0]).toBe('plan')
      expect(await changes.apply(id)).toMatchObject({ ok: false, error: { code: 'conflict' } })
      must(await settled(changes.plan(id)))
      expect(view(id).next[0]).toBe('validate')
    },
  )

  it.each([
    'applying',
    're-read',
    'sending',
    'sent',
    'answered',
    'between-batches',
    'ended',
    'before-verify',
    'verified',
    'watch-begun',
    'during-watch',
  ] as const)('at %s: the journal is settled by reading, nothing is sent twice', async (point) => {
    const id = await untilKilled(point)
    const sent = cluster.settings.written.length
    clock.jump(5_000)
    restart()
    const interrupted = view(id)
    if (interrupted.state === 'applying') expect(interrupted.next).toEqual(['settle'])
    changes.clusterLive(live.id)
    const after = await rested(id)
    await clock.advance(5_000)
    expect(cluster.settings.written).toHaveLength(sent)
    for (const { topic, outcome } of after.results) {
      expect([topic, overridesOf(topic)['compression.type'] ?? 'none']).toEqual([
        topic,
        outcome === 'applied' ? 'zstd' : 'none',
      ])
    }
    expect(after.results).toHaveLength(2)
    const isApplied = after.results.some(({ outcome }) => outcome === 'applied')
    expect(view(id)).toMatchObject(
      isApplied ? { state: 'watched', watching: { outcome: 'cut-short' } } : { state: 'failed' },
    )
    // What is shown is what the lines alone tell.
    expect(foldChange(journal.rows(id), clock.now())).toMatchObject({
      state: view(id).state,
      results: view(id).results,
    })
  })

  it("a change of a cluster that was saved anew meanwhile is found by Kafka's own id", async () => {
    const id = await untilKilled('sent')
    for (const row of journal.all) Object.assign(row, { cluster: 'gone' })
    restart()
    expect(await changes.settle(id)).toMatchObject({ ok: false, error: { detail: { text: 'not-open' } } })
    changes.clusterLive(live.id)
    expect((await rested(id)).results).toMatchObject([{ outcome: 'applied' }, { outcome: 'not-begun' }])
  })

  it('a profile that leads to another Kafka cluster today is not read for it', async () => {
    const id = await untilKilled('sent')
    restart()
    for (const row of journal.all) Object.assign(row, { clusterId: 'another' })
    changes.clusterLive(live.id)
    await clock.advance(5_000)
    expect(await changes.settle(id)).toMatchObject({
      ok: false,
      error: { code: 'conflict', detail: { text: 'other-cluster', clusterId: live.clusterId()! } },
    })
    expect(view(id)).toMatchObject({ state: 'applying', next: ['settle'] })
  })

  it.each(['before-verify', 'verified'] as const)(
    'an undo that was interrupted at %s marks the original afterwards',
    async (point) => {
      const { id } = await done(TWO)
      const undo = must(await settled(changes.undo({ id, cluster: live.id })))
      must(await settled(changes.validate(undo.id)))
      confirm(undo.id)
      const { dead } = killAt(point)
      must(await settled(changes.apply(undo.id)))
      await clock.until('the end', dead)
      onReach.act = () => undefined
      errors.length = 0
      restart()
      changes.clusterLive(live.id)
      await rested(undo.id)
      expect(view(id)).toMatchObject({ state: 'undone', undoneBy: undo.id })
    },
  )
})

it('a change that waits for nothing is left alone when its cluster comes up', async () => {
  const { id } = await applied((await plannedAndConfirmed()).id)
  await clock.advance(61_000)
  const lines = journal.all.length
  restart()
  changes.clusterLive(live.id)
  await clock.advance(5_000)
  expect(journal.all).toHaveLength(lines)
  expect(view(id).state).toBe('watched')
})

async function plannedAndConfirmed(): Promise<ReturnType<typeof view>> {
  const { id } = must(changes.draft({ id: '', cluster: live.id, draft: TWO }))
  must(await settled(changes.plan(id)))
  must(await settled(changes.validate(id)))
  return confirm(id)
}

it.each([
  ['sending', { point: 'sending', nth: 1 }],
  ['sent:3', { point: 'sent', nth: 3 }],
  ['nowhere', null],
  ['sent:0', null],
  ['', null],
])('%j as a checkpoint', (text, wanted) => {
  expect(readCheckpoint(text)).toEqual(wanted)
})

it('there are enough points to be killed at', () => {
  expect(CHECKPOINTS.length).toBeGreaterThanOrEqual(14)
})
