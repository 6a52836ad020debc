import { describe, expect, it } from 'vitest'
import { report } from '../../../../src-main/change/report/report'
import type { Reported } from '../../../../src-main/change/report/report'
import { quoted } from '../../../../src-main/change/report/markdown'
import type { Conflict } from '../../../../src-main/contract/change'
import type { JournalRow } from '../../../../src-main/contract/journal'
import { buildChange } from '../../../support/change-view'
import {
  answered,
  buildElectionPlan,
  buildPlan,
  confirmed,
  drafted,
  newRow,
  planned,
  result,
} from '../../../support/journal-rows'
import type { NewRow } from '../../../support/journal-rows'
import { effectPhrase } from '../../../../src-main/shared/words/entries'
import { COUNTS } from '../../../support/screen-changes'
import { saidBy } from '../../../support/told-effect'

const AT = Date.UTC(2026, 10, 23, 3, 0, 0)
const lined = (rows: readonly NewRow[]): JournalRow[] =>
  rows.map((row, at) => ({ ...row, seq: at + 11, at: AT + at * 1000 }))

const plan = buildPlan({
  topics: ['orders_v2', 'odd|name*<b>'],
  items: [
    {
      topic: 0,
      key: 'retention.ms',
      before: { override: null, value: '604800000', source: 5 },
      after: { override: '-1', value: '-1', source: 1 },
    },
    {
      topic: 1,
      key: 'retention.ms',
      before: { override: '5', value: '5', source: 1 },
      after: { override: null, value: null, source: 5 },
    },
  ],
  level: 'block',
  effects: [
    {
      id: 'retention-ms.unread',
      level: 'block',
      says: effectPhrase('retention-ms.unread', {
        ...COUNTS,
        unreadRecords: 12_000,
        groupCount: Number.NaN,
        groupsText: '*odd*',
      }),
      topicCount: 1,
      partitionCount: 3,
      rows: [],
      readAt: AT,
      reasons: [],
    },
    {
      id: 'retention-ms.unknown',
      level: 'unknown',
      says: effectPhrase('retention-ms.unknown', COUNTS),
      topicCount: 0,
      partitionCount: 0,
      rows: [],
      readAt: Number.NaN,
      reasons: [saidBy('timed [out]'), { id: 'why.silent', args: { broker: 2 } }],
    },
  ],
  commands: ['kafka-configs.sh --alter --entity-name orders_v2', 'echo ```'],
  cannotRestore: ['records-deleted'],
})
const results = [
  result('orders_v2', 'applied'),
  result('odd|name*<b>', 'refused', { error: 40, message: saidBy('=HYPERLINK("x")\n# gone') }),
]
const whole: Reported = {
  change: buildChange({
    state: 'applied',
    plan,
    results,
    confirmation: { at: AT, ticks: ['a'], typed: 'orders-eu', reason: 'disk | full' },
    undoneBy: 'c2',
    verification: {
      at: AT,
      outcome: 'differs',
      brokers: [1, 3],
      tookMs: 40,
      differences: [{ broker: 2, topic: 'orders_v2', key: 'retention.ms', value: '7', source: 4 }],
    },
    watching: {
      startedAt: AT,
      until: AT + 60_000,
      outcome: 'alarm',
      alarms: [{ topic: 'orders_v2', partition: 2, state: 'offline', at: AT + 5000 }],
    },
  }),
  rows: lined([
    newRow('c1', 'draft', drafted(['orders_v2', 'odd|name*<b>'], 'retention.ms')),
    newRow('c1', 'planned', planned(plan)),
    newRow('c1', 'confirmed', confirmed('disk | full')),
    newRow('c1', 'applying', answered(0, results)),
    newRow('c1', 'applied', { type: 'stopped', by: 'person', why: saidBy('enough_now') }),
  ]),
}

describe('a report to read', () => {
  const text = report([whole], 'markdown')

  it('says what, who, when, where and why, and how it stands', () => {
    for (const line of [
      '# Change `c1`',
      '- State: applied, not verified yet (since 2026-11-23 03:01:00 UTC)',
      '- Cluster: `orders-eu`, prod, Kafka id `kafka-1`',
      '- Begun: 2026-11-23 03:00:00 UTC by `mira` as `User:ops`',
      '- Reason: disk \\| full',
      '- Undone by: `c2`',
      '- Cannot be brought back: `records-deleted`',
    ]) {
      expect(text.split('\n')).toContain(line)
    }
  })

  it('has the difference, the effects with figures, the result per topic, verification, watch and steps', () => {
    for (const part of [
      '| `orders_v2` | `retention.ms` | `604800000 (default)` | `-1 (topic)` |',
      '- **stop** Up to 12,000 records that become deletable are unread by ? consumer groups (\\*odd\\*). Once deleted, those groups will never read them. Read 2026-11-23 03:00:00 UTC. (`retention-ms.unread`)',
      'is unknown on this topic. Could not be computed: timed \\[out\\]; broker 2 does not answer. (`retention-ms.unknown`)',
      '## Result: 1 applied, 1 refused',
      'differs at 2026-11-23 03:00:00 UTC on brokers 1, 3.',
      '| 2 | `orders_v2` | `retention.ms` | `7 (static)` |',
      '| 2026-11-23 03:00:05 UTC | `orders_v2` | 2 | offline |',
      '- 2026-11-23 03:00:03 UTC, `mira`: batch 1: 1 applied, 1 refused',
      '- 2026-11-23 03:00:04 UTC, `mira`: stopped by a person: enough\\_now',
    ]) {
      expect(text).toContain(part)
    }
  })

  it('lets no name and no broker message become markup, and no command end its fence', () => {
    expect(text).toContain('odd\\|name\\*\\<b\\>')
    expect(text).not.toMatch(/[^\\]<b|^# gone/m)
    expect(text).toContain('````sh\nkafka-configs.sh --alter --entity-name orders_v2\necho ```\n````\n')
    expect(quoted('a`b')).toBe('a\\`b')
    expect(quoted('safe\u202Etxt\u2069')).toBe('safe⟨U+202E⟩txt⟨U+2069⟩')
    expect(quoted('')).toBe('(empty)')
    expect(quoted('[x](http://y)\u0000z')).toBe('\\[x\\]\\(http\\://y\\) z')
  })

  it('cuts long tables and says so', () => {
    const many = Array.from({ length: 1000 }, (_, at) => result(`topic-${at}`, 'applied'))
    const long = report([{ change: buildChange({ results: many }), rows: [] }], 'markdown')
    expect(long).toContain('… and 900 more; the JSON and CSV exports have all of them.')
    expect([long.includes('`topic-99`'), long.includes('`topic-100`')]).toEqual([true, false])
  })

  it('says that a part of the watch was not seen', () => {
    const watching = { startedAt: AT, until: AT + 60_000, outcome: 'unseen', unseenMs: 25_400, alarms: [] } as const
    expect(report([{ change: buildChange({ state: 'watched', watching }), rows: [] }], 'markdown')).toContain(
      'unseen: the cluster could not be read for 25 s of it, from 2026-11-23 03:00:00 UTC to 2026-11-23 03:01:00 UTC.',
    )
  })

  it.each(['markdown', 'csv', 'json'] as const)(
    'a change that is damaged inside costs no other one its %s',
    (format) => {
      const odd = { ...whole, change: { ...whole.change, id: 'c8', plan: { ...plan, items: 7 } as never } }
      const rows = odd.rows.map((row) =>
        row.event.type === 'planned' ? { ...row, event: { ...row.event, plan: odd.change.plan } } : row,
      ) as typeof whole.rows
      const text = report([{ ...odd, rows }, whole], format)
      expect(text).toContain('orders_v2')
      if (format !== 'json') expect(text).toContain('c8')
      if (format === 'markdown') expect(text).toContain('# Change `c8`\n\nIt cannot be told: `its lines are damaged`')
      if (format === 'csv') expect(text).toContain('c8,,,,,,,,unread,,,,,,,,,,its lines are damaged')
    },
  )

  it('shows both hands of a conflict', () => {
    const conflict: Conflict = {
      kind: 'plan',
      config: [{ topic: 'orders', key: 'retention.ms', base: '5', now: null, wanted: '6', ours: true }],
      replication: [{ topic: 'orders', partition: 0, base: '1>1,2', now: '->' }],
      gone: ['refunds'],
      anew: [],
      otherCluster: '',
    }
    const said = report([{ change: buildChange({ state: 'conflict', conflict }), rows: [] }], 'markdown')
    expect(said).toContain('| `orders` | `retention.ms` | `5` | no override | `6` |')
    expect(said).toContain('Topics that were deleted, or that this login may not see any more: `refunds`.')
  })

  it('of an election has its leaders', () => {
    const election = buildElectionPlan({
      partitions: [{ topic: 'orders', partition: 3, leader: -1, preferred: 2, fate: 'offline' }],
      leaders: [{ broker: 2, before: 4, after: 9 }],
    })
    const said = report([{ change: buildChange({ plan: election }), rows: [] }, whole], 'markdown')
    expect(said).toContain('| `orders` | 3 | -1 | 2 | cannot: the partition has no leader |')
    expect(said).toContain('| 2 | 4 | 9 |')
    expect(said.match(/^# Change/gm)).toHaveLength(2)
  })
})

describe('a report to work with', () => {
  it('as JSON is everything, with unknown as null', () => {
    const back = JSON.parse(report([whole], 'json')) as { changes: Reported[] }
    expect(back.changes[0]!.rows.map(({ seq }) => seq)).toEqual([11, 12, 13, 14, 15])
    expect(back.changes[0]!.change.plan!.effects[0]!.says).toMatchObject({
      id: 'effect.retention-ms.unread',
      args: { unreadRecords: { unit: 'records', value: 12_000 }, groupCount: { unit: 'count', value: null } },
      text: 'Up to 12,000 records that become deletable are unread by ? consumer groups (*odd*). Once deleted, those groups will never read them.',
    })
  })

  it('as CSV is a line per step and item, which no spreadsheet runs', () => {
    const lines = report([whole], 'csv').split('\r\n')
    expect(lines.at(-1)).toBe('')
    expect(lines).toHaveLength(1 + 1 + 2 + 1 + 2 + 1 + 1)
    expect(lines[2]).toBe(
      'c1,orders-eu,kafka-1,12,2026-11-23T03:00:01.000Z,mira,User:ops,planned,planned,orders_v2,,retention.ms,604800000,default,-1,topic,,,',
    )
    expect(lines[3]).toContain(',planned,odd|name*<b>,,retention.ms,5,topic,,default,,,')
    expect(report([whole], 'csv')).toContain(`,refused,40,"'=HYPERLINK(""x"")\n# gone"`)
  })

  it('names a change that cannot be told, in every format', () => {
    const unread = [{ id: 'c9', why: 'line 4 of the journal is damaged' }]
    const markdown = report([whole], 'markdown', unread)
    expect(markdown).toContain('# Change `c9`\n\nIt cannot be told: `line 4 of the journal is damaged`')
    expect(markdown).toContain('# Change `c1`')
    expect(JSON.parse(report([], 'json', unread))).toEqual({ changes: [], unread })
    expect(report([], 'csv', unread).split('\r\n')[1]).toBe(
      'c9,,,,,,,,unread,,,,,,,,,,line 4 of the journal is damaged',
    )
  })
})
