import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ChangeView } from '@contract/change'
import type { TopicConfigView } from '@contract/config'
import type { HighwaterBridge } from '@contract/ipc'
import { fail, ok } from '@contract/result'
import ChangePage from '../../../../../src-renderer/features/change/ChangePage.vue'
import { REPLAN_MS } from '../../../../../src-renderer/features/change/confirm/use-wait-safe'
import { useNoticesStore } from '../../../../../src-renderer/stores/notices'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage, PROFILE } from '../../../../support/open-page'
import { saidBy } from '../../../../support/told-effect'
import { effectPhrase } from '../../../../../src-main/shared/words/entries'
import {
  BLOCK,
  buildChange,
  buildEffect,
  buildElection,
  buildItem,
  buildNeeds,
  buildPlan,
  COUNTS,
  newsOf,
  TYPED,
} from '../../../../support/screen-changes'

const takeBack = layOut()
const opened: { unmount(): void }[] = []
afterEach(() => {
  vi.useRealTimers()
  opened.splice(0).forEach((wrapper) => wrapper.unmount())
})
const frame = buildFrame({ topics: [['payments.ledger', 5]] })

const mayChange = (topic: string, mayAlter: boolean): TopicConfigView => ({
  topic,
  mayAlter,
  internal: false,
  audit: null,
  error: 0,
  message: '',
  values: [],
  readAt: 0,
  broker: 1,
})

/** The page of `first`; `answers` may lead it on. */
async function open(first: ChangeView, answers: Partial<HighwaterBridge> = {}, locale: 'en' | 'zh-CN' = 'en') {
  let now = first
  const page = await openPage(ChangePage, {
    props: { id: first.id },
    frame,
    locale,
    answers: {
      'change:get': () => Promise.resolve(ok(now)),
      'config:topic': ({ topic }) => Promise.resolve(ok(mayChange(topic, true))),
      ...answers,
    },
  })
  opened.push(page.wrapper)
  const next = async (view: ChangeView): Promise<void> => {
    now = view
    await page.push({ type: 'change', news: newsOf(view) })
  }
  const arm = (armedUntil = Date.now() + 900_000) =>
    page.push({ type: 'armed', armed: { cluster: PROFILE.id, armedUntil } })
  const button = (text: string) => page.wrapper.findAll('button').find((one) => one.text().startsWith(text))
  const key = async (name: string, more: KeyboardEventInit = {}): Promise<void> => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, ...more }))
    await flushPromises()
  }
  return { ...page, next, arm, button, key, status: () => page.wrapper.find('[data-status]').text() }
}

describe('a planned change', () => {
  it('says what and where, how old its figures are, and that nothing was sent', async () => {
    const { wrapper, status } = await open(buildChange())
    expect(wrapper.find('h1').text()).toBe('Planned, not validated by the brokers yet: 2 keys on payments.ledger')
    expect(status()).toMatch(/^Computed from the cluster as of \d\.\d s ago\. Nothing has been sent yet\.$/)
    expect(wrapper.find('[data-light]').attributes('data-light')).toBe('read')
    expect(wrapper.find('[data-light]').text()).toContain('Read 1 warning, then apply.')
  })

  it('shows the difference with sources, effects in words, writes before and after, the command and the way back', async () => {
    const { wrapper } = await open(buildChange())
    const rows = wrapper.findAll('[data-difference]').map((row) => row.text().replace(/\s+/g, ' '))
    expect(rows[0]).toContain('min.insync.replicas1 2 cluster default → topic')
    expect(rows[1]).toContain('remove override (false)')
    const effect = wrapper.find('[data-effect="min-isr-raise.one-loss-away"]')
    expect(effect.text()).toContain('careful')
    expect(effect.text()).toContain('On 11 of 48 partitions the ISR has exactly the required number of replicas')
    await effect.find('button').trigger('click')
    expect(effect.find('a').text()).toBe('payments.ledger / 9')
    expect(effect.text()).toContain('2 in the ISR')
    expect(wrapper.find('[data-writes="refuses"]').text()).toBe('refused03')
    expect(wrapper.find('pre').text()).toContain('kafka-configs.sh --alter')
    expect(wrapper.find('[data-undo-line]').text()).toBe(
      'Undo will restore: min.insync.replicas inherited and unclean.leader.election.enable=true.',
    )
  })

  it('says why there is no line that would do the same', async () => {
    const { wrapper } = await open(
      buildChange({
        plan: buildPlan({ commands: [], noCommands: { id: 'commands.hidden', args: { key: 'vendor.secret' } } }),
      }),
    )
    expect(wrapper.find('[data-no-commands]').text()).toBe(
      'No command line: the value of vendor.secret is hidden here.',
    )
    expect(wrapper.find('pre').exists()).toBe(false)
  })

  it('says that it is too old after a minute and offers to plan again', async () => {
    const { status, button, asked, wrapper } = await open(
      buildChange({ plan: buildPlan({ at: Date.now() - 61_000 }) }),
      { 'change:plan': () => Promise.resolve(ok(buildChange({ version: 4 }))) },
    )
    expect(status()).toContain('The plan is more than a minute old')
    await button('Plan again')?.trigger('click')
    await flushPromises()
    expect(asked('change:plan')).toEqual([{ id: 'change-1' }])
    expect(wrapper.find('[data-status]').text()).not.toContain('more than a minute')
  })

  const discarded = () => Promise.resolve(ok(buildChange({ version: 5, state: 'discarded', next: [] })))

  const validated = () =>
    Promise.resolve(ok(buildChange({ version: 4, state: 'validated', next: ['confirm', 'plan', 'discard'] })))

  it('is checked by the brokers by itself, once a plan, and is left as it is by Escape', async () => {
    const { key, asked, router, next, wrapper } = await open(buildChange(), { 'change:validate': validated })
    await flushPromises()
    expect(asked('change:validate')).toEqual([{ id: 'change-1' }])
    await next(buildChange({ version: 4, state: 'validated', next: ['confirm', 'plan', 'discard'] }))
    expect(wrapper.find('h1').text()).toBe('Ready, with 1 warning to read: 2 keys on payments.ledger')
    expect(asked('change:validate')).toHaveLength(1)
    await key('Escape')
    await flushPromises()
    expect(asked('change:discard')).toEqual([])
    expect(router.currentRoute.value.name).toBe('changes')
    expect(useNoticesStore().notice).toBeNull()
  })

  it('is not checked by itself for a login that may not change it: the brokers would deny a write nobody asked for', async () => {
    const { asked, wrapper } = await open(buildChange(), {
      'change:validate': validated,
      'config:topic': ({ topic }) => Promise.resolve(ok(mayChange(topic, false))),
    })
    await flushPromises()
    expect(asked('change:validate')).toEqual([])
    expect(wrapper.find('[data-next]').attributes('data-next')).toBe('validate')
  })

  it('can be checked again by hand where the brokers could not be asked', async () => {
    const { key, asked, wrapper } = await open(buildChange(), {
      'change:validate': () => Promise.resolve(fail('timeout', 'broker 2 is silent')),
    })
    await flushPromises()
    expect(wrapper.find('[role="alert"]').text()).toContain('No answer in time.')
    expect(wrapper.find('[data-next]').attributes('data-next')).toBe('validate')
    await key('Enter', { ctrlKey: true })
    expect(asked('change:validate')).toHaveLength(2)
  })

  it('is given up by a button, which can be taken back', async () => {
    const { button, asked, router } = await open(buildChange(), {
      'change:discard': discarded,
      'change:draft': () => Promise.resolve(ok(buildChange({ id: 'change-9', version: 1 }))),
    })
    await button('Discard')?.trigger('click')
    await flushPromises()
    expect(asked('change:discard')).toHaveLength(1)
    expect(router.currentRoute.value.name).toBe('changes')
    const { notice } = useNoticesStore()
    expect(notice?.text).toBe('Discarded. Nothing was sent.')
    notice?.action?.run()
    await flushPromises()
    expect(asked('change:draft')).toEqual([{ id: '', cluster: PROFILE.id, draft: buildChange().draft }])
    expect(router.currentRoute.value.params).toEqual({ id: 'change-9' })
  })

  it('an undo that was given up is planned again as that undo', async () => {
    const { button, asked } = await open(buildChange({ undoOf: 'change-0' }), {
      'change:discard': discarded,
      'change:undo': () => Promise.resolve(ok(buildChange({ id: 'change-9', undoOf: 'change-0', version: 1 }))),
    })
    await button('Discard')?.trigger('click')
    await flushPromises()
    useNoticesStore().notice?.action?.run()
    await flushPromises()
    expect(asked('change:undo')).toEqual([{ id: 'change-0', cluster: PROFILE.id }])
  })

  it('is planned at once when it comes as a draft', async () => {
    const draft = buildChange({ state: 'draft', plan: null, needs: null, next: ['plan', 'discard'], version: 1 })
    const { asked, wrapper } = await open(draft, { 'change:plan': () => Promise.resolve(ok(buildChange())) })
    await flushPromises()
    expect(asked('change:plan')).toHaveLength(1)
    expect(wrapper.find('[data-difference]').exists()).toBe(true)
  })

  it('leaves a draft as it is when the plan fails, and says why', async () => {
    const draft = buildChange({ state: 'draft', plan: null, needs: null, next: ['plan', 'discard'], version: 1 })
    const { asked, wrapper } = await open(draft, {
      'change:plan': () => Promise.resolve(fail('timeout', 'broker 2 is silent')),
    })
    await flushPromises()
    expect(asked('change:plan')).toHaveLength(1)
    expect(wrapper.find('[role="alert"]').text()).toContain('No answer in time.')
    expect(wrapper.find('[role="alert"]').text()).toContain('broker 2 is silent')
  })

  it('groups many topics with the same change and takes a key out of all of them', async () => {
    const topics = Array.from({ length: 1000 }, (_, at) => `events.${at}`)
    const edits = [
      { key: 'min.insync.replicas', op: 'set', value: '2' },
      { key: 'retention.ms', op: 'set', value: '604800000' },
    ] as const
    const items = topics.flatMap((_, topic) => edits.map(({ key }) => buildItem({ topic, key })))
    const view = buildChange({
      draft: { kind: 'config', groups: [{ topics, edits }] },
      plan: buildPlan({ topics, items }),
    })
    const { wrapper, asked } = await open(view, {
      'change:draft': () => Promise.resolve(ok(buildChange({ version: 4 }))),
      'change:plan': () => Promise.resolve(ok(buildChange({ version: 5 }))),
    })
    expect(wrapper.find('h1').text()).toBe('Planned, not validated by the brokers yet: 2 keys on 1,000 topics')
    expect(wrapper.findAll('[data-difference]')).toHaveLength(2)
    expect(wrapper.find('[data-difference]').text()).toContain('1,000 topics')
    await wrapper.find('[aria-label="Remove retention.ms from this change"]').trigger('click')
    await flushPromises()
    expect(asked('change:draft')).toEqual([
      { id: 'change-1', cluster: PROFILE.id, draft: { kind: 'config', groups: [{ topics, edits: [edits[0]] }] } },
    ])
    expect(asked('change:plan')).toHaveLength(1)
  })
})

it('takes one topic out of many', async () => {
  const topics = ['a', 'b']
  const edits = [{ key: 'min.insync.replicas', op: 'set', value: '2' }] as const
  const items = topics.map((_, topic) => buildItem({ topic }))
  const view = buildChange({
    draft: { kind: 'config', groups: [{ topics, edits }] },
    plan: buildPlan({ topics, items }),
  })
  const { wrapper, asked } = await open(view, {
    'change:draft': () => Promise.resolve(ok({ ...view, version: 4 })),
    'change:plan': () => Promise.resolve(ok({ ...view, version: 5 })),
  })
  const each = wrapper.findAll('[role="radio"]').find((one) => one.text() === 'every topic')
  await each?.trigger('click')
  await flushPromises()
  await wrapper.find('[aria-label="Remove b from this change"]').trigger('click')
  await flushPromises()
  expect(asked('change:draft')).toMatchObject([{ draft: { groups: [{ topics: ['a'], edits }] } }])
})

describe('what is still needed', () => {
  const validated = (changes: Partial<ChangeView> = {}): ChangeView =>
    buildChange({
      state: 'validated',
      next: ['confirm', 'plan', 'discard'],
      validation: { at: Date.now(), broker: 1, topics: 1, refusals: [] },
      ...changes,
    })

  it('is the arming first, on a read-only cluster', async () => {
    const { button, asked, wrapper, arm } = await open(validated({ environment: 'dev' }), {
      'cluster:arm': () => Promise.resolve(ok({ cluster: PROFILE.id, armedUntil: Date.now() + 900_000 })),
    })
    expect(wrapper.find('[data-next]').attributes('data-next')).toBe('arm')
    await button('Arm orders-eu')?.trigger('click')
    await flushPromises()
    expect(asked('cluster:arm')).toEqual([{ cluster: PROFILE.id, armed: true }])
    expect(wrapper.find('[data-arm-note]').text()).toMatch(/armed for another (15:00|14:59)/)
    expect(wrapper.find('[data-next]').attributes('data-next')).toBe('apply')
    await arm(Number.NaN)
    expect(wrapper.find('[data-next]').attributes('data-next')).toBe('arm')
  })

  it('never arms by the key for the next step, however often it is pressed', async () => {
    const { asked, key, wrapper } = await open(validated({ needs: buildNeeds({ kind: 'click', ticks: [] }) }), {
      'cluster:arm': () => Promise.resolve(ok({ cluster: PROFILE.id, armedUntil: Date.now() + 900_000 })),
    })
    for (let press = 0; press < 4; press++) await key('Enter', { ctrlKey: true })
    expect([asked('cluster:arm'), asked('change:confirm'), asked('change:apply')]).toEqual([[], [], []])
    expect(wrapper.find('[data-next="arm"]').attributes('disabled')).toBeDefined()
    expect(useNoticesStore().notice?.text).toContain('Ctrl Shift A')
  })

  const confirmed = () =>
    Promise.resolve(ok(buildChange({ version: 4, state: 'confirmed', next: ['apply', 'discard'] })))
  const applied = () => Promise.resolve(ok(buildChange({ version: 5, state: 'applying', next: ['stop'] })))

  it('is a tick for each warning; then one press confirms and applies', async () => {
    const { wrapper, asked, arm, key } = await open(validated(), {
      'change:confirm': confirmed,
      'change:apply': applied,
    })
    await arm()
    const apply = () => wrapper.find('[data-next="apply"]')
    expect(apply().attributes('disabled')).toBeDefined()
    expect(apply().text()).toContain('Apply to orders-eu')
    await key('Enter', { ctrlKey: true })
    expect(asked('change:confirm')).toEqual([])
    await wrapper.find('fieldset input').setValue(true)
    expect(apply().attributes('disabled')).toBeUndefined()
    await apply().trigger('click')
    await flushPromises()
    expect(asked('change:confirm')).toEqual([
      { id: 'change-1', ticks: ['min-isr-raise.one-loss-away'], typed: '', reason: '' },
    ])
    expect(asked('change:apply')).toEqual([{ id: 'change-1' }])
  })

  it('is not applied where main does not take the confirmation', async () => {
    const { wrapper, asked, arm } = await open(validated({ needs: buildNeeds({ kind: 'click', ticks: [] }) }), {
      'change:confirm': () => Promise.resolve(fail('bad-input', 'A reason is missing', { text: 'reason-missing' })),
      'change:apply': applied,
    })
    await arm()
    await wrapper.find('[data-next="apply"]').trigger('click')
    await flushPromises()
    expect(asked('change:apply')).toEqual([])
    expect(wrapper.find('[role="alert"]').text()).toContain('The reason is missing.')
  })

  it('goes on from a confirmation that was given before', async () => {
    const { wrapper, asked, arm } = await open(buildChange({ state: 'confirmed', next: ['apply', 'discard'] }), {
      'change:apply': applied,
    })
    await arm()
    await wrapper.find('[data-next="apply"]').trigger('click')
    await flushPromises()
    expect([asked('change:confirm'), asked('change:apply')]).toEqual([[], [{ id: 'change-1' }]])
  })

  it('in PROD is held to arm, and a reason always', async () => {
    const { wrapper, asked, arm } = await open(
      validated({ environment: 'prod', needs: buildNeeds({ kind: 'click', ticks: [], reason: true }) }),
      { 'cluster:arm': () => Promise.resolve(ok({ cluster: PROFILE.id, armedUntil: Date.now() + 900_000 })) },
    )
    vi.useFakeTimers()
    const hold = wrapper.find('[data-arm-note] button')
    await hold.trigger('click')
    await hold.trigger('pointerdown', { button: 0 })
    await vi.advanceTimersByTimeAsync(900)
    await hold.trigger('pointerup')
    await vi.advanceTimersByTimeAsync(2000)
    await hold.trigger('keydown', { key: 'Enter', ctrlKey: true })
    await vi.advanceTimersByTimeAsync(2000)
    expect(asked('cluster:arm')).toEqual([])
    await hold.trigger('keydown', { key: ' ' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked('cluster:arm')).toEqual([{ cluster: PROFILE.id, armed: true }])
    vi.useRealTimers()
    await arm()
    expect(wrapper.text()).toContain('Reason, required in PROD')
    expect(wrapper.find('[data-next="apply"]').attributes('disabled')).toBeDefined()
    await wrapper.find('input[placeholder="e.g. a ticket, an incident"]').setValue('INC-7')
    expect(wrapper.find('[data-next="apply"]').attributes('disabled')).toBeUndefined()
  })

  it('a tick is for what was read: it stays where a new plan says the same, and falls where it says something else', async () => {
    const { wrapper, next, arm } = await open(validated())
    await arm()
    const ticked = (): boolean => (wrapper.find('fieldset input').element as HTMLInputElement).checked
    await wrapper.find('fieldset input').setValue(true)
    await next(validated({ version: 4, plan: buildPlan({ effects: [buildEffect({ readAt: Date.now() })] }) }))
    expect(ticked()).toBe(true)
    await next(
      validated({
        version: 5,
        plan: buildPlan({
          effects: [
            buildEffect({
              says: effectPhrase('min-isr-raise.one-loss-away', { ...COUNTS, partitionCount: 40, minText: '2' }),
            }),
          ],
        }),
      }),
    )
    expect(ticked()).toBe(false)
    expect(wrapper.find('[data-next="apply"]').attributes('disabled')).toBeDefined()
  })

  it('is the phrase, exactly, and a reason', async () => {
    const { wrapper, asked, arm } = await open(
      validated({ needs: TYPED, plan: buildPlan({ level: 'block', effects: [BLOCK()] }) }),
      { 'change:confirm': () => Promise.resolve(ok(buildChange({ version: 4, state: 'confirmed', next: ['apply'] }))) },
    )
    await arm()
    const phrase = wrapper.find('input[placeholder="orders-eu payments.ledger"]')
    await phrase.setValue('orders-eu orders')
    expect(wrapper.text()).toContain('Not the same as orders-eu payments.ledger')
    await phrase.setValue('orders-eu payments.ledger')
    expect(wrapper.find('[data-next="apply"]').attributes('disabled')).toBeDefined()
    await wrapper.find('input[placeholder="e.g. a ticket, an incident"]').setValue('INC-7')
    await wrapper.find('[data-next="apply"]').trigger('click')
    expect(asked('change:confirm')).toEqual([
      { id: 'change-1', ticks: [], typed: 'orders-eu payments.ledger', reason: 'INC-7' },
    ])
  })

  it('is nothing that could be typed where it is refused', async () => {
    const { wrapper } = await open(
      buildChange({
        needs: buildNeeds({ kind: 'never', ticks: [] }),
        next: ['plan', 'discard'],
        plan: buildPlan({ level: 'refused', effects: [buildEffect({ level: 'refused' })] }),
      }),
    )
    expect(wrapper.find('[data-light]').attributes('data-light')).toBe('refused')
    expect(wrapper.find('[data-risk]').text()).toContain('no confirmation can override this')
    expect(wrapper.find('fieldset').exists()).toBe(false)
    expect(wrapper.find('[data-reason]').exists()).toBe(false)
    expect(wrapper.find('[data-arm-note]').exists()).toBe(false)
  })

  it('is another stored key that the brokers refuse: it can go in the same change', async () => {
    const message = 'Unknown topic config name: message.format.version'
    const refusals = [
      { topic: 'payments.ledger', error: 40, message: saidBy(message), removable: 'message.format.version' },
    ]
    const { wrapper, button, asked, status } = await open(
      buildChange({
        next: ['edit', 'validate', 'plan', 'discard'],
        validation: { at: Date.now(), broker: 1, topics: 1, refusals },
      }),
      {
        'change:draft': () => Promise.resolve(ok(buildChange({ version: 4 }))),
        'change:plan': () => Promise.resolve(ok(buildChange({ version: 5 }))),
      },
    )
    expect(status()).toContain('The cluster refuses it for 1 topic')
    expect(wrapper.find('[data-refusal]').text()).toContain(message)
    await button('Remove the stored message.format.version too')?.trigger('click')
    await flushPromises()
    const [made] = asked('change:draft') as { draft: { groups: { edits: unknown[] }[] } }[]
    expect(made?.draft.groups[0]?.edits.at(-1)).toEqual({ key: 'message.format.version', op: 'delete', value: '' })
  })

  it('is waited for: planned again until nothing blocks, which is said', async () => {
    const blocked = buildChange({ plan: buildPlan({ level: 'block', effects: [BLOCK()] }), needs: TYPED })
    let plans = 0
    const { button, wrapper, asked } = await open(blocked, {
      'change:plan': () => {
        plans += 1
        return Promise.resolve(ok(plans < 2 ? { ...blocked, version: 3 + plans } : buildChange({ version: 9 })))
      },
    })
    vi.useFakeTimers()
    await button('Wait until unblocked')?.trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(asked('change:plan')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(REPLAN_MS)
    expect(asked('change:plan')).toHaveLength(2)
    expect(wrapper.text()).toContain('No rule blocks it any more.')
    await vi.advanceTimersByTimeAsync(3 * REPLAN_MS)
    expect(asked('change:plan')).toHaveLength(2)
  })
})

describe('an election', () => {
  it('shows leaders per broker, what moves, and what cannot with the reason', async () => {
    const { wrapper } = await open(buildElection())
    expect(wrapper.find('h1').text()).toBe(
      'Ready: leaders of 5 partitions of orders.created back to their preferred replicas',
    )
    expect(wrapper.find('[data-fate="moves"]').text()).toBe('2 leaders move.')
    expect(wrapper.find('[data-fate="not-in-sync"]').text()).toBe('1 cannot: its preferred replica is not in the ISR.')
    expect(wrapper.find('[data-leaders="2"]').text()).toBe('21012+2')
    expect(wrapper.text()).toContain('broker 2 is not in the ISR')
    expect(wrapper.find('[data-undo-line]').text()).toContain('An election has no undo')
  })
})

it('speaks Chinese', async () => {
  const { wrapper, status } = await open(buildChange(), {}, 'zh-CN')
  expect(wrapper.find('h1').text()).toBe('已计划，Broker 尚未校验：payments.ledger 的 2 个配置项')
  expect(status()).toContain('尚未发送任何内容。')
})

it('shows a change of another cluster without offering steps', async () => {
  const { wrapper } = await open(buildChange({ cluster: 'other', clusterName: 'other' }))
  expect(wrapper.text()).toContain('This change belongs to other, which is not the open cluster.')
  expect(wrapper.find('[data-next]').attributes('disabled')).toBeDefined()
  takeBack()
})
