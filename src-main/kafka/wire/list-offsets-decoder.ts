import type { OffsetColumns, OffsetRows } from '../../domain/topology/columns'
import { LEFT_OUT, OFFSET_TOO_LARGE } from '../../domain/topology/columns'
import { checkVersion } from './codec'
import { listOffsetsApi } from './list-offsets-request'
import { OffsetRowFinder } from './offset-row-finder'
import { Reader } from './reader'
import { sameText } from './same-text'
import type { Sliced } from '../../domain/slices'

const TWO_32 = 4294967296
const UNKNOWN_OFFSET = -1
/** Index, error, timestamp, offset, leader epoch. */
const PARTITION_BYTES = 26
const LEAST_TOPIC_BYTES = 3
/** Rows between two looks at the clock. */
const ROWS_PER_LOOK = 1024

/**
 * Decodes one ListOffsets answer into columns aligned with the asked rows (index 0 = row `from`), in slices like
 * MetadataDecoder. Rows that were not asked for are passed over. Throws WireError. An offset beyond 2^53 is an error of its
 * own row: one absurd partition must not hide every other one of its broker.
 */
export class ListOffsetsDecoder {
  private readonly reader: Reader
  private readonly finder: OffsetRowFinder
  private readonly columns: OffsetColumns
  private topicsLeft: number
  private partitionsLeft = 0
  /** Whether the topic being read was asked for. */
  private known = false
  /** Where the next row is expected. */
  private nextRow: number
  /** Where the rows of the topic after this one begin. */
  private nextTopicRow: number
  private done = false
  /** 1 = answered; an error of -1 is one that brokers give as well. */
  private readonly answered: Uint8Array

  constructor(
    version: number,
    bytes: Uint8Array,
    private readonly rows: OffsetRows,
    private readonly from: number,
    to: number,
  ) {
    checkVersion(listOffsetsApi, version)
    const r = new Reader(listOffsetsApi.apiName, bytes, listOffsetsApi.flexible(version))
    this.reader = r
    this.finder = new OffsetRowFinder(rows, from, to)
    this.nextRow = from
    this.nextTopicRow = from
    r.tags()
    r.int32('ThrottleTimeMs')
    this.topicsLeft = r.count('Topics', LEAST_TOPIC_BYTES)
    const count = to - from
    this.answered = new Uint8Array(count)
    const offset = new Float64Array(count).fill(NaN)
    this.columns = { offset, errors: new Int16Array(count).fill(LEFT_OUT), leaderEpoch: new Int32Array(count).fill(-1) }
  }

  *pass(): Sliced<OffsetColumns> {
    for (;;) {
      let budget = ROWS_PER_LOOK
      while (budget > 0 && !this.done) budget -= this.readSome(budget)
      if (this.done) return this.columns
      yield
    }
  }

  /** Reads a topic's head or up to `most` of its partitions; returns what it cost. */
  private readSome(most: number): number {
    const { reader: r } = this
    if (this.partitionsLeft > 0) {
      const count = Math.min(most, this.partitionsLeft)
      for (let i = 0; i < count; i++) this.readPartition()
      this.partitionsLeft -= count
      if (this.partitionsLeft === 0) r.tags()
      return count
    }
    if (this.topicsLeft > 0) {
      this.topicsLeft--
      this.chooseTopic()
      this.partitionsLeft = r.count('Partitions', PARTITION_BYTES)
      if (this.partitionsLeft === 0) r.tags()
    } else {
      r.tags()
      r.end()
      this.done = true
    }
    return 1
  }

  private chooseTopic(): void {
    const { reader: r, finder } = this
    const start = r.offset
    const length = r.nullableLength('Name')
    const at = r.skip(Math.max(length, 0), 'Name')
    const expected = finder.nameAt(this.nextTopicRow)
    let row = this.nextTopicRow
    if (expected === null || !sameText(expected, r.view, at, length)) {
      r.offset = start
      row = finder.rowOfTopic(r.string('Name'))
    }
    this.known = row >= 0
    if (!this.known) return
    this.nextRow = row
    this.nextTopicRow = finder.choose(row)
  }

  private readPartition(): void {
    const { reader: r, rows, columns } = this
    const at = r.skip(PARTITION_BYTES, 'Partitions')
    r.tags()
    if (!this.known) return
    const partition = r.view.getInt32(at)
    const inOrder = this.nextRow < this.nextTopicRow && rows.partition[this.nextRow] === partition
    const row = inOrder ? this.nextRow : this.finder.rowOfPartition(partition)
    if (row < 0) return
    this.nextRow = row + 1
    if (this.answered[row - this.from] === 1) this.refuse(row, at, 'is answered twice')
    this.answered[row - this.from] = 1
    const error = r.view.getInt16(at + 4)
    columns.errors[row - this.from] = error
    columns.leaderEpoch[row - this.from] = r.view.getInt32(at + 22)
    if (error !== 0) return
    const offset = r.view.getInt32(at + 14) * TWO_32 + r.view.getUint32(at + 18)
    if (offset === UNKNOWN_OFFSET) return
    if (offset < 0) this.refuse(row, at + 14, `has the offset ${r.view.getBigInt64(at + 14)}, below -1`)
    if (Number.isSafeInteger(offset)) columns.offset[row - this.from] = offset
    else columns.errors[row - this.from] = OFFSET_TOO_LARGE
  }

  private refuse(row: number, at: number, what: string): never {
    const { reader: r, rows } = this
    const name = `${rows.topicNames[rows.topicIndex[row] ?? -1] ?? '?'}-${rows.partition[row] ?? -1}`
    r.offset = at
    return r.fail('malformed', `${name} ${what}`)
  }
}
