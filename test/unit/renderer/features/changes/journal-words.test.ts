// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { ChangeEvent } from '@contract/change'
import { changesLine, gravity } from '../../../../../src-renderer/features/changes/changes-line'
import {
  mayUndo,
  resultWords,
  riskWord,
  topicWords,
  whatWords,
} from '../../../../../src-renderer/features/changes/entry-words'
import { stepWords } from '../../../../../src-renderer/features/changes/timeline-words'
import { buildEntry } from '../../../../support/journal-entries'
import { answered, buildPlan, confirmed, drafted, NEEDS, result } from '../../../../support/journal-rows'
import { sayIn } from '../../../../support/say'

const en = sayIn('en')
const zh = sayIn('zh-CN')

describe('the first line of the journal', () => {
  it('says what is left to be done, the most pressing first', () => {
    const open = (['draft', 'verified', 'conflict', 'unknown', 'applying', 'planned'] as const).map((state) =>
      buildEntry(state, { state }),
    )
    expect(changesLine(en, open, 9)).toEqual({
      first: '2 changes are in progress or were interrupted; open them to see their state.',
      rest:
        '1 change conflicts with someone else’s edit and needs a new plan. ' +
        '1 change is applied, not yet verified and watched. 2 changes are prepared and not sent.',
    })
    expect(changesLine(zh, open.slice(3, 4), 9)).toEqual({
      first: '1 个变更正在进行或被中断；打开可查看进展。',
      rest: '',
    })
    expect(open.toSorted((a, b) => gravity(a) - gravity(b)).map(({ state }) => state)).toEqual([
      'unknown',
      'applying',
      'conflict',
      'verified',
      'draft',
      'planned',
    ])
    expect(gravity(buildEntry('a'))).toBeGreaterThan(gravity(open[0]!))
  })

  it('says that nothing is open, and that nothing ever was', () => {
    expect(changesLine(en, [], 1).first).toBe('No open changes; 1 change in the journal.')
    expect(changesLine(en, [], 0).first).toBe('No change has been made with Highwater yet.')
  })
})

describe('a change in the list', () => {
  it('names what and where, and counts what has no room', () => {
    const entry = buildEntry('a', { keys: ['a', 'b', 'c', 'd'], topics: ['t1', 't2', 't3'], topicCount: 40 })
    expect([whatWords(en, entry), topicWords(en, entry)]).toEqual(['a, b, c and 1 more', 't1, t2 and 38 more'])
    expect(topicWords(en, buildEntry('a', { topics: ['t1', 't2'], topicCount: 2 }))).toBe('t1 and t2')
    expect(whatWords(en, buildEntry('a', { undoOf: 'b' }))).toBe('undo: min.insync.replicas')
    expect(whatWords(zh, buildEntry('a', { kind: 'election', keys: [] }))).toBe('Leader 移回首选副本')
  })

  it('tells how far it got, and nothing where nothing was sent', () => {
    expect(resultWords(en, buildEntry('a', { applied: 37, items: 40 }))).toBe('37 of 40')
    expect(resultWords(en, buildEntry('a', { applied: 0, items: 0 }))).toBe('–')
    expect([riskWord(en, buildEntry('a', { level: 'block' })), riskWord(en, buildEntry('a', { level: '' }))]).toEqual([
      'stop',
      '–',
    ])
  })

  it('may be undone while something of it holds: never an election, a draft, or twice', () => {
    expect(mayUndo(buildEntry('a'))).toBe(true)
    for (const more of [
      { kind: 'election' },
      { state: 'planned' },
      { state: 'unknown' },
      { applied: 0 },
      { undoneBy: 'b' },
    ] as const) {
      expect(mayUndo(buildEntry('a', more)), JSON.stringify(more)).toBe(false)
    }
  })
})

describe('a line of the journal', () => {
  const validation = (n: number): ChangeEvent => ({
    type: 'validated',
    validation: {
      at: 1,
      broker: 2,
      topics: 3,
      refusals: Array.from({ length: n }, (_, at) => ({ topic: `t${at}`, error: 40, message: null, removable: '' })),
    },
  })
  const watched = (outcome: 'calm' | 'alarm', n: number): ChangeEvent => ({
    type: 'watched',
    watching: {
      startedAt: 1,
      until: 2,
      outcome,
      alarms: Array.from({ length: n }, () => ({ topic: 'a', partition: 0, state: 'offline' as const, at: 1 })),
    },
  })
  const SHOWN = { broker: 1, topic: 'a', key: 'retention.ms', value: '5', source: 1 }
  it.each<[ChangeEvent, string]>([
    [drafted(['a', 'b'], 'retention.ms'), 'Edited: retention.ms on 2 topics.'],
    [
      { type: 'drafted', draft: { kind: 'election', partitions: [{ topic: 'a', partitions: [1] }] }, undoOf: '' },
      'Edited: leader of 1 partition back to its preferred replica.',
    ],
    [{ type: 'planned', plan: buildPlan({ level: 'warn' }), needs: NEEDS }, 'Planned: risk careful, 0 effects.'],
    [validation(0), 'Broker 2 validated it and refuses nothing.'],
    [validation(2), 'Broker 2 validated it and refuses 2 topics.'],
    [confirmed('disk {full} | soon'), 'Confirmed: “disk {full} | soon”'],
    [confirmed(''), 'Confirmed.'],
    [{ type: 'sending', batch: 1, rows: [0, 1], before: [] }, 'Batch 2: 2 items sent.'],
    [
      answered(1, [result('a', 'applied'), result('b', 'refused'), result('c', 'applied')]),
      'Batch 2: 2 applied and 1 refused.',
    ],
    [{ type: 'stopped', by: 'arming', why: null }, 'Stopped: the cluster is read-only again.'],
    [{ type: 'ended', outcome: 'unknown' }, 'Ended with an unknown result: a write got no answer.'],
    [
      { type: 'settled', at: 1, results: [result('a', 'unknown')], brokers: [] },
      'Result read from the cluster (brokers: none): 1 unknown.',
    ],
    [
      { type: 'verified', verification: { at: 1, outcome: 'verified', brokers: [1, 3], differences: [], tookMs: 5 } },
      'Verified (brokers: 1 and 3).',
    ],
    [
      {
        type: 'verified',
        verification: { at: 1, outcome: 'verified', brokers: [1, 3], ofBrokers: 5, differences: [], tookMs: 5 },
      },
      'Verified (brokers: 1 and 3 of 5 in all).',
    ],
    [
      {
        type: 'watched',
        watching: { startedAt: 1, until: 2, outcome: 'overwritten', alarms: [], differences: [SHOWN, SHOWN] },
      },
      'Overwritten: at the end of the watch 2 values differed from the change.',
    ],
    [watched('calm', 0), 'Watched: no partition was seen to get worse.'],
    [watched('alarm', 2), 'Watched: 2 partitions got worse.'],
    [{ type: 'undone', by: 'z' }, 'Undone by another change.'],
  ])('%j', (event, words) => {
    expect(stepWords(en, event)).toBe(words)
    expect(stepWords(zh, event)).not.toMatch(/journal\.|undefined/)
  })
})
