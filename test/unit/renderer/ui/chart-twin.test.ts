import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import ChartTwin from '../../../../src-renderer/ui/ChartTwin.vue'
import type { ChartTwin as Twin } from '../../../../src-renderer/ui/chart-twin'
import { useTwin } from '../../../../src-renderer/ui/use-twin'

const twinOf = (...values: readonly string[]): Twin => ({
  name: 'Lag',
  basis: 'Read at 03:14:05.',
  columns: ['time', 'broker 2'],
  rows: values.map((value, row) => ({ key: String(row), cells: [`03:1${row}`, value] })),
  notes: ['2 more lines are not drawn'],
  show: 'Lag: show as a table',
  close: 'Close',
})

describe('the table beside a chart', () => {
  it('has the figures, where they are from, and what it leaves out; nothing of it is announced', () => {
    const wrapper = mount(ChartTwin, { props: { twin: twinOf('?', '12') } })
    const table = wrapper.find('[data-twin]')
    expect(table.find('caption').text()).toBe('Lag Read at 03:14:05.')
    expect(table.findAll('[scope=col]').map((cell) => cell.text())).toEqual(['time', 'broker 2'])
    expect(table.findAll('tbody tr').map((row) => [row.find('[scope=row]').text(), row.find('td').text()])).toEqual([
      ['03:10', '?'],
      ['03:11', '12'],
    ])
    expect(table.find('p').text()).toBe('2 more lines are not drawn')
    expect(wrapper.html()).not.toContain('aria-live')
    wrapper.unmount()
  })

  it('keeps the row that is read while its figures change', async () => {
    const wrapper = mount(ChartTwin, { props: { twin: twinOf('1', '2') } })
    const cell = wrapper.find('[data-twin] tbody td').element
    await wrapper.setProps({ twin: twinOf('3', '4') })
    expect(wrapper.find('[data-twin] tbody td').element).toBe(cell)
    expect(cell.textContent).toBe('3')
    wrapper.unmount()
  })

  it('comes on screen by its button, as it was then', async () => {
    const wrapper = mount(ChartTwin, { props: { twin: twinOf('1') }, attachTo: document.body })
    const shown = (): string => document.querySelector('[data-twin-shown]')?.textContent ?? ''
    await wrapper.find('[data-twin-show]').trigger('click')
    await nextTick()
    await wrapper.setProps({ twin: twinOf('2') })
    expect(shown()).toContain('03:101')
    expect(wrapper.find('[data-twin] td').text()).toBe('2')
    document
      .querySelector('[data-twin-shown]')!
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    await nextTick()
    expect(shown()).toBe('')
    wrapper.unmount()
  })
})

describe('how often it is made anew', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  function host() {
    const value = ref('')
    let made = 0
    const wrapper = mount(
      defineComponent(() => {
        const own = useTwin(() => {
          made += 1
          return value.value === '' ? twinOf() : twinOf(value.value)
        })
        return () => h('p', own.value.rows[0]?.cells[1] ?? 'none')
      }),
    )
    return { value, wrapper, made: () => made }
  }

  it('follows at once while a page loads, then at most every two seconds, and leaves no last change out', async () => {
    const { value, wrapper, made } = host()
    expect(wrapper.text()).toBe('none')
    value.value = '1'
    await vi.advanceTimersByTimeAsync(1)
    expect(wrapper.text()).toBe('1')
    value.value = '2'
    await vi.advanceTimersByTimeAsync(1)
    expect(wrapper.text()).toBe('2')
    await vi.advanceTimersByTimeAsync(2_000)
    const before = made()
    for (let tick = 0; tick < 100; tick += 1) {
      value.value = String(tick)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(made() - before).toBeLessThanOrEqual(6)
    value.value = 'last'
    await vi.advanceTimersByTimeAsync(2_000)
    expect(wrapper.text()).toBe('last')
    wrapper.unmount()
  })

  it('ends with what it stands on', async () => {
    const { value, wrapper, made } = host()
    await vi.advanceTimersByTimeAsync(3_000)
    value.value = '1'
    await vi.advanceTimersByTimeAsync(1)
    value.value = '2'
    await nextTick()
    wrapper.unmount()
    const before = made()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(made()).toBe(before)
  })
})
