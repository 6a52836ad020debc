import { describe, expect, it } from 'vitest'
import { outsideOf, stretchTwin } from '../../../../../src-renderer/features/common/stretch-twin'
import { sayIn } from '../../../../support/say'
import { NOW } from '../../../../support/summaries'

const say = sayIn('en')
const basis = { name: 'Lanes', source: 'kept', readAt: NOW, madeAt: NOW } as const

describe('what lies in no gap', () => {
  it.each([
    ['none', [], [[10, 50]]],
    [
      'before and after',
      [
        [0, 10],
        [50, 60],
      ],
      [[10, 50]],
    ],
    ['over its beginning', [[0, 20]], [[20, 50]]],
    ['over its end', [[40, 60]], [[10, 40]]],
    [
      'inside, twice',
      [
        [20, 25],
        [30, 35],
      ],
      [
        [10, 20],
        [25, 30],
        [35, 50],
      ],
    ],
    ['over all of it', [[0, 60]], []],
  ])('%s', (_, gaps, parts) => {
    const found = outsideOf(
      { from: 10, to: 50, text: 'in' },
      gaps.map(([from, to]) => ({ from: from!, to: to! })),
    )
    expect(found).toEqual(parts.map(([from, to]) => ({ from, to, text: 'in' })))
  })
})

describe('bands as a table', () => {
  it('is cut to the span, band by band, the newest first; a moment has no end', () => {
    const span = { from: NOW - 60_000, until: NOW }
    const twin = stretchTwin(
      say,
      [
        { who: 'broker 1', what: 'up', from: NOW - 90_000, to: NOW - 30_000, weight: 0 },
        { who: 'broker 2', what: 'gone', from: NOW - 50_000, to: NOW - 20_000, weight: 4 },
        { who: 'broker 1', what: 'silent', from: NOW - 30_000, to: NOW + 30_000, weight: 4 },
        { who: 'broker 1', what: 'up', from: NOW - 120_000, to: NOW - 90_000, weight: 0 },
        { who: 'orders', what: 'left the ISR: 1', from: NOW - 10_000, to: NOW - 10_000, weight: 2 },
      ],
      { ...basis, span },
    )
    expect(twin.rows.map(({ cells: [who, what, , , lasted] }) => [who, what, lasted])).toEqual([
      ['broker 1', 'silent', '30 s'],
      ['broker 1', 'up', '30 s'],
      ['broker 2', 'gone', '30 s'],
      ['orders', 'left the ISR: 1', ''],
    ])
    expect(twin.notes).toEqual([])
  })

  it('has sixty rows at most: the calm ones go first, and how many went is said', () => {
    const stretches = Array.from({ length: 100 }, (_, at) => ({
      who: 'partitions',
      what: at === 3 ? 'offline' : 'healthy',
      from: NOW - 100_000 + at * 1_000,
      to: NOW - 99_000 + at * 1_000,
      weight: at === 3 ? 7 : 0,
    }))
    const twin = stretchTwin(say, stretches, { ...basis, span: { from: NOW - 100_000, until: NOW } })
    expect(twin.rows).toHaveLength(60)
    expect(twin.rows.at(-1)!.cells[1]).toBe('offline')
    expect(twin.notes).toEqual(['40 more rows are left out; none is more serious.'])
  })
})
