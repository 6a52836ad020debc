import type { BrokerAddress, MetadataColumns } from '../../domain/topology/columns'
import { checkVersion } from './codec'
import { metadataApi } from './metadata-request'
import { MetadataColumnsBuilder } from './metadata-columns-builder'
import type { MetadataSize } from './metadata-columns-builder'
import { LEAST_COMPACT_PARTITION, LEAST_PLAIN_PARTITION } from './metadata-odd-partition'
import { readPartitions } from './metadata-partitions'
import { readClusterId, readNode, readNodes } from './nodes'
import { Reader } from './reader'
import { sameText } from './same-text'
import type { Sliced } from '../../domain/slices'

export interface MetadataDecoderOptions {
  /**
   * Topic names of the last answer: a name with the same bytes is taken over instead of being made anew. Order matters
   * for speed only.
   */
  readonly previousNames?: readonly string[]
  /** Rows of the last answer; a wrong guess costs copying, nothing else. */
  readonly expected?: MetadataSize
}

const LEAST_TOPIC_BYTES = 9
/** Lengths and counts up to here take one byte in both families of versions. */
const LONGEST_KNOWN = 126

/**
 * Bytes of a topic: error and length of the name; topic id; internal flag and partition count; the smallest partition.
 */
interface TopicLayout {
  readonly beforeName: number
  readonly idBytes: number
  readonly afterId: number
  readonly leastPartition: number
}

const V7_LAYOUT: TopicLayout = { beforeName: 4, idBytes: 0, afterId: 5, leastPartition: LEAST_PLAIN_PARTITION }
const V12_LAYOUT: TopicLayout = { beforeName: 3, idBytes: 16, afterId: 2, leastPartition: LEAST_COMPACT_PARTITION }
/** Rows between two looks at the clock: some 20 µs. */
const ROWS_PER_LOOK = 1024

export interface DecodedMetadata {
  readonly columns: MetadataColumns
  /**
   * Top-level error of v13 (129 = the broker wants the client to start over from its bootstrap list); 0 in other
   * versions.
   */
  readonly errorCode: number
}

/**
 * Decodes one Metadata answer (everything after the correlation id), once, by `pass`, which may stop between topics.
 * `bytes` must not change meanwhile and is not needed afterwards. Throws WireError; a decoder that threw is spent.
 */
export class MetadataDecoder {
  private readonly reader: Reader
  private readonly clusterId: string | null
  private readonly controllerId: number
  private readonly brokers: readonly BrokerAddress[]
  private readonly topics: number
  private readonly layout: TopicLayout
  private readonly columns: MetadataColumnsBuilder
  private readonly previousNames: readonly string[]
  private nextName = 0
  private topic = 0
  /** A name came that is not the next one of the last answer. */
  private unexpected = false

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
    this.brokers = readNodes(r, readBroker, ({ id }) => id)
    this.clusterId = readClusterId(r)
    this.controllerId = r.int32('ControllerId')
    this.topics = r.count('Topics', LEAST_TOPIC_BYTES)
    this.layout = version >= 10 ? V12_LAYOUT : V7_LAYOUT
    const most = {
      partitions: Math.floor(r.remaining / this.layout.leastPartition),
      replicas: Math.floor(r.remaining / 4),
    }
    this.columns = new MetadataColumnsBuilder(this.topics, most, options.expected)
  }

  *pass(): Sliced<DecodedMetadata> {
    const { columns } = this
    for (;;) {
      const look = columns.partitions + this.topic + ROWS_PER_LOOK
      while (this.topic < this.topics && columns.partitions + this.topic < look) this.readTopic()
      if (this.topic === this.topics) break
      yield
    }
    if (this.unexpected) yield* this.eachTopicOnce()
    return this.finish()
  }

  /**
   * A topic that stands there twice, with other partitions each time, is none that anything could be said of. Names that came in the order of the last answer
   * cannot be twice.
   */
  private *eachTopicOnce(): Sliced<void> {
    const { topicNames } = this.columns
    const seen = new Set<string>()
    for (let topic = 0; topic < topicNames.length; topic++) {
      if (topic > 0 && topic % ROWS_PER_LOOK === 0) yield
      seen.add(topicNames[topic]!)
      if (seen.size <= topic)
        this.reader.fail('malformed', `Topic ${JSON.stringify(topicNames[topic])} is listed twice`)
    }
  }

  private readTopic(): void {
    const { reader: r, columns, topic, version } = this
    columns.topicStart[topic] = columns.partitions
    let count = this.readKnownHead()
    if (count < 0) count = this.readHead()
    columns.reservePartitions(columns.partitions + count, r.offset / r.length)
    r.offset = readPartitions(r.offset, count, columns, r)
    if (version >= 8) columns.topicOperations[topic] = r.int32('TopicAuthorizedOperations')
    r.tags()
    this.topic++
  }

  /**
   * What stands before a topic's partitions, read at one go when the name is the one expected; returns their count. -1
   * and nothing read when anything about it is unusual. Saves a tenth of a poll, nothing else.
   */
  private readKnownHead(): number {
    const { reader: r, columns, topic, layout } = this
    const { view } = r
    const name = this.previousNames[this.nextName]
    if (name === undefined) return -1
    const at = r.offset
    const start = at + layout.beforeName
    const internal = start + name.length + layout.idBytes
    if (internal + layout.afterId > r.length || name.length > LONGEST_KNOWN) return -1
    const length = r.flexible ? view.getUint8(at + 2) - 1 : view.getInt16(at + 2)
    if (length !== name.length || !sameText(name, view, start, length)) return -1
    const count = r.flexible ? view.getUint8(internal + 1) - 1 : view.getInt32(internal + 1)
    if (count < 0 || (r.flexible && count > LONGEST_KNOWN) || count * layout.leastPartition > r.remaining) return -1
    columns.topicErrors[topic] = view.getInt16(at)
    columns.topicInternal[topic] = view.getUint8(internal) === 0 ? 0 : 1
    columns.topicNames.push(name)
    this.nextName++
    this.readId(start + length)
    r.offset = internal + layout.afterId
    return count
  }

  private readHead(): number {
    const { reader: r, columns, topic } = this
    columns.topicErrors[topic] = r.int16('ErrorCode')
    columns.topicNames.push(this.readName())
    this.readId(r.skip(this.layout.idBytes, 'TopicId'))
    columns.topicInternal[topic] = r.boolean('IsInternal') ? 1 : 0
    return r.count('Partitions', this.layout.leastPartition)
  }

  private readId(at: number): void {
    const { reader, columns, topic } = this
    for (let word = 0; word * 4 < this.layout.idBytes; word++)
      columns.topicIds[topic * 4 + word] = reader.view.getInt32(at + word * 4)
  }

  /** Steps over a previous name that is gone; one that is new leaves the place in the list where it was. */
  private readName(): string {
    const { reader: r, previousNames, nextName } = this
    const start = r.offset
    // Null only answers a question by topic id, which we never ask.
    const length = r.nullableLength('Name')
    if (length <= 0) return ''
    const at = r.skip(length, 'Name')
    for (let next = nextName; next < nextName + 2; next++) {
      const name = previousNames[next]
      if (name === undefined || !sameText(name, r.view, at, length)) continue
      this.nextName = next + 1
      return name
    }
    r.offset = start
    this.unexpected = true
    return r.string('Name')
  }

  private finish(): DecodedMetadata {
    const { reader: r, columns, version } = this
    columns.topicStart[this.topics] = columns.partitions
    const errorCode = version >= 13 ? r.int16('ErrorCode') : 0
    r.tags()
    r.end()
    return { columns: columns.finish(this.clusterId, this.controllerId, this.brokers), errorCode }
  }
}

function readBroker(r: Reader): BrokerAddress {
  const broker = readNode(r, 'NodeId')
  r.tags()
  return broker
}
