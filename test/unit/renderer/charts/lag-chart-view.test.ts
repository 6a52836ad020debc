import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { LivePoint } from '@contract/live'
import LagChart from '../../../../src-renderer/charts/lag/LagChart.vue'
import { lagTexts } from '../../../../src-renderer/features/common/lag-texts'
import { layOut } from '../../../support/open-page'
import { sayIn } from '../../../support/say'
import { NOW } from '../../../support/summaries'

const texts = lagTexts(sayIn('en'), 'records', NOW, 30_000)
const point = (ago: number, two: number, three = 0): LivePoint => ({
  subject: 's',
  at: NOW - ago,
  lines: Int32Array.of(2, 3),
  lagRecords: Float64Array.of(two, three),
  lateMs: Float64Array.of(two, three),
})
/** A minute of readings, one a second: broker 2 is so many lag in records as seconds have gone. */
const minute = Array.from({ length: 61 }, (_, index) =>
  point(60_000 - index * 1000, index, index === 30 ? Number.NaN : 0),
)

let putBack: (() => void)[] = []
beforeEach(() => {
  const context: unknown = new Proxy(
    {},
    { get: (_, name) => (name === 'measureText' ? () => ({ width: 8 }) : () => undefined) },
  )
  putBack = [layOut(900, 320)]
  const canvas: { getContext: unknown } = HTMLCanvasElement.prototype
  canvas.getContext = () => context
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(private seen: () => void) {}
      observe(): void {
        this.seen()
      }
      disconnect(): void {
        this.seen = () => undefined
      }
    },
  )
})
afterEach(() => {
  vi.unstubAllGlobals()
  for (const one of putBack) one()
})

async function open(more: Record<string, unknown> = {}) {
  const wrapper = mount(LagChart, {
    attachTo: document.body,
    props: {
      series: null,
      points: minute,
      marks: [],
      unit: 'records',
      range: '1m',
      now: NOW,
      evictionWindowMs: 30_000,
      role: () => 'in',
      aged: () => [],
      pointed: Number.NaN,
      texts,
      onPoint: (at: number) => void wrapper.setProps({ pointed: at }),
      ...more,
    },
  })
  await nextTick()
  const room = wrapper.find('[role=application]')
  const key = (name: string, init: KeyboardEventInit = {}) => room.trigger('keydown', { key: name, ...init })
  const card = () => wrapper.find('[data-cursor]')
  /** Share of the plot, which the labels leave free. */
  const pointer = (type: string, share: number) => {
    const ends = Number.parseFloat(wrapper.find<HTMLElement>('[data-end-label]').element.style.left) - 14
    const left = 44
    return room.trigger(type, { clientX: left + (ends - left) * share, clientY: 100, button: 0, pointerId: 1 })
  }
  const at = (): number => NOW - Number(card().attributes('data-at'))
  const figures = () =>
    wrapper
      .findAll('[data-cursor-line]')
      .map((row) => [row.attributes('data-cursor-line'), row.find('[data-cursor-value]').text()])
  return { wrapper, room, key, card, pointer, at, figures }
}

describe('the lag chart', () => {
  it('says since when readings are kept by the first of them, and nothing where there is none', async () => {
    const begins = NOW - 2_000
    const { wrapper } = await open({ points: minute.slice(-3), range: '15m' })
    expect(wrapper.find('.note').text()).toBe(texts.keptSince(begins))
    await wrapper.setProps({ points: [] })
    expect(wrapper.find('.note').exists()).toBe(false)
  })

  it('shows what was read at the moment under the pointer, and stays at that moment while readings come in', async () => {
    const { wrapper, pointer, card, at, figures } = await open()
    expect(card().exists()).toBe(false)
    await pointer('pointermove', 0.5)
    const moment = at()
    expect(moment).toBeGreaterThan(20_000)
    expect(moment).toBeLessThan(40_000)
    expect(figures()).toContainEqual(['2', String(60 - moment / 1000)])
    const before = wrapper.find('[data-crosshair]').attributes('x1')
    await wrapper.setProps({ points: [...minute, point(-1000, 61), point(-2000, 62)], now: NOW + 2000 })
    // As Chromium tells it of a pointer that rests.
    await pointer('pointermove', 0.5)
    expect(at()).toBe(moment)
    expect(figures()).toContainEqual(['2', String(60 - moment / 1000)])
    expect(Number(wrapper.find('[data-crosshair]').attributes('x1'))).toBeLessThan(Number(before))
    await wrapper.find('[role=application]').trigger('pointerleave')
    expect(card().exists()).toBe(false)
    wrapper.unmount()
  })

  it('lets go of a moment that the axis has left', async () => {
    const { wrapper, key, card } = await open()
    await key('Home')
    expect(card().exists()).toBe(true)
    await wrapper.setProps({ points: [...minute, point(-5000, 61)], now: NOW + 5000 })
    expect(card().exists()).toBe(false)
    wrapper.unmount()
  })

  it('shows a moment that another chart of the page points at, unknown as unknown', async () => {
    const { wrapper, figures } = await open({ pointed: NOW - 30_000 })
    expect(figures()).toEqual([
      ['2', '30'],
      ['3', 'not read'],
    ])
    wrapper.unmount()
  })

  it('goes through time by keys, says it, and back to now by Escape', async () => {
    const { wrapper, key, at, card } = await open()
    await key('End')
    expect(at()).toBe(0)
    await key('ArrowLeft')
    const step = at()
    expect(step).toBeGreaterThanOrEqual(1000)
    await key('ArrowLeft', { shiftKey: true })
    expect(at() - step).toBeGreaterThanOrEqual(2000)
    await key('Home')
    expect(at()).toBe(60_000)
    expect(wrapper.find('[data-said]').text()).toMatch(/^At \d\d:16:01: broker 2 0, broker 3 0\.$/)
    await key('Escape')
    expect([card().exists(), wrapper.find('[data-said]').text()]).toEqual([false, ''])
    wrapper.unmount()
  })

  it('says nothing to those who hear it while only the pointer moves or readings come in', async () => {
    const { wrapper, pointer } = await open()
    await pointer('pointermove', 0.4)
    await wrapper.setProps({ points: [...minute, point(-1000, 61)], now: NOW + 1000 })
    expect(wrapper.find('[data-said]').text()).toBe('')
    wrapper.unmount()
  })

  it('goes from event to event, says their words by Enter, and opens the moment where nothing happened', async () => {
    const marks = [
      { at: NOW - 40_000, line: 2, tone: 'bad', text: 'Broker 2 left the ISR' },
      { at: NOW - 20_000, line: 2, tone: 'good', text: 'Broker 2 is back in the ISR' },
    ]
    const { wrapper, key, at } = await open({ marks })
    expect(wrapper.findAll('[data-event-dot]')).toHaveLength(2)
    await key('ArrowLeft', { ctrlKey: true })
    expect(at()).toBe(20_000)
    expect(wrapper.find('[data-cursor]').text()).toContain('Broker 2 is back in the ISR')
    await key('ArrowLeft', { ctrlKey: true })
    expect(at()).toBe(40_000)
    await key('Enter')
    expect(wrapper.find('[data-event-words]').text()).toMatch(/Broker 2 left the ISR$/)
    expect(wrapper.find('[data-said]').text()).toContain('Broker 2 left the ISR')
    expect(wrapper.emitted('open')).toBeUndefined()
    await key('Escape')
    expect(wrapper.find('[data-event-words]').exists()).toBe(false)
    await key('Home')
    await key('Enter')
    expect(wrapper.emitted('open')).toEqual([[NOW - 60_000]])
    wrapper.unmount()
  })

  it('shows the words of a dot under the pointer', async () => {
    const marks = [{ at: NOW - 40_000, line: 2, tone: 'bad', text: 'Broker 2 left the ISR' }]
    const { wrapper } = await open({ marks })
    await wrapper.find('[data-event-dot]').trigger('pointerenter')
    expect(wrapper.find('[data-event-words]').text()).toMatch(/^\d\d:16:21 Broker 2 left the ISR$/)
    await wrapper.find('[data-event-dot]').trigger('pointerleave')
    expect(wrapper.find('[data-event-words]').exists()).toBe(false)
    wrapper.unmount()
  })

  it('zooms to a drag and stands still; a double click, 0 and Escape show all again', async () => {
    const { wrapper, room, pointer, key } = await open()
    const zoomed = (): boolean => wrapper.find('.whole').exists()
    for (const back of [() => room.trigger('dblclick'), () => key('0'), () => key('Escape')]) {
      await pointer('pointerdown', 0.3)
      await pointer('pointermove', 0.6)
      await pointer('pointerup', 0.6)
      expect(zoomed()).toBe(true)
      const shown = wrapper.find('.note').text()
      await wrapper.setProps({ points: [...minute, point(-1000, 61)], now: NOW + 1000 })
      expect(wrapper.find('.note').text()).toBe(shown)
      await back()
      expect(zoomed()).toBe(false)
    }
    await pointer('pointerdown', 0.3)
    await pointer('pointerup', 0.301)
    expect(zoomed()).toBe(false)
    wrapper.unmount()
  })

  it('leaves keys that mean nothing here to the page', async () => {
    const { wrapper, room } = await open()
    for (const name of ['Escape', '0', 'j', ' ', 'Enter']) {
      const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true })
      room.element.dispatchEvent(event)
      expect(event.defaultPrevented, name).toBe(false)
    }
    wrapper.unmount()
  })

  it('names lines at their ends, with the newest value or when it was known last, and switches them', async () => {
    const { wrapper, figures } = await open({
      points: [...minute, point(-1000, 61, Number.NaN)],
      now: NOW + 1000,
      pointed: NOW,
    })
    const labels = wrapper.findAll('[data-end-label]')
    expect(labels.map((label) => label.text())).toEqual([
      'broker 2, 61',
      expect.stringMatching(/^broker 3, 0 at \d\d:17:01$/),
    ])
    expect(figures()).toHaveLength(2)
    await labels[0]!.trigger('click')
    expect(labels[0]!.attributes('aria-pressed')).toBe('false')
    expect(figures().map(([line]) => line)).toEqual(['3'])
    wrapper.unmount()
  })

  it('says ? where there is no room for when it was known last, and the whole on hover', async () => {
    const canvas: { getContext: unknown } = HTMLCanvasElement.prototype
    const drawn = canvas.getContext
    putBack.unshift(layOut(380, 320))
    canvas.getContext = drawn
    const { wrapper } = await open({ points: [...minute, point(-1000, 61, Number.NaN)], now: NOW + 1000 })
    const [, old] = wrapper.findAll('[data-end-label]')
    expect(old!.text()).toBe('broker 3, ?')
    expect(old!.attributes('title')).toMatch(/^broker 3, 0 at /)
    wrapper.unmount()
  })

  it('has no axes and no labels where there is nothing to draw, and says why', async () => {
    const { wrapper } = await open({ points: [], texts: { ...texts, empty: 'Broker 2 does not answer.' } })
    expect(wrapper.text()).toContain('Broker 2 does not answer.')
    expect(wrapper.findAll('[data-end-label]')).toHaveLength(0)
    wrapper.unmount()
  })

  it('hatches what was not watched, and says so under the pointer', async () => {
    const points = [point(60_000, 5), point(59_000, 5), point(1000, 7), point(0, 7)]
    const { wrapper, card } = await open({ points, pointed: NOW - 30_000 })
    expect(wrapper.findAll('.unwatched')).toHaveLength(1)
    expect(card().text()).toMatch(/not watched \d\d:16:02 – \d\d:17:00/)
    expect(card().findAll('[data-cursor-line]')).toHaveLength(0)
    wrapper.unmount()
  })

  const cells = ({ wrapper }: Awaited<ReturnType<typeof open>>) =>
    wrapper.findAll('[data-twin] tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))

  it('has its figures as a table, of the moments that are shown and with what happened', async () => {
    const chart = await open({
      marks: [{ at: NOW - 25_000, line: 2, tone: 'bad', text: 'Broker 2 left the ISR' }],
      aged: (line: number) => (line === 3 ? [{ from: NOW - 4_000, until: Infinity }] : []),
    })
    const rows = cells(chart)
    expect(rows[0]).toEqual(['time', 'broker 2', 'broker 3', 'events'])
    expect(rows[1]).toEqual([expect.stringMatching(/:17:01$/), '60', '0, from an earlier reading', ''])
    const at = (second: string) => rows.find(([time]) => time!.endsWith(second))
    expect(at(':16:35')).toEqual([expect.any(String), '34', '0', 'Broker 2 left the ISR'])
    expect(rows.at(-1)).toEqual([
      'highest',
      expect.stringMatching(/^60 at .*:17:01$/),
      expect.stringMatching(/^0 at /),
      '',
    ])
    expect(chart.wrapper.find('[data-twin] caption').text()).toMatch(
      /^Lag over time, in records Source: what the brokers answered. From .*:16:01 to .*:17:01. Newest reading at .*:17:01, 0 s old when this table was made at .*:17:01.$/,
    )
    chart.wrapper.unmount()
  })

  it('says of what was not watched, not read, switched off or led what it is, and of nothing no figure', async () => {
    const points = [point(60_000, 5), point(59_000, 5), point(1000, 7, Number.NaN), point(0, 7, Number.NaN)]
    const chart = await open({ points, texts: lagTexts(sayIn('en'), 'records', NOW, 30_000, { leader: 3 }), now: NOW })
    expect(cells(chart)[1]!.slice(1)).toEqual(['7', 'not read', ''])
    expect(
      cells(chart)
        .find(([time]) => time!.endsWith(':16:30'))!
        .slice(1),
    ).toEqual(['not watched', 'not watched', ''])
    chart.wrapper.unmount()
    const led = await open({ texts: lagTexts(sayIn('en'), 'records', NOW, 30_000, { leaderAt: () => 3 }), points })
    expect(cells(led)[1]!.slice(1)).toEqual(['7', 'leads', ''])
    led.wrapper.unmount()
    const none = await open({ points: [] })
    expect(cells(none)).toHaveLength(1)
    expect(none.wrapper.find('[data-twin]').text()).toContain('Nothing has been read yet.')
    none.wrapper.unmount()
  })
})
