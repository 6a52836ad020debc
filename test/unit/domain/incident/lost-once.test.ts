import { expect, it } from 'vitest'
import type { ClusterEvent, Incident } from '../../../../src-main/contract/history'
import { clusterEvent } from '../../../../src-main/domain/events/cluster-event'
import { START, type TopicRow } from '../../../support/columns'
import { Looks } from '../../../support/incident-looks'

const WELL: readonly TopicRow[] = [{ name: 't', partitions: [{ replicas: [1, 2, 3] }, { replicas: [2, 3, 1] }] }]
const lost = (at: number, amount: number, parts: Partial<ClusterEvent> = {}): ClusterEvent => ({
  ...clusterEvent(
    'lost',
    { from: Number.NaN, to: at },
    { topic: 't', partition: 0, broker: 2, other: 1, epoch: 7, amount },
  ),
  ...parts,
})
const anew = (at: number): ClusterEvent => clusterEvent('topic-anew', { from: at - 1, to: at }, { topic: 't' })

/** Findings of one look each, a second apart. */
const told = (...looks: readonly (readonly ClusterEvent[])[]): Incident => {
  const run = new Looks().at({ at: START, topics: WELL })
  looks.forEach((events, second) => run.at({ at: START + (second + 1) * 1_000, topics: WELL, events }))
  return run.newest
}
const inPhases = ({ phases }: Incident): number =>
  phases.filter(({ kind }) => kind === 'lost').reduce((sum, { amount }) => sum + amount, 0)

it.each<[string, readonly (readonly ClusterEvent[])[], number]>([
  ['once', [[lost(1, 510)]], 510],
  ['again with better figures', [[lost(1, 500)], [lost(2, 510)]], 510],
  ['again with the same ones', [[lost(1, 510)], [lost(2, 510)]], 510],
  ['again with a lower bound that is lower', [[lost(1, 510)], [lost(2, 12)]], 510],
  ['first without any figure', [[lost(1, Number.NaN)], [lost(2, 510)]], 510],
  ['twice in one look', [[lost(1, 500), lost(1, 510)]], 510],
  ['of another partition', [[lost(1, 500)], [lost(2, 10, { partition: 1 })]], 510],
  ['of the next epoch', [[lost(1, 500)], [lost(2, 10, { epoch: 8 })]], 510],
  ['of another topic', [[lost(1, 500)], [lost(2, 10, { topic: 'u' })]], 510],
  ['of the topic that was made anew, in the same epoch', [[lost(1, 500)], [anew(2)], [lost(3, 10)]], 510],
])('%s', (_, looks, atLeast) => {
  const incident = told(...looks)
  expect(incident.lostAtLeast).toBe(atLeast)
  expect(inPhases(incident)).toBe(atLeast)
})

it.each<[string, Partial<Incident>, number, number]>([
  ['still open', { ended: { from: Number.NaN, to: Number.NaN } }, 512, 512],
  ['reopened', { ended: { from: START - 60_000, to: START - 59_000 } }, 512, 512],
  ['reopened, with figures that are no better', { ended: { from: START - 60_000, to: START - 59_000 } }, 510, 510],
])('after a restart of the app, %s', (_, how, amount, atLeast) => {
  const past = { ...told([lost(1, 510)]), brokers: [1], ...how }
  const run = new Looks({ last: past, watchedTo: START - 2_000, lossesBefore: () => 510 })
  run.at({ at: START, topics: WELL }).at({ at: START + 1_000, topics: WELL, events: [lost(START + 1_000, amount)] })
  const incident = amount > 510 || run.isOpen ? run.newest : past
  expect(incident).toMatchObject({ id: past.id, lostAtLeast: atLeast })
})

it('a finding that was told before and tells nothing new begins no incident', () => {
  const run = new Looks({ lossesBefore: () => 510 })
  run.at({ at: START, topics: WELL }).at({ at: START + 1_000, topics: WELL, events: [lost(1, 510)] })
  expect(run.isOpen).toBe(false)
})

it('one that may be lost, without figures, begins one', () => {
  expect(told([lost(1, 0)])).toMatchObject({ lostAtLeast: 0, phases: [{ kind: 'lost', amount: 0 }] })
})
