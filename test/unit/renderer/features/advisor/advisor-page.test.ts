import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LateRecord } from '@contract/advisor'
import type { HighwaterBridge } from '@contract/ipc'
import { fail, ok } from '@contract/result'
import { LateTallies } from '../../../../support/late-tallies'
import type { Excursion } from '../../../../support/late-tallies'
import AdvisorPage from '../../../../../src-renderer/features/advisor/AdvisorPage.vue'
import { candidateMs } from '../../../../../src-renderer/features/advisor/advisor-words'
import { bandOf, columnsOf, placeOf } from '../../../../../src-renderer/features/advisor/late-bars'
import { useScreenStore } from '../../../../../src-renderer/stores/screen'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage } from '../../../../support/open-page'
import { NOW } from '../../../../support/summaries'

const DAY = 86_400_000
let restore = (): void => undefined
beforeAll(() => (restore = layOut()))
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => vi.useRealTimers())
afterAll(() => restore())
const opened: { unmount(): void }[] = []
afterEach(() => opened.splice(0).forEach((wrapper) => wrapper.unmount()))

const excursion = (over: Partial<Excursion>): Excursion => ({
  leader: 1,
  follower: 2,
  topic: 'orders',
  windowMs: 30_000,
  end: 'returned',
  cut: '',
  leastMs: 4_000,
  mostMs: 4_100,
  evictions: 0,
  isOccasion: true,
  ...over,
})
const evicted = (ms: number): Excursion => excursion({ end: 'evicted', evictions: 1, leastMs: ms, mostMs: ms })
const times = (n: number, one: Excursion): Excursion[] => Array.from({ length: n }, () => one)

function record(excursions: readonly Excursion[], over: Partial<LateRecord> = {}): LateRecord {
  const tallies = new LateTallies()
  for (const one of excursions) tallies.note(one)
  const hour = tallies.take(0)
  return {
    from: NOW - 2 * DAY,
    watchedMs: 1.5 * DAY,
    unfollowed: 0,
    unreadable: 0,
    tallies: hour.tallies,
    open: { late: 0, out: 0 },
    windows: [1, 2, 3].map((broker) => ({ broker, ms: 30_000 })),
    sessionTimeoutMs: 9_000,
    ...over,
  }
}

async function open(answer: LateRecord | null, locale: 'en' | 'zh-CN' = 'en') {
  const copied: string[] = []
  const answers: Partial<HighwaterBridge> = {
    'advisor:record': () => Promise.resolve(answer === null ? fail('storage', 'disk') : ok(answer)),
    'clipboard:write': ({ text }) => {
      copied.push(text)
      return Promise.resolve(ok(null))
    },
  }
  const made = await openPage(AdvisorPage, { frame: buildFrame({ takenAt: NOW }), answers, locale })
  opened.push(made.wrapper)
  const text = (selector: string): string => made.wrapper.find(selector).text()
  return { ...made, text, copied }
}

describe('the lag advisor', () => {
  it('says that it cannot advise yet, what it would need, and shows what was seen', async () => {
    const { text, wrapper } = await open(record(times(12, excursion({})), { watchedMs: 540_000, from: NOW - 540_000 }))
    expect(text('[data-advice]')).toBe(
      'Not enough data for advice on replica.lag.time.max.ms: 12 excursions in 9 min watched.',
    )
    expect(text('[data-detail]')).toContain('Advice needs 23 h 51 min of watching and 8 stalls more; 12 stalls')
    expect(wrapper.find('[data-late-chart]').exists()).toBe(true)
    expect(wrapper.text()).toContain('Not recommended yet: not enough data.')
  })

  it('advises with ranges and cost, and with the line and the brokers it is for', async () => {
    const { text, wrapper, copied } = await open(record([...times(20, evicted(40_000)), ...times(10, evicted(62_000))]))
    expect(text('[data-advice]')).toBe(
      '45 s would have kept 20 to 30 of 30 followers that left an ISR for lag in 1 d 12 h watched.',
    )
    expect(text('[data-result=stay]')).toContain('Would have stayed in the ISR: 20 to 30 of 30 that left for lag.')
    expect(text('[data-result=later]')).toContain('0 to 10, each')
    expect(text('[data-result=cost]')).toContain('removed after 45 s – 1 min 8 s instead of 30–45 s')
    expect(text('[data-result=session]')).toContain('broker.session.timeout.ms (9.0 s)')
    expect(text('[data-property]')).toBe('replica.lag.time.max.ms=45000')
    expect(text('[data-where]')).toContain('brokers 1, 2 and 3')
    await wrapper
      .findAll('button')
      .find((one) => one.text() === 'Copy line')
      ?.trigger('click')
    expect(copied).toEqual(['replica.lag.time.max.ms=45000'])
  })

  it('follows what is typed, and says what is no value', async () => {
    const { text, wrapper } = await open(record([...times(30, excursion({ leastMs: 16_000, mostMs: 16_100 }))]))
    expect(text('[data-advice]')).toContain('No follower was seen to leave an ISR for lag')
    const field = wrapper.find('input[type=number]')
    await field.setValue('10')
    expect(text('[data-result=more]')).toContain('30 of 30 that stayed in')
    await field.setValue('30')
    expect(text('[data-result=same]')).toBe('30 s is the current value.')
    await field.setValue('0')
    expect(wrapper.text()).toContain('A number of seconds from 1 to 1,800.')
    expect(wrapper.find('[data-property]').exists()).toBe(false)
    await wrapper.find('input[type=range]').setValue('1000')
    expect(text('[data-property]')).toBe('replica.lag.time.max.ms=1800000')
    expect(text('[data-result=delivery]')).toContain('45 min')
  })

  it('warns below the session timeout, and names what was cut and not judged', async () => {
    const cut = excursion({ end: 'cut', cut: 'fenced' })
    const { text, wrapper } = await open(record([...times(30, excursion({})), cut, excursion({ windowMs: -1 })]))
    await wrapper.find('input[type=number]').setValue('5')
    expect(text('[data-result=session]')).toContain('may leave for lag before it is fenced')
    expect(text('[data-result=cut]')).toContain('1 excursion that was cut (1 by a fencing or a shutdown)')
    expect(text('[data-result=unjudged]')).toContain('1 excursion at a leader whose value was not reported')
  })

  it('has its bars as a table, with the shaded times in words', async () => {
    const { wrapper } = await open(record([...times(20, evicted(40_000)), ...times(3, excursion({}))]))
    await wrapper.find('input[type=number]').setValue('60')
    const table = wrapper.find('[data-late-chart] [data-twin]')
    const rows = table.findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))
    const drawn = wrapper.findAll('[data-late-chart] rect title').map((title) => title.text().split('\n'))
    expect(rows.map(([span]) => span)).toEqual(drawn.map(([span]) => span))
    expect(rows.map((row) => row.filter((cell) => cell === '20' || cell === '3'))).toEqual([['3'], ['20']])
    expect(table.text()).toContain('A follower leaves the ISR at 30–45 s with replica.lag.time.max.ms at 30 s.')
    expect(table.text()).toContain('With the candidate, 1 min, it leaves at')
    expect(table.find('caption').text()).toContain('0 s old when this table was made')
  })

  it('counts by leader, follower and topic', async () => {
    const { wrapper } = await open(record([...times(20, evicted(40_000)), excursion({ topic: 'carts', leader: 3 })]))
    const subjects = (): string[] => wrapper.findAll('[data-late]').map((row) => row.attributes('data-late') ?? '')
    expect(subjects()).toEqual(['1', '3'])
    await wrapper.findAll('[role=radio]').at(2)?.trigger('click')
    expect(subjects()).toEqual(['orders', 'carts'])
  })

  it('tells of what is under way before anything is kept', async () => {
    const { text } = await open(record([], { from: Number.NaN, watchedMs: 0, open: { late: 4, out: 1 } }))
    expect(text('[data-reach]')).toMatch(/^No data yet.*4 excursions are in progress.*1 of them out of the ISR/)
  })

  it('has no figure where nothing is kept, and none of a value that is not told', async () => {
    const none = record([], { from: Number.NaN, watchedMs: 0, windows: [], sessionTimeoutMs: Number.NaN, open: null })
    const { text, wrapper } = await open(none)
    expect(text('[data-reach]')).toContain('No data yet')
    expect(text('[data-no-excursion]')).toBe('Nothing counted yet.')
    expect(wrapper.find('[data-property]').exists()).toBe(false)
    await wrapper.find('input[type=number]').setValue('45')
    expect(wrapper.find('[data-result=cost]').exists()).toBe(false)
    expect(text('[data-result=session]')).toContain('is not reported')
  })

  it('says that it could not be read', async () => {
    const { text } = await open(null)
    expect(text('[role=alert]')).not.toBe('')
  })

  it('speaks Chinese', async () => {
    const { text } = await open(record(times(12, excursion({})), { watchedMs: 540_000 }), 'zh-CN')
    expect(text('[data-advice]')).toContain('数据不足')
  })

  it('exports every step with its count', async () => {
    await open(record([evicted(40_000), excursion({ end: 'cut', cut: 'gap' })]))
    const table = useScreenStore().offer?.exportable?.()
    const rows = [...(table?.rows ?? [])]
    expect(rows.filter(([kind]) => kind === 'cluster')).toEqual([
      ['cluster', null, 30_000, 'evicted', 'atLeast', expect.any(Number), expect.any(Number), 1],
      ['cluster', null, 30_000, 'evicted', 'atMost', expect.any(Number), expect.any(Number), 1],
      ['cluster', null, 30_000, 'cut', 'atLeast', expect.any(Number), expect.any(Number), 1],
    ])
  })
})

describe('the chart', () => {
  it('has every excursion in one column', () => {
    const all = [900, 1_000, 1_500, 30_000, 2_000_000, Number.POSITIVE_INFINITY].map((ms) =>
      excursion({ leastMs: 900, mostMs: ms }),
    )
    const tallies = record(all).tallies.filter(({ kind }) => kind === 'cluster')
    const columns = columnsOf(tallies)
    expect(columns.reduce((sum, { total }) => sum + total, 0)).toBe(all.length)
    expect(columns[0]?.n.returned).toBe(2)
    expect(columns.at(-1)?.n.returned).toBe(2)
  })

  it('has its axis by doublings', () => {
    expect(placeOf(1_000)).toBe(0)
    expect(placeOf(1_024_000)).toBe(1)
    expect(placeOf(32_000)).toBeCloseTo(0.5)
    expect(bandOf(32_000).to).toBeGreaterThan(0.5)
  })
})

it.each([
  ['45', 45_000],
  ['0.5', Number.NaN],
  ['1801', Number.NaN],
  ['', Number.NaN],
  ['many', Number.NaN],
  ['2.5', 2_500],
])('takes %o as a candidate', (text, ms) => {
  expect(candidateMs(text)).toBe(ms)
})
