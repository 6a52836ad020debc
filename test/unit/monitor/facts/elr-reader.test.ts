import { describe, expect, it } from 'vitest'
import { applyMetadata } from '../../../../src-main/domain/answers/apply-metadata'
import { emptyReading } from '../../../../src-main/domain/topology/new-reading'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import { buildTopology } from '../../../../src-main/domain/topology/topology'
import { elrTopics } from '../../../../src-main/monitor/facts/elr-reader'
import { FakeClock } from '../../../support/fake-clock'
import { FakeCluster } from '../../../support/fake-cluster'

function readingOf(hurt: (cluster: FakeCluster) => void = () => undefined): WritableReading {
  const cluster = new FakeCluster({ clock: new FakeClock(), brokers: 3, topics: 2, partitionsPerTopic: 2 })
  hurt(cluster)
  cluster.touch()
  const meta = cluster.metadata(1)
  const { topology, rowOf } = buildTopology(meta, null)
  const reading = emptyReading(topology)
  applyMetadata(reading, meta, rowOf, 1_000, 1)
  return reading
}

describe('what is asked about ELR', () => {
  const asked = (isr: number[], min: number): number[] => {
    const reading = readingOf((cluster) => {
      cluster.partition('topic-00001', 1).isr = isr
    })
    reading.minInSyncReplicas.fill(min)
    return elrTopics(reading)
  }
  it.each<[string, number[], number, number[]]>([
    ['nothing while all are in sync', [1, 2, 3], 2, []],
    ['nothing at min ISR: Kafka keeps none there', [1, 2], 2, []],
    ['under min ISR', [1], 2, [1]],
    ['nobody left', [], 1, [1]],
    ['a min ISR above the replication factor acts as that', [1, 2], 99, [1]],
    ['all in sync is enough even then', [1, 2, 3], 99, []],
    ['a short ISR whose min is not known', [1, 2], -1, [1]],
  ])('%s', (_, isr, min, topics) => {
    expect(asked(isr, min)).toEqual(topics)
  })
})
