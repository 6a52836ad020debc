import { flushPromises } from '@vue/test-utils'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ok } from '@contract/result'
import { OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED } from '@shared/states'
import { tally } from '@shared/tally'
import BoardPage from '../../../../../src-renderer/features/board/BoardPage.vue'
import { matrixTable, matrixTwin, summaryText } from '../../../../../src-renderer/features/board/map/matrix-text'
import { buildDelta, buildFrame } from '../../../../support/frames'
import { buildKeptIncident, buildWatched } from '../../../../support/incidents'
import { layOut, openPage } from '../../../../support/open-page'
import { sayIn } from '../../../../support/say'
import { buildBroker, buildHeadline, NOW } from '../../../../support/summaries'

/** vi.waitFor gives up after a second by itself. */
const WAIT_MS = 20_000
/** More than the table waits before it tells what is in sight. */
const LIST_RESTS_MS = 200

let takeBack = (): void => undefined
beforeAll(async () => {
  takeBack = layOut()
  // Loaded when it is wanted; on a busy machine that alone may outlast a wait.
  await import('../../../../../src-renderer/features/common/LagPanel.vue')
})
afterAll(() => takeBack())

const troubled = () =>
  buildFrame({
    topics: [
      ['alpha', 4],
      ['beta', 4],
    ],
    change: (row) =>
      [
        null,
        { state: UNDER_REPLICATED, caughtUpAt: NOW, out: [3] },
        { state: UNDER_MIN_ISR, caughtUpAt: NOW, out: [3, 4] },
        null,
        null,
        { state: OFFLINE, leader: -1, out: [3, 4] },
      ][row] ?? null,
    summary: {
      headline: buildHeadline({
        level: 'danger',
        since: NOW,
        offline: 1,
        writesRefused: 1,
        underReplicated: 3,
        culprit: { kind: 'follower-broker', broker: 3, rack: 'rack-c', brokers: [], behind: 2, of: 5, cause: 'slow' },
      }),
    },
  })
type Page = Awaited<ReturnType<typeof openPage>>
const topics = ({ wrapper }: Page): string[] =>
  wrapper
    .findAll('.trouble [role="row"]')
    .slice(1)
    .map((row) =>
      row
        .findAll('[role="gridcell"]')
        .slice(0, 1)
        .map((cell) => cell.text())
        .join(' '),
    )

async function showMap({ wrapper }: Page): Promise<void> {
  await wrapper
    .findAll('[role="radio"]')
    .find((one) => one.text() === 'Map')!
    .trigger('click')
  await flushPromises()
}

describe('Board', () => {
  it('says first what is wrong, and lists the partitions worst first', async () => {
    const page = await openPage(BoardPage, { frame: troubled() })
    expect(page.wrapper.find('h1').text()).toBe(
      'Broker 3 (rack-c) is behind on 2 of 5 replicas. 1 partition is offline. 1 partition refuses acks=all writes.',
    )
    expect(topics(page)).toEqual(['beta/1', 'alpha/2', 'alpha/1'])
    page.wrapper.unmount()
  })

  it('filters the list by a figure, by the state list and by words, and clears it again', async () => {
    const page = await openPage(BoardPage, { frame: troubled() })
    await page.wrapper.find('button.figure.offline').trigger('click')
    expect(topics(page)).toEqual(['beta/1'])
    await page.wrapper.find('select').setValue('')
    await page.wrapper.find('input[type="search"]').setValue('alpha')
    expect(topics(page)).toEqual(['alpha/2', 'alpha/1'])
    await page.wrapper.find('input[type="search"]').setValue('gamma')
    expect(page.wrapper.find('.trouble').text()).toContain('No partition in trouble matches the filter.')
    await page.wrapper.find('.trouble .none button').trigger('click')
    expect(topics(page)).toHaveLength(3)
    page.wrapper.unmount()
  })

  it('opens as many partitions as a figure counts: under-replicated is every one that lacks a copy (K8.6)', async () => {
    const page = await openPage(BoardPage, { frame: troubled() })
    await page.wrapper.find('button.figure.under-replicated').trigger('click')
    expect(topics(page)).toEqual(['beta/1', 'alpha/2', 'alpha/1'])
    expect(page.wrapper.find('button.figure.under-replicated b').text()).toBe('3')
    page.wrapper.unmount()
  })

  it('opens a partition from the list and, by keys alone, from the matrix', async () => {
    const page = await openPage(BoardPage, { frame: troubled() })
    await page.wrapper.findAll('.trouble [role="row"]')[1]!.trigger('click')
    await flushPromises()
    expect(page.router.currentRoute.value.params).toEqual({ topic: 'beta', partition: '1' })
    await showMap(page)
    const canvas = page.wrapper.find('canvas')
    await canvas.trigger('focus')
    await canvas.trigger('keydown', { key: 'ArrowRight' })
    await canvas.trigger('keydown', { key: 'ArrowRight' })
    expect(page.wrapper.find('.matrix [aria-live="polite"]').text()).toBe('alpha 1, under-replicated')
    await canvas.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(page.router.currentRoute.value.params).toEqual({ topic: 'alpha', partition: '1' })
    page.wrapper.unmount()
  })

  it('has the matrix in words', async () => {
    const page = await openPage(BoardPage, { frame: troubled() })
    await showMap(page)
    expect(page.wrapper.find('canvas').attributes('aria-label')).toContain(
      '1 offline, 1 under min ISR, 1 under-replicated.',
    )
    expect(summaryText(sayIn('zh-CN'), [0, 4, 0, 2, 0, 0, 1])).toBe('1 离线、2 副本不足。')
    const table = page.wrapper.find('.map [data-twin]')
    expect(table.findAll('tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))).toEqual([
      ['group', 'partitions', 'offline', 'under min ISR', 'under-replicated'],
      ['beta  1', '1', '1', '0', '0'],
      ['alpha  1', '1', '0', '1', '0'],
      ['alpha  1', '1', '0', '0', '1'],
    ])
    expect(table.find('caption').text()).toMatch(
      /^Partitions by state Source: what the brokers answered. Newest reading at /,
    )
    expect(table.text()).toContain('5 healthy partitions are not in this table; they are in the blocks after it.')
    page.wrapper.unmount()
  })

  it('has the worst groups in words where there are thousands, and says how many are left out', () => {
    const groups = 5_000
    const cells = {
      kind: 'topic' as const,
      labels: Array.from({ length: groups }, (_, group) => `topic-${group}`),
      start: Uint32Array.from({ length: groups + 1 }, (_, group) => group * 40),
      rows: new Uint32Array(groups * 40),
      replicas: new Uint32Array(0),
      brokers: new Int32Array(0),
    }
    const codes = new Uint8Array(groups * 40).fill(1)
    codes[40 * 4_999] = OFFLINE
    codes.fill(UNDER_REPLICATED, 40 * 7, 40 * 8)
    const twin = matrixTable(sayIn('en'), matrixTwin(cells, codes), { takenAt: NOW, madeAt: NOW + 3_000, healthy: 0 })
    expect(twin.rows.slice(0, 3).map((row) => row.cells)).toEqual([
      ['topic-4999', '40', '1', '0', '39'],
      ['topic-7', '40', '0', '40', '0'],
      ['topic-0', '40', '0', '0', '40'],
    ])
    expect(twin.rows).toHaveLength(60)
    expect(twin.notes).toEqual(['4,940 more groups with 197,600 cells are left out; none is in a worse state.'])
    expect(twin.basis).toContain(', 3 s old when this table was made')
  })

  it('asks what is kept of the topics in sight once, not with every push', async () => {
    const page = await openPage(BoardPage, { frame: troubled() })
    const asked = (): unknown[] => page.asked('history:samples').map((one) => (one as { subject: object }).subject)
    const once = [
      { kind: 'topic', topic: 'beta' },
      { kind: 'topic', topic: 'alpha' },
    ]
    await vi.waitFor(() => expect(asked()).toEqual(once), WAIT_MS)
    // Another state, and no other order; the list tells what is in sight when it has rested.
    for (const state of [OFFLINE, UNDER_MIN_ISR, OFFLINE]) {
      await page.push({ type: 'delta', delta: buildDelta(page.store.view!.frame, [6], () => ({ state, leader: -1 })) })
      await new Promise((resolve) => setTimeout(resolve, LIST_RESTS_MS))
    }
    expect(asked()).toEqual(once)
    page.wrapper.unmount()
  })

  it('follows a push', async () => {
    const page = await openPage(BoardPage, { frame: troubled() })
    const frame = page.store.view!.frame
    await page.push({ type: 'delta', delta: buildDelta(frame, [5], () => ({ state: 1, leader: 1 })) })
    expect(topics(page)).toEqual(['alpha/2', 'alpha/1'])
    page.wrapper.unmount()
  })

  it('when all is well has the worst replica of each broker, and no list of partitions', async () => {
    const page = await openPage(BoardPage, { frame: buildFrame({ topics: [['alpha', 4]] }) })
    expect(page.wrapper.find('.trouble').isVisible()).toBe(false)
    await vi.waitFor(
      () => expect(page.asked('cluster:series')).toContainEqual({ cluster: 'orders-eu', watch: { kind: 'cluster' } }),
      WAIT_MS,
    )
    expect(page.asked('cluster:watch')).toContainEqual({
      cluster: 'orders-eu',
      list: { partition: null, chart: { kind: 'cluster' }, rows: [] },
    })
    page.wrapper.unmount()
  })

  it('claims nothing where no topic is seen (K4.1)', async () => {
    const unseen = tally(0, false)
    const nothing = buildFrame({
      topics: [],
      summary: {
        headline: buildHeadline({ level: 'unknown', offline: unseen, writesRefused: unseen, oneLossAway: unseen }),
        brokers: [buildBroker(1, { replicas: NaN, inSync: NaN, stopRefuses: unseen, stopOffline: unseen })],
      },
    })
    const { wrapper } = await openPage(BoardPage, { frame: nothing })
    expect(wrapper.find('h1').text()).toBe('No topic is seen: the cluster has none, or none is visible to this login.')
    expect(wrapper.findAll('button.figure b').map((figure) => figure.text())).toEqual(['?', '?', '0', '?'])
    const broker = wrapper.findAll('.side [role="row"]').at(-1)!.text()
    expect(broker).toContain('effect of stopping ?')
    expect(broker).toContain('? / ?')
    expect(wrapper.text()).not.toMatch(/fully replicated|accept|no outage seen|\b0 \/ 0\b/)
    wrapper.unmount()
  })

  it('greys a picture that is not live', async () => {
    const page = await openPage(BoardPage, { frame: troubled() })
    await page.push({
      type: 'status',
      status: { cluster: 'orders-eu', phase: 'lost', since: NOW, takenAt: NOW, nextTryAt: NOW, problem: null },
    })
    expect(page.wrapper.findAll('.stale').length).toBeGreaterThanOrEqual(4)
    expect(page.wrapper.find('h1').text()).toMatch(/^Last seen .* ago: Broker 3/)
    page.wrapper.unmount()
  })

  it('shows its places before there is a picture', async () => {
    const page = await openPage(BoardPage)
    expect(page.wrapper.findAll('.skeleton')).toHaveLength(4)
    expect(page.wrapper.find('h1').text()).toBe('Reading the cluster for the first time.')
    page.wrapper.unmount()
  })
})

describe('a board on which all is well', () => {
  const calm = () => buildFrame({ takenAt: NOW, summary: { headline: buildHeadline({ level: 'well', since: NOW }) } })
  const incidents = Array.from({ length: 7 }, (_, n) =>
    buildKeptIncident({ id: 20 - n, ...(n === 0 ? { ended: { from: Number.NaN, to: Number.NaN } } : {}) }),
  )

  it('tells the last five incidents, what was watched, and that no audit was run', async () => {
    const page = await openPage(BoardPage, {
      frame: calm(),
      answers: {
        'history:incidents': () => Promise.resolve(ok({ rows: incidents, more: false, unreadable: 0, writes: true })),
        'history:watched': () => Promise.resolve(ok({ watched: [buildWatched(NOW - 40_000_000, NOW)] })),
      },
    })
    await flushPromises()
    expect(page.wrapper.findAll('[data-last-incident]').map((row) => row.attributes('data-last-incident'))).toEqual([
      '20',
      '19',
      '18',
      '17',
      '16',
    ])
    const lasted = page.wrapper.findAll('[data-last-incident] td:nth-child(2)').map((cell) => cell.text())
    expect(lasted.map((words) => words.endsWith(', not closed yet'))).toEqual([true, false, false, false, false])
    expect(page.wrapper.find('[data-watched]').text()).toContain('1 d')
    page.wrapper.unmount()
  })

  it('says that no incident is kept, and has nothing of it while something is wrong', async () => {
    const none = {
      'history:incidents': () => Promise.resolve(ok({ rows: [], more: false, unreadable: 0, writes: true })),
    }
    const page = await openPage(BoardPage, { frame: calm(), answers: none })
    await flushPromises()
    expect(page.wrapper.find('[data-no-incident]').text()).toBe('No incidents recorded.')
    page.wrapper.unmount()
    const other = await openPage(BoardPage, { frame: troubled(), answers: none })
    expect(other.wrapper.find('[data-no-incident]').exists()).toBe(false)
    other.wrapper.unmount()
  })
})
