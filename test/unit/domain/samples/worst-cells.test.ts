import { expect, it } from 'vitest'
import { FIGURES } from '../../../../src-main/contract/kept-samples'
import type { Figure, KeptSeries } from '../../../../src-main/contract/kept-samples'
import { columnsOf } from '../../../../src-main/domain/samples/series'
import { worstCells } from '../../../../src-main/domain/samples/worst-cells'
import { STATE_NAMES } from '../../../../src-main/shared/states'

type Point = Partial<Record<Figure, number>>
const MINUTE = 60_000
const FROM = 100 * MINUTE

function series(
  points: readonly (readonly [at: number, point: Point])[],
  gaps: readonly [number, number][],
): KeptSeries {
  return {
    resolutionMs: 10_000,
    at: points.map(([at]) => FROM + at),
    figures: columnsOf((place) => points.map(([, point]) => point[FIGURES[place]!] ?? 0)),
    unwatched: gaps.map(([from, to]) => ({ from: FROM + from, to: FROM + to })),
    unreadable: 0,
  }
}
const named = (state: number): string => STATE_NAMES[state] ?? 'not watched'

it.each<[string, readonly (readonly [number, Point])[], [number, number][], string[]]>([
  ['nothing kept of a time that was watched', [], [], ['unknown', 'unknown', 'unknown']],
  ['nobody watched', [], [[0, 3 * MINUTE]], ['not watched', 'not watched', 'not watched']],
  [
    'all well',
    [
      [0, {}],
      [MINUTE, {}],
      [2 * MINUTE, {}],
    ],
    [],
    ['healthy', 'healthy', 'healthy'],
  ],
  [
    'the worst of a minute counts, whatever else was in it',
    [
      [0, { underReplicated: 4, atMinIsr: 3, underMinIsr: 2, offline: 1 }],
      [10_000, {}],
      [MINUTE, { underReplicated: 3, atMinIsr: 1 }],
      [MINUTE + 10_000, { underReplicated: 3, underMinIsr: 1 }],
      [2 * MINUTE, { lateMs: 900 }],
    ],
    [],
    ['offline', 'under-min-isr', 'lagging'],
  ],
  [
    'what was not read is not well, and hides no trouble',
    [
      [0, { unknown: 2 }],
      [10_000, {}],
      [MINUTE, { unknown: 2, underReplicated: 1 }],
      [2 * MINUTE, { offline: Number.NaN }],
    ],
    [],
    ['unknown', 'under-replicated', 'unknown'],
  ],
  [
    'a lag that is not known says nothing against it: states are judged by what is',
    [
      [0, { lateMs: Number.NaN }],
      [MINUTE, {}],
      [2 * MINUTE, {}],
    ],
    [],
    ['healthy', 'healthy', 'healthy'],
  ],
  [
    'watched for a part of a minute',
    [
      [50_000, { underReplicated: 1 }],
      [MINUTE, {}],
    ],
    [
      [0, 50_000],
      [2 * MINUTE, 3 * MINUTE],
    ],
    ['under-replicated', 'healthy', 'not watched'],
  ],
  [
    'points of another time are left out',
    [
      [-10_000, { offline: 1 }],
      [3 * MINUTE, { offline: 1 }],
    ],
    [],
    ['unknown', 'unknown', 'unknown'],
  ],
])('%s', (_, points, gaps, expected) => {
  expect(worstCells(series(points, gaps), FROM, MINUTE, 3).map(named)).toEqual(expected)
})
