import { describe, expect, it } from 'vitest'
import { effectWords, rowWords } from '../../../../../src-renderer/features/change/plan/effect-words'
import { statusTone, statusWords } from '../../../../../src-renderer/features/change/headline'
import { undoWords } from '../../../../../src-renderer/features/change/after/undo-words'
import { amountWords } from '../../../../../src-renderer/features/change/plan/value-words'
import { sayIn } from '../../../../support/say'
import {
  COUNTS,
  buildChange,
  buildEffect,
  buildElection,
  buildItem,
  buildPlan,
} from '../../../../support/screen-changes'
import { effectPhrase } from '../../../../../src-main/shared/words/entries'

const say = sayIn('en')
const result = (topic: string, outcome: 'applied' | 'not-begun') => ({
  topic,
  partition: -1,
  outcome,
  error: 0,
  message: null,
})

describe('the way back', () => {
  const topics = ['a', 'b', 'c']
  const plan = buildPlan({ topics, items: topics.map((_, topic) => buildItem({ topic })) })

  it('counts what a large change would restore, and only what was applied of it once it was sent', () => {
    expect(undoWords(say, buildChange({ plan }))).toBe('Undo will restore 3 settings on 3 topics exactly.')
    const results = [result('a', 'applied'), result('b', 'applied'), result('c', 'not-begun')]
    expect(undoWords(say, buildChange({ state: 'applied', plan, results }))).toBe(
      'Undo will restore 2 settings on 2 topics exactly.',
    )
  })

  it('promises nothing where nothing was applied', () => {
    expect(
      undoWords(
        say,
        buildChange({ state: 'failed', plan, results: topics.map((topic) => result(topic, 'not-begun')) }),
      ),
    ).toBe('')
    expect(undoWords(say, buildChange({ state: 'discarded' }))).toBe('')
  })

  it('of retention says beforehand that records do not come back, and promises no value that is not told', () => {
    const hidden = buildItem({ key: 'vendor.secret', before: { override: null, value: null, source: 1 } })
    const items = [buildItem({ key: 'retention.ms' }), hidden]
    expect(
      undoWords(
        say,
        buildChange({ plan: buildPlan({ topics: ['a'], items, cannotRestore: ['records-deleted', 'value-hidden'] }) }),
      ),
    ).toBe(
      'Undo will restore: retention.ms inherited. Records deleted in the meantime do not come back. ' +
        'A sensitive override, whose value Kafka does not return, cannot be restored: set it by hand.',
    )
  })

  it('of an undo says what does not come back', () => {
    expect(undoWords(say, buildChange({ undoOf: 'x', plan: buildPlan({ cannotRestore: ['records-deleted'] }) }))).toBe(
      'This restores the earlier overrides exactly. Records deleted in the meantime do not come back.',
    )
  })
})

describe('how it stands', () => {
  const status = (view: Parameters<typeof statusWords>[1]): string => statusWords(say, view, null, Date.now())

  it('of a plan of an earlier run is to plan again, whatever was confirmed', () => {
    expect(status(buildChange({ state: 'confirmed', next: ['plan', 'edit', 'discard'] }))).toContain('Plan again')
  })

  it('of an election speaks of leaders', () => {
    const verification = { at: 0, outcome: 'verified', brokers: [1], differences: [], tookMs: 3 } as const
    expect(status(buildElection({ state: 'applied', verification }))).toContain(
      'The preferred replicas lead, confirmed on broker 1.',
    )
  })

  it('is calm about an unknown end and loud about a failure', () => {
    expect(statusTone(buildChange({ state: 'unknown' }), null)).toBe('wait')
    expect(statusTone(buildChange({ state: 'failed' }), null)).toBe('bad')
    expect(statusTone(buildChange(), null)).toBe('')
  })

  it('is not known yet while a write without an answer is read again', () => {
    const view = buildChange({
      state: 'applying',
      next: ['stop'],
      results: [{ ...result('a', 'applied'), outcome: 'unknown' }],
    })
    expect(statusWords(say, view, { what: 'settling', done: 0, total: 1, stoppable: false }, Date.now())).toMatch(
      /^Result unknown, checking/,
    )
    expect(statusWords(say, buildChange({ state: 'applying', next: ['stop'] }), null, Date.now())).toMatch(
      /^Being applied/,
    )
  })

  it('says that a plan would change nothing', () => {
    expect(status(buildChange({ plan: buildPlan({ items: [], unchanged: 2 }) }))).toContain('No change needed')
  })
})

describe('effects', () => {
  it('format each figure by its unit, and leave the unknown unknown', () => {
    const figures = { ...COUNTS, deletableRecords: 1_234_567, freedBytes: Number.NaN }
    const text = effectWords(say, buildEffect({ says: effectPhrase('retention-ms.deletes', figures) }))
    expect(text).toContain('up to 1.2 M records become deletable, about ? over all replicas')
  })

  it('say what the figure of a row counts', () => {
    const row = { topic: 'a', partition: 0, note: 2, text: '' }
    expect(rowWords(say, buildEffect(), row)).toBe('2 in the ISR')
    const records = buildEffect({ noteUnit: 'records' })
    expect(rowWords(say, records, { ...row, text: 'billing' })).toBe('billing · 2 records')
    expect(rowWords(say, records, { ...row, note: 1 })).toBe('1 record')
    expect(rowWords(say, buildEffect({ noteUnit: 'bytes' }), { ...row, note: 2048 })).toBe('2.0 KiB')
    expect(rowWords(say, buildEffect({ noteUnit: 'ms' }), { ...row, note: 250 })).toBe('250 ms')
    expect(
      rowWords(sayIn('zh-CN'), buildEffect(), { ...row, reasons: [{ id: 'why.silent', args: { broker: 3 } }] }),
    ).toBe('Broker 3 无响应 · ISR 中有 2 个')
    expect(rowWords(say, buildEffect(), { ...row, note: Number.NaN })).toBe('')
  })
})

it('reads amounts for people, and nothing into other values', () => {
  expect(amountWords(say, 'retention.ms', '604800000')).toBe('7 d')
  expect(amountWords(say, 'retention.bytes', '-1')).toBe('unlimited')
  expect(amountWords(say, 'segment.bytes', '1073741824')).toBe('1 GiB')
  expect(amountWords(say, 'min.insync.replicas', '2')).toBe('')
  expect(amountWords(say, 'retention.ms', null)).toBe('')
})
