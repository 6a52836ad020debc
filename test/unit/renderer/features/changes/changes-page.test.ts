import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import type { ComponentPublicInstance } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChangeNews } from '@contract/change'
import type { HighwaterBridge } from '@contract/ipc'
import type { JournalEntry, JournalFilter } from '@contract/journal'
import { fail, ok } from '@contract/result'
import { createTexts } from '../../../../../src-renderer/app/i18n'
import { BRIDGE } from '../../../../../src-renderer/bridge/bridge'
import { fakeBridge } from '../../../../support/fake-bridge'
import ChangeJournal from '../../../../../src-renderer/features/changes/ChangeJournal.vue'
import ChangesPage from '../../../../../src-renderer/features/changes/ChangesPage.vue'
import JournalTimeline from '../../../../../src-renderer/features/changes/JournalTimeline.vue'
import ExportDialog from '../../../../../src-renderer/features/export/ExportDialog.vue'
import { useClusterStore } from '../../../../../src-renderer/stores/cluster'
import { useNoticesStore } from '../../../../../src-renderer/stores/notices'
import { buildChange } from '../../../../support/change-view'
import { buildEntry } from '../../../../support/journal-entries'
import { planned, wholeChange } from '../../../../support/journal-rows'
import { layOut, PROFILE } from '../../../../support/open-page'

let takeBack = (): void => undefined
beforeAll(() => (takeBack = layOut(900, 600)))
afterAll(() => takeBack())

const OPEN = new Set(['draft', 'planned', 'applying', 'unknown', 'conflict', 'applied', 'verified'])
const news = (id: string, version: number): ChangeNews => ({
  id,
  cluster: PROFILE.id,
  state: 'applied',
  version,
  progress: null,
})

/** The page over a journal kept in `entries`, newest first, that filters and pages as the main process does. */
async function setUp(
  entries: JournalEntry[],
  { open = true, answers = {} }: { readonly open?: boolean; readonly answers?: Partial<HighwaterBridge> } = {},
) {
  const list = ({ cluster, text, show, before, limit }: JournalFilter) => {
    const found = entries
      .map((entry, at) => ({ entry, seq: entries.length - at }))
      .filter(({ entry }) => cluster === '' || entry.cluster === cluster)
      .filter(({ entry }) => text === '' || entry.topics.join().includes(text))
      .filter(({ entry }) => show === 'all' || (show === 'open') === OPEN.has(entry.state))
    const after = found.filter(({ seq }) => before === 0 || seq < before)
    const page = after.slice(0, limit)
    return ok({
      entries: page.map(({ entry }) => entry),
      next: after.length > limit ? page.at(-1)!.seq : 0,
      total: found.length,
    })
  }
  const bridge = fakeBridge({
    'cluster:open': () => Promise.resolve(ok({ cluster: PROFILE.id })),
    'cluster:frame': () => Promise.resolve(ok(null)),
    'journal:list': (filter) => Promise.resolve(list(filter)),
    'change:undo': () => Promise.resolve(ok(buildChange({ id: 'new' }))),
    ...answers,
  })
  const stub = { template: '<div />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: stub },
      { path: '/change/:id', name: 'change', component: stub },
    ],
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const global = { plugins: [pinia, createTexts('en'), router], provide: { [BRIDGE as symbol]: bridge } }
  if (open) {
    const app = mount({ template: '<i />' }, { global })
    await useClusterStore().open(PROFILE)
    app.unmount()
  }
  const page = mount(ChangesPage, { attachTo: document.body, global })
  await flushPromises()
  await nextTick()
  const rows = () =>
    page
      .findAll('[role="rowgroup"] [role="row"]')
      .sort((a, b) => Number(a.attributes('aria-rowindex')) - Number(b.attributes('aria-rowindex')))
  const cells = (column: number) => rows().map((row) => row.findAll('[role="gridcell"]')[column]!.text())
  /** By the heading: a narrow window has fewer columns. */
  const under = (heading: string) =>
    cells(page.findAll('[role="columnheader"]').findIndex((header) => header.text() === heading))
  const asked = (channel: string) => bridge.made.filter((call) => call.channel === channel).map((call) => call.input)
  const choose = async (text: string) => {
    await page
      .findAll('[role="radio"]')
      .find((radio) => radio.text() === text)!
      .trigger('click')
    await flushPromises()
  }
  return { page, bridge, router, rows, cells, under, asked, choose, global }
}

describe('Changes', () => {
  it('lists what is open first, with a sentence about it, then the others, newest first', async () => {
    const { page, cells, under } = await setUp([
      buildEntry('c', { topics: ['payments'], topicCount: 1 }),
      buildEntry('b', { state: 'unknown', topics: ['refunds'], applied: 37, items: 40 }),
      buildEntry('a'),
    ])
    expect(page.find('h1').text()).toContain('1 change is in progress or was interrupted')
    expect(cells(3)).toEqual(['refunds', 'payments', 'orders'])
    expect(cells(1)[0]).toContain('unknown')
    expect(under('applied')).toEqual(['37 of 40', '1 of 1', '1 of 1'])
    page.unmount()
  })

  it('shows the open cluster, or all of them with their names', async () => {
    const { page, cells, choose } = await setUp([
      buildEntry('b', { cluster: 'p2', clusterName: 'payments-us' }),
      buildEntry('a'),
    ])
    expect(cells(3)).toEqual(['orders'])
    await choose('all clusters')
    expect(cells(4)).toEqual(['payments-us', 'orders-eu'])
    page.unmount()
  })

  it('works without a cluster: the journal of all, nothing to undo', async () => {
    const { page, cells, asked } = await setUp(
      [buildEntry('b', { cluster: 'p2', clusterName: 'payments-us' }), buildEntry('a')],
      { open: false },
    )
    expect(cells(4)).toEqual(['payments-us', 'orders-eu'])
    expect(page.text()).not.toContain('this cluster')
    const buttons = page.findAll('button.small')
    expect(buttons.map((button) => button.attributes('disabled'))).toEqual(['', ''])
    expect(buttons[0]!.attributes('title')).toBe('Open the cluster of this change to undo it.')
    expect(asked('journal:list')).toContainEqual({ cluster: '', text: '', show: 'all', before: 0, limit: 200 })
    page.unmount()
  })

  it('asks the main process for the text and for what is shown', async () => {
    const { page, cells, choose } = await setUp([
      buildEntry('c', { state: 'draft' }),
      buildEntry('b', { topics: ['refunds'] }),
      buildEntry('a'),
    ])
    await page.find('input[type="search"]').setValue('refunds')
    await flushPromises()
    expect(cells(3)).toEqual(['refunds'])
    await page.find('input[type="search"]').setValue('nothing like it')
    await flushPromises()
    expect(page.text()).toContain('No change matches the filter.')
    await page.find('input[type="search"]').setValue('')
    await choose('open')
    expect(cells(1)).toEqual(['○draft'])
    page.unmount()
  })

  it('says that the journal is empty, and why it could not be read', async () => {
    const nothing = await setUp([])
    expect(nothing.page.find('h1').text()).toBe('No change has been made with Highwater yet.')
    expect(nothing.page.text()).toContain('The journal is empty.')
    nothing.page.unmount()
    let broken = true
    const entry = buildEntry('a')
    const { page, cells } = await setUp([], {
      answers: {
        'journal:list': () =>
          Promise.resolve(broken ? fail('storage', 'disk') : ok({ entries: [entry], next: 0, total: 1 })),
      },
    })
    expect(page.find('[role="alert"]').text()).toContain('Highwater’s own file could not be read or written.')
    expect(page.text()).not.toContain('The journal is empty.')
    broken = false
    await page.find('[role="alert"] button').trigger('click')
    await flushPromises()
    expect([page.find('[role="alert"]').exists(), cells(3)]).toEqual([false, ['orders']])
    page.unmount()
  })

  it('opens a change by click and by Enter', async () => {
    const { page, rows, router } = await setUp([buildEntry('b'), buildEntry('a')])
    await rows()[1]!.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.params).toEqual({ id: 'a' })
    await page.find('[role="grid"]').trigger('keydown', { key: 'k' })
    await page.find('[role="grid"]').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(router.currentRoute.value.params).toEqual({ id: 'b' })
    page.unmount()
  })

  it('plans an undo from the row and opens it, and says why it cannot', async () => {
    const { page, router, asked } = await setUp([buildEntry('b', { undoneBy: 'x' }), buildEntry('a')])
    expect(page.findAll('button.small').map((button) => button.text())).toEqual(['undone', 'Undo'])
    await page.findAll('button.small')[1]!.trigger('click')
    await flushPromises()
    expect(asked('change:undo')).toEqual([{ id: 'a', cluster: PROFILE.id }])
    expect(router.currentRoute.value.params).toEqual({ id: 'new' })
    page.unmount()
    const refused = await setUp([buildEntry('a')], {
      answers: { 'change:undo': () => Promise.resolve(fail('conflict', 'another cluster')) },
    })
    refused.page.find<HTMLElement>('[role="grid"]').element.focus()
    await refused.page.find('[role="grid"]').trigger('keydown', { key: 'j' })
    await refused.page.find('[role="grid"]').trigger('keydown', { key: 'u' })
    await flushPromises()
    expect(useNoticesStore().notice?.text).toBe('Not undone: Someone else has changed it in the meantime.')
    expect(refused.router.currentRoute.value.path).toBe('/')
    refused.page.unmount()
  })

  it('follows the news, once per line of the journal', async () => {
    const entries = [buildEntry('a', { state: 'applying', applied: 1, items: 3 })]
    const { page, bridge, cells, under, asked } = await setUp(entries)
    // Beside those of the changes store, which counts for the navigation.
    const pages = (): number => asked('journal:list').filter((filter) => (filter as JournalFilter).limit === 200).length
    const before = pages()
    entries[0] = buildEntry('a', { state: 'watched', applied: 3, items: 3 })
    entries.unshift(buildEntry('b', { topics: ['new'] }))
    for (let n = 0; n < 5; n += 1) bridge.push({ type: 'change', news: news('a', 7) })
    await flushPromises()
    expect(cells(3)).toEqual(['new', 'orders'])
    expect(under('applied')).toEqual(['1 of 1', '3 of 3'])
    expect(pages()).toBe(before + 1)
    page.unmount()
  })

  it('reads page after page as one scrolls', async () => {
    const many = Array.from({ length: 450 }, (_, at) => buildEntry(`c${450 - at}`))
    const { page, asked } = await setUp(many)
    const table = page.findComponent({ name: 'VirtualTable' })
    const rows = (): readonly number[] => (table.props() as { readonly rows: readonly number[] }).rows
    expect(rows()).toHaveLength(200)
    expect(page.text()).toContain('200 of 450')
    for (const expected of [400, 450, 450]) {
      ;(table.vm as ComponentPublicInstance).$emit('visible', [rows().at(-1)!])
      await flushPromises()
      expect(rows()).toHaveLength(expected)
    }
    expect(asked('journal:list').map((filter) => (filter as JournalFilter).before)).toEqual([0, 0, 251, 51])
    page.unmount()
  })

  it('exports a report of what is listed: copied, or saved under a name of its own', async () => {
    const { page, global, bridge } = await setUp([buildEntry('b'), buildEntry('a')], {
      answers: {
        'journal:export': ({ format }) => Promise.resolve(ok({ text: `as ${format}` })),
        'clipboard:write': () => Promise.resolve(ok(null)),
        'export:save': () => Promise.resolve(ok({ path: '/x/y.md' })),
      },
    })
    const press = async (text: string) => {
      const dialog = mount(ExportDialog, { attachTo: document.body, props: { open: true }, global })
      await flushPromises()
      const buttons = Array.from(document.querySelectorAll<HTMLButtonElement>('.choices button'))
      buttons.find((button) => button.textContent.trim() === text)!.click()
      await flushPromises()
      expect(dialog.emitted('update:open')).toEqual([[false]])
      dialog.unmount()
    }
    await press('CSV')
    await press('Copy as Markdown')
    const made = bridge.made.filter(({ channel }) =>
      ['journal:export', 'export:save', 'clipboard:write'].includes(channel),
    )
    expect(made).toMatchObject([
      { channel: 'journal:export', input: { changes: ['b', 'a'], format: 'csv' } },
      { channel: 'export:save', input: { content: 'as csv', suggestedName: 'orders-eu changes.csv' } },
      { channel: 'journal:export', input: { changes: ['b', 'a'], format: 'markdown' } },
      { channel: 'clipboard:write', input: { text: 'as markdown' } },
    ])
    page.unmount()
  })
})

describe('the lines of a change', () => {
  it('stand with time, state, words and who; what was written is made when it is opened', async () => {
    const rows = [
      ...wholeChange('a', ['orders']),
      { ...wholeChange('a', ['orders'])[1]!, event: planned({ at: Number.NaN, commands: ['x'.repeat(150_000)] }) },
    ]
    const { global } = await setUp([])
    const lines = mount(JournalTimeline, {
      attachTo: document.body,
      props: { rows: rows.map((row, at) => ({ ...row, seq: at + 1, at: Date.UTC(2026, 10, 23, 3, 0, at) })) },
      global,
    })
    const items = lines.findAll('li')
    expect(items).toHaveLength(8)
    expect(items[5]!.text()).toContain('Batch 1: 1 applied.')
    expect(items[5]!.text()).toContain('mira (User:ops)')
    expect(items[5]!.find('time').attributes('title')).toBe('2026-11-23 03:00:05 UTC')
    expect(lines.find('pre').exists()).toBe(false)
    for (const at of [1, 7]) {
      const details = items[at]!.find('details')
      ;(details.element as HTMLDetailsElement).open = true
      await details.trigger('toggle')
    }
    expect(items[1]!.find('pre').text()).toContain('"tolerance": "NaN"')
    expect(items[7]!.find('pre').text()).toMatch(/… 5\d,\d{3} more characters; the JSON report has all of them\.$/)
    lines.unmount()
  })

  it('are read when they are opened, and again when there is one more; a line that cannot be read is said', async () => {
    const rows = wholeChange('a', ['orders']).map((row, at) => ({ ...row, seq: at + 1, at }))
    let known = 2
    const { global, asked } = await setUp([], {
      answers: {
        'journal:read': () =>
          Promise.resolve(
            known > 3
              ? fail('storage', 'line 4 of the journal is damaged')
              : ok({ change: buildChange(), rows: rows.slice(0, known) }),
          ),
      },
    })
    const fold = mount(ChangeJournal, { attachTo: document.body, props: { change: 'a', version: 2 }, global })
    await fold.setProps({ version: 3 })
    expect(asked('journal:read')).toEqual([])
    ;(fold.element as HTMLDetailsElement).open = true
    await fold.trigger('toggle')
    await flushPromises()
    expect(fold.findAll('li')).toHaveLength(2)
    known = 3
    await fold.setProps({ version: 4 })
    await flushPromises()
    expect(fold.findAll('li')).toHaveLength(3)
    known = 4
    await fold.setProps({ version: 5 })
    await flushPromises()
    expect([fold.findAll('li').length, fold.find('[role="alert"]').text()]).toEqual([
      3,
      'The journal could not be read. Highwater’s own file could not be read or written. line 4 of the journal is damaged',
    ])
    fold.unmount()
  })
})
