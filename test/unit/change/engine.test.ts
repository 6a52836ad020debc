import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  changes,
  confirm,
  confirmed,
  done,
  endChanges,
  journal,
  live,
  must,
  onTopics,
  overridesOf,
  planned,
  removal,
  reached,
  rested,
  setOpen,
  setTo,
  startChanges,
  topicName,
  view,
} from '../../support/opened-changes'
import { settled } from '../../support/live-cluster'
import { clock, cluster, watchOver } from '../../support/opened-session'
import { saidBy } from '../../support/told-effect'
import { configPlan } from '../../support/plan-kinds'

watchOver()
beforeEach(() => startChanges())
afterEach(endChanges)

const COMPRESSION = setTo('compression.type', 'zstd')

describe('a change from edit to watched', () => {
  it('is written down before each step, and nothing but the edited key changes', async () => {
    cluster.topic(topicName(0))!.settings.set('retention.ms', '3600000')
    const before = overridesOf(topicName(0))
    const verified = await done(onTopics([topicName(0)], COMPRESSION))
    expect(verified.state).toBe('verified')
    expect(verified.verification).toMatchObject({ outcome: 'verified', differences: [] })
    expect(verified.verification!.brokers.length).toBeGreaterThanOrEqual(2)
    expect(overridesOf(topicName(0))).toEqual({ ...before, 'compression.type': 'zstd' })
    expect(cluster.settings.written).toEqual([{ topic: topicName(0), edits: [COMPRESSION] }])
    await clock.advance(61_000)
    expect(view(verified.id)).toMatchObject({ state: 'watched', watching: { outcome: 'calm', alarms: [] } })
    expect(journal.types(verified.id)).toEqual([
      'drafted',
      'planned',
      'validated',
      'confirmed',
      'applying',
      'sending',
      'answered',
      'ended',
      'verified',
      'watched',
      'watched',
    ])
    expect(reached).toContain('during-watch')
  })

  it('tells before, after and where values come from', async () => {
    cluster.topic(topicName(0))!.settings.set('min.insync.replicas', '2')
    const plan = configPlan(
      await planned(onTopics([topicName(0)], removal('min.insync.replicas'), setTo('preallocate', ' TRUE '))),
    )
    expect(plan.items).toEqual([
      {
        topic: 0,
        key: 'min.insync.replicas',
        before: { override: '2', value: '2', source: 1 },
        after: { override: null, value: '1', source: 5 },
      },
      {
        topic: 0,
        key: 'preallocate',
        before: { override: null, value: 'false', source: 5 },
        after: { override: 'true', value: 'true', source: 1 },
      },
    ])
    expect(plan.overrides).toEqual([{ 'min.insync.replicas': '2' }])
    expect(plan.replication[0]).toHaveLength(2)
    expect(plan.commands).toEqual([
      `kafka-configs.sh --bootstrap-server 127.0.0.1:19001 --alter --entity-type topics --entity-name ${topicName(0)} --add-config preallocate=true --delete-config min.insync.replicas`,
    ])
  })

  it('leaves out what would not change, and cannot be confirmed when nothing would', async () => {
    cluster.topic(topicName(0))!.settings.set('compression.type', 'zstd')
    const { plan } = await planned(onTopics([topicName(0), topicName(1)], COMPRESSION, removal('retention.ms')))
    expect(plan).toMatchObject({ topics: [topicName(1)], unchanged: 3 })
    const nothing = await planned(onTopics([topicName(0)], COMPRESSION))
    expect(nothing).toMatchObject({ needs: { kind: 'never' }, next: ['plan', 'edit', 'discard'] })
  })
})

describe('what is refused', () => {
  const code = (result: { ok: boolean; error?: { code: string; detail: object } }): unknown =>
    result.ok ? 'ok' : [result.error!.code, (result.error!.detail as { text?: string }).text]

  it('an unknown change, a cluster that is not open, and steps out of order', async () => {
    expect(code(changes.get('none'))).toEqual(['not-found', undefined])
    const { id } = must(changes.draft({ id: '', cluster: live.id, draft: onTopics([topicName(0)], COMPRESSION) }))
    expect(code(await changes.validate(id))).toEqual(['conflict', 'state'])
    expect(code(await changes.apply(id))).toEqual(['conflict', 'state'])
    expect(code(changes.confirm({ id, ticks: [], typed: '', reason: '' }))).toEqual(['conflict', 'state'])
    expect(code(await changes.settle(id))).toEqual(['conflict', 'state'])
    expect(code(await changes.undo({ id, cluster: live.id }))).toEqual(['conflict', 'nothing-applied'])
    expect(code(await changes.rest(id))).toEqual(['conflict', 'state'])
    expect(code(changes.stop(id))).toEqual(['conflict', 'not-running'])
    setOpen(false)
    expect(code(await changes.plan(id))).toEqual(['not-found', 'not-open'])
    expect(code(changes.draft({ id: '', cluster: live.id, draft: onTopics([topicName(0)], COMPRESSION) }))).toEqual([
      'not-found',
      'not-open',
    ])
  })

  it('edits that contradict each other, and topics that are gone', async () => {
    const plan = async (draft: Parameters<typeof planned>[0]): Promise<unknown> => {
      const { id } = must(changes.draft({ id: '', cluster: live.id, draft }))
      return code(await settled(changes.plan(id)))
    }
    expect(
      await plan({
        kind: 'config',
        groups: [
          { topics: ['a'], edits: [COMPRESSION] },
          { topics: ['a'], edits: [removal('compression.type')] },
        ],
      }),
    ).toEqual(['bad-input', 'duplicate'])
    expect(await plan(onTopics(['nowhere'], COMPRESSION))).toEqual(['not-found', 'topics-gone'])
    expect(
      await plan(
        onTopics(
          Array.from({ length: 1001 }, (_, n) => `t${n}`),
          COMPRESSION,
        ),
      ),
    ).toEqual(['bad-input', 'too-many-topics'])
  })

  it('a second step while one is under way', async () => {
    const { id } = must(changes.draft({ id: '', cluster: live.id, draft: onTopics([topicName(0)], COMPRESSION) }))
    const first = changes.plan(id)
    expect(code(await changes.plan(id))).toEqual(['conflict', 'busy'])
    expect((await settled(first)).ok).toBe(true)
  })

  it('a plan that is being made of edits nobody wants any more', async () => {
    const { id } = must(changes.draft({ id: '', cluster: live.id, draft: onTopics([topicName(0)], COMPRESSION) }))
    const first = changes.plan(id)
    must(changes.draft({ id, cluster: live.id, draft: onTopics([topicName(1)], COMPRESSION) }))
    expect(code(await settled(first))).toEqual(['cancelled', undefined])
    expect(must(await settled(changes.plan(id))).plan!.topics).toEqual([topicName(1)])
    must(changes.discard(id))
    expect(view(id)).toMatchObject({ state: 'discarded', next: [] })
  })

  it('a plan that is too old', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    clock.jump(10 * 60_000 + 1)
    expect(code(await changes.apply(id))).toEqual(['conflict', 'plan-old'])
    expect(view(id).next[0]).toBe('plan')
    expect(cluster.settings.written).toEqual([])
  })

  it('a plan of which nobody can tell how old it is, as the clock was set back', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    clock.jump(-60 * 60_000)
    expect(code(await changes.apply(id))).toEqual(['conflict', 'plan-old'])
    expect(view(id).next[0]).toBe('plan')
  })

  it('but not one that was made after that', async () => {
    clock.jump(-60 * 60_000)
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    expect(view(id).next[0]).toBe('apply')
    expect(code(await settled(changes.apply(id)))).toBe('ok')
  })

  it('applying where nothing can be kept', async () => {
    journal.durable = false
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    expect(code(await changes.apply(id))).toEqual(['storage', 'not-durable'])
    expect(cluster.settings.written).toEqual([])
  })

  it('a broker that would not take it, with its words and what may be removed too', async () => {
    cluster.topic(topicName(0))!.settings.set('old.key', '7')
    const { id } = await planned(onTopics([topicName(0)], COMPRESSION))
    const validated = must(await settled(changes.validate(id)))
    expect(validated.state).toBe('planned')
    expect(validated.validation!.refusals).toEqual([
      { topic: topicName(0), error: 40, message: saidBy('Unknown topic config name: old.key'), removable: 'old.key' },
    ])
    expect(validated.next[0]).toBe('edit')
    expect(cluster.settings.written).toEqual([])
  })
})

describe('confirming', () => {
  it('names what is missing', async () => {
    cluster.topic(topicName(0))!.settings.set('min.insync.replicas', '2')
    const { id, needs } = await planned(onTopics([topicName(0)], setTo('min.insync.replicas', '1')))
    must(await settled(changes.validate(id)))
    expect(needs).toMatchObject({ kind: 'typed', phrase: topicName(0), reason: true })
    const say = (over: object): unknown => {
      const result = changes.confirm({ id, ticks: needs!.ticks, typed: needs!.phrase, reason: 'r', ...over })
      return result.ok ? 'ok' : result.error.detail['text']
    }
    expect(say({ typed: 'yes' })).toBe('phrase-wrong')
    expect(say({ reason: '  ' })).toBe('reason-missing')
    if (needs!.ticks.length > 0) expect(say({ ticks: [] })).toBe('tick-missing')
    expect(say({})).toBe('ok')
    expect(view(id).confirmation).toMatchObject({ reason: 'r', typed: topicName(0) })
  })

  it('falls when the edits change', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    const edited = must(changes.draft({ id, cluster: live.id, draft: onTopics([topicName(1)], COMPRESSION) }))
    expect(edited).toMatchObject({ state: 'draft', plan: null, needs: null, confirmation: null })
  })
})

describe('a line that cannot be written', () => {
  it.each(['planned', 'validated', 'confirmed', 'applying', 'sending'])(
    '%s: nothing is sent, and the step says so',
    async (type) => {
      journal.failAt = type
      const { id } = must(changes.draft({ id: '', cluster: live.id, draft: onTopics([topicName(0)], COMPRESSION) }))
      const run = async (): Promise<void> => {
        must(await settled(changes.plan(id)))
        must(await settled(changes.validate(id)))
        confirm(id)
        must(await settled(changes.apply(id)))
        await clock.until('the step has ended', () => view(id).problem !== null)
      }
      await run().catch((cause: unknown) => expect(String(cause)).toContain('storage'))
      expect(cluster.settings.written).toEqual([])
      if (type === 'sending')
        expect(view(id)).toMatchObject({ state: 'applying', problem: { code: 'storage' }, next: ['settle'] })
    },
  )

  it.each(['answered', 'ended'])('%s: what was sent is found by reading', async (type) => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    journal.failAt = type
    must(await settled(changes.apply(id)))
    await clock.until('the step has ended', () => view(id).problem !== null)
    expect(view(id)).toMatchObject({ state: 'applying', next: ['settle'] })
    journal.failAt = null
    must(await settled(changes.settle(id)))
    expect((await rested(id)).results).toMatchObject([{ topic: topicName(0), outcome: 'applied' }])
    expect(cluster.settings.written).toHaveLength(1)
  })
})
