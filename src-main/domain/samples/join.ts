import type { KeptPartitionSeries, KeptSeries } from '../../contract/kept-samples'
import { columnsOf } from './series'
import { FIGURES } from '../../contract/kept-samples'

type Columns = { readonly [K in string]?: readonly number[] }

const joined = (parts: readonly Columns[], key: string): readonly number[] => parts.flatMap((part) => part[key] ?? [])

/** Pieces of one span at one resolution, in order, as one; `unwatched` is the whole span's. */
export function joinSeries(
  parts: readonly KeptSeries[],
  { resolutionMs, unwatched }: Pick<KeptSeries, 'resolutionMs' | 'unwatched'>,
): KeptSeries {
  return {
    resolutionMs,
    at: parts.flatMap(({ at }) => at),
    figures: columnsOf((place) =>
      joined(
        parts.map(({ figures }) => figures),
        FIGURES[place]!,
      ),
    ),
    unwatched,
    unreadable: parts.reduce((sum, { unreadable }) => sum + unreadable, 0),
  }
}

/** The same of a partition: a broker that is in some of them only is not known in the others. */
export function joinPartitionSeries(
  parts: readonly KeptPartitionSeries[],
  { resolutionMs, unwatched }: Pick<KeptPartitionSeries, 'resolutionMs' | 'unwatched'>,
): KeptPartitionSeries {
  const brokers = [...new Set(parts.flatMap(({ followers }) => followers.map(({ broker }) => broker)))]
  const of = (broker: number, figure: 'lagRecords' | 'lateMs'): readonly number[] =>
    parts.flatMap(({ at, followers }) => {
      const known = followers.find((follower) => follower.broker === broker)
      return known === undefined ? at.map(() => Number.NaN) : known[figure]
    })
  return {
    resolutionMs,
    at: parts.flatMap(({ at }) => at),
    state: parts.flatMap(({ state }) => state),
    followers: brokers
      .sort((a, b) => a - b)
      .map((broker) => ({ broker, lagRecords: of(broker, 'lagRecords'), lateMs: of(broker, 'lateMs') })),
    unwatched,
    unreadable: parts.reduce((sum, { unreadable }) => sum + unreadable, 0),
  }
}
