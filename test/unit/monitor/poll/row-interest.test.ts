import { expect, it } from 'vitest'
import { emptyColumns } from '../../../../src-main/domain/picture/assess'
import { RowInterest } from '../../../../src-main/monitor/poll/row-interest'
import type { TopologyEpoch } from '../../../../src-main/monitor/reading/answers'
import { ClusterReading } from '../../../../src-main/monitor/reading/cluster-reading'
import { AT_MIN_ISR, HEALTHY, MARK_LEADER_SILENT, MARK_NOT_PREFERRED } from '../../../../src-main/shared/states'
import { FakeClock } from '../../../support/fake-clock'
import { FakeCluster } from '../../../support/fake-cluster'

const clock = new FakeClock()

function healthy(rows: number): ReturnType<typeof emptyColumns> {
  const columns = emptyColumns(rows)
  columns.state.fill(HEALTHY)
  return columns
}

async function epochsOf(change: (cluster: FakeCluster) => void): Promise<readonly [TopologyEpoch, TopologyEpoch]> {
  const cluster = new FakeCluster({ clock, brokers: 3, topics: 2, partitionsPerTopic: 3 })
  const reading = new ClusterReading(clock)
  const take = async (): Promise<TopologyEpoch> => {
    cluster.touch()
    clock.jump(100)
    const at = clock.now()
    const answers = [{ broker: 1, meta: cluster.metadata(1), sentAt: at, readAt: at }]
    await reading.apply({ kind: 'metadata', answers })
    return reading.epoch!
  }
  const first = await take()
  change(cluster)
  return [first, await take()]
}

it('marks what is in trouble or worth a closer look, and what is shown', async () => {
  const [epoch] = await epochsOf(() => undefined)
  const { topology } = epoch.reading
  const interest = new RowInterest()
  interest.follow(epoch)
  const columns = healthy(6)
  columns.state[1] = AT_MIN_ISR
  columns.marks[2] = MARK_LEADER_SILENT
  columns.marks[3] = MARK_NOT_PREFERRED
  interest.mark(topology, columns, [5, 99])
  expect([...interest.must]).toEqual([0, 1, 1, 0, 0, 1])
  interest.mark(topology, healthy(6), [])
  expect([...interest.must]).toEqual([0, 0, 0, 0, 0, 0])
})

it('keeps its marks for rows that stay, until the new ones are judged', async () => {
  const [before, after] = await epochsOf((cluster) => cluster.createTopic('a-new-one', 2))
  const interest = new RowInterest()
  interest.follow(before)
  interest.mark(before.reading.topology, healthy(6), [1, 4])
  interest.follow(after)
  expect([...interest.must]).toEqual([0, 0, 0, 1, 0, 0, 1, 0])
  // A picture of the topology before says nothing about these rows.
  interest.mark(before.reading.topology, healthy(6), [0])
  expect([...interest.must]).toEqual([0, 0, 0, 1, 0, 0, 1, 0])
})

it('adds where a follower that answers stood still while its leader moved, and no other', async () => {
  const [epoch] = await epochsOf(() => undefined)
  const interest = new RowInterest()
  interest.follow(epoch)
  interest.mark(epoch.reading.topology, healthy(6), [5])
  const standing = { ...epoch, lags: { ...epoch.lags, standsStill: (row: number) => row === 2 } }
  expect([...interest.withStanding(standing)]).toEqual([0, 0, 1, 0, 0, 1])
  expect([...interest.must]).toEqual([0, 0, 0, 0, 0, 1])
})
