import type { AlterAnswer, ConfigChange, ElectionAnswer } from '../../ports/cluster-port'
import { NOT_KNOWN_IF_DONE, PortError } from '../../ports/cluster-port'
import { RESOURCE_TOPIC } from '../wire/describe-configs'
import { ELECTION_PREFERRED } from '../wire/elect-leaders'
import type { ElectLeadersRequest, ElectLeadersResponse } from '../wire/elect-leaders'
import { CONFIG_DELETE, CONFIG_SET } from '../wire/incremental-alter-configs'
import type { IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse } from '../wire/incremental-alter-configs'
import { kafkaError } from './kafka-errors'
import { KafkaError } from '../../shared/kafka-codes'

/* The two writes, between the port's words and the protocol's. Pure. */

const ELSEWHERE =
  'is not the controller and does not hand this on, so it changed nothing: the controller has to be asked'

export function alterRequest(changes: readonly ConfigChange[], validateOnly: boolean): IncrementalAlterConfigsRequest {
  return {
    resources: changes.map(({ topic, edits }) => ({
      resourceType: RESOURCE_TOPIC,
      resourceName: topic,
      configs: edits.map(({ key, op, value }) => ({
        name: key,
        configOperation: op === 'set' ? CONFIG_SET : CONFIG_DELETE,
        value: op === 'set' ? value : null,
      })),
    })),
    validateOnly,
  }
}

/** Errors stay with their topic, except a broker that took none of them because it is not the controller: that throws. */
export function alterAnswer({ responses }: IncrementalAlterConfigsResponse, host: string): AlterAnswer {
  return {
    topics: elsewhereThrows(
      responses.map(({ resourceName, errorCode, errorMessage }) => ({
        topic: resourceName,
        error: errorCode,
        message: errorMessage ?? '',
      })),
      host,
    ),
  }
}

export function electionRequest(
  topicPartitions: ElectLeadersRequest['topicPartitions'],
  timeoutMs: number,
): ElectLeadersRequest {
  return { electionType: ELECTION_PREFERRED, topicPartitions, timeoutMs: Math.max(1, Math.round(timeoutMs)) }
}

/**
 * A broker that refuses the whole says so at the top and again per partition (31, seen on 4.4.0); then the partitions tell it. The text of a
 * refused right is a dump of a Java object and left out.
 */
export function electionAnswer(answer: ElectLeadersResponse, host: string): ElectionAnswer {
  const { errorCode, replicaElectionResults } = answer
  const partitions = replicaElectionResults.flatMap(({ topic, partitionResult }) =>
    partitionResult.map(({ partitionId, errorCode: error, errorMessage }) => ({
      topic,
      partition: partitionId,
      error,
      message: error === KafkaError.CLUSTER_AUTHORIZATION_FAILED ? '' : (errorMessage ?? ''),
    })),
  )
  if (errorCode === KafkaError.NOT_CONTROLLER) throw elsewhere(host)
  if (errorCode !== 0 && !partitions.some(({ error }) => error !== 0)) throw wholeError('ElectLeaders', errorCode, host)
  return { partitions: elsewhereThrows(partitions, host) }
}

function elsewhereThrows<T extends { readonly error: number; readonly message: string }>(
  items: T[],
  host: string,
): T[] {
  if (items.length > 0 && items.every(({ error }) => error === KafkaError.NOT_CONTROLLER)) throw elsewhere(host)
  return items.map((item) =>
    item.error === KafkaError.NOT_CONTROLLER ? { ...item, message: `${host} ${ELSEWHERE}` } : item,
  )
}

const elsewhere = (host: string): PortError =>
  new PortError('conflict', 'kafka', `${host} ${ELSEWHERE}`, KafkaError.NOT_CONTROLLER, host)

function wholeError(apiName: string, error: number, host: string): PortError {
  const { code, reason, message } = kafkaError(apiName, error, host)
  return new PortError(code, reason, message, error, host, NOT_KNOWN_IF_DONE.has(error))
}
