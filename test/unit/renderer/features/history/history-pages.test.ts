import { flushPromises } from '@vue/test-utils'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EventQuestion, Incident, KeptEvent } from '@contract/history'
import type { HighwaterBridge } from '@contract/ipc'
import { fail, ok } from '@contract/result'
import { UNDER_MIN_ISR } from '@shared/states'
import ChurnPage from '../../../../../src-renderer/features/history/ChurnPage.vue'
import HistoryPage from '../../../../../src-renderer/features/history/HistoryPage.vue'
import IncidentPage from '../../../../../src-renderer/features/history/IncidentPage.vue'
import { useHistoryStore } from '../../../../../src-renderer/stores/history'
import { useScreenStore } from '../../../../../src-renderer/stores/screen'
import type { Component } from 'vue'
import { buildFrame } from '../../../../support/frames'
import { buildEvent, buildKeptIncident, buildWatched } from '../../../../support/incidents'
import { layOut, openPage, type PageOptions } from '../../../../support/open-page'
import { buildHeadline, buildIncident, NOW } from '../../../../support/summaries'

let restore = (): void => undefined
beforeAll(() => (restore = layOut()))
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => vi.useRealTimers())
afterAll(() => restore())
const opened: { unmount(): void }[] = []
afterEach(() => opened.splice(0).forEach((wrapper) => wrapper.unmount()))

const NEVER = { from: Number.NaN, to: Number.NaN }
const HIT = buildKeptIncident({
  topics: [{ topic: 'payments.settled', worst: UNDER_MIN_ISR, partitions: 6 }],
  topicCount: 1,
  most: [0, 0, 0, 0, 0, 6, 0],
  phases: [
    { kind: 'silent', from: NOW - 260_500, to: NOW - 260_000, brokers: [2], amount: Number.NaN },
    { kind: 'unwatched', from: NOW - 200_000, to: NOW - 100_000, brokers: [], amount: Number.NaN },
    { kind: 'over', from: NOW - 60_500, to: NOW - 60_000, brokers: [], amount: Number.NaN },
  ],
})
const EVENTS = [
  buildEvent(3, 'answers', 60_000, { broker: 2 }),
  buildEvent(2, 'left-isr', 250_000, {
    broker: 2,
    other: 1,
    topic: 'payments.settled',
    partition: 4,
    cause: 'fenced',
    toldBy: 1,
    lagRecords: 7,
    lateMs: 9_000,
  }),
  buildEvent(1, 'silent', 260_000, { broker: 2 }),
]

const matches = (event: KeptEvent, { kinds, topic, broker, beforeSeq }: EventQuestion): boolean =>
  (kinds.length === 0 || kinds.includes(event.kind)) &&
  (topic === '' || event.topic === topic) &&
  (broker < 0 || event.broker === broker) &&
  (beforeSeq === 0 || event.seq < beforeSeq)

function answers(incidents: readonly Incident[], more: Partial<HighwaterBridge> = {}): Partial<HighwaterBridge> {
  return {
    'history:incidents': ({ before }) =>
      Promise.resolve(
        ok({
          rows: incidents.filter(({ id }) => before === 0 || id < before).slice(0, 2),
          more: incidents.length > 2 && before === 0,
          unreadable: 0,
          writes: true,
        }),
      ),
    'history:incident': ({ id }) => Promise.resolve(ok({ incident: incidents.find((one) => one.id === id) ?? null })),
    'history:events': (question) =>
      Promise.resolve(ok({ rows: EVENTS.filter((one) => matches(one, question)), more: false, unreadable: 0 })),
    'history:watched': () => Promise.resolve(ok({ watched: [buildWatched(NOW - 40_000_000, NOW)] })),
    'journal:list': () => Promise.resolve(ok({ entries: [], next: 0, total: 0 })),
    ...more,
  }
}
const calm = buildFrame({ takenAt: NOW })

async function open(page: Component, options: PageOptions) {
  const made = await openPage(page, options)
  opened.push(made.wrapper)
  return made
}

describe('the list of incidents', () => {
  it('tells the newest first: when, how long, what it cost, who, and what was lost', async () => {
    const { wrapper } = await open(HistoryPage, { frame: calm, answers: answers([HIT]) })
    expect(wrapper.find('h1').text()).toBe('1 incident recorded, and it is over.')
    const row = wrapper.find('[role=rowgroup] [role=row]').text()
    for (const part of ['3 min 20 s', 'payments.settled refused acks=all writes', 'broker 2', 'no loss seen'])
      expect(row).toContain(part)
    expect(wrapper.find('[data-watched]').text()).toContain('of the last 1 d')
    const watched = wrapper.find('.watched [data-twin]')
    expect(watched.findAll('tbody tr')).toHaveLength(wrapper.findAll('.watched .gap').length)
    expect(watched.find('tbody tr').text()).toContain('not watched')
  })

  it('has the open one on top, live, and reads again when it has another phase and when it is over', async () => {
    const one = (phases: number): Incident['phases'] => HIT.phases.slice(0, phases)
    const frame = (phases: number, left: number) =>
      buildFrame({
        takenAt: NOW,
        summary: { incident: buildIncident({ id: 215, left, brokers: [5], phases: one(phases) }) },
      })
    const { wrapper, push, asked } = await open(HistoryPage, { frame: frame(1, 1), answers: answers([HIT]) })
    expect(wrapper.find('h1').text()).toContain('An incident is open.')
    expect(wrapper.findAll('[data-incident]').map((cell) => cell.attributes('data-incident'))).toEqual(['215', '214'])
    const first = asked('history:incidents').length
    await push({ type: 'frame', frame: frame(1, 2) })
    expect(asked('history:incidents')).toHaveLength(first)
    expect(useHistoryStore().incidents[0]?.left).toBe(2)
    await push({ type: 'frame', frame: frame(2, 2) })
    expect(asked('history:incidents')).toHaveLength(first + 1)
    await push({ type: 'frame', frame: calm })
    expect(asked('history:incidents')).toHaveLength(first + 2)
    expect(useHistoryStore().newest).toBe(214)
  })

  it('shows more on demand', async () => {
    const all = [HIT, { ...HIT, id: 213 }, { ...HIT, id: 212 }]
    const { wrapper, asked } = await open(HistoryPage, { frame: calm, answers: answers(all) })
    expect(wrapper.find('h1').text()).toContain('≥ 2')
    const button = wrapper.findAll('button').find((one) => one.text() === 'Show more')
    await button!.trigger('click')
    await flushPromises()
    expect(asked('history:incidents').at(-1)).toEqual({ cluster: 'orders-eu', before: 213 })
    expect(wrapper.findAll('[data-incident]')).toHaveLength(3)
  })

  it('says since when it was watched where nothing has happened, and that it does not know where it was not', async () => {
    const { wrapper } = await open(HistoryPage, { frame: calm, answers: answers([]) })
    expect(wrapper.find('[data-empty]').text()).toMatch(/^Watched since .*; no incident was seen\.$/)
    const blind = { 'history:watched': () => Promise.resolve(ok({ watched: [] })) } satisfies Partial<HighwaterBridge>
    const other = await open(HistoryPage, { frame: calm, answers: answers([], blind) })
    expect(other.wrapper.find('[data-empty]').text()).toContain('Not watched yet')
  })

  it('says that another Highwater keeps it, and how many rows cannot be read', async () => {
    const read = {
      'history:incidents': () => Promise.resolve(ok({ rows: [HIT], more: false, unreadable: 3, writes: false })),
    } satisfies Partial<HighwaterBridge>
    const { wrapper } = await open(HistoryPage, { frame: calm, answers: answers([], read) })
    expect(wrapper.find('[data-read-only]').text()).toContain('Another Highwater records the history')
    expect(wrapper.find('[data-unreadable]').text()).toBe('3 stored rows cannot be read and are not shown.')
  })

  it('is not empty where it could not be read, and tries again', async () => {
    let refuse = true
    const read = {
      'history:incidents': () =>
        Promise.resolve(
          refuse ? fail('storage', 'disk') : ok({ rows: [HIT], more: false, unreadable: 0, writes: true }),
        ),
    } satisfies Partial<HighwaterBridge>
    const { wrapper } = await open(HistoryPage, { frame: calm, answers: answers([], read) })
    expect(wrapper.find('[role=alert]').text()).toContain('The history could not be read.')
    expect(wrapper.find('h1').text()).toBe('History')
    refuse = false
    await wrapper.find('[role=alert] button').trigger('click')
    await flushPromises()
    expect(wrapper.findAll('[data-incident]')).toHaveLength(1)
  })

  it('asks for nothing before the cluster was read', async () => {
    const frame = buildFrame({ takenAt: NOW, summary: { headline: buildHeadline({ level: 'unread' }) } })
    const { wrapper, asked } = await open(HistoryPage, { frame, answers: answers([]) })
    expect(asked('history:incidents')).toEqual([])
    expect(asked('history:watched')).toEqual([])
    expect(wrapper.find('[data-empty]').text()).toContain('has not been read yet')
  })

  it('speaks Chinese', async () => {
    const { wrapper } = await open(HistoryPage, { frame: calm, answers: answers([HIT]), locale: 'zh-CN' })
    expect(wrapper.find('h1').text()).toBe('已保存 1 个故障，均已结束。')
    expect(wrapper.text()).toContain('未见丢失')
  })
})

describe('one incident', () => {
  it('has its newest phase in sight while it is open, and its first one when it is over', async () => {
    const height = vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(2_000)
    const at = async (incident: typeof HIT) => {
      const { wrapper } = await open(IncidentPage, { frame: calm, answers: answers([incident]), props: { id: 214 } })
      return wrapper.find('[data-phases]').element.scrollTop
    }
    expect([await at({ ...HIT, ended: { from: Number.NaN, to: Number.NaN } }), await at(HIT)]).toEqual([2_000, 0])
    height.mockRestore()
  })

  it('tells what it cost, its phases, whom it hit, its events and how sure that is', async () => {
    const { wrapper } = await open(IncidentPage, { frame: calm, answers: answers([HIT]), props: { id: 214 } })
    expect(wrapper.find('h1').text()).toContain('payments.settled refused acks=all writes')
    expect(wrapper.find('[data-line]').text()).toContain('Incident 214, over.')
    expect(wrapper.findAll('[data-phases] li').map((li) => li.classes('hollow'))).toEqual([false, true, false])
    expect(wrapper.find('[data-hit="payments.settled"]').text()).toContain('under min ISR')
    expect(wrapper.find('[data-event=left-isr]').text()).toContain('probably because it was fenced or stopped')
    expect(wrapper.find('[data-sure]').text()).toContain('Watched from start to end')
    expect(wrapper.find('[data-nothing-done]').exists()).toBe(true)
    const lanes = wrapper
      .findAll('.lanes [data-twin] tr')
      .map((row) => row.findAll('th, td').map((cell) => cell.text()))
    expect(lanes).toContainEqual(['broker 2', 'silent', expect.any(String), expect.any(String), '3 min 20 s'])
    expect(lanes).toContainEqual(['payments.settled', 'left the ISR: 1', expect.any(String), '', ''])
  })

  it('is copied for a chat in five lines', async () => {
    const copied: string[] = []
    const { wrapper } = await open(IncidentPage, {
      frame: calm,
      answers: answers([HIT], {
        'clipboard:write': ({ text }) => {
          copied.push(text)
          return Promise.resolve(ok(null))
        },
      }),
      props: { id: 214 },
    })
    await wrapper.find('[data-chat]').trigger('click')
    await flushPromises()
    const lines = copied[0]!.split('\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toContain('orders-eu: payments.settled refused acks=all writes')
    expect(lines[1]).toMatch(/^Since: 03:12:40/)
    expect(lines[2]).toMatch(/^Now: over since/)
    expect(lines[3]).toBe('Next: nothing left open')
    expect(lines[4]).toContain('incident 214')
  })

  it('is saved as a bundle that holds no password, with the commands to check it', async () => {
    const saved: { folder: string; files: readonly { name: string; content: string }[] }[] = []
    const { wrapper } = await open(IncidentPage, {
      frame: calm,
      answers: answers([HIT], {
        'export:bundle': (bundle) => {
          saved.push(bundle)
          return Promise.resolve(ok({ path: '/x' }))
        },
      }),
      props: { id: 214 },
    })
    await wrapper.find('[data-bundle]').trigger('click')
    await flushPromises()
    expect(saved[0]!.folder).toMatch(/^orders-eu incident 214 /)
    expect(saved[0]!.files.map(({ name }) => name)).toEqual(['incident.md', 'incident.json', 'events.csv'])
    const [markdown, json] = saved[0]!.files
    expect(markdown!.content).toContain('kafka-topics.sh --bootstrap-server b1:9092 --describe')
    expect(markdown!.content).toContain('No change')
    expect(JSON.parse(json!.content)).toMatchObject({ format: 1, incident: { id: 214 }, done: [] })
  })

  it('asks for the events of one kind, and says so where none matches', async () => {
    const { wrapper, asked } = await open(IncidentPage, { frame: calm, answers: answers([HIT]), props: { id: 214 } })
    const [kind] = wrapper.findAll('select')
    await kind!.setValue('answers')
    await flushPromises()
    expect(asked('history:events').at(-1)).toMatchObject({ incident: 214, kinds: ['answers'], topic: '', broker: -1 })
    expect(wrapper.findAll('[data-event]').map((cell) => cell.attributes('data-event'))).toEqual(['answers'])
    await kind!.setValue('lost')
    await flushPromises()
    expect(wrapper.find('[data-no-events]').text()).toBe('No event matches the filter.')
  })

  it('is fetched by its number where the list does not reach', async () => {
    const all = [{ ...HIT, id: 300 }, { ...HIT, id: 299 }, HIT]
    const { wrapper, asked } = await open(IncidentPage, { frame: calm, answers: answers(all), props: { id: 214 } })
    expect(asked('history:incident')).toEqual([{ cluster: 'orders-eu', id: 214 }])
    expect(wrapper.find('[data-line]').text()).toContain('Incident 214')
  })

  it('that is not kept is said to be missing, and one that could not be read is not', async () => {
    const { wrapper } = await open(IncidentPage, { frame: calm, answers: answers([HIT]), props: { id: 7 } })
    expect(wrapper.find('[data-no-incident]').text()).toBe('Incident 7 is not stored, or cannot be read.')
    const broken = {
      'history:incident': () => Promise.resolve(fail('storage', 'disk')),
    } satisfies Partial<HighwaterBridge>
    const other = await open(IncidentPage, { frame: calm, answers: answers([HIT], broken), props: { id: 7 } })
    expect(other.wrapper.find('[data-no-incident]').text()).toBe('The history could not be read.')
  })

  it('that is open counts on with the picture', async () => {
    const frame = (left: number) =>
      buildFrame({ takenAt: NOW, summary: { incident: buildIncident({ left, phases: HIT.phases.slice(0, 1) }) } })
    const kept = { ...HIT, ended: NEVER, phases: HIT.phases.slice(0, 1) }
    const { wrapper, push } = await open(IncidentPage, {
      frame: frame(1),
      answers: answers([kept]),
      props: { id: 214 },
    })
    expect(wrapper.find('[data-line]').text()).toContain('open')
    expect(wrapper.find('h1').text()).toContain('acks=all writes refused')
    await push({ type: 'frame', frame: frame(12) })
    expect(wrapper.find('[data-line]').text()).toContain('12 replicas removed from an ISR')
  })

  it('is exported as Markdown, JSON and CSV', async () => {
    await open(IncidentPage, { frame: calm, answers: answers([HIT]), props: { id: 214 } })
    const report = useScreenStore().offer?.report
    expect(report?.ready()).toBe(true)
    expect(report?.makes.map(({ format }) => format)).toEqual(['markdown', 'json', 'csv'])
    const made = await Promise.all(report!.makes.map(({ make }) => make()))
    const [markdown, json, csv] = made.map((one) => (one.ok ? one.value.text : ''))
    expect(markdown).toContain('# Incident 214 of orders-eu')
    expect(json).toContain('"moreEvents": false')
    expect(csv?.split('\r\n')).toHaveLength(5)
  })
})

describe('ISR changes', () => {
  const flaps = Array.from({ length: 30 }, (_, at) => {
    const where = { topic: 'clicks', partition: 7, broker: 5, other: 1, incident: 0 }
    const ago = 7_200_000 - at * 100_000
    return [
      buildEvent(at * 2 + 1, 'left-isr', ago, { ...where, cause: 'late' }),
      buildEvent(at * 2 + 2, 'joined-isr', ago - 20_000, where),
    ]
  }).flat()
  const newestFirst = flaps.toReversed()
  /** Twenty a page, whatever is asked for. */
  const paged: Partial<HighwaterBridge> = {
    'history:events': ({ beforeSeq }) => {
      const rest = newestFirst.filter(({ seq }) => beforeSeq === 0 || seq < beforeSeq)
      return Promise.resolve(ok({ rows: rest.slice(0, 20), more: rest.length > 20, unreadable: 0 }))
    },
  }

  it('reads page after page, names who flaps, counts per topic and shows the formula', async () => {
    const { wrapper, asked } = await open(ChurnPage, { frame: calm, answers: answers([], paged) })
    expect(asked('history:events')).toHaveLength(3)
    expect(asked('history:events')[0]).toMatchObject({ kinds: ['left-isr', 'joined-isr'], incident: -1 })
    expect(wrapper.find('h1').text()).toContain('Flapping: broker 5 left an ISR 30 times')
    expect(wrapper.find('[data-churn=clicks]').text()).toContain('30')
    expect(wrapper.find('[data-flap="broker 5"]').text()).toContain('30 of 30')
    expect(wrapper.find('.formula').text()).toBe('score = 100 × (1 − e^(−n / 40)) × back')
    expect(wrapper.find('[data-reach]').text()).toContain('lower bounds')
    expect(wrapper.find('.blind').exists()).toBe(true)
  })

  it('is counted by pair, and over another time', async () => {
    const { wrapper, asked } = await open(ChurnPage, { frame: calm, answers: answers([], paged), locale: 'zh-CN' })
    const choose = async (text: string): Promise<void> => {
      const button = wrapper.findAll('[role=radio]').find((one) => one.text() === text)
      await button!.trigger('click')
      await flushPromises()
    }
    await choose('配对')
    expect(wrapper.find('[data-churn="Broker 5，Leader 为 1"]').exists()).toBe(true)
    const before = asked('history:events').length
    await choose('1 小时')
    expect(asked('history:events').length).toBeGreaterThan(before)
    expect(wrapper.find('h1').text()).toContain('最近 1 小时')
  })

  it('is not calm where it could not be read', async () => {
    const broken = {
      'history:events': () => Promise.resolve(fail('storage', 'disk')),
    } satisfies Partial<HighwaterBridge>
    const { wrapper } = await open(ChurnPage, { frame: calm, answers: answers([], broken) })
    expect(wrapper.find('h1').text()).toBe('The history could not be read.')
    expect(wrapper.find('[data-no-churn]').exists()).toBe(false)
  })
})

it('a name that turns round what follows it stands escaped, and nowhere as it is', async () => {
  const turned = 'orders-\u202egpj.exe'
  const odd = { ...HIT, topics: [{ topic: turned, worst: UNDER_MIN_ISR, partitions: 1 }] }
  const events: Partial<HighwaterBridge> = {
    'history:events': () =>
      Promise.resolve(
        ok({
          rows: [buildEvent(1, 'left-isr', 60_000, { topic: turned, partition: 0, broker: 2, cause: 'late' })],
          more: false,
          unreadable: 0,
        }),
      ),
  }
  for (const [page, props] of [
    [HistoryPage, {}],
    [IncidentPage, { id: 214 }],
    [ChurnPage, {}],
  ] as const) {
    const { wrapper } = await open(page, { frame: calm, answers: answers([odd], events), props })
    expect(wrapper.html()).toContain('orders-⟨U+202E⟩gpj.exe')
    expect(wrapper.text()).not.toContain('\u202e')
    for (const element of wrapper.findAll('[title], [aria-label]'))
      expect(`${element.attributes('title') ?? ''}${element.attributes('aria-label') ?? ''}`).not.toContain('\u202e')
  }
})
