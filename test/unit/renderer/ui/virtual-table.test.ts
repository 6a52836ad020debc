import { mount } from '@vue/test-utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { TableColumn } from '../../../../src-renderer/ui/table-column'
import VirtualTable from '../../../../src-renderer/ui/VirtualTable.vue'

const columns: readonly TableColumn[] = [
  { key: 'name', label: 'name', width: '1fr', sortable: true },
  { key: 'lag', label: 'lag', width: '80px', align: 'end', sortable: true },
]

// happy-dom lays nothing out: without a height no row would be in sight.
const laidOut = { clientHeight: 400, clientWidth: 800 }
const before = Object.keys(laidOut).map(
  (key) => [key, Object.getOwnPropertyDescriptor(HTMLElement.prototype, key)] as const,
)
beforeAll(() =>
  Object.entries(laidOut).forEach(([key, value]) =>
    Object.defineProperty(HTMLElement.prototype, key, { configurable: true, get: () => value }),
  ),
)
afterAll(() =>
  before.forEach(([key, own]) =>
    own === undefined
      ? Reflect.deleteProperty(HTMLElement.prototype, key)
      : Object.defineProperty(HTMLElement.prototype, key, own),
  ),
)

function setUp(rows: number[], orderKey = 'a', more: { activate?: 'click' | 'second-click' | 'enter' } = {}) {
  return mount(VirtualTable, {
    attachTo: document.body,
    props: { label: 'Topics', columns, rows, version: 1, orderKey, ...more },
    slots: {
      name: ({ id }: { id: number }) => `topic ${id}`,
      lag: ({ id }: { id: number }) => String(id * 10),
      empty: () => 'nothing here',
    },
  })
}
const names = (table: ReturnType<typeof setUp>): string[] =>
  table
    .findAll('[role="gridcell"]')
    .map((cell) => cell.text())
    .filter((text) => text.startsWith('topic'))

describe('VirtualTable', () => {
  it('draws the rows in sight of 200,000 and says how many there are', async () => {
    const table = setUp(Array.from({ length: 200_000 }, (_, id) => id))
    await nextTick()
    expect(names(table)[0]).toBe('topic 0')
    expect(names(table).length).toBeLessThan(60)
    expect(table.attributes('aria-rowcount')).toBe('200001')
    table.unmount()
  })

  it('is sorted by keys: one heading is in the order of Tab, the arrows go to the others', async () => {
    const table = setUp([7, 4, 9])
    const [name, lag] = table.findAll<HTMLButtonElement>('[role=columnheader] button')
    const stops = (): (string | undefined)[] => [name!.attributes('tabindex'), lag!.attributes('tabindex')]
    expect(stops()).toEqual(['0', '-1'])
    name!.element.focus()
    await name!.trigger('keydown', { key: 'ArrowRight' })
    expect(document.activeElement).toBe(lag!.element)
    await lag!.trigger('keydown', { key: 'ArrowRight' })
    expect(document.activeElement).toBe(lag!.element)
    await lag!.trigger('click')
    expect(table.emitted('update:sort')).toEqual([[{ key: 'lag', descending: true }]])
    expect(stops()).toEqual(['-1', '0'])
    table.unmount()
  })

  it('moves with J, K and the arrows and opens with Enter', async () => {
    const table = setUp([7, 4, 9])
    await table.trigger('keydown', { key: 'j' })
    await table.trigger('keydown', { key: 'ArrowDown' })
    await nextTick()
    expect(table.find('[aria-selected="true"]').text()).toContain('topic 4')
    expect(table.attributes('aria-activedescendant')).toBe(table.find('[aria-selected="true"]').attributes('id'))
    await table.trigger('keydown', { key: 'k' })
    await table.trigger('keydown', { key: 'Enter' })
    expect(table.emitted('open')).toEqual([[7]])
    table.unmount()
  })

  it('selects and opens with a click', async () => {
    const table = setUp([7, 4])
    await table.findAll('[role="row"]')[2]!.trigger('click')
    expect(table.emitted('select')).toEqual([[4]])
    expect(table.emitted('open')).toEqual([[4]])
    expect(table.find('[aria-selected="true"]').text()).toContain('topic 4')
    table.unmount()
  })

  it('opens the selected row with a second click, where it is to be read first', async () => {
    const table = setUp([7, 4], 'a', { activate: 'second-click' })
    const rows = table.findAll('[role="rowgroup"] [role="row"]')
    await rows[1]!.trigger('click')
    await rows[0]!.trigger('click')
    expect(table.emitted('select')).toEqual([[4], [7]])
    expect(table.emitted('open')).toBeUndefined()
    await rows[0]!.trigger('click')
    expect(table.emitted('open')).toEqual([[7]])
    table.unmount()
  })

  it('opens with Enter only, where a click is for reading', async () => {
    const table = setUp([7, 4], 'a', { activate: 'enter' })
    const row = table.find('[role="rowgroup"] [role="row"]')
    await row.trigger('click')
    await row.trigger('click')
    expect(table.emitted('open')).toBeUndefined()
    await table.trigger('keydown', { key: 'Enter' })
    expect(table.emitted('open')).toEqual([[7]])
    table.unmount()
  })

  it('shows the row that whoever uses it says is selected', async () => {
    const table = setUp([7, 4])
    await table.setProps({ active: 4 })
    await table.find('[role="rowgroup"] [role="row"]').trigger('click')
    expect(table.emitted('select')).toEqual([[7]])
    expect(table.find('[aria-selected="true"]').text()).toContain('topic 4')
    table.unmount()
  })

  it('keeps the order while the pointer is inside and applies it when it leaves', async () => {
    const table = setUp([1, 2, 3])
    await table.trigger('pointerenter')
    await table.setProps({ rows: [3, 2, 5] })
    expect(names(table)).toEqual(['topic 1', 'topic 2', 'topic 3', 'topic 5'])
    await table.trigger('pointerleave')
    expect(names(table)).toEqual(['topic 3', 'topic 2', 'topic 5'])
    table.unmount()
  })

  it('applies an order that was asked for at once, pointer or not', async () => {
    const table = setUp([1, 2, 3])
    await table.trigger('pointerenter')
    await table.setProps({ rows: [3, 1, 2], orderKey: 'b' })
    expect(names(table)).toEqual(['topic 3', 'topic 1', 'topic 2'])
    table.unmount()
  })

  it('draws cells again with a new version', async () => {
    const figures = [1, 2]
    const table = mount(VirtualTable, {
      props: { label: 'x', columns: columns.slice(0, 1), rows: [0, 1], version: 1, orderKey: '' },
      slots: { name: ({ id }: { id: number }) => String(figures[id]) },
    })
    figures[0] = 8
    await table.setProps({ version: 2 })
    expect(table.find('[role="gridcell"]').text()).toBe('8')
  })

  it('sorts by a heading and tells assistive technology', async () => {
    const table = setUp([1])
    await table.findAll('[role="columnheader"] button')[1]!.trigger('click')
    expect(table.emitted('update:sort')).toEqual([[{ key: 'lag', descending: true }]])
    await table.setProps({ sort: { key: 'lag', descending: true } })
    expect(table.findAll('[role="columnheader"]')[1]!.attributes('aria-sort')).toBe('descending')
    table.unmount()
  })

  it('says what an empty list means', () => {
    expect(setUp([]).text()).toContain('nothing here')
  })
})
