/** A page of an open cluster in a component test: its store filled by pushes through a fake bridge, as the main process fills it. */
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import type { Component } from 'vue'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ClusterFrame, PushMessage } from '@contract/frame'
import { SAVED_CLUSTER } from '@contract/profiles'
import type { ClusterProfile } from '@contract/profiles'
import { ok } from '@contract/result'
import type { TaskWorks } from '../../src-main/ipc/tasks'
import { createTexts } from '../../src-renderer/app/i18n'
import { BRIDGE } from '../../src-renderer/bridge/bridge'
import type { HighwaterBridge } from '@contract/ipc'
import { fakeBridge } from './fake-bridge'
import { useClusterStore } from '../../src-renderer/stores/cluster'
import type { Language } from '../../src-main/shared/words/language'
import { buildSeries } from './summaries'

export const PROFILE: ClusterProfile = {
  ...SAVED_CLUSTER.initial,
  id: 'orders-eu',
  name: 'orders-eu',
  bootstrap: ['b1:9092'],
}

/** happy-dom lays nothing out and has no canvas: sizes and a context that remembers nothing stand in. Answers how to take them back. */
export function layOut(width = 900, height = 320): () => void {
  const kept = (['clientWidth', 'clientHeight'] as const).map(
    (key) => [key, Object.getOwnPropertyDescriptor(HTMLElement.prototype, key)] as const,
  )
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => width })
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => height })
  const canvas: { getContext: unknown } = HTMLCanvasElement.prototype
  const { getContext } = canvas
  const context = {
    measureText: (text: string) => ({ width: text.length * 7 }),
    putImageData: () => undefined,
    fillText: () => undefined,
    save: () => undefined,
    restore: () => undefined,
    scale: () => undefined,
    createImageData: (w: number, h: number) => ({ width: w, height: h, data: new Uint8ClampedArray(w * h * 4) }),
  }
  canvas.getContext = () => context
  return () => {
    canvas.getContext = getContext
    for (const [key, own] of kept) {
      if (own === undefined) Reflect.deleteProperty(HTMLElement.prototype, key)
      else Object.defineProperty(HTMLElement.prototype, key, own)
    }
  }
}

export interface PageOptions {
  readonly props?: Record<string, unknown>
  readonly frame?: ClusterFrame
  readonly locale?: Language
  /** Answers of channels that the page asks for. */
  readonly answers?: Partial<HighwaterBridge>
  /** Works of tasks that the page begins. */
  readonly works?: Partial<TaskWorks>
}

/** Of the page that was opened last: left open by its test, it would go on listening to keys in the tests after it, as files share the window. */
let closeLast = (): void => undefined

/** Mounts `component` in a router that knows every page by name; charts are left out, what they are given is not. */
export async function openPage(
  component: Component,
  { props = {}, frame, locale = 'en', answers = {}, works = {} }: PageOptions = {},
) {
  const channels: Partial<HighwaterBridge> = {
    'cluster:open': () => Promise.resolve(ok({ cluster: PROFILE.id })),
    'cluster:close': () => Promise.resolve(ok(null)),
    'cluster:frame': () => Promise.resolve(ok(null)),
    'cluster:watch': () => Promise.resolve(ok(null)),
    'cluster:series': () => Promise.resolve(ok(buildSeries([2, 3], 5, () => 1))),
    ...answers,
  }
  const bridge = fakeBridge(channels, works)
  const stub = { template: '<div />' }
  const page = (path: string, name: string) => ({ path, name, component: stub, meta: { needsCluster: true } })
  const ofNone = (path: string, name: string) => ({ path, name, component: stub })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      page('/', 'board'),
      page('/topic/:topic', 'topic'),
      page('/partition/:topic/:partition', 'partition'),
      page('/brokers', 'brokers'),
      page('/broker/:broker', 'broker'),
      page('/topics', 'topics'),
      page('/topic/:topic/config', 'config'),
      page('/topics/config', 'config-search'),
      page('/topics/config/compare', 'config-compare'),
      page('/topics/config/edit', 'config-many'),
      page('/broker/:broker/config', 'broker-config'),
      page('/brokers/config', 'brokers-config'),
      ofNone('/change/:id', 'change'),
      ofNone('/changes', 'changes'),
      page('/history', 'history'),
      page('/history/churn', 'churn'),
      page('/history/lag', 'advisor'),
      page('/timeline', 'timeline'),
      page('/history/:incident(\\d+)', 'incident'),
      page('/loss', 'loss'),
      page('/what-if', 'what-if'),
      page('/quorum', 'quorum'),
      page('/agreement', 'agreement'),
      page('/audit', 'audit'),
      ofNone('/connect', 'connect'),
      ofNone('/settings', 'settings'),
    ],
  })
  closeLast()
  const pinia = createPinia()
  setActivePinia(pinia)
  const wrapper = mount(component, {
    attachTo: document.body,
    props,
    global: {
      plugins: [pinia, createTexts(locale), router],
      provide: { [BRIDGE as symbol]: bridge },
      stubs: { LagChart: true },
    },
  })
  const unmount = wrapper.unmount.bind(wrapper)
  wrapper.unmount = () => {
    closeLast = () => undefined
    unmount()
  }
  closeLast = () => wrapper.unmount()
  const store = useClusterStore()
  const push = async (message: PushMessage): Promise<void> => {
    bridge.push(message)
    await flushPromises()
    await nextTick()
  }
  await store.open(PROFILE)
  if (frame !== undefined) await push({ type: 'frame', frame })
  // Lazy parts and the next animation frame, in which canvases are drawn.
  await flushPromises()
  await new Promise((resolve) => requestAnimationFrame(resolve))
  await flushPromises()
  const asked = (channel: string) => bridge.made.filter((call) => call.channel === channel).map((call) => call.input)
  return { wrapper, store, router, push, asked }
}
