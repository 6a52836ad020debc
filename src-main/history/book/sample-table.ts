import type Database from 'libsql'
import type { PartitionName } from '../../contract/ipc'
import { FIGURES, MOST_POINTS } from '../../contract/kept-samples'
import type { FigureRow, KeptPartitionSeries, KeptSeries, SampleSubject } from '../../contract/kept-samples'
import type { Watched } from '../../contract/history'
import { FigureFold } from '../../domain/samples/fold'
import { NO_FIGURES } from '../../domain/samples/sample'
import { columnsOf, gapsOf, tierFor } from '../../domain/samples/series'
import { TIERS } from '../../domain/samples/tiers'
import { brokerFigures, topicFigures, TOPICS_PER_ROW } from './sample-code'
import { addTo, partitionBucket, partitionRows, placeOf } from './partition-code'
import type { PartitionRows } from './partition-code'
import { BROKERS_ROW } from './sample-queue'
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
  const number = subject.kind === 'topic' ? names.find(subject.topic) : 0
  const bucket = Math.floor(number / TOPICS_PER_ROW)
  const topics = number > 0 ? new Map(rowsOf(db, tier, bucket, from, until).map((row) => [row.at, row])) : null
  let unreadable = 0
  const topicAt = (at: number): FigureRow => {
    const row = topics?.get(at)
    if (row === undefined) return NO_FIGURES
    const figures = readable(sampleBody(row, tier, bucket), (body) => topicFigures(body, number % TOPICS_PER_ROW))
    if (figures === null) unreadable += 1
    return figures ?? NOT_KNOWN
  }
  const points = new Map<number, FigureFold>()
  for (const row of rowsOf(db, tier, BROKERS_ROW, from, until)) {
    const sample = readable(sampleBody(row, tier, BROKERS_ROW), brokerFigures)
    if (sample === null) {
      unreadable += 1
      continue
    }
    const figures =
      subject.kind === 'topic' ? topicAt(row.at) : sample.of(subject.kind === 'broker' ? subject.broker : null)
    if (figures === undefined) continue
    const at = Math.floor(row.at / resolutionMs) * resolutionMs
    const point = points.get(at) ?? new FigureFold()
    points.set(at, point)
    point.add(figures, sample.samples)
  }
  const rows = [...points.values()].map((point) => point.row())
  return {
    resolutionMs,
    at: [...points.keys()],
    figures: columnsOf((place) => rows.map((row) => row[place]!)),
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
