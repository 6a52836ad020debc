import { PortError } from '../../../ports/cluster-port'
import type { Phrase } from '../../../shared/words/phrase'
import { isSilence } from '../../links/ask'
import { KafkaError } from '../../../shared/kafka-codes'

const RIGHTS = {
  topic: { id: 'right.topic', args: { operation: 'Describe' } },
  group: { id: 'right.group', args: { operation: 'Describe' } },
  cluster: { id: 'right.cluster', args: { operation: 'Describe' } },
  read: { id: 'right.topic', args: { operation: 'Read' } },
  settings: { id: 'right.cluster', args: { operation: 'DescribeConfigs' } },
} as const satisfies Record<string, Phrase>

/** What a login needs for a question to be answered. */
export type Right = keyof typeof RIGHTS

export const silent = (broker: number): Phrase => ({ id: 'why.silent', args: { broker } })
export const lacks = (right: Right): Phrase => ({ id: 'why.lacks', args: { right: RIGHTS[right] } })
/** It was left out of an answer, as is done with what a login may not describe. */
export const mayLack = (broker: number, right: Right): Phrase => ({
  id: 'why.may-lack',
  args: { broker, right: RIGHTS[right] },
})
/** Groups may be missing from a list, and nobody says so. */
export const listLacks = (right: Right): Phrase => ({ id: 'why.list-lacks', args: { right: RIGHTS[right] } })

/** Error codes of single rows in an answer, in words; Kafka's names are of no help to who has to tick a box. */
const ERRORS: ReadonlyMap<number, Phrase> = new Map<number, Phrase>([
  [KafkaError.UNKNOWN_TOPIC_OR_PARTITION, { id: 'why.partition-gone', args: {} }],
  [KafkaError.NOT_LEADER_OR_FOLLOWER, { id: 'why.leader-moved', args: {} }],
  [KafkaError.TOPIC_AUTHORIZATION_FAILED, lacks('topic')],
  [KafkaError.GROUP_AUTHORIZATION_FAILED, lacks('group')],
  [KafkaError.CLUSTER_AUTHORIZATION_FAILED, lacks('cluster')],
  [KafkaError.OFFSET_NOT_AVAILABLE, { id: 'why.leader-new', args: {} }],
])

export const errorReason = (error: number): Phrase => ERRORS.get(error) ?? { id: 'why.error', args: { error } }

export const evidence = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Why a fact is not known. */
export function reasonOf(error: unknown, broker: number, right: Right): Phrase {
  if (isSilence(error)) return silent(broker)
  if (error instanceof PortError) {
    if (error.code === 'not-authorized') return lacks(right)
    if (error.kind === 'unsupported') return { id: 'why.too-old', args: { broker } }
    const known = ERRORS.get(error.kafkaError)
    if (known !== undefined) return known
  }
  return { id: 'said', args: { text: evidence(error) } }
}
