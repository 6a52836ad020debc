import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import { ok, fail } from '@contract/result'
import { TELLING_RULES } from '@contract/telling'
import type { TellingView, WatchedCluster } from '@contract/telling'
import SettingsPage from '../../../../../src-renderer/features/settings/SettingsPage.vue'
import { openPage, PROFILE } from '../../../../support/open-page'
import { NOW } from '../../../../support/summaries'

let view: TellingView
const cluster: WatchedCluster = {
  cluster: PROFILE.id,
  name: PROFILE.name,
  environment: 'prod',
  watch: true,
  state: 'watching',
  problem: '',
  worst: null,
  known: true,
  incident: 0,
  mutedUntil: Number.NaN,
  hook: null,
}
beforeEach(() => {
  view = {
    rules: TELLING_RULES.initial,
    pausedUntil: Number.NaN,
    clusters: [cluster],
    tray: false,
    notifications: false,
    told: [],
  }
})

async function openSettings(locale: 'en' | 'zh-CN' = 'en', hookAnswer = () => Promise.resolve(ok(view))) {
  const read = () => Promise.resolve(ok(view))
  const opened = await openPage(SettingsPage, {
    locale,
    answers: {
      'telling:read': read,
      'telling:write': read,
      'telling:pause': read,
      'telling:mute': read,
      'telling:hook': hookAnswer,
      'telling:try': () => Promise.resolve(ok({ state: 'refused', at: NOW, status: 403, answer: 'invalid_token' })),
      'profiles:list': () =>
        Promise.resolve(ok([{ profile: PROFILE, lastSeenAt: Number.NaN, open: false, needsPassword: false }])),
      'profiles:save': ({ profile }) => Promise.resolve(ok(profile)),
    },
  })
  await flushPromises()
  return { page: opened.wrapper, asked: opened.asked }
}

it('says what this system cannot do: no tray, no notifications', async () => {
  const { page } = await openSettings()
  expect(page.text()).toContain('This system has no tray')
  expect(page.text()).toContain('This system shows no notifications')
  expect(page.text()).toContain('Nothing sent yet.')
})

it('switches watching of a cluster', async () => {
  const { page, asked } = await openSettings()
  await page.get('input[aria-label="Watch orders-eu"]').setValue(false)
  await flushPromises()
  expect(asked('profiles:save')).toEqual([{ profile: { ...PROFILE, watch: false }, secrets: {} }])
})

it.each([
  [{ state: 'password' }, 'its password is not in memory'],
  [{ state: 'blind', worst: 'blind' }, 'no broker answers'],
  [{ worst: 'refuses', incident: 4 }, 'watched · writes are refused'],
  [{ mutedUntil: Infinity, incident: 4, worst: 'short' }, 'muted until it ends'],
] as const)('says how it stands: %o', async (changes, text) => {
  view = { ...view, clusters: [{ ...cluster, ...changes }] }
  const { page } = await openSettings()
  expect(page.get('[data-watch]').text()).toContain(text)
})

it('writes a rule as soon as it is chosen', async () => {
  const { page, asked } = await openSettings()
  const select = page
    .findAll('select')
    .find(
      (one) => page.find(`label[for="${one.attributes('id')}"]`).text() === 'partitions are missing a replica, in DEV',
    )
  await select?.setValue('300')
  const { environments } = TELLING_RULES.initial
  expect(asked('telling:write')).toEqual([
    {
      ...TELLING_RULES.initial,
      environments: { ...environments, dev: { ...environments.dev, after: { ...environments.dev.after, short: 300 } } },
    },
  ])
})

it('a webhook: a bad address is named, a good one goes once, the test shows what the receiver said', async () => {
  const { page, asked } = await openSettings()
  await page.get('button[aria-label="Webhook of orders-eu"]').trigger('click')
  await page.get('form.hook').trigger('submit')
  expect(page.get('[aria-invalid="true"]').attributes('type')).toBe('password')
  const url = page.get('form.hook input')
  await url.setValue('https://hooks.example/canary')
  await page.get('form.hook').trigger('submit')
  await flushPromises()
  expect(asked('telling:hook')).toEqual([
    { cluster: PROFILE.id, kind: 'alertmanager', secrets: { url: 'https://hooks.example/canary', signing: '' } },
  ])
  expect((url.element as HTMLInputElement).value).toBe('')
  view = {
    ...view,
    clusters: [
      { ...cluster, hook: { kind: 'alertmanager', to: 'https://hooks.example', waiting: 2, lost: 1, last: null } },
    ],
  }
  const again = await openSettings()
  await again.page.get('button[aria-label="Webhook of orders-eu"]').trigger('click')
  expect(again.page.get('form.hook').text()).toContain('To https://hooks.example.')
  expect(again.page.get('form.hook').text()).toContain('2 messages are waiting.')
  const test = again.page.findAll('form.hook button').find((one) => one.text() === 'Send a test')
  await test?.trigger('click')
  await flushPromises()
  expect(again.page.get('form.hook').text()).toContain('Answer: invalid_token')
})

it('what is refused is said', async () => {
  const { page } = await openSettings('en', () => Promise.resolve(fail('storage', 'disk full')))
  await page.get('button[aria-label="Webhook of orders-eu"]').trigger('click')
  await page.get('form.hook input').setValue('https://hooks.example/x')
  await page.get('form.hook').trigger('submit')
  await flushPromises()
  expect(page.get('[role=alert]').text()).toContain('disk full')
})

it('speaks Chinese', async () => {
  const { page } = await openSettings('zh-CN')
  expect(page.text()).toContain('何时通知')
  expect(page.text()).toContain('此系统没有托盘')
})
