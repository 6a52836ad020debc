import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ARM_MS } from '../../../src-main/contract/change'
import {
  applied,
  changes,
  confirm,
  confirmed,
  done,
  endChanges,
  journal,
  live,
  must,
  onReach,
  onTopics,
  overridesOf,
  planned,
  rested,
  setTo,
  startChanges,
  topicName,
  view,
} from '../../support/opened-changes'
import { settled } from '../../support/live-cluster'
import { clock, cluster, watchOver } from '../../support/opened-session'
import { saidBy } from '../../support/told-effect'
import { planConflict } from '../../support/plan-kinds'

watchOver()
afterEach(endChanges)

const COMPRESSION = setTo('compression.type', 'zstd')
const MANY = Array.from({ length: 30 }, (_, at) => topicName(at))
const writtenTopics = (): string[] => cluster.settings.written.map(({ topic }) => topic)

describe('between plan and write', () => {
  beforeEach(() => startChanges())

  it('another hand wrote: nothing is sent, and the three values stand side by side', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    cluster.topic(topicName(0))!.settings.set('retention.ms', '5').set('compression.type', 'gzip')
    const conflicted = await applied(id)
    expect(conflicted).toMatchObject({ state: 'conflict', next: ['plan', 'edit', 'discard'] })
    expect(conflicted.conflict!.config).toEqual([
      { topic: topicName(0), key: 'compression.type', base: null, now: 'gzip', wanted: 'zstd', ours: true },
      { topic: topicName(0), key: 'retention.ms', base: null, now: '5', wanted: null, ours: false },
    ])
    expect(writtenTopics()).toEqual([])
    must(await settled(changes.plan(id)))
    must(await settled(changes.validate(id)))
    confirm(id)
    expect((await applied(id)).state).toBe('verified')
  })

  it('the ISR shrank', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    const partition = cluster.partition(topicName(0), 1)
    const [leader, second] = partition.isr
    partition.isr = [leader!, second!]
    cluster.touch()
    const conflicted = await applied(id)
    expect(conflicted.state).toBe('conflict')
    expect(planConflict(conflicted).replication).toMatchObject([{ topic: topicName(0), partition: 1 }])
    expect(writtenTopics()).toEqual([])
  })

  it('a reassignment began: there are more replicas than the plan reckoned with', async () => {
    const partition = cluster.partition(topicName(0), 1)
    const [first, second, third] = partition.replicas
    const both = [first!, second!]
    Object.assign(partition, { replicas: both, isr: both, leader: first })
    cluster.touch()
    await clock.advance(3_000)
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    Object.assign(partition, { replicas: [...both, third!] })
    cluster.touch()
    const conflicted = await applied(id)
    expect(conflicted.state).toBe('conflict')
    const isr = [...both].sort().join(',')
    expect(planConflict(conflicted).replication).toEqual([
      { topic: topicName(0), partition: 1, base: `${first}>${isr}`, now: `${first}>${isr}>1,2,3` },
    ])
    expect(writtenTopics()).toEqual([])
  })

  it('a leader that moved inside the same ISR is no conflict', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    const partition = cluster.partition(topicName(0), 0)
    partition.leader = partition.isr[1]!
    partition.leaderEpoch += 1
    cluster.touch()
    expect((await applied(id)).state).toBe('verified')
  })

  it('the topic was deleted', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    cluster.deleteTopic(topicName(0))
    expect(await applied(id)).toMatchObject({ state: 'conflict', conflict: { gone: [topicName(0)] } })
    expect(writtenTopics()).toEqual([])
  })

  it("the right was taken away: failed, with the broker's words", async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    for (const broker of cluster.brokers.values()) broker.errors.set('alter-configs', 29)
    const failed = await applied(id)
    expect(failed).toMatchObject({
      state: 'failed',
      results: [{ outcome: 'refused', error: 29, message: saidBy('Topic authorization failed.') }],
    })
  })
})

describe('a write without an answer', () => {
  beforeEach(() => startChanges())

  it.each(['done-cut', 'done-hang'] as const)('%s: carried out, as reading shows', async (fate) => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    cluster.facts.fates.alter.push(fate)
    const after = await applied(id)
    expect(after).toMatchObject({ state: 'verified', results: [{ outcome: 'applied' }], problem: null })
    expect(journal.types(id)).toContain('settled')
    expect(writtenTopics()).toEqual([topicName(0)])
  })

  it('cut before it got through: not carried out, and never sent again', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    cluster.facts.fates.alter.push('cut')
    const after = await applied(id)
    expect(after).toMatchObject({
      state: 'failed',
      results: [{ outcome: 'refused', message: { id: 'result.as-before', args: {} } }],
      problem: { detail: { text: 'stopped-by-error' } },
    })
    expect(overridesOf(topicName(0))).not.toHaveProperty('compression.type')
    expect(writtenTopics()).toEqual([])
    expect(after.next).toEqual(['rest'])
    expect(must(await settled(changes.rest(id))).draft).toEqual(after.draft)
  })

  it('error 7 tells nothing: it is read', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    cluster.settings.refuse = (_change, validateOnly) =>
      validateOnly ? null : { error: 7, message: 'The request timed out.' }
    expect(await applied(id)).toMatchObject({
      state: 'failed',
      results: [{ outcome: 'refused', message: { id: 'result.as-before', args: {} } }],
    })
  })

  it.each([true, false])(
    'a frozen broker that took it: unknown until it answers, then what it did (carried out: %s)',
    async (carriedOut) => {
      const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
      let frozen = -1
      onReach.act = (point) => {
        if (point !== 'sending' || frozen !== -1) return
        const sending = journal.rows(id).findLast(({ event }) => event.type === 'sending')!.event
        frozen = sending.type === 'sending' ? sending.broker! : -1
        cluster.hang(frozen)
      }
      const unknown = await applied(id)
      expect(unknown).toMatchObject({ state: 'unknown', next: ['settle'], results: [{ outcome: 'unknown' }] })
      expect(unknown.results[0]!.message).toEqual({ id: 'result.may-come', args: { broker: frozen } })
      expect(overridesOf(topicName(0))).not.toHaveProperty('compression.type')
      // What lay in its socket is carried out as it thaws, or not.
      if (carriedOut) cluster.topic(topicName(0))!.settings.set('compression.type', 'zstd')
      cluster.revive(frozen)
      await clock.until('the change is known', () => view(id).state !== 'unknown', 60_000)
      expect((await rested(id)).results).toMatchObject([{ outcome: carriedOut ? 'applied' : 'refused' }])
      expect(writtenTopics()).toEqual([])
    },
  )

  it('the address of the broker that took it refuses: a relay may be down, so nothing is told before the cluster drops the broker', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    cluster.facts.fates.alter.push('cut')
    let took = -1
    onReach.act = (point) => {
      if (point !== 'sent' || took !== -1) return
      const sending = journal.rows(id).findLast(({ event }) => event.type === 'sending')!.event
      took = sending.type === 'sending' ? sending.broker! : -1
      cluster.kill(took)
    }
    const unknown = await applied(id)
    expect(unknown).toMatchObject({
      state: 'unknown',
      results: [{ outcome: 'unknown', message: { id: 'result.may-come', args: { broker: took } } }],
    })
    cluster.fence(took)
    await clock.until('the change is known', () => view(id).state !== 'unknown', 60_000)
    expect((await rested(id)).results).toMatchObject([
      { outcome: 'refused', message: { id: 'result.as-before', args: {} } },
    ])
  })

  it('another hand wrote the same key since: it cannot be told, and says so', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    cluster.facts.fates.alter.push('done-cut')
    onReach.act = (point) => {
      if (point === 'sent') cluster.topic(topicName(0))!.settings.set('compression.type', 'lz4')
    }
    const after = await applied(id)
    expect(after.state).toBe('unknown')
    must(await settled(changes.settle(id)))
    expect(view(id)).toMatchObject({
      state: 'conflict',
      conflict: { config: [{ key: 'compression.type', base: null, now: 'lz4', wanted: 'zstd', ours: true }] },
    })
  })

  it('a link that broke before it could leave: nothing was begun', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    cluster.facts.fates.alter.push('not-sent')
    const after = await applied(id)
    expect(after.state).toBe('failed')
    expect(writtenTopics()).toEqual([])
  })
})

describe('batches', () => {
  beforeEach(() => startChanges({ topics: 30 }))

  it('one topic first, then twenty at a time', async () => {
    const { id, results } = await done(onTopics(MANY, COMPRESSION))
    expect(results).toHaveLength(30)
    const sizes = journal.rows(id).flatMap(({ event }) => (event.type === 'sending' ? [event.rows.length] : []))
    expect(sizes).toEqual([1, 20, 9])
  })

  it('stop: what is out ends, the rest is not begun and can be taken up', async () => {
    const { id } = await confirmed(onTopics(MANY, COMPRESSION))
    onReach.act = (point) => {
      if (point === 'sent' && writtenTopics().length === 21) must(changes.stop(id))
    }
    const stopped = await applied(id)
    expect(stopped).toMatchObject({
      state: 'verified',
      problem: { code: 'cancelled', detail: { text: 'stopped-by-person' } },
    })
    expect(stopped.results.filter(({ outcome }) => outcome === 'applied')).toHaveLength(21)
    expect(stopped.results.filter(({ outcome }) => outcome === 'not-begun')).toHaveLength(9)
    expect(journal.rows(id).find(({ event }) => event.type === 'stopped')!.event).toMatchObject({ by: 'person' })
    await clock.advance(61_000)
    const rest = must(await settled(changes.rest(id)))
    expect(rest.draft).toMatchObject({ groups: [{ topics: MANY.slice(21), edits: [COMPRESSION] }] })
  })

  it('a partition that falls under min ISR meanwhile stops it', async () => {
    const { id } = await confirmed(onTopics(MANY, COMPRESSION))
    onReach.act = (point) => {
      if (point !== 'sent' || writtenTopics().length !== 1) return
      const partition = cluster.partition(topicName(0), 0)
      partition.isr = [partition.leader]
      cluster.touch()
    }
    const stopped = await applied(id)
    expect(writtenTopics()).toEqual([topicName(0)])
    expect(journal.rows(id).find(({ event }) => event.type === 'stopped')!.event).toMatchObject({
      by: 'watch',
      why: { id: 'stop.under-min-isr', args: { topic: topicName(0), partition: 0 } },
    })
    expect(stopped.results.filter(({ outcome }) => outcome === 'not-begun')).toHaveLength(29)
  })

  it('another hand between two batches stops it: what was sent stays known', async () => {
    const { id } = await confirmed(onTopics(MANY, COMPRESSION))
    onReach.act = (point) => {
      if (point === 'sent') cluster.topic(topicName(5))!.settings.set('retention.ms', '1')
    }
    const stopped = await applied(id)
    expect(stopped.state).toBe('verified')
    expect(stopped.problem!.message).toBe(
      `the cluster has changed since the plan: retention.ms of ${topicName(5)} was not set and is 1`,
    )
    expect(writtenTopics()).toEqual([topicName(0)])
    expect(overridesOf(topicName(5))).not.toHaveProperty('compression.type')
  })

  it('some topics refused, the others applied: told one by one', async () => {
    const { id } = await confirmed(onTopics(MANY, COMPRESSION))
    cluster.settings.refuse = ({ topic }, validateOnly) =>
      !validateOnly && topic === topicName(7) ? { error: 44, message: 'Not by the policy.' } : null
    const after = await applied(id)
    expect(after.results.filter(({ outcome }) => outcome === 'refused')).toEqual([
      { topic: topicName(7), partition: -1, outcome: 'refused', error: 44, message: saidBy('Not by the policy.') },
    ])
    expect(after.results.filter(({ outcome }) => outcome === 'applied')).toHaveLength(29)
  })
})

describe('a read-only cluster', () => {
  beforeEach(() => startChanges({ topics: 30 }, { readOnly: true }))
  const refused = (result: { ok: boolean; error?: { detail: object } }): unknown =>
    result.ok ? 'ok' : result.error!.detail

  it('is confirmed and sent to only while armed', async () => {
    const { id } = await planned(onTopics([topicName(0)], COMPRESSION))
    must(await settled(changes.validate(id)))
    expect(view(id).next[0]).toBe('arm')
    expect(refused(changes.confirm({ id, ticks: [], typed: '', reason: '' }))).toMatchObject({ text: 'not-armed' })
    must(changes.arm(live.id, true))
    confirm(id)
    must(changes.arm(live.id, false))
    expect(refused(await changes.apply(id))).toMatchObject({ text: 'not-armed' })
    must(changes.arm(live.id, true))
    expect((await applied(id)).state).toBe('verified')
  })

  it('is disarmed by time, and says so', async () => {
    const told: number[] = []
    changes.onArmed(({ armedUntil }) => told.push(armedUntil))
    const { armedUntil } = must(changes.arm(live.id, true))
    expect(armedUntil).toBe(clock.now() + ARM_MS)
    clock.jump(ARM_MS)
    await clock.advance(1)
    expect(told).toEqual([armedUntil, Number.NaN])
    expect(changes.armState(live.id).armedUntil).toBeNaN()
  })

  it('is not armed for longer than told because the clock was set back', async () => {
    must(changes.arm(live.id, true))
    const { id } = await confirmed(onTopics([topicName(0)], COMPRESSION))
    clock.jump(-60 * 60_000)
    expect(changes.armState(live.id).armedUntil).toBeNaN()
    expect(must(await settled(changes.plan(id))).next).toContain('validate')
    must(await settled(changes.validate(id)))
    expect(refused(changes.confirm({ id, ticks: [], typed: '', reason: '' }))).toMatchObject({ text: 'not-armed' })
    must(changes.arm(live.id, true))
    expect(changes.armState(live.id).armedUntil).toBe(clock.now() + ARM_MS)
  })

  it('that is disarmed in the middle gets no further batch', async () => {
    must(changes.arm(live.id, true))
    const { id } = await confirmed(onTopics(MANY, COMPRESSION))
    onReach.act = (point) => {
      if (point === 'answered') changes.arm(live.id, false)
    }
    await applied(id)
    expect(writtenTopics()).toEqual([topicName(0)])
    expect(journal.rows(id).find(({ event }) => event.type === 'stopped')!.event).toMatchObject({ by: 'arming' })
  })
})
