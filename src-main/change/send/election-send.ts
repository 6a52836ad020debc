import type { ElectionItem, ItemResult } from '../../contract/change'
import { NOT_KNOWN_IF_DONE, PortError } from '../../ports/cluster-port'
import type { BrokerLink } from '../../ports/cluster-port'
import type { Sent } from './send'
import { KafkaError } from '../../shared/kafka-codes'
import { said } from '../../shared/words/distinct'
import type { Phrase } from '../../shared/words/phrase'

const ELECT_MS = 30_000
const SILENT: Phrase = { id: 'stop.election-silent', args: {} }

/** Authorization texts of ElectLeaders contain a dump of Java objects (kafka-facts e8), so these are words of our own. */
const WORDS: ReadonlyMap<number, Phrase> = new Map<number, Phrase>([
  [KafkaError.UNKNOWN_TOPIC_OR_PARTITION, { id: 'result.no-partition', args: {} }],
  [
    KafkaError.CLUSTER_AUTHORIZATION_FAILED,
    { id: 'result.no-right', args: { right: { id: 'right.cluster', args: { operation: 'Alter' } } } },
  ],
  [KafkaError.NOT_CONTROLLER, { id: 'result.not-controller', args: {} }],
  [KafkaError.PREFERRED_LEADER_NOT_AVAILABLE, { id: 'result.preferred-away', args: {} }],
  [KafkaError.ELIGIBLE_LEADERS_NOT_AVAILABLE, { id: 'result.no-live', args: {} }],
])

const named = (items: readonly ElectionItem[]): { topic: string; partitions: number[] }[] => {
  const byTopic = new Map<string, number[]>()
  for (const { topic, partition } of items) byTopic.set(topic, [...(byTopic.get(topic) ?? []), partition])
  return [...byTopic].map(([topic, partitions]) => ({ topic, partitions }))
}

function resultOf({ topic, partition }: ElectionItem, error: number, message: string): ItemResult {
  const words = WORDS.get(error) ?? said(message)
  if (error === 0) return { topic, partition, outcome: 'applied', error, message: null }
  if (error === KafkaError.ELECTION_NOT_NEEDED)
    return { topic, partition, outcome: 'not-needed', error, message: { id: 'result.leads-already', args: {} } }
  return { topic, partition, outcome: NOT_KNOWN_IF_DONE.has(error) ? 'unknown' : 'refused', error, message: words }
}

/** Asks for the preferred leaders of one batch and says what became of each partition. Never rejects; see sendSettings. */
export async function sendElection(link: BrokerLink, items: readonly ElectionItem[]): Promise<Sent> {
  const all = (outcome: ItemResult['outcome'], error: number, message: Phrase | null): ItemResult[] =>
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
          message: { id: 'result.partition-unnamed', args: {} },
        }
      return resultOf(item, one.error, one.message)
    })
    return { results, trouble: results.some(({ outcome }) => outcome === 'unknown') ? SILENT : null }
  } catch (cause) {
    if (!(cause instanceof PortError)) {
      const trouble = said(String(cause))
      return { results: all('unknown', 0, trouble), trouble }
    }
    const { kafkaError, maybeDone, kind } = cause
    const message: Phrase = WORDS.get(kafkaError) ?? { id: 'said', args: { text: cause.message } }
    const trouble: Phrase = { id: 'stop.broker', args: { broker: link.address.id, why: message } }
    if (maybeDone) return { results: all('unknown', kafkaError, message), trouble }
    return { results: all(kind === 'kafka' ? 'refused' : 'not-begun', kafkaError, message), trouble }
  }
}
