/** A name is not the thing: a topic that is deleted and made anew under its name is another one, at every step of a change. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeView } from '../../../src-main/contract/change'
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
import { settled } from '../../support/live-cluster'
import { clock, cluster, watchOver } from '../../support/opened-session'

const TOPIC = topicName(0)
const OTHER = topicName(1)
const DRAFT = onTopics([TOPIC, OTHER], setTo('compression.type', 'zstd'))

function makeAnew(topic = TOPIC): void {
  cluster.deleteTopic(topic)
  cluster.createTopic(topic)
}

async function atPoint(point: string, act: () => void): Promise<ChangeView> {
  const { id } = await confirmed(DRAFT)
  onReach.act = (reached) => {
    if (reached === point) act()
  }
  return applied(id)
}

describe('a topic made anew', () => {
  watchOver()
  beforeEach(() => startChanges({ topics: 3 }))
  afterEach(endChanges)

  it('between the plan and its first write: a conflict, and nothing is written', async () => {
    const { id } = await confirmed(DRAFT)
    makeAnew()
    expect(await applied(id)).toMatchObject({
      state: 'conflict',
      conflict: { kind: 'plan', anew: [TOPIC], gone: [], config: [], replication: [] },
    })
    expect(overridesOf(TOPIC)).not.toHaveProperty('compression.type')
  })

  it('between two batches: what is left is not written', async () => {
    const stopped = await atPoint('between-batches', () => makeAnew(OTHER))
    expect(stopped).toMatchObject({
      problem: { why: { args: { what: { id: 'changed.anew', args: { topic: OTHER } } } } },
    })
    expect(stopped.results.map(({ outcome }) => outcome)).toEqual(['applied', 'not-begun'])
    expect(overridesOf(OTHER)).not.toHaveProperty('compression.type')
  })

  it('with the same setting before it is verified: what is there is not what was changed', async () => {
    const seen = await atPoint('before-verify', () => {
      makeAnew()
      cluster.topic(TOPIC)!.settings.set('compression.type', 'zstd')
    })
    expect(seen).toMatchObject({ state: 'applied', verification: { outcome: 'differs' } })
    expect(seen.verification!.differences).toEqual([
      expect.objectContaining({ topic: TOPIC, key: 'topic id', value: expect.stringMatching(/^[\w-]{22}$/) as string }),
    ])
  })

  it.each([
    ['gone', () => cluster.deleteTopic(TOPIC)],
    ['anew', makeAnew],
  ] as const)('while it is watched, %s: an alarm, never calm', async (state, act) => {
    const { id } = await done(DRAFT)
    act()
    await clock.advance(61_000)
    expect(view(id)).toMatchObject({
      watching: { outcome: 'alarm', alarms: [{ topic: TOPIC, partition: -1, state }] },
    })
  })

  it.each([
    ['with the value that was to be set', () => void cluster.topic(TOPIC)!.settings.set('compression.type', 'zstd')],
    ['with nothing set', () => undefined],
  ])('while a write had no answer, %s: nobody can tell what became of it', async (_name, act) => {
    const { id } = await confirmed(onTopics([TOPIC], setTo('compression.type', 'zstd')))
    cluster.facts.fates.alter.push('done-cut')
    onReach.act = (reached) => {
      if (reached !== 'sent') return
      makeAnew()
      act()
    }
    expect((await applied(id)).results).toMatchObject([{ outcome: 'unknown', message: { id: 'result.topic-anew' } }])
    must(await settled(changes.settle(id)))
    expect(view(id)).toMatchObject({ state: 'conflict', conflict: { kind: 'plan', anew: [TOPIC], config: [] } })
  })

  it('while an election had no answer: its leaders are not the ones that were asked for', async () => {
    const partition = cluster.topic(TOPIC)!.partitions[0]!
    partition.leader = partition.replicas[1]!
    cluster.touch()
    const { id } = await confirmed({ kind: 'election', partitions: [{ topic: TOPIC, partitions: [0] }] })
    cluster.facts.fates.elect.push('cut')
    onReach.act = (reached) => {
      if (reached === 'sent') makeAnew()
    }
    expect(await applied(id)).toMatchObject({
      state: 'failed',
      results: [{ outcome: 'refused', error: 3, message: { id: 'result.topic-anew' } }],
    })
  })

  describe('in the rest of a stopped change', () => {
    const stopped = async (): Promise<string> => {
      const { id } = await confirmed(onTopics([TOPIC, OTHER, topicName(2)], setTo('compression.type', 'zstd')))
      onReach.act = (point) => {
        if (point === 'between-batches') changes.stop(id)
      }
      await applied(id)
      await clock.advance(64_000)
      return id
    }

    it('is left out', async () => {
      const id = await stopped()
      makeAnew(OTHER)
      expect(must(await settled(changes.rest(id))).draft).toEqual(
        onTopics([topicName(2)], setTo('compression.type', 'zstd')),
      )
    })

    it('and where nothing else is left, there is no rest', async () => {
      const id = await stopped()
      makeAnew(OTHER)
      cluster.deleteTopic(topicName(2))
      expect(await settled(changes.rest(id))).toMatchObject({ ok: false, error: { detail: { text: 'rest-gone' } } })
    })
  })

  it('before an undo: it is refused, and the new topic keeps what it has', async () => {
    const { id } = await done(DRAFT)
    makeAnew()
    cluster.topic(TOPIC)!.settings.set('compression.type', 'zstd')
    const undo = must(await settled(changes.undo({ id, cluster: live.id })))
    expect(undo).toMatchObject({
      needs: { kind: 'never' },
      plan: { level: 'refused', conflict: { kind: 'undo', anew: [TOPIC], gone: [], config: [] } },
    })
  })

  it('before an election: a conflict', async () => {
    const partition = cluster.topic(TOPIC)!.partitions[0]!
    partition.leader = partition.replicas[1]!
    cluster.touch()
    const { id } = await confirmed({ kind: 'election', partitions: [{ topic: TOPIC, partitions: [0] }] })
    makeAnew()
    expect(await applied(id)).toMatchObject({ state: 'conflict', conflict: { anew: [TOPIC] } })
  })
})
