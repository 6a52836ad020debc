// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { AT_MIN_ISR, LAGGING, MARK_AT_MIN_BY_DESIGN, UNDER_MIN_ISR } from '@shared/states'
import { applyDelta, applyFrame } from '../../../../../src-renderer/stores/frame-reducer'
import { topicFigures } from '../../../../../src-renderer/features/topics/topic-columns'
import { matchingTopics, nameRanks, sortTopics } from '../../../../../src-renderer/features/topics/topic-order'
import { topicsTable } from '../../../../../src-renderer/features/topics/topics-export'
import { buildDelta, buildFrame } from '../../../../support/frames'

const frame = () =>
  buildFrame({
    topics: [
      ['b.orders', 4],
      ['__offsets', 2],
      ['a.orders', 3],
      ['design', 1],
    ],
    change: (_, topic, partition) => {
      if (topic === 'b.orders' && partition === 1) return { state: UNDER_MIN_ISR, lagRecords: 40, out: [3, 4, 5] }
      if (topic === 'b.orders' && partition === 2) return { state: LAGGING, lagRecords: 90 }
      if (topic === 'a.orders') return { lagRecords: Number.NaN }
      if (topic === 'design') return { state: AT_MIN_ISR, marks: MARK_AT_MIN_BY_DESIGN }
      return null
    },
  })
const all = { text: '', internal: true, troubledOnly: false }

describe('figures of topics', () => {
  it('hold the worst state, the missing replicas and the largest known lag', () => {
    const figures = topicFigures(applyFrame(frame()), null)
    expect([...figures.worstState]).toEqual([UNDER_MIN_ISR, 1, 1, AT_MIN_ISR])
    expect([...figures.underReplicated]).toEqual([1, 0, 0, 0])
    expect([...figures.maxLag]).toEqual([90, 0, Number.NaN, 0])
    expect([...figures.byDesign]).toEqual([0, 0, 0, 1])
    expect([...figures.partitions]).toEqual([4, 2, 3, 1])
  })

  it('after a delta are those of a whole new count', () => {
    const view = applyFrame(frame())
    const before = topicFigures(view, null)
    const next = applyDelta(
      view,
      buildDelta(view.frame, [6, 7], () => ({ state: LAGGING, lagRecords: 5 })),
    )
    if (next === 'refetch') throw new Error('refetch')
    const kept = topicFigures(next, before)
    expect(kept).toBe(before)
    expect(kept).toEqual(topicFigures({ ...next, changed: null }, null))
  })
})

describe('the order of topics', () => {
  const view = applyFrame(frame())
  const figures = topicFigures(view, null)
  const lower = view.frame.topics.names.map((name) => name.toLowerCase())
  const ranks = nameRanks(view.frame.topics.names)
  const names = (rows: Uint32Array): string[] => Array.from(rows, (topic) => view.frame.topics.names[topic]!)
  const sorted = (key: string, descending: boolean): string[] =>
    names(sortTopics(matchingTopics(view, lower, figures, all), view, figures, ranks, { key, descending }))

  it('is by name, both ways', () => {
    expect(sorted('topic', false)).toEqual(['__offsets', 'a.orders', 'b.orders', 'design'])
    expect(sorted('topic', true)).toEqual(['design', 'b.orders', 'a.orders', '__offsets'])
  })

  it('puts the worst first and unknown lags last; equal ones by name', () => {
    expect(sorted('state', true)).toEqual(['b.orders', 'design', '__offsets', 'a.orders'])
    expect(sorted('lag', true)).toEqual(['b.orders', '__offsets', 'design', 'a.orders'])
  })

  it('filters by all words, by trouble and by internal', () => {
    expect(names(matchingTopics(view, lower, figures, { ...all, text: 'ORDERS a' }))).toEqual(['a.orders'])
    expect(names(matchingTopics(view, lower, figures, { ...all, internal: false }))).not.toContain('__offsets')
    expect(names(matchingTopics(view, lower, figures, { ...all, troubledOnly: true }))).toEqual(['b.orders', 'design'])
  })

  it('is exported as it is shown, unknown as null', () => {
    const rows = [...topicsTable(view, figures, Uint32Array.of(2)).rows]
    expect(rows).toEqual([['a.orders', 'healthy', 3, 3, 2, 1, 0, null]])
  })
})
