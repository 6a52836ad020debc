import type { AlterAnswer, ConfigAnswer, ConfigChange, ConfigEntry } from '../../src-main/ports/cluster-port'
import type { FakeTopic } from './fake-cluster'

export interface FakeDefault {
  value: string | null
  /** 2 dynamic broker, 3 cluster default, 4 static file, 5 built-in. */
  source: number
  /** Kafka's ConfigDef type, see ConfigEntry. */
  type: number
  sensitive?: boolean
  docs?: string
}

export interface Refusal {
  readonly error: number
  readonly message: string
}

/** name, built-in value, type: what a 4.4.0 broker has for a topic. */
const BUILT_IN: readonly (readonly [string, string, number])[] = [
  ['cleanup.policy', 'delete', 7],
  ['compression.gzip.level', '-1', 3],
  ['compression.lz4.level', '9', 3],
  ['compression.type', 'producer', 2],
  ['compression.zstd.level', '3', 3],
  ['delete.retention.ms', '86400000', 5],
  ['file.delete.delay.ms', '60000', 5],
  ['flush.messages', '9223372036854775807', 5],
  ['flush.ms', '9223372036854775807', 5],
  ['follower.replication.throttled.replicas', '', 7],
  ['index.interval.bytes', '4096', 3],
  ['leader.replication.throttled.replicas', '', 7],
  ['local.retention.bytes', '-2', 5],
  ['local.retention.ms', '-2', 5],
  ['max.compaction.lag.ms', '9223372036854775807', 5],
  ['max.message.bytes', '1048588', 3],
  ['message.timestamp.after.max.ms', '3600000', 5],
  ['message.timestamp.before.max.ms', '9223372036854775807', 5],
  ['message.timestamp.type', 'CreateTime', 2],
  ['min.cleanable.dirty.ratio', '0.5', 6],
  ['min.compaction.lag.ms', '0', 5],
  ['min.insync.replicas', '1', 3],
  ['preallocate', 'false', 1],
  ['remote.log.copy.disable', 'false', 1],
  ['remote.log.delete.on.disable', 'false', 1],
  ['remote.storage.enable', 'false', 1],
  ['retention.bytes', '-1', 5],
  ['retention.ms', '604800000', 5],
  ['segment.bytes', '1073741824', 3],
  ['segment.index.bytes', '10485760', 3],
  ['segment.jitter.ms', '0', 5],
  ['segment.ms', '604800000', 5],
  ['unclean.leader.election.enable', 'false', 1],
]
/** What Kafka refuses to go below, of the keys that tests write. */
const LEAST: ReadonlyMap<string, number> = new Map([
  ['min.insync.replicas', 1],
  ['segment.bytes', 1_048_576],
  ['retention.ms', -1],
  ['retention.bytes', -1],
])
const NUMBERS: ReadonlyMap<number, string> = new Map([
  [3, 'INT'],
  [4, 'SHORT'],
  [5, 'LONG'],
])

/**
 * Settings of a fake cluster's topics: overrides stand in `FakeTopic.settings`, what they inherit in `defaults`. Answers and refusals are worded
 * as a 4.4.0 broker does (validation looks at stored and new overrides together; all or nothing per topic). Unlike a real one it lists what lies
 * below an override of every key, also of retention.ms.
 */
export class FakeSettings {
  readonly defaults = new Map<string, FakeDefault>(
    BUILT_IN.map(([name, value, type]) => [name, { value, type, source: 5 }]),
  )
  /** Looked at before Kafka's own rules; null = no objection. */
  refuse: (change: ConfigChange, validateOnly: boolean) => Refusal | null = () => null
  /** Writes that changed something or could have, in the order the controller took them; validations are not among them. */
  readonly written: ConfigChange[] = []
  private readonly behind = new Map<number, ReadonlyMap<string, ReadonlyMap<string, string>>>()

  constructor(
    private readonly topics: () => readonly FakeTopic[],
    private readonly topic: (name: string) => FakeTopic | undefined,
  ) {}

  /** From now on this broker goes on showing the overrides of now, as one that has not heard of a commit yet. */
  hold(broker: number): void {
    this.behind.set(broker, new Map(this.topics().map(({ name, settings }) => [name, new Map(settings)])))
  }

  catchUp(broker: number): void {
    this.behind.delete(broker)
  }

  describe(
    broker: number,
    name: string,
    keys: readonly string[] | null,
    extra: { synonyms?: boolean; docs?: boolean } = {},
  ): ConfigAnswer {
    const overrides = this.behind.get(broker)?.get(name) ?? this.topic(name)?.settings
    if (overrides === undefined) return { type: 'topic', name, error: 3, message: '', entries: [] }
    const names = new Set([...this.defaults.keys(), ...overrides.keys()])
    const entries = [...names]
      .filter((key) => keys === null || keys.length === 0 || keys.includes(key))
      .map((key): ConfigEntry => {
        const inherited = this.defaults.get(key)
        const sensitive = inherited?.sensitive ?? false
        const own = overrides.get(key)
        const layers = [
          ...(own === undefined ? [] : [{ value: sensitive ? null : own, source: 1 }]),
          ...(inherited === undefined ? [] : [{ value: sensitive ? null : inherited.value, source: inherited.source }]),
        ]
        return {
          name: key,
          value: layers[0]?.value ?? null,
          source: layers[0]?.source ?? 5,
          readOnly: false,
          sensitive,
          type: inherited?.type ?? 2,
          synonyms: extra.synonyms === true ? layers : [],
          docs: extra.docs === true ? (inherited?.docs ?? `What ${key} does.`) : '',
        }
      })
    return { type: 'topic', name, error: 0, message: '', entries }
  }

  alter(changes: readonly ConfigChange[], validateOnly: boolean): AlterAnswer {
    return {
      topics: changes.map((change) => {
        if (!validateOnly) this.written.push(change)
        const topic = this.topic(change.topic)
        const merged = merge(topic?.settings ?? new Map<string, string>(), change)
        const refusal =
          this.refuse(change, validateOnly) ??
          (topic === undefined
            ? { error: 3, message: `The topic '${change.topic}' does not exist.` }
            : this.judge(merged))
        if (topic !== undefined && refusal === null && !validateOnly) topic.settings = merged
        return { topic: change.topic, error: refusal?.error ?? 0, message: refusal?.message ?? '' }
      }),
    }
  }

  private judge(overrides: ReadonlyMap<string, string>): Refusal | null {
    for (const [key, value] of overrides) {
      const type = this.defaults.get(key)?.type
      if (type === undefined) return { error: 40, message: `Unknown topic config name: ${key}` }
      const kind = NUMBERS.get(type)
      const wrong = `Invalid value ${value} for configuration ${key}:`
      if (kind !== undefined && !/^-?\d+$/.test(value))
        return { error: 40, message: `${wrong} Not a number of type ${kind}` }
      const least = LEAST.get(key)
      if (least !== undefined && Number(value) < least)
        return { error: 40, message: `${wrong} Value must be at least ${least}` }
    }
    return null
  }
}

function merge(settings: ReadonlyMap<string, string>, change: ConfigChange): Map<string, string> {
  const merged = new Map(settings)
  for (const { key, op, value } of change.edits) {
    if (op === 'set') merged.set(key, value)
    else merged.delete(key)
  }
  return merged
}
