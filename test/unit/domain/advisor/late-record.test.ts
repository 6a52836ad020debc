import { expect, it } from 'vitest'
import type { LateHour } from '../../../../src-main/contract/advisor'
import type { LateLook } from '../../../../src-main/domain/advisor/excursions'
import { LateRecorder } from '../../../../src-main/domain/advisor/late-record'
import { hourOf } from '../../../../src-main/domain/advisor/tally'
import { runWhole } from '../../../../src-main/domain/slices'
import { UNREAD_SETTINGS } from '../../../../src-main/domain/topology/reading'
import { readingOf, replicaIn } from '../../../support/columns'

const START = 1_699_999_200_000
const reading = readingOf([{ name: 't', partitions: [{ replicas: [1, 2] }] }])
const replica = replicaIn(reading, 0, 2)

const look = (recorder: LateRecorder, at: number, behindSince = Number.NaN, afterGap = false): LateHour[] => {
  reading.behindSince[replica] = behindSince
  reading.sentAt[replica] = reading.readAt[replica] = at
  reading.lagRecords[replica] = Number.isNaN(behindSince) ? 0 : 9
  const looked: LateLook = {
    topology: reading.topology,
    columns: reading,
    changed: Uint32Array.of(0),
    afterGap,
    settings: UNREAD_SETTINGS,
    reading,
    summary: {
      takenAt: at,
      brokers: [1, 2].map((id) => ({ id, listed: true, noListener: false, course: '' as const })),
    },
  }
  return runWhole(recorder.look(looked, [], false))
}

it('tells an excursion ten seconds after it began to watch, time alone once a minute, and the rest at the end', () => {
  const recorder = new LateRecorder()
  expect(look(recorder, START)).toEqual([])
  expect(look(recorder, START + 5_000, START + 1_000)).toEqual([])
  expect(recorder.underWay).toEqual({ late: 1, out: 0 })
  const [part] = look(recorder, START + 11_000)
  expect(part).toMatchObject({ at: hourOf(START), watchedMs: 11_000, unfollowed: 0 })
  expect(part?.tallies).toHaveLength(4)
  expect(look(recorder, START + 70_000)).toEqual([])
  expect(look(recorder, START + 72_000)).toMatchObject([{ watchedMs: 61_000, tallies: [] }])
  look(recorder, START + 80_000, START + 73_000)
  expect(recorder.stop()).toMatchObject([
    { watchedMs: 8_000, tallies: [{ kind: 'cluster', cutBy: { gap: 1 } }, {}, {}, {}] },
  ])
})

it('puts each hour by itself, and time that nobody watched nowhere', () => {
  const recorder = new LateRecorder()
  look(recorder, START)
  look(recorder, START + 30_000)
  expect(look(recorder, START + 3_600_000, Number.NaN, true)).toMatchObject([{ at: START, watchedMs: 30_000 }])
  expect(recorder.stop()).toMatchObject([{ at: START + 3_600_000, watchedMs: 0 }])
})

it('counts no time twice and none below zero where the clock goes back', () => {
  const recorder = new LateRecorder()
  look(recorder, START + 3_600_000)
  expect(look(recorder, START)).toMatchObject([{ at: START + 3_600_000, watchedMs: 0 }])
  look(recorder, START + 1_000)
  expect(recorder.stop()).toMatchObject([{ at: START, watchedMs: 1_000 }])
})
