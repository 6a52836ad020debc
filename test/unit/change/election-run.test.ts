import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeDraft } from '../../../src-main/contract/change'
import {
  applied,
  changes,
  confirm,
  confirmed,
  endChanges,
  journal,
  live,
  must,
  onReach,
  planned,
  startChanges,
  topicName,
  view,
} from '../../support/opened-changes'
import { settled } from '../../support/live-cluster'
import { clock, cluster, watchOver } from '../../support/opened-session'
import { say } from '../../../src-main/shared/words/say'
import { electionPlan } from '../../support/plan-kinds'

watchOver()
afterEach(endChanges)

const draft = (topics: number, partitions: number): ChangeDraft => ({
  kind: 'election',
  partitions: Array.from({ length: topics }, (_, at) => ({
    topic: topicName(at),
    partitions: Array.from({ length: partitions }, (_p, number) => number),
  })),
})

async function moveAway(): Promise<void> {
  cluster.each((partition) => {
    partition.leader = partition.replicas[1]!
    partition.leaderEpoch += 1
  })
  await clock.advance(3_000)
}

const preferredLead = (): boolean => {
  let all = true
  cluster.each((partition) => {
    all &&= partition.leader === partition.replicas[0]
  })
  return all
}

describe('leaders back', () => {
  beforeEach(async () => {
    await startChanges({ topics: 4, partitionsPerTopic: 60 })
    await moveAway()
  })

  it('in batches of at most a hundred, each waited for, then verified', async () => {
    const { id } = await confirmed(draft(4, 60))
    const after = await applied(id)
    expect(preferredLead()).toBe(true)
    const sizes = journal.rows(id).flatMap(({ event }) => (event.type === 'sending' ? [event.rows.length] : []))
    expect(sizes).toEqual([100, 100, 40])
    expect(after).toMatchObject({ state: 'verified', verification: { outcome: 'verified', differences: [] } })
    expect(after.results.every(({ outcome }) => outcome === 'applied')).toBe(true)
  })

  it('is not tried out, not taken back, and says how leaders will be', async () => {
    const { id, plan } = await planned(draft(1, 60))
    const { leaders } = electionPlan({ plan })
    expect(leaders.reduce((sum, { before }) => sum + before, 0)).toBe(240)
    expect(leaders.reduce((sum, { after }) => sum + after, 0)).toBe(240)
    expect(await changes.validate(id)).toMatchObject({ ok: false, error: { code: 'unsupported' } })
    confirm(id)
    await applied(id)
    expect(await changes.undo({ id, cluster: live.id })).toMatchObject({
      ok: false,
      error: { code: 'unsupported', detail: { text: 'election' } },
    })
  })

  it('each partition has its own result: led already meanwhile, preferred replica gone', async () => {
    const { id } = await confirmed(draft(1, 3))
    onReach.act = (point) => {
      if (point !== 'sending') return
      const led = cluster.partition(topicName(0), 0)
      led.leader = led.replicas[0]!
      const gone = cluster.partition(topicName(0), 1)
      gone.isr = gone.isr.filter((broker) => broker !== gone.replicas[0])
      cluster.touch()
    }
    const { results } = await applied(id)
    expect(results.map(({ outcome, error }) => [outcome, error])).toEqual([
      ['not-needed', 84],
      ['refused', 80],
      ['applied', 0],
    ])
    expect(results[1]!.message).toEqual({ id: 'result.preferred-away', args: {} })
  })

  it('without the right: our own words instead of a dump', async () => {
    for (const broker of cluster.brokers.values()) broker.errors.set('elect', 31)
    const { id } = await confirmed(draft(1, 2))
    const failed = await applied(id)
    expect(failed.state).toBe('failed')
    expect(say('en', failed.results[0]!.message!)).toBe('not allowed: an election needs the right Alter on the cluster')
  })

  it('an election without an answer is settled by who leads', async () => {
    cluster.facts.fates.elect.push('done-cut')
    const { id } = await confirmed(draft(1, 2))
    expect(await applied(id)).toMatchObject({
      state: 'verified',
      results: [{ outcome: 'applied' }, { outcome: 'applied' }],
    })
    expect(journal.types(id)).toContain('settled')
  })

  it('one that never arrived was not carried out', async () => {
    cluster.facts.fates.elect.push('cut')
    const { id } = await confirmed(draft(1, 2))
    expect(await applied(id)).toMatchObject({
      state: 'failed',
      results: [{ outcome: 'refused', message: { id: 'result.as-before', args: {} } }, { outcome: 'refused' }],
    })
  })

  it('stops when a partition falls under min ISR, and the rest can be taken up', async () => {
    const { id } = await confirmed(draft(4, 60))
    onReach.act = (point) => {
      if (point !== 'answered') return
      const partition = cluster.partition(topicName(3), 0)
      partition.isr = [partition.leader]
      cluster.touch()
    }
    const stopped = await applied(id)
    expect(stopped.results.filter(({ outcome }) => outcome === 'applied')).toHaveLength(100)
    expect(journal.rows(id).find(({ event }) => event.type === 'stopped')!.event).toMatchObject({ by: 'watch' })
    await clock.advance(61_000)
    const { id: rest, draft: left } = must(await settled(changes.rest(id)))
    expect(
      left.kind === 'election' && left.partitions.reduce((sum, { partitions }) => sum + partitions.length, 0),
    ).toBe(140)
    expect(electionPlan(must(await settled(changes.plan(rest)))).partitions).toHaveLength(140)
  })

  it('nothing to move cannot be sent', async () => {
    const { id } = await confirmed(draft(4, 60))
    await applied(id)
    const again = await planned(draft(4, 60))
    expect(again).toMatchObject({ needs: { kind: 'never' } })
    expect(electionPlan(again).partitions.filter(({ fate }) => fate === 'already')).toHaveLength(240)
    expect(view(again.id).next).not.toContain('confirm')
  })
})
