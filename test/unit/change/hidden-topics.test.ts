/**
 * The right to describe a topic is taken away in the middle of a change. Metadata leaves the topic out as if it had been deleted, and what it is now called
 * says so; the right to read its settings may still be there.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { say } from '../../../src-main/shared/words/say'
import { settled } from '../../support/live-cluster'
import {
  applied,
  changes,
  confirmed,
  done,
  endChanges,
  live,
  must,
  onReach,
  onTopics,
  overridesOf,
  setTo,
  startChanges,
  topicName,
  view,
} from '../../support/opened-changes'
import { clock, cluster, watchOver } from '../../support/opened-session'

const TOPIC = topicName(0)
const OTHER = topicName(1)
const DRAFT = onTopics([TOPIC, OTHER], setTo('compression.type', 'zstd'))

function hide(topic: string): void {
  cluster.hidden.add(topic)
  cluster.touch()
}

describe('a topic that this login may not describe any more', () => {
  watchOver()
  beforeEach(() => startChanges({ topics: 3 }))
  afterEach(endChanges)

  it('before the plan: it is not seen', async () => {
    hide(TOPIC)
    const { id } = must(changes.draft({ id: '', cluster: live.id, draft: DRAFT }))
    expect(await settled(changes.plan(id))).toMatchObject({
      ok: false,
      error: { code: 'not-found', detail: { text: 'not-seen', topic: TOPIC } },
    })
  })

  it('between the plan and its first write: a conflict, and nothing is written', async () => {
    const { id } = await confirmed(DRAFT)
    hide(TOPIC)
    expect(await applied(id)).toMatchObject({
      state: 'conflict',
      conflict: { kind: 'plan', gone: [TOPIC], anew: [], config: [], replication: [] },
    })
    expect(overridesOf(TOPIC)).not.toHaveProperty('compression.type')
  })

  it('between two batches: what is left is not written, and why does not say that it was deleted', async () => {
    const { id } = await confirmed(DRAFT)
    onReach.act = (reached) => {
      if (reached === 'between-batches') hide(OTHER)
    }
    const stopped = await applied(id)
    expect(stopped.results.map(({ outcome }) => outcome)).toEqual(['applied', 'not-begun'])
    expect(say('en', stopped.problem!.why!)).toContain(`${OTHER} was deleted, or is no longer visible to this login`)
    expect(overridesOf(OTHER)).not.toHaveProperty('compression.type')
  })

  it('while it is watched: an alarm, never calm', async () => {
    const { id } = await done(DRAFT)
    hide(TOPIC)
    await clock.advance(61_000)
    expect(view(id)).toMatchObject({
      watching: { outcome: 'alarm', alarms: [{ topic: TOPIC, partition: -1, state: 'gone' }] },
    })
  })

  it('while an election had no answer: nobody can tell what became of it', async () => {
    const partition = cluster.topic(TOPIC)!.partitions[0]!
    partition.leader = partition.replicas[1]!
    cluster.touch()
    const { id } = await confirmed({ kind: 'election', partitions: [{ topic: TOPIC, partitions: [0] }] })
    cluster.facts.fates.elect.push('cut')
    onReach.act = (reached) => {
      if (reached === 'sent') hide(TOPIC)
    }
    expect((await applied(id)).results).toMatchObject([{ outcome: 'unknown', message: { id: 'result.unread' } }])
  })
})
