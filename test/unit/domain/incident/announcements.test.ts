import { expect, it } from 'vitest'
import type { Plan } from '../../../../src-main/contract/history'
import {
  announcePlan,
  isStanding,
  planOf,
  standingPlans,
  withdrawPlan,
} from '../../../../src-main/domain/incident/announcements'

const MINUTE = 60_000
const NOW = 1_800_000_000_000
const plan = (broker: number, minutes = 20, at = NOW): Plan => ({ broker, by: 'ann', at, until: at + minutes * MINUTE })
const began = { from: NOW + MINUTE, to: NOW + MINUTE + 1_000 }

it.each([
  ['in its time', NOW + MINUTE, true],
  ['at its end', NOW + 20 * MINUTE, false],
  ['after it', NOW + 21 * MINUTE, false],
  ['the clock went back by two days: nobody knows when it was to end', NOW - 2_880 * MINUTE, false],
])('stands: %s', (_, now, stands) => {
  expect(isStanding(plan(4), now)).toBe(stands)
})

it('one of the same broker is the same one, longer and by another name, announced when the first was', () => {
  const later = { ...plan(4, 60, NOW + 5 * MINUTE), by: 'bob' }
  expect(announcePlan([plan(4), plan(2)], later)).toEqual([plan(2), { ...later, at: NOW }])
})

it('one that has ended is not prolonged: it is a new one', () => {
  const later = plan(4, 20, NOW + 30 * MINUTE)
  expect(announcePlan([plan(4)], later)).toEqual([later])
})

it('withdrawn, the others stand', () => {
  expect(withdrawPlan([plan(4), plan(2), plan(3, 1)], 4, NOW + 2 * MINUTE)).toEqual([plan(2)])
})

it('by broker', () => {
  expect(standingPlans([plan(4), plan(2)], NOW).map(({ broker }) => broker)).toEqual([2, 4])
})

it.each([
  ['the one broker', [4], began, NOW + 2 * MINUTE, 4],
  ['no broker is known yet', [], began, NOW + 2 * MINUTE, undefined],
  ['another broker', [2], began, NOW + 2 * MINUTE, undefined],
  ['one more broker', [4, 2], began, NOW + 2 * MINUTE, undefined],
  ['announced after it began', [4], { from: NOW - 2_000, to: NOW - 1 }, NOW + MINUTE, undefined],
  ['began before anybody looked, and after the announcement', [4], { ...began, from: NaN }, NOW + 2 * MINUTE, 4],
  ['its time is over', [4], began, NOW + 20 * MINUTE, undefined],
])('covers: %s', (_, brokers, span, now, broker) => {
  expect(planOf([plan(4)], { brokers, began: span }, now)?.broker).toBe(broker)
})
