import type Database from 'libsql'
import type { PartitionName } from '../../contract/ipc'
import { FIGURES, MOST_POINTS } from '../../contract/kept-samples'
import type { FigureRow, KeptPartitionSeries, KeptSeries, SampleSubject } from '../../contract/kept-samples'
import type { Watched } from '../../contract/history'
import { FigureFold } from '../../domain/samples/fold'
import { NO_FIGURES } from '../../domain/samples/sample'
import { columnsOf, gapsOf, tierFor } from '../../domain/samples/series'
import { TIERS } from '../../domain/samples/tiers'
import { brokerBucket, brokerFigures, clusterFigures, topicFigures, TOPICS_PER_ROW } from './sample-code'
import type { ClusterFigures } from './sample-code'
import { addTo, partitionBucket, partitionRows, placeOf } from './partition-code'
import type { PartitionRows } from './partition-code'
import { CLUSTER_ROW } from './sample-queue'
import { readable, sampleBody } from './sample-row'
import type { SampleRow } from './sample-row'
import type { Names } from './names'

const NOT_KNOWN: FigureRow = FIGURES.map(() => Number.NaN)

export interface SpanQuestion {
  readonly from: number
  readonly until: number
  readonly resolutionMs: number
  readonly now: number
}

/** How fine the answer is, and from which tier. */
function finenessOf({ from, until, now, resolutionMs }: SpanQuestion): { tier: number; resolutionMs: number } {
  const wanted = Math.max(resolutionMs, (until - from) / MOST_POINTS)
  const tier = tierFor(wanted, now - from)
  const { everyMs } = TIERS[tier]!
  return { tier, resolutionMs: Math.max(1, Math.round(wanted / everyMs)) * everyMs }
}

/** Rows of one bucket, by time. A body is read as a BLOB whatever it became. */
function rowsOf(
  db: Database.Database,
  tier: number,
  bucket: number,
  from: number,
  until: number,
): readonly SampleRow[] {
  return db
    .prepare(
      'SELECT at, CAST(body AS BLOB) AS body, sum FROM sample WHERE tier = ? AND bucket = ? AND at >= ? AND at < ? ORDER BY at',
    )
    .all(tier, bucket, from, until) as readonly SampleRow[]
}

/** Where the figures of a subject are, beside the row of the cluster. */
interface Source {
  /** null = it has no row. */
  readonly bucket: number | null
  /** undefined = it was not there. */
  readonly read: (body: Buffer) => FigureRow | undefined
  /** Where it has no row, at all or at that time. */
  readonly without: (sample: ClusterFigures) => FigureRow | undefined
}

function sourceOf(names: Names, subject: SampleSubject): Source {
  const noRow = { bucket: null, read: () => undefined }
  switch (subject.kind) {
    case 'cluster':
      return { ...noRow, without: (sample) => sample.cluster }
    case 'broker':
      return {
        bucket: brokerBucket(subject.broker),
        read: (body) => brokerFigures(body, subject.broker),
        without: (sample) => sample.broker(subject.broker),
      }
    case 'topic': {
      const number = names.find(subject.topic)
      const nothing = { ...noRow, without: () => NO_FIGURES }
      if (number === 0) return nothing
      const place = number % TOPICS_PER_ROW
      return { ...nothing, bucket: Math.floor(number / TOPICS_PER_ROW), read: (body) => topicFigures(body, place) }
    }
  }
}

/** Throws what SQLite throws. */
export function readSeries(
  db: Database.Database,
  names: Names,
  subject: SampleSubject,
  question: SpanQuestion,
  watched: readonly Watched[],
): KeptSeries {
  const { from, until } = question
  const { tier, resolutionMs } = finenessOf(question)
  let unreadable = 0
  const { bucket, read, without } = sourceOf(names, subject)
  const rows = new Map(bucket === null ? [] : rowsOf(db, tier, bucket, from, until).map((row) => [row.at, row]))
  const figuresAt = (at: number, sample: ClusterFigures): FigureRow | undefined => {
    const row = rows.get(at)
    if (row === undefined || bucket === null) return without(sample)
    const found = readable(sampleBody(row, tier, bucket), (body) => ({ figures: read(body) }))
    if (found === null) unreadable += 1
    return found === null ? NOT_KNOWN : found.figures
  }
  const points = new Map<number, FigureFold>()
  for (const row of rowsOf(db, tier, CLUSTER_ROW, from, until)) {
    const sample = readable(sampleBody(row, tier, CLUSTER_ROW), clusterFigures)
    if (sample === null) {
      unreadable += 1
      continue
    }
    const figures = figuresAt(row.at, sample)
    if (figures === undefined) continue
    const at = Math.floor(row.at / resolutionMs) * resolutionMs
    const point = points.get(at) ?? new FigureFold()
    points.set(at, point)
    point.add(figures, sample.samples)
  }
  const folded = [...points.values()].map((point) => point.row())
  return {
    resolutionMs,
    at: [...points.keys()],
    figures: columnsOf((place) => folded.map((row) => row[place]!)),
    unwatched: gapsOf(watched, from, until),
    unreadable,
  }
}

/** Throws what SQLite throws. */
export function readPartitionSeries(
  db: Database.Database,
  names: Names,
  { topic, partition }: PartitionName,
  question: SpanQuestion,
  watched: readonly Watched[],
): KeptPartitionSeries {
  const { from, until } = question
  const { tier, resolutionMs } = finenessOf(question)
  const number = names.find(topic)
  const bucket = partitionBucket(number)
  const place = placeOf(number, partition)
  let unreadable = 0
  const points: PartitionRows = new Map()
  for (const row of number === 0 ? [] : rowsOf(db, tier, bucket, from, until)) {
    const found = readable(sampleBody(row, tier, bucket), (body) => partitionRows(body, place))
    if (found === null) unreadable += 1
    const figures = found?.get(place)
    if (figures !== undefined) addTo(points, Math.floor(row.at / resolutionMs) * resolutionMs, figures)
  }
  const all = [...points.values()]
  const brokers = new Set(all.flatMap(({ followers }) => followers.map(({ broker }) => broker)))
  const byBroker = all.map(({ followers }) => new Map(followers.map((follower) => [follower.broker, follower])))
  return {
    resolutionMs,
    at: [...points.keys()],
    state: all.map(({ state }) => state),
    followers: [...brokers]
      .sort((a, b) => a - b)
      .map((broker) => ({
        broker,
        lagRecords: byBroker.map((of) => of.get(broker)?.lagRecords ?? Number.NaN),
        lateMs: byBroker.map((of) => of.get(broker)?.lateMs ?? Number.NaN),
      })),
    unwatched: gapsOf(watched, from, until),
    unreadable,
  }
}
