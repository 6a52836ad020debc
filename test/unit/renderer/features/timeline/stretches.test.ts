import { describe, expect, it } from 'vitest'
import { stoodIn, type Change } from '../../../../../src-renderer/features/timeline/stretches'

const short = (...asked: Parameters<typeof stoodIn<boolean>>) =>
  stoodIn(...asked).map(({ from, to, as, maybe }) => [from, to, maybe ? 'maybe' : as] as const)
const left = (from: number, to: number): Change<boolean> => ({ from, to, before: true, after: false })
const joined = (from: number, to: number): Change<boolean> => ({ from, to, before: false, after: true })
const { NaN } = Number

describe('how it stood', () => {
  it.each<[string, readonly Change<boolean>[], boolean | null, readonly (readonly [number, number, unknown])[]]>([
    ['as now, where nothing changed', [], true, [[0, 100_000, true]]],
    ['is not known, where nothing changed and now is not known', [], null, [[0, 100_000, null]]],
    [
      'the other way round before a change',
      [left(10_000, 10_500)],
      null,
      [
        [0, 10_500, true],
        [10_500, 100_000, false],
      ],
    ],
    [
      'between two changes',
      [left(10_000, 10_500), joined(20_000, 20_500)],
      true,
      [
        [0, 10_500, true],
        [10_500, 20_500, false],
        [20_500, 100_000, true],
      ],
    ],
    [
      'somewhere in a gap',
      [left(10_000, 40_000)],
      false,
      [
        [0, 10_000, true],
        [10_000, 40_000, 'maybe'],
        [40_000, 100_000, false],
      ],
    ],
    [
      'not known before the first look',
      [left(NaN, 30_000)],
      false,
      [
        [0, 30_000, null],
        [30_000, 100_000, false],
      ],
    ],
    [
      'changed once more between two that do not fit',
      [left(10_000, 10_000), left(50_000, 50_000)],
      false,
      [
        [0, 10_000, true],
        [10_000, 50_000, 'maybe'],
        [50_000, 100_000, false],
      ],
    ],
    [
      'by the event, where now says something else',
      [left(10_000, 10_000)],
      true,
      [
        [0, 10_000, true],
        [10_000, 100_000, false],
      ],
    ],
  ])('%s', (_, changes, now, expected) => {
    expect(short(changes, 0, 100_000, now)).toEqual(expected)
  })

  it('has no holes and no overlaps, also where the clock went back', () => {
    const stood = stoodIn([left(50_000, 50_000), joined(20_000, 20_500), left(90_000, 200_000)], 0, 100_000, null)
    expect(stood[0]!.from).toBe(0)
    expect(stood.at(-1)!.to).toBe(100_000)
    stood.slice(1).forEach(({ from }, nth) => expect(from).toBe(stood[nth]!.to))
  })
})
