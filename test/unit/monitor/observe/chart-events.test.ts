import { expect, it } from 'vitest'
import type { Watch } from '../../../../src-main/contract/ipc'
import type { LagSeries } from '../../../../src-main/contract/live'
import { comparePass } from '../../../../src-main/domain/picture/delta'
import { runWhole } from '../../../../src-main/domain/slices'
import { chartEvents, type Compared } from '../../../../src-main/monitor/observe/chart-events'
import { judge, readingOfPartitions } from '../../../support/columns'
import type { PartitionRow } from '../../../support/columns'

const RF3 = [1, 2, 3]

/** Two pictures of one topology. */
function pair(before: readonly PartitionRow[], after: readonly PartitionRow[]): readonly [Compared, Compared] {
  const first = readingOfPartitions(before)
  const second = readingOfPartitions(after)
  const { topology } = first
  const columns = { first: judge(first), second: judge(second) }
  const { rows } = runWhole(
    comparePass(columns.first, columns.second, first.replicaFlags, second.replicaFlags, topology.replicaStart),
  )
  return [
    { judgedAt: 1_000, topology, columns: columns.first, replicaFlags: first.replicaFlags, changed: rows },
    { judgedAt: 2_000, topology, columns: columns.second, replicaFlags: second.replicaFlags, changed: rows },
  ]
}

function marksOf(picture: Compared, before: Compared | null, shown: readonly number[] = []): string[] {
  const marks: string[] = []
  const store = {
    event: (subject: Watch, { at, line, kind }: LagSeries['events'][number]) =>
      void marks.push(`${JSON.stringify(subject)} ${at} ${line} ${kind}`),
  }
  chartEvents(store, () => shown)(picture, before)
  return marks
}

it('marks the chart of a partition with who left, joined or leads, at the time of the picture that shows it', () => {
  const [before, after] = pair(
    [{ replicas: RF3 }, { replicas: RF3, isr: [1, 2] }],
    [{ replicas: RF3, leader: 2, epoch: 2, isr: [2, 3] }, { replicas: RF3 }],
  )
  const t0 = '{"kind":"partition","topic":"t","partition":0}'
  const t1 = '{"kind":"partition","topic":"t","partition":1}'
  expect(marksOf(after, before)).toEqual([`${t0} 2000 2 leader`, `${t0} 2000 1 left-isr`, `${t1} 2000 3 joined-isr`])
})

it('has nothing to compare the first picture with, nor one of another topology', () => {
  const [before, after] = pair([{ replicas: RF3 }], [{ replicas: RF3, isr: [1] }])
  expect(marksOf(after, null)).toEqual([])
  expect(marksOf({ ...after, topology: { ...after.topology } }, before)).toEqual([])
})

it('marks what is on screen also where more happened at once than is marked', () => {
  const rows = Array.from({ length: 2_100 }, () => ({ replicas: RF3 }))
  const [before, after] = pair(
    rows,
    rows.map((row) => ({ ...row, isr: [1, 2] })),
  )
  const last = '{"kind":"partition","topic":"t","partition":2099} 2000 3 left-isr'
  expect(marksOf(after, before)).toHaveLength(2_000)
  expect(marksOf(after, before)).not.toContain(last)
  expect(marksOf(after, before, [7, 2_099])).toHaveLength(2_001)
  expect(marksOf(after, before, [7, 2_099])).toContain(last)
})
