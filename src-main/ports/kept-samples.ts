/** Where figures of a cluster are kept beyond a run; history/book/ is the real one. What the charts show of the last 15 minutes is samples.ts. */
import type { PartitionName } from '../contract/ipc'
import type { KeptPartitionSeries, KeptSeries, SampleSubject } from '../contract/kept-samples'
import type { PartitionSample } from '../domain/samples/partition-sample'
import type { ClusterSample } from '../domain/samples/sample'

export interface KeptSampleReader {
  /**
   * What is kept of a subject from `from` up to, not including, `until`, in points of `resolutionMs` or the next coarser that is kept for that long; at most some 2,000. Never throws: what
   * cannot be read is counted. What came in the last second may be missing.
   */
  samples(subject: SampleSubject, from: number, until: number, resolutionMs: number): KeptSeries
  /** The same of a partition, which has samples only around trouble. */
  partitionSamples(partition: PartitionName, from: number, until: number, resolutionMs: number): KeptPartitionSeries
}

export interface KeptSampleWriter extends KeptSampleReader {
  /**
   * One every ten seconds while the cluster is watched; none while it is not. `partitions`: those around trouble, also of the minute before. Never throws, and takes no time of the caller's.
   */
  addSample(sample: ClusterSample, partitions: readonly PartitionSample[]): void
}
