import { expect, it } from 'vitest'
import { awayNow, standingNow } from '../../../../src-main/domain/telling/conditions'
import { topicPattern } from '../../../../src-main/domain/telling/topic-pattern'
import { runWhole } from '../../../../src-main/domain/slices'
import {
  AT_MIN_ISR,
  HEALTHY,
  MARK_AT_MIN_BY_DESIGN,
  OFFLINE,
  UNDER_MIN_ISR,
  UNDER_REPLICATED,
  UNKNOWN,
} from '../../../../src-main/shared/states'
import type { ClusterSummary } from '../../../../src-main/contract/summary'
import { buildBroker, buildHeadline, buildIncident } from '../../../support/summaries'

/** What of a summary is looked at. */
const summaryOf = (parts: Partial<ClusterSummary>): ClusterSummary =>
  ({ incident: null, brokers: [], headline: buildHeadline(), ...parts }) as ClusterSummary

type Seen = Parameters<typeof standingNow>[0]

function seen(topics: Readonly<Record<string, readonly (number | [number, number])[]>>, summary: ClusterSummary): Seen {
  const names = Object.keys(topics)
  const rows = Object.values(topics)
    .flat()
    .map((one) => (typeof one === 'number' ? ([one, 0] as const) : one))
  let at = 0
  const starts = [0, ...names.map((name) => (at += topics[name]!.length))]
  return {
    summary,
    topology: { topicNames: names, topicStart: Uint32Array.from(starts) } as unknown as Seen['topology'],
    columns: {
      state: Uint8Array.from(rows, ([state]) => state),
      marks: Uint8Array.from(rows, ([, marks]) => marks),
    } as unknown as Seen['columns'],
  }
}
const calm = summaryOf({ incident: null, brokers: [1, 2, 3].map((id) => buildBroker(id)) })
const stand = (topics: Parameters<typeof seen>[0], pattern = '', summary = calm) =>
  runWhole(standingNow(seen(topics, summary), awayNow(summary, []).brokers, topicPattern(pattern)))

it('counts what is worse for everything that is less bad too', () => {
  const { conditions, partitions, topics, topicCount } = stand({
    a: [HEALTHY, UNDER_REPLICATED, OFFLINE],
    b: [OFFLINE, UNDER_MIN_ISR, AT_MIN_ISR],
    c: [UNKNOWN],
  })
  expect(partitions).toEqual({ short: 5, oneAway: 4, refuses: 3, offline: 2 })
  expect([conditions, topics, topicCount]).toEqual([['short', 'oneAway', 'refuses', 'offline'], ['a', 'b'], 2])
})

it('leaves out what is so by design, what is not read, and topics that the rule is not about', () => {
  expect(stand({ a: [UNKNOWN, HEALTHY, [AT_MIN_ISR, MARK_AT_MIN_BY_DESIGN]] }).conditions).toEqual([])
  expect(stand({ a: [OFFLINE], 'pay.in': [UNDER_REPLICATED] }, 'pay.*')).toMatchObject({
    conditions: ['short'],
    topics: ['pay.in'],
    partitions: { offline: 0 },
  })
  expect(stand({}).conditions).toEqual([])
})

it('takes brokers and lost records whatever the topics are', () => {
  const summary = summaryOf({
    incident: { ...buildIncident(), lostAtLeast: 12 },
    brokers: [buildBroker(1), buildBroker(2, { answers: 'no', silence: 'timeout' }), buildBroker(9, { listed: false })],
  })
  expect(stand({ a: [OFFLINE] }, 'none', summary)).toMatchObject({
    conditions: ['away', 'lost'],
    brokers: [2, 9],
    lostAtLeast: 12,
  })
})

it('does not call a broker away that is not seen through a fault of our own side', () => {
  const summary = summaryOf({ incident: null, brokers: [buildBroker(2, { answers: 'no', silence: 'tls' })] })
  expect(stand({ a: [HEALTHY] }, '', summary).conditions).toEqual([])
})

it('takes one that is connected to again for silent until it answers', () => {
  const at = (answers: 'no' | 'connecting' | 'yes') =>
    summaryOf({ brokers: [buildBroker(2, { answers, silence: 'timeout' })] })
  const first = awayNow(at('no'), [])
  const second = awayNow(at('connecting'), first.silent)
  expect([first, second, awayNow(at('yes'), second.silent), awayNow(at('connecting'), [])]).toEqual([
    { brokers: [2], silent: [2] },
    { brokers: [2], silent: [2] },
    { brokers: [], silent: [] },
    { brokers: [], silent: [] },
  ])
})

it('is interrupted on its way through 200,000 partitions', () => {
  const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`t${n}`, Array<number>(100).fill(OFFLINE)]))
  const pass = standingNow(seen(many, calm), [], topicPattern(''))
  let pauses = 0
  for (let step = pass.next(); step.done !== true; step = pass.next()) pauses += 1
  expect(pauses).toBeGreaterThanOrEqual(10)
})
