import { describe, expect, it } from 'vitest'
import type { LeaderStops, LivePartition } from '@contract/live'
import { SOURCE_DENIED } from '@contract/config'
import {
  AT_MIN_ISR,
  MARK_AT_MIN_BY_DESIGN,
  MARK_LEADER_SILENT,
  NEXT_WAITS_FOR_LOG_DIR,
  OFFLINE,
  UNDER_MIN_ISR,
  UNKNOWN,
} from '@shared/states'
import type { SilentBroker } from '@contract/summary'
import { nextWords } from '../../../../../src-renderer/features/common/row-words'
import { factRows } from '../../../../../src-renderer/features/partition/fact-rows'
import { ladderView } from '../../../../../src-renderer/features/partition/ladder-view'
import { neighbour } from '../../../../../src-renderer/features/partition/neighbours'
import { pageLine } from '../../../../../src-renderer/features/partition/page-line'
import { partitionExport } from '../../../../../src-renderer/features/partition/partition-export'
import { whatIf } from '../../../../../src-renderer/features/partition/what-if'
import { viewOfFrame } from '../../../../../src-renderer/stores/frame-view'
import { buildFrame } from '../../../../support/frames'
import { sayIn } from '../../../../support/say'
import { buildLeaderStops, buildLive, buildReplica, NOW } from '../../../../support/summaries'

const en = sayIn('en')
const zh = sayIn('zh-CN')

describe('page line', () => {
  it.each([
    ['accepts, two may fail', buildLive({ tolerance: 2 }), 'Accepts acks=all writes; 2 more replicas may fail.', ''],
    [
      'accepts, on the edge',
      buildLive({ tolerance: 0, state: AT_MIN_ISR }),
      'Accepts acks=all writes; one more loss and it refuses them.',
      'at-min-isr',
    ],
    [
      'on the edge by design',
      buildLive({ tolerance: 0, marks: MARK_AT_MIN_BY_DESIGN }),
      'Accepts acks=all writes; one more loss and it refuses them.',
      '',
    ],
    [
      'refuses',
      buildLive({ acceptsAcksAll: 'no', state: UNDER_MIN_ISR }),
      'Refuses acks=all writes; consumers stop at the high watermark.',
      'under-min-isr',
    ],
    [
      'refuses, before 3.7',
      buildLive({ acceptsAcksAll: 'no', state: UNDER_MIN_ISR, underMinStopsConsumers: false }),
      'Refuses acks=all writes. Records written with acks=1 can still be read, as before Kafka 3.7 the high watermark advances.',
      'under-min-isr',
    ],
    [
      'refuses, version not known',
      buildLive({ acceptsAcksAll: 'no', state: UNDER_MIN_ISR, underMinStopsConsumers: null }),
      'Refuses acks=all writes; from Kafka 3.7 consumers stop at the high watermark.',
      'under-min-isr',
    ],
    ['offline', buildLive({ leader: -1, state: OFFLINE }), 'No leader: no reads or writes.', 'offline'],
    [
      'silent leader',
      buildLive({ marks: MARK_LEADER_SILENT }),
      'The leader does not answer: no reads or writes until it is fenced.',
      'offline',
    ],
    ['unknown', buildLive({ acceptsAcksAll: 'unknown' }), 'Whether it accepts writes is unknown.', ''],
  ])('%s', (_, live, accepts, tone) => {
    expect(pageLine(en, live, [])).toMatchObject({ accepts, tone })
  })

  it('says that writes wait for an ISR member that does not answer, unless only we do not reach it', () => {
    const silent = (broker: number, silence: SilentBroker['silence']): SilentBroker => ({
      broker,
      silence,
      returning: false,
      heard: false,
      leadsTo: '',
      rack: null,
      since: NOW,
      fencedFrom: NOW,
      fencedTo: NOW,
      leads: 0,
      thenRefuses: 0,
      thenOffline: 0,
      thenLoses: 0,
    })
    const accepts = (live: LivePartition, ...away: SilentBroker[]): string => pageLine(en, live, away).accepts
    expect(accepts(buildLive(), silent(2, 'timeout'))).toBe(
      'acks=all writes wait for broker 2, which is in the ISR and does not answer.',
    )
    expect(accepts(buildLive(), silent(2, 'refused'), silent(3, 'timeout'))).toContain(
      'wait for brokers 3 and 2, which are',
    )
    expect(accepts(buildLive(), silent(2, 'auth'))).toBe('Accepts acks=all writes; 1 more replica may fail.')
    expect(
      accepts(buildLive({ replicas: [buildReplica(1), buildReplica(2, { inSync: false })] }), silent(2, 'timeout')),
    ).toMatch(/^Accepts/)
    for (const live of [buildLive({ state: UNKNOWN, acceptsAcksAll: 'unknown' }), buildLive()])
      expect(accepts(live, silent(1, 'tls'))).toContain('whether clients can reach it is unknown')
    expect(accepts(buildLive({ marks: MARK_LEADER_SILENT }), silent(1, 'timeout'))).not.toContain('is not known')
  })

  it('says where min ISR comes from, and what counts when it is above the replication factor', () => {
    expect(pageLine(en, buildLive(), []).minIsr).toBe('min ISR 2 (topic), RF 3.')
    expect(pageLine(zh, buildLive({ minInSyncReplicas: 4, effectiveMinInSyncReplicas: 3 }), []).minIsr).toBe(
      '最小 ISR 4（主题），按 3 计，副本因子 3。',
    )
    expect(pageLine(en, buildLive({ minInSyncReplicas: -1 }), []).minIsr).toBe('min ISR not read, RF 3.')
    const denied = buildLive({ minInSyncReplicas: -1, minInSyncReplicasSource: SOURCE_DENIED })
    expect(pageLine(en, denied, []).minIsr).toBe(
      'min ISR unknown (this login lacks DescribeConfigs on topic payments.ledger), RF 3.',
    )
  })

  it('do not call a partition leaderless that could not be read (K4.1)', () => {
    const unread = buildLive({ state: UNKNOWN, leader: -1, leaderStops: null, acceptsAcksAll: 'unknown' })
    const said = 'This partition was not read yet, or cannot be read: whether it accepts writes is unknown.'
    expect([pageLine(en, unread, []).accepts, whatIf(en, unread).answer]).toEqual([said, said])
    expect(factRows(en, unread, NOW)[0]).toMatchObject({ value: '?', attention: false })
  })
})

describe('ladder', () => {
  const view = (live: ReturnType<typeof buildLive>) => ladderView(en, live, NOW, 5)
  it('puts the leader first and keeps the others in assignment order', () => {
    expect(
      view(buildLive({ leader: 3, replicas: [buildReplica(1), buildReplica(2), buildReplica(3)] })).rows.map(
        (row) => row.broker,
      ),
    ).toEqual([3, 1, 2])
  })

  it.each([
    ['in step', {}, 'in step', 'accent'],
    [
      'ahead of its leader: never behind it by nothing',
      { inSync: false, logEndOffset: 1_231_382, lagRecords: NaN, aheadRecords: 500 },
      'ahead by 500, will be truncated',
      'under-replicated',
    ],
    [
      'late, countdown',
      { logEndOffset: 1_229_678, lagRecords: 1204, lateMs: 3100, leavesFrom: NOW + 8000, leavesTo: NOW + 23_000 },
      '1,204 behind · time lag 3.1 s · leaves ISR in 8–23 s',
      'lagging',
    ],
    [
      'late, overdue',
      { lagRecords: 1204, lateMs: 46_000, leavesFrom: NOW - 9000, leavesTo: NOW - 1 },
      '1,204 behind · time lag 46 s · may leave the ISR any moment',
      'lagging',
    ],
    [
      'out, catching up',
      {
        inSync: false,
        lagRecords: 1204,
        lateMs: 3100,
        caughtUpFrom: NOW + 1500,
        caughtUpTo: NOW + 12_000,
        catchUpRate: 200,
      },
      '1,204 behind · time lag 3.1 s · caught up in 2–12 s',
      'under-replicated',
    ],
    [
      'out, growing, since before we looked',
      { inSync: false, lagRecords: 48_210, lateMs: 124_000, lateAtLeast: true, catchUpRate: -20 },
      '48,210 behind · time lag at least 2 min 4 s · growing',
      'under-replicated',
    ],
    [
      'silent',
      { logEndOffset: Number.NaN, lagRecords: Number.NaN, reason: 'silent' as const },
      '? broker does not answer',
      'unknown',
    ],
    [
      'refused',
      { logEndOffset: Number.NaN, lagRecords: Number.NaN, reason: 'error-56' as const },
      '? broker answers error 56',
      'unknown',
    ],
    [
      'out, in step',
      { inSync: false, lagRecords: 0, caughtUpFrom: NOW, caughtUpTo: NOW },
      'in step · caught up, not in the ISR yet',
      'under-replicated',
    ],
    ['leader unknown', { lagRecords: Number.NaN }, 'LEO 1,230,882', 'accent'],
  ])('follower: %s', (_, replica, notes, tone) => {
    const row = view(buildLive({ replicas: [buildReplica(1), buildReplica(2, replica)] })).rows[1]!
    expect(row).toMatchObject({ notes, tone })
    expect(Number.isNaN(row.share)).toBe(tone === 'unknown')
  })

  it('shows a dead replica that was ahead of its leader as ahead and as old', () => {
    const dead = {
      inSync: false,
      logEndOffset: 1_231_382,
      lagRecords: Number.NaN,
      aheadRecords: 500,
      readAt: NOW - 4000,
    }
    const replicas = [buildReplica(1), buildReplica(2, { ...dead, reason: 'silent' as const })]
    expect(view(buildLive({ replicas })).rows[1]).toMatchObject({
      notes: 'ahead by 500, will be truncated · LEO 1,231,382, 4 s old · broker does not answer',
      tone: 'unknown',
    })
  })

  it('shows what was read before a broker fell silent as old, and no lag behind a leader that is away', () => {
    const kept = { logEndOffset: 11_036, lagRecords: 0, reason: 'silent' as const, readAt: NOW - 9000 }
    const silent = view(
      buildLive({
        marks: MARK_LEADER_SILENT,
        highWatermark: Number.NaN,
        replicas: [buildReplica(1, kept), buildReplica(2, { logEndOffset: 11_036 })],
      }),
    )
    expect(silent.rows.map((row) => [row.notes, row.tone])).toEqual([
      ['LEO 11,036, 9 s old · broker does not answer', 'unknown'],
      ['LEO 11,036', 'accent'],
    ])
    expect(silent.rows[0]!.share).toBeGreaterThan(0.9)
    expect(
      view(buildLive({ leader: -1, replicas: [buildReplica(3, { ...kept, inSync: false })] })).rows[0]!.notes,
    ).toBe('LEO 11,036, 9 s old · broker does not answer')
  })

  it('says since when a replica is out of the ISR, as far as it is known', () => {
    const out = (outSince: number): string =>
      view(buildLive({ replicas: [buildReplica(1), buildReplica(2, { inSync: false, outSince })] })).rows[1]!.membership
    expect(out(NOW - 41_000)).toBe('out 41 s')
    expect(out(Number.NaN)).toBe('out of ISR')
    const [, added] = view(
      buildLive({
        replicas: [buildReplica(1), buildReplica(2, { inSync: false, adding: true, outSince: NOW - 41_000 })],
      }),
    ).rows
    expect([added!.membership, added!.tone]).toEqual(['being added', 'lagging'])
  })

  it.each([
    ['at the leader', {}, 'HW 1,230,882'],
    ['trailing', { highWatermark: 1_230_000 }, 'HW 1,230,000, 882 below the leader'],
    [
      'standing still',
      { highWatermark: 1_229_678, state: UNDER_MIN_ISR },
      'HW 1,229,678, not advancing (under min ISR)',
    ],
    [
      'under min ISR before 3.7: it goes on',
      { highWatermark: 1_230_000, state: UNDER_MIN_ISR, underMinStopsConsumers: false },
      'HW 1,230,000, 882 below the leader',
    ],
    [
      'new leader epoch',
      { highWatermark: Number.NaN, highWatermarkReason: 'new-leader' as const },
      'HW unknown (new leader epoch)',
    ],
    ['no reason known', { highWatermark: Number.NaN, highWatermarkReason: '' as const }, 'HW unknown (not read yet)'],
  ])('high watermark: %s', (_, changes, text) => {
    const ladder = view(buildLive(changes))
    expect(ladder.highWatermarkText).toBe(text)
    expect(Number.isNaN(ladder.highWatermark)).toBe(text.includes('unknown'))
  })
})

describe('if the leader stops', () => {
  it('names who takes over and that writes go on', () => {
    expect(whatIf(en, buildLive())).toEqual({
      heading: 'If the leader stops now',
      answer: 'Broker 2 takes over from the ISR, with every record acknowledged with acks=all.',
      tone: '',
      warning: '',
      lines: ['It would keep accepting acks=all writes.'],
    })
  })

  it('warns when writes would then be refused, and says it quietly where they are refused already', () => {
    const refuses = 'It would then refuse acks=all writes until another replica is back in the ISR.'
    const leaderStops = buildLeaderStops({ acceptsAcksAll: 'no' })
    expect(whatIf(en, buildLive({ leaderStops }))).toMatchObject({ warning: refuses, lines: [] })
    const already = buildLive({ leaderStops, acceptsAcksAll: 'no' })
    expect(whatIf(en, already)).toMatchObject({ warning: '', lines: [refuses] })
  })

  it('says that nobody takes over while no controller answers (K8.8)', () => {
    const leaderStops = buildLeaderStops({ nextLeader: -1, from: 'no-controller', unclean: null, fewestLost: null })
    expect(whatIf(en, buildLive({ leaderStops }))).toMatchObject({
      answer: 'There is no takeover: no controller answers, so there are no elections.',
      tone: 'offline',
      lines: [],
    })
  })

  it('says neither where min ISR is not known', () => {
    const live = buildLive({ leaderStops: buildLeaderStops({ acceptsAcksAll: 'unknown' }) })
    expect(whatIf(en, live)).toMatchObject({ warning: '', lines: [] })
  })

  it('names the ELR, and what an unclean election would cost when nobody may lead', () => {
    const nobody = { nextLeader: -1, from: 'none', acceptsAcksAll: 'no' } as const
    const lines = (changes: Partial<LeaderStops>): readonly string[] =>
      whatIf(en, buildLive({ elr: [3], leaderStops: buildLeaderStops({ ...nobody, ...changes }) })).lines.slice(1)
    const unclean = { broker: 2, lostRecords: 48_210 }
    const costs = 'An unclean election would pick broker 2 (first live replica in order) and lose about 48,210 records.'
    expect(lines({ unclean, fewestLost: { broker: 3, lostRecords: 1204 } })).toEqual([
      costs,
      'Broker 3 has the longest log and would lose 1,204.',
    ])
    expect(lines({ unclean, fewestLost: unclean })).toEqual([costs])
    expect(lines({ unclean: { broker: 2, lostRecords: Number.NaN } })).toEqual([
      en.t('partition.next.uncleanUnknown', { broker: 2 }),
    ])
    expect(lines({ unclean: null, fewestLost: null })).toEqual([])
    const elected = buildLive({ elr: [3], leaderStops: buildLeaderStops({ nextLeader: 3, from: 'elr' }) })
    expect(whatIf(en, elected)).toMatchObject({
      answer: expect.stringContaining('from the ELR') as string,
      lines: ['It would keep accepting acks=all writes.', 'ELR: broker 3 (can lead without loss).'],
    })
  })

  it('says who will lead and what is lost where the topic elects uncleanly (findings K6.2)', () => {
    const taken = { nextLeader: 2, from: 'unclean', uncleanElection: true, acceptsAcksAll: 'no' } as const
    const fewest = { broker: 3, lostRecords: 7 }
    const says = (changes: Partial<LeaderStops>) =>
      whatIf(en, buildLive({ leaderStops: buildLeaderStops({ ...taken, ...changes }) }))
    expect(says({ unclean: { broker: 2, lostRecords: 50 }, fewestLost: fewest })).toMatchObject({
      answer: 'Broker 2 will lead by an unclean election, and at least 50 records are lost.',
      tone: 'offline',
      lines: ['Broker 3 has the longest log and would lose 7.'],
    })
    expect(says({ unclean: { broker: 2, lostRecords: Number.NaN } })).toMatchObject({
      answer: 'Broker 2 will lead by an unclean election; how many records are lost is unknown.',
      lines: [],
    })
    const nobody = { nextLeader: -1, from: 'none', acceptsAcksAll: 'no' } as const
    const offline = (uncleanElection: boolean | null): string => says({ ...nobody, uncleanElection }).answer
    expect([offline(false), offline(null)]).toEqual([
      en.t('partition.next.offline'),
      en.t('partition.next.offlineOrUnclean'),
    ])
  })

  it('says who brings an offline partition back', () => {
    expect(whatIf(en, buildLive({ leader: -1, leaderStops: null, nextBroker: 2 }))).toMatchObject({
      heading: 'What brings it back',
      lines: ['It can come back once broker 2 is back.'],
    })
    const failed = buildLive({ leader: -1, leaderStops: null, next: NEXT_WAITS_FOR_LOG_DIR, nextBroker: 2 })
    expect(whatIf(en, failed).lines).toEqual([
      'It can come back once the failed log directory of broker 2 is back. The broker itself is running.',
    ])
    expect(nextWords(en, failed, NOW)).toBe('waits for a log directory of broker 2')
    expect(whatIf(zh, buildLive({ leader: -1, leaderStops: null })).lines).toEqual([
      '最后一个 ISR 的成员恢复后，它才能恢复；若有多个被强行终止，可能要等它们全部恢复。',
    ])
  })
})

describe('facts and neighbours', () => {
  it('shows unknown as ?, and who says something else', () => {
    const rows = factRows(
      en,
      buildLive({
        highWatermark: Number.NaN,
        produceRate: Number.NaN,
        disputes: [
          { broker: 2, leader: 2, leaderEpoch: 40, isr: null },
          { broker: 3, leader: 1, leaderEpoch: 41, isr: [1, 2, 3] },
        ],
      }),
      NOW + 300,
    )
    const value = (id: string): string | undefined => rows.find((row) => row.id === id)?.value
    expect(value('hw')).toBe('?')
    expect(value('rate')).toBe('? records/s')
    expect(value('age')).toBe('0.3 s')
    expect(value('dispute-2')).toBe('broker 2 reports leader 2 (epoch 40)')
    expect(value('dispute-3')).toBe('broker 3 reports ISR 1, 2, 3 (epoch 41); the smaller ISR counts')
  })

  it('goes round within the topic', () => {
    const view = viewOfFrame(
      buildFrame({
        topics: [
          ['a', 3],
          ['b', 1],
        ],
      }),
    )
    expect(neighbour(view, 'a', 2, 1)).toEqual({ topic: 'a', partition: 0 })
    expect(neighbour(view, 'a', 0, -1)).toEqual({ topic: 'a', partition: 2 })
    expect(neighbour(view, 'b', 0, 1)).toBeNull()
    expect(neighbour(view, 'gone', 0, 1)).toBeNull()
  })

  it('exports unknown as null', () => {
    const { rows } = partitionExport(
      't',
      0,
      buildLive({ replicas: [buildReplica(2, { logEndOffset: Number.NaN, lagRecords: Number.NaN })] }),
    )
    expect([...rows][0]).toEqual(['t', 0, 2, false, 41, true, null, 1_230_882, null, null, 0, NOW])
  })

  it('exports how much one has more than its leader', () => {
    const { columns, rows } = partitionExport(
      't',
      0,
      buildLive({ replicas: [buildReplica(2, { lagRecords: Number.NaN, aheadRecords: 500 }), buildReplica(3)] }),
    )
    const at = columns.indexOf('aheadRecords')
    expect([...rows].map((row) => row[at])).toEqual([500, 0])
  })
})
