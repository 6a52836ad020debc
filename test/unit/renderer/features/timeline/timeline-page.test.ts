import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { EventQuestion, KeptEvent } from '@contract/history'
import type { HighwaterBridge } from '@contract/ipc'
import { FIGURES, type Figure } from '@contract/kept-samples'
import { fail, ok } from '@contract/result'
import { UNDER_MIN_ISR, UNDER_REPLICATED } from '@shared/states'
import TimelineChart from '../../../../../src-renderer/charts/timeline/TimelineChart.vue'
import type { Range, Row, TimelineView } from '../../../../../src-renderer/charts/timeline/view'
import TimelinePage from '../../../../../src-renderer/features/timeline/TimelinePage.vue'
import { useScreenStore } from '../../../../../src-renderer/stores/screen'
import { buildFrame } from '../../../../support/frames'
import { buildEvent, buildKeptIncident, buildWatched } from '../../../../support/incidents'
import { layOut, openPage } from '../../../../support/open-page'
import { NOW } from '../../../../support/summaries'

let restore = (): void => undefined
beforeAll(() => (restore = layOut()))
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => vi.useRealTimers())
afterAll(() => restore())
const opened: { unmount(): void }[] = []
afterEach(() => opened.splice(0).forEach((wrapper) => wrapper.unmount()))

const { NaN } = Number
const frame = buildFrame({ takenAt: NOW })
const TOPIC = frame.topics.names[0]!
const replicas = [...frame.replicaBroker.slice(0, frame.replicaStart[1])]
const LEADER = frame.columns.leader[0]!
const FOLLOWER = replicas.find((id) => id !== LEADER)!
const ours = { topic: TOPIC, partition: 0, other: LEADER, toldBy: LEADER }
const EVENTS: readonly KeptEvent[] = [
  buildEvent(4, 'joined-isr', 500_000, { ...ours, broker: FOLLOWER }),
  buildEvent(3, 'left-isr', 1_115_000, { ...ours, broker: FOLLOWER, cause: 'fenced' }),
  // While nobody watched.
  {
    ...buildEvent(2, 'setting', 9_000_000, { topic: TOPIC, text: 'min.insync.replicas', before: '2', after: '3' }),
    from: NOW - 12_000_000,
  },
]
const INCIDENT = buildKeptIncident({
  topics: [{ topic: TOPIC, worst: UNDER_MIN_ISR, partitions: 6 }],
  topicCount: 1,
})

const about =
  ({ topic, partition, kinds }: EventQuestion) =>
  (event: KeptEvent): boolean =>
    (topic === '' || event.topic === topic) &&
    (partition < 0 || event.partition === partition) &&
    (kinds.length === 0 || kinds.includes(event.kind))
const columns = (lag: number) =>
  Object.fromEntries(
    FIGURES.map((figure) => [
      figure,
      figure === 'lagRecords' ? [lag, lag] : figure === 'underReplicated' ? [0, 3] : [0, 0],
    ]),
  ) as unknown as Record<Figure, readonly number[]>
const answers = (more: Partial<HighwaterBridge> = {}): Partial<HighwaterBridge> => ({
  'history:incidents': () => Promise.resolve(ok({ rows: [INCIDENT], more: false, unreadable: 0, writes: true })),
  'history:events': (question) =>
    Promise.resolve(ok({ rows: EVENTS.filter(about(question)), more: false, unreadable: 0 })),
  'history:watched': () =>
    Promise.resolve(
      ok({
        watched: [
          { ...buildWatched(NOW - 50_000_000, NOW - 12_000_000), end: 'asleep' },
          buildWatched(NOW - 9_000_000, NOW),
        ],
      }),
    ),
  'history:samples': ({ from }) =>
    Promise.resolve(
      ok({
        resolutionMs: 60_000,
        at: [from + 60_000, from + 120_000],
        figures: columns(700),
        unwatched: [],
        unreadable: 0,
      }),
    ),
  'history:partition-samples': () =>
    Promise.resolve(
      ok({
        resolutionMs: 10_000,
        at: [NOW - 1_000_000],
        state: [UNDER_REPLICATED],
        followers: [{ broker: FOLLOWER, lagRecords: [7_400], lateMs: [NaN] }],
        unwatched: [],
        unreadable: 0,
      }),
    ),
  'journal:list': () => Promise.resolve(ok({ entries: [], next: 0, total: 0 })),
  ...more,
})
const partition = { topic: TOPIC, partition: '0' }

async function open(query: Readonly<Record<string, string>>, more: Partial<HighwaterBridge> = {}) {
  const made = await openPage(TimelinePage, { frame, props: { query }, answers: answers(more) })
  opened.push(made.wrapper)
  const [overview, detail] = made.wrapper.findAllComponents(TimelineChart)
  return { ...made, overview: overview!, detail: detail! }
}
type Chart = Awaited<ReturnType<typeof open>>['detail']
const viewOf = (chart: Chart): TimelineView => chart.props('view')
const rowOf = (chart: Chart, key: string): Row => viewOf(chart).rows.find((row) => row.key === key)!
const wordsOf = (chart: { props(name: string): unknown }) => chart.props('words') as (at: number) => readonly string[]
const rangeOf = (chart: Chart): Range => chart.props('range')

describe('the timeline of a partition', () => {
  it('has a band for each replica in and out of the ISR, and the reign of its leader', async () => {
    const { detail, wrapper } = await open(partition)
    expect(rowOf(detail, `replica ${FOLLOWER}`).parts.map(({ fill, from }) => [fill, NOW - from])).toEqual([
      ['healthy', expect.any(Number)],
      ['under-replicated', 1_115_000],
      ['healthy', 500_000],
    ])
    const [reign] = rowOf(detail, `replica ${LEADER}`).reigns
    expect(reign!.text).toBe(`leads, epoch ${frame.columns.leaderEpoch[0]}`)
    expect(wrapper.find('[data-timeline-line]').text()).toContain(
      `Out of the ISR: broker ${FOLLOWER}, for 10 min 15 s.`,
    )
    expect(wrapper.find('[data-timeline-line]').text()).toContain('1 incident.')
  })

  it('says what happened in a gap as a bar as long as the gap, and nothing of the gap itself', async () => {
    const { detail } = await open(partition)
    const [mark] = rowOf(detail, 'settings').marks
    expect(mark).toMatchObject({ from: NOW - 12_000_000, to: NOW - 9_000_000, shape: 'diamond', own: false })
    const words = wordsOf(detail)(NOW - 10_000_000)
    expect(words).toEqual(expect.arrayContaining(['not watched: asleep']))
    expect(words.join(' ')).not.toContain('in the ISR')
  })

  it('says what was so at a time, and that lag is not known where it is not', async () => {
    const { detail } = await open(partition)
    const at = wordsOf(detail)
    expect(at(NOW - 995_000).join('\n')).toContain(`broker ${FOLLOWER}: 7,400 records behind`)
    expect(at(NOW - 995_000).join('\n')).toContain(`broker ${FOLLOWER}: out of the ISR`)
    expect(at(NOW - 700_000).join('\n')).not.toContain('behind')
    expect(detail.props('nothing')).toContain('only while it is in trouble')
  })

  it('is a table for those who hear it: what was not watched is that and nothing else, and what is left out is said', async () => {
    const { wrapper } = await open(partition)
    const [, table] = wrapper.findAll('[data-twin]')
    const rows = table!.findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))
    const of = (who: string) => rows.filter(([name]) => name === who)
    expect(of('all bands')).toEqual([
      ['all bands', expect.stringContaining('Incident'), expect.any(String), expect.any(String), expect.any(String)],
      ['all bands', 'not watched: asleep', expect.any(String), expect.any(String), '50 min'],
    ])
    expect(of(`broker ${FOLLOWER}`).map(([, what]) => what)).toEqual([
      'in the ISR',
      'out of the ISR',
      'in the ISR',
      'in the ISR',
    ])
    expect(of(`broker ${FOLLOWER}`)[1]).toContain('10 min 15 s')
    expect(of(`lag, broker ${FOLLOWER}`).map(([, what]) => what)).toEqual(['highest: 7,400 records behind'])
    expect(table!.find('caption').text()).toContain('Source: what was recorded while the cluster was watched.')
    expect(table!.text()).toContain('1 event is in the list of events after this chart.')
  })

  it('is exported as it is seen, with what was not watched', async () => {
    await open(partition)
    const { columns: names, rows } = useScreenStore().offer!.exportable!()
    const all = [...rows].map((row) => Object.fromEntries(names.map((column, at) => [column, row[at]])))
    expect(all.map(({ row }) => row)).toEqual(expect.arrayContaining(['event', 'not watched', 'figure']))
    expect(all.find(({ row }) => row === 'figure')).toMatchObject({ figure: 7_400 })
  })
})

describe('the time that is shown', () => {
  it('is six hours up to now, all of it, and goes closer and back by keys', async () => {
    const { overview, detail } = await open(partition)
    const all = rangeOf(detail)
    expect(all.until - all.from).toBe(6 * 3_600_000)
    const press = (key: string) => {
      window.dispatchEvent(new KeyboardEvent('keydown', { key }))
      return nextTick()
    }
    await press('+')
    expect(rangeOf(detail).until - rangeOf(detail).from).toBeCloseTo((6 * 3_600_000) / 1.6)
    expect(overview.props('brush')).toEqual(rangeOf(detail))
    await press('n')
    expect(rangeOf(detail).until).toBe(all.until)
    await press('0')
    expect(rangeOf(detail)).toEqual(all)
  })

  it('is the one in the address, in a span that holds it', async () => {
    const from = NOW - 50 * 3_600_000
    const { detail, overview } = await open({ ...partition, from: String(from), until: String(from + 60_000) })
    expect(rangeOf(detail)).toEqual({ from, until: from + 60_000 })
    expect(rangeOf(overview).from).toBeLessThanOrEqual(from)
    expect(rangeOf(overview).until).toBeGreaterThanOrEqual(NOW)
  })

  it('begins with the watching, where most of the time before was not watched', async () => {
    const watched = [buildWatched(NOW - 150_000, NOW)]
    const { wrapper, overview, detail } = await open(partition, {
      'history:watched': () => Promise.resolve(ok({ watched })),
    })
    expect(rangeOf(overview).from).toBeGreaterThanOrEqual(NOW - 200_000)
    expect(rangeOf(overview).from).toBeLessThan(NOW - 150_000)
    expect(rangeOf(detail)).toEqual(rangeOf(overview))
    expect(wrapper.text()).toContain('5 h 57 min')
  })

  it('opens the incident that is shaded where one clicks', async () => {
    const { detail, router } = await open(partition)
    const [shade] = viewOf(detail).shades
    const push = vi.spyOn(router, 'push')
    detail.vm.$emit('pick', (shade!.from + shade!.to) / 2)
    expect(push).toHaveBeenCalledWith({ name: 'incident', params: { incident: INCIDENT.id } })
  })
})

it('of a topic has its worst state by kept figures, and its lag', async () => {
  const { detail, asked } = await open({ topic: TOPIC })
  expect(rowOf(detail, 'state').parts.map(({ fill, text }) => [fill, text])).toEqual([
    ['healthy', 'none in trouble'],
    ['under-replicated', '3 under-replicated'],
  ])
  expect(viewOf(detail).lines[0]!.values).toEqual([700, 700])
  expect(asked('history:samples')).toContainEqual(expect.objectContaining({ subject: { kind: 'topic', topic: TOPIC } }))
})

it('says of a moment that found nothing wrong no more than was seen until the next one', async () => {
  const figures = (of: Partial<Record<Figure, readonly number[]>>) =>
    Object.fromEntries(FIGURES.map((figure) => [figure, of[figure] ?? [0, 0, 0, 0, 0]]))
  const states = async (resolutionMs: number, underReplicated = [0, 0, 3, 0, 0]) => {
    const { detail } = await open(
      { topic: TOPIC },
      {
        'history:samples': ({ from }) =>
          Promise.resolve(
            ok({
              resolutionMs,
              at: [0, 1, 2, 3, 4].map((place) => from + place * resolutionMs),
              figures: figures({ underReplicated, isrChanges: [0, 0, 3, 3, 2] }) as ReturnType<typeof columns>,
              unwatched: [],
              unreadable: 0,
            }),
          ),
      },
    )
    return rowOf(detail, 'state').parts.map(({ text }) => text)
  }
  expect(await states(10_000)).toEqual([
    'none in trouble',
    'changed in this interval',
    '3 under-replicated',
    'changed in this interval',
    'none in trouble',
  ])
  // Of all moments of a minute.
  expect(await states(60_000)).toEqual(['none in trouble', '3 under-replicated', 'none in trouble'])
  // How many is said where it was the same throughout.
  expect(await states(60_000, [3, 3, 3, 0, 4])).toEqual(['3 under-replicated', 'none in trouble', '4 under-replicated'])
  expect(await states(60_000, [3, 3, 2, 2, 0])).toEqual(['under-replicated', 'none in trouble'])
})

it('asks once for the figures of all of its time and of what is below while that is all of it, and again for a part', async () => {
  const asked: Range[] = []
  const { detail, overview } = await open(
    { topic: TOPIC },
    {
      'history:samples': ({ from, until }) => {
        asked.push({ from, until })
        return answers()['history:samples']!({
          cluster: '',
          subject: { kind: 'cluster' },
          from,
          until,
          resolutionMs: 1,
        })
      },
    },
  )
  expect(asked).toEqual([rangeOf(overview)])
  expect(viewOf(detail).lines[0]!.values).toEqual([700, 700])
  const part = { from: NOW - 3_600_000, until: NOW - 1_800_000 }
  detail.vm.$emit('zoom', part)
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]).toEqual(part)
})

it('of the cluster has its brokers, which were there whenever somebody looked and nothing was seen', async () => {
  const { detail } = await open(
    {},
    { 'history:events': () => Promise.resolve(ok({ rows: [], more: false, unreadable: 0 })) },
  )
  expect(
    viewOf(detail)
      .rows.filter(({ key }) => key.startsWith('broker '))
      .every(({ parts }) => parts.every(({ fill }) => fill === 'healthy')),
  ).toBe(true)
})

describe('what cannot be read', () => {
  it('is said, and nothing is drawn of it', async () => {
    const { wrapper, detail } = await open(partition, {
      'history:events': () => Promise.resolve(fail('storage', 'no')),
    })
    expect(wrapper.find('[role=alert]').text()).toContain('The history could not be read.')
    expect(viewOf(detail).rows).toEqual([])
  })

  it('of before the oldest event that was read is hatched', async () => {
    const rows = Array.from({ length: 3_000 }, (_, n) => buildEvent(3_000 - n, 'epochs', 1_000 + n * 1_000, ours))
    const { detail } = await open(partition, {
      'history:events': () => Promise.resolve(ok({ rows, more: true, unreadable: 0 })),
    })
    expect(viewOf(detail).gaps.at(-1)).toMatchObject({ to: rows.at(-1)!.to, text: 'events before this are not shown' })
  })

  it('another Highwater keeps is told', async () => {
    const { wrapper } = await open(partition, {
      'history:incidents': () => Promise.resolve(ok({ rows: [], more: false, unreadable: 0, writes: false })),
    })
    expect(wrapper.find('[data-read-only]').exists()).toBe(true)
  })
})
