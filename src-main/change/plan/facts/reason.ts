import { PortError } from '../../../ports/cluster-port'
import { isSilence } from '../../links/ask'
import { KafkaError } from '../../../shared/kafka-codes'

export const silentText = (broker: number): string => `broker ${broker} does not answer`

/** Error codes of single rows in an answer, in words; Kafka's names are of no help to who has to tick a box. */
const ERRORS: ReadonlyMap<number, string> = new Map<number, string>([
  [KafkaError.UNKNOWN_TOPIC_OR_PARTITION, 'the partition is not there any more'],
  [KafkaError.NOT_LEADER_OR_FOLLOWER, 'the leader has moved'],
  [KafkaError.TOPIC_AUTHORIZATION_FAILED, 'this login lacks Describe on the topic'],
  [KafkaError.GROUP_AUTHORIZATION_FAILED, 'this login lacks Describe on the group'],
  [KafkaError.CLUSTER_AUTHORIZATION_FAILED, 'this login lacks Describe on the cluster'],
  [KafkaError.OFFSET_NOT_AVAILABLE, 'a new leader has not told it yet'],
])

export const errorText = (error: number): string => ERRORS.get(error) ?? `Kafka refused with error ${error}`

/** Why a fact is not known, for people. `right`: what the login would need, e.g. "Describe on the cluster". */
export function reasonOf(error: unknown, broker: number, right: string): string {
  if (isSilence(error)) return silentText(broker)
  if (!(error instanceof PortError)) return error instanceof Error ? error.message : String(error)
  if (error.code === 'not-authorized') return `this login lacks ${right}`
  if (error.kind === 'unsupported') return `broker ${broker} is too old to tell`
  return ERRORS.get(error.kafkaError) ?? error.message
}
