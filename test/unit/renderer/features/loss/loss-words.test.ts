import { describe, expect, it } from 'vitest'
import type { KeptLoss } from '@contract/loss'
import { LOSS_UNWATCHED } from '@contract/summary'
import type { ClusterSummary, LossSummary } from '@contract/summary'
import { headlineView } from '../../../../../src-renderer/features/board/headline'
import { nextStep } from '../../../../../src-renderer/features/next/step-words'
import { lossExport } from '../../../../../src-renderer/features/loss/loss-export'
import { evidence, lossBar, lostWords, noLoss } from '../../../../../src-renderer/features/loss/loss-words'
import { saveCommands } from '../../../../../src-renderer/features/loss/save-commands'
import { buildFrame } from '../../../../support/frames'
import { sayIn } from '../../../../support/say'
import { buildBroker, buildHeadline, NOW } from '../../../../support/summaries'

const en = sayIn('en')
const zh = sayIn('zh-CN')
const SEEN = NOW - 60_000
const OPEN: LossSummary = {
  ...LOSS_UNWATCHED,
  open: 1,
  atLeast: 500,
  topics: [{ topic: 'shop.orders', partitions: 1, atLeast: 500 }],
  topicCount: 1,
  firstSeenAt: SEEN,
  lastSeenAt: SEEN,
  holders: [1],
  watchedSince: NOW - 600_000,
}
const WATCHED: LossSummary = { ...LOSS_UNWATCHED, watchedSince: Date.UTC(2026, 10, 23, 2, 5) }
const DEAD = buildBroker(1, { listed: false, answers: 'no' })

function summary(loss: LossSummary, more: Partial<ClusterSummary> = {}): ClusterSummary {
  return buildFrame({ summary: { headline: buildHeadline(), loss, brokers: [DEAD, buildBroker(2)], ...more } }).summary
}

const FINDING: KeptLoss = {
  id: 1,
  topic: 'shop.orders',
  topicId: 'AAAAAAAAAAAAAAAAAAAABw',
  partition: 0,
  kind: 'unclean-election',
  atLeast: 500,
  atMost: Number.NaN,
  missingAsRead: 500,
  oldLeader: 1,
  newLeader: 2,
  oldEpoch: 4,
  epoch: 5,
  partsAt: 1_000,
  highWatermark: 1_500,
  seenAt: SEEN,
  holders: [{ broker: 1, logEndOffset: 1_500, readAt: SEEN - 9_000 }],
  acknowledged: null,
}

describe('the bar over every page', () => {
  it('says how many at least, where they still are, and what not to do', () => {
    expect(lossBar(en, summary(OPEN), NOW)).toEqual({
      sentence: 'shop.orders lost acknowledged records: at least 500.',
      detail: 'Seen at 03:16:01. Broker 1 may still have them: do not start it before its log is copied.',
    })
    expect(lossBar(zh, summary(OPEN), NOW)!.sentence).toBe('shop.orders 丢失了已确认的记录：至少 500 条。')
  })

  it.each<[string, Partial<LossSummary>, string]>([
    ['none can be counted', { atLeast: 0 }, 'shop.orders may have lost acknowledged records.'],
    [
      'several partitions',
      { open: 6, atLeast: 11_946 },
      'shop.orders lost acknowledged records on 6 partitions: at least 11,946.',
    ],
    [
      'several topics',
      { open: 6, topicCount: 3 },
      'shop.orders and 2 more lost acknowledged records on 6 partitions: at least 500.',
    ],
  ])('%s', (_, change, sentence) => {
    expect(lossBar(en, summary({ ...OPEN, ...change }), NOW)!.sentence).toBe(sentence)
  })

  it('a holder that answers again has cut its log back', () => {
    const { detail } = lossBar(en, summary(OPEN, { brokers: [buildBroker(1), buildBroker(2)] }), NOW)!
    expect(detail).toContain('Broker 1 answers again: as a follower it truncates its log')
    expect(detail).not.toContain('do not start')
  })

  it('is not there while no alarm is open', () => {
    expect(lossBar(en, summary(WATCHED), NOW)).toBeNull()
  })
})

describe('the next step', () => {
  const headline = buildHeadline({ level: 'danger', offline: 67 })
  it('never asks to start a broker that may still have lost records, before its log is copied', () => {
    for (const say of [en, zh]) {
      const away = nextStep(
        say,
        summary(OPEN, { headline, brokers: [buildBroker(1, { listed: false, answers: 'no' })] }),
      )
      expect(away).toContain(
        say === en ? 'Copy the log of broker 1 before starting it' : '启动 Broker 1 之前先复制其日志',
      )
    }
  })

  it('is the usual one once it runs, or the loss is acknowledged', () => {
    const back = nextStep(en, summary(OPEN, { headline, brokers: [buildBroker(1)] }))
    const calm = nextStep(en, summary(WATCHED, { headline, brokers: [buildBroker(1, { answers: 'no' })] }))
    expect([back, calm].some((step) => step.includes('Copy the log'))).toBe(false)
  })
})

describe('no loss', () => {
  it.each<[string, Partial<LossSummary>, Partial<ClusterSummary>, string]>([
    [
      'is said with since when that was watched completely',
      {},
      {},
      'No acknowledged record of the 13 topics seen was found lost since 02:05:00, when watching began.',
    ],
    [
      'is no more than no sign while a change of leaders is not judged',
      { undecided: 1 },
      {},
      'No sign of lost records of the 13 topics seen since 02:05:00, when watching began; not every partition could be judged.',
    ],
    [
      'nor where a partition is not read',
      {},
      { counts: [1, 5, 0, 0, 0, 0, 0] },
      'No sign of lost records of the 13 topics seen since 02:05:00, when watching began; not every partition could be judged.',
    ],
    [
      'nor where log ends are not told',
      {},
      { limits: [{ what: 'log-end-offsets', reason: 'unsupported' }] },
      'No sign of lost records of the 13 topics seen since 02:05:00, when watching began; not every partition could be judged.',
    ],
    [
      'is not said while a kept finding cannot be read',
      { unreadable: 2 },
      {},
      '2 stored records-lost findings cannot be read.',
    ],
    [
      'is not said where no topic is seen (K4.1)',
      {},
      { topics: 0, partitions: 0 },
      'Whether records are lost is unknown: no topic is seen.',
    ],
    ['is not said where it is proven that there is no topic', {}, { topics: 0, partitions: 0, reach: 'all' }, ''],
    [
      'is said of what this login may see, no more',
      {},
      { topics: 1, reach: 'visible' },
      'No acknowledged record of the only topic visible to this login was found lost since 02:05:00, when watching began.',
    ],
    ['is not said where nothing is watched', { watchedSince: Number.NaN }, {}, ''],
    ['is not said while an alarm is open', { open: 1 }, {}, ''],
  ])('%s', (_, loss, more, words) => {
    expect(noLoss(en, summary({ ...WATCHED, ...loss }, more), NOW)).toBe(words)
  })

  it('stands in the headline, whose own level is that of its sentence: the alarm has the bar above it', () => {
    const status = { phase: 'live', takenAt: NOW } as const
    const calm = headlineView(en, summary(WATCHED), status, NOW)
    expect([
      calm.level,
      calm.detail.includes('No acknowledged record of the 13 topics seen was found lost since 02:05:00'),
    ]).toEqual(['well', true])
    const alarmed = headlineView(en, summary(OPEN), status, NOW)
    expect([alarmed.level, alarmed.detail.includes('was found lost since')]).toEqual(['well', false])
  })
})

it.each<[Partial<KeptLoss>, string]>([
  [{}, 'at least 500'],
  [{ atMost: 620 }, 'at least 500, at most 620'],
  [{ atLeast: 50, missingAsRead: 500 }, 'at least 50; 500 more than the new leader when last read'],
  [{ atLeast: 0, missingAsRead: Number.NaN }, 'amount unknown'],
  [{ atLeast: 0, missingAsRead: 500 }, 'unknown; 500 more than the new leader when last read'],
])('%j is %s', (change, words) => {
  expect(lostWords(en, { ...FINDING, ...change })).toBe(words)
})

it('each kind says how it was seen', () => {
  expect(evidence(en, FINDING)).toBe(
    'Unclean election: broker 2 was in neither the ISR nor the ELR when it took over from broker 1 (epoch 4 → 5). The logs diverge at 1,000; the high watermark had been 1,500.',
  )
  for (const kind of ['log-end-back', 'epochs-part', 'replica-ahead'] as const)
    expect(evidence(en, { ...FINDING, kind })).toContain('1,000')
})

it('the commands name every folder of a broker, and run nothing before they are told where', () => {
  const odd = { ...FINDING, partition: 3, topic: "it's" }
  const [one, ...others] = saveCommands([FINDING, odd, { ...FINDING, holders: [] }])
  expect(others).toEqual([])
  expect(one!.folders).toEqual(['shop.orders-0', "it's-3"])
  expect(one!.copy).toBe(
    `: "\${LOG_DIR:?set it to the folder of log.dirs of broker 1}" && mkdir -p "\${SAVE_TO:?set it to a folder on another disk}" && cp -a "$LOG_DIR"/shop.orders-0 "$LOG_DIR"/'it'\\''s-3' "$SAVE_TO"/`,
  )
  expect(one!.read.split('\n')).toHaveLength(2)
})

it('the evidence is a row a finding, unknown figures as unknown ones', () => {
  const { columns, rows } = lossExport([FINDING])
  const [row] = [...rows]
  const cells = Object.fromEntries(columns.map((column, at) => [column, row![at]]))
  expect(cells).toMatchObject({ lostAtLeast: 500, lostAtMost: Number.NaN, heldBy: '1 to 1500', acknowledgedBy: null })
})
