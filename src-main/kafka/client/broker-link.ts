import type { BrokerAddress, MetadataColumns, OffsetColumns } from '../../domain/columns'
import type {
  ApiRange,
  BrokerLink,
  ConfigAnswer,
  ElrAnswer,
  LogDirAnswer,
  OffsetsQuestion,
  QuorumAnswer,
  ReassignmentAnswer,
} from '../cluster-port'
import { PortError } from '../cluster-port'
import { apiVersions } from '../wire/api-versions'
import type { Api, Codec } from '../wire/codec'
import { describeConfigs } from '../wire/describe-configs'
import { describeLogDirs } from '../wire/describe-log-dirs'
import { describeQuorum, METADATA_QUORUM } from '../wire/describe-quorum'
import { describeTopicPartitions } from '../wire/describe-topic-partitions'
import { encodeListOffsets, ListOffsetsDecoder, listOffsetsApi } from '../wire/list-offsets'
import { listPartitionReassignments } from '../wire/list-partition-reassignments'
import { MetadataDecoder } from '../wire/metadata-decoder'
import type { MetadataSize } from '../wire/metadata-columns-builder'
import { encodeMetadata, metadataApi } from '../wire/metadata-request'
import { BrokerSocket, HELLO } from './broker-socket'
import { chooseVersion } from './choose-version'
import { Deadline } from './deadline'
import { encoded } from './encoded'
import { readElr } from './elr-pages'
import { kafkaError } from './kafka-errors'
import { addressText } from './options'
import {
  configAnswers,
  configsRequest,
  logDirAnswer,
  offsetsRequest,
  quorumAnswer,
  reassignmentAnswer,
} from './questions'
import { inSlices } from './slices'
import type { Transport } from './transport'
import { tooLate } from './transport-errors'

/**
 * One broker over at most two connections: polling, made by `connect`, and one for what the broker forwards to the controller, made when it
 * is first needed. A polling connection that is lost stays lost until `connect` is called again; the other one is made anew by itself.
 * A forwarded question that is late takes its connection down, since everything behind it would hang as well (seen on 4.4.0).
 */
export class KafkaBrokerLink implements BrokerLink {
  readonly traffic = { requests: 0, bytesOut: 0, bytesIn: 0 }
  private readonly host: string
  private polling: BrokerSocket | null = null
  private forwarding: BrokerSocket | null = null
  private connecting: Promise<void> | null = null
  private known: { versions: ReadonlyMap<number, ApiRange>; features: ReadonlyMap<string, number> } | null = null
  private ended: PortError | null = null
  private expected: MetadataSize | undefined
  private readonly sockets = new Set<BrokerSocket>()

  constructor(
    private readonly transport: Transport,
    readonly address: BrokerAddress,
    private readonly onEnd: () => void = () => undefined,
  ) {
    this.host = addressText(address)
  }

  get versions(): ReadonlyMap<number, ApiRange> | null {
    return this.known?.versions ?? null
  }

  get features(): ReadonlyMap<string, number> {
    return this.known?.features ?? new Map()
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
    const { socket, version } = this.ready(metadataApi)
    const body = encoded(this.host, () => encodeMetadata(version, { topics }))
    const deadline = new Deadline(timeoutMs)
    const options = {
      ...(previousNames === undefined ? {} : { previousNames }),
      ...(this.expected === undefined || topics !== null ? {} : { expected: this.expected }),
    }
    const columns = await socket.within(deadline, metadataApi.apiName, async () => {
      const decoder = new MetadataDecoder(version, await socket.send(metadataApi, version, body), options)
      const answer = await inSlices(decoder, () => deadline.passed || socket.ended !== null)
      if (decoder.errorCode !== 0) throw kafkaError(metadataApi.apiName, decoder.errorCode, this.host)
      return answer
    })
    if (topics === null)
      this.expected = { partitions: columns.partition.length, replicas: columns.replicaBroker.length }
    return columns
  }

  async offsets(question: OffsetsQuestion, timeoutMs: number): Promise<OffsetColumns> {
    const { socket, version } = this.ready(listOffsetsApi)
    const { rows, from, to } = question
    const body = encoded(this.host, () => encodeListOffsets(version, offsetsRequest(question)))
    const deadline = new Deadline(timeoutMs)
    return socket.within(deadline, listOffsetsApi.apiName, async () => {
      const bytes = await socket.send(listOffsetsApi, version, body)
      return inSlices(
        new ListOffsetsDecoder(version, bytes, rows, from, to),
        () => deadline.passed || socket.ended !== null,
      )
    })
  }

  async configs(
    resources: readonly { readonly type: 'topic' | 'broker'; readonly name: string }[],
    keys: readonly string[] | null,
    timeoutMs: number,
  ): Promise<readonly ConfigAnswer[]> {
    return configAnswers(await this.ask(describeConfigs, configsRequest(resources, keys), new Deadline(timeoutMs)))
  }

  async logDirs(timeoutMs: number): Promise<LogDirAnswer> {
    return logDirAnswer(await this.ask(describeLogDirs, { topics: null }, new Deadline(timeoutMs)), this.host)
  }

  async elr(topics: readonly string[], timeoutMs: number): Promise<ElrAnswer> {
    if (topics.length === 0) return { partitions: [] }
    const deadline = new Deadline(timeoutMs)
    return readElr(topics, (request) => this.ask(describeTopicPartitions, request, deadline))
  }

  async ping(timeoutMs: number): Promise<void> {
    await this.ask(apiVersions, HELLO, new Deadline(timeoutMs))
  }

  async quorum(timeoutMs: number): Promise<QuorumAnswer> {
    return quorumAnswer(await this.forward(describeQuorum, METADATA_QUORUM, timeoutMs), this.host)
  }

  async reassignments(timeoutMs: number): Promise<ReassignmentAnswer> {
    const request = { timeoutMs: Math.max(1, Math.round(timeoutMs)), topics: null }
    return reassignmentAnswer(await this.forward(listPartitionReassignments, request, timeoutMs), this.host)
  }

  giveUp(reason: string): void {
    if (this.ended !== null) return
    this.ended = new PortError('cancelled', 'closed-by-us', `${this.host}: ${reason}`, 0, this.host)
    for (const socket of this.sockets) socket.end(this.ended)
    this.onEnd()
  }

  private async connectPolling(deadline: Deadline): Promise<void> {
    const socket = this.newSocket()
    this.polling = socket
    await socket.open(deadline)
    this.known = { versions: socket.versions ?? new Map(), features: socket.features }
  }

  private newSocket(): BrokerSocket {
    if (this.ended !== null) throw this.ended
    const socket = new BrokerSocket(this.transport, this.address, this.traffic)
    this.sockets.add(socket)
    void socket.closed.then(() => this.sockets.delete(socket))
    return socket
  }

  private ready(api: Api): { socket: BrokerSocket; version: number } {
    if (this.ended !== null) throw this.ended
    const socket = this.polling
    if (socket === null) throw new PortError('unreachable', 'closed', `${this.host} is not connected`, 0, this.host)
    if (socket.ended !== null) throw socket.ended
    return { socket, version: chooseVersion(api, socket.versions, this.host) }
  }

  private async ask<Q, R>(codec: Codec<Q, R>, request: Q, deadline: Deadline): Promise<R> {
    const { socket, version } = this.ready(codec)
    return this.exchange(socket, codec, version, request, deadline)
  }

  private async forward<Q, R>(codec: Codec<Q, R>, request: Q, timeoutMs: number): Promise<R> {
    const deadline = new Deadline(timeoutMs)
    const socket = this.forwarding?.ended === null ? this.forwarding : await this.connectForwarding(codec, deadline)
    const version = chooseVersion(codec, socket.versions, this.host)
    try {
      return await this.exchange(socket, codec, version, request, deadline)
    } catch (error) {
      if (error instanceof PortError && error.kind === 'timeout') socket.end(error)
      throw error
    }
  }

  private async connectForwarding(api: Api, deadline: Deadline): Promise<BrokerSocket> {
    // Known to be missing (ZooKeeper mode): no connection for that.
    if (this.known !== null) chooseVersion(api, this.known.versions, this.host)
    const socket = this.newSocket()
    await socket.open(deadline)
    if (this.forwarding !== null && this.forwarding.ended === null) {
      // Another question was quicker; one such connection is enough.
      socket.end(new PortError('cancelled', 'closed-by-us', `${this.host}: second connection not needed`, 0, this.host))
      return this.forwarding
    }
    this.forwarding = socket
    return socket
  }

  private exchange<Q, R>(
    socket: BrokerSocket,
    codec: Codec<Q, R>,
    version: number,
    request: Q,
    deadline: Deadline,
  ): Promise<R> {
    const body = encoded(this.host, () => codec.encode(version, request))
    return socket.within(deadline, codec.apiName, async () =>
      codec.decode(version, await socket.send(codec, version, body)),
    )
  }
}
