import { createClock } from '../../ports/clock'
import type { InternalBroker } from './kafkajs-internals'
import { brokerFactory } from './kafkajs-internals'
import { DEFAULT_CLIENT_ID } from './options'
import type { ClientOptions } from './options'
import { SignIn } from './sign-in'
import { socketFactory, tlsOptions } from './socket-factory'

/** What every connection of one cluster has in common. */
export interface Transport {
  readonly clientId: string
  readonly tls: boolean
  readonly sasl: boolean
  /** What became of the login so far; without `sasl` nobody asks it. */
  readonly signIn: SignIn
  broker(host: string, port: number): Promise<InternalBroker>
}

/** Throws KafkajsMismatch, or PortError 'tls' for certificates that cannot be used. */
export function createTransport(options: Pick<ClientOptions, 'tls' | 'sasl' | 'clientId'>): Transport {
  const clientId = options.clientId ?? DEFAULT_CLIENT_ID
  const broker = brokerFactory({
    clientId,
    socketFactory,
    ...(options.tls === null ? {} : { ssl: tlsOptions(options.tls) }),
    // kafkajs writes into the object: give it a copy.
    ...(options.sasl === null ? {} : { sasl: { ...options.sasl } }),
  })
  return {
    clientId,
    tls: options.tls !== null,
    sasl: options.sasl !== null,
    signIn: new SignIn(createClock()),
    broker,
  }
}
