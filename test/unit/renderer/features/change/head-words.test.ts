import { describe, expect, it } from 'vitest'
import type { ChangeView, ItemResult, Verification } from '@contract/change'
import { CHANGE_STATES } from '@contract/change'
import { headWords, subjectWords } from '../../../../../src-renderer/features/change/headline'
import { sayIn } from '../../../../support/say'
import {
  buildChange,
  buildElection,
  buildItem,
  buildNeeds,
  buildPlan,
  overrides,
} from '../../../../support/screen-changes'

const say = sayIn('en')
const ABOUT = /: 2 keys on payments\.ledger$/
const head = (changes: Partial<ChangeView>, progress: ChangeView['progress'] = null): string => {
  const words = headWords(say, buildChange(changes), progress)
  expect(words).toMatch(ABOUT)
  return words.replace(ABOUT, '')
}
const result = (outcome: ItemResult['outcome']): ItemResult => ({
  topic: 'a',
  partition: -1,
  outcome,
  error: 0,
  message: null,
})
const shown = (outcome: Verification['outcome'], brokers = [1, 2, 3]): Verification => ({
  at: 0,
  outcome,
  brokers,
  differences: [],
  tookMs: 9,
})
const WRITES = { accepts: 6, refuses: 0, offline: 0, unknown: 0, tolerance: 0 }
const checked = { at: 0, broker: 1, topics: 1, refusals: [] }
const ready = { state: 'validated', validation: checked, next: ['confirm', 'plan'] } as const

describe('the title', () => {
  it('has words for every state, in both languages', () => {
    for (const state of CHANGE_STATES)
      for (const language of ['en', 'zh-CN'] as const)
        expect(headWords(sayIn(language), buildChange({ state }), null)).toMatch(/payments\.ledger/)
  })

  it.each<[words: string, changes: Partial<ChangeView>]>([
    ['Ready', { ...ready, needs: buildNeeds({ kind: 'click', ticks: [] }), plan: buildPlan({ level: 'low' }) }],
    ['Ready, with 1 warning to read', ready],
    ['Ready, with 2 warnings to read', { ...ready, needs: buildNeeds({ ticks: ['a', 'b'] }) }],
    ['Would stop writes on 3 partitions', { ...ready, plan: buildPlan({ level: 'block' }) }],
    ['Ready, but risky', { ...ready, plan: buildPlan({ level: 'block', writes: { before: WRITES, after: WRITES } }) }],
    ['Refused', { plan: buildPlan({ level: 'refused' }), needs: buildNeeds({ kind: 'never' }) }],
    ['Nothing to change', { plan: buildPlan({ items: [] }), needs: buildNeeds({ kind: 'never' }) }],
    ['Plan again', { ...ready, next: ['plan', 'edit'] }],
    ['Planned, not validated by the brokers yet', {}],
    ['Confirmed, not sent yet', { state: 'confirmed', next: ['apply'] }],
    ['Applied, not confirmed yet', { state: 'applied' }],
    ['Applied, confirmed by broker 1', { state: 'verified', verification: shown('verified', [1]) }],
    ['Applied, confirmed by brokers 1, 2 and 3', { state: 'watched', verification: shown('verified') }],
    [
      'Applied, too few brokers answered to confirm it',
      { state: 'verified', verification: shown('too-few-brokers', [1]) },
    ],
    ['Applied, but a broker shows something else', { state: 'applied', verification: shown('differs') }],
    ['Applied, not visible on every broker yet', { state: 'applied', verification: shown('not-finished') }],
    ['Applied, not confirmed', { state: 'applied', verification: shown('unread') }],
    // What was confirmed is not all there was to do.
    [
      'Partly applied',
      { state: 'verified', verification: shown('verified'), results: [result('applied'), result('refused')] },
    ],
    ['Result unknown', { state: 'unknown', results: [result('unknown')] }],
    ['Undone', { state: 'undone', verification: shown('verified') }],
  ])('says %s', (words, changes) => {
    expect(head(changes)).toBe(words)
  })

  it('says who is being asked', () => {
    expect(head({}, { what: 'validating', done: 0, total: 1, stoppable: true })).toBe(
      'Planned, being validated by the brokers',
    )
  })

  it('names one setting with both values, for people, and none that is not told', () => {
    const one = (item: Parameters<typeof buildItem>[0], more: Partial<ChangeView> = {}): string =>
      subjectWords(
        say,
        buildChange({
          draft: {
            kind: 'config',
            groups: [{ topics: ['orders'], edits: [{ key: item?.key ?? '', op: 'set', value: '' }] }],
          },
          plan: buildPlan({ topics: ['orders'], items: [buildItem(item)] }),
          ...more,
        }),
      )
    expect(one({ key: 'min.insync.replicas', before: overrides('3') })).toBe('min.insync.replicas 3 → 2 on orders')
    expect(one({ key: 'retention.ms', before: overrides('604800000'), after: overrides('7200000') })).toBe(
      'retention.ms 7 d → 2 h on orders',
    )
    expect(one({ key: 'vendor.secret', before: { override: null, value: null, source: 1 } })).toBe(
      'vendor.secret on orders',
    )
    expect(one({ key: 'min.insync.replicas', before: overrides('3') }, { undoOf: 'x' })).toBe(
      'undo min.insync.replicas 3 → 2 on orders',
    )
    // A list of hundreds of replicas is no title.
    expect(
      one({ key: 'throttled.replicas', before: overrides('0:3,1:3,2:3,3:3,4:3,5:3,6:3'), after: overrides('') }),
    ).toBe('throttled.replicas on orders')
    expect(subjectWords(say, buildElection())).toBe(
      'leaders of 5 partitions of orders.created back to their preferred replicas',
    )
  })
})
