import type { BrokerAddress, MetadataColumns } from '../../domain/columns'
import { checkVersion } from './codec'
import { metadataApi } from './metadata-request'
import { MetadataColumnsBuilder } from './metadata-columns-builder'
import type { MetadataSize } from './metadata-columns-builder'
import { LEAST_COMPACT_PARTITION, LEAST_PLAIN_PARTITION } from './metadata-odd-partition'
import { readPartitions } from './metadata-partitions'
import { Reader } from './reader'
import { sameText } from './same-text'

export interface MetadataDecoderOptions {
  /** Topic names of the last answer: a name with the same bytes is taken over instead of being made anew. Order matters for speed only. */
  readonly previousNames?: readonly string[]
  /** Rows of the last answer; a wrong guess costs copying, nothing else. */
  readonly expected?: MetadataSize
}

const LEAST_TOPIC_BYTES = 9
/** Rows between two looks at the clock: some 20 µs. */
const ROWS_PER_LOOK = 1024

/**
 * Decodes one Metadata answer (everything after the correlation id) in slices: `step` until it says true, then `result`. Slices end
 * between topics. `bytes` must not change meanwhile and is not needed afterwards. Throws WireError; a decoder that threw is spent.
 */
export class MetadataDecoder {
  /** Top-level error of v13 (129 = the broker wants the client to start over from its bootstrap list); 0 in other versions. */
  errorCode = 0
  private readonly reader: Reader
  private readonly clusterId: string | null
  private readonly controllerId: number
  private readonly brokers: readonly BrokerAddress[]
  private readonly topics: number
  private readonly columns: MetadataColumnsBuilder
  private readonly previousNames: readonly string[]
  private nextName = 0
  private topic = 0
  private done = false

  constructor(
    private readonly version: number,
    bytes: Uint8Array,
    options: MetadataDecoderOptions = {},
  ) {
    checkVersion(metadataApi, version)
    const r = new Reader(metadataApi.apiName, bytes, metadataApi.flexible(version))
    this.reader = r
    this.previousNames = options.previousNames ?? []
    r.tags()
    r.int32('ThrottleTimeMs')
    this.brokers = r.array('Brokers', 11, readBroker)
    this.clusterId = r.nullableString('ClusterId')
    this.controllerId = r.int32('ControllerId')
    this.topics = r.count('Topics', LEAST_TOPIC_BYTES)
    const least = r.flexible ? LEAST_COMPACT_PARTITION : LEAST_PLAIN_PARTITION
    const most = { partitions: Math.floor(r.remaining / least), replicas: Math.floor(r.remaining / 4) }
    this.columns = new MetadataColumnsBuilder(this.topics, most, options.expected)
  }

  /** Goes on until `now()` reaches `deadlineMs`, at least by one topic; true when everything is read. */
  step(deadlineMs: number, now: () => number): boolean {
    const { columns } = this
    while (!this.done) {
      const look = columns.partitions + this.topic + ROWS_PER_LOOK
      while (this.topic < this.topics && columns.partitions + this.topic < look) this.readTopic()
      if (this.topic === this.topics) this.finish()
      else if (now() >= deadlineMs) return false
    }
    return true
  }

  result(): MetadataColumns {
    if (!this.done) throw new Error('MetadataDecoder.result before step said true')
    return this.columns.finish(this.clusterId, this.controllerId, this.brokers)
  }

  private readTopic(): void {
    const { reader: r, columns, topic, version } = this
    columns.topicStart[topic] = columns.partitions
    columns.topicErrors[topic] = r.int16('ErrorCode')
    columns.topicNames.push(this.readName())
    if (version >= 10) r.skip(16, 'TopicId')
    columns.topicInternal[topic] = r.boolean('IsInternal') ? 1 : 0
    const count = r.count('Partitions', r.flexible ? LEAST_COMPACT_PARTITION : LEAST_PLAIN_PARTITION)
    columns.reservePartitions(columns.partitions + count, r.offset / r.length)
    r.offset = readPartitions(r.offset, count, columns, r)
    if (version >= 8) columns.topicOperations[topic] = r.int32('TopicAuthorizedOperations')
    r.tags()
    this.topic++
  }

  /** Follows the previous names in order, and steps over one that is gone; a new one leaves the place in the list where it was. */
  private readName(): string {
    const { reader: r, previousNames } = this
    const start = r.offset
    // Null only answers a question by topic id, which we never ask.
    const length = r.nullableLength('Name')
    if (length <= 0) return ''
    const at = r.skip(length, 'Name')
    for (let next = this.nextName; next < this.nextName + 2; next++) {
      const name = previousNames[next]
      if (name === undefined || !sameText(name, r.view, at, length)) continue
      this.nextName = next + 1
      return name
    }
    r.offset = start
    return r.string('Name')
  }

  private finish(): void {
    const { reader: r, columns, version } = this
    columns.topicStart[this.topics] = columns.partitions
    if (version >= 13) this.errorCode = r.int16('ErrorCode')
    r.tags()
    r.end()
    this.done = true
  }
}

function readBroker(r: Reader): BrokerAddress {
  const id = r.int32('NodeId')
  const host = r.string('Host')
  const broker = { id, host, port: r.int32('Port'), rack: r.nullableString('Rack') }
  r.tags()
  return broker
}
