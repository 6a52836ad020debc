import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configConflicts, otherCluster } from '../../../../src-main/change/plan/compare'
import type { TopicSettingsRead } from '../../../../src-main/change/configs/read-topics'
import { undoConflict } from '../../../../src-main/change/plan/undo'
import type { ChangeView, PlanItem } from '../../../../src-main/contract/change'
import {
  applied,
  changes,
  confirmed,
  endChanges,
  live,
  must,
  onReach,
  onTopics,
  removal,
  setTo,
  startChanges,
  topicName,
} from '../../../support/opened-changes'
import { settled } from '../../../support/live-cluster'
import { clock, cluster, session, watchOver } from '../../../support/opened-session'

const KEY = 'compression.type'
const settings = (): Map<string, string> => cluster.topic(topicName(0))!.settings

describe('verifying', () => {
  watchOver()
  beforeEach(() => startChanges())
  afterEach(endChanges)

  /** Applies, and does something just before the brokers are asked. */
  async function afterWrite(edit: ReturnType<typeof setTo>, act: () => void): Promise<ChangeView> {
    const { id } = await confirmed(onTopics([topicName(0)], edit))
    onReach.act = (point) => {
      if (point === 'before-verify') act()
    }
    return applied(id)
  }
  const silence = (...brokers: number[]): void => brokers.forEach((broker) => cluster.hang(broker))

  it('two brokers that show it are enough', async () => {
    const { id } = await confirmed(onTopics([topicName(0)], setTo(KEY, 'zstd')))
    silence(3)
    await clock.until('the monitor calls it silent', () => session.inside.facts().get(3)?.answers === 'no')
    expect((await applied(id)).verification).toMatchObject({ outcome: 'verified', brokers: [1, 2] })
  })

  it('one is not', async () => {
    const { state, verification } = await afterWrite(setTo(KEY, 'zstd'), () => silence(2, 3))
    expect(verification).toMatchObject({ outcome: 'too-few-brokers', brokers: [1] })
    expect(state).toBe('verified')
  })

  it('says of how many brokers that is', async () => {
    expect((await afterWrite(setTo(KEY, 'zstd'), () => undefined)).verification).toMatchObject({
      brokers: [1, 2, 3],
      ofBrokers: 3,
    })
  })

  it('is nothing where Metadata could not be read again: the topic may be another one of the name', async () => {
    const { id, state, verification } = await afterWrite(setTo(KEY, 'zstd'), () => session.pause(true))
    expect(verification).toMatchObject({ outcome: 'unread', brokers: [1, 2, 3], differences: [] })
    expect(state).toBe('applied')
    onReach.act = () => undefined
    session.pause(false)
    expect(must(await settled(changes.verify(id))).verification).toMatchObject({ outcome: 'verified' })
  })

  it('looks at the value and not only that there is one', async () => {
    const { state, verification } = await afterWrite(setTo(KEY, 'zstd'), () => void settings().set(KEY, 'gzip'))
    expect(state).toBe('applied')
    expect(verification).toMatchObject({ outcome: 'differs', brokers: [] })
    expect(verification!.differences).toEqual(
      [1, 2, 3].map((broker) => ({ broker, topic: topicName(0), key: KEY, value: 'gzip', source: 1 })),
    )
  })

  it('looks at the source after a removal: the same value as an override is not what was wanted', async () => {
    settings().set(KEY, 'producer')
    const { verification } = await afterWrite(removal(KEY), () => void settings().set(KEY, 'producer'))
    expect(verification).toMatchObject({ outcome: 'differs', differences: [{ value: 'producer', source: 1 }, {}, {}] })
  })
})

describe('comparing', () => {
  const DOUBLE = 6
  const read = (overrides: Record<string, string>): TopicSettingsRead => ({
    topic: 't',
    error: 0,
    message: '',
    overrides,
    readAt: 0,
    broker: 1,
    values: [
      { name: 'segment.bytes', value: '1', source: 5, type: 3, sensitive: false, readOnly: false, inherited: null },
      {
        name: 'min.cleanable.dirty.ratio',
        value: '0.5',
        source: 1,
        type: DOUBLE,
        sensitive: false,
        readOnly: false,
        inherited: null,
      },
    ],
  })
  const ratio = (override: string): PlanItem => ({
    topic: 0,
    key: 'min.cleanable.dirty.ratio',
    before: { override: null, value: '0.5', source: 5 },
    after: { override, value: override, source: 1 },
  })

  it('goes by the type of the key: brokers write doubles in a way of their own', () => {
    const base = { 'min.cleanable.dirty.ratio': '0.00001' }
    expect(configConflicts({ topic: 't', base, items: [] }, read({ 'min.cleanable.dirty.ratio': '1.0E-5' }))).toEqual(
      [],
    )
    expect(
      configConflicts({ topic: 't', base, items: [] }, read({ 'min.cleanable.dirty.ratio': '2.0E-5' })),
    ).toHaveLength(1)
    const left = [{ topic: 't', topicId: '', items: [ratio('0.00001')], before: {} }]
    expect(undoConflict(left, new Map([['t', read({ 'min.cleanable.dirty.ratio': '1.0E-5' })]]), live)).toBeNull()
    expect(undoConflict(left, new Map([['t', read({})]]), live)).toMatchObject({
      config: [{ base: '0.00001', now: null, wanted: null }],
    })
  })

  it.each([
    ['k1', 'k1', ''],
    ['k1', 'k2', 'k2'],
    [null, 'k2', ''],
    ['k1', null, ''],
    [null, null, ''],
  ])('planned on cluster %s, now %s: another one is %j', (planned, now, other) => {
    expect(otherCluster(planned, { ...live, clusterId: () => now })).toBe(other)
  })
})
