import { describe, expect, it } from 'vitest'
import type { ConfigValue } from '../../../../src-main/contract/config'
import { auditTopic } from '../../../../src-main/domain/audit/topic-audit'
import type { PartitionRow } from '../../../support/columns'
import { START, readingOfPartitions } from '../../../support/columns'

const RF3 = { replicas: [1, 2, 3] }
const RF2 = { replicas: [1, 2] }
const RF1 = { replicas: [1] }
const MIN = 'min.insync.replicas'
const UNCLEAN = 'unclean.leader.election.enable'

const value = (name: string, text: string, source = 5, inherited: string | null = text): ConfigValue => ({
  name,
  value: text,
  source,
  type: 3,
  sensitive: false,
  readOnly: false,
  inherited: inherited === null ? null : { value: inherited, source: 5 },
})

interface Scene {
  readonly rows?: readonly PartitionRow[]
  readonly min?: string
  readonly unclean?: ConfigValue
  /** LEO of each replica row. */
  readonly logEnds?: readonly number[]
  readonly says?: Says
  readonly minSource?: number
}

/** By key: what each broker says of itself. */
type Says = Readonly<Record<string, readonly (readonly [broker: number, value: string])[]>>

function audit({ rows = [RF3], min = '2', unclean = value(UNCLEAN, 'false'), logEnds, says = {}, minSource }: Scene) {
  const reading = readingOfPartitions(rows)
  if (logEnds !== undefined) reading.logEndOffset.set(logEnds)
  const told = { by: 2, says: new Map(Object.entries(says).map(([key, rows]) => [key, new Map(rows)])) }
  return auditTopic(reading, 't', [value(MIN, min, minSource), unclean], START + 5, told)
}

describe('findings and their cure', () => {
  const set = { key: MIN, op: 'set', value: '2' }
  const off = { key: UNCLEAN, op: 'set', value: 'false' }
  it.each<[string, Scene, readonly string[], readonly object[]]>([
    ['a safe topic', {}, [], []],
    ['min ISR 1 with three replicas', { min: '1' }, ['leader-alone'], [set]],
    ['min ISR 1 with two: 2 would refuse writes at any restart', { rows: [RF2], min: '1' }, ['leader-alone'], []],
    [
      'unclean, its own override over a safe default',
      { unclean: value(UNCLEAN, 'true', 1, 'false') },
      ['unclean'],
      [{ key: UNCLEAN, op: 'delete', value: '' }],
    ],
    [
      'unclean, its own override over an unsafe default',
      { unclean: value(UNCLEAN, 'true', 1, 'true') },
      ['unclean'],
      [off],
    ],
    [
      'unclean, its own override over an untold default',
      { unclean: value(UNCLEAN, 'true', 1, null) },
      ['unclean'],
      [off],
    ],
    ['unclean by the cluster', { unclean: value(UNCLEAN, 'true', 3) }, ['unclean'], [off]],
    ['both', { min: '1', unclean: value(UNCLEAN, 'true', 3) }, ['leader-alone', 'unclean'], [set, off]],
    [
      'one replica: no setting helps',
      { rows: [RF1], min: '1', unclean: value(UNCLEAN, 'true', 3) },
      ['single-replica'],
      [],
    ],
    ['partitions of both kinds', { rows: [RF3, RF1], min: '1' }, ['leader-alone', 'single-replica'], []],
  ])('%s', (_what, scene, findings, fix) => {
    expect(audit(scene)).toMatchObject({ findings, fix })
  })
})

describe('what stands in files', () => {
  const differ: Says = {
    [MIN]: [
      [3, '1'],
      [1, '2'],
    ],
  }
  const pin = { key: UNCLEAN, op: 'set', value: 'false' }
  it.each<[string, Scene, readonly string[], readonly object[]]>([
    ['unclean in the file of the broker that answered', { unclean: value(UNCLEAN, 'false', 4) }, [UNCLEAN], [pin]],
    ['unclean set on that broker while it ran', { unclean: value(UNCLEAN, 'false', 2) }, [UNCLEAN], [pin]],
    ['a cluster default is the same for all', { unclean: value(UNCLEAN, 'false', 3) }, [], []],
    ['and so is an override', { unclean: value(UNCLEAN, 'false', 1) }, [], []],
    [
      'a min ISR that all brokers have',
      {
        minSource: 4,
        says: {
          [MIN]: [
            [1, '2'],
            [3, '2'],
          ],
        },
      },
      [],
      [],
    ],
    ['one that differs', { minSource: 4, says: differ }, [MIN], [{ key: MIN, op: 'set', value: '2' }]],
    [
      'one that differs from what is built in',
      { min: '1', minSource: 5, says: differ },
      [MIN],
      [{ key: MIN, value: '2' }],
    ],
    ['an override over files that differ', { minSource: 1, says: differ }, [], []],
    ['a single replica has no choice', { rows: [RF1], unclean: value(UNCLEAN, 'false', 4) }, [], []],
  ])('%s', (_what, scene, keys, fix) => {
    const found = audit(scene)
    expect(found?.notTold.map(({ key }) => key)).toEqual(keys)
    expect(found?.findings.includes('not-told')).toBe(keys.length > 0)
    expect(found?.fix).toMatchObject(fix)
  })

  it('is told with the broker that was asked, and each one where they differ', () => {
    expect(audit({ minSource: 4, says: differ })?.notTold).toEqual([
      {
        key: MIN,
        value: '2',
        toldBy: 2,
        differing: [
          { broker: 1, value: '2' },
          { broker: 3, value: '1' },
        ],
      },
    ])
  })
})

describe('figures of now', () => {
  const found = audit({
    rows: [RF3, { ...RF3, isr: [1] }, { ...RF3, isr: [], leader: -1 }, RF2],
    logEnds: [100, 90, 95, 40, 10, 20, 7, 7, 7, 8, 9],
  })

  it('counts partitions whose leader is alone in the ISR', () => {
    expect(found).toMatchObject({ partitions: 4, replicationFactor: 2, minInSyncReplicas: 2, alone: 1, readAt: START })
  })

  it('records are unknown where a partition has no leader', () => {
    expect(found?.onlyOnLeaderRecords).toBeNaN()
  })

  it.each<[string, Scene, number]>([
    ['leader against the best follower', { logEnds: [100, 90, 95] }, 5],
    ['over all partitions', { rows: [RF3, RF2], logEnds: [100, 90, 95, 50, 20] }, 35],
    ['a follower read after the leader is not ahead', { logEnds: [100, 101, 95] }, 0],
    ['one follower not read: the other tells an upper bound', { logEnds: [100, Number.NaN, 95] }, 5],
    ['no follower read', { logEnds: [100, Number.NaN, Number.NaN] }, Number.NaN],
    ['leader not read', { logEnds: [Number.NaN, 90, 95] }, Number.NaN],
    ['one replica has no other to compare with', { rows: [RF1], logEnds: [100] }, 0],
  ])('%s', (_what, scene, expected) => {
    expect(audit(scene)?.onlyOnLeaderRecords).toBe(expected)
  })
})

it.each<[string, string, readonly ConfigValue[]]>([
  ['a topic that is not there', 'gone', [value(MIN, '1'), value(UNCLEAN, 'false')]],
  ['without min.insync.replicas', 't', [value(UNCLEAN, 'false')]],
  ['without unclean election', 't', [value(MIN, '1')]],
])('%s cannot be judged', (_what, topic, values) => {
  const told = { by: 1, says: new Map<string, ReadonlyMap<number, string>>() }
  expect(auditTopic(readingOfPartitions([RF3]), topic, values, START, told)).toBeNull()
})
