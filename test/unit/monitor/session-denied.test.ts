import { beforeEach, describe, expect, it } from 'vitest'
import { SOURCE_DENIED } from '../../../src-main/contract/config'
import type { Capability } from '../../../src-main/contract/summary'
import { AclOperation } from '../../../src-main/shared/acl-operations'
import { clock, cluster, frame, headline, open, prepare, session, watchOver } from '../../support/opened-session'

/* K4.4: each refusal is a line in the authorizer's log. */

watchOver()

const HOUR = 3_600_000
const DESCRIBE_ONLY = 1 << AclOperation.DESCRIBE
const limits = (): Capability[] => frame().summary.limits.map(({ what }) => what)
/** Topics and brokers whose settings were asked for. */
const askedSettings = (): number =>
  cluster.asked.filter(({ what }) => what === 'configs').reduce((sum, { rows }) => sum + rows, 0)
const asked = (what: string): number => cluster.asked.filter((one) => one.what === what).length

const refuse = (what: string, of: Iterable<number> = cluster.brokers.keys()): void => {
  for (const id of of) cluster.broker(id).errors.set(what, 29)
}
const grant = (what: string): void => {
  for (const { errors } of cluster.brokers.values()) errors.delete(what)
}

describe('a login that may read no settings', () => {
  beforeEach(() => {
    prepare({ topics: 30, partitionsPerTopic: 1 })
    for (const { name } of cluster.topics) cluster.facts.operations.set(name, DESCRIBE_ONLY)
    refuse('configs-topic')
  })

  it('is refused once per topic, per broker and per question in an hour', async () => {
    for (const what of ['configs-broker', 'quorum', 'reassignments']) refuse(what)
    open(5_000)
    await clock.advance(HOUR - 1_000)
    expect(askedSettings()).toBe(30 + 3)
    expect([asked('quorum'), asked('reassignments')]).toEqual([1, 1])
    expect(limits().sort()).toEqual(['broker-settings', 'min-insync-replicas', 'quorum', 'reassignments'])
    await clock.advance(12_000)
    expect(askedSettings()).toBe(2 * (30 + 3))
    expect([asked('quorum'), asked('reassignments')]).toEqual([2, 2])
  })

  it('is not refused more often where topics come and go', async () => {
    open()
    await clock.advance(2_000)
    for (let n = 0; n < 60; n += 1) {
      cluster.createTopic(`new-${n}`, 1)
      cluster.facts.operations.set(`new-${n}`, DESCRIBE_ONLY)
      await clock.advance(410)
    }
    expect(askedSettings() - 3 * 3).toBeLessThanOrEqual(30 + 60)
    expect([...frame().topics.minInSyncReplicasSource].every((source) => source === SOURCE_DENIED)).toBe(true)
    // Another topic of the name is asked for, as who made it may have granted it.
    cluster.deleteTopic('topic-00000')
    cluster.createTopic('topic-00000', 1)
    const before = askedSettings()
    await clock.advance(1_000)
    expect(askedSettings()).toBeGreaterThan(before)
  })

  it('sees a right that was granted within a minute or so, and the limit goes with it', async () => {
    open(1_000)
    await clock.advance(300_000)
    expect(limits()).toEqual(['min-insync-replicas'])
    expect(headline().level).toBe('unknown')
    grant('configs-topic')
    for (const { name } of cluster.topics) cluster.facts.operations.delete(name)
    await clock.until('granted', () => limits().length === 0, 62_000)
    expect([...frame().topics.minInSyncReplicas]).toEqual(Array<number>(30).fill(2))
    expect(headline().level).toBe('well')
  })

  it('believes a cluster once that says it has the right and refuses all the same', async () => {
    for (const { name } of cluster.topics) cluster.facts.operations.delete(name)
    refuse('configs-broker')
    open(5_000)
    await clock.advance(HOUR - 1_000)
    expect(askedSettings()).toBe(30 + 30 + 3)
  })
})

it('what was refused is asked again at once when the connection was made anew, and is no limit then', async () => {
  prepare()
  for (const what of ['quorum', 'configs-broker', 'configs-topic']) refuse(what)
  for (const { name } of cluster.topics) cluster.facts.operations.set(name, DESCRIBE_ONLY)
  open()
  await clock.advance(60_000)
  expect(limits()).toHaveLength(3)
  for (const id of cluster.brokers.keys()) cluster.kill(id)
  await clock.until('lost', () => session.status.phase === 'lost')
  for (const what of ['quorum', 'configs-broker', 'configs-topic']) grant(what)
  for (const id of cluster.brokers.keys()) cluster.revive(id)
  await clock.until('live', () => session.status.phase === 'live')
  await clock.until('no limits', () => limits().length === 0, 5_000)
  expect(frame().summary).toMatchObject({ controller: 1, evictionWindowMs: 10_000 })
})

it('a broker that comes back is asked for its own settings again, and the others are not', async () => {
  prepare()
  refuse('configs-broker')
  open()
  await clock.advance(60_000)
  cluster.kill(2)
  await clock.advance(1_000)
  cluster.asked.length = 0
  grant('configs-broker')
  cluster.revive(2)
  await clock.advance(8_000)
  const askedOf = cluster.asked.filter(({ what, rows }) => what === 'configs' && rows === 1).map(({ broker }) => broker)
  expect(askedOf).toEqual([2])
  expect(limits()).toEqual(['broker-settings'])
})
