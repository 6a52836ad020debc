import type { Links } from '../change/links/links'
import { abortable } from '../change/links/abortable'
import { askAt } from '../change/links/ask'
import { configValue } from '../change/configs/config-value'
import { readTopics } from '../change/configs/read-topics'
import { reassignments } from '../change/plan/facts/cluster-facts'
import type { Asking } from '../change/plan/facts/asking'
import { lacks, reasonOf } from '../change/plan/facts/reason'
import type { AuditFacts, BrokerSetting, Known, TopicSettings } from '../domain/audit/facts'
import { BROKER_KEYS, TOPIC_KEYS } from '../domain/audit/facts'
import type { Reading } from '../domain/topology/reading'
import { compareVersions, guessVersion, isZooKeeperMode, releaseOfLevel } from '../monitor/facts/kafka-version'
import type { KafkaVersion } from '../monitor/facts/kafka-version'
import type { ConfigAnswer } from '../ports/cluster-port'
import { PortError } from '../ports/cluster-port'
import type { LiveCluster } from '../ports/live-cluster'
import { breather } from '../ports/slices'
import { isAuthorizationError, KafkaError } from '../shared/kafka-codes'
import type { Phrase } from '../shared/words/phrase'
import { readWriters } from './read-writers'

const BROKERS_AT_ONCE = 4
const CONFIGS_MS = 4_000
const QUORUM_MS = 3_000

export interface ReadFactsOptions {
  readonly cluster: LiveCluster
  readonly links: Links
  readonly signal: AbortSignal
  /** Topics whose settings are in, of all. */
  readonly progress: (done: number, total: number) => void
}

const TOPIC_DENIED: Phrase = {
  id: 'why.lacks',
  args: { right: { id: 'right.topic', args: { operation: 'DescribeConfigs' } } },
}

function topicReason(error: number, message: string): Phrase {
  if (isAuthorizationError(error)) return TOPIC_DENIED
  return message === '' ? { id: 'why.error', args: { error } } : { id: 'said', args: { text: message } }
}

/** Topics of which this login was refused the settings before are not asked for again: each refusal is a line in the authorizer's log. */
async function topicSettings(
  { links, signal, progress }: ReadFactsOptions,
  names: readonly string[],
): Promise<ReadonlyMap<string, Known<TopicSettings>>> {
  const found = new Map<string, Known<TopicSettings>>()
  const put = (topic: string, reason: Phrase): void => void found.set(topic, { known: false, reason })
  progress(0, names.length)
  const read = await readTopics(links, names, {
    keys: TOPIC_KEYS,
    synonyms: true,
    unlessDenied: true,
    signal,
    // Those that are not asked for are done.
    onProgress: (done, asked) => progress(names.length - asked + done, names.length),
    onUnread: (topics, error) => {
      for (const topic of topics)
        put(topic, { id: 'said', args: { text: error instanceof Error ? error.message : '' } })
    },
  })
  const breathe = breather(links.clock)
  for (const name of names) {
    await breathe()
    const settings = read.get(name)
    if (settings === undefined) {
      if (!found.has(name)) put(name, { id: 'audit.unseen.not-asked', args: {} })
      continue
    }
    const { error, message, values, readAt, broker } = settings
    if (error !== 0) put(name, topicReason(error, message))
    else
      found.set(name, {
        known: true,
        value: { values: new Map(values.map((value) => [value.name, value])), toldBy: broker },
        readAt,
      })
  }
  return found
}

interface BrokerTold {
  readonly settings: Known<ReadonlyMap<string, BrokerSetting>>
  /** null = not connected. */
  readonly software: KafkaVersion | null
  readonly features: ReadonlyMap<string, number> | null
  readonly zooKeeper: boolean | null
}

const settingsOf = (answer: ConfigAnswer): ReadonlyMap<string, BrokerSetting> =>
  new Map(
    answer.entries
      .map(configValue)
      .flatMap(({ name, value, source }) => (value === null ? [] : [[name, { value, source }] as const])),
  )

async function askBroker({ links, signal }: ReadFactsOptions, id: number): Promise<BrokerTold> {
  const untold = (reason: Phrase): BrokerTold => ({
    settings: { known: false, reason },
    software: null,
    features: null,
    zooKeeper: null,
  })
  try {
    return await askAt(
      links,
      id,
      async (link): Promise<BrokerTold> => {
        // Versions and features are those of its last answer about them, and links of changes stand for long.
        await link.ping(CONFIGS_MS)
        const about = {
          software: guessVersion(link.versions, null),
          features: link.features,
          zooKeeper: link.versions === null ? null : isZooKeeperMode(link.versions),
        }
        if (links.denied('broker-settings', id))
          return { ...about, settings: { known: false, reason: lacks('settings') } }
        const [answer] = await link.configs([{ type: 'broker', name: String(id) }], BROKER_KEYS, CONFIGS_MS)
        if (answer?.error === 0)
          return { ...about, settings: { known: true, value: settingsOf(answer), readAt: links.clock.now() } }
        const reason = isAuthorizationError(answer?.error ?? 0)
          ? lacks('settings')
          : topicReason(answer?.error ?? KafkaError.UNKNOWN_SERVER_ERROR, answer?.message ?? '')
        return { ...about, settings: { known: false, reason } }
      },
      signal,
    )
  } catch (error) {
    if (signal.aborted || !(error instanceof PortError)) throw error
    return untold(reasonOf(error, id, 'settings'))
  }
}

async function askBrokers(options: ReadFactsOptions, reading: Reading): Promise<ReadonlyMap<number, BrokerTold>> {
  const told = new Map<number, BrokerTold>()
  const waiting = reading.brokers.map(({ id }) => id)
  const next = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) told.set(id, await askBroker(options, id))
  }
  await Promise.all(Array.from({ length: Math.min(BROKERS_AT_ONCE, waiting.length) }, next))
  return new Map([...told].sort(([a], [b]) => a - b))
}

/** Forwarded to the controllers: their silence says nothing about the broker that was asked, so its link stays. */
async function askVoters({ links, signal }: ReadFactsOptions): Promise<AuditFacts['voters']> {
  if (links.denied('quorum')) return { known: false, reason: lacks('cluster') }
  let broker = -1
  try {
    const link = await links.any(signal)
    broker = link.address.id
    const { leader, voters } = await abortable(link.quorum(QUORUM_MS), signal)
    if (leader < 0) throw new PortError('timeout', 'timeout', 'the quorum has no leader')
    return { known: true, value: voters.map(({ id }) => id).sort((a, b) => a - b), readAt: links.clock.now() }
  } catch (error) {
    if (signal.aborted) throw error
    return { known: false, reason: reasonOf(error, broker, 'cluster') }
  }
}

const askingOf = ({ cluster, links, signal }: ReadFactsOptions): Asking => ({
  cluster,
  links,
  clock: links.clock,
  signal,
  answering: new Set(links.ids()),
  breathe: breather(links.clock),
})

async function askMoving(options: ReadFactsOptions): Promise<AuditFacts['moving']> {
  const told = await reassignments(askingOf(options))
  if (!told.known) return { known: false, reason: told.reasons[0]! }
  return { known: true, value: new Set(told.value.map(({ topic }) => topic)), readAt: told.readAt }
}

function softwareOf(told: ReadonlyMap<number, BrokerTold>, now: number): AuditFacts['software'] {
  let lowest: KafkaVersion | null = null
  for (const [broker, { software }] of told) {
    if (software === null) return { known: false, reason: { id: 'audit.unseen.software', args: { broker } } }
    if (lowest === null || compareVersions(software, lowest) < 0) lowest = software
  }
  return lowest === null
    ? { known: false, reason: { id: 'audit.unseen.features', args: {} } }
    : { known: true, value: lowest, readAt: now }
}

/** Levels are the cluster's; a broker that is behind tells older ones, so the highest metadata.version counts. */
function featuresOf(told: ReadonlyMap<number, BrokerTold>, now: number): AuditFacts['features'] {
  const level = (features: ReadonlyMap<string, number>): number => features.get('metadata.version') ?? -1
  const all = [...told.values()].flatMap(({ features }) => features ?? [])
  const newest = all.toSorted((a, b) => level(b) - level(a))[0]
  return newest === undefined
    ? { known: false, reason: { id: 'audit.unseen.features', args: {} } }
    : { known: true, value: newest, readAt: now }
}

function zooKeeperOf(told: ReadonlyMap<number, BrokerTold>): boolean | null {
  const known = [...told.values()].flatMap(({ zooKeeper }) => (zooKeeper === null ? [] : [zooKeeper]))
  return known.length === 0 ? null : known.includes(true)
}

/** Everything the rules stand on; null before the first complete reading. Rejects only when cancelled: what could not be read says why. */
export async function readFacts(options: ReadFactsOptions): Promise<AuditFacts | null> {
  const { cluster, links } = options
  const first = cluster.reading()
  if (first === null) return null
  const [told, voters, moving, writers, settings] = await Promise.all([
    askBrokers(options, first),
    askVoters(options),
    askMoving(options),
    readWriters(askingOf(options), first),
    topicSettings(options, first.topology.topicNames),
  ])
  const now = links.clock.now()
  const features = featuresOf(told, now)
  return {
    now,
    // Settings took their time: what is judged is how the partitions stand now.
    reading: cluster.reading() ?? first,
    version: cluster.settings().version,
    zooKeeper: zooKeeperOf(told),
    settings,
    brokers: new Map([...told].map(([broker, one]) => [broker, one.settings])),
    voters,
    features,
    software: softwareOf(told, now),
    metadataRelease: features.known ? releaseOfLevel(features.value.get('metadata.version') ?? -1) : null,
    moving,
    writers,
  }
}
