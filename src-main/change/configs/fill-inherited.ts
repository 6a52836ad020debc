import { SOURCE_DEFAULT, SOURCE_TOPIC, type ConfigValue } from '../../contract/config'
import { PortError, type ConfigEntry } from '../../ports/cluster-port'
import { askAt } from '../links/ask'
import { breather } from '../../ports/slices'
import type { Links } from '../links/links'
import type { TopicSettingsRead } from './topic-settings-read'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const QUESTION_MS = 4_000

/** Broker keys that set a topic key, the one that goes first first, with the factor to the topic key's unit (ServerTopicConfigSynonyms). */
const BROKER_KEYS: ReadonlyMap<string, readonly (readonly [key: string, factor: number])[]> = new Map([
  [
    'retention.ms',
    [
      ['log.retention.ms', 1],
      ['log.retention.minutes', MINUTE_MS],
      ['log.retention.hours', HOUR_MS],
    ],
  ],
  [
    'segment.ms',
    [
      ['log.roll.ms', 1],
      ['log.roll.hours', HOUR_MS],
    ],
  ],
  [
    'segment.jitter.ms',
    [
      ['log.roll.jitter.ms', 1],
      ['log.roll.jitter.hours', HOUR_MS],
    ],
  ],
  [
    'flush.ms',
    [
      ['log.flush.interval.ms', 1],
      ['log.flush.scheduler.interval.ms', 1],
    ],
  ],
])

/** Topic keys no broker key stands behind: only the built-in value of LogConfig is left (all of them on 4.4.0). */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['leader.replication.throttled.replicas', ''],
  ['follower.replication.throttled.replicas', ''],
  ['remote.storage.enable', 'false'],
  ['remote.log.copy.disable', 'false'],
  ['remote.log.delete.on.disable', 'false'],
  ['errors.deadletterqueue.group.enable', 'false'],
])

const isOpen = (value: ConfigValue): boolean => value.source === SOURCE_TOPIC && value.inherited === null

/** -1 has no unit: "no limit" stays "no limit". BigInt, since the largest flush interval is beyond 2^53. */
function inUnit(text: string, factor: number): string | null {
  if (!/^-?\d+$/.test(text)) return null
  const amount = BigInt(text)
  return String(amount < 0n ? amount : amount * BigInt(factor))
}

function fromBroker(key: string, entries: ReadonlyMap<string, ConfigEntry>): string | null {
  for (const [name, factor] of BROKER_KEYS.get(key) ?? []) {
    const text = entries.get(name)?.value ?? null
    if (text !== null) return inUnit(text, factor)
  }
  return null
}

async function brokerEntries(
  links: Links,
  broker: number,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ConfigEntry>> {
  if (links.denied('broker-settings', broker)) return new Map()
  const keys = [...BROKER_KEYS.values()].flat().map(([name]) => name)
  try {
    const answers = await askAt(
      links,
      broker,
      (link) => link.configs([{ type: 'broker', name: String(broker) }], keys, QUESTION_MS),
      signal,
    )
    return new Map(
      answers.flatMap((answer) => (answer.error === 0 ? answer.entries : [])).map((entry) => [entry.name, entry]),
    )
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof PortError)) throw error
    // Without rights on the cluster, or without an answer, the inherited value stays untold.
    return new Map()
  }
}

/**
 * Kafka lists no layers below an override of retention.ms and its like unless the broker sets it in milliseconds (seen on 4.4.0). What would hold
 * then is read from the broker itself; where it does not tell, `inherited` stays null.
 */
export async function fillInherited(
  links: Links,
  read: Map<string, TopicSettingsRead>,
  signal: AbortSignal | undefined,
): Promise<Map<string, TopicSettingsRead>> {
  const breathe = breather(links.clock)
  const entries = new Map<number, ReadonlyMap<string, ConfigEntry>>()
  for (const [topic, settings] of read) {
    await breathe()
    if (!settings.values.some(isOpen)) continue
    const { broker } = settings
    if (!entries.has(broker) && settings.values.some((value) => isOpen(value) && BROKER_KEYS.has(value.name))) {
      entries.set(broker, await brokerEntries(links, broker, signal))
    }
    const values = settings.values.map((value) => {
      if (!isOpen(value)) return value
      const told = BUILT_IN.get(value.name) ?? fromBroker(value.name, entries.get(broker) ?? new Map())
      // Kafka calls a value without any layer a default, also where it stands in a broker's file as hours (ConfigHelper.createTopicConfigEntry).
      return told === null ? value : { ...value, inherited: { value: told, source: SOURCE_DEFAULT } }
    })
    read.set(topic, { ...settings, values })
  }
  return read
}
