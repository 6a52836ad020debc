import { expect, it } from 'vitest'
import { replicaEvents } from '../../../../src-main/domain/events/replica-events'
import { judge, readingOfPartitions } from '../../../support/columns'
import type { PartitionRow } from '../../../support/columns'

const looked = (rows: readonly PartitionRow[]) => {
  const reading = readingOfPartitions(rows)
  return { topology: reading.topology, columns: judge(reading), replicaFlags: reading.replicaFlags }
}
const told = (before: readonly PartitionRow[], after: readonly PartitionRow[], rows = [...after.keys()]): string[] =>
  Array.from(replicaEvents(looked(before), looked(after), rows), ({ row, broker, kind }) => `${row} ${broker} ${kind}`)

const RF3 = [1, 2, 3]

it.each<[string, PartitionRow, PartitionRow, string[]]>([
  ['nothing', { replicas: RF3 }, { replicas: RF3 }, []],
  ['one left', { replicas: RF3 }, { replicas: RF3, isr: [1, 3] }, ['0 2 left-isr']],
  ['one came back', { replicas: RF3, isr: [1] }, { replicas: RF3, isr: [1, 3] }, ['0 3 joined-isr']],
  ['another leads', { replicas: RF3 }, { replicas: RF3, leader: 2, epoch: 2 }, ['0 2 leader']],
  [
    'nobody leads: no news of a leader',
    { replicas: RF3 },
    { replicas: RF3, leader: -1, isr: [] },
    ['0 1 left-isr', '0 2 left-isr', '0 3 left-isr'],
  ],
  ['the same one elected again', { replicas: RF3 }, { replicas: RF3, epoch: 9 }, []],
  ['back to the preferred one', { replicas: RF3, leader: 2 }, { replicas: RF3, epoch: 2 }, ['0 1 leader-back']],
  [
    'the preferred one takes over from a leader that was lost',
    { replicas: RF3, leader: 2 },
    { replicas: RF3, epoch: 2, isr: [1, 3] },
    ['0 1 leader', '0 2 left-isr'],
  ],
  [
    'the preferred one, after nobody',
    { replicas: RF3, leader: -1, isr: [] },
    { replicas: RF3, epoch: 2, isr: [1] },
    ['0 1 leader', '0 1 joined-isr'],
  ],
  ['both', { replicas: RF3 }, { replicas: RF3, leader: 2, epoch: 2, isr: [2, 3] }, ['0 2 leader', '0 1 left-isr']],
])('%s', (_, before, after, events) => {
  expect(told([before], [after])).toEqual(events)
})

it('looks at the rows it is given and no others', () => {
  const before = [{ replicas: RF3 }, { replicas: RF3 }]
  const after = [
    { replicas: RF3, isr: [1] },
    { replicas: RF3, isr: [1, 2] },
  ]
  expect(told(before, after, [1])).toEqual(['1 3 left-isr'])
})
