import { expect, it } from 'vitest'
import type { ClusterEvent, Incident, Span } from '../../../../src-main/contract/history'
import { clusterEvent } from '../../../../src-main/domain/events/cluster-event'
import { Phases } from '../../../../src-main/domain/incident/phases'
import { START, type TopicRow } from '../../../support/columns'
import { Looks } from '../../../support/incident-looks'

const HOUR = 3_600_000
const row = (isr: readonly number[]): readonly TopicRow[] => [{ name: 't', partitions: [{ replicas: [1, 2, 3], isr }] }]
const WELL = row([1, 2, 3])
const SHORT = row([1, 3])

const inverted = (spans: readonly Span[]): readonly Span[] => spans.filter(({ from, to }) => from > to)
const spansOf = ({ began, ended, phases }: Incident): readonly Span[] => [began, ended, ...phases]
const all = (run: Looks): readonly Span[] => [...run.events, ...run.kept.flatMap(spansOf), ...spansOf(run.newest)]

it.each<[string, (run: Looks) => unknown]>([
  ['before trouble', (run) => run.at({ at: START, topics: WELL }).at({ at: START - HOUR, topics: SHORT })],
  [
    'in trouble, and whole after it',
    (run) =>
      run
        .at({ at: START, topics: WELL })
        .at({ at: START + 1_000, topics: SHORT })
        .at({ at: START - HOUR, topics: SHORT })
        .until(START - HOUR + 60_000, { topics: WELL }, START - HOUR + 1_000),
  ],
  [
    'while it is whole and not over yet',
    (run) =>
      run
        .at({ at: START, topics: WELL })
        .at({ at: START + 1_000, topics: SHORT })
        .until(START + 10_000, { topics: WELL }, START + 2_000)
        .until(START - HOUR + 60_000, { topics: WELL }, START - HOUR),
  ],
  [
    'over a gap',
    (run) =>
      run
        .at({ at: START, topics: WELL })
        .at({ at: START + 1_000, topics: SHORT })
        .at({ at: START - HOUR, topics: WELL, afterGap: true }),
  ],
])('set back by an hour %s, nothing ends before it begins', (_, play) => {
  const run = new Looks()
  play(run)
  expect(all(run).length).toBeGreaterThan(3)
  expect(inverted(all(run))).toEqual([])
})

it('half a minute is counted anew, and it does not take the hour', () => {
  const run = new Looks().at({ at: START, topics: WELL }).at({ at: START + 1_000, topics: SHORT })
  run.until(START + 10_000, { topics: WELL }, START + 2_000)
  run.until(START - HOUR + 29_000, { topics: WELL }, START - HOUR)
  expect(run.isOpen).toBe(true)
  run.until(START - HOUR + 31_000, { topics: WELL }, START - HOUR + 30_000)
  expect(run.isOpen).toBe(false)
})

it('between two runs: since when is not known, and the time nobody looked has no length below zero', () => {
  const open = new Looks().at({ at: START, topics: WELL }).at({ at: START + 1_000, topics: SHORT }).newest
  const past = { ...open, ended: { from: Number.NaN, to: Number.NaN } }
  const run = new Looks({ last: past, watchedTo: START + 1_000 }).at({ at: START - HOUR, topics: WELL })
  expect(inverted(all(run))).toEqual([])
  const fresh = new Looks({ watchedTo: START + 1_000 }).at({ at: START - HOUR, topics: SHORT })
  expect(fresh.newest.began).toEqual({ from: Number.NaN, to: START - HOUR })
})

it('an event is within its span, or since when is not known', () => {
  const event: ClusterEvent = clusterEvent('gone', { from: START + HOUR, to: START }, { broker: 2 })
  expect(event).toMatchObject({ from: Number.NaN, to: START })
})

it('a phase of an hour ago by the new clock is not the one of a moment ago', () => {
  const phases = new Phases()
  phases.turn('gone', { from: START, to: START }, [1], 1)
  phases.turn('gone', { from: START - HOUR, to: START - HOUR }, [2], 1)
  expect(phases.all).toHaveLength(2)
})
