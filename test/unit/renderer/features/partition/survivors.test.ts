import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Survivors } from '@contract/live'
import { LOSS_UNWATCHED } from '@contract/summary'
import type { ClusterSummary, LossSummary } from '@contract/summary'
import { OFFLINE } from '@shared/states'
import { nextStep } from '../../../../../src-renderer/features/next/step-words'
import PartitionPage from '../../../../../src-renderer/features/partition/PartitionPage.vue'
import { firstWords, uncleanWords } from '../../../../../src-renderer/features/partition/survivor-words'
import { buildDelta, buildFrame } from '../../../../support/frames'
import { openPage } from '../../../../support/open-page'
import { sayIn } from '../../../../support/say'
import { buildBroker, buildHeadline, buildLive } from '../../../../support/summaries'

const replica = (
  broker: number,
  changes: Partial<Survivors['replicas'][number]> = {},
): Survivors['replicas'][number] => ({
  broker,
  answers: true,
  eligible: true,
  inSync: false,
  inElr: false,
  logEndOffset: 100,
  readAt: Date.now() - 5000,
  lostRecords: 40,
  ...changes,
})
/** Broker 1 led last and is away with 40 records that nobody else has. */
const survivors = (changes: Partial<Survivors> = {}): Survivors => ({
  replicas: [
    replica(1, { answers: false, eligible: false, inElr: true, logEndOffset: 140, lostRecords: 0 }),
    replica(2),
    replica(3, { logEndOffset: Number.NaN, lostRecords: Number.NaN }),
  ],
  uncleanLeader: 2,
  longest: 1,
  bestLogEndOffset: 140,
  lostRecords: 40,
  lostAtLeast: true,
  awaited: 1,
  awaitsLogDir: false,
  ...changes,
})

// Only the time of day: an age must not depend on how long a page takes to mount.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const say = sayIn('en')
const LOST = { ...LOSS_UNWATCHED, open: 1, atLeast: 500, holders: [1] }
const withLoss = (loss: LossSummary, runs = false): ClusterSummary =>
  buildFrame({
    summary: {
      loss,
      headline: buildHeadline({ level: 'danger', offline: 1 }),
      brokers: [1, 2, 3].map((id) => buildBroker(id, id === 1 && !runs ? { listed: false, answers: 'no' } : {})),
    },
  }).summary

describe('a partition whose missing broker may still have lost records', () => {
  it.each<[string, Partial<Survivors>]>([
    ['it waits for that one', {}],
    ['it is not known for whom it waits', { awaited: -1 }],
  ])('asks for a copy before that broker is started, in the words of the board: %s', (_, change) => {
    for (const lang of ['en', 'zh-CN'] as const) {
      const words = firstWords(sayIn(lang), survivors(change), withLoss(LOST))
      expect(words).toContain(lang === 'en' ? 'Copy the log of broker 1 before starting it' : '先复制其日志')
      expect(nextStep(sayIn(lang), withLoss(LOST))).toContain(words)
    }
  })

  it.each<[string, ClusterSummary, Partial<Survivors>]>([
    ['it waits for another one', withLoss(LOST), { awaited: 3 }],
    ['that broker runs again', withLoss(LOST, true), {}],
    ['the loss is acknowledged', withLoss({ ...LOST, open: 0 }), {}],
  ])('asks to bring a broker back where %s', (_, summary, change) =>
    expect(firstWords(say, survivors(change), summary)).toContain('Try this first: bring broker'),
  )
})

describe('a partition without a leader', () => {
  it('says what to try first, what an unclean election would cost, and what each replica holds', async () => {
    const frame = buildFrame({ topics: [['payments.ledger', 5]] })
    const page = await openPage(PartitionPage, { props: { topic: 'payments.ledger', partition: 3 }, frame })
    const live = buildLive({ leader: -1, state: OFFLINE, takenAt: Date.now(), survivors: survivors() })
    await page.push({ type: 'delta', delta: { ...buildDelta(frame, [], () => ({}), 2), live } })
    const card = page.wrapper.find('[data-survivors]')
    expect(card.text()).toContain('Try this first: bring broker 1 back.')
    expect(card.text()).toContain(
      'would pick broker 2, the first live replica and not the longest log: at least 40 records would be lost.',
    )
    const row = (broker: number) => card.find(`[data-survivor="${broker}"]`).text().replace(/\s+/g, ' ')
    expect(row(1)).toBe('1no140 (read 5 s ago)0in the ELR · longest log')
    expect(row(2)).toBe('2yes10040would be picked')
    expect(row(3)).toBe('3yes??–')
    expect(card.find('button').exists()).toBe(false)
    page.wrapper.unmount()
  })

  it('does not make up a number, and does not call a guess a certainty', () => {
    expect(uncleanWords(say, survivors({ lostRecords: Number.NaN }))).toContain('is unknown')
    expect(uncleanWords(say, survivors({ lostRecords: 0 }))).toContain('a broker that does not answer may')
    expect(uncleanWords(say, survivors({ lostRecords: 0, lostAtLeast: false }))).toContain(
      'No log that was read is longer',
    )
    expect(uncleanWords(say, survivors({ uncleanLeader: -1 }))).toContain('None of its replicas is live')
    expect(firstWords(say, survivors({ awaited: -1 }), null)).toContain('bring the missing brokers back')
    expect(firstWords(say, survivors({ awaitsLogDir: true }), null)).toContain(
      'bring the failed log directory of broker 1 back',
    )
  })
})
