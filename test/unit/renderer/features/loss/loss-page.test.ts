// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { KeptLoss } from '@contract/loss'
import { fail, ok } from '@contract/result'
import { LOSS_UNWATCHED, type LossSummary } from '@contract/summary'
import LossBar from '../../../../../src-renderer/features/loss/LossBar.vue'
import LossPage from '../../../../../src-renderer/features/loss/LossPage.vue'
import { buildFrame } from '../../../../support/frames'
import { openPage } from '../../../../support/open-page'
import { buildBroker, buildHeadline, NOW } from '../../../../support/summaries'

const FINDING: KeptLoss = {
  id: 7,
  topic: 'shop.orders',
  topicId: '',
  partition: 0,
  kind: 'unclean-election',
  atLeast: 500,
  atMost: Number.NaN,
  missingAsRead: 500,
  oldLeader: 1,
  newLeader: 2,
  oldEpoch: 4,
  epoch: 5,
  partsAt: 1_000,
  highWatermark: 1_500,
  seenAt: NOW - 60_000,
  holders: [{ broker: 1, logEndOffset: 1_500, readAt: NOW - 69_000 }],
  acknowledged: null,
}
const OPEN: LossSummary = {
  ...LOSS_UNWATCHED,
  open: 1,
  atLeast: 500,
  topics: [{ topic: 'shop.orders', partitions: 1, atLeast: 500 }],
  topicCount: 1,
  firstSeenAt: FINDING.seenAt,
  lastSeenAt: FINDING.seenAt,
  holders: [1],
  watchedSince: NOW - 600_000,
}
const frameOf = (loss: LossSummary, answers: 'yes' | 'no' = 'no') =>
  buildFrame({
    summary: {
      headline: buildHeadline(),
      loss,
      brokers: [buildBroker(1, { answers }), buildBroker(2), buildBroker(3)],
    },
  })
const listed = (findings: readonly KeptLoss[]) => ({
  'loss:list': () => Promise.resolve(ok({ findings, unreadable: 0 })),
})

// Dialogs are drawn into the body, and what another file left there is no part of this one.
beforeEach(() => document.body.replaceChildren())
afterEach(() => document.body.replaceChildren())

const field = (label: string): HTMLInputElement => {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent === label)
  const input = document.getElementById(found?.htmlFor ?? '')
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${label}`)
  return input
}
async function type(label: string, text: string): Promise<void> {
  const input = field(label)
  input.value = text
  input.dispatchEvent(new Event('input'))
  await flushPromises()
}

it('the bar stays until it is acknowledged with a name and a reason, and says so when that could not be kept', async () => {
  let refuse = true
  const { wrapper, asked, push } = await openPage(LossBar, {
    frame: frameOf(OPEN),
    answers: {
      ...listed([FINDING, { ...FINDING, id: 6, acknowledged: { at: NOW, by: 'x', reason: 'y' } }]),
      'loss:acknowledge': () => Promise.resolve(refuse ? fail('storage', 'disk full') : ok({ done: 1 })),
    },
  })
  expect(wrapper.find('[role=alert]').text()).toContain('shop.orders lost acknowledged records: at least 500.')
  await wrapper.find('button').trigger('click')
  await flushPromises()
  const send = (): HTMLButtonElement => document.querySelector<HTMLButtonElement>('form button[type=submit]')!
  expect(send().disabled).toBe(true)
  await type('Your name', 'ada')
  expect(send().disabled).toBe(true)
  await type('Reason', 'sent again')
  expect(send().disabled).toBe(false)
  const form = document.querySelector('form')!
  form.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
  expect(document.querySelector('form')).not.toBeNull()
  refuse = false
  form.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
  expect(asked('loss:acknowledge').at(-1)).toEqual({ cluster: 'orders-eu', ids: [7], by: 'ada', reason: 'sent again' })
  await push({ type: 'frame', frame: frameOf({ ...LOSS_UNWATCHED, watchedSince: OPEN.watchedSince }) })
  expect(wrapper.find('[data-loss-bar]').exists()).toBe(false)
})

it('the page tells what is missing, who had it and how to save it, and copies the command', async () => {
  const { wrapper, asked } = await openPage(LossPage, {
    frame: frameOf(OPEN),
    answers: { ...listed([FINDING]), 'clipboard:write': () => Promise.resolve(ok(null)) },
  })
  expect(wrapper.find('[data-loss="shop.orders/0"]').text()).toContain('at least 500')
  expect(wrapper.find('[data-loss="shop.orders/0"]').text()).toContain('broker 1 to 1,500')
  const steps = wrapper.find('[data-save="1"]')
  expect(steps.text()).toContain('Keep broker 1 down')
  await steps.find('button').trigger('click')
  const [copied] = asked('clipboard:write') as { text: string }[]
  expect(copied?.text).toContain('cp -a "$LOG_DIR"/shop.orders-0')
})

it('the page does not ask to keep a broker down that runs', async () => {
  const { wrapper } = await openPage(LossPage, { frame: frameOf(OPEN, 'yes'), answers: listed([FINDING]) })
  const steps = wrapper.find('[data-save="1"]').text()
  expect(steps).toContain('Broker 1 is running again')
  expect(steps).not.toContain('Keep broker 1 down')
})

it('the page without a finding says since when nothing was lost', async () => {
  const { wrapper } = await openPage(LossPage, {
    frame: frameOf({ ...LOSS_UNWATCHED, watchedSince: NOW - 600_000 }),
    answers: listed([]),
  })
  expect(wrapper.find('[data-no-loss].calm').text()).toContain('was found lost since')
  expect(wrapper.find('[data-save]').exists()).toBe(false)
})

it('the page is not green where nothing is seen that could be lost', async () => {
  const { wrapper } = await openPage(LossPage, {
    frame: buildFrame({
      topics: [],
      summary: { topics: 0, partitions: 0, loss: { ...LOSS_UNWATCHED, watchedSince: NOW } },
    }),
    answers: listed([]),
  })
  expect(wrapper.find('[data-no-loss]').text()).toBe('Whether records are lost is unknown: no topic is seen.')
  expect(wrapper.find('[data-no-loss].calm').exists()).toBe(false)
})
