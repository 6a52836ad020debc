import type { ErrorCode } from '../../contract/result'
import { PortError } from '../../ports/cluster-port'
import { KafkaError, kafkaErrorName, kafkaErrorOf } from '../../shared/kafka-codes'

/** Kafka's errors that our questions can meet, with the code they have across IPC; any other is 'internal'. */
const CODES: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [KafkaError.UNKNOWN_SERVER_ERROR, 'internal'],
  [KafkaError.OFFSET_OUT_OF_RANGE, 'bad-input'],
  [KafkaError.UNKNOWN_TOPIC_OR_PARTITION, 'not-found'],
  [KafkaError.LEADER_NOT_AVAILABLE, 'unreachable'],
  [KafkaError.NOT_LEADER_OR_FOLLOWER, 'conflict'],
  [KafkaError.REQUEST_TIMED_OUT, 'timeout'],
  [KafkaError.BROKER_NOT_AVAILABLE, 'unreachable'],
  [KafkaError.NETWORK_EXCEPTION, 'unreachable'],
  [KafkaError.COORDINATOR_LOAD_IN_PROGRESS, 'unreachable'],
  [KafkaError.COORDINATOR_NOT_AVAILABLE, 'unreachable'],
  [KafkaError.NOT_COORDINATOR, 'conflict'],
  [KafkaError.INVALID_TOPIC_EXCEPTION, 'bad-input'],
  [KafkaError.TOPIC_AUTHORIZATION_FAILED, 'not-authorized'],
  [KafkaError.GROUP_AUTHORIZATION_FAILED, 'not-authorized'],
  [KafkaError.CLUSTER_AUTHORIZATION_FAILED, 'not-authorized'],
  [KafkaError.UNSUPPORTED_SASL_MECHANISM, 'auth-failed'],
  [KafkaError.ILLEGAL_SASL_STATE, 'auth-failed'],
  [KafkaError.UNSUPPORTED_VERSION, 'unsupported'],
  [KafkaError.GROUP_ID_NOT_FOUND, 'not-found'],
  [KafkaError.INVALID_CONFIG, 'bad-input'],
  [KafkaError.NOT_CONTROLLER, 'conflict'],
  [KafkaError.INVALID_REQUEST, 'bad-input'],
  [KafkaError.KAFKA_STORAGE_ERROR, 'storage'],
  [KafkaError.SASL_AUTHENTICATION_FAILED, 'auth-failed'],
  [KafkaError.OFFSET_NOT_AVAILABLE, 'unreachable'],
  [KafkaError.INELIGIBLE_REPLICA, 'conflict'],
  [KafkaError.REBOOTSTRAP_REQUIRED, 'unreachable'],
])

/**
 * A whole answer that is an error (kind 'kafka'). The broker's own text is left out on purpose: for authorization failures it is a dump
 * of a Java object (seen on 4.4.0).
 */
export function kafkaError(apiName: string, error: number, host: string): PortError {
  const code = CODES.get(error) ?? 'internal'
  const name = kafkaErrorName(error)
  return new PortError(
    code,
    'kafka',
    `${host} answered ${apiName} with ${kafkaErrorOf(name) === null ? name : `${name} (${error})`}`,
    error,
    host,
  )
}
