import type { BrokerAddress, MetadataColumns, OffsetColumns } from '../../domain/topology/columns'
import type {
  AlterAnswer,
  ApiRange,
  BrokerLink,
  ConfigAnswer,
  ConfigChange,
  ElectionAnswer,
  ElrAnswer,
  EpochOf,
  FolderOfReplicas,
  GroupList,
  GroupOffsets,
  ListedGroup,
  OffsetsQuestion,
  PartitionProducers,
  QuorumAnswer,
  ReassignmentAnswer,
  RecordSample,
  ReplicaSizes,
} from '../../ports/cluster-port'
import { PortError } from '../../ports/cluster-port'
import { apiVersions } from '../wire/api-versions'
import type { ApiVersionsResponse } from '../wire/api-versions'
import type { Api, Codec } from '../wire/codec'
import { describeCluster } from '../wire/describe-cluster'
import { describeConfigs } from '../wire/describe-configs'
import { describeLogDirs } from '../wire/describe-log-dirs'
import { describeQuorum, METADATA_QUORUM } from '../wire/describe-quorum'
import { describeShareGroupOffsets } from '../wire/describe-share-group-offsets'
import { describeProducers } from '../wire/describe-producers'
import { describeTopicPartitions } from '../wire/describe-topic-partitions'
import { electLeaders } from '../wire/elect-leaders'
import { fetch } from '../wire/fetch'
import { incrementalAlterConfigs } from '../wire/incremental-alter-configs'
import { listGroups } from '../wire/list-groups'
import { ListOffsetsDecoder } from '../wire/list-offsets-decoder'
import { encodeListOffsets, listOffsetsApi } from '../wire/list-offsets-request'
import { listPartitionReassignments } from '../wire/list-partition-reassignments'
import type { MetadataDecoderOptions } from '../wire/metadata-decoder'
import type { MetadataSize } from '../wire/metadata-columns-builder'
import type { MetadataRequest } from '../wire/metadata-request'
import { offsetFetch } from '../wire/offset-fetch'
import { offsetForLeaderEpoch } from '../wire/offset-for-leader-epoch'
import { BrokerSocket, HELLO } from './broker-socket'
import { chooseVersion } from './choose-version'
import type { ClusterIdentity } from './cluster-identity'
import { Deadline } from './deadline'
import { encoded } from './encoded'
import { readElr } from './elr-pages'
import { Forwarding } from './forwarding'
import { addressText } from '../../shared/bootstrap'
import {
  clusterOperationsAnswer,
  groupOffsetsAnswer,
  groupOffsetsRequest,
  groupsAnswer,
  operationsAnswer,
  sampleAnswer,
  sampleRequest,
  disksAnswer,
  failedLogDirsAnswer,
  shareOffsetsAnswer,
  shareOffsetsRequest,
  sizesAnswer,
} from './plan-questions'
import {
  configAnswers,
  configsRequest,
  epochsAnswer,
  epochsRequest,
  metadataOffsetOf,
  noneAtTime,
  offsetsRequest,
  producersAnswer,
  producersRequest,
  quorumAnswer,
  reassignmentAnswer,
} from './questions'
import { readAnswer } from './read-answer'
import { readMetadata } from './read-metadata'
import type { Transport } from './transport'
import { tooLate } from './transport-errors'
import { alterAnswer, alterRequest, electionAnswer, electionRequest } from './write-answers'

type Asked = readonly { readonly topic: string; readonly partitions: readonly number[] }[]

/**
 * One broker over at most two connections: polling, made by `connect`, and one for what the broker forwards to the controller, made when it
 * is first needed (forwarding.ts). A polling connection that is lost stays lost until `connect` is called again; the other one is made anew
 * by itself. Each proves `identity` before it is used.
 */
export class KafkaBrokerLink implements BrokerLink {
  readonly traffic = { requests: 0, bytesOut: 0, bytesIn: 0 }
  private readonly host: string
  private polling: BrokerSocket | null = null
  private readonly forwarding: Forwarding
  private connecting: Promise<void> | null = null
  /** The polling connection opened last: what was told over it stands until there is another one. */
  private known: BrokerSocket | null = null
  private ended: PortError | null = null
  private expected: MetadataSize | undefined
  private readonly sockets = new Set<BrokerSocket>()

  constructor(
    private readonly transport: Transport,
    readonly address: BrokerAddress,
    private readonly identity: ClusterIdentity,
    private readonly onEnd: () => void = () => undefined,
  ) {
    this.host = addressText(address)
    this.forwarding = new Forwarding({
      host: this.host,
      identity,
      versions: () => this.versions,
      newSocket: () => this.newSocket(),
    })
  }

  get versions(): ReadonlyMap<number, ApiRange> | null {
    return this.known?.versions ?? null
  }

  get heldMs(): number {
    return this.polling?.heldMs ?? 0
  }

  get readingForMs(): number {
    return this.polling?.readingForMs ?? Number.POSITIVE_INFINITY
  }

  get features(): ReadonlyMap<string, number> | null {
    return this.known?.features ?? null
  }

  /** Resolves when no socket of this link is left. */
  async closed(): Promise<void> {
    await Promise.all([...this.sockets].map((socket) => socket.closed))
  }

  connect(timeoutMs: number): Promise<void> {
    if (this.polling !== null && this.polling.ended === null && this.connecting === null) return Promise.resolve()
    const deadline = new Deadline(timeoutMs)
    if (this.connecting !== null) {
      const where = { host: this.host, stage: 'tcp', apiName: '' } as const
      return deadline.race(this.connecting, () => tooLate(where, timeoutMs))
    }
    this.connecting = this.connectPolling(deadline).finally(() => {
      this.connecting = null
    })
    return this.connecting
  }

  async metadata(
    topics: readonly string[] | null,
    timeoutMs: number,
    previousNames?: readonly string[],
  ): Promise<MetadataColumns> {
    if (topics !== null)
      return this.askMetadata({ topics }, timeoutMs, previousNames === undefined ? {} : { previousNames })
    // Both are under way at once. The offset is asked first, so that the answer is of that offset or of a later one.
    const [metadataOffset, columns] = await Promise.all([
      this.metadataOffset(timeoutMs),
      this.askMetadata({ topics }, timeoutMs, {
        ...(previousNames === undefined ? {} : { previousNames }),
        ...(this.expected === undefined ? {} : { expected: this.expected }),
      }),
    ])
    this.expected = { partitions: columns.partition.length, replicas: columns.replicaBroker.length }
    return { ...columns, metadataOffset }
  }

  async offsets(question: OffsetsQuestion, timeoutMs: number): Promise<OffsetColumns> {
    const { socket, version } = this.ready(listOffsetsApi)
    const { what, rows, from, to } = question
    const body = encoded(this.host, () => encodeListOffsets(version, offsetsRequest(question)))
    const deadline = this.limit(timeoutMs)
    return socket.within(deadline, listOffsetsApi.apiName, async () => {
      const columns = await readAnswer(
        await socket.send(listOffsetsApi, version, body),
        (bytes) => new ListOffsetsDecoder(version, bytes, rows, from, to).pass(),
        () => deadline.passed || socket.ended !== null,
      )
      return what === 'at-time' ? noneAtTime(columns) : columns
    })
  }

  async configs(
    resources: readonly { readonly type: 'topic' | 'broker'; readonly name: string }[],
    keys: readonly string[] | null,
    timeoutMs: number,
    extra: { readonly synonyms?: boolean; readonly docs?: boolean } = {},
  ): Promise<readonly ConfigAnswer[]> {
    const request = configsRequest(resources, keys, extra)
    return configAnswers(await this.ask(describeConfigs, request, this.limit(timeoutMs)))
  }

  async elr(topics: readonly string[], timeoutMs: number): Promise<ElrAnswer> {
    if (topics.length === 0) return { partitions: [] }
    const deadline = this.limit(timeoutMs)
    return readElr(topics, (request) => this.ask(describeTopicPartitions, request, deadline))
  }

  async epochEnds(questions: readonly EpochOf[], timeoutMs: number): Promise<readonly number[]> {
    const answer = await this.ask(offsetForLeaderEpoch, epochsRequest(questions), this.limit(timeoutMs))
    return epochsAnswer(questions, answer)
  }

  async producers(topics: Asked, timeoutMs: number): Promise<readonly PartitionProducers[]> {
    if (topics.length === 0) return []
    return producersAnswer(await this.ask(describeProducers, producersRequest(topics), this.limit(timeoutMs)))
  }

  async ping(timeoutMs: number): Promise<void> {
    await this.askVersions(timeoutMs)
  }

  async quorum(timeoutMs: number): Promise<QuorumAnswer> {
    return quorumAnswer(await this.forwarding.ask(describeQuorum, METADATA_QUORUM, timeoutMs), this.host)
  }

  async reassignments(timeoutMs: number): Promise<ReassignmentAnswer> {
    const request = { timeoutMs: Math.max(1, Math.round(timeoutMs)), topics: null }
    return reassignmentAnswer(await this.forwarding.ask(listPartitionReassignments, request, timeoutMs), this.host)
  }

  async sizes(topics: Asked, timeoutMs: number): Promise<ReplicaSizes> {
    if (topics.length === 0) return { replicas: [] }
    return sizesAnswer(await this.ask(describeLogDirs, { topics }, this.limit(timeoutMs)), this.host)
  }

  async disks(topics: Asked, timeoutMs: number): Promise<readonly FolderOfReplicas[]> {
    if (topics.length === 0) return []
    return disksAnswer(await this.ask(describeLogDirs, { topics }, this.limit(timeoutMs)), this.host)
  }

  async failedLogDirs(timeoutMs: number): Promise<readonly string[]> {
    // No topic: the directories alone.
    return failedLogDirsAnswer(await this.ask(describeLogDirs, { topics: [] }, this.limit(timeoutMs)), this.host)
  }

  async groups(timeoutMs: number): Promise<GroupList> {
    return groupsAnswer(await this.ask(listGroups, null, this.limit(timeoutMs)), this.host)
  }

  async groupOffsets({ id, share }: ListedGroup, topics: Asked, timeoutMs: number): Promise<GroupOffsets> {
    if (share) {
      const asked = shareOffsetsRequest(id, topics)
      return shareOffsetsAnswer(id, await this.ask(describeShareGroupOffsets, asked, this.limit(timeoutMs)), this.host)
    }
    const request = groupOffsetsRequest(id, topics)
    return groupOffsetsAnswer(await this.ask(offsetFetch, request, this.limit(timeoutMs)), this.host)
  }

  async sample(
    topic: string,
    partition: number,
    offset: number,
    maxBytes: number,
    timeoutMs: number,
  ): Promise<RecordSample> {
    const request = sampleRequest(topic, partition, offset, maxBytes)
    const { socket, version } = this.ready(fetch)
    const body = encoded(this.host, () => fetch.encode(version, request))
    // Inside `within`, so that batches no broker writes are an error of this broker like any other.
    return socket.within(this.limit(timeoutMs), fetch.apiName, async () =>
      sampleAnswer(fetch.decode(version, await socket.send(fetch, version, body)), this.host),
    )
  }

  async operations(topics: readonly string[], timeoutMs: number): Promise<ReadonlyMap<string, number>> {
    if (topics.length === 0) return new Map()
    return operationsAnswer(await this.askMetadata({ topics, includeTopicAuthorizedOperations: true }, timeoutMs))
  }

  async clusterOperations(timeoutMs: number): Promise<number | null> {
    const request = { includeClusterAuthorizedOperations: true, includeFencedBrokers: false }
    return clusterOperationsAnswer(await this.ask(describeCluster, request, this.limit(timeoutMs)), this.host)
  }

  async alterConfigs(changes: readonly ConfigChange[], validateOnly: boolean, timeoutMs: number): Promise<AlterAnswer> {
    const request = alterRequest(changes, validateOnly)
    const answer = validateOnly
      ? await this.forwarding.ask(incrementalAlterConfigs, request, timeoutMs)
      : await this.forwarding.write(incrementalAlterConfigs, request, timeoutMs)
    return alterAnswer(answer, this.host)
  }

  async electPreferred(partitions: Asked, timeoutMs: number): Promise<ElectionAnswer> {
    const request = electionRequest(partitions, timeoutMs)
    return electionAnswer(await this.forwarding.write(electLeaders, request, timeoutMs), this.host)
  }

  giveUp(reason: string): void {
    if (this.ended !== null) return
    this.ended = new PortError('cancelled', 'closed-by-us', `${this.host}: ${reason}`, 0, this.host)
    for (const socket of this.sockets) socket.end(this.ended)
    this.onEnd()
  }

  /** As in MetadataColumns. Never rejects: a broker that refuses this one may answer the other, and what ends the connection ends the other with its cause. */
  private async metadataOffset(timeoutMs: number): Promise<number> {
    try {
      return metadataOffsetOf(await this.askVersions(timeoutMs))
    } catch {
      return Number.NaN
    }
  }

  /** What the broker offers and which features it knows is renewed by each answer, so nothing is asked for that alone: it goes with Metadata, and where nothing else is asked with the pings. */
  private async askVersions(timeoutMs: number): Promise<ApiVersionsResponse> {
    const socket = this.standing()
    const answer = await this.ask(apiVersions, HELLO, this.limit(timeoutMs))
    socket.renew(answer)
    return answer
  }

  private async connectPolling(deadline: Deadline): Promise<void> {
    const socket = this.newSocket()
    this.polling = socket
    await socket.open(deadline, this.identity)
    this.known = socket
  }

  private newSocket(): BrokerSocket {
    if (this.ended !== null) throw this.ended
    const socket = new BrokerSocket(this.transport, this.address, this.traffic)
    this.sockets.add(socket)
    void socket.closed.then(() => this.sockets.delete(socket))
    return socket
  }

  /** What is asked while the broker holds us back is read when that is over: until then it is not silent. */
  private limit(timeoutMs: number): Deadline {
    return new Deadline(timeoutMs + this.heldMs)
  }

  private standing(): BrokerSocket {
    if (this.ended !== null) throw this.ended
    const socket = this.polling
    if (socket === null) throw new PortError('unreachable', 'closed', `${this.host} is not connected`, 0, this.host)
    if (socket.ended !== null) throw socket.ended
    return socket
  }

  private ready(api: Api): { socket: BrokerSocket; version: number } {
    const socket = this.standing()
    return { socket, version: chooseVersion(api, socket.versions, this.host) }
  }

  private async ask<Q, R>(codec: Codec<Q, R>, request: Q, deadline: Deadline): Promise<R> {
    const { socket, version } = this.ready(codec)
    const body = encoded(this.host, () => codec.encode(version, request))
    return socket.within(deadline, codec.apiName, async () =>
      readAnswer(
        await socket.send(codec, version, body),
        (bytes) => codec.decodePass(version, bytes),
        () => socket.ended !== null,
      ),
    )
  }

  /** Every answer is held against the identity too: what passes connections on may send questions of one of them to different clusters. */
  private async askMetadata(
    request: MetadataRequest,
    timeoutMs: number,
    options: MetadataDecoderOptions = {},
  ): Promise<MetadataColumns> {
    const socket = this.standing()
    const columns = await readMetadata(socket, this.host, request, this.limit(timeoutMs), options)
    try {
      this.identity.check(columns.clusterId, this.host)
    } catch (error) {
      if (error instanceof PortError) socket.end(error)
      throw error
    }
    return columns
  }
}
