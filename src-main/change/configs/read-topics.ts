import { SOURCE_TOPIC } from '../../contract/config'
import type { BrokerLink, ConfigAnswer } from '../../ports/cluster-port'
import { askAny, askAt, isSilence } from '../links/ask'
import { breather } from '../../ports/slices'
import type { Links } from '../links/links'
import { configValue } from './config-value'
import { fillInherited } from './fill-inherited'
import type { TopicSettingsRead } from './topic-settings-read'
import { KafkaError } from '../../shared/kafka-codes'
import { LEFT_OUT } from '../../domain/topology/columns'

export type { TopicSettingsRead }

/** Topics of a question about every setting: with synonyms a topic is about 2.6 KB. */
export const TOPICS_PER_QUESTION = 50
/** Where few settings are asked for, an answer of that size has more topics. No more than these: a broker is held up by each question, and how far it is is told by question. */
const MOST_TOPICS = 250
const KEYS_OF_A_TOPIC = 35
const QUESTION_MS = 8_000
/** Below that one broker is as quick as three. */
const TOPICS_FOR_SEVERAL = 200
export const READERS = 3
/** The cluster does not answer: one timeout after another would help nobody. */
const FAILURES_IN_A_ROW = 2

export interface ReadTopicsOptions {
  /** This broker and no other; without it any that answers. */
  readonly broker?: number
  /** Only these keys; null or absent = all. */
  readonly keys?: readonly string[] | null
  /** Asks for what holds without the override too. */
  readonly synonyms?: boolean
  /** A topic whose settings this login was refused less than an hour ago is not asked for, and has that error. */
  readonly unlessDenied?: boolean
  /**
   * Told of topics that no broker answers for, and the others are read all the same, until it was so twice in a row; those of which it is told nothing either were not asked for. Without it one
   * question that fails ends the reading.
   */
  readonly onUnread?: (topics: readonly string[], error: unknown) => void
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
  readonly timeoutMs?: number
}

/** One broker's answer about one topic as values. Kafka never tells a sensitive value, so such an override cannot be put back and is left out. */
function settingsOf(
  topic: string,
  answer: ConfigAnswer | undefined,
  readAt: number,
  broker: number,
): TopicSettingsRead {
  if (answer === undefined)
    return {
      topic,
      error: LEFT_OUT,
      message: 'the broker left this topic out',
      overrides: {},
      values: [],
      readAt,
      broker,
    }
  const { error, message } = answer
  if (error !== 0) return { topic, error, message, overrides: {}, values: [], readAt, broker }
  const values = answer.entries.map(configValue)
  const overrides = Object.fromEntries(
    values.flatMap(({ name, value, source }) => (source === SOURCE_TOPIC && value !== null ? [[name, value]] : [])),
  )
  return { topic, error, message, overrides, values, readAt, broker }
}

/** Of a topic that nobody was asked for. */
const deniedRead = (topic: string, readAt: number): TopicSettingsRead => ({
  topic,
  error: KafkaError.TOPIC_AUTHORIZATION_FAILED,
  message: '',
  overrides: {},
  values: [],
  readAt,
  broker: -1,
})

/** Any broker that answers; of several readers each prefers one of its own, so that many batches are spread over the brokers. */
async function askSome<T>(
  links: Links,
  reader: number,
  question: (link: BrokerLink) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const own = links.ids()[reader]
  if (reader === 0 || own === undefined) return askAny(links, question, signal)
  try {
    return await askAt(links, own, question, signal)
  } catch (error) {
    if (!isSilence(error) || signal?.aborted === true) throw error
    return askAny(links, question, signal)
  }
}

/** How many topics a question has where so many readers share them. */
export function topicsPerQuestion(topics: number, keys: readonly string[] | null, readers: number): number {
  const most =
    keys === null
      ? TOPICS_PER_QUESTION
      : Math.min(MOST_TOPICS, Math.floor((TOPICS_PER_QUESTION * KEYS_OF_A_TOPIC) / Math.max(1, keys.length)))
  return Math.min(most, Math.max(TOPICS_PER_QUESTION, Math.ceil(topics / readers)))
}

/**
 * Settings of the topics, in the order given, by DescribeConfigs in batches. A topic that cannot be read has its error; rejects with a PortError when no broker (or not
 * the one named) answers and there is no `onUnread`, or when cancelled. A topic that is named twice is read once.
 */
export async function readTopics(
  links: Links,
  topics: readonly string[],
  options: ReadTopicsOptions = {},
): Promise<Map<string, TopicSettingsRead>> {
  const { broker, keys = null, synonyms = false, unlessDenied = false } = options
  const { signal, onProgress, onUnread, timeoutMs = QUESTION_MS } = options
  const { clock } = links
  const wanted = [...new Set(topics)]
  const denied = new Set(unlessDenied ? wanted.filter((name) => links.denied('min-insync-replicas', name)) : [])
  const names = wanted.filter((name) => !denied.has(name))
  const breathe = breather(clock)
  const found = new Map<string, TopicSettingsRead>()
  const readers =
    broker === undefined && names.length >= TOPICS_FOR_SEVERAL ? Math.min(READERS, Math.max(1, links.ids().length)) : 1
  const perQuestion = topicsPerQuestion(names.length, keys, readers)
  let next = 0
  const readBatch = async (reader: number, batch: readonly string[]): Promise<void> => {
    const resources = batch.map((name) => ({ type: 'topic' as const, name }))
    const question = async (link: BrokerLink): Promise<{ id: number; answers: readonly ConfigAnswer[] }> => ({
      id: link.address.id,
      answers: await link.configs(resources, keys, timeoutMs, { synonyms }),
    })
    const { id, answers } = await (broker === undefined
      ? askSome(links, reader, question, signal)
      : askAt(links, broker, question, signal))
    const readAt = clock.now()
    const byName = new Map(answers.map((answer) => [answer.name, answer]))
    for (const topic of batch) {
      await breathe()
      found.set(topic, settingsOf(topic, byName.get(topic), readAt, id))
    }
    onProgress?.(found.size, names.length)
  }
  const readOn = async (reader: number): Promise<void> => {
    for (let failures = 0; next < names.length && failures < FAILURES_IN_A_ROW;) {
      const batch = names.slice(next, next + perQuestion)
      next += batch.length
      try {
        await readBatch(reader, batch)
        failures = 0
      } catch (error) {
        if (onUnread === undefined || signal?.aborted === true) throw error
        failures += 1
        onUnread(batch, error)
      }
    }
  }
  await Promise.all(Array.from({ length: readers }, (_, reader) => readOn(reader)))
  const read = new Map<string, TopicSettingsRead>()
  for (const name of wanted) {
    const settings = found.get(name) ?? (denied.has(name) ? deniedRead(name, clock.now()) : undefined)
    if (settings !== undefined) read.set(name, settings)
  }
  return synonyms ? fillInherited(links, read, signal) : read
}
