import type { ClusterEvent, EventKind, Span } from '../../contract/history'
import { spanOf } from './span'

/** The parts of an event that its kind has; the others say nothing. */
export type EventParts = Partial<Omit<ClusterEvent, 'kind' | 'from' | 'to'>>

const BLANK: Omit<ClusterEvent, 'kind' | 'from' | 'to'> = {
  cause: '',
  topic: '',
  partition: -1,
  broker: -1,
  other: -1,
  epoch: -1,
  elections: Number.NaN,
  lagRecords: Number.NaN,
  lateMs: Number.NaN,
  amount: Number.NaN,
  total: Number.NaN,
  toldBy: -1,
  text: '',
  before: '',
  after: '',
}

export const clusterEvent = (kind: EventKind, { from, to }: Span, parts: EventParts): ClusterEvent => ({
  kind,
  ...spanOf(from, to),
  ...BLANK,
  ...parts,
})
