import type { ElectionItem, ItemResult } from '../../contract/change'
import { NOT_KNOWN_IF_DONE, PortError } from '../../ports/cluster-port'
import type { BrokerLink } from '../../ports/cluster-port'
import type { Sent } from './send'
import { KafkaError } from '../../shared/kafka-codes'

const ELECT_MS = 30_000

/** Authorization texts of ElectLeaders contain a dump of Java objects (kafka-facts e8), so these are words of our own. */
const WORDS: ReadonlyMap<number, string> = new Map<number, string>([
  [KafkaError.UNKNOWN_TOPIC_OR_PARTITION, 'there is no such partition'],
  [KafkaError.CLUSTER_AUTHORIZATION_FAILED, 'not allowed: an election needs the right Alter on the cluster'],
  [KafkaError.NOT_CONTROLLER, 'the broker that was asked is not the controller any more'],
  [KafkaError.PREFERRED_LEADER_NOT_AVAILABLE, 'the preferred replica is not available'],
  [KafkaError.ELIGIBLE_LEADERS_NOT_AVAILABLE, 'no live replica may lead'],
])

const named = (items: readonly ElectionItem[]): { topic: string; partitions: number[] }[] => {
  const byTopic = new Map<string, number[]>()
  for (const { topic, partition } of items) byTopic.set(topic, [...(byTopic.get(topic) ?? []), partition])
  return [...byTopic].map(([topic, partitions]) => ({ topic, partitions }))
}

function resultOf({ topic, partition }: ElectionItem, error: number, message: string): ItemResult {
  const words = WORDS.get(error) ?? message
  if (error === 0) return { topic, partition, outcome: 'applied', error, message: '' }
  if (error === KafkaError.ELECTION_NOT_NEEDED)
    return { topic, partition, outcome: 'not-needed', error, message: 'it is led by its preferred replica already' }
  return { topic, partition, outcome: NOT_KNOWN_IF_DONE.has(error) ? 'unknown' : 'refused', error, message: words }
}

/** Asks for the preferred leaders of one batch and says what became of each partition. Never rejects; see sendSettings. */
export async function sendElection(link: BrokerLink, items: readonly ElectionItem[]): Promise<Sent> {
  const all = (outcome: ItemResult['outcome'], error: number, message: string): ItemResult[] =>
    items.map(({ topic, partition }) => ({ topic, partition, outcome, error, message }))
  try {
    const answer = await link.electPreferred(named(items), ELECT_MS)
    const answers = new Map(answer.partitions.map((one) => [`${one.topic}\n${one.partition}`, one]))
    const results = items.map((item): ItemResult => {
      const one = answers.get(`${item.topic}\n${item.partition}`)
      const { topic, partition } = item
      if (one === undefined)
        return {
          topic,
          partition,
          outcome: 'unknown',
          error: 0,
          message: 'the broker did not name this partition in its answer',
        }
      return resultOf(item, one.error, one.message)
    })
    return { results, trouble: results.some(({ outcome }) => outcome === 'unknown') ? 'an election had no answer' : '' }
  } catch (cause) {
    if (!(cause instanceof PortError)) return { results: all('unknown', 0, String(cause)), trouble: String(cause) }
    const { kafkaError, maybeDone, kind } = cause
    const message = WORDS.get(kafkaError) ?? cause.message
    const trouble = `broker ${link.address.id}: ${message}`
    if (maybeDone) return { results: all('unknown', kafkaError, message), trouble }
    return { results: all(kind === 'kafka' ? 'refused' : 'not-begun', kafkaError, message), trouble }
  }
}
