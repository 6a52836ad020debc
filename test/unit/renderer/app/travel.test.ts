import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { createRouter, createWebHashHistory } from 'vue-router'
import { createTexts } from '../../../../src-renderer/app/i18n'
import { useMouseTravel } from '../../../../src-renderer/app/travel'
import TravelButtons from '../../../../src-renderer/app/TravelButtons.vue'

let unmount = (): void => undefined
afterEach(() => unmount())

async function open() {
  const page = (path: string) => ({ path, component: { template: '<i />' } })
  const router = createRouter({ history: createWebHashHistory(), routes: [page('/'), page('/a'), page('/b')] })
  const Host = defineComponent(() => {
    useMouseTravel()
    return () => h(TravelButtons)
  })
  await router.replace('/')
  const wrapper = mount(Host, {
    global: { plugins: [createPinia(), createTexts('en'), router] },
    attachTo: document.body,
  })
  await router.isReady()
  unmount = () => wrapper.unmount()
  const arrows = () => wrapper.findAll('button').map((one) => one.attributes('aria-disabled'))
  const at = () => router.currentRoute.value.path
  const settle = async (): Promise<void> => {
    await flushPromises()
    await new Promise((resolve) => setTimeout(resolve))
    await flushPromises()
  }
  const mouse = async (button: number): Promise<boolean> => {
    const event = new MouseEvent('mouseup', { button, bubbles: true, cancelable: true })
    document.body.dispatchEvent(event)
    await settle()
    return event.defaultPrevented
  }
  return { router, wrapper, arrows, at, settle, mouse }
}

describe('back and forward', () => {
  it('say why they lead nowhere, and lead where one was', async () => {
    const { router, wrapper, arrows, at, settle } = await open()
    expect(arrows()).toEqual(['true', 'true'])
    expect(wrapper.findAll('button')[0]!.attributes('title')).toMatch(/^Nothing to go back to/)
    await wrapper.findAll('button')[0]!.trigger('click')
    await settle()
    expect(at()).toBe('/')
    await router.push('/a')
    await router.push('/b')
    await settle()
    expect(arrows()).toEqual(['false', 'true'])
    expect(wrapper.findAll('button')[0]!.attributes('title')).toBe('Back (Alt ←)')
    await wrapper.findAll('button')[0]!.trigger('click')
    await settle()
    expect({ at: at(), arrows: arrows() }).toEqual({ at: '/a', arrows: ['false', 'false'] })
    await wrapper.findAll('button')[1]!.trigger('click')
    await settle()
    expect({ at: at(), arrows: arrows() }).toEqual({ at: '/b', arrows: ['false', 'true'] })
  })

  it('are on the side of the mouse, one step a press, and not under a dialog', async () => {
    const { router, at, mouse } = await open()
    await router.push('/a')
    await router.push('/b')
    expect(await mouse(0)).toBe(false)
    expect(at()).toBe('/b')
    expect(await mouse(3)).toBe(true)
    expect(at()).toBe('/a')
    await mouse(4)
    expect(at()).toBe('/b')
    const dialog = document.body.appendChild(document.createElement('div'))
    dialog.setAttribute('role', 'dialog')
    expect(await mouse(3)).toBe(true)
    expect(at()).toBe('/b')
    dialog.remove()
  })
})
