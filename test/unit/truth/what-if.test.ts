import { expect, it } from 'vitest'
import type { WhatIf } from '../../../src-main/contract/what-if'
import { whatIf } from '../../support/what-if'
import { readingOf } from '../../support/columns'
import { brokenWhatIf } from '../../support/truth-what-if'

/** One partition moves, one refuses, one has its only copy on broker 2. */
const said: WhatIf = whatIf(
  readingOf([
    { name: 'a', partitions: [{ replicas: [2, 1, 3] }, { replicas: [1, 2] }] },
    { name: 'b', partitions: [{ replicas: [2] }] },
  ]),
  [2],
)
const rows = (...leaders: readonly number[]) =>
  [
    { topic: 'a', partition: 0 },
    { topic: 'a', partition: 1 },
    { topic: 'b', partition: 0 },
  ].map((one, at) => ({ ...one, leader: leaders[at]!, replicas: [], isr: [] }))
const standing = (offline: readonly string[], refusing: readonly string[]) => ({
  offline: new Set(offline),
  refusing: new Set(refusing),
  asked: new Set([1, 3]),
})
const before = { standing: standing([], []), rows: rows(2, 1, 2) }

it.each([
  ['as it was said', ['b-0'], ['a-1'], rows(1, 1, -1), 0],
  ['one more is offline', ['b-0', 'a-1'], [], rows(1, -1, -1), 2],
  ['it is another one', ['a-0'], ['a-1'], rows(-1, 1, 2), 2],
  ['writes go on', ['b-0'], [], rows(1, 1, -1), 1],
  ['somebody else leads', ['b-0'], ['a-1'], rows(3, 1, -1), 1],
  ['a leader moved that was not to', ['b-0'], ['a-1'], rows(1, 2, -1), 1],
] as const)('a what-if is judged partition by partition: %s', (_, offline, refusing, now, broken) => {
  expect(brokenWhatIf(said, before, { standing: standing(offline, refusing), rows: now })).toHaveLength(broken)
})
