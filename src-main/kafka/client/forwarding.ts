import type { ApiRange } from '../../ports/cluster-port'
import { PortError } from '../../ports/cluster-port'
import type { Api, Codec } from '../wire/codec'
import type { BrokerSocket } from './broker-socket'
import { chooseVersion } from './choose-version'
import type { ClusterIdentity } from './cluster-identity'
import { Deadline } from './deadline'
import { encoded } from './encoded'
import { readAnswer } from './read-answer'

interface Home {
  /** `host:port` */
  readonly host: string
  /** Proven by each connection before anything is asked or written over it. */
  readonly identity: ClusterIdentity
  /** Versions of the polling connection; null before the first connect. */
  versions(): ReadonlyMap<number, ApiRange> | null
  /** Not open yet. Throws when the link has ended. */
  newSocket(): BrokerSocket
}

/**
 * The connection for what a broker hands on to the controller: made when it is first needed, and anew after it was lost. A question that is
 * late takes it down, since everything behind it would hang as well (seen on 4.4.0).
 */
export class Forwarding {
  private socket: BrokerSocket | null = null

  constructor(private readonly home: Home) {}

  ask<Q, R>(codec: Codec<Q, R>, request: Q, timeoutMs: number): Promise<R> {
    return this.exchange(codec, request, timeoutMs, () => undefined)
  }

  /** As `ask`; a failure after the request was handed to the operating system rejects with `maybeDone`. Never sent twice. */
  async write<Q, R>(codec: Codec<Q, R>, request: Q, timeoutMs: number): Promise<R> {
    const sent = { handedOver: false }
    try {
      return await this.exchange(codec, request, timeoutMs, () => {
        sent.handedOver = true
      })
    } catch (error) {
      if (sent.handedOver && error instanceof PortError) throw maybeDone(error)
      throw error
    }
  }

  private async exchange<Q, R>(
    codec: Codec<Q, R>,
    request: Q,
    timeoutMs: number,
    onHandedOver: () => void,
  ): Promise<R> {
    const { host } = this.home
    const deadline = new Deadline(timeoutMs)
    const socket = this.socket?.ended === null ? this.socket : await this.connect(codec, deadline)
    const version = chooseVersion(codec, socket.versions, host)
    const body = encoded(host, () => codec.encode(version, request))
    try {
      return await socket.within(deadline, codec.apiName, async () =>
        readAnswer(
          await socket.send(codec, version, body, onHandedOver),
          (bytes) => codec.decodePass(version, bytes),
          () => socket.ended !== null,
        ),
      )
    } catch (error) {
      if (error instanceof PortError && error.kind === 'timeout') socket.end(error)
      throw error
    }
  }

  private async connect(api: Api, deadline: Deadline): Promise<BrokerSocket> {
    const { host, identity } = this.home
    // Known to be missing (ZooKeeper mode): no connection for that.
    const versions = this.home.versions()
    if (versions !== null) chooseVersion(api, versions, host)
    const socket = this.home.newSocket()
    await socket.open(deadline, identity)
    if (this.socket !== null && this.socket.ended === null) {
      // Another question was quicker; one such connection is enough.
      socket.end(new PortError('cancelled', 'closed-by-us', `${host}: second connection not needed`, 0, host))
      return this.socket
    }
    this.socket = socket
    return socket
  }
}

/** The same failure, of a write that nobody knows the outcome of. */
const maybeDone = ({ code, reason, message, kafkaError, host }: PortError): PortError =>
  new PortError(code, reason, message, kafkaError, host, true)
