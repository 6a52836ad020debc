import type Database from 'libsql'
import { runSlice, runWhole } from '../../domain/slices'
import type { Sliced } from '../../domain/slices'
import type { PartitionSample } from '../../domain/samples/partition-sample'
import { TIERS } from '../../domain/samples/tiers'
import type { InTransaction } from './book-tables'
import type { Names } from './names'
import { addTo, partitionBucket, partitionBytes, partitionRows, placeOf } from './partition-code'
import type { PartitionRows } from './partition-code'
import { INSERT_SAMPLE, readable, sampleBody, sampleSum } from './sample-row'

/** Of a file that does not take them: a quarter of an hour. */
const WAITING = 100
const PER_PIECE = 64

interface Row {
  readonly tier: number
  readonly bucket: number
  readonly at: number
  readonly partitions: PartitionRows
}

/**
 * Partitions around trouble on their way into the file. Each is taken into its span of every tier at once, as what is kept of a span is the worst of it: so one that comes a minute late, with the
 * beginning of its trouble, is where it belongs, and taking one in twice is no harm.
 */
export class PartitionQueue {
  private readonly waiting: (readonly PartitionSample[])[] = []
  private writing: Sliced<void> | null = null

  add(samples: readonly PartitionSample[]): void {
    if (samples.length === 0) return
    this.waiting.push(samples)
    if (this.waiting.length <= WAITING) return
    this.waiting.shift()
    this.writing = null
  }

  get isIdle(): boolean {
    return this.waiting.length === 0
  }

  /** What was begun is in no file. */
  restart(): void {
    this.writing = null
  }

  /** One slice. Answers whether there is more to do. Throws what SQLite throws, and then begins these samples again. */
  step(
    db: Database.Database,
    names: Names,
    inTransaction: InTransaction,
    deadline: number,
    now: () => number,
  ): boolean {
    const first = this.waiting[0]
    if (first === undefined) return false
    try {
      const isDone = inTransaction(() => {
        this.writing ??= writeAll(db, names, first)
        return runSlice(this.writing, deadline, now) !== null
      })
      if (isDone) {
        this.waiting.shift()
        this.writing = null
      }
    } catch (cause) {
      this.writing = null
      throw cause
    }
    return this.waiting.length > 0
  }

  /** Everything, at the end. */
  finish(db: Database.Database, names: Names, inTransaction: InTransaction): void {
    for (const samples of this.waiting.splice(0)) inTransaction(() => runWhole(writeAll(db, names, samples)))
    this.writing = null
  }
}

function* writeAll(db: Database.Database, names: Names, samples: readonly PartitionSample[]): Sliced<void> {
  const rows = new Map<string, Row>()
  let piece = 0
  for (const { at, topic, partition, state, followers } of samples) {
    const number = names.numberOf(topic)
    const bucket = partitionBucket(number)
    for (const [tier, { everyMs }] of TIERS.entries()) {
      const span = Math.floor(at / everyMs) * everyMs
      const key = `${tier} ${bucket} ${span}`
      const row = rows.get(key) ?? { tier, bucket, at: span, partitions: new Map() }
      rows.set(key, row)
      addTo(row.partitions, placeOf(number, partition), { state, followers })
    }
    piece += 1
    if (piece % PER_PIECE === 0) yield
  }
  const select = db.prepare(
    'SELECT at, CAST(body AS BLOB) AS body, sum FROM sample WHERE tier = ? AND bucket = ? AND at = ?',
  )
  const insert = db.prepare(INSERT_SAMPLE)
  for (const { tier, bucket, at, partitions } of rows.values()) {
    const [kept] = select.all(tier, bucket, at) as readonly { at: number; body: unknown; sum: number }[]
    // One that cannot be read gives way.
    const known = kept === undefined ? null : readable(sampleBody(kept, tier, bucket), (body) => partitionRows(body))
    for (const [place, figures] of known ?? []) addTo(partitions, place, figures)
    const body = partitionBytes(partitions)
    insert.run(tier, bucket, at, body, sampleSum(tier, bucket, at, body))
    yield
  }
}
