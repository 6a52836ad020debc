// @vitest-environment node
import { expect, it } from 'vitest'
import { AT_MIN_ISR, MARK_AT_MIN_BY_DESIGN, MARK_LEADER_SILENT, UNDER_REPLICATED } from '@shared/states'
import { livePhase } from '../../../../src-renderer/app/live-phase'
import { needALook } from '../../../../src-renderer/app/nav-counts'
import { applyFrame } from '../../../../src-renderer/stores/frame-reducer'
import { buildBroker, buildHeadline } from '../../../support/summaries'
import { buildFrame } from '../../../support/frames'

it.each([
  [false, false, null, false, 'closed'],
  [true, false, null, false, 'connecting'],
  [true, false, 'lost', false, 'connecting'],
  [true, true, 'live', false, 'live'],
  [true, true, 'live', true, 'stale'],
  [true, true, 'lost', true, 'lost'],
  [true, true, 'paused', true, 'paused'],
] as const)('open %s, picture %s, phase %s, stale %s reads %s', (open, picture, phase, stale, expected) =>
  expect(livePhase(open, picture, phase, stale)).toBe(expected),
)

it('counts what needs a look, without what is at min ISR by design', () => {
  const frame = buildFrame({
    topics: [
      ['a', 2],
      ['b', 2],
      ['c', 1],
    ],
    change: (_, topic) =>
      topic === 'a'
        ? { state: UNDER_REPLICATED }
        : topic === 'b'
          ? { state: AT_MIN_ISR, marks: MARK_AT_MIN_BY_DESIGN }
          : null,
    summary: {
      brokers: [
        buildBroker(1, { replicas: 4, inSync: 4 }),
        buildBroker(2, { answers: 'no', replicas: 4, inSync: 4 }),
        buildBroker(3, { replicas: 4, inSync: 1 }),
        buildBroker(4, { listed: false }),
      ],
    },
  })
  expect(needALook(frame.summary, applyFrame(frame))).toEqual({ board: 2, topics: 1, brokers: 3, history: 0, loss: 0 })
  expect(needALook(null, null)).toEqual({ board: 0, topics: 0, brokers: 0, history: 0, loss: 0 })
})

it('counts partitions whose leader does not answer, although the cluster calls them healthy', () => {
  const silent = {
    broker: 2,
    rack: null,
    since: 0,
    silence: 'timeout' as const,
    returning: false,
    heard: false,
    leadsTo: '',
    fencedFrom: 1,
    fencedTo: 2,
    leads: 2,
    thenRefuses: 0,
    thenOffline: 0,
    thenLoses: 0,
  }
  const frame = buildFrame({
    topics: [
      ['a', 2],
      ['b', 2],
    ],
    // One of the two is under-replicated besides: it is one partition all the same.
    change: (row, topic) =>
      topic === 'a' ? { marks: MARK_LEADER_SILENT, ...(row === 0 ? { state: UNDER_REPLICATED } : {}) } : null,
    summary: {
      headline: buildHeadline({ silent: [silent] }),
      brokers: [buildBroker(1), buildBroker(2, { answers: 'no' })],
    },
  })
  expect(needALook(frame.summary, applyFrame(frame))).toEqual({ board: 2, topics: 1, brokers: 1, history: 0, loss: 0 })
})
