import { flushPromises } from '@vue/test-utils'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { ok } from '@contract/result'
import { MARK_NOT_PREFERRED } from '@shared/states'
import PageMenu from '../../../../src-renderer/app/PageMenu.vue'
import { provideTables } from '../../../../src-renderer/features/common/use-tables'
import TopicsPage from '../../../../src-renderer/features/topics/TopicsPage.vue'
import { useTopicSelectionStore } from '../../../../src-renderer/stores/topic-selection'
import { buildFrame } from '../../../support/frames'
import { layOut, openPage, PROFILE } from '../../../support/open-page'
import { buildElection } from '../../../support/screen-changes'

const LIVE = { cluster: PROFILE.id, phase: 'live', since: 1, takenAt: 1, nextTryAt: Number.NaN, problem: null } as const
let takeBack = (): void => undefined
beforeAll(() => (takeBack = layOut()))
afterAll(() => takeBack())
const opened: { unmount(): void }[] = []
afterEach(() => opened.splice(0).forEach((wrapper) => wrapper.unmount()))

async function open({ locale = 'en', live = true }: { locale?: 'en' | 'zh-CN'; live?: boolean } = {}) {
  const Host = defineComponent(() => {
    provideTables()
    return () =>
      h(PageMenu, null, {
        default: () => [h('a', { href: '#/broker/2' }, 'broker 2'), h('i', 'nothing'), h('input'), h(TopicsPage)],
      })
  })
  const frame = buildFrame({
    topics: [
      ['orders', 3],
      ['payments', 2],
      ['returns', 1],
    ],
    change: (row) => (row === 1 ? { leader: 5, marks: MARK_NOT_PREFERRED } : null),
  })
  const page = await openPage(Host, {
    frame,
    locale,
    answers: {
      'clipboard:write': () => Promise.resolve(ok(null)),
      'change:draft': () => Promise.resolve(ok(buildElection({ id: 'election-1' }))),
    },
  })
  opened.push(page.wrapper)
  if (live) await page.push({ type: 'status', status: LIVE })
  const { wrapper } = page
  const entries = (): string[] =>
    [...document.querySelectorAll('[data-menu-entry]')].map((one) => one.textContent.trim())
  const wait = async (): Promise<void> => {
    await flushPromises()
    await new Promise((resolve) => setTimeout(resolve, 0))
    await flushPromises()
  }
  const rightClick = async (selector: string): Promise<string[]> => {
    await wrapper.find(selector).trigger('contextmenu', { clientX: 20, clientY: 20, button: 2 })
    await wait()
    return entries()
  }
  const choose = async (id: string): Promise<void> => {
    const entry = document.querySelector<HTMLElement>(`[data-menu-entry="${id}"]`)!
    entry.click()
    await wait()
  }
  const grid = () => wrapper.find('[role="grid"]')
  const press = async (key: string, more: KeyboardEventInit = {}): Promise<void> => {
    document.querySelector<HTMLElement>('[role="grid"]')!.focus()
    grid().element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
    await wait()
  }
  return { ...page, entries, rightClick, choose, press, grid }
}

const row = (at: number, cell = 1): string =>
  `[role="rowgroup"] [role="row"]:nth-child(${at}) [role="gridcell"]:nth-child(${cell})`

describe('the menu of the window', () => {
  it('has what can be done with the topic of a row, and how it is copied', async () => {
    const { rightClick, choose, asked } = await open()
    const name = await rightClick(row(1))
    expect(name).toEqual([
      'Open orders',
      'Settings of orders',
      'Timeline of orders',
      'Move leader back to its preferred replica',
      'Copy the name orders',
      'Copy command',
      'Copy cell',
      'Copy rowCtrl C',
      'Copy row with column names',
    ])
    await choose('copy-name')
    expect(asked('clipboard:write')).toEqual([{ text: 'orders' }])
  })

  it('plans an election of the leaders of that topic', async () => {
    const { rightClick, choose, asked } = await open()
    await rightClick(row(1))
    await choose('leaders-back-here')
    expect(asked('change:draft')).toMatchObject([
      { draft: { kind: 'election', partitions: [{ topic: 'orders', partitions: [1] }] } },
    ])
  })

  it('says why it plans nothing while the cluster is not reached', async () => {
    const { rightClick, choose, asked } = await open({ live: false })
    expect((await rightClick(row(1)))[3]).toContain('not connected')
    await choose('leaders-back-here')
    expect(asked('change:draft')).toEqual([])
  })

  it('copies a row as a spreadsheet takes it, with the names of its columns too', async () => {
    const { rightClick, choose, asked } = await open()
    await rightClick(row(2))
    await choose('copy-row')
    await rightClick(row(2))
    await choose('copy-row-head')
    const [plain, withHead] = asked('clipboard:write') as { text: string }[]
    expect(plain!.text.split('\t').slice(0, 3)).toEqual(['payments', 'healthy', '2'])
    expect(withHead!.text.split('\n').map((line) => line.split('\t')[0])).toEqual(['topic', 'payments'])
  })

  it('is of the row under the keyboard with the Menu key and with Shift F10', async () => {
    const { press, entries } = await open()
    await press('ContextMenu')
    expect(entries()).toEqual([])
    await press('j')
    await press('F10', { shiftKey: true })
    expect(entries()[0]).toBe('Open orders')
    expect(document.activeElement?.closest('[role="menu"]')).not.toBeNull()
  })

  it('is of what a link leads to', async () => {
    const { rightClick } = await open()
    expect(await rightClick('a')).toContain('What if broker 2 stopped?')
  })

  it('does not open where nothing can be done, nor over a field', async () => {
    const { rightClick } = await open()
    expect(await rightClick('i')).toEqual([])
    expect(await rightClick('input')).toEqual([])
  })

  it('speaks Chinese', async () => {
    const { rightClick } = await open({ locale: 'zh-CN' })
    expect((await rightClick(row(1)))[0]).toBe('打开 orders')
  })
})

describe('rows that are chosen', () => {
  it('are all of them with Ctrl A, and are copied with Ctrl C', async () => {
    const { press, wrapper, asked } = await open()
    await press('a', { ctrlKey: true })
    expect(wrapper.find('[data-chosen]').text()).toContain('3 selected')
    await press('c', { ctrlKey: true })
    const [{ text }] = asked('clipboard:write') as [{ text: string }]
    expect(text.split('\n').map((line) => line.split('\t')[0])).toEqual(['orders', 'payments', 'returns'])
  })

  it('grow with Shift and an arrow, one by one with Space, and end with Escape', async () => {
    const { press, wrapper, grid } = await open()
    await press('j')
    await press('ArrowDown', { shiftKey: true })
    expect(wrapper.find('[data-chosen]').text()).toContain('2 selected')
    await press('ArrowUp', { shiftKey: true })
    expect(wrapper.find('[data-chosen]').text()).toContain('1 selected')
    await press('End')
    await press(' ')
    expect(wrapper.find('[data-chosen]').text()).toContain('2 selected')
    expect(
      grid()
        .findAll('[aria-selected="true"]')
        .map((one) => one.text().split(/\s/)[0]?.slice(0, 6)),
    ).toHaveLength(2)
    await press('Escape')
    expect(wrapper.find('[data-chosen]').exists()).toBe(false)
  })

  it('are a stretch with Shift and a click, single ones with Ctrl, and a plain click opens none of them', async () => {
    const { wrapper, router } = await open()
    await wrapper.find(row(1)).trigger('click', { ctrlKey: true })
    await wrapper.find(row(3)).trigger('click', { shiftKey: true })
    expect(wrapper.find('[data-chosen]').text()).toContain('3 selected')
    await wrapper.find(row(2)).trigger('click', { ctrlKey: true })
    expect(wrapper.find('[data-chosen]').text()).toContain('2 selected')
    await wrapper.find(row(2)).trigger('click')
    expect(wrapper.find('[data-chosen]').exists()).toBe(false)
    expect(router.currentRoute.value.name).toBe('board')
    await wrapper.find(row(2)).trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.params).toEqual({ topic: 'payments' })
  })

  it('are edited together, from the line below and from the menu', async () => {
    const { press, rightClick, choose, wrapper, router } = await open()
    await press('a', { ctrlKey: true })
    expect(await rightClick(row(2))).toEqual([
      'Edit the settings of 3 topics',
      'Move leader back to its preferred replica',
      'Copy names',
      'Copy 3 rowsCtrl C',
      'Copy 3 rows with column names',
    ])
    expect(wrapper.find('[data-chosen]').text()).toContain('Edit the settings of 3 topics')
    await choose('edit-topics')
    expect(useTopicSelectionStore().topics).toEqual(['orders', 'payments', 'returns'])
    expect(router.currentRoute.value.name).toBe('config-many')
  })

  it('keep their names when topics come and go', async () => {
    const { press, push, wrapper } = await open()
    await press('j')
    await press('j')
    await press(' ')
    const frame = buildFrame({
      topics: [
        ['aaa', 1],
        ['orders', 3],
        ['payments', 2],
      ],
    })
    await push({ type: 'frame', frame: { ...frame, epoch: 2 } })
    expect(wrapper.find('[data-chosen]').text()).toContain('1 selected')
    expect(wrapper.find('[aria-selected="true"]').text()).toContain('payments')
  })
})
