// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { UNWATCHED, type FleetRow } from '@contract/fleet'
import { HEALTHY, OFFLINE, UNKNOWN } from '@shared/states'
import { headlineView } from '../../../../../src-renderer/features/board/headline'
import {
  basisOf,
  changesOf,
  fleetHeadline,
  sentenceOf,
  sinceOf,
  stripWords,
  twinStretches,
} from '../../../../../src-renderer/features/fleet/fleet-words'
import { buildFrame } from '../../../../support/frames'
import { sayIn } from '../../../../support/say'
import { buildHeadline, buildIncident } from '../../../../support/summaries'
import { AT, fleetRow, statusOf, unwatchedRow } from './fleet-rows'

const say = sayIn('en')
const frame = buildFrame()
const summary = { ...frame.summary, intervalMs: 2_000 }
const board = headlineView(say, summary, statusOf('live'), AT).sentence
const refused = {
  code: 'auth-failed' as const,
  step: 'sasl' as const,
  message: 'b1:9092: wrong password',
  leadsTo: '',
}

describe('a sentence', () => {
  it('is the board’s own', () => {
    expect(board).not.toBe('')
    expect(sentenceOf(say, fleetRow('a', { summary }), AT)).toBe(board)
  })

  it.each<[string, FleetRow, string]>([
    ['not watched', unwatchedRow('a'), 'Not watched, state unknown.'],
    ['not watched any more', unwatchedRow('a', { summary }), 'Not watched, state unknown.'],
    [
      'password',
      unwatchedRow('a', { watch: true, state: 'password' }),
      'not watched: its password is not in memory. Open it once',
    ],
    [
      'not reachable, with its reason',
      fleetRow('a', { state: 'blind', worst: 'blind', status: statusOf('lost', { problem: refused }) }),
      'Not reachable since 09:14:00. Sign-in was refused. Check user name, password and mechanism.',
    ],
    ['connecting', fleetRow('a', { state: 'connecting', status: statusOf('connecting') }), 'Connecting …'],
    [
      'paused',
      fleetRow('a', { state: 'paused', status: statusOf('paused'), summary }),
      `Paused. Last seen 2 s ago: ${board}`,
    ],
    [
      'too old to be of now',
      fleetRow('a', { summary, status: statusOf('live', { takenAt: AT - 11_000 }) }),
      `Last seen 11 s ago: ${board}`,
    ],
  ])('%s', (_, row, sentence) => {
    expect(sentenceOf(say, row, AT)).toBe(sentence)
  })
})

it('says what it stands on, and how old that is', () => {
  expect(basisOf(say, fleetRow('a', { summary }), AT, Number.NaN)).toContain('read 2 s ago')
  expect(basisOf(say, unwatchedRow('a'), AT, Number.NaN)).toBe('never opened')
  expect(basisOf(say, unwatchedRow('a'), AT, AT - 3_600_000)).toBe('last seen 08:15:00')
})

it.each<[string, FleetRow, string, string]>([
  [
    'one start of an incident',
    fleetRow('a', {
      worst: 'offline',
      summary: { ...summary, incident: buildIncident({ began: { from: AT - 61_000, to: AT - 60_000 } }) },
    }),
    '09:14:00',
    '1 min',
  ],
  [
    'began before the first look',
    fleetRow('a', {
      worst: 'offline',
      summary: { ...summary, incident: buildIncident({ began: { from: Number.NaN, to: AT - 60_000 } }) },
    }),
    'before 09:14:00',
    'at least 1 min',
  ],
  [
    'calm that was seen to begin',
    fleetRow('a', {
      summary: { ...summary, headline: buildHeadline({ level: 'well', since: AT - 60_000, began: 'seen' }) },
    }),
    '09:14:00',
    '1 min',
  ],
  [
    'calm at the first look',
    fleetRow('a', {
      summary: { ...summary, headline: buildHeadline({ level: 'well', since: AT - 60_000, began: 'opening' }) },
    }),
    'before 09:14:00',
    'at least 1 min',
  ],
  ['not reachable', fleetRow('a', { state: 'blind', status: statusOf('lost') }), '09:14:00', '1 min'],
  ['not watched', unwatchedRow('a', { summary }), '', ''],
])('since: %s', (_, row, at, duration) => {
  expect(sinceOf(say, row, AT)).toEqual({ at, duration })
})

it.each<[Pick<FleetRow, 'armedUntil' | 'readOnly'>, string]>([
  [{ readOnly: true, armedUntil: 0 }, 'read-only'],
  [{ readOnly: true, armedUntil: AT - 1 }, 'read-only'],
  [{ readOnly: true, armedUntil: AT + 482_000 }, 'armed 8:02'],
  [{ readOnly: false, armedUntil: Number.POSITIVE_INFINITY }, 'accepts changes'],
])('changes: %j', (row, text) => {
  expect(changesOf(say, row, AT).text).toBe(text)
})

it.each<[string, FleetRow[], string, string]>([
  ['one and all', [fleetRow('a')], 'No trouble seen in the cluster.', ''],
  ['all', [fleetRow('a'), fleetRow('b')], 'No trouble seen in any of the 2 clusters.', ''],
  [
    'some are not watched',
    [fleetRow('a'), unwatchedRow('b')],
    'No trouble seen in 1 cluster.',
    '1 not watched, state unknown.',
  ],
  ['none is watched', [unwatchedRow('a'), unwatchedRow('b')], 'No cluster is watched, so their state is unknown.', ''],
  ['nothing is read yet', [fleetRow('a', { state: 'connecting', known: false })], 'Reading the clusters …', ''],
  [
    'trouble, and what is not reached beside it',
    [
      fleetRow('a', { worst: 'offline' }),
      fleetRow('b', { worst: 'short' }),
      fleetRow('c', { state: 'blind', known: false }),
      fleetRow('d'),
    ],
    '2 of 4 clusters need you: a and b.',
    'c cannot be reached. No trouble seen in 1 cluster.',
  ],
  [
    'many',
    ['a', 'b', 'c', 'd', 'e'].map((name) => fleetRow(name, { worst: 'offline' })),
    '5 of 5 clusters need you: a, b, c and 2 more.',
    '',
  ],
  [
    'not enough is read',
    [fleetRow('a'), fleetRow('b', { known: false })],
    'No trouble seen in 1 cluster.',
    '1 not read enough to judge.',
  ],
])('over the list: %s', (_, rows, sentence, detail) => {
  expect(fleetHeadline(say, rows)).toEqual({ sentence, detail })
})

it('tells a strip to who hears it, worst first', () => {
  expect(stripWords(say, [HEALTHY, HEALTHY, OFFLINE, UNKNOWN, UNWATCHED], 60_000)).toBe(
    'The last 5 min, worst in each step: offline 1 min, healthy 2 min, unknown 1 min and not watched 1 min',
  )
})

it('has a lane as stretches, what is worst weighing most, and what was not watched more than calm', () => {
  const states = [UNWATCHED, HEALTHY, HEALTHY, OFFLINE, UNKNOWN]
  const stretches = twinStretches(say, 'orders-eu', states, { from: 0, stepMs: 60_000 })
  expect(stretches.map(({ what, from, to }) => [what, from / 60_000, to / 60_000])).toEqual([
    ['not watched', 0, 1],
    ['healthy', 1, 3],
    ['offline', 3, 4],
    ['unknown', 4, 5],
  ])
  expect(stretches.map(({ weight }) => weight)).toEqual([1, 0, OFFLINE, 1])
})
