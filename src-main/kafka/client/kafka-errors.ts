import type { ErrorCode } from '../../contract/result'
import { PortError } from '../../ports/cluster-port'

/** Kafka's error codes that our questions can meet (Errors.java), with the code they have across IPC. */
const KNOWN: ReadonlyMap<number, readonly [name: string, code: ErrorCode]> = new Map([
  [-1, ['UNKNOWN_SERVER_ERROR', 'internal']],
  [1, ['OFFSET_OUT_OF_RANGE', 'bad-input']],
  [3, ['UNKNOWN_TOPIC_OR_PARTITION', 'not-found']],
  [5, ['LEADER_NOT_AVAILABLE', 'unreachable']],
  [6, ['NOT_LEADER_OR_FOLLOWER', 'conflict']],
  [7, ['REQUEST_TIMED_OUT', 'timeout']],
  [8, ['BROKER_NOT_AVAILABLE', 'unreachable']],
  [13, ['NETWORK_EXCEPTION', 'unreachable']],
  [14, ['COORDINATOR_LOAD_IN_PROGRESS', 'unreachable']],
  [15, ['COORDINATOR_NOT_AVAILABLE', 'unreachable']],
  [16, ['NOT_COORDINATOR', 'conflict']],
  [17, ['INVALID_TOPIC_EXCEPTION', 'bad-input']],
  [29, ['TOPIC_AUTHORIZATION_FAILED', 'not-authorized']],
  [30, ['GROUP_AUTHORIZATION_FAILED', 'not-authorized']],
  [31, ['CLUSTER_AUTHORIZATION_FAILED', 'not-authorized']],
  [33, ['UNSUPPORTED_SASL_MECHANISM', 'auth-failed']],
  [34, ['ILLEGAL_SASL_STATE', 'auth-failed']],
  [35, ['UNSUPPORTED_VERSION', 'unsupported']],
  [40, ['INVALID_CONFIG', 'bad-input']],
  [41, ['NOT_CONTROLLER', 'conflict']],
  [42, ['INVALID_REQUEST', 'bad-input']],
  [56, ['KAFKA_STORAGE_ERROR', 'storage']],
  [58, ['SASL_AUTHENTICATION_FAILED', 'auth-failed']],
  [78, ['OFFSET_NOT_AVAILABLE', 'unreachable']],
  [116, ['INELIGIBLE_REPLICA', 'conflict']],
  [129, ['REBOOTSTRAP_REQUIRED', 'unreachable']],
])

/** Kafka's name for the code, or `error N`. */
export const kafkaErrorName = (error: number): string => KNOWN.get(error)?.[0] ?? `error ${error}`

/**
 * A whole answer that is an error (kind 'kafka'). The broker's own text is left out on purpose: for authorization failures it is a dump
 * of a Java object (seen on 4.4.0).
 */
export function kafkaError(apiName: string, error: number, host: string): PortError {
  const code = KNOWN.get(error)?.[1] ?? 'internal'
  const name = kafkaErrorName(error)
  return new PortError(
    code,
    'kafka',
    `${host} answered ${apiName} with ${name}${KNOWN.has(error) ? ` (${error})` : ''}`,
    error,
    host,
  )
}
