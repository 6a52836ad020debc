import { expect, it } from 'vitest'
import { coverOf } from '../../../src-main/shared/maintenance'

const planned = { broker: 4, until: 1_000 }
const open = { to: Number.NaN }

it.each([
  ['nothing was announced', { planned: null, brokers: [4], lostAtLeast: 0 }, 0, 'none'],
  ['the broker alone, in its time', { planned, brokers: [4], lostAtLeast: 0, ended: open }, 1_000, 'maintenance'],
  ['it is open after its time', { planned, brokers: [4], lostAtLeast: 0, ended: open }, 1_001, 'overdue'],
  ['the open one of a picture', { planned, brokers: [4], lostAtLeast: 0 }, 1_001, 'overdue'],
  ['it was over in time', { planned, brokers: [4], lostAtLeast: 0, ended: { to: 900 } }, 9_999, 'maintenance'],
  ['it was over too late', { planned, brokers: [4], lostAtLeast: 0, ended: { to: 1_001 } }, 9_999, 'overdue'],
  ['another broker too', { planned, brokers: [2, 4], lostAtLeast: 0 }, 500, 'beyond'],
  ['another broker alone', { planned, brokers: [2], lostAtLeast: 0 }, 500, 'beyond'],
  ['records were lost', { planned, brokers: [4], lostAtLeast: 1 }, 500, 'beyond'],
])('%s', (_, incident, now, cover) => {
  expect(coverOf(incident, now)).toBe(cover)
})
