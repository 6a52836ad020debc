import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import type { ISocketFactory, KafkaConfig } from 'kafkajs'
import Broker from 'kafkajs/src/broker/index.js'
import connectionPoolBuilder from 'kafkajs/src/cluster/connectionPoolBuilder.js'
import loggers from 'kafkajs/src/loggers/index.js'

/*
 * The private parts of kafkajs that we stand on, typed, in this one place. kafkajs has no public way to send a request of one's own, and
 * its public admin cannot read a cluster with one leaderless partition. Its front door would load producer, consumer and admin as well, some 20 ms of
 * every start. Remove when we have a connection of our own.
 */
export const KAFKAJS_VERSION = '2.2.4'

/** What kafkajs's RequestQueue knows about a question that is on its way; Map order is the order of sending. */
export interface InternalRequestQueue {
  readonly inflight: ReadonlyMap<number, { readonly entry: { readonly apiName: string } }>
  readonly pending: readonly unknown[]
  scheduleCheckPendingRequests(): void
  fulfillRequest(answer: { readonly correlationId: number; readonly payload: Buffer; readonly size: number }): void
  rejectAll(error: Error): void
}

/** The two properties that kafkajs reads of its Encoder when it puts the size and header v1 around a body (protocol/request.js). */
interface InternalEncoder {
  readonly buf: Buffer
  readonly buffer: Buffer
}

export interface InternalRequest {
  readonly apiKey: number
  readonly apiVersion: number
  readonly apiName: string
  encode(): Promise<InternalEncoder>
}

export interface InternalConnection {
  /** Set by connect(), before it returns. */
  readonly socket?: Socket
  readonly requestQueue: InternalRequestQueue
  /** Pieces of an answer that is not complete yet, and their bytes together. */
  chunks: Buffer[]
  readonly bytesBuffered: number
  connect(): Promise<unknown>
  send(exchange: {
    readonly request: InternalRequest
    readonly response: {
      decode(payload: Buffer): Promise<{ payload: Buffer }>
      parse(data: { payload: Buffer }): Promise<Buffer>
    }
    readonly logResponseError: boolean
  }): Promise<Buffer>
  processData(chunk: Buffer): void
}

export type InternalVersions = Readonly<Record<number, { readonly minVersion: number; readonly maxVersion: number }>>

export interface InternalBroker {
  versions: InternalVersions | null
  readonly connectionPool: { readonly pool: readonly InternalConnection[] }
  /** With versions given and the connection up, only the SASL exchange is left for it to do. */
  connect(): Promise<void>
}

interface InternalPools {
  build(at: { host: string; port: number }): Promise<InternalBroker['connectionPool']>
}

/** Thrown when the kafkajs that is installed is not the one we know. */
export class KafkajsMismatch extends Error {
  constructor(what: string) {
    super(
      `Highwater needs kafkajs ${KAFKAJS_VERSION} exactly, because it uses parts of it that are not public: ${what}. Run npm ci.`,
    )
    this.name = 'KafkajsMismatch'
  }
}

const SAYS_NOTHING = { level: 0, logCreator: () => () => undefined }
/** kafkajs's own default. Nothing enforces it here. */
const REQUEST_TIMEOUT_MS = 30_000

/** `tls` and `sasl` as kafkajs takes them. kafkajs's own timeouts are off: every call has a Deadline. */
export type TransportOptions = Pick<KafkaConfig, 'ssl' | 'sasl'> & {
  readonly clientId: string
  readonly socketFactory: ISocketFactory
}

/** What is taken out of kafkajs. */
export const PARTS = { Broker, connectionPoolBuilder, createLogger: loggers.createLogger }

/**
 * Makes kafkajs Broker objects of our own, each with its own connection; none is shared with kafkajs's pool. Throws KafkajsMismatch. Tests give parts that
 * have changed.
 */
export function brokerFactory(
  options: TransportOptions,
  parts: typeof PARTS = PARTS,
): (host: string, port: number) => Promise<InternalBroker> {
  checkVersion()
  const logger = parts.createLogger(SAYS_NOTHING)
  const pools = parts.connectionPoolBuilder({
    ...options,
    logger,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // The timer behind it would wake us ten times a second per connection.
    enforceRequestTimeout: false,
    // Longer than any Deadline: kafkajs's own limit leaves a half-open socket behind.
    connectionTimeout: 600_000,
    maxInFlightRequests: null,
  })
  need(pools, 'connectionPoolBuilder', ['build'])
  return async (host, port) => {
    const connectionPool = await (pools as InternalPools).build({ host, port })
    const made: unknown = new parts.Broker({ nodeId: null, logger, connectionPool, allowAutoTopicCreation: false })
    const broker = made as InternalBroker
    need(broker, 'Broker', ['connect'])
    need(broker.connectionPool.pool[0], 'Connection', ['connect', 'send', 'processData'])
    const queue = broker.connectionPool.pool[0]?.requestQueue
    need(queue, 'RequestQueue', ['scheduleCheckPendingRequests', 'fulfillRequest', 'rejectAll'])
    if (!Array.isArray(broker.connectionPool.pool[0]?.chunks))
      throw new KafkajsMismatch('its Connection keeps chunks elsewhere')
    if (!(queue?.inflight instanceof Map) || !Array.isArray(queue.pending))
      throw new KafkajsMismatch('its RequestQueue keeps other books')
    return broker
  }
}

/** No copy: kafkajs makes one anyway, of everything together. */
export function encoderOf(body: Uint8Array): InternalEncoder {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  return { buf: bytes, buffer: bytes }
}

/** Where kafkajs is bundled into one file there may be no package.json beside it; then the shapes alone have to do. */
function checkVersion(): void {
  let found: unknown
  try {
    found = createRequire(import.meta.url)('kafkajs/package.json')
  } catch {
    return
  }
  const version = typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : 'none'
  if (version !== KAFKAJS_VERSION) throw new KafkajsMismatch(`version ${version} is installed`)
}

function need(part: unknown, name: string, methods: readonly string[]): void {
  for (const method of methods) {
    const found: unknown = typeof part === 'object' && part !== null ? Reflect.get(part, method) : undefined
    if (typeof found !== 'function') throw new KafkajsMismatch(`${name}.${method} is missing`)
  }
}
