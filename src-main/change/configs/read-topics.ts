import { SOURCE_TOPIC } from '../../contract/config'
import type { BrokerLink, ConfigAnswer } from '../../kafka/cluster-port'
import { askAny, askAt } from '../ask'
import { slices } from '../clock'
import type { Links } from '../links'
import { configValue } from './config-value'
import { fillInherited } from './fill-inherited'
import type { TopicSettingsRead } from './topic-settings-read'

export type { TopicSettingsRead }

/** Answers of more topics at once would take the decoder longer than a slice (a topic with synonyms is about 2.6 KB). */
export const TOPICS_PER_QUESTION = 50
const QUESTION_MS = 8_000
const LEFT_OUT = -1

export interface ReadTopicsOptions {
  /** This broker and no other; without it any that answers. */
  readonly broker?: number
  /** Only these keys; null or absent = all. */
  readonly keys?: readonly string[] | null
  /** Asks for what holds without the override too. */
  readonly synonyms?: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
  readonly timeoutMs?: number
}

/** One broker's answer about one topic as values. Kafka never tells a sensitive value, so such an override cannot be put back and is left out. */
function settingsOf(topic: string, answer: ConfigAnswer | undefined, readAt: number, broker: number): TopicSettingsRead {
  if (answer === undefined) return { topic, error: LEFT_OUT, message: 'the broker left this topic out', overrides: {}, values: [], readAt, broker }
  const { error, message } = answer
  if (error !== 0) return { topic, error, message, overrides: {}, values: [], readAt, broker }
  const values = answer.entries.map(configValue)
  const overrides = Object.fromEntries(values.flatMap(({ name, value, source }) => (source === SOURCE_TOPIC && value !== null ? [[name, value]] : [])))
  return { topic, error, message, overrides, values, readAt, broker }
}

/**
 * Settings of the topics, in the order given, by DescribeConfigs in batches of 50. A topic that cannot be read has its error; rejects with a
 * PortError when no broker (or not the one named) answers, or when cancelled. Never repeats a topic that was named twice.
 */
export async function readTopics(links: Links, topics: readonly string[], options: ReadTopicsOptions = {}): Promise<Map<string, TopicSettingsRead>> {
  const { broker, keys = null, synonyms = false, signal, onProgress, timeoutMs = QUESTION_MS } = options
  const { clock } = links
  const names = [...new Set(topics)]
  const read = new Map<string, TopicSettingsRead>()
  const breathe = slices(clock)
  for (let from = 0; from < names.length; from += TOPICS_PER_QUESTION) {
    const batch = names.slice(from, from + TOPICS_PER_QUESTION)
    const resources = batch.map((name) => ({ type: 'topic' as const, name }))
    const question = async (link: BrokerLink): Promise<{ id: number; answers: readonly ConfigAnswer[] }> => ({
      id: link.address.id,
      answers: await link.configs(resources, keys, timeoutMs, { synonyms }),
    })
    const { id, answers } = await (broker === undefined ? askAny(links, question, signal) : askAt(links, broker, question, signal))
    const readAt = clock.now()
    const byName = new Map(answers.map((answer) => [answer.name, answer]))
    for (const topic of batch) {
      await breathe()
      read.set(topic, settingsOf(topic, byName.get(topic), readAt, id))
    }
    onProgress?.(read.size, names.length)
  }
  return synonyms ? fillInherited(links, read, signal) : read
}
