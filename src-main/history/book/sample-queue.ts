import type Database from 'libsql'
import { runSlice, runWhole } from '../../domain/slices'
import type { Sliced } from '../../domain/slices'
import type { ClusterSample } from '../../domain/samples/sample'
import type { FigureRow } from '../../contract/kept-samples'
import { Tiers } from '../../domain/samples/tiers'
import type { TierSample } from '../../domain/samples/tiers'
import type { InTransaction } from './book-tables'
import { brokerBucket, brokerBytes, clusterBytes, topicBytes, TOPICS_PER_ROW } from './sample-code'
import type { Names } from './names'
import { INSERT_SAMPLE, sampleSum } from './sample-row'

/** Samples that wait for a file that does not take them. */
const WAITING = 100
const TOPICS_PER_PIECE = 64

/** Row of the cluster; it is written last, so a sample without it is not there. */
export const CLUSTER_ROW = -1

type Insert = (bucket: number, body: Buffer) => void

/** May be begun again from its beginning: a row takes the place of itself. */
function* writeRows({ sample }: TierSample, names: Names, insert: Insert): Sliced<void> {
  const rows = new Map<number, Map<number, FigureRow>>()
  let piece = 0
  for (const [topic, row] of sample.topics) {
    const number = names.numberOf(topic)
    const bucket = Math.floor(number / TOPICS_PER_ROW)
    const slots = rows.get(bucket) ?? new Map<number, FigureRow>()
    rows.set(bucket, slots.set(number % TOPICS_PER_ROW, row))
    piece += 1
    if (piece % TOPICS_PER_PIECE === 0) yield
  }
  for (const [bucket, slots] of rows) {
    insert(bucket, topicBytes(slots))
    yield
  }
  const brokers = new Map<number, Map<number, FigureRow>>()
  for (const [id, row] of sample.brokers) {
    const bucket = brokerBucket(id)
    const some = brokers.get(bucket) ?? new Map<number, FigureRow>()
    brokers.set(bucket, some.set(id, row))
  }
  for (const [bucket, some] of brokers) {
    insert(bucket, brokerBytes(some))
    yield
  }
  insert(CLUSTER_ROW, clusterBytes(sample))
}

/** Samples on their way into the file, in pieces. */
export class SampleQueue {
  private readonly tiers = new Tiers()
  private readonly incoming: ClusterSample[] = []
  private adding: Sliced<TierSample[]> | null = null
  private readonly waiting: TierSample[] = []
  private writing: Sliced<void> | null = null

  add(sample: ClusterSample): void {
    this.incoming.push(sample)
  }

  get isIdle(): boolean {
    return this.incoming.length + this.waiting.length === 0 && this.adding === null
  }

  /** What was begun is in no file: a transaction was rolled back, or the file is another one. */
  restart(): void {
    this.writing = null
  }

  /** One slice. Answers whether there is more to do. Throws what SQLite throws, and then begins the sample again. */
  step(
    db: Database.Database,
    names: Names,
    inTransaction: InTransaction,
    deadline: number,
    now: () => number,
  ): boolean {
    const next = this.adding === null ? this.incoming.shift() : undefined
    if (next !== undefined) this.adding = this.tiers.add(next)
    if (this.adding !== null) {
      const done = runSlice(this.adding, deadline, now)
      if (done !== null) this.take(done.result)
      return true
    }
    return this.write(db, names, inTransaction, deadline, now)
  }

  /** Everything, at the end. */
  finish(db: Database.Database, names: Names, inTransaction: InTransaction): void {
    if (this.adding !== null) this.take(runWhole(this.adding))
    for (const sample of this.incoming.splice(0)) this.take(runWhole(this.tiers.add(sample)))
    this.take(runWhole(this.tiers.rest()))
    while (this.write(db, names, inTransaction, Number.POSITIVE_INFINITY, () => 0));
  }

  private take(kept: readonly TierSample[]): void {
    this.adding = null
    this.waiting.push(...kept)
    if (this.waiting.length <= WAITING) return
    this.waiting.splice(0, this.waiting.length - WAITING)
    this.writing = null
  }

  private write(
    db: Database.Database,
    names: Names,
    inTransaction: InTransaction,
    deadline: number,
    now: () => number,
  ): boolean {
    const first = this.waiting[0]
    if (first === undefined) return false
    const statement = db.prepare(INSERT_SAMPLE)
    const at = Math.round(first.sample.at)
    try {
      const isDone = inTransaction(() => {
        const insert: Insert = (bucket, body) =>
          void statement.run(first.tier, bucket, at, body, sampleSum(first.tier, bucket, at, body))
        this.writing ??= writeRows(first, names, insert)
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
}
