// @vitest-environment node
import { expect, it } from 'vitest'
import { UNWATCHED, type FleetRow } from '@contract/fleet'
import type { ClusterSummary } from '@contract/summary'
import { HEALTHY, OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED, UNKNOWN } from '@shared/states'
import { byGravity, runsOf, stateOf, withNow } from '../../../../../src-renderer/features/fleet/standing'
import { fleetRow, unwatchedRow } from './fleet-rows'

const late = { headline: { level: 'watch' } } as ClusterSummary

it('is worst first inside PROD, STAGING and DEV; what nobody watches is last, and never well', () => {
  const rows = [
    unwatchedRow('prod-off'),
    fleetRow('prod-well-10'),
    fleetRow('prod-well-9'),
    fleetRow('prod-late', { summary: late }),
    fleetRow('prod-unread', { known: false }),
    fleetRow('prod-connecting', { state: 'connecting', known: false }),
    fleetRow('prod-password', { state: 'password', known: false }),
    fleetRow('prod-blind', { state: 'blind', worst: 'blind', known: false }),
    fleetRow('prod-short', { worst: 'short' }),
    fleetRow('prod-one-away', { worst: 'oneAway' }),
    fleetRow('prod-refuses', { worst: 'refuses' }),
    fleetRow('prod-offline', { worst: 'offline' }),
    fleetRow('prod-lost', { worst: 'lost' }),
    fleetRow('staging-lost', { environment: 'staging', worst: 'lost' }),
    fleetRow('dev-lost', { environment: 'dev', worst: 'lost' }),
  ]
  expect(rows.toSorted(byGravity).map(({ name }) => name)).toEqual([
    'prod-lost',
    'prod-offline',
    'prod-refuses',
    'prod-one-away',
    'prod-short',
    'prod-blind',
    'prod-password',
    'prod-unread',
    'prod-connecting',
    'prod-late',
    'prod-well-9',
    'prod-well-10',
    'prod-off',
    'staging-lost',
    'dev-lost',
  ])
})

it.each<[string, FleetRow, string]>([
  ['nobody watches', unwatchedRow('a'), 'unknown'],
  ['nobody watches, whatever was known once', unwatchedRow('a', { known: true, worst: 'offline' }), 'unknown'],
  ['not enough is read', fleetRow('a', { known: false }), 'unknown'],
  ['not reachable', fleetRow('a', { state: 'blind', worst: 'blind', known: false }), 'unknown'],
  ['not reachable after trouble', fleetRow('a', { state: 'blind', worst: 'offline', known: true }), 'unknown'],
  ['paused', fleetRow('a', { state: 'paused' }), 'unknown'],
  ['trouble outranks what is not read', fleetRow('a', { known: false, worst: 'refuses' }), 'under-min-isr'],
  ['lost', fleetRow('a', { worst: 'lost' }), 'lost'],
  ['late', fleetRow('a', { summary: late }), 'lagging'],
  ['well', fleetRow('a'), 'healthy'],
])('%s', (_, row, state) => {
  expect(stateOf(row)).toBe(state)
})

it.each<[string, readonly number[], FleetRow | undefined, readonly number[]]>([
  ['now is the last cell', [HEALTHY, UNKNOWN], fleetRow('a', { worst: 'refuses' }), [HEALTHY, UNDER_MIN_ISR]],
  ['what was worse in this cell stays', [HEALTHY, OFFLINE], fleetRow('a', { worst: 'short' }), [HEALTHY, OFFLINE]],
  ['of lost records what is kept stays', [HEALTHY, OFFLINE], fleetRow('a', { worst: 'lost' }), [HEALTHY, OFFLINE]],
  ['watched from now on', [UNWATCHED, UNWATCHED], fleetRow('a'), [UNWATCHED, HEALTHY]],
  ['not watched stays so', [HEALTHY, UNWATCHED], unwatchedRow('a'), [HEALTHY, UNWATCHED]],
  ['nothing is known of the row', [HEALTHY], undefined, [HEALTHY]],
  ['no cells', [], fleetRow('a'), []],
])('the strip: %s', (_, states, row, expected) => {
  expect(withNow(states, row)).toEqual(expected)
})

it('draws neighbours of one state as one', () => {
  expect(runsOf([])).toEqual([])
  expect(runsOf([1, 1, UNWATCHED, UNDER_REPLICATED, UNDER_REPLICATED, 1])).toEqual([
    { state: 1, cells: 2 },
    { state: UNWATCHED, cells: 1 },
    { state: UNDER_REPLICATED, cells: 2 },
    { state: 1, cells: 1 },
  ])
})
