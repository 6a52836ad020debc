import { expect, it } from 'vitest'
import { preferredLeader } from '../../../src-main/shared/preferred-leader'

it('the preferred leader is the first replica in assignment order; a partition without replicas has none', () => {
  const rows = { replicaStart: [0, 3, 3, 4], replicaBroker: [2, 1, 3, 1] }
  expect([0, 1, 2].map((row) => preferredLeader(rows, row))).toEqual([2, -1, 1])
})
