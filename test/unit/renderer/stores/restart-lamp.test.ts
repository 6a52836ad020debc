import { expect, it } from 'vitest'
import type { ClusterSummary } from '@contract/summary'
import type { WhatIf } from '@contract/what-if'
import { tally } from '@shared/tally'
import { restartLamp } from '../../../../src-renderer/stores/restart-lamp'
import type { Condition } from '../../../../src-renderer/stores/restart-lamp'
import { buildFrame } from '../../../support/frames'
import { buildBroker, buildHeadline, NOW } from '../../../support/summaries'
import { buildWhatIf } from '../../../support/what-if'

const BROKERS = [buildBroker(1), buildBroker(2), buildBroker(3)]
const summaryOf = (changes: Partial<ClusterSummary> = {}): ClusterSummary =>
  buildFrame({ takenAt: NOW, summary: { headline: buildHeadline(), brokers: BROKERS, ...changes } }).summary
const answerOf = (changes: Partial<WhatIf> = {}): WhatIf => buildWhatIf({ takenAt: NOW, ...changes })

it('is on go where every condition is proven', () => {
  expect(restartLamp(2, answerOf(), summaryOf(), false)).toMatchObject({ broker: 2, go: true, byDesign: 0 })
})

const others = (changes: Parameters<typeof buildBroker>[1]) => ({
  brokers: [buildBroker(1), buildBroker(2), buildBroker(3, changes)],
})
const quorum = (effect: WhatIf['quorum']['effect']) => ({ quorum: { ...buildWhatIf().quorum, effect } })
const headline = (changes: Parameters<typeof buildHeadline>[0]) => ({ headline: buildHeadline(changes) })

it.each<[string, Condition, 'no' | 'unknown', Partial<WhatIf>, Partial<ClusterSummary>, boolean]>([
  ['an old picture', 'fresh', 'unknown', {}, {}, true],
  ['an answer of another moment', 'fresh', 'unknown', { takenAt: NOW - 6000 }, {}, false],
  ['nothing read yet', 'fresh', 'unknown', {}, headline({ level: 'unread' }), false],
  ['its stop takes something offline', 'stop', 'no', { offline: tally(1) }, {}, false],
  ['blocks writes', 'stop', 'no', { refuses: tally(1) }, {}, false],
  ['loses records', 'stop', 'no', { loses: tally(1) }, {}, false],
  ['impacts is not known', 'stop', 'unknown', { refuses: tally(0, false) }, {}, false],
  ['the majority is lost', 'controllers', 'no', quorum('loses'), {}, false],
  ['no controller answers', 'controllers', 'no', quorum('silent'), {}, false],
  ['the controllers are not told', 'controllers', 'unknown', quorum('unknown'), {}, false],
  ['a replica is missing', 'replicas', 'no', {}, headline({ underReplicated: 1 }), false],
  ['a partition is offline', 'replicas', 'no', {}, headline({ offline: 1 }), false],
  ['replicas are not known', 'replicas', 'unknown', {}, headline({ underReplicated: tally(0, false) }), false],
  ['a replica is late', 'late', 'no', {}, headline({ lagging: 1 }), false],
  ['another broker is silent', 'brokers', 'no', {}, others({ answers: 'no' }), false],
  ['another is gone', 'brokers', 'no', {}, others({ listed: false, answers: 'no' }), false],
  ['another is coming back', 'brokers', 'no', {}, others({ course: 'returning' }), false],
  ['another is not heard yet', 'brokers', 'unknown', {}, others({ answers: 'connecting' }), false],
  ['another cannot be seen', 'brokers', 'unknown', {}, others({ noListener: true, listed: false }), false],
  ['a reassignment runs', 'reassigning', 'no', { reassigning: 3 }, {}, false],
  ['reassignments are not told', 'reassigning', 'unknown', { reassigning: null }, {}, false],
])('is on wait: %s', (_, what, holds, answer, summary, stale) => {
  const lamp = restartLamp(2, answerOf(answer), summaryOf(summary), stale)
  expect(lamp.go).toBe(false)
  expect(lamp.conditions.filter((one) => one.holds !== 'yes')).toMatchObject([{ what, holds }])
})

it('names who is away, and counts no partition twice', () => {
  const away = { brokers: [buildBroker(1, { answers: 'no' }), buildBroker(2, { answers: 'no' }), buildBroker(3)] }
  const lamp = restartLamp(
    2,
    answerOf(),
    summaryOf({ ...away, ...headline({ offline: 4, underReplicated: 9 }) }),
    false,
  )
  const of = (what: Condition) => lamp.conditions.find((one) => one.what === what)
  expect(of('brokers')).toMatchObject({ brokers: [1, 2], holds: 'no' })
  expect(of('replicas')?.count).toBe(9)
})
