// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { CHANGE_STATES } from '@contract/change'
import type { EntryState, JournalEntry } from '@contract/journal'
import { eventsCsv, incidentJson } from '@shared/incident-files'
import { UNDER_MIN_ISR } from '@shared/states'
import { certainty, missedElections } from '../../../../../src-renderer/features/history/certainty'
import { incidentMarkdown } from '../../../../../src-renderer/features/history/incident-report'
import { incidentsExport } from '../../../../../src-renderer/features/history/incidents-export'
import { axisOf, brokerLanes, gapsIn, ticks, topicLanes } from '../../../../../src-renderer/features/history/lanes'
import { doneIn } from '../../../../../src-renderer/features/history/use-done'
import { liveIncident } from '../../../../../src-renderer/stores/live-incident'
import { buildEvent, buildKeptIncident } from '../../../../support/incidents'
import { sayIn } from '../../../../support/say'
import { buildIncident, NOW } from '../../../../support/summaries'

const en = sayIn('en')
const zh = sayIn('zh-CN')
const NEVER = { from: Number.NaN, to: Number.NaN }
const FROM = NOW - 300_000

describe('lanes', () => {
  it('a broker that began to leave and stays is no longer drawn as leaving, wherever the lane begins', () => {
    const stays = buildEvent(2, 'stays', 60_000, { broker: 2 })
    const drawn = (events: Parameters<typeof brokerLanes>[1]) =>
      brokerLanes({ brokers: [2] }, events, FROM, NOW)[0]!.stretches.map((one) => one.as)
    expect(drawn([buildEvent(1, 'leaving', 120_000, { broker: 2 }), stays])).toEqual(['there', 'leaving', 'there'])
    expect(drawn([stays])).toEqual(['leaving', 'there'])
  })

  it('a broker that fell silent, was fenced and came back, in the order in which it was seen', () => {
    const events = [
      buildEvent(4, 'answers', 60_000, { broker: 2 }),
      buildEvent(3, 'listed', 60_000, { broker: 2 }),
      buildEvent(2, 'gone', 200_000, { broker: 2 }),
      buildEvent(1, 'silent', 260_000, { broker: 2 }),
    ]
    expect(brokerLanes({ brokers: [2] }, events, FROM, NOW)).toEqual([
      {
        broker: 2,
        stretches: [
          { from: FROM, to: NOW - 260_000, as: 'there' },
          { from: NOW - 260_000, to: NOW - 200_000, as: 'silent' },
          { from: NOW - 200_000, to: NOW - 60_000, as: 'gone' },
          { from: NOW - 60_000, to: NOW, as: 'there' },
        ],
      },
    ])
  })

  it('before its first event a broker was the other way round, and without one nothing is known of it', () => {
    const lanes = brokerLanes({ brokers: [2, 5] }, [buildEvent(1, 'listed', 100_000, { broker: 2 })], FROM, NOW)
    expect(lanes.map(({ stretches }) => stretches.map(({ as }) => as))).toEqual([['gone', 'there'], ['unknown']])
  })

  it('a controlled shutdown is leaving until it is gone', () => {
    const events = [buildEvent(1, 'leaving', 200_000, { broker: 1 }), buildEvent(2, 'gone', 100_000, { broker: 1 })]
    expect(brokerLanes({ brokers: [] }, events, FROM, NOW)[0]?.stretches.map(({ as }) => as)).toEqual([
      'there',
      'leaving',
      'gone',
    ])
  })

  it('a topic has the marks of its events and nothing between them; what lies together is one mark', () => {
    const events = [
      ...Array.from({ length: 40 }, (_, at) => buildEvent(at, 'left-isr', 200_000, { topic: 'pay', partition: at })),
      buildEvent(50, 'joined-isr', 60_000, { topic: 'pay', partition: 0 }),
      buildEvent(51, 'left-isr', 60_000, { topic: 'else', partition: 0 }),
    ]
    const topics = [{ topic: 'pay', worst: UNDER_MIN_ISR, partitions: 40 }]
    expect(topicLanes({ topics }, events, FROM, NOW)).toEqual([
      {
        topic: 'pay',
        marks: [
          { at: NOW - 200_000, kind: 'left-isr', count: 40 },
          { at: NOW - 60_000, kind: 'joined-isr', count: 1 },
        ],
      },
    ])
  })

  it('the axis holds all of it, and has few round ticks', () => {
    const axis = axisOf({ began: { from: Number.NaN, to: FROM }, ended: NEVER }, NOW)
    expect(axis.from).toBeLessThan(FROM)
    expect(axis.until).toBe(NOW)
    const marks = ticks(axis.from, axis.until)
    expect(marks.length).toBeGreaterThan(2)
    expect(marks.length).toBeLessThan(9)
    expect(marks.every((at) => at % 60_000 === 0)).toBe(true)
    const gap = { from: axis.from - 1, to: axis.from + 5, reason: 'asleep' } as const
    expect(gapsIn([gap], axis)).toEqual([{ ...gap, from: axis.from }])
    expect(gapsIn([{ ...gap, from: 0, to: 1 }], axis)).toEqual([])
  })
})

describe('how sure it is', () => {
  const events = [
    buildEvent(1, 'leader', 0, { broker: 3, other: 2, elections: 3, toldBy: 1 }),
    buildEvent(2, 'epochs', 0, { broker: 3, elections: 2, toldBy: 3 }),
    buildEvent(3, 'leader', 0, { broker: 1, other: 2, elections: 1, toldBy: 1 }),
    buildEvent(4, 'gone', 0, { broker: 2 }),
  ]

  it('counts the elections that were missed', () => expect(missedElections(events)).toBe(4))

  it('names sources, looks, what was missed and what cannot be known', () => {
    const said = certainty(en, buildKeptIncident(), { events, more: false, gaps: [] }, NOW)
    expect(said).toEqual([
      'Watched from start to end, without a gap.',
      'From the Metadata of brokers 1 and 3.',
      'Time between polls: 0.5 s typically, at most 0.5 s outside gaps. No time is more exact than that.',
      '4 elections between two polls were missed.',
      'What appears and disappears between two polls is not seen, so every count is a lower bound.',
      'No loss was seen; that does not prove there was none.',
      'Causes are inferred: brokers do not report them. Times are by this machine’s clock, in UTC.',
    ])
  })

  it('does not call a time watched of which that is not known', () => {
    const said = certainty(en, buildKeptIncident(), { events: null, more: false, gaps: null }, NOW)
    expect(said[0]).toBe('How much of it was watched is unknown.')
    const gaps = [{ from: NOW - 100_000, to: NOW - 40_000, reason: 'asleep' } as const]
    expect(certainty(zh, buildKeptIncident({ lostAtLeast: 5 }), { events, more: true, gaps }, NOW)).toEqual([
      '其中 40 秒未监视，共 1 段；最长：03:15:21 – 03:16:01（本机休眠）。',
      '来自 Broker 1、3 的 Metadata。',
      '轮询间隔通常为 0.5 秒，空档之外最长 0.5 秒：各时间的精度不会高于此。',
      '两次轮询之间错过了 4 次选举。',
      '按最新的 4 条事件统计；还有更多。',
      '两次轮询之间出现又消失的情况看不到，因此所有计数都是下限。',
      '丢失的记录数为下限。',
      '原因均为推断：Broker 不会告诉客户端为什么。时间以本机时钟为准，时区为 UTC。',
    ])
  })
})

describe('the report', () => {
  const incident = buildKeptIncident({
    topics: [{ topic: 'a|b', worst: UNDER_MIN_ISR, partitions: 3 }],
    topicCount: 1,
    most: [0, 0, 0, 0, 0, 3, 0],
    phases: [{ kind: 'silent', from: NOW - 260_500, to: NOW - 260_000, brokers: [2], amount: Number.NaN }],
  })
  const events = [
    buildEvent(2, 'left-isr', 200_000, {
      topic: '=a',
      partition: 1,
      broker: 2,
      cause: 'fenced',
      lagRecords: 10,
      lateMs: 9_000,
      toldBy: 1,
    }),
    buildEvent(1, 'silent', 260_000, { broker: 2 }),
  ]
  const report = { cluster: 'orders-eu', incident, events, more: true, sure: ['one'], done: null, commands: [] }

  it('is Markdown that a name cannot break', () => {
    const text = incidentMarkdown(en, report, NOW)
    expect(text).toContain('# Incident 214 of orders-eu')
    expect(text).toContain('| a\\|b | under min ISR | 3 |')
    expect(text).toContain('| 03:12:40.8 ± 0.3 s | Broker 2 stops answering |')
    expect(text).toContain('probably because it was fenced or stopped | =a/1 | 10 records, 9 s | broker 1 |')
    expect(text).toContain('The latest 2 events; there are more.')
    expect(text.indexOf('stopped answering')).toBeLessThan(text.indexOf('left the ISR, probably'))
    expect(incidentMarkdown(zh, report, NOW)).toContain('## 可信程度\n\n- one')
  })

  it('has what was done and the commands, which a name cannot end', () => {
    const odd = { why: 'Replicas of a|b', line: "kafka-topics.sh --topic 'a```b'\n# x" }
    const text = incidentMarkdown(en, { ...report, commands: [odd] }, NOW, [{ name: 'lanes.png', shows: 'a]b' }])
    expect(text).toContain('![a\\]b](lanes.png)')
    expect(text).toContain('The changes made were not read.')
    expect(text).toContain("Replicas of a\\|b\n\n````sh\nkafka-topics.sh --topic 'a```b'\n# x\n````")
  })

  it('is JSON and CSV with unknown as unknown', () => {
    const { events: told } = JSON.parse(incidentJson(report)) as {
      events: { seq: number; lagRecords: number | null }[]
    }
    expect(told).toMatchObject([
      { seq: 1, lagRecords: null },
      { seq: 2, lagRecords: 10 },
    ])
    const lines = eventsCsv(report.events).trim().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toBe(
      `1,${new Date(NOW - 260_500).toISOString()},${new Date(NOW - 260_000).toISOString()},silent,,,,2,,,,,,,,,,,`,
    )
    expect(lines[2]).toContain(",'=a,1,2,")
  })

  it('the list as a table', () => {
    const [row] = incidentsExport([buildKeptIncident({ began: { from: Number.NaN, to: NOW }, brokers: [2, 5] })]).rows
    expect(row?.slice(0, 3)).toEqual([214, null, new Date(NOW).toISOString()])
    expect(row).toContain('2 5')
  })
})

describe('what was done', () => {
  const entry = (change: string, startedAt: number, lastAt = startedAt): JournalEntry => ({
    change,
    startedAt,
    lastAt,
    cluster: 'orders-eu',
    clusterName: 'orders-eu',
    clusterId: '',
    osUser: 'ada',
    principal: '',
    kind: 'config',
    state: 'verified',
    topicCount: 1,
    topics: ['pay'],
    keys: ['min.insync.replicas'],
    level: 'low',
    reason: '',
    undoOf: '',
    undoneBy: '',
    applied: 1,
    items: 1,
  })
  const all = [entry('late', 900), entry('in', 500), entry('across', 50, 150), entry('early', 10)]

  it('is what overlaps the time, oldest first', () => {
    expect(doneIn(all, false, 100, 600)).toMatchObject({
      entries: [{ change: 'across' }, { change: 'in' }],
      lookedTo: Number.NaN,
    })
  })

  it('is nothing that was only planned', () => {
    const of = (state: EntryState, applied = 0) =>
      doneIn([{ ...entry('one', 500), state, applied }], false, 100, 600).entries.length
    expect(CHANGE_STATES.filter((state) => of(state) === 0)).toEqual([
      'draft',
      'planned',
      'validated',
      'confirmed',
      'conflict',
      'discarded',
    ])
    expect([of('unreadable'), of('conflict', 1)]).toEqual([1, 1])
  })

  it('says how far back was looked, where that is not all of it', () => {
    expect(doneIn(all.slice(0, 2), true, 100, 600).lookedTo).toBe(500)
    expect(doneIn(all, true, 100, 600).lookedTo).toBeNaN()
  })
})

describe('the open incident', () => {
  const phase = (kind: 'silent' | 'gone' | 'moved', amount = Number.NaN) => ({
    kind,
    amount,
    brokers: [2],
    from: NOW,
    to: NOW,
  })
  const kept = buildKeptIncident({
    ended: NEVER,
    phases: [phase('silent'), phase('moved', 2)],
    topics: ['a', 'b', 'c', 'd'].map((topic) => ({ topic, worst: 3, partitions: 1 })),
    left: 1,
  })

  it('has the newest figures of the picture and the rest of what is kept', () => {
    const live = liveIncident(
      buildIncident({
        left: 9,
        phases: [phase('silent'), phase('moved', 7)],
        topics: [{ topic: 'c', worst: 5, partitions: 4 }],
      }),
      kept,
    )
    expect(live.left).toBe(9)
    expect(live.phases.map(({ amount }) => amount)).toEqual([Number.NaN, 7])
    expect(live.topics.map(({ topic }) => topic)).toEqual(['c', 'a', 'b', 'd'])
    expect(live.ended.to).toBeNaN()
  })

  it('keeps its kept phases until those of the picture are read', () => {
    const next = buildIncident({ phases: [phase('silent'), phase('moved', 7), phase('gone')] })
    expect(liveIncident(next, kept).phases).toEqual(kept.phases)
    expect(liveIncident(next, null).phases).toEqual(next.phases)
  })
})
