import type Database from 'libsql'
import { FIGURES } from '../../contract/kept-samples'
import type { FigureRow, KeptSeries, SampleSubject } from '../../contract/kept-samples'
import type { Watched } from '../../contract/history'
import { FigureFold } from '../../domain/samples/fold'
import { NO_FIGURES } from '../../domain/samples/sample'
import { columnsOf, gapsOf, tierFor } from '../../domain/samples/series'
import { TIERS } from '../../domain/samples/tiers'
import { bytesOf } from '../../ports/stored-row'
import { brokerFigures, topicFigures, TOPICS_PER_ROW } from './sample-code'
import { BROKERS_ROW, sampleSum } from './sample-queue'
import type { Names } from './names'

/** Points of one answer at most; a finer resolution is made coarser. */
const POINTS = 2_000

interface Row {
  readonly at: number
  readonly body: unknown
  readonly sum: number
}

const NOT_KNOWN: FigureRow = FIGURES.map(() => Number.NaN)

export interface SeriesQuestion {
  readonly subject: SampleSubject
  readonly from: number
  readonly until: number
  readonly resolutionMs: number
  readonly now: number
}

/** Body of a row that is as it was written; null = it cannot be read. */
function bodyOf(row: Row, tier: number, bucket: number): Buffer | null {
  const body = bytesOf(row.body)
  return body !== null && row.sum === sampleSum(tier, bucket, row.at, body) ? body : null
}

/** Calls `read` and answers null where the bytes are not what it expects. */
function readable<T>(body: Buffer | null, read: (body: Buffer) => T): T | null {
  if (body === null) return null
  try {
    return read(body)
  } catch {
    return null
  }
}

/** Rows of one bucket, by time. A body is read as a BLOB whatever it became. */
function rowsOf(db: Database.Database, tier: number, bucket: number, from: number, until: number): readonly Row[] {
  return db
    .prepare(
      'SELECT at, CAST(body AS BLOB) AS body, sum FROM sample WHERE tier = ? AND bucket = ? AND at >= ? AND at < ? ORDER BY at',
    )
    .all(tier, bucket, from, until) as readonly Row[]
}

/** Throws what SQLite throws. */
export function readSeries(
  db: Database.Database,
  names: Names,
  question: SeriesQuestion,
  watched: readonly Watched[],
): KeptSeries {
  const { subject, from, until, now } = question
  const wanted = Math.max(question.resolutionMs, (until - from) / POINTS)
  const tier = tierFor(wanted, now - from)
  const { everyMs } = TIERS[tier]!
  const resolutionMs = Math.max(1, Math.round(wanted / everyMs)) * everyMs
  const number = subject.kind === 'topic' ? names.find(subject.topic) : 0
  const bucket = Math.floor(number / TOPICS_PER_ROW)
  const topics = number > 0 ? new Map(rowsOf(db, tier, bucket, from, until).map((row) => [row.at, row])) : null
  let unreadable = 0
  const topicAt = (at: number): FigureRow => {
    const row = topics?.get(at)
    if (row === undefined) return NO_FIGURES
    const figures = readable(bodyOf(row, tier, bucket), (body) => topicFigures(body, number % TOPICS_PER_ROW))
    if (figures === null) unreadable += 1
    return figures ?? NOT_KNOWN
  }
  const points = new Map<number, FigureFold>()
  for (const row of rowsOf(db, tier, BROKERS_ROW, from, until)) {
    const sample = readable(bodyOf(row, tier, BROKERS_ROW), brokerFigures)
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
