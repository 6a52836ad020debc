import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { PastBoard, PastTopic } from '@contract/past'
import { ok } from '@contract/result'
import { HEALTHY, UNDER_MIN_ISR } from '@shared/states'
import { tally } from '@shared/tally'
import PastBoardPage from '../../../../../src-renderer/features/past/PastBoardPage.vue'
import PastTopicPage from '../../../../../src-renderer/features/past/PastTopicPage.vue'
import { usePastStore } from '../../../../../src-renderer/stores/past'
import { layOut, openPage } from '../../../../support/open-page'

const AT = 1_700_000_000_000
const BOARD: PastBoard = {
  at: AT,
  headline: {
    offline: tally(0),
    writesRefused: tally(2),
    oneLossAway: tally(0),
    underReplicated: tally(2),
    halted: [],
    noListener: null,
    silent: [],
    culprit: { kind: 'follower-broker', broker: 3, rack: null, brokers: [], behind: 4, of: 4, cause: 'gone' },
  },
  reach: 'all',
  topics: 2,
  partitions: 9,
  replicas: 27,
  counts: [0, 7, 0, 0, 0, 2, 0],
  minIsrUnknown: 0,
  brokers: [
    {
      id: 3,
      host: 'b3',
      port: 9092,
      rack: null,
      listed: false,
      noListener: false,
      answers: 'no',
      answersSince: AT,
      course: '',
      silence: 'refused',
      replicas: 4,
      inSync: 0,
      leaders: 0,
      throttled: false,
      changing: false,
    },
  ],
  controller: 1,
  voters: null,
  quorum: 'leads',
  kafkaVersion: '4.0',
  changing: 0,
  lines: [
    { topic: 'payments', worst: UNDER_MIN_ISR, partitions: 4, counts: [0, 2, 0, 0, 0, 2, 0], changing: false },
    { topic: 'orders', worst: HEALTHY, partitions: 5, counts: [0, 5, 0, 0, 0, 0, 0], changing: true },
  ],
}
const TOPIC: PastTopic = {
  at: AT,
  topic: 'payments',
  is: 'there',
  changing: false,
  id: '',
  minIsr: 2,
  unclean: 'off',
  lagRecords: Number.NaN,
  partitions: 1,
  rows: [
    {
      partition: 0,
      state: 0,
      marks: 0,
      leader: 1,
      epoch: 4,
      inSync: [1],
      replicas: [1, 2],
      minIsr: 2,
      changing: {
        from: AT - 300,
        to: AT + 200,
        before: { state: HEALTHY, leader: 1, epoch: 4, inSync: [1, 2] },
        after: { state: UNDER_MIN_ISR, leader: 1, epoch: 4, inSync: [1] },
      },
    },
  ],
}
const AROUND = { from: AT - 9e5, to: AT + 9e5, previous: AT - 1, next: NaN }
let takeBack: () => void
beforeEach(() => (takeBack = layOut()))
afterEach(() => takeBack())

const answers = {
  'past:board': () => Promise.resolve(ok({ shown: BOARD })),
  'past:topic': () => Promise.resolve(ok({ shown: TOPIC })),
  'past:around': () => Promise.resolve(ok(AROUND)),
}

it.each(['en', 'zh-CN'] as const)(
  'the board says what was said then, with its time, and never healthy (%s)',
  async (locale) => {
    const { wrapper: page } = await openPage(PastBoardPage, { answers, locale })
    usePastStore().at = AT
    await flushPromises()
    const text = page.text()
    expect(text).toContain('3')
    expect(text).toContain(locale === 'en' ? 'all in sync' : '全部同步')
    expect(text).not.toMatch(/healthy|正常/)
    expect(page.find('[data-figure="refused"] dd').text()).toBe('2')
    expect(page.find('[data-past-broker="3"]').text()).toContain(locale === 'en' ? 'gone' : '已离开')
  },
)

it('a time that nobody watched is told as that, with the looks before and after', async () => {
  const nothing = { lack: 'unwatched', seenBefore: AT - 60_000, seenAfter: AT + 60_000 } as const
  const { wrapper: page } = await openPage(PastBoardPage, {
    answers: { ...answers, 'past:board': () => Promise.resolve(ok({ shown: null, nothing })) },
  })
  usePastStore().at = AT
  await flushPromises()
  expect(page.find('[data-past-board]').exists()).toBe(false)
  expect(page.text()).toContain('The cluster was not watched then.')
  expect(page.findAll('button').map((button) => button.text())).toEqual(['Last poll before', 'First poll after'])
})

it('a partition that was changing just then shows both, and lag is not known', async () => {
  const { wrapper: page } = await openPage(PastTopicPage, { answers, props: { topic: 'payments' } })
  usePastStore().at = AT
  await flushPromises()
  expect(page.text()).toContain('leader 1, ISR 1, 2 → leader 1, ISR 1')
  expect(page.text()).toContain('lag ? records')
})

it('what is kept a little later comes by itself, and nothing is asked for once another moment is looked at', async () => {
  const LATER = { shown: null, nothing: { lack: 'later', seenBefore: AT - 3_000, seenAfter: Infinity } } as const
  let kept = false
  const asked = { board: 0, topic: 0 }
  const count = <T>(what: 'board' | 'topic', shown: T) => {
    asked[what] += 1
    return Promise.resolve(ok(kept ? { shown } : LATER))
  }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { wrapper } = await openPage(PastBoardPage, {
    answers: {
      ...answers,
      'past:board': () => count('board', BOARD),
      'past:topic': () => count('topic', TOPIC),
    },
  })
  const past = usePastStore()
  past.at = AT
  await past.readTopic('payments', 0)
  await flushPromises()
  expect([past.board.is, past.topic.is]).toEqual(['nothing', 'nothing'])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toEqual({ board: 2, topic: 2 })
  kept = true
  await vi.advanceTimersByTimeAsync(2_000)
  expect([past.board.is, past.topic.is]).toEqual(['shown', 'shown'])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toEqual({ board: 3, topic: 3 })

  kept = false
  past.at = AT + 1
  await vi.advanceTimersByTimeAsync(1_000)
  past.at = null
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked.board).toBe(4)
  vi.useRealTimers()
  wrapper.unmount()
})
