import type { BrokerConfigView, TopicConfigView } from '../../contract/config'
import { fail, ok, type Result } from '../../contract/result'
import { auditTopic } from '../../domain/audit/topic-audit'
import { topicRows } from '../../domain/topology/topology'
import { askAny, askAt } from '../links/ask'
import type { FindCluster, LiveCluster } from '../../ports/live-cluster'
import type { Links } from '../links/links'
import { missingRight, notSeen, portFailure, topicFailure } from '../links/port-failure'
import { brokerSays } from '../plan/facts/broker-says'
import { configValue } from './config-value'
import type { Configs } from './configs'
import { readColumns } from './read-column'
import { readTopics } from './read-topics'
import { AclOperation, OPERATIONS_NOT_TOLD, mayDo } from '../../shared/acl-operations'
import { KafkaError, isAuthorizationError } from '../../shared/kafka-codes'

const QUESTION_MS = 5_000

/** null: the version does not tell, or the question failed; the settings themselves are shown all the same. */
async function mayAlter(links: Links, topic: string): Promise<boolean | null> {
  try {
    const operations = await askAny(links, (link) => link.operations([topic], QUESTION_MS))
    const mask = operations.get(topic) ?? OPERATIONS_NOT_TOLD
    return mask === OPERATIONS_NOT_TOLD ? null : mayDo(mask, AclOperation.ALTER_CONFIGS)
  } catch {
    return null
  }
}

/** Why a question would only bring one more refusal; null = it may be asked. */
function known(cluster: LiveCluster, topic: string): ReturnType<typeof notSeen> | null {
  const reading = cluster.reading()
  if (reading !== null && !topicRows(reading.topology).has(topic)) return notSeen(topic)
  return cluster.denied('min-insync-replicas', topic) ? missingRight('DescribeConfigs', 'topic', topic) : null
}

async function readTopic(
  cluster: LiveCluster,
  links: Links,
  { topic, again }: { readonly topic: string; readonly again: boolean },
): Promise<Result<TopicConfigView>> {
  const refused = again ? null : known(cluster, topic)
  if (refused !== null) return refused
  const [read, allowed] = await Promise.all([
    readTopics(links, [topic], { synonyms: true, timeoutMs: QUESTION_MS }),
    mayAlter(links, topic),
  ])
  const settings = read.get(topic)
  if (settings === undefined || settings.error !== 0)
    return topicFailure(topic, settings?.error ?? KafkaError.UNKNOWN_SERVER_ERROR, settings?.message ?? '')
  const { values, readAt, broker } = settings
  const reading = cluster.reading()
  const row = reading === null ? undefined : topicRows(reading.topology).get(topic)
  return ok({
    topic,
    error: 0,
    message: '',
    values,
    readAt,
    broker,
    mayAlter: allowed,
    internal: reading !== null && row !== undefined && reading.topology.topicInternal[row] === 1,
    audit:
      reading === null
        ? null
        : auditTopic(reading, topic, values, readAt, {
            by: broker,
            says: await brokerSays(links, links.ids(), undefined),
          }),
  })
}

async function readDocs(links: Links, topic: string, key: string): Promise<Result<{ text: string }>> {
  const answers = await askAny(links, (link) => {
    const resource =
      topic === ''
        ? { type: 'broker' as const, name: String(link.address.id) }
        : { type: 'topic' as const, name: topic }
    return link.configs([resource], [key], QUESTION_MS, { docs: true })
  })
  const answer = answers[0]
  if (answer === undefined || answer.error !== 0) {
    if (topic === '' && answer !== undefined && isAuthorizationError(answer.error))
      return missingRight('DescribeConfigs', 'cluster')
    return topicFailure(topic, answer?.error ?? KafkaError.UNKNOWN_SERVER_ERROR, answer?.message ?? '')
  }
  return ok({ text: answer.entries.find((entry) => entry.name === key)?.docs ?? '' })
}

async function readBroker(links: Links, broker: number, again: boolean): Promise<Result<BrokerConfigView>> {
  if (!again && links.denied('broker-settings', broker)) return missingRight('DescribeConfigs', 'cluster')
  const resource = { type: 'broker' as const, name: String(broker) }
  const [answer] = await askAt(links, broker, (link) => link.configs([resource], null, QUESTION_MS, { synonyms: true }))
  if (answer !== undefined && isAuthorizationError(answer.error)) return missingRight('DescribeConfigs', 'cluster')
  if (answer === undefined || answer.error !== 0) {
    return fail(
      'internal',
      `Broker ${broker} refused with error ${answer?.error ?? KafkaError.UNKNOWN_SERVER_ERROR} ${answer?.message ?? ''}`.trim(),
      { broker },
      true,
    )
  }
  return ok({
    id: broker,
    error: 0,
    message: '',
    values: answer.entries.map(configValue),
    readAt: links.clock.now(),
    broker,
  })
}

/** Reading for the pages. `linksOf` gives the links a change uses too, so that looking at settings costs no connections of its own. */
export function createConfigs(find: FindCluster, linksOf: (cluster: LiveCluster) => Links): Configs {
  const use = async <T>(
    id: string,
    read: (cluster: LiveCluster, links: Links) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const cluster = find(id)
    if (cluster === null) return fail('not-found', 'This cluster is not open', { cluster: id })
    try {
      return await read(cluster, linksOf(cluster))
    } catch (error) {
      return portFailure(error)
    }
  }
  return {
    topic: ({ cluster: id, ...question }) => use(id, (cluster, links) => readTopic(cluster, links, question)),
    docs: (id, topic, key) => use(id, (_cluster, links) => readDocs(links, topic, key)),
    column: (question, run) => use(question.cluster, (cluster, links) => readColumns(cluster, links, question, run)),
    broker: ({ cluster: id, broker, again }) => use(id, (_cluster, links) => readBroker(links, broker, again)),
  }
}
