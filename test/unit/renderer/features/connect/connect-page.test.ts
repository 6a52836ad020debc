import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { HighwaterBridge } from '@contract/ipc'
import { SAVED_CLUSTER } from '@contract/profiles'
import type { ClusterProfile, ProfileRow } from '@contract/profiles'
import { fail, ok } from '@contract/result'
import type { TaskWorks } from '../../../../support/fake-bridge'
import { createTexts } from '../../../../../src-renderer/app/i18n'
import { BRIDGE } from '../../../../../src-renderer/bridge/bridge'
import { fakeBridge } from '../../../../support/fake-bridge'
import ConnectPage from '../../../../../src-renderer/features/connect/ConnectPage.vue'
import type { MenuEntry } from '../../../../../src-renderer/ui/menu-offers'
import RowMenu from '../../../../../src-renderer/features/fleet/RowMenu.vue'

const profile: ClusterProfile = {
  ...SAVED_CLUSTER.initial,
  id: 'p1',
  name: 'orders-eu',
  bootstrap: ['b1:9092'],
}
const row = (change: Partial<ProfileRow> = {}): ProfileRow => ({
  profile,
  lastSeenAt: Number.NaN,
  open: false,
  needsPassword: false,
  ...change,
})

async function setUp(rows: ProfileRow[], answers: Partial<HighwaterBridge> = {}, works: Partial<TaskWorks> = {}) {
  const saved = [...rows]
  const channels: Partial<HighwaterBridge> = {
    'profiles:list': () => Promise.resolve(ok([...saved])),
    'profiles:save': ({ profile: next }) => {
      const stored = { ...next, id: next.id === '' ? `new-${saved.length}` : next.id }
      saved.push(row({ profile: stored }))
      return Promise.resolve(ok(stored))
    },
    'profiles:remove': ({ id }) => {
      saved.splice(
        saved.findIndex((each) => each.profile.id === id),
        1,
      )
      return Promise.resolve(ok(null))
    },
    'cluster:open': () => Promise.resolve(fail('unreachable', 'b1:9092 refuses connections')),
    'fleet:show': () => Promise.resolve(ok(null)),
    'fleet:read': () => Promise.resolve(ok({ version: 1, clusters: saved.map((each) => each.profile.id), rows: [] })),
    'fleet:past': () => Promise.resolve(ok({ lanes: [] })),
    ...answers,
  }
  const bridge = fakeBridge(channels, works)
  const stub = { template: '<div />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: stub },
      { path: '/board', name: 'board', component: stub },
    ],
  })
  const page = mount(ConnectPage, {
    attachTo: document.body,
    global: { plugins: [createPinia(), createTexts('en'), router], provide: { [BRIDGE as symbol]: bridge } },
  })
  await flushPromises()
  const button = (text: string) => page.findAll('button').find((each) => each.text().startsWith(text))!
  const field = (label: string) =>
    page.find<HTMLInputElement>(
      `#${page
        .findAll('label')
        .find((each) => each.text() === label)!
        .attributes('for')}`,
    )
  const choose = (text: string) =>
    page
      .findAll('[role=radio]')
      .find((each) => each.text() === text)!
      .trigger('click')
  const calls = (channel: string) => bridge.made.filter((call) => call.channel === channel).map((call) => call.input)
  return { page, button, field, choose, calls, router }
}

describe('Connect', () => {
  it('says what to do when nothing is saved, with the form open', async () => {
    const { page, field } = await setUp([])
    expect(page.find('h1').text()).toBe('Is data at risk? Are writes refused? Which broker is it? What next?')
    expect(field('Bootstrap servers').exists()).toBe(true)
  })

  it('keeps what was typed before the list was read', async () => {
    let answer = (): void => undefined
    const read = new Promise<void>((resolve) => (answer = resolve))
    const { button, field } = await setUp([], { 'profiles:list': () => read.then(() => ok([])) })
    await button('Add a cluster').trigger('click')
    await field('Name').setValue('orders-eu')
    answer()
    await flushPromises()
    expect(field('Name').element.value).toBe('orders-eu')
  })

  it('checks fields once they are left, and sends nothing while a fault stands', async () => {
    const { page, field, calls } = await setUp([])
    expect(page.findAll('[aria-invalid="true"]').length).toBe(0)
    await field('Bootstrap servers').setValue('::1:9092')
    await field('Bootstrap servers').trigger('focusout')
    expect(page.text()).toContain('put the IPv6 address in brackets')
    await page.find('form').trigger('submit')
    expect(page.text()).toContain('Choose one.')
    expect(calls('profiles:save')).toEqual([])
    await field('Bootstrap servers').setValue('[::1]:9092')
    expect(page.text()).not.toContain('put the IPv6 address in brackets')
  })

  it('keeps a saved cluster that cannot be opened, and says why beside it', async () => {
    const { page, field, choose, calls } = await setUp([])
    await field('Name').setValue('orders-eu')
    await field('Bootstrap servers').setValue('b1:9092')
    await choose('DEV')
    await page.find('form').trigger('submit')
    await flushPromises()
    expect(calls('profiles:save')).toHaveLength(1)
    expect(page.findAll('[data-cluster-row]')).toHaveLength(1)
    expect(page.find('[role="alert"]').text()).toContain('b1:9092 refuses connections')
  })

  it('asks for a password that is not in memory and sends it with open only', async () => {
    const sasl = row({ profile: { ...profile, sasl: { mechanism: 'plain', username: 'ops' } }, needsPassword: true })
    const { page, button, calls } = await setUp([sasl], {
      'cluster:open': () => Promise.resolve(ok({ cluster: 'p1' })),
      'cluster:frame': () => Promise.resolve(ok(null)),
    })
    await button('orders-eu').trigger('click')
    expect(calls('cluster:open')).toEqual([])
    await page.find('input[type="password"]').setValue('canary')
    await page.find('form.ask').trigger('submit')
    await flushPromises()
    expect(calls('cluster:open')).toEqual([{ id: 'p1', secrets: { password: 'canary' } }])
  })

  it('shows the failing step of a test open, with evidence', async () => {
    const { page, button, field } = await setUp(
      [],
      {},
      {
        'connection-test': () =>
          Promise.resolve(
            ok({
              reachable: false,
              steps: [
                { step: 'address', outcome: 'ok', ms: 0, subject: 'b1:9092', evidence: '', advice: '' },
                {
                  step: 'tcp',
                  outcome: 'failed',
                  ms: 12,
                  subject: 'b1:9092',
                  evidence: 'ECONNREFUSED',
                  advice: 'nothing-listens',
                },
                { step: 'metadata', outcome: 'skipped', ms: 0, subject: '', evidence: '', advice: '' },
              ],
            }),
          ),
      },
    )
    await field('Name').setValue('x')
    await field('Bootstrap servers').setValue('b1:9092')
    await button('Test').trigger('click')
    await flushPromises()
    expect(page.find('.doctor').text()).toContain('The connection fails at: Port (TCP).')
    expect(page.find('.step.failed').text()).toContain('12 ms')
    expect(page.find('.step.failed .evidence').text()).toBe('ECONNREFUSED')
    expect(page.find('.step.failed .advice').text()).not.toBe('')
  })

  it('shows the steps of a test as they come, and cancels it', async () => {
    let signal = AbortSignal.abort()
    const { page, button, field, calls } = await setUp(
      [],
      {},
      {
        'connection-test': (_input, run) => {
          signal = run.signal
          run.progress({ step: 'address', outcome: 'ok', ms: 0, subject: 'b1:9092', evidence: '', advice: '' })
          run.progress({ step: 'dns', outcome: 'ok', ms: 1, subject: 'b1:9092', evidence: '', advice: '' })
          return new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve(ok({ steps: [], reachable: false })))
          })
        },
      },
    )
    await field('Name').setValue('x')
    await field('Bootstrap servers').setValue('b1:9092')
    await button('Test').trigger('click')
    await flushPromises()
    expect(page.findAll('.doctor .step')).toHaveLength(2)
    expect(page.find('.doctor').attributes('aria-busy')).toBe('true')
    expect(page.find('.testing').text()).toContain('Testing: Port (TCP)')
    expect([signal.aborted, calls('task:cancel')]).toEqual([false, []])
    await button('Cancel the test').trigger('click')
    await flushPromises()
    expect(signal.aborted).toBe(true)
    expect(page.text()).toContain('The test was cancelled.')
    expect(page.find('.testing').exists()).toBe(false)
    expect(page.find('.doctor').attributes('aria-busy')).toBe('false')
  })

  it('cancels a test whose form is closed, and says nothing of it', async () => {
    let signal = AbortSignal.abort()
    const { page, button, field } = await setUp(
      [row()],
      {},
      {
        'connection-test': (_input, run) => {
          signal = run.signal
          return new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve(ok({ steps: [], reachable: false })))
          })
        },
      },
    )
    await button('Add a cluster').trigger('click')
    await field('Name').setValue('x')
    await field('Bootstrap servers').setValue('b1:9092')
    await button('Test').trigger('click')
    await flushPromises()
    await page.find('form.form').findAll('button').at(-1)!.trigger('click')
    await flushPromises()
    expect(signal.aborted).toBe(true)
    await button('Add a cluster').trigger('click')
    expect(page.text()).not.toContain('The test was cancelled.')
  })

  it('removes, and brings back by undo without its password', async () => {
    const { page, calls } = await setUp([row()])
    const entries = page.findComponent(RowMenu).props('entries') as readonly MenuEntry[]
    entries.find(({ id }) => id === 'remove')!.run()
    await flushPromises()
    expect(page.findAll('[data-cluster-row]')).toHaveLength(0)
    expect(calls('profiles:remove')).toEqual([{ id: 'p1' }])
  })

  it('takes the address alone: the name is its first host, and the environment has to be chosen', async () => {
    const { page, field, choose, calls } = await setUp([])
    await field('Bootstrap servers').setValue('kafka://b1.orders-eu.example:9092/orders, b2:9092')
    await field('Bootstrap servers').trigger('focusout')
    expect(field('Bootstrap servers').element.value).toBe('b1.orders-eu.example:9092, b2:9092')
    expect(page.text()).toContain('Left out: kafka:// /orders')
    expect(field('Name').attributes('placeholder')).toBe('b1.orders-eu.example')
    await page.find('form').trigger('submit')
    expect([page.text().includes('Choose one.'), calls('profiles:save')]).toEqual([true, []])
    await choose('STAGING')
    await page.find('form').trigger('submit')
    await flushPromises()
    expect(calls('profiles:save')).toMatchObject([
      {
        profile: {
          name: 'b1.orders-eu.example',
          environment: 'staging',
          bootstrap: ['b1.orders-eu.example:9092', 'b2:9092'],
        },
      },
    ])
  })

  it('tries an address before its environment is chosen', async () => {
    const tried: unknown[] = []
    const { button, field } = await setUp(
      [],
      {},
      {
        'connection-test': ({ profile: one }) => {
          tried.push(one.bootstrap)
          return Promise.resolve(ok({ reachable: true, steps: [] }))
        },
      },
    )
    await field('Bootstrap servers').setValue('b1:9092')
    await button('Test').trigger('click')
    await flushPromises()
    expect(tried).toEqual([['b1:9092']])
  })
})
