import { describe, expect, it } from 'vitest'
import type { ClusterSummary } from '@contract/summary'
import type { WhatIf, WhatIfTopic } from '@contract/what-if'
import { tally } from '@shared/tally'
import { lampWords, stepWords } from '../../../../../src-renderer/features/what-if/restart-words'
import { moveBands } from '../../../../../src-renderer/features/what-if/move-bands'
import { reportText, whatIfExport } from '../../../../../src-renderer/features/what-if/what-if-report'
import {
  coordinatorOf,
  figuresOf,
  headlineOf,
  lookOf,
  meaningOf,
  movesOf,
  partitionsOf,
  quorumOf,
  racksOf,
  unknownsOf,
} from '../../../../../src-renderer/features/what-if/what-if-words'
import { restartLamp } from '../../../../../src-renderer/stores/restart-lamp'
import { beginRolling, followRolling } from '../../../../../src-renderer/stores/rolling'
import { buildFrame } from '../../../../support/frames'
import { sayIn } from '../../../../support/say'
import { buildBroker, buildHeadline, NOW } from '../../../../support/summaries'
import { buildWhatIf } from '../../../../support/what-if'

const en = sayIn('en')
const zh = sayIn('zh-CN')
const BROKERS = [1, 2, 3, 4, 5, 6].map((id) => buildBroker(id))
const summaryOf = (changes: Partial<ClusterSummary> = {}): ClusterSummary =>
  buildFrame({ takenAt: NOW, summary: { headline: buildHeadline(), brokers: BROKERS, reach: 'all', ...changes } })
    .summary
const summary = summaryOf()

const topic = (name: string, changes: Partial<WhatIfTopic> = {}): WhatIfTopic => ({
  topic: name,
  partitions: 12,
  loses: 0,
  offline: 0,
  refuses: 0,
  oneLossAway: 0,
  moves: 0,
  unknown: 0,
  byDesign: 0,
  named: { loses: [], offline: [], refuses: [], unknown: [] },
  moved: [],
  ...changes,
})
const carts = topic('carts', { offline: 6, byDesign: 6, named: { ...topic('').named, offline: [0, 2, 4, 6, 8, 10] } })
const quorum = (changes: Partial<WhatIf['quorum']>) => ({ quorum: { ...buildWhatIf().quorum, ...changes } })

describe('the sentence', () => {
  const said = (changes: Partial<WhatIf>, of = summary, say = en) => headlineOf(say, buildWhatIf(changes), of)

  it.each<[string, Partial<WhatIf>, string]>([
    [
      'a rack, and one topic by name',
      { brokers: [2, 5], offline: tally(6), topics: [carts] },
      'Stopping rack-b (brokers 2 and 5) together now takes carts offline on 6 of 12 partitions.',
    ],
    [
      'several topics by number, the most severe first',
      {
        brokers: [2, 3],
        offline: tally(4),
        refuses: tally(25),
        topics: [topic('a', { offline: 2, refuses: 20 }), topic('b', { offline: 2, refuses: 5 })],
      },
      'Stopping brokers 2 and 3 together now takes 4 partitions offline and blocks safe writes on 25 partitions.',
    ],
    [
      'lost records first',
      { loses: tally(1), refuses: tally(2, false), topics: [topic('a', { loses: 1, refuses: 2 })] },
      'Stopping broker 2 now loses records of a on 1 of 12 partitions and blocks safe writes to a on ≥ 2 of 12 partitions.',
    ],
    [
      'nothing, proven',
      {},
      'Stopping broker 2 now is not expected to take a partition of this cluster offline, lose records or block safe writes.',
    ],
    [
      'nothing seen is no proof',
      { refuses: tally(0, false) },
      'What stopping broker 2 would cost is not fully known; no harm to a partition of this cluster is seen.',
    ],
    [
      'the majority goes before everything',
      {
        brokers: [1, 2],
        offline: tally(3),
        leaders: [
          { broker: 1, now: 8, then: 0 },
          { broker: 3, now: 1, then: 9 },
        ],
        ...quorum({ effect: 'loses' }),
      },
      'Stopping brokers 1 and 2 breaks the controller majority: no more leader elections, and the 8 partitions led there stop.',
    ],
    [
      'no controller',
      { offline: tally(3), ...quorum({ effect: 'silent' }) },
      'No controller answers: no leader would be elected in place of broker 2.',
    ],
  ])('%s', (_, changes, expected) => {
    expect(said(changes)).toBe(expected)
  })

  it('says how far it reaches', () => {
    const blind = summaryOf({ partitions: 0, topics: 0, reach: 'unknown' })
    expect(said({ reach: 'unknown', offline: tally(0, false) }, blind)).toBe(
      'What stopping broker 2 would cost is unknown: no topic is seen.',
    )
    expect(said({ reach: 'visible' }, summaryOf({ topics: 13 }))).toContain('of the 13 topics visible to this login')
    expect(said({ brokers: [2, 5], offline: tally(6), topics: [carts] }, summary, zh)).toBe(
      '现在同时停止 rack-b（Broker 2和5）：carts：12 个分区中有 6 个离线。'.replace(
        '2和5',
        zh.t('board.name.and', { first: '2', last: '5' }),
      ),
    )
  })
})

it('the figures carry their age, and unknown is not none', () => {
  const text = figuresOf(en, buildWhatIf({ takenAt: NOW - 300, refuses: tally(0, false), oneLossAway: tally(7) }), NOW)
  expect(text).toContain('0 offline, ? refuse safe writes, 0 lose records, 7 one loss away, 0 leaders move.')
  expect(text).toContain('does not consider load, consumers or disks')
})

describe('a topic', () => {
  it.each<[Partial<WhatIfTopic>, string, string]>([
    [{ loses: 1, offline: 1 }, 'an unclean election: records are lost', 'offline'],
    [{ offline: 1, byDesign: 1 }, 'no copy is on another broker', 'offline'],
    [{ offline: 1 }, 'no in-sync copy on another broker', 'offline'],
    [{ refuses: 1, byDesign: 1 }, 'too few copies are on other brokers', 'under-min-isr'],
    [{ refuses: 1 }, 'too few in-sync copies on other brokers', 'under-min-isr'],
    [{ unknown: 1, oneLossAway: 1 }, 'its min ISR is unknown', 'unknown'],
    [{ oneLossAway: 1, moves: 1 }, 'accepts writes; not after one more loss', 'at-min-isr'],
    [{ moves: 1 }, 'leaders move, no other effect seen', 'healthy'],
  ])('%o', (changes, meaning, look) => {
    expect([meaningOf(en, topic('t', changes)), lookOf(topic('t', changes))]).toEqual([meaning, look])
  })

  it('names its partitions, and counts the rest', () => {
    expect(partitionsOf(en, carts)).toBe('offline: 0, 2, 4, 6, 8, 10')
    expect(partitionsOf(en, carts, 2)).toBe('offline: 0, 2 and 4 more')
    const cut = topic('t', { refuses: 700, named: { ...carts.named, offline: [], refuses: [1, 2] } })
    expect(partitionsOf(en, cut)).toBe('refuse: 1, 2 and 698 more')
    expect(movesOf(en, topic('t', { moves: 3, moved: [{ partition: 4, from: 2, to: 1 }] }))).toBe('4: 2 → 1 and 2 more')
    expect(movesOf(en, topic('t'))).toBe('')
  })
})

it('controllers and coordinators are named with their numbers', () => {
  const of = (changes: Partial<WhatIf['quorum']>) => quorumOf(en, buildWhatIf(quorum(changes)))
  expect(of({ effect: 'loses', stopped: [1, 2], left: 1 })).toBe(
    'Controllers: without 1 and 2 only 1 of 3 voters run; 2 are needed.',
  )
  expect(of({ stopped: [1], left: 2 })).toBe('Controllers: without 1 2 of 3 voters run; 2 are needed.')
  expect(of({})).toContain('none of these brokers is a voter')
  expect(of({ effect: 'unknown', total: Number.NaN })).toContain('is unknown')
  expect(of({ total: Number.NaN })).toBe('')
  const groups = { what: 'groups', partitions: 50, loses: 0, offline: 1, refuses: 2, moves: 17, unknown: 0 } as const
  expect(coordinatorOf(en, groups)).toBe(
    'Consumer groups: 3 of 50 partitions of __consumer_offsets stop, and their groups cannot commit. Groups on 17 of 50 partitions get another coordinator and rejoin.',
  )
  expect(coordinatorOf(en, { ...groups, offline: 0, refuses: 0, moves: 0, unknown: 5 })).toContain('is unknown')
})

it('every reason why a figure may be too low is said', () => {
  const unknown = { unjudged: 1, silentLeader: 2, minIsr: 3, unheard: 4, unclean: 5 }
  const away = [buildBroker(1, { listed: false, answers: 'no' }), buildBroker(2, { answers: 'no' }), buildBroker(3)]
  const lines = unknownsOf(
    en,
    buildWhatIf({ brokers: [1, 2, 9], unknown, offline: tally(1), reach: 'unknown' }),
    summaryOf({ brokers: away, limits: [{ what: 'elr', reason: 'not-authorized' }] }),
  )
  expect(lines).toHaveLength(10)
  expect(lines.slice(0, 3)).toEqual([
    '9 is not known in this cluster.',
    'Broker 1 is gone already.',
    'Broker 2 does not answer: the partitions it leads are in no figure.',
  ])
  expect(unknownsOf(en, buildWhatIf(), summary)).toEqual([])
})

it('the text for a ticket has the sentence, the partitions by topic, the leaders and what is unknown', () => {
  const answer = buildWhatIf({
    brokers: [2, 5],
    offline: tally(6),
    topics: [carts, topic('orders', { moves: 20, oneLossAway: 60 })],
    moves: [{ from: 2, to: 3, partitions: 93 }],
    unknown: { ...buildWhatIf().unknown, unclean: 6 },
  })
  const lines = reportText(en, answer, summary, NOW).split('\n')
  expect(lines[0]).toContain('takes carts offline on 6 of 12')
  expect(lines).toContain('  carts: offline: 0, 2, 4, 6, 8, 10 (no copy is on another broker)')
  expect(lines).toContain('  2 → 3: 93')
  expect(lines.at(-1)).toContain('may lose records instead')
  expect(lines.some((line) => line.includes('orders'))).toBe(false)
  const table = whatIfExport(en, answer)
  expect([...table.rows].map((row) => row.length)).toEqual([table.columns.length, table.columns.length])
})

it('racks are in order, who has none stands last', () => {
  expect(racksOf([buildBroker(3, { rack: null }), ...BROKERS.slice(0, 2), buildBroker(4)])).toEqual([
    { rack: 'rack-a', brokers: [1, 4] },
    { rack: 'rack-b', brokers: [2] },
    { rack: '', brokers: [3] },
  ])
})

describe('the light', () => {
  it('says go with its reach, and wait with its first reason', () => {
    const fresh = buildWhatIf({ takenAt: NOW })
    expect(lampWords(en, restartLamp(2, fresh, summary, false), summary)).toEqual({
      title: 'Go: restart broker 2.',
      text: 'All conditions below hold for the partitions of this cluster, as last read. Stop when this light is no longer green.',
    })
    const refuses = buildWhatIf({ takenAt: NOW, refuses: tally(25), byDesign: 3 })
    expect(lampWords(en, restartLamp(2, refuses, summary, false), summary)).toEqual({
      title: 'Waiting does not make broker 2 safe to restart.',
      text: 'Not now: stopping broker 2 takes 25 partitions offline, loses their records or blocks their safe writes. Waiting does not help 3 partitions: too few of their copies are on other brokers.',
    })
  })

  it('of a rolling restart says whose turn it is and what happened beside what was said', () => {
    const at = (seconds: number, first: Parameters<typeof buildBroker>[1], refused = 0): ClusterSummary =>
      summaryOf({
        takenAt: NOW + 1000 * seconds,
        headline: buildHeadline({ writesRefused: refused }),
        brokers: [buildBroker(1, { stopRefuses: 25, ...first }), buildBroker(2), buildBroker(3)],
        controller: 3,
      })
    const begun = beginRolling(at(0, {}))
    const away = followRolling(begun, at(1, { answers: 'no' }, 24))
    const back = followRolling(away, at(3, {}))
    const said = (rolling: typeof begun, seconds: number) => {
      const now = at(seconds, {})
      const lamp = restartLamp(2, buildWhatIf({ takenAt: now.takenAt }), now, false)
      return stepWords(en, rolling, lamp, now, now.takenAt)
    }
    expect(said(begun, 0)[0]).toMatchObject({ broker: 1, light: 'wait', text: 'computing', detail: '' })
    expect(said(away, 2)[0]).toMatchObject({ light: 'wait', text: 'down for 1 s' })
    expect(said(back, 3)[0]).toMatchObject({
      light: 'done',
      text: 'back after 2 s, in every ISR',
      detail: 'Forecast: 0 offline, 25 refuse, 0 lose records. Seen in that time: 0 offline, 24 refuse.',
    })
    expect(said(back, 3)[1]).toMatchObject({ broker: 2, light: 'go', text: 'restart it now' })
    expect(said(back, 3)[2]).toMatchObject({ light: 'idle', text: 'last: it is the active controller' })
  })
})

it('bands are as thick as the partitions that go that way, and stay apart', () => {
  const { from, to, ways } = moveBands(
    [
      { from: 2, to: 3, partitions: 90 },
      { from: 5, to: 3, partitions: 10 },
      { from: 2, to: 6, partitions: 20 },
    ],
    120,
  )
  expect(from.map(({ broker }) => broker)).toEqual([2, 5])
  expect(to.map(({ broker }) => broker)).toEqual([3, 6])
  expect(from[1]!.top).toBeGreaterThanOrEqual(20)
  expect(ways.map(({ from: a, to: b }) => `${a} ${b}`)).toEqual(['2 3', '2 6', '5 3'])
  for (const { path } of ways) expect(path).not.toContain('NaN')
  expect(moveBands([], 120).ways).toEqual([])
})
