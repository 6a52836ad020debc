/** Where figures of a cluster are kept beyond a run; history/book/ is the real one. What the charts show of the last 15 minutes is samples.ts. */
import type { KeptSeries, SampleSubject } from '../contract/kept-samples'
import type { ClusterSample } from '../domain/samples/sample'

export interface KeptSampleReader {
  /**
   * What is kept of a subject from `from` up to, not including, `until`, in points of `resolutionMs` or the next coarser that is kept for that long; at most some 2,000. Never throws: what
   * cannot be read is counted. What came in the last second may be missing.
   */
  samples(subject: SampleSubject, from: number, until: number, resolutionMs: number): KeptSeries
}

export interface KeptSampleWriter extends KeptSampleReader {
  /** One every ten seconds while the cluster is watched; none while it is not. Never throws, and takes no time of the caller's. */
  addSample(sample: ClusterSample): void
}
