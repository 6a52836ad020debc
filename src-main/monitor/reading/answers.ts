import type { Move } from '../../domain/answers/reassignments'
import type { ThrottleRates } from '../../domain/answers/throttle'
import type { LagView } from '../../domain/lag/lag-tracker'
import type { MetadataColumns, OffsetColumns } from '../../domain/topology/columns'
import type { Reading, ThrottledReplicas, TopicRetention } from '../../domain/topology/reading'
import type { RowMap } from '../../domain/topology/row-runs'
import type { ElrAnswer } from '../../ports/cluster-port'
import type { ReadOnlyCells } from '../../shared/read-only'

/** Everything whose row numbers belong to one topology, to read. A change of topics, partitions or replica lists opens a new one. */
export interface TopologyEpoch {
  /** +1 per epoch. */
  readonly number: number
  readonly reading: Reading
  readonly lags: LagView
  /** P. When the question for the high watermark was sent, NaN = never. */
  readonly highWatermarkReadAt: ReadOnlyCells<Float64Array>
  /** Rows that stayed since the epoch before, for whoever keeps something per row; null = this is the first one. */
  readonly stayed: RowMap | null
}

export interface MetadataAnswer {
  readonly broker: number
  readonly meta: MetadataColumns
  readonly sentAt: number
  readonly readAt: number
}

/** Offsets that one broker told, each for a replica row of the epoch under which it was asked. */
export interface OffsetsAnswer {
  readonly of: TopologyEpoch
  readonly broker: number
  readonly replicaRows: Uint32Array
  readonly offsets: OffsetColumns
  readonly sentAt: number
  readonly readAt: number
}

export interface TopicMinIsr {
  /** Topic row. */
  readonly topic: number
  readonly value: number
  readonly source: number
  /** As in `Reading.uncleanElection`. */
  readonly unclean: number
  /** null = not told. */
  readonly throttles: ThrottledReplicas | null
  /** null = not told. */
  readonly retention: TopicRetention | null
}

/** All there is to write into a reading. What is of an earlier epoch is dropped: its rows would mean something else. */
export type Answer =
  /** Of one round, the one that shall tell the picture first. */
  | { readonly kind: 'metadata'; readonly answers: readonly MetadataAnswer[] }
  | ({ readonly kind: 'log-ends' } & OffsetsAnswer)
  | ({ readonly kind: 'high-watermarks' } & OffsetsAnswer)
  /** What a round brought for these partition rows is in: lags are brought up to it. */
  | { readonly kind: 'round-over'; readonly of: TopologyEpoch; readonly rows: Uint32Array }
  | {
      readonly kind: 'min-isr'
      readonly of: TopologyEpoch
      /** When it was asked for. */
      readonly sentAt: number
      readonly topics: readonly TopicMinIsr[]
    }
  /** Every partition that is moving, by name. */
  | {
      readonly kind: 'reassignments'
      readonly moves: readonly Move[]
      readonly sentAt: number
      readonly readAt: number
    }
  /** `topics`: topic rows the answer is about; those it tells nothing of have no ELR. */
  | {
      readonly kind: 'elr'
      readonly of: TopologyEpoch
      readonly topics: readonly number[]
      readonly partitions: ElrAnswer['partitions']
    }
  /** By broker: num.replica.fetchers. */
  | { readonly kind: 'fetchers'; readonly told: ReadonlyMap<number, number> }
  /** Nothing was seen until `until`: the machine slept. */
  | { readonly kind: 'gap'; readonly until: number }
  /** By topic name. */
  | {
      readonly kind: 'throttles'
      readonly rates: ThrottleRates
    }

export interface Applied {
  /** False: nothing was written, as it was of an earlier epoch, held up on the way, or said nothing. */
  readonly taken: boolean
  /** A row was refused for missing rights. */
  readonly refused: boolean
  /** A leader or an ISR is not what it was. */
  readonly changed: boolean
}
