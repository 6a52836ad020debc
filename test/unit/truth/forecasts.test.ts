import { describe, expect, it } from 'vitest'
import { HEALTHY, NEXT_LEAVES_ISR, NEXT_NONE, OFFLINE, UNDER_MIN_ISR, UNKNOWN } from '../../../src-main/shared/states'
import { tally } from '../../../src-main/shared/tally'
import { brokenStop, judgeCountdowns, judgeStates, type Standing, type Told } from '../../support/truth-forecasts'

const standing = (
  offline: readonly string[],
  refusing: readonly string[],
  asked: readonly number[] = [1],
): Standing => ({
  offline: new Set(offline),
  refusing: new Set(refusing),
  asked: new Set(asked),
})

describe('what was said of a stop', () => {
  const before = standing(['a-0'], ['b-0'])
  it.each([
    ['is what happened', tally(1), tally(1), standing(['a-0', 'c-0'], ['b-0', 'd-0']), 0],
    ['does not count what was so before', tally(0), tally(0), before, 0],
    [
      'is broken by one partition more without a leader',
      tally(0),
      tally(1),
      standing(['a-0', 'c-0', 'c-1'], ['b-0']),
      1,
    ],
    ['is broken by one partition fewer', tally(0), tally(2), standing(['a-0', 'c-0'], ['b-0']), 1],
    ['is broken by writes that go on', tally(2), tally(0), standing(['a-0'], ['b-0', 'd-0']), 1],
    [
      'of a part may be less than what happened',
      tally(0, false),
      tally(0, false),
      standing(['a-0', 'c-0'], ['d-0']),
      0,
    ],
    ['of a part may not be more', tally(2, false), tally(0), standing(['a-0'], ['b-0', 'd-0']), 1],
  ] as const)('%s', (_, refuses, offline, now, broken) => {
    expect(brokenStop({ refuses, offline }, before, now)).toHaveLength(broken)
  })
})

describe('a countdown', () => {
  const topology = { topicNames: ['orders'], topicIndex: Uint32Array.of(0), partition: Int32Array.of(0) }
  const at = (metadataAt: number, isr: string, countdown: readonly [number, number] | null, leader = 1): Told => ({
    topology,
    publishedAt: metadataAt + 10,
    metadataAt,
    leader: Int32Array.of(leader),
    isr: [isr],
    next: Uint8Array.of(countdown === null ? NEXT_NONE : NEXT_LEAVES_ISR),
    nextBroker: Int32Array.of(countdown === null ? -1 : 3),
    nextFrom: Float64Array.of(countdown?.[0] ?? NaN),
    nextTo: Float64Array.of(countdown?.[1] ?? NaN),
  })
  const SOON = [10_000, 15_000] as const

  it.each([
    ['is kept within its range', [at(9_000, '1+3', SOON), at(12_000, '1', null)], 1, 0],
    ['is broken by a departure before it', [at(8_000, '1+3', SOON), at(9_000, '1', null)], 1, 1],
    ['is broken by who stays', [at(18_000, '1+3', SOON), at(18_500, '1+3', SOON)], 0, 1],
    ['that was put off is not', [at(18_000, '1+3', SOON), at(18_500, '1+3', [17_000, 22_000])], 0, 0],
    ['says nothing of another leader', [at(8_000, '1+3', SOON), at(9_000, '3', null, 3)], 0, 0],
    ['says nothing of another one that leaves', [at(8_000, '1+2+3', SOON), at(9_000, '1+3', SOON)], 0, 0],
    ['that was not told is none', [at(8_000, '1+3', [NaN, 15_000]), at(9_000, '1', null)], 0, 0],
  ] as const)('%s', (_, statements, ended, broken) => {
    const judged = judgeCountdowns(statements, 0)
    expect([judged.ended, judged.broken.length]).toEqual([ended, broken])
  })

  it('is not broken by a process that stood still', () => {
    const late = [at(18_000, '1+3', SOON), at(18_500, '1+3', SOON)]
    expect(judgeCountdowns(late, 0, () => 1_000).broken).toEqual([])
  })

  it('of before is left alone', () => {
    expect(judgeCountdowns([at(8_000, '1+3', SOON), at(9_000, '1', null)], 8_500).ended).toBe(0)
  })
})

describe('what a picture says of a partition', () => {
  const topology = { topicNames: ['a'], topicIndex: Uint32Array.of(0), partition: Int32Array.of(0) }
  const picture = (state: number, level: 'well' | 'danger' = 'danger', leader = 1) => ({
    topology,
    state: Uint8Array.of(state),
    leader: Int32Array.of(leader),
    headline: { level },
  })

  it.each([
    ['is right', picture(UNDER_MIN_ISR), standing([], ['a-0']), 1, 0],
    ['that takes writes is refuted by a gauge', picture(HEALTHY), standing([], ['a-0']), 1, 1],
    ['that takes writes is refuted by a leader that is not there', picture(HEALTHY), standing(['a-0'], []), 1, 1],
    ['that refuses is refuted by one that does not', picture(UNDER_MIN_ISR), standing([], []), 1, 1],
    ['that is offline is refuted by a leader', picture(OFFLINE, 'danger', 1), standing([], []), 1, 1],
    ['is nothing where it is unknown', picture(UNKNOWN), standing([], ['a-0']), 0, 0],
    ['is not judged where its leader could not be asked', picture(HEALTHY), standing([], [], [2]), 0, 0],
    ['and "well" is refuted by any other', picture(HEALTHY, 'well'), standing(['b-0'], []), 1, 1],
  ] as const)('%s', (_, one, stood, told, refuted) => {
    const judged = judgeStates(one, stood)
    expect([judged.told, judged.refuted.length]).toEqual([told, refuted])
  })
})
