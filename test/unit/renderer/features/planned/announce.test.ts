import { flushPromises } from '@vue/test-utils'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { HighwaterBridge } from '@contract/ipc'
import { fail, ok } from '@contract/result'
import AnnounceButton from '../../../../../src-renderer/features/planned/AnnounceButton.vue'
import { minutesOf } from '../../../../../src-renderer/features/planned/announce-minutes'
import {
  plannedSentence,
  standingShort,
  standingWords,
} from '../../../../../src-renderer/features/common/planned-words'
import { buildFrame } from '../../../../support/frames'
import { buildKeptIncident } from '../../../../support/incidents'
import { layOut, openPage } from '../../../../support/open-page'
import { sayIn } from '../../../../support/say'
import { NOW } from '../../../../support/summaries'

let restore = (): void => undefined
beforeAll(() => (restore = layOut()))
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => vi.useRealTimers())
afterAll(() => restore())

const en = sayIn('en')
const plan = { broker: 4, by: 'ann', at: NOW - 60_000, until: NOW + 1_200_000 }
const frame = (plans: readonly (typeof plan)[]) => buildFrame({ takenAt: NOW, summary: { plans } })
const field = (name: string): HTMLInputElement =>
  [...document.querySelectorAll<HTMLElement>('[data-announce] .field')]
    .find((one) => one.textContent.includes(name))!
    .querySelector('input')!

async function type(name: string, text: string): Promise<void> {
  const input = field(name)
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}
const submit = async (): Promise<void> => {
  document.querySelector('[data-announce]')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  await flushPromises()
}

async function open(plans: readonly (typeof plan)[], answers: Partial<HighwaterBridge> = {}) {
  const made = await openPage(AnnounceButton, { frame: frame(plans), props: { broker: 4 }, answers })
  await made.wrapper.find('[data-announce-open]').trigger('click')
  await flushPromises()
  return made
}

it('is announced for so long by such a person, and refused minutes are not sent', async () => {
  const { wrapper, asked } = await open([], { 'history:announce': () => Promise.resolve(ok(null)) })
  await type('Announced by', ' ann ')
  await type('minutes', '0')
  await submit()
  expect(asked('history:announce')).toEqual([])
  await type('minutes', '45')
  await submit()
  expect(asked('history:announce')).toEqual([{ cluster: 'orders-eu', broker: 4, minutes: 45, by: 'ann' }])
  expect(document.querySelector('[data-announce]')).toBeNull()
  wrapper.unmount()
})

it('one that stands is told, and can be withdrawn', async () => {
  const { wrapper, asked } = await open([plan], { 'history:withdraw': () => Promise.resolve(ok(null)) })
  expect(wrapper.find('[data-announce-open]').text()).toContain('Announced until')
  expect(document.querySelector('[data-announce]')!.textContent).toContain('by ann')
  document.querySelector<HTMLElement>('[data-withdraw]')!.click()
  await flushPromises()
  expect(asked('history:withdraw')).toEqual([{ cluster: 'orders-eu', broker: 4 }])
  wrapper.unmount()
})

it('what could not be kept is said, and the dialog stays', async () => {
  const { wrapper } = await open([], { 'history:announce': () => Promise.resolve(fail('storage', 'disk')) })
  await type('Announced by', 'ann')
  await submit()
  expect(document.querySelector('[data-announce]')).not.toBeNull()
  wrapper.unmount()
})

it.each([
  ['20', 20],
  ['1440', 1440],
  ['1441', null],
  ['0', null],
  ['-5', null],
  ['1.5', null],
  ['', null],
])('minutes %j', (text, minutes) => expect(minutesOf(text)).toBe(minutes))

it('says what stands, and where it does not cover an incident', () => {
  expect(standingWords(en, [plan], NOW)).toMatch(/^planned: broker 4, until .*, by ann$/)
  expect(standingWords(en, [plan, { ...plan, broker: 5 }], NOW)).toContain('brokers 4 and 5')
  expect(standingWords(en, [], NOW)).toBe('')
  expect(standingShort(en, [plan])).toBe('planned: broker 4')
  expect(standingShort(en, [plan, { ...plan, broker: 5 }])).toBe('planned: 2 brokers')
  expect(standingShort(en, [])).toBe('')
  const { by, broker, until } = plan
  const incident = buildKeptIncident({ planned: { by, broker, until }, brokers: [2, 4] })
  expect(plannedSentence(en, incident, NOW)).toContain('the announcement does not cover this')
  expect(plannedSentence(en, { ...incident, brokers: [4] }, NOW)).not.toContain('covered')
})
