import type { KeptLoss, LossAcknowledgement, LossFinding } from '../contract/loss'

/** Whose findings: Kafka's id of the cluster, '' = it tells none, and then the saved cluster's. */
export interface LossOwner {
  /** Profile id. */
  readonly cluster: string
  readonly clusterId: string
}

/** Where findings of lost records are kept, acknowledged ones too. */
export interface LossBook {
  /** Oldest first; `unreadable`: rows that are there and cannot be read. */
  list(owner: LossOwner): { readonly kept: readonly KeptLoss[]; readonly unreadable: number }
  /** One of the same topic, partition and epoch gets the new figures, and keeps when it was seen and what was said of it. On the disk before it returns. */
  keep(owner: LossOwner, finding: LossFinding): void
  /** Answers which of them were open until now. */
  acknowledge(ids: readonly number[], acknowledgement: LossAcknowledgement): readonly number[]
}
