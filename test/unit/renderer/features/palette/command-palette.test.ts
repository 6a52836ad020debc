import { flushPromises } from '@vue/test-utils'
import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import CommandPalette from '../../../../../src-renderer/features/palette/CommandPalette.vue'
import type { PastBoard } from '@contract/past'
import { usePastStore } from '../../../../../src-renderer/stores/past'
import { buildFrame } from '../../../../support/frames'
import { openPage } from '../../../../support/open-page'

const actions = [{ action: 'pause', text: 'Pause polling', keys: 'Space', group: 'do' }] as const

async function open(props: Record<string, unknown> = {}) {
  const page = await openPage(CommandPalette, {
    props: { actions, open: true, ...props },
    frame: buildFrame({
      topics: [
        ['orders', 60],
        ['payments', 3],
      ],
    }),
  })
  const field = (): HTMLInputElement => document.querySelector<HTMLInputElement>('[role="combobox"]')!
  const options = (): string[] => [...document.querySelectorAll('[role="option"]')].map((option) => option.textContent)
  const type = async (text: string): Promise<void> => {
    field().value = text
    field().dispatchEvent(new Event('input'))
    await nextTick()
  }
  const press = async (key: string): Promise<void> => {
    field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await flushPromises()
  }
  return { ...page, field, options, type, press }
}

describe('the palette', () => {
  it('goes to a partition by topic and number', async () => {
    const { wrapper, router, type, press, options } = await open()
    await type('orders 41')
    expect(options()[0]).toContain('orders / 41')
    await press('Enter')
    expect(router.currentRoute.value.params).toEqual({ topic: 'orders', partition: '41' })
    expect(wrapper.emitted('update:open')).toEqual([[false]])
    wrapper.unmount()
  })

  it('runs an action, and moves through what it found by arrows', async () => {
    const { wrapper, field, press, options } = await open()
    expect(options()[0]).toContain('Pause polling')
    await press('ArrowDown')
    expect(document.getElementById(field().getAttribute('aria-activedescendant')!)?.textContent).toContain('Broker 1')
    await press('ArrowUp')
    await press('Enter')
    expect(wrapper.emitted('run')).toEqual([['pause']])
    wrapper.unmount()
  })

  it('goes on with the first row when the one that Enter would do is gone', async () => {
    const { wrapper, field, press, options } = await open()
    const held = (): string | undefined =>
      document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.textContent
    await press('Home')
    expect(held()).toContain('Pause polling')
    await wrapper.setProps({ actions: [] })
    await flushPromises()
    expect(held()).toBe(options()[0])
    wrapper.unmount()
  })

  it('goes to a moment of the past, and does not remember how long ago it was', async () => {
    const { wrapper, router, type, press, options } = await open()
    await router.push({ name: 'topic', params: { topic: 'orders' } })
    await type('30 min ago')
    expect(options()).toEqual([expect.stringMatching(/^As of .*\(30 min ago\)G P$/)])
    const before = Date.now()
    await press('Enter')
    const { name, params, query } = router.currentRoute.value
    expect({ name, params }).toEqual({ name: 'topic', params: { topic: 'orders' } })
    expect(Math.abs(before - 1_800_000 - Number(query['at']))).toBeLessThan(5_000)
    await wrapper.setProps({ open: false })
    await wrapper.setProps({ open: true })
    await flushPromises()
    expect(options().length).toBeGreaterThan(0)
    expect(options().join()).not.toContain('ago')
    wrapper.unmount()
  })

  it('goes to the board of then from a page that is of no cluster', async () => {
    const { wrapper, router, type, press } = await open()
    await router.push({ name: 'settings' })
    await type('1 h ago')
    await press('Enter')
    expect(router.currentRoute.value.name).toBe('board')
    expect(router.currentRoute.value.query['at']).toMatch(/^\d+$/)
    wrapper.unmount()
  })

  it('remembers what was chosen, per cluster, and forgets what is not there any more', async () => {
    const { wrapper, type, press, options, push } = await open()
    const again = async (): Promise<string[]> => {
      await wrapper.setProps({ open: false })
      await wrapper.setProps({ open: true })
      await flushPromises()
      return options()
    }
    await type('payments')
    await press('Enter')
    await again()
    await type('orders 3')
    await press('Enter')
    expect((await again()).slice(0, 2)).toEqual(['orders / 3', 'payments3 partitions'])
    expect(document.querySelector('[role="group"]')?.textContent).toMatch(/^Recent/)
    await push({ type: 'frame', frame: buildFrame({ topics: [['orders', 2]] }) })
    expect(options()[0]).toBe('Pause pollingSpace')
    wrapper.unmount()
  })

  it('leads to the search for a setting', async () => {
    const { wrapper, router, type, press } = await open()
    await type('retention')
    await press('Enter')
    expect(router.currentRoute.value).toMatchObject({ name: 'config-search', query: { q: 'retention.ms' } })
    wrapper.unmount()
  })

  it('says of what the first group is, and marks what was found by', async () => {
    const here = [{ action: 'copy-name', text: 'Copy the name', keys: '', group: 'here' }]
    const { wrapper, router, type } = await open({ actions: here })
    await router.push('/partition/orders/3')
    await flushPromises()
    const groups = () =>
      [...document.querySelectorAll('[role="group"]')].map((group) => group.firstElementChild?.textContent)
    expect(groups()[0]).toBe('On orders / 3')
    await type('name')
    expect([...document.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['name'])
    wrapper.unmount()
  })

  it('finds topics of the moment on screen that are not there any more', async () => {
    const { wrapper, router, type, press, options } = await open()
    const past = usePastStore()
    past.at = 1_000
    await flushPromises()
    past.board = { is: 'shown', shown: { lines: [{ topic: 'zz-gone', partitions: 4 }] } as unknown as PastBoard }
    await type('zz-g')
    expect(options()).toEqual(['zz-goneof that moment, not there now'])
    await press('Enter')
    expect(router.currentRoute.value.params).toEqual({ topic: 'zz-gone' })
    past.at = null
    await wrapper.setProps({ open: false })
    await wrapper.setProps({ open: true })
    await type('zz-g')
    expect(options()).toEqual([])
    wrapper.unmount()
  })

  it('says when nothing matches', async () => {
    const { wrapper, type } = await open()
    await type('zzz')
    expect(document.body.textContent).toContain('Nothing matches “zzz”.')
    wrapper.unmount()
  })
})
