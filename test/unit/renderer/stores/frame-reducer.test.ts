// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { AT_MIN_ISR, OFFLINE, UNDER_REPLICATED } from '@shared/states'
import { applyDelta, applyFrame } from '../../../../src-renderer/stores/frame-reducer'
import type { FrameView } from '../../../../src-renderer/stores/frame-view'
import { buildDelta, buildFrame } from '../../../support/frames'

const started = (): FrameView => applyFrame(buildFrame())
const applied = (result: FrameView | 'refetch'): FrameView => {
  if (result === 'refetch') throw new Error('the delta was not taken')
  return result
}

describe('a frame as a view', () => {
  it('finds rows by topic and partition, and the topic of a row', () => {
    const view = started()
    const row = view.rowOf('payments.ledger', 11)
    expect(view.frame.partition[row]).toBe(11)
    expect(view.frame.topics.names[view.topicIndex[row]!]).toBe('payments.ledger')
    expect(view.rowOf('payments.ledger', 48)).toBe(-1)
    expect(view.rowOf('no.such', 0)).toBe(-1)
    expect(view.topicOf('no.such')).toBe(-1)
  })

  it('finds a partition whose number is not its place', () => {
    const frame = buildFrame({ topics: [['a', 3]] })
    frame.partition.set([0, 2, 5])
    expect(applyFrame(frame).rowOf('a', 5)).toBe(2)
    expect(applyFrame(frame).rowOf('a', 1)).toBe(-1)
  })
})

describe('a delta', () => {
  it('changes the listed rows, their flags and the summary, and nothing else', () => {
    const view = started()
    const [row, other] = [view.rowOf('orders.paid', 4), view.rowOf('orders.paid', 5)]
    const delta = buildDelta(view.frame, [row], () => ({
      state: UNDER_REPLICATED,
      lagRecords: 1204,
      out: [view.frame.replicaBroker[view.frame.replicaStart[row]! + 2]!],
    }))
    const next = applied(applyDelta(view, delta))
    expect(next.frame.columns.state[row]).toBe(UNDER_REPLICATED)
    expect(next.frame.columns.lagRecords[row]).toBe(1204)
    expect([...next.frame.replicaFlags.subarray(row * 3, row * 3 + 3)]).toEqual([1, 1, 0])
    expect(next.frame.columns.state[other]).toBe(view.frame.columns.state[other])
    expect([...next.changed!]).toEqual([row])
    expect(next).not.toBe(view)
    expect(next.seq).toBe(view.seq + 1)
    expect(next.takenAt).toBe(delta.takenAt)
  })

  it('brings the lags of the rows in view', () => {
    const view = started()
    const delta = {
      ...buildDelta(view.frame, [3], () => ({ state: AT_MIN_ISR })),
      view: { rows: Uint32Array.of(8, 3), lagRecords: Float64Array.of(77, 12) },
    }
    const next = applied(applyDelta(view, delta))
    expect(next.frame.columns.lagRecords[8]).toBe(77)
    expect(next.frame.columns.lagRecords[3]).toBe(12)
    expect([...next.changed!].sort((a, b) => a - b)).toEqual([3, 8])
  })

  const spoilt: readonly (readonly [string, (view: FrameView) => Parameters<typeof applyDelta>[1]])[] = [
    ['a gap in seq', (view) => buildDelta(view.frame, [1], () => ({ state: OFFLINE }), view.seq + 2)],
    ['a seq that was there already', (view) => buildDelta(view.frame, [1], () => ({ state: OFFLINE }), view.seq)],
    ['another epoch', (view) => ({ ...buildDelta(view.frame, [1], () => ({ state: OFFLINE })), epoch: 2 })],
    ['another cluster', (view) => ({ ...buildDelta(view.frame, [1], () => ({ state: OFFLINE })), cluster: 'other' })],
    [
      'a row that is not there',
      (view) => ({ ...buildDelta(view.frame, [1], () => ({ state: OFFLINE })), rows: Uint32Array.of(999_999) }),
    ],
    [
      'too few flags',
      (view) => ({ ...buildDelta(view.frame, [1], () => ({ state: OFFLINE })), replicaFlags: new Uint8Array(2) }),
    ],
    [
      'a column of another length',
      (view) => {
        const delta = buildDelta(view.frame, [1], () => ({ state: OFFLINE }))
        return { ...delta, columns: { ...delta.columns, next: new Uint8Array(4) } }
      },
    ],
  ]
  it.each(spoilt)('with %s asks for a frame and leaves the picture as it was', (_, build) => {
    const view = started()
    const before = view.frame.columns.state.slice()
    expect(applyDelta(view, build(view))).toBe('refetch')
    expect(view.frame.columns.state).toEqual(before)
  })

  it('before any frame asks for one', () => {
    expect(
      applyDelta(
        null,
        buildDelta(buildFrame(), [0], () => ({})),
      ),
    ).toBe('refetch')
  })
})
