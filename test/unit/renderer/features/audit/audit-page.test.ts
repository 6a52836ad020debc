// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuditView } from '@contract/audit'
import { fail, ok } from '@contract/result'
import type { Result } from '@contract/result'
import AuditPage from '../../../../../src-renderer/features/audit/AuditPage.vue'
import WorthDoing from '../../../../../src-renderer/features/board/WorthDoing.vue'
import { dateAfter } from '../../../../../src-renderer/features/audit/accept-date'
import { auditView, NO_AUDIT, UNLIMITED } from '../../../../support/audit-view'
import type { TaskWorks } from '../../../../support/fake-bridge'
import { buildFrame } from '../../../../support/frames'
import { openPage } from '../../../../support/open-page'
import { buildHeadline } from '../../../../support/summaries'

beforeEach(() => document.body.replaceChildren())
afterEach(() => document.body.replaceChildren())

const frame = buildFrame({ summary: { headline: buildHeadline() } })
const reads = (view: AuditView) => ({ 'audit:read': () => Promise.resolve(ok(view)) })

/** An audit that goes on until the test ends it. */
function work() {
  let end: (answer: Result<AuditView>) => void = () => undefined
  let tell: Parameters<TaskWorks['audit']>[1]['progress'] = () => undefined
  const audit: TaskWorks['audit'] = (_input, { progress, signal }) => {
    tell = progress
    return new Promise((resolve) => {
      end = resolve
      signal.addEventListener('abort', () => resolve(fail('cancelled', 'stopped')))
    })
  }
  return {
    works: { audit },
    end: async (answer: Result<AuditView>) => {
      end(answer)
      await flushPromises()
    },
    tell: async (done: number, total: number) => {
      tell({ step: 'reading', done, total })
      await flushPromises()
    },
  }
}

it('is asked for again once the cluster is there: just after opening it is not yet', async () => {
  let asked = 0
  const answers = {
    'audit:read': () => Promise.resolve(asked++ === 0 ? fail('not-found', 'not open') : ok(auditView())),
  }
  const { wrapper } = await openPage(WorthDoing, { frame, answers })
  expect(wrapper.find('[data-worth]').exists()).toBe(true)
  expect(asked).toBe(2)
})

describe('the page', () => {
  it('of a cluster that was never audited says what an audit does, runs it, and shows how far it is', async () => {
    const task = work()
    let kept = NO_AUDIT
    const answers = { 'audit:read': () => Promise.resolve(ok(kept)) }
    const { wrapper } = await openPage(AuditPage, { frame, answers, works: task.works })
    expect(wrapper.get('[data-title]').text()).toBe('This cluster has not been audited yet.')
    expect(wrapper.find('[data-finding]').exists()).toBe(false)
    await wrapper.get('[data-run]').trigger('click')
    await flushPromises()
    await task.tell(50, 120)
    expect(wrapper.get('[data-progress]').text()).toBe('Reading settings: 50 of 120 topics')
    expect(wrapper.find('[data-run]').exists()).toBe(false)
    kept = auditView()
    await task.end(ok(kept))
    expect(wrapper.get('[data-title]').text()).toBe('carts: Unclean election is on')
    expect(wrapper.get('[data-run]').text()).toBe('Run again')
  })

  it('lists the gravest first, shows the chosen one, and moves by keys', async () => {
    const { wrapper } = await openPage(AuditPage, { frame, answers: reads(auditView()) })
    expect(wrapper.findAll('[data-finding]').map((row) => row.attributes('data-finding'))).toEqual([
      'unclean.on',
      'quorum.one',
      'retention-unlimited.both',
    ])
    const detail = () => wrapper.get('[data-detail]').text()
    expect(detail()).toContain('Kafka makes any live replica the leader')
    expect(detail()).toContain('at least since')
    const list = wrapper.get('[data-row-list]')
    await list.trigger('keydown', { key: 'j' })
    await list.trigger('keydown', { key: 'ArrowDown' })
    await flushPromises()
    expect(detail()).toContain('audit_log')
    expect(wrapper.get('[aria-selected=true]').attributes('data-finding')).toBe('retention-unlimited.both')
  })

  it('begins the change that puts it right', async () => {
    const { wrapper, asked } = await openPage(AuditPage, { frame, answers: reads(auditView()) })
    await wrapper.get('[data-plan]').trigger('click')
    await flushPromises()
    expect(asked('change:draft')).toMatchObject([
      { draft: { groups: [{ topics: ['carts'], edits: [{ key: 'unclean.leader.election.enable', op: 'delete' }] }] } },
    ])
  })

  it('copies the command, and leads to the settings where a person has to choose', async () => {
    const { wrapper, asked } = await openPage(AuditPage, {
      frame,
      answers: { ...reads(auditView()), 'clipboard:write': () => Promise.resolve(ok(null)) },
    })
    await wrapper.get('[data-copy]').trigger('click')
    await flushPromises()
    expect(asked('clipboard:write')).toEqual([{ text: 'kafka-configs.sh --alter --entity-name carts' }])
    await wrapper.get('[data-finding="retention-unlimited.both"]').trigger('click')
    expect(wrapper.find('[data-plan]').exists()).toBe(false)
    expect(wrapper.get('[data-settings]').attributes('href')).toContain('audit_log')
  })

  it('accepts with a name, a reason and a date, and says when that could not be kept', async () => {
    let answer: Result<AuditView> = fail('storage', 'disk full')
    const { wrapper, asked, store } = await openPage(AuditPage, {
      frame,
      answers: { ...reads(auditView()), 'audit:accept': () => Promise.resolve(answer) },
    })
    const form = wrapper.get('[data-accept]')
    const send = () => form.get<HTMLButtonElement>('button[type=submit]').element
    const [reason, by, date] = form.findAll('input')
    await reason!.setValue('too short')
    await by!.setValue('ada')
    expect(send().disabled).toBe(true)
    await reason!.setValue('carts can be rebuilt')
    expect(send().disabled).toBe(false)
    await date!.setValue(dateAfter(store.now, 181))
    expect(send().disabled).toBe(true)
    await date!.setValue(dateAfter(store.now, 10))
    await form.trigger('submit')
    await flushPromises()
    expect(asked('audit:accept')).toMatchObject([
      { cluster: 'orders-eu', finding: 'unclean.on', topic: null, by: 'ada', reason: 'carts can be rebuilt' },
    ])
    expect(form.find('.error').exists()).toBe(true)
    answer = ok(auditView({ open: [UNLIMITED] }))
    await form.trigger('submit')
    await flushPromises()
    expect(wrapper.get('[data-title]').text()).toContain('Nothing is ever deleted')
  })

  it('shows what is accepted until when, and ends it', async () => {
    const { wrapper, asked } = await openPage(AuditPage, {
      frame,
      answers: { ...reads(auditView()), 'audit:withdraw': () => Promise.resolve(ok(auditView({ accepted: [] }))) },
    })
    const row = wrapper.get('[data-accepted]')
    expect(row.text()).toContain('mara')
    expect(row.text()).toContain('in ')
    await row.get('button').trigger('click')
    await flushPromises()
    expect(asked('audit:withdraw')).toEqual([{ cluster: 'orders-eu', acceptance: 7 }])
    expect(wrapper.find('[data-accepted]').exists()).toBe(false)
  })

  it('keeps what could not be looked at apart from what is clear', async () => {
    const { wrapper } = await openPage(AuditPage, { frame, answers: reads(auditView()) })
    expect(wrapper.get('[data-unseen]').text()).toContain('broker 3 does not answer')
    expect(wrapper.get('[data-clear]').text()).not.toContain(
      'the brokers that answered agree on lag window, min ISR, unclean election and session timeout',
    )
    expect(wrapper.get('[data-idle]').text()).toContain('they are made when they are first used')
    expect(wrapper.get('[data-score]').text()).toContain('at most 91 of 100')
  })

  it('can be cancelled, which is no failure, and keeps the last one', async () => {
    const task = work()
    const { wrapper } = await openPage(AuditPage, { frame, answers: reads(auditView()), works: task.works })
    await wrapper.get('[data-run]').trigger('click')
    await flushPromises()
    await wrapper.get('[data-cancel]').trigger('click')
    await flushPromises()
    expect(wrapper.find('[role=alert]').exists()).toBe(false)
    expect(wrapper.get('[data-run]').text()).toBe('Run again')
    expect(wrapper.get('[data-title]').text()).toBe('carts: Unclean election is on')
  })

  it('says why there is no result', async () => {
    const task = work()
    const { wrapper } = await openPage(AuditPage, { frame, answers: reads(NO_AUDIT), works: task.works })
    await wrapper.get('[data-run]').trigger('click')
    await flushPromises()
    await task.end(fail('not-authorized', 'no'))
    expect(wrapper.get('[role=alert]').text()).toContain('The audit ended without a result.')
  })

  it('says that nothing is open only where everything was looked at', async () => {
    const rules = auditView().report!.rules.filter(({ outcome }) => outcome === 'clear')
    const report = { ...auditView().report!, rules }
    const { wrapper } = await openPage(AuditPage, {
      frame,
      answers: reads(auditView({ report, open: [], accepted: [], unknown: 0 })),
    })
    expect(wrapper.get('[data-title]').text()).toBe(
      'No open findings: every rule that applies checked what this login sees.',
    )
    expect(wrapper.find('[data-detail]').exists()).toBe(false)
    expect(wrapper.find('[data-unseen]').exists()).toBe(false)
  })
})
