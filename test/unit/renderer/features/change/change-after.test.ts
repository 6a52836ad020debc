import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type {
  ChangeDraft,
  ChangeView,
  Conflict,
  ItemResult,
  UndoConflict,
  Verification,
  Watching,
} from '@contract/change'
import type { HighwaterBridge } from '@contract/ipc'
import { ok } from '@contract/result'
import ChangePage from '../../../../../src-renderer/features/change/ChangePage.vue'
import { useNoticesStore } from '../../../../../src-renderer/stores/notices'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage, PROFILE } from '../../../../support/open-page'
import { buildChange, buildPlan, newsOf } from '../../../../support/screen-changes'
import { saidBy } from '../../../../support/told-effect'

layOut()
const opened: { unmount(): void }[] = []
afterEach(() => opened.splice(0).forEach((wrapper) => wrapper.unmount()))
const frame = buildFrame({ topics: [['payments.ledger', 5]] })

async function open(view: ChangeView, answers: Partial<HighwaterBridge> = {}) {
  const page = await openPage(ChangePage, {
    props: { id: view.id },
    frame,
    answers: { 'change:get': () => Promise.resolve(ok(view)), ...answers },
  })
  opened.push(page.wrapper)
  const text = (selector: string): string => page.wrapper.find(selector).text().replace(/\s+/g, ' ')
  const key = async (name: string): Promise<void> => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }))
    await flushPromises()
  }
  return { ...page, text, key }
}

const result = (changes: Partial<ItemResult> = {}): ItemResult => ({
  topic: 'payments.ledger',
  partition: -1,
  outcome: 'applied',
  error: 0,
  message: null,
  ...changes,
})
const verification = (changes: Partial<Verification> = {}): Verification => ({
  at: Date.now(),
  outcome: 'verified',
  brokers: [1, 2, 3],
  differences: [],
  tookMs: 40,
  ...changes,
})
const watching = (changes: Partial<Exclude<Watching, { outcome: 'unseen' | 'overwritten' }>> = {}): Watching => ({
  startedAt: Date.now(),
  until: Date.now() + 60_000,
  outcome: 'running',
  alarms: [],
  ...changes,
})

describe('while it is applied', () => {
  it('shows how far it is, item by item, and can be stopped', async () => {
    const view = buildChange({
      state: 'applying',
      next: ['stop'],
      results: [
        result(),
        result({ topic: 'orders', outcome: 'refused', error: 29, message: saidBy('Not authorized') }),
      ],
    })
    const { wrapper, text, push, asked } = await open(view, {
      'change:stop': () => Promise.resolve(ok({ ...view, version: 4 })),
    })
    const progress = { what: 'applying', done: 2, total: 40, stoppable: true } as const
    await push({ type: 'change', news: { ...newsOf(view), progress } })
    expect(text('[data-progress]')).toContain('2 of 40')
    expect(text('[data-outcomes]')).toBe('By item: 1 applied and 1 refused.')
    const rows = wrapper.findAll('[role="row"]').map((row) => row.text())
    expect(rows[1]).toContain('orders')
    expect(rows[1]).toContain('Not authorized')
    await wrapper.find('[data-progress] button').trigger('click')
    expect(asked('change:stop')).toEqual([{ id: 'change-1' }])
  })

  it('that was stopped by hand did not go wrong: the rest can be made a change', async () => {
    const problem = {
      code: 'cancelled',
      message: 'stopped by hand',
      retryable: false,
      detail: { text: 'stopped-by-person' },
    } as const
    const results = [result(), result({ topic: 'orders', outcome: 'not-begun' })]
    const { wrapper, text } = await open(
      buildChange({ state: 'applied', next: ['verify', 'undo', 'rest'], problem, results }),
    )
    expect(text('[role="alert"]')).toMatch(/^Stopped by hand\./)
    expect(wrapper.findAll('button').filter((one) => one.text().startsWith('Rest as a new change'))).toHaveLength(1)
  })

  it('says that Highwater ended in the middle, and that nothing is sent again', async () => {
    const { text, wrapper } = await open(buildChange({ state: 'applying', next: ['settle'] }))
    expect(text('[data-status]')).toContain('Highwater quit while this was being applied.')
    expect(wrapper.find('[data-next="settle"]').text()).toContain('Read the cluster again')
  })

  it('says that a write without an answer is not known yet, never that it failed', async () => {
    const { text } = await open(
      buildChange({ state: 'unknown', next: ['settle'], results: [result({ outcome: 'unknown' })] }),
    )
    expect(text('[data-status]')).toMatch(/^Result unknown, checking:/)
    expect(text('[data-outcomes]')).toBe('By item: 1 unknown.')
  })
})

describe('a conflict', () => {
  const conflict: Conflict = {
    kind: 'plan',
    config: [
      { topic: 'payments.ledger', key: 'retention.ms', base: null, now: '60000', wanted: null, ours: false },
      { topic: 'payments.ledger', key: 'min.insync.replicas', base: '1', now: '3', wanted: '2', ours: true },
    ],
    replication: [{ topic: 'payments.ledger', partition: 3, base: '1>1,2,3', now: '1>1' }],
    gone: [],
    anew: [],
    otherCluster: '',
  }

  it('is shown three ways, our keys first, and is planned again', async () => {
    const { wrapper, text, asked } = await open(
      buildChange({ state: 'conflict', next: ['plan', 'discard'], conflict }),
      {
        'change:plan': () => Promise.resolve(ok(buildChange({ version: 4 }))),
      },
    )
    expect(text('[data-status]')).toContain('Nothing is overwritten')
    const rows = wrapper.findAll('[data-conflict] tbody tr').map((row) => row.text().replace(/\s+/g, ' '))
    expect(rows[0]).toBe('payments.ledgermin.insync.replicas132')
    expect(rows[1]).toBe('payments.ledgerretention.msno override60000–')
    expect(rows[2]).toBe('payments.ledger / 31>1,2,31>1')
    await wrapper.find('[data-next="plan"]').trigger('click')
    await flushPromises()
    expect(asked('change:plan')).toHaveLength(1)
    expect(wrapper.find('[data-conflict]').exists()).toBe(false)
  })

  it('says of a topic that Metadata leaves out that it may be hidden', async () => {
    const gone = { ...conflict, config: [], replication: [], gone: ['payments.refunds'] }
    const { text } = await open(buildChange({ state: 'conflict', next: ['plan', 'discard'], conflict: gone }))
    expect(text('[data-conflict]')).toContain('payments.refunds was deleted, or is no longer visible to this login.')
  })

  it('of an undo is shown with what the change had left', async () => {
    const left: UndoConflict = {
      kind: 'undo',
      config: [{ topic: 'payments.ledger', key: 'min.insync.replicas', base: '1', now: '3', wanted: '2' }],
      gone: ['payments.refunds'],
      anew: ['payments.cards'],
    }
    const plan = buildPlan({ level: 'refused', conflict: left })
    const { wrapper, text } = await open(
      buildChange({ undoOf: 'change-0', plan, conflict: left, next: ['plan', 'discard'] }),
    )
    expect(text('[data-conflict]')).toContain('left by the change')
    expect(text('[data-conflict]')).toContain('payments.refunds was deleted.')
    expect(text('[data-conflict]')).toContain('payments.cards was deleted and recreated')
    expect(wrapper.findAll('[data-conflict] tbody tr').map((row) => row.text())).toEqual([
      'payments.ledgermin.insync.replicas132',
    ])
    expect(text('h1')).toBe('Refused: undo 2 keys on payments.ledger')
  })
})

describe('when it is applied', () => {
  it('shows which brokers show it, and counts the watch down', async () => {
    const { text, wrapper } = await open(
      buildChange({
        state: 'verified',
        next: ['undo'],
        results: [result()],
        verification: verification(),
        watching: watching(),
      }),
    )
    expect(text('h1')).toBe('Applied, confirmed by brokers 1, 2 and 3: 2 keys on payments.ledger')
    expect(text('[data-verified]')).toBe('Confirmed on brokers 1, 2 and 3. (40 ms)')
    // The plan is a line; one item that was applied needs no table.
    expect(text('[data-plan-fold] summary')).toBe('Plan 2 settings and 1 effect')
    expect(wrapper.find('[data-plan-fold]').attributes('open')).toBeUndefined()
    expect(wrapper.findAll('[role="grid"]')).toEqual([])
    expect(wrapper.find('[data-undo]').exists()).toBe(true)
    expect(text('[data-watch]')).toMatch(/^Watching the partitions of this change for (1 min|59 s) more\.$/)
  })

  it('names each broker that shows something else', async () => {
    const differences = [{ broker: 2, topic: 'payments.ledger', key: 'min.insync.replicas', value: '1', source: 3 }]
    const { text, wrapper } = await open(
      buildChange({
        state: 'applied',
        next: ['verify', 'undo'],
        results: [result()],
        verification: verification({ outcome: 'differs', brokers: [1], differences }),
      }),
    )
    expect(text('[data-verified]')).toContain('Broker 2: payments.ledger min.insync.replicas is 1 (cluster default).')
    expect(wrapper.find('[data-next="verify"]').exists()).toBe(true)
  })

  it('says on how many of the brokers it was found', async () => {
    const { text } = await open(
      buildChange({ state: 'verified', results: [result()], verification: verification({ ofBrokers: 5 }) }),
    )
    expect(text('[data-verified]')).toBe(
      'Confirmed on brokers 1, 2 and 3. Visible on 3 of 5 brokers; not all were asked. (40 ms)',
    )
  })

  it('is loud about another hand that came after it was verified', async () => {
    const shown = { topic: 'payments.ledger', key: 'min.insync.replicas', value: '1', source: 1 }
    const { text, wrapper } = await open(
      buildChange({
        state: 'overwritten',
        next: ['verify', 'undo'],
        results: [result()],
        verification: verification(),
        watching: {
          startedAt: 0,
          until: 60_000,
          alarms: [],
          outcome: 'overwritten',
          differences: [
            { broker: 1, ...shown },
            { broker: 2, ...shown },
          ],
        },
      }),
    )
    const words =
      'Verified, later overwritten: at the end of the minute 1 setting no longer had the value of this change.'
    expect(text('[data-status]')).toContain(words)
    expect(wrapper.find('[data-status]').classes()).toContain('bad')
    expect(text('[data-overwritten]')).toContain(words)
    expect(text('[data-overwritten]')).toContain('Broker 2: payments.ledger min.insync.replicas is 1 (topic).')
    expect(wrapper.find('[data-next="verify"]').exists()).toBe(true)
  })

  it('is loud about partitions that got worse, and undoes by U', async () => {
    const alarms = [{ topic: 'payments.ledger', partition: 3, state: 'under-min-isr', at: Date.now() - 2000 } as const]
    const { text, key, asked, router } = await open(
      buildChange({
        state: 'watched',
        next: ['undo'],
        results: [result()],
        verification: verification(),
        watching: watching({ outcome: 'alarm', alarms }),
      }),
      { 'change:undo': () => Promise.resolve(ok(buildChange({ id: 'change-2', undoOf: 'change-1', version: 1 }))) },
    )
    expect(text('[role="alert"]')).toContain('1 partition is worse than before the change.')
    expect(text('[role="alert"]')).toContain('payments.ledger / 3 under min ISR')
    expect(text('h1')).toBe('Applied, but partitions got worse: 2 keys on payments.ledger')
    await key('u')
    expect(asked('change:undo')).toEqual([{ id: 'change-1', cluster: PROFILE.id }])
    await flushPromises()
    expect(router.currentRoute.value.params).toEqual({ id: 'change-2' })
  })

  it('tells what was not begun and makes a new change of the rest', async () => {
    const results = [result(), result({ topic: 'orders', outcome: 'not-begun' })]
    const { wrapper, text, router } = await open(
      buildChange({ state: 'applied', next: ['rest', 'undo'], results, verification: verification() }),
      {
        'change:rest': () => Promise.resolve(ok(buildChange({ id: 'change-3', version: 1 }))),
      },
    )
    expect(text('[data-status]')).toContain('1 applied and 1 not started')
    await wrapper.find('[data-next="rest"]').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.params).toEqual({ id: 'change-3' })
  })

  it('says what the rest leaves out, as it is not seen any more', async () => {
    const results = [
      result(),
      result({ topic: 'orders', outcome: 'not-begun' }),
      result({ topic: 'b', outcome: 'not-begun' }),
    ]
    const draft: ChangeDraft = { kind: 'config', groups: [{ topics: ['orders'], edits: [] }] }
    const { wrapper } = await open(
      buildChange({ state: 'applied', next: ['rest', 'undo'], results, verification: verification() }),
      { 'change:rest': () => Promise.resolve(ok(buildChange({ id: 'change-3', version: 1, draft }))) },
    )
    await wrapper.find('[data-next="rest"]').trigger('click')
    await flushPromises()
    expect(useNoticesStore().notice?.text).toBe(
      '1 topic is left out: it was deleted or recreated, or is no longer visible to this login.',
    )
  })

  it('says that a part of the minute was not seen', async () => {
    const { text } = await open(
      buildChange({
        state: 'watched',
        results: [result()],
        watching: { ...watching(), outcome: 'unseen', unseenMs: 25_000 },
      }),
    )
    const words = 'the cluster could not be read for 25 s of the minute: what happened then is unknown.'
    expect(text('[data-watch]')).toContain(words)
    expect(text('[data-status]')).toContain(words)
  })

  it('says that the watch was cut short, and that a change was taken back', async () => {
    const { text } = await open(
      buildChange({
        state: 'undone',
        next: [],
        undoneBy: 'change-9',
        results: [result()],
        watching: watching({ outcome: 'cut-short' }),
      }),
    )
    expect(text('[data-watch]')).toContain('Highwater quit during the watch')
    expect(text('[data-status]')).toBe('Undone: the earlier overrides apply again.')
    expect(text('[data-undo-line]')).toBe('This change has been undone.')
  })
})
