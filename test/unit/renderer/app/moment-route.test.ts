import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { createApp, defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { keepMoment, momentOf } from '../../../../src-renderer/app/moment-route'
import { BRIDGE } from '../../../../src-renderer/bridge/bridge'
import { usePastStore } from '../../../../src-renderer/stores/past'
import { fakeBridge } from '../../../support/fake-bridge'

const Page = defineComponent({ setup: () => () => h('p') })
let router: Router
let past: ReturnType<typeof usePastStore>

beforeEach(async () => {
  const app = createApp(Page)
  const pinia = createPinia()
  app.use(pinia)
  app.provide(BRIDGE, fakeBridge())
  setActivePinia(pinia)
  past = app.runWithContext(() => usePastStore())
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/board', name: 'board', component: Page, meta: { needsCluster: true } },
      { path: '/topics', name: 'topics', component: Page, meta: { needsCluster: true } },
      { path: '/settings', name: 'settings', component: Page },
    ],
  })
  keepMoment(router, past)
  await router.push('/board')
})

const back = async (): Promise<void> => {
  const moved = new Promise<void>((done) => {
    const stop = router.afterEach(() => {
      stop()
      done()
    })
  })
  router.back()
  await moved
}

it('a moment goes from page to page, over a page without a cluster, and back brings what was shown', async () => {
  await router.push('/board?at=1700000000000')
  expect(past.at).toBe(1_700_000_000_000)
  await router.push('/topics')
  expect(router.currentRoute.value.fullPath).toBe('/topics?at=1700000000000')
  await router.push('/settings')
  await router.push({ name: 'board' })
  expect(router.currentRoute.value.fullPath).toBe('/board?at=1700000000000')
  await back()
  await back()
  expect(router.currentRoute.value.fullPath).toBe('/topics?at=1700000000000')
  await back()
  await back()
  expect(router.currentRoute.value.fullPath).toBe('/board')
  expect(past.at).toBeNull()
})

it('now is now on the next page too', async () => {
  await router.push('/board?at=1700000000000')
  past.at = null
  await router.push('/board')
  expect(past.at).toBeNull()
  await router.push('/topics')
  expect(router.currentRoute.value.fullPath).toBe('/topics')
})

it.each([
  ['1700000000000', 1_700_000_000_000],
  ['0', 0],
  ['-1', null],
  ['1e12', null],
  ['99999999999999999', null],
  ['8640000000000001', null],
  ['', null],
  [undefined, null],
  [['1', '2'], null],
])('the address %j means %j', (text, moment) => {
  expect(momentOf(text)).toBe(moment)
})
