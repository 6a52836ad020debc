import type { Socket } from 'node:net'
import type { ApiRange, BrokerLink } from '../../ports/cluster-port'
import { PortError } from '../../ports/cluster-port'
import { apiVersions } from '../wire/api-versions'
import type { ApiVersionsResponse } from '../wire/api-versions'
import { throttleMs } from '../wire/codec'
import type { Api } from '../wire/codec'
import { metadataApi } from '../wire/metadata-request'
import type { ClusterIdentity } from './cluster-identity'
import { guardConnection } from './connection-guard'
import type { Deadline } from './deadline'
import { kafkaError } from './kafka-errors'
import { encoderOf } from './kafkajs-internals'
import type { InternalBroker, InternalConnection, InternalVersions } from './kafkajs-internals'
import { addressText } from '../../shared/bootstrap'
import type { HostPort } from '../../shared/bootstrap'
import { readMetadata } from './read-metadata'
import { strangerError } from './stranger-error'
import { hungUp, toPortError, tooLate } from './transport-errors'
import type { Stage } from '../../ports/reason'
import type { Where } from './transport-errors'
import type { Transport } from './transport'
import { KafkaError } from '../../shared/kafka-codes'

/** Size, API key, API version, correlation id, and the length of the client id. */
const HEADER_BYTES = 14
/** Kafka holds nobody back for longer than a window of its quotas, 11 s unless it was set higher; a broker that says more must not stop us for days. */
const LONGEST_HOLD_MS = 30_000
/** ApiVersions as we ask it; brokers keep the name in their client metrics (KIP-511). */
export const HELLO = { clientSoftwareName: 'highwater', clientSoftwareVersion: '0.1.0' }

/** What a broker told of itself in one answer of ApiVersions. */
interface Told {
  readonly versions: ReadonlyMap<number, ApiRange>
  readonly features: BrokerLink['features']
  /** -1 = it did not know the features. */
  readonly featuresEpoch: number
}

/**
 * One connection to one broker: a kafkajs Broker object of its own, used once. States: new, connecting, open, ended; there is no way back.
 * Whatever ends it (a socket error, a hang-up, an answer that breaks the protocol, `end`) rejects everything pending at once with that
 * cause, and everything asked later too. A question that is late leaves the connection as it is: its answer is dropped when it comes.
 */
export class BrokerSocket {
  private told: Told | null = null
  private readsAgainAt = Number.NEGATIVE_INFINITY
  /** Resolves when the operating system's socket is gone. */
  readonly closed: Promise<void>
  private readonly host: string
  private stage: Stage = 'tcp'
  private cause: PortError | null = null
  private broker: InternalBroker | null = null
  private connection: InternalConnection | null = null
  private readonly waiting = new Set<(error: PortError) => void>()
  private markClosed: () => void = () => undefined

  constructor(
    private readonly transport: Transport,
    private readonly address: HostPort,
    private readonly traffic: BrokerLink['traffic'],
  ) {
    this.host = addressText(address)
    this.closed = new Promise((resolve) => {
      this.markClosed = resolve
    })
  }

  /** null until it has answered ApiVersions. */
  get versions(): Told['versions'] | null {
    return this.told?.versions ?? null
  }

  /** As in BrokerLink. */
  get features(): Told['features'] {
    return this.told?.features ?? null
  }

  /** How long the broker has said that it will not read from this connection (a quota, KIP-219), ms; 0 = it reads. */
  get heldMs(): number {
    return Math.max(0, this.readsAgainAt - performance.now())
  }

  get readingForMs(): number {
    return Math.max(0, performance.now() - this.readsAgainAt)
  }

  /** Why it ended; null while it is of use. */
  get ended(): PortError | null {
    return this.cause
  }

  /**
   * TCP, TLS, ApiVersions and SASL in one, and the proof that it leads to the cluster that is meant. Rejects with PortError. A socket that failed here has
   * ended, so that nothing is ever asked or written over one that leads elsewhere.
   */
  async open(deadline: Deadline, identity: ClusterIdentity): Promise<void> {
    const refused = this.transport.sasl ? this.transport.signIn.standing(this.host) : null
    if (refused !== null) {
      this.end(refused)
      throw refused
    }
    await this.dial(deadline)
    await this.greet(deadline)
    await this.login(deadline)
    await this.prove(deadline, identity)
  }

  /** TCP and, where it is on, TLS. */
  async dial(deadline: Deadline): Promise<void> {
    await this.orEnd(deadline, async () => {
      const { host, port } = this.address
      this.broker = await this.transport.broker(host, port)
      if (this.cause !== null) throw this.cause
      const connection = this.broker.connectionPool.pool[0]
      if (connection === undefined) throw new Error('kafkajs made no connection')
      this.connection = connection
      const guard = guardConnection(connection, {
        received: (bytes) => {
          this.traffic.bytesIn += bytes
        },
        violated: (what, first) => {
          const asked = connection.requestQueue.inflight.values().next().value
          this.end(strangerError(this.host, asked?.entry.apiName ?? '', what, first))
        },
      })
      this.trust = guard.trust
      const connected = connection.connect()
      if (connection.socket !== undefined) this.follow(connection.socket)
      await connected
      this.stage = 'request'
    })
  }

  /** ApiVersions v3, which every broker since 2.4 answers before the login; kafkajs's own stops at v2, without features. */
  async greet(deadline: Deadline): Promise<void> {
    this.stage = 'api-versions'
    await this.orEnd(
      deadline,
      async () => {
        const body = apiVersions.encode(3, HELLO)
        this.take(apiVersions.decode(3, await this.send(apiVersions, 3, body)))
        this.trust()
      },
      apiVersions.apiName,
    )
    this.stage = 'request'
  }

  /**
   * Takes a later answer of ApiVersions over this connection: versions and features at once, or neither. Both are of the moment: the features and their epoch those of the broker's
   * newest image of the metadata, which is empty while it starts (KRaftMetadataCache.features), and what it offers of what it hands on as its controller of now does
   * (ApiVersionsResponse.controllerApiVersions). A refusal is left aside, and so is an epoch lower than one told before, which is an older view.
   */
  renew(answer: ApiVersionsResponse): void {
    if (answer.errorCode === 0 && answer.finalizedFeaturesEpoch >= (this.told?.featuresEpoch ?? -1)) this.note(answer)
  }

  /** Nothing to do without SASL. Where the login was refused before, it is not given again (SignIn). */
  async login(deadline: Deadline): Promise<void> {
    if (!this.transport.sasl) return
    this.stage = 'sasl'
    const login = async (): Promise<void> => {
      try {
        await (this.broker?.connect() ?? Promise.reject(this.notConnected()))
      } catch (error) {
        throw this.cause ?? toPortError(error, { host: this.host, stage: 'sasl', apiName: '' })
      }
    }
    await this.orEnd(deadline, () => this.transport.signIn.attempt(this.host, login))
    this.stage = 'request'
  }

  /**
   * Runs `work` against the deadline and against the end of the connection, and gives every failure its PortError. Whoever decodes in slices
   * puts the decoding inside as well.
   */
  within<T>(deadline: Deadline, apiName: string, work: () => Promise<T>): Promise<T> {
    if (this.cause !== null) return Promise.reject(this.cause)
    const where = (): Where => ({ host: this.host, stage: this.stage, apiName })
    let abandon: (error: PortError) => void = () => undefined
    const ends = new Promise<never>((_resolve, reject) => {
      abandon = reject
    })
    this.waiting.add(abandon)
    return deadline
      .race(Promise.race([work(), ends]), () => tooLate(where(), deadline.timeoutMs))
      .catch((error: unknown) => {
        throw this.cause ?? toPortError(error, where())
      })
      .finally(() => this.waiting.delete(abandon))
  }

  /**
   * Sends without waiting for a deadline of its own: for use inside `within`. `onHandedOver` is called right before the bytes go to the
   * operating system: until then nobody else can have seen them.
   */
  send(api: Api, version: number, body: Uint8Array, onHandedOver?: () => void): Promise<Uint8Array> {
    const connection = this.connection
    if (connection === null) return Promise.reject(this.notConnected())
    this.traffic.requests += 1
    this.traffic.bytesOut += HEADER_BYTES + this.transport.clientId.length + body.length
    const asked = connection.send({
      request: {
        apiKey: api.apiKey,
        apiVersion: version,
        apiName: api.apiName,
        encode: () => {
          onHandedOver?.()
          return Promise.resolve(encoderOf(body))
        },
      },
      response: { decode: (payload) => Promise.resolve({ payload }), parse: ({ payload }) => Promise.resolve(payload) },
      logResponseError: false,
    })
    return asked.then((bytes) => {
      const ms = Math.min(LONGEST_HOLD_MS, throttleMs(api, version, bytes))
      if (ms > 0) this.readsAgainAt = performance.now() + ms
      return bytes
    })
  }

  end(cause: PortError): void {
    if (this.cause !== null) return
    this.cause = cause
    for (const abandon of this.waiting) abandon(cause)
    this.waiting.clear()
    const socket = this.connection?.socket
    // Without an error kafkajs never hears of it: its connection stays 'connected' and later questions hang (seen on 2.2.4).
    if (socket === undefined) this.markClosed()
    else socket.destroy(new Error(cause.message))
  }

  private trust: () => void = () => undefined

  /** Metadata of no topic: every broker answers it whoever asks, and no other question has told the cluster id for as long. */
  private async prove(deadline: Deadline, identity: ClusterIdentity): Promise<void> {
    if (!identity.provable) return
    await this.orEnd(
      deadline,
      async () => {
        const { clusterId } = await readMetadata(this, this.host, { topics: [] }, deadline)
        identity.check(clusterId, this.host)
      },
      metadataApi.apiName,
    )
  }

  private notConnected(): PortError {
    return new PortError('unreachable', 'closed', `${this.host} is not connected`, 0, this.host)
  }

  private async orEnd(deadline: Deadline, work: () => Promise<void>, apiName = ''): Promise<void> {
    try {
      await this.within(deadline, apiName, work)
    } catch (error) {
      const cause = toPortError(error, { host: this.host, stage: this.stage, apiName })
      this.end(cause)
      throw cause
    }
  }

  private follow(socket: Socket): void {
    socket.once('connect', () => {
      this.stage = this.transport.tls ? 'tls' : this.stage
    })
    const where = (): Where => {
      const asked = this.connection?.requestQueue.inflight.values().next().value
      return { host: this.host, stage: this.stage, apiName: asked?.entry.apiName ?? '' }
    }
    socket.once('error', (error) => this.end(toPortError(error, where())))
    socket.once('end', () => this.end(hungUp(where())))
    socket.once('close', () => {
      this.end(hungUp(where()))
      this.connection?.requestQueue.rejectAll(new Error('closed'))
      this.markClosed()
    })
  }

  private take(answer: ApiVersionsResponse): void {
    if (answer.errorCode === KafkaError.UNSUPPORTED_VERSION) {
      throw new PortError(
        'unsupported',
        'unsupported',
        `${this.host} is older than Kafka 2.4: it does not know ApiVersions v3`,
        KafkaError.UNSUPPORTED_VERSION,
        this.host,
      )
    }
    if (answer.errorCode !== 0) throw kafkaError(apiVersions.apiName, answer.errorCode, this.host)
    this.note(answer)
    const versions: InternalVersions = Object.fromEntries(answer.apiKeys.map(({ apiKey, ...range }) => [apiKey, range]))
    if (this.broker !== null) this.broker.versions = versions
  }

  private note({ apiKeys, finalizedFeatures, finalizedFeaturesEpoch }: ApiVersionsResponse): void {
    this.told = {
      versions: new Map(
        apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, { min: minVersion, max: maxVersion }]),
      ),
      features:
        finalizedFeaturesEpoch < 0
          ? null
          : new Map(finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel])),
      featuresEpoch: finalizedFeaturesEpoch,
    }
  }
}
