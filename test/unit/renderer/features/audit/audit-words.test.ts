import { describe, expect, it } from 'vitest'
import type { AuditView } from '@contract/audit'
import { dateAfter, untilOf } from '../../../../../src-renderer/features/audit/accept-date'
import { auditHtml, auditJson, auditMarkdown } from '../../../../../src-renderer/features/audit/audit-report'
import {
  auditLine,
  auditTitle,
  progressWords,
  rowWords,
  scoreWords,
  whereWords,
} from '../../../../../src-renderer/features/audit/audit-words'
import { scoreLine } from '../../../../../src-renderer/features/audit/score-line'
import { ACCEPTANCE, auditView, NO_AUDIT, ONE_CONTROLLER, UNCLEAN, UNLIMITED } from '../../../../support/audit-view'
import { sayIn } from '../../../../support/say'
import { NOW } from '../../../../support/summaries'

const en = sayIn('en')

describe('the title', () => {
  it.each<[string, AuditView | null, string]>([
    ['before the first run', NO_AUDIT, 'This cluster has not been audited yet.'],
    ['before it is read', null, 'This cluster has not been audited yet.'],
    ['the gravest, by name', auditView(), 'carts: Unclean election is on'],
    ['of the cluster as a whole', auditView({ open: [ONE_CONTROLLER] }), 'A single controller'],
    [
      'nothing open, everything seen',
      auditView({ open: [], unknown: 0 }),
      'No open findings: every rule that applies checked what this login sees.',
    ],
    [
      'nothing found is not nothing there',
      auditView({ open: [], unknown: 2 }),
      'No open findings, but 2 rules could not check everything.',
    ],
  ])('%s', (_what, view, title) => expect(auditTitle(en, view)).toBe(title))

  it('is said in Chinese too', () => expect(auditTitle(sayIn('zh-CN'), auditView())).toBe('carts：非同步选举已开启'))

  it('has its figures, its reach and its age below', () => {
    expect(auditLine(en, auditView(), NOW)).toBe(
      '3 open and 1 accepted in 26 topics and 6 brokers that this login sees; 9 of 15 rules clear. Checked 40 s ago. 1 rule could not check everything.',
    )
    expect(auditLine(en, NO_AUDIT, NOW)).toBe('')
  })
})

describe('words', () => {
  it('name two and count the rest', () => {
    expect(whereWords(en, UNLIMITED.rows)).toBe('audit_log, clicks and 1 more')
    expect(whereWords(en, UNCLEAN.rows)).toBe('carts')
    expect(whereWords(en, [{ topic: '', broker: 4 }])).toBe('broker 4')
    expect(whereWords(sayIn('zh-CN'), ONE_CONTROLLER.rows)).toBe('整个集群')
  })

  it('say where a row is set', () => expect(rowWords(en, UNCLEAN.rows[0]!)).toBe('12 partitions, set on the topic'))

  it('call a score a bound where rules could not look', () => {
    expect(scoreWords(en, { score: 91, unknown: 0 })).toBe('91 of 100')
    expect(scoreWords(en, { score: 91.5, unknown: 1 })).toBe('at most 91.5 of 100')
  })

  it('tell how far it is', () => {
    expect(progressWords(en, { step: 'reading', done: 50, total: 10_000 })).toBe(
      'Reading settings: 50 of 10,000 topics',
    )
    expect(progressWords(en, { step: 'judging', done: 3, total: 15 })).toBe('Checking: 3 of 15 rules')
  })
})

describe('an end date', () => {
  const now = new Date(2026, 10, 30, 15, 0).getTime()
  it('is a day of the calendar, so many days on', () => {
    expect([dateAfter(now, 1), dateAfter(now, 90)]).toEqual(['2026-12-01', '2027-02-28'])
  })
  it.each([
    ['2026-12-01', new Date(2026, 11, 1).getTime()],
    ['2026-11-30', NaN],
    [dateAfter(now, 180), new Date(2027, 4, 29).getTime()],
    [dateAfter(now, 181), NaN],
    ['2026-02-31', NaN],
    ['soon', NaN],
    ['', NaN],
  ])('%s begins at its midnight, or is none', (text, at) => expect(untilOf(text, now)).toBe(at))
})

describe('the line of scores', () => {
  const run = (at: number, score: number) => ({ ...auditView().runs[0]!, at, score })
  it('holds a score until the next run', () => {
    expect(scoreLine([run(0, 90), run(50, 100), run(100, 80)], 100, 10)).toEqual({
      path: 'M0 5H50V0H100V10',
      low: 80,
      high: 100,
    })
  })
  it('goes down as far as it has to', () => expect(scoreLine([run(0, 55), run(1, 90)], 10, 10).low).toBe(40))
  it('is none of one run', () => expect(scoreLine([run(0, 90)], 10, 10).path).toBe(''))
})

describe('the report', () => {
  const view = auditView()
  const hostile = 'a <script>alert(1)</script> ](http://x) `'

  it('as Markdown has findings, fix, command, acceptance and what was not seen', () => {
    const text = auditMarkdown(en, view, 'orders-eu')
    expect(text).toContain('# Audit of orders-eu')
    expect(text).toContain('### may lose records: Unclean election is on')
    expect(text).toContain('```sh\nkafka-configs.sh --alter --entity-name carts\n```')
    expect(text).toContain('Accepted by mara until ')
    expect(text).toContain(
      'the brokers that answered agree on lag window, min ISR, unclean election and session timeout: broker 3 does not answer',
    )
  })

  it('as HTML is one file that asks for nothing', () => {
    const text = auditHtml(en, view, hostile)
    expect(text.startsWith('<!doctype html>')).toBe(true)
    expect(text).not.toMatch(/<script|<link|<img|src=|href=|@import|url\(/)
    expect(text).toContain('&lt;b&gt;odd&lt;/b&gt;')
    expect(text).toContain('&lt;script&gt;')
  })

  it('as Markdown makes no markup of names', () => {
    const text = auditMarkdown(en, view, hostile)
    expect(text).toContain('\\<script\\>')
    expect(text).toContain('\\]')
  })

  it('as JSON has everything, unknown as null', () => {
    const open = [{ ...UNCLEAN, readAt: Number.NaN }]
    const read = JSON.parse(auditJson(en, auditView({ open }), 'orders-eu')) as Record<string, unknown>
    expect(read).toMatchObject({
      cluster: 'orders-eu',
      score: 91,
      scoreIsUpperBound: true,
      open: [{ id: 'unclean.on', title: 'Unclean election is on', readAt: null }],
      accepted: [{ id: 'elr.off', acceptance: ACCEPTANCE }],
    })
    expect((read.rules as unknown[]).length).toBe(15)
  })
})
