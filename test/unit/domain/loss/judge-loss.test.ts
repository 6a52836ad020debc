import { describe, expect, it } from 'vitest'
import { holdersOf, judgeLoss } from '../../../../src-main/domain/loss/judge-loss'
import type { Reign, Successor } from '../../../../src-main/domain/loss/judge-loss'

const end = (broker: number, logEndOffset: number): Reign['ends'][number] => ({ broker, logEndOffset, readAt: 1_000 })

/** Broker 1 led alone and had 1,500 records, all acknowledged; 2 and 3 stood still at 1,000. */
const SHOP: Reign = {
  leader: 1,
  leaderEpoch: 4,
  electable: [1],
  highWatermark: 1_500,
  ends: [end(1, 1_500), end(2, 1_000), end(3, 1_000)],
  silent: true,
}
const SECOND: Successor = {
  leader: 2,
  leaderEpoch: 5,
  inSync: [2],
  leaderless: false,
  firstEnd: 1_000,
  epochEnd: NaN,
  lastEnd: NaN,
}
const loss = (reign: Partial<Reign>, next: Partial<Successor> = {}) =>
  judgeLoss({ ...SHOP, ...reign }, { ...SECOND, ...next })

/** All three in sync; 1 had ten records more that nobody had fetched, so no acks=all write of them was acknowledged. */
const CLEAN: Partial<Reign> = {
  electable: [1, 2, 3],
  highWatermark: 1_490,
  ends: [end(1, 1_500), end(2, 1_490), end(3, 1_490)],
}

describe('a loss', () => {
  it('is what the high watermark covered and the new leader has not', () => {
    expect(loss({})).toEqual({
      kind: 'unclean-election',
      atLeast: 500,
      atMost: NaN,
      missingAsRead: 500,
      partsAt: 1_000,
    })
  })

  it.each<[string, Partial<Reign>, Partial<Successor>, object]>([
    [
      'the watermark lags behind what was taken in',
      { highWatermark: 1_050 },
      {},
      { atLeast: 50, missingAsRead: 500, atMost: NaN },
    ],
    ['no watermark was told', { highWatermark: NaN }, {}, { atLeast: 0, missingAsRead: 500 }],
    [
      'the last reading was before what was lost',
      { highWatermark: 1_000, ends: [end(1, 1_000), end(2, 1_000)] },
      {},
      { atLeast: 0, missingAsRead: 0 },
    ],
    [
      'nothing was ever read of the old leader',
      { highWatermark: NaN, ends: [] },
      {},
      { atLeast: 0, missingAsRead: NaN, atMost: NaN },
    ],
    [
      'the new log has grown past the old one',
      {},
      { firstEnd: 9_000, epochEnd: 1_000 },
      { kind: 'unclean-election', atLeast: 500, partsAt: 1_000 },
    ],
    [
      'the epoch question narrows it',
      {},
      { firstEnd: 1_200, epochEnd: 1_000 },
      { atLeast: 500, missingAsRead: 500, partsAt: 1_000 },
    ],
    [
      'the old leader was read again before it was cut back',
      { highWatermark: 1_050 },
      { lastEnd: 1_500 },
      { atLeast: 50, atMost: 500 },
    ],
    [
      'the new leader was never read as a follower',
      { ends: [end(1, 1_500)] },
      { lastEnd: 1_500 },
      { atLeast: 500, atMost: NaN },
    ],
    [
      'a member of the ISR had lost its disk',
      { electable: [1, 2] },
      { inSync: [2], firstEnd: 0 },
      { kind: 'log-end-back', atLeast: 1_500 },
    ],
    [
      'it is the same broker with a shorter log',
      {},
      { leader: 1, inSync: [1], firstEnd: 1_400 },
      { kind: 'log-end-back', atLeast: 100 },
    ],
    [
      'a member of the ISR parts below the watermark and is longer',
      { electable: [1, 2] },
      { firstEnd: 1_600, epochEnd: 1_450 },
      { kind: 'epochs-part', atLeast: 50 },
    ],
    [
      'an election was seen only after the partition had no leader',
      { silent: false },
      { leaderless: true },
      { kind: 'unclean-election', atLeast: 500 },
    ],
    ['epochs were missed in between', {}, { leaderEpoch: 9 }, { kind: 'unclean-election', atLeast: 500 }],
  ])('%s', (_, reign, next, expected) => {
    expect(loss(reign, next)).toMatchObject(expected)
  })
})

describe('no loss', () => {
  it.each<[string, Partial<Reign>, Partial<Successor>]>([
    ['a clean move to a member of the ISR', { ...CLEAN, silent: false }, { inSync: [1, 2, 3], firstEnd: 1_500 }],
    ['a clean failover that drops a tail nobody had fetched', CLEAN, { inSync: [2, 3], firstEnd: 1_490 }],
    ['the same, and the epoch question says so too', CLEAN, { inSync: [2, 3], firstEnd: 2_000, epochEnd: 1_490 }],
    [
      'a member of the ELR leads',
      { ...CLEAN, electable: [3, 2], highWatermark: 1_490 },
      { leaderless: true, inSync: [2], firstEnd: 1_490 },
    ],
    ['the last leader comes back', CLEAN, { leader: 1, leaderless: true, inSync: [1], firstEnd: 1_500 }],
    [
      'an epoch without a new leader: an ISR shrank before metadata.version 3.6',
      { silent: false },
      { leader: 1, inSync: [1], firstEnd: 1_500 },
    ],
    ['a topic made anew: its epochs begin again', {}, { leaderEpoch: 0, firstEnd: 0 }],
    ['an answer that was held up names the same epoch', {}, { leaderEpoch: 4, firstEnd: 0 }],
    [
      'retention or DeleteRecords: log ends do not move',
      { ...CLEAN, highWatermark: 1_500 },
      { inSync: [2, 3], firstEnd: 1_500 },
    ],
    [
      'a reassignment ended between two looks: others lead, with everything',
      { ...CLEAN, silent: false },
      { leader: 7, inSync: [7, 8], firstEnd: 1_500 },
    ],
    [
      'one that joined the ISR unseen leads: broker 1 was stopped by a rolling restart as soon as it was back',
      { electable: [1], silent: false },
      { inSync: [2], firstEnd: 1_500 },
    ],
    [
      'one that joined the ISR unseen leads, and the old leader is still in it',
      {},
      { inSync: [1, 2], firstEnd: 1_500 },
    ],
    ['without a leader yet', {}, { leader: -1, firstEnd: NaN }],
    ['a member of the ISR whose log is not read yet', { ...CLEAN }, { inSync: [2, 3], firstEnd: NaN }],
    ['nobody is known who could lead', { electable: [], highWatermark: NaN }, { leaderless: true }],
  ])('%s', (_, reign, next) => {
    expect(loss(reign, next)).toBeNull()
  })
})

it('the records are with who was read past the parting, and with the old leader whatever was read of it', () => {
  const ends = [end(1, 1_000), end(2, 1_000), end(3, 1_200)]
  expect(holdersOf({ ...SHOP, ends }, 2, 1_000).map(({ broker }) => broker)).toEqual([3, 1])
})
