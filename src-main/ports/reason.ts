import type { ErrorCode } from '../contract/result'

interface Class {
  /** How a broker is silent, coarsely: what decides about back-off, marks and the step that is named. */
  readonly kind:
    | 'timeout'
    | 'refused'
    | 'reset'
    | 'closed'
    | 'unknown-host'
    | 'tls'
    | 'auth'
    | 'protocol'
    | 'kafka'
    | 'unsupported'
    | 'closed-by-us'
    | 'no-route'
    | 'ours'
    | 'other-cluster'
  /** Across IPC; for 'kafka' the error number says more (kafka/client/kafka-errors.ts). */
  readonly code: ErrorCode
}

/** Why a question to a cluster found no answer. Closed: who advises (kafka/doctor/advice.ts) and who words it deal with every one. */
export const REASONS = {
  /** The TCP connection was not taken in time. */
  'connect-timeout': { kind: 'timeout', code: 'timeout' },
  /** Connected, and no answer in time. */
  timeout: { kind: 'timeout', code: 'timeout' },
  /** Nothing listens on the port. */
  refused: { kind: 'refused', code: 'unreachable' },
  /** Somebody on the way says that it leads nowhere (kafka/client/unreachable.ts). */
  'no-route': { kind: 'no-route', code: 'unreachable' },
  /** This machine did not even try: no file handle, port or memory left; not let out; no network. */
  'own-limit': { kind: 'ours', code: 'unreachable' },
  'own-firewall': { kind: 'ours', code: 'unreachable' },
  'own-network': { kind: 'ours', code: 'unreachable' },
  reset: { kind: 'reset', code: 'unreachable' },
  /** The other side ended the connection in order, or there is none. */
  closed: { kind: 'closed', code: 'unreachable' },
  'closed-by-us': { kind: 'closed-by-us', code: 'cancelled' },
  /** No name server knows the name. */
  'unknown-host': { kind: 'unknown-host', code: 'unreachable' },
  /** The name server itself did not answer. */
  'name-server': { kind: 'unknown-host', code: 'unreachable' },
  /** A PEM text, a key or its passphrase of ours is no good. */
  'tls-files': { kind: 'tls', code: 'tls' },
  'tls-unknown-ca': { kind: 'tls', code: 'tls' },
  'tls-wrong-name': { kind: 'tls', code: 'tls' },
  /** Or not valid yet. */
  'tls-expired': { kind: 'tls', code: 'tls' },
  /** The other side refused our certificate, or wants one and got none. */
  'tls-client-certificate': { kind: 'tls', code: 'tls' },
  /** TLS is on here, and what came back is not TLS. */
  'tls-not-spoken': { kind: 'tls', code: 'tls' },
  /** The connection ended in the middle of the handshake: a port without TLS, a refusal, or something in between. */
  'tls-hung-up': { kind: 'tls', code: 'tls' },
  /** TLS is off here, and the port speaks it. */
  'tls-spoken': { kind: 'tls', code: 'tls' },
  /** Any other failure of the handshake. */
  'tls-handshake': { kind: 'tls', code: 'tls' },
  'sasl-missing': { kind: 'auth', code: 'auth-failed' },
  'sasl-not-wanted': { kind: 'auth', code: 'auth-failed' },
  'sasl-mechanism': { kind: 'auth', code: 'auth-failed' },
  /** User or password; Kafka does not tell which. */
  'sasl-refused': { kind: 'auth', code: 'auth-failed' },
  'web-server': { kind: 'protocol', code: 'unsupported' },
  /** An answer that is not Kafka's, or a question that cannot be put in its terms. */
  protocol: { kind: 'protocol', code: 'unsupported' },
  'controller-port': { kind: 'unsupported', code: 'unsupported' },
  /** The broker does not know this question, or no version of it that we speak. */
  unsupported: { kind: 'unsupported', code: 'unsupported' },
  /** The connection leads to another Kafka cluster than the one that was opened. */
  'other-cluster': { kind: 'other-cluster', code: 'other-cluster' },
  /** An answer that is one of Kafka's error codes. */
  kafka: { kind: 'kafka', code: 'internal' },
} as const satisfies Readonly<Record<string, Class>>

/** What a socket was at when something went wrong. 'request': a question behind the login. */
export type Stage = 'dns' | 'tcp' | 'tls' | 'api-versions' | 'sasl' | 'request'

export type Reason = keyof typeof REASONS
export type SilenceKind = Class['kind']
