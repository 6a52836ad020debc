import { fail, type AppError } from '../../contract/result'
import { PortError } from '../../ports/cluster-port'
import { KafkaError, isAuthorizationError } from '../../shared/kafka-codes'

interface Failure {
  readonly ok: false
  readonly error: AppError
}

/** What a question to a broker ended with, as a Result. Anything but a PortError is a fault of ours. */
export function portFailure(error: unknown): Failure {
  if (!(error instanceof PortError)) return fail('internal', error instanceof Error ? error.message : String(error))
  return fail(error.code, error.message, { kind: error.kind, kafkaError: error.kafkaError, host: error.host })
}

/** A right is named as Kafka's tools name it, so that it can be granted as read. */
export const missingRight = (right: string, on: 'topic' | 'cluster', name = ''): Failure =>
  fail('not-authorized', `This login lacks ${right} on the ${on}${name === '' ? '' : ` ${name}`}`, {
    text: 'missing-right',
    right,
    on,
    name,
  })

/** It is not in the newest reading, which says nothing of why: brokers leave out what a login may not see. */
export const notSeen = (topic: string): Failure =>
  fail('not-found', `No topic ${topic} is seen`, { text: 'not-seen', topic })

/** One topic's error code in an answer of DescribeConfigs; its own text is empty there (seen on 4.4.0). */
export function topicFailure(topic: string, error: number, message: string): Failure {
  if (error === KafkaError.UNKNOWN_TOPIC_OR_PARTITION)
    return fail('not-found', `There is no topic ${topic}`, { text: 'no-topic', topic, kafkaError: error })
  if (isAuthorizationError(error)) return missingRight('DescribeConfigs', 'topic', topic)
  return fail(
    'internal',
    message === '' ? `Kafka refused with error ${error}` : message,
    { topic, kafkaError: error },
    true,
  )
}
