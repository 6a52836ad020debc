// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { fail, ok } from '@contract/result'
import type { ClusterSummary } from '@contract/summary'
import type { WhatIf } from '@contract/what-if'
import { tally } from '@shared/tally'
import { useRestartNotice } from '../../../../../src-renderer/features/what-if/use-restart-notice'
import WhatIfPage from '../../../../../src-renderer/features/what-if/WhatIfPage.vue'
import { useNoticesStore } from '../../../../../src-renderer/stores/notices'
import { useWhatIfStore } from '../../../../../src-renderer/stores/what-if'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage } from '../../../../support/open-page'
import { buildBroker, buildHeadline } from '../../../../support/summaries'
import { buildWhatIf } from '../../../../support/what-if'

/** What is older than three intervals is not of now. */
const NOW = Date.now()
const BROKERS = [1, 2, 3, 4, 5, 6].map((id) => buildBroker(id))
const frameAt = (seconds: number, changes: Partial<ClusterSummary> = {}) =>
  buildFrame({
    takenAt: NOW + 1000 * seconds,
    seq: 1 + seconds,
    // Slow, so that a slow machine does not make it stale.
    summary: { headline: buildHeadline(), brokers: BROKERS, reach: 'all', intervalMs: 60_000, ...changes },
  })

const told: WhatIf = buildWhatIf({
  offline: tally(6),
  byDesign: 6,
  oneLossAway: tally(780),
  moves: [{ from: 2, to: 3, partitions: 93 }],
  leaders: [
    { broker: 2, now: 93, then: 0 },
    { broker: 3, now: 180, then: 273 },
  ],
  topics: [
    {
      topic: 'carts',
      partitions: 12,
      loses: 0,
      offline: 6,
      refuses: 0,
      oneLossAway: 0,
      moves: 0,
      unknown: 0,
      byDesign: 6,
      named: { loses: [], offline: [0, 2, 4, 6, 8, 10], refuses: [], unknown: [] },
      moved: [],
    },
  ],
  topicCount: 1,
})

/** Answers whatever is asked; of one broker alone `single`. */
const answering = (whole: Partial<WhatIf> = {}, single: Partial<WhatIf> = whole, at = () => NOW) => ({
  'cluster:what-if': ({ brokers }: { brokers: number[] }) =>
    Promise.resolve(ok(buildWhatIf({ ...(brokers.length > 1 ? whole : single), brokers, takenAt: at() }))),
  'clipboard:write': () => Promise.resolve(ok(null)),
})

let restore = (): void => undefined
beforeAll(() => {
  restore = layOut()
})
afterAll(() => restore())
beforeEach(() => document.body.replaceChildren())
afterEach(() => vi.useRealTimers())

const settle = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 5))
  await flushPromises()
}

describe('the page', () => {
  it('asks nothing until brokers are chosen, and of a rack all at once', async () => {
    const { wrapper, asked } = await openPage(WhatIfPage, {
      props: { broker: -1 },
      frame: frameAt(0),
      answers: answering(told),
    })
    await settle()
    expect(wrapper.find('h1').text()).toBe('What if a broker stops?')
    expect(asked('cluster:what-if')).toEqual([])
    await wrapper.find('[data-rack="rack-b"]').trigger('click')
    await settle()
    expect(asked('cluster:what-if')).toEqual([{ cluster: 'orders-eu', brokers: [2, 5] }])
    expect(wrapper.find('h1').text()).toBe(
      'Stopping rack-b (brokers 2 and 5) together now takes carts offline on 6 of 12 partitions.',
    )
    expect(wrapper.find('[data-topics]').text()).toContain('offline: 0, 2, 4, 6, 8, 10')
    expect(wrapper.find('[data-way="2 3"]').text()).toBe('2 → 3: 93 partitions')
    expect(wrapper.find('[data-broker="5"]').attributes('aria-pressed')).toBe('true')
    await wrapper.find('[data-rack="rack-b"]').trigger('click')
    await settle()
    expect(wrapper.find('h1').text()).toBe('What if a broker stops?')
  })

  it('opens with the broker of the link chosen, and copies the whole answer as text', async () => {
    const { wrapper, asked } = await openPage(WhatIfPage, {
      props: { broker: 2 },
      frame: frameAt(0),
      answers: answering(told),
    })
    await settle()
    expect(asked('cluster:what-if')[0]).toEqual({ cluster: 'orders-eu', brokers: [2] })
    await wrapper.find('header button').trigger('click')
    const [copied] = asked('clipboard:write') as { text: string }[]
    expect(copied?.text).toContain('  carts: offline: 0, 2, 4, 6, 8, 10 (no copy is on another broker)')
  })

  it('asks again with a new picture, at most once a second, and no more when it is left', async () => {
    const { wrapper, push, asked } = await openPage(WhatIfPage, {
      props: { broker: 2 },
      frame: frameAt(0),
      answers: answering(told),
    })
    await settle()
    const count = (): number => asked('cluster:what-if').length
    expect(count()).toBe(1)
    for (const at of [1, 2, 3]) await push({ type: 'frame', frame: frameAt(at) })
    await settle()
    expect(count()).toBe(1)
    await vi.waitFor(() => expect(count()).toBe(2), { timeout: 3000 })
    wrapper.unmount()
    await push({ type: 'frame', frame: frameAt(4) })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    expect(count()).toBe(2)
  })

  it('says "last seen" of what is not of now, and that the light cannot be green', async () => {
    const { wrapper, push } = await openPage(WhatIfPage, {
      props: { broker: 2 },
      frame: frameAt(0),
      answers: answering(),
    })
    await settle()
    expect(wrapper.find('[data-light]').attributes('data-light')).toBe('go')
    await push({
      type: 'status',
      status: { cluster: 'orders-eu', phase: 'paused', since: NOW, takenAt: NOW, nextTryAt: Number.NaN, problem: null },
    })
    expect(wrapper.find('h1').text()).toMatch(/^Last seen: Stopping broker 2 now is not expected to take a partition/)
    expect(wrapper.find('.lamp').attributes('data-light')).toBe('wait')
    expect(wrapper.find('[data-condition="fresh"]').classes()).toContain('unknown')
  })

  it('shows why an answer does not come', async () => {
    const { wrapper } = await openPage(WhatIfPage, {
      props: { broker: 2 },
      frame: frameAt(0),
      answers: { 'cluster:what-if': () => Promise.resolve(fail('not-found', 'gone')) },
    })
    await settle()
    expect(wrapper.find('[role=alert]').exists()).toBe(true)
    expect(wrapper.find('[data-topics]').exists()).toBe(false)
  })

  it('does not offer to wait for what waiting does not bring', async () => {
    const { wrapper } = await openPage(WhatIfPage, {
      props: { broker: 2 },
      frame: frameAt(0),
      answers: answering(told),
    })
    await settle()
    const card = wrapper.find('[data-restart]')
    expect(card.text()).toContain('Waiting does not help 6 partitions')
    expect(card.find('.lamp button').exists()).toBe(false)
  })

  it('watches a rolling restart: whose turn it is, and that Highwater restarts nothing', async () => {
    const { wrapper, push } = await openPage(WhatIfPage, {
      props: { broker: -1 },
      frame: frameAt(0),
      answers: answering({}, {}),
    })
    const card = wrapper.find('[data-rolling]')
    expect(card.text()).toContain('Order: 1, 4, 2, 5, 6 and 3.')
    expect(card.text()).toContain('Highwater restarts nothing')
    await card.find('button').trigger('click')
    await settle()
    expect(wrapper.find('[data-step="1"]').attributes('data-light')).toBe('go')
    const away = BROKERS.map((one) => (one.id === 1 ? buildBroker(1, { answers: 'no' }) : one))
    await push({ type: 'frame', frame: frameAt(1, { brokers: away }) })
    expect(wrapper.find('[data-step="1"]').text()).toContain('down for')
    await vi.waitFor(() => expect(wrapper.find('[data-step="4"]').attributes('data-light')).toBe('wait'))
    expect(wrapper.find('[data-step="4"]').text()).toContain('broker 1 is not listed or does not answer')
  })
})

it('whoever waits is told once when it is safe, whichever page is open', async () => {
  let refuses = 3
  const Elsewhere = defineComponent({
    setup() {
      useRestartNotice()
      return () => null
    },
  })
  const { push } = await openPage(Elsewhere, {
    frame: frameAt(0),
    answers: {
      'cluster:what-if': ({ brokers }) =>
        Promise.resolve(ok(buildWhatIf({ brokers, takenAt: NOW, refuses: tally(refuses) }))),
    },
  })
  const store = useWhatIfStore()
  const notices = useNoticesStore()
  store.waitsFor = 2
  await vi.waitFor(() => expect(store.lamp).toMatchObject({ broker: 2, go: false }))
  expect(notices.notice).toBeNull()
  refuses = 0
  await push({ type: 'frame', frame: frameAt(1) })
  await vi.waitFor(() => expect(notices.notice?.text).toBe('Broker 2 may be restarted now: every condition holds.'), {
    timeout: 3000,
  })
  expect(store.waitsFor).toBeNull()
})
