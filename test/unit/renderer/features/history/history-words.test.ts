// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { CAUSES, EVENT_KINDS, type Phase } from '@contract/history'
import { AT_MIN_ISR, OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED } from '@shared/states'
import { eventWords, lagAtLeaving, toldBy } from '../../../../../src-renderer/features/history/event-words'
import { historyLine } from '../../../../../src-renderer/features/history/history-line'
import {
  incidentLine,
  incidentTitle,
  lostWords,
  marksOf,
  whoWords,
} from '../../../../../src-renderer/features/history/incident-words'
import { phaseWords } from '../../../../../src-renderer/features/history/phase-words'
import {
  lastedWords,
  momentWords,
  seenWithin,
  spanWords,
} from '../../../../../src-renderer/features/history/span-words'
import { gapsOf, sinceWatched, unwatchedMs, watchedWords } from '../../../../../src-renderer/features/history/watched'
import { buildEvent, buildKeptIncident, buildWatched } from '../../../../support/incidents'
import { sayIn } from '../../../../support/say'
import { NOW } from '../../../../support/summaries'

const en = sayIn('en')
const zh = sayIn('zh-CN')
const at = (clock: string): number => Date.parse(`2026-11-23T${clock}Z`)
const NEVER = { from: Number.NaN, to: Number.NaN }

describe('a time', () => {
  it.each([
    [{ from: at('03:12:41.000'), to: at('03:12:41.400') }, '03:12:41.2 ± 0.3 s', '03:12:41.2 ± 0.3 秒'],
    [{ from: at('03:12:41.000'), to: at('03:12:41.000') }, '03:12:41.0 ± 0.1 s', '03:12:41.0 ± 0.1 秒'],
    [
      { from: at('03:12:41.100'), to: at('03:14:06.200') },
      'between 03:12:41 and 03:14:07',
      '03:12:41 与 03:14:07 之间',
    ],
    [{ from: Number.NaN, to: at('03:14:06.200') }, 'by 03:14:06.2', '不晚于 03:14:06.2'],
  ])('is said as it is known: %o', (span, english, chinese) => {
    expect(spanWords(en, span, NOW)).toBe(english)
    expect(spanWords(zh, span, NOW)).toBe(chinese)
  })

  it('never lies outside of what is said', () => {
    for (let from = 0; from < 1_000; from += 37)
      for (let width = 0; width < 5_000; width += 131) {
        const span = { from: at('03:12:41.000') + from, to: at('03:12:41.000') + from + width }
        const [, time, within] = /^(\S+) ± (\S+) s$/.exec(spanWords(en, span, NOW))!
        const middle = at(`${time!}00`)
        expect(middle - Math.round(Number(within) * 1_000)).toBeLessThanOrEqual(span.from)
        expect(middle + Math.round(Number(within) * 1_000)).toBeGreaterThanOrEqual(span.to)
      }
  })

  it.each([
    [{ from: at('03:12:40.900'), to: at('03:12:41.400') }, '03:12:41', '03:12:41'],
    [{ from: at('03:12:41.100'), to: at('03:14:06.200') }, '03:12:41 – 03:14:07', '03:12:41 – 03:14:07'],
    [{ from: Number.NaN, to: at('03:14:06.200') }, 'before 03:14:07', '03:14:07 之前'],
  ])('is short where there is little room: %o', (span, english, chinese) => {
    expect(momentWords(en, span, NOW)).toBe(english)
    expect(momentWords(zh, span, NOW)).toBe(chinese)
  })

  it('an incident lasted as long as both of its ends are known', () => {
    const began = { from: NOW - 260_500, to: NOW - 260_000 }
    const ended = { from: NOW - 60_500, to: NOW - 60_000 }
    expect(lastedWords(en, { began, ended }, NOW)).toBe('3 min 20 s')
    expect(lastedWords(en, { began, ended: NEVER }, NOW)).toBe('4 min 20 s')
    expect(lastedWords(en, { began: { from: Number.NaN, to: began.to }, ended: NEVER }, NOW)).toBe('≥ 4 min 20 s')
    expect(lastedWords(en, { began, ended: { from: NOW - 200_000, to: NOW - 60_000 } }, NOW)).toBe('1 min – 3 min 21 s')
  })
})

describe('the title of an incident', () => {
  const hit = (topic: string, worst: number, partitions = 6) => ({ topic, worst, partitions })
  const most = (state: number, n: number): number[] => Array.from({ length: 7 }, (_, code) => (code === state ? n : 0))

  it.each([
    [
      buildKeptIncident({ topics: [hit('pay', UNDER_MIN_ISR)], topicCount: 1, most: most(UNDER_MIN_ISR, 6) }),
      'pay refused acks=all writes, on at most 6 partitions at once.',
      'pay：曾拒绝 acks=all 写入，同时最多 6 个分区。',
    ],
    [
      buildKeptIncident({
        ended: NEVER,
        topics: [hit('pay', OFFLINE), hit('carts', OFFLINE), hit('x', AT_MIN_ISR)],
        topicCount: 3,
        most: most(OFFLINE, 1),
      }),
      'pay and 1 more: offline, at most 1 partition at once.',
      'pay 等（另有 1 个主题）：离线，同时最多 1 个分区。',
    ],
    [
      buildKeptIncident({
        lostAtLeast: 11_946,
        topics: [hit('pay', UNDER_REPLICATED)],
        topicCount: 9,
        most: most(UNDER_REPLICATED, 40),
      }),
      'At least 11,946 acknowledged records were lost. pay and 8 more had a replica out of the ISR, on at most 40 partitions at once.',
      '至少丢失 11,946 条已确认的记录。pay 等（另有 8 个主题）：曾有副本不在 ISR 中，同时最多 40 个分区。',
    ],
    [
      buildKeptIncident({ topics: [] }),
      'Broker 2 was down or out of an ISR; no partition was seen with a replica missing.',
      'Broker 2 曾不可用或不在某些 ISR 中；未见任何分区缺少副本。',
    ],
    [buildKeptIncident({ brokers: [] }), 'No partition was seen with a replica missing.', '未见任何分区缺少副本。'],
  ])('says impact', (incident, english, chinese) => {
    expect(incidentTitle(en, incident)).toBe(english)
    expect(incidentTitle(zh, incident)).toBe(chinese)
  })

  it('who, what was lost, and what is remarkable', () => {
    expect(whoWords(en, { brokers: [2, 5] })).toBe('brokers 2 and 5')
    expect(whoWords(en, { brokers: [] })).toBe('–')
    expect(lostWords(en, { lostAtLeast: 0 })).toBe('no loss seen')
    expect(lostWords(zh, { lostAtLeast: 500 })).toBe('≥ 500')
    const planned = { by: 'ada', broker: 2, until: NOW }
    const marks = marksOf(en, buildKeptIncident({ ended: NEVER, planned, reopened: 2 }), NOW)
    expect(marks.map(({ word }) => word)).toEqual(['open', 'maintenance', 'reopened 2×'])
    expect(marksOf(en, buildKeptIncident(), NOW)).toEqual([])
  })

  it('the line under it does not say more than is known', () => {
    const earlier = buildKeptIncident({ began: { from: Number.NaN, to: NOW - 260_000 }, ended: NEVER })
    expect(incidentLine(en, earlier, NOW)).toContain('≥ 4 min 20 s so far')
    expect(incidentLine(en, earlier, NOW)).toContain('when it began is unknown')
    expect(incidentLine(zh, buildKeptIncident(), NOW)).toContain('故障 214，已结束。')
    expect(incidentLine(en, buildKeptIncident({ lostAtLeast: 3 }), NOW)).not.toContain('No acknowledged record')
  })

  it('the line of the page names the open one, and never says that all are counted when more are kept', () => {
    expect(historyLine(en, [], false)).toBe('No incidents recorded.')
    expect(historyLine(en, [buildKeptIncident({ ended: NEVER })], false)).toContain('An incident is open.')
    expect(historyLine(en, [buildKeptIncident()], false)).toBe('1 incident recorded, and it is over.')
    expect(historyLine(zh, [buildKeptIncident(), buildKeptIncident({ id: 3 })], true)).toBe(
      '已保存 ≥ 2 个故障，均已结束。',
    )
  })
})

describe('a phase', () => {
  const phase = (kind: Phase['kind'], brokers: number[] = [], amount = Number.NaN): Phase => ({
    kind,
    brokers,
    amount,
    from: NOW - 500,
    to: NOW,
  })
  it.each([
    [phase('unwatched'), 'Not watched', '未监视'],
    [phase('silent', [2]), 'Broker 2 stops answering', 'Broker 2 不再响应'],
    [phase('gone', [2, 5]), 'Brokers 2 and 5 are no longer listed', 'Broker 2、5 不再在列'],
    [phase('leaving', [2]), 'Broker 2 shuts down cleanly', 'Broker 2 正常停止'],
    [phase('late', [5], 16), '16 replicas leave the ISR for lag (broker 5)', '16 个副本因滞后移出 ISR（Broker 5）'],
    [phase('refuses', [], 6), '6 partitions refuse acks=all writes', '6 个分区拒绝 acks=all 写入'],
    [phase('offline', [], 1), '1 partition is offline', '1 个分区离线'],
    [phase('moved', [2], 183), '183 leaders move away from broker 2', '183 个 Leader 从 Broker 2 迁走'],
    [phase('moved', [], 1), '1 leader moves', '1 个 Leader 迁移'],
    [phase('lost', [1], 500), 'At least 500 acknowledged records lost', '至少丢失 500 条已确认的记录'],
    [phase('lost', [1], 0), 'Acknowledged records may be lost', '可能丢失已确认的记录'],
    [phase('recovering', [], 4), 'Replicas catch up: 4 partitions still lack one', '副本追赶中：仍有 4 个分区缺少副本'],
    [phase('over'), 'Every replica seen is in the ISR', '所见副本均在 ISR 中'],
  ])('is said in both languages: $kind', (turn, english, chinese) => {
    expect(phaseWords(en, turn)).toBe(english)
    expect(phaseWords(zh, turn)).toBe(chinese)
  })
})

describe('an event', () => {
  it.each([
    [
      buildEvent(1, 'left-isr', 0, { broker: 2, cause: 'fenced' }),
      'Broker 2 left the ISR, probably because it was fenced or stopped',
      'Broker 2 移出 ISR，很可能因为它被隔离或停止',
    ],
    [
      buildEvent(1, 'left-isr', 0, { broker: 2 }),
      'Broker 2 left the ISR; the cause is unknown',
      'Broker 2 移出 ISR；原因未知',
    ],
    [
      buildEvent(1, 'leader', 0, { broker: 3, other: 2, epoch: 7, cause: 'failover', elections: 3 }),
      'Broker 3 leads after 2 (epoch 7), probably because 2 failed; 2 more elections in between were not seen',
      'Broker 3 接替 2 成为 Leader（Epoch 7），很可能因为 2 发生故障；其间另有 2 次选举未被看到',
    ],
    [
      buildEvent(1, 'silent', 0, { broker: 2, text: 'timeout' }),
      'Broker 2 stopped answering: it keeps its connections open and does not answer',
      'Broker 2 不再响应：连接仍在但无响应',
    ],
    [buildEvent(1, 'silent', 0, { broker: 2, text: 'else' }), 'Broker 2 stopped answering', 'Broker 2 不再响应'],
    [
      buildEvent(1, 'setting', 0, { text: 'min.insync.replicas', before: '3', after: '2' }),
      'min.insync.replicas: 3 → 2',
      'min.insync.replicas：3 → 2',
    ],
    [
      buildEvent(1, 'setting', 0, { text: 'retention.ms', before: '604800000', after: '1000' }),
      'retention.ms: 7 d → 1 s',
      'retention.ms：7 天 → 1 秒',
    ],
    [
      buildEvent(1, 'setting', 0, { text: 'leader.replication.throttled.replicas', before: '', after: '*' }),
      'leader.replication.throttled.replicas: none → *',
      'leader.replication.throttled.replicas：无 → *',
    ],
    [
      buildEvent(1, 'topic-deleted', 0, { text: 'perhaps-hidden' }),
      'The topic was deleted, or is no longer visible to this login',
      '主题已删除，或此登录不再可见',
    ],
    [
      buildEvent(1, 'lost', 0, { broker: 2, other: 1, amount: 500 }),
      'At least 500 acknowledged records lost: broker 2 leads after 1',
      '至少丢失 500 条已确认的记录：Broker 2 接替 1',
    ],
  ])('is said with its cause as a conclusion', (event, english, chinese) => {
    expect(eventWords(en, event)).toBe(english)
    expect(eventWords(zh, event)).toBe(chinese)
  })

  it('has words of its own for every kind and cause', () => {
    for (const say of [en, zh])
      for (const kind of EVENT_KINDS)
        for (const cause of CAUSES) {
          const words = eventWords(
            say,
            buildEvent(1, kind, 0, { broker: 2, other: 1, epoch: 4, cause, text: 'k', before: 'a', after: 'b' }),
          )
          expect(words).not.toContain('history.')
          expect(words).not.toContain('{')
        }
  })

  it('tells the lag of a replica that left, unknown as unknown, and who told it', () => {
    expect(lagAtLeaving(en, buildEvent(1, 'left-isr', 0, { lagRecords: 1_204, lateMs: 31_000 }))).toBe(
      '1,204 records, 31 s',
    )
    expect(lagAtLeaving(en, buildEvent(1, 'left-isr', 0))).toBe('? records, ?')
    expect(lagAtLeaving(zh, buildEvent(1, 'gone', 0))).toBe('')
    expect(toldBy(en, buildEvent(1, 'leader', 0, { toldBy: 3 }))).toBe('broker 3')
    expect(toldBy(en, buildEvent(1, 'lost', 0))).toBe('log comparison')
    expect(toldBy(zh, buildEvent(1, 'gone', 0))).toBe('集群')
  })
})

describe('what was watched', () => {
  const HOUR = 3_600_000
  const day = NOW - 24 * HOUR
  it.each([
    ['all of it', [buildWatched(day - HOUR, NOW)], []],
    ['nothing of it', [], [{ from: day, to: NOW, reason: 'before' }]],
    [
      'a sleep in the middle, and a beginning within',
      [buildWatched(day + HOUR, day + 2 * HOUR, 'asleep'), buildWatched(day + 3 * HOUR, NOW - 20_000)],
      [
        { from: day, to: day + HOUR, reason: 'before' },
        { from: day + 2 * HOUR, to: day + 3 * HOUR, reason: 'asleep' },
      ],
    ],
    [
      'one that was killed and not opened again',
      [buildWatched(day - HOUR, NOW - HOUR)],
      [{ from: NOW - HOUR, to: NOW, reason: 'killed' }],
    ],
    [
      'one that was closed',
      [buildWatched(day - HOUR, NOW - HOUR, 'closed')],
      [{ from: NOW - HOUR, to: NOW, reason: 'closed' }],
    ],
  ])('%s', (_, watched, gaps) => expect(gapsOf(watched, day, NOW)).toEqual(gaps))

  it.each([
    ['watched whole', [], 0],
    ['hardly watched: from a tenth of the watch before it', [buildWatched(NOW - HOUR, NOW)], 22.9 * HOUR],
    ['of a moment: a few seconds before it at least', [buildWatched(NOW - 1_000, NOW)], 24 * HOUR - 6_000],
    ['watched for most of it', [buildWatched(day + 2 * HOUR, NOW)], 0],
    ['not watched at all', [], 0],
    ['a gap within', [buildWatched(day - HOUR, day + HOUR, 'asleep'), buildWatched(NOW - HOUR, NOW)], 0],
  ])('a picture of a time that was %s', (what, watched, from) => {
    const gaps = what === 'watched whole' ? [] : gapsOf(watched, day, NOW)
    expect(sinceWatched(day, NOW, gaps) - day).toBeCloseTo(from, -1)
  })

  it('is said with its gaps and their reasons, the longest first', () => {
    const gaps = gapsOf(
      [
        buildWatched(day - 1, day + HOUR, 'asleep'),
        buildWatched(day + 3 * HOUR, NOW - HOUR, 'paused'),
        buildWatched(NOW - HOUR / 2, NOW),
      ],
      day,
      NOW,
    )
    expect(unwatchedMs(gaps)).toBe(2.5 * HOUR)
    expect(watchedWords(en, gaps, NOW - 24 * HOUR, NOW, NOW)).toBe(
      'Watched 21 h 30 min of the last 1 d; not watched 2 h 30 min. Not watched: Nov 22, 2026 04:17:01 – 06:17:01 (this machine slept) and 02:17:01 – 02:47:01 (paused).',
    )
    expect(watchedWords(zh, [], NOW - 24 * HOUR, NOW, NOW)).toBe('最近 1 天全程监视。')
    expect(watchedWords(en, gapsOf([], day, NOW), day, NOW, NOW)).toMatch(
      /^The 1 d before .*\d+:\d\d:\d\d was not watched\.$/,
    )
  })
})

it.each<[string, { readonly from: number; readonly to: number }, string]>([
  ['as far as the looks lie apart', { from: NOW - 500, to: NOW }, '0.5 s'],
  ['not, where it was so in the first reading', { from: Number.NaN, to: NOW }, '–'],
  ['never below zero', { from: NOW, to: NOW - 500 }, '0.0 s'],
])('how soon something was seen is said %s', (_, span, words) => {
  expect(seenWithin(en, span)).toBe(words)
})
