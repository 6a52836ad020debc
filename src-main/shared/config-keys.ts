/**
 * The topic settings Highwater knows, as data for typed inputs and for rules. A key that is not here (other vendors, later versions) is shown
 * and edited as plain text. Ranges: LogConfig / TopicConfig of Apache Kafka 2.8 to 4.4; the broker has the last word (validateOnly).
 */
export type KeyUnit = 'ms' | 'bytes' | 'count' | 'ratio' | 'boolean' | 'one-of' | 'list' | 'throttled-replicas' | 'text'

export interface ConfigKey {
  readonly name: string
  readonly unit: KeyUnit
  /** Smallest and largest value that makes sense to Kafka; -1 where it means "no limit" is allowed by `unlimited`. */
  readonly min?: number
  readonly max?: number
  /** -1 means no limit. */
  readonly unlimited?: boolean
  readonly options?: readonly string[]
  /** How much harm a wrong value does: 'low' tuning; 'careful' affects clients or disks; 'danger' may lose records or stop writes. */
  readonly risk: 'low' | 'careful' | 'danger'
  /** Has to do with replication: shown first. */
  readonly replication?: boolean
}

const LONG = Number.MAX_SAFE_INTEGER
const INT = 0x7fffffff

const KEYS = [
  { name: 'min.insync.replicas', unit: 'count', min: 1, max: INT, risk: 'danger', replication: true },
  { name: 'unclean.leader.election.enable', unit: 'boolean', risk: 'danger', replication: true },
  { name: 'leader.replication.throttled.replicas', unit: 'throttled-replicas', risk: 'careful', replication: true },
  { name: 'follower.replication.throttled.replicas', unit: 'throttled-replicas', risk: 'careful', replication: true },
  { name: 'cleanup.policy', unit: 'list', options: ['delete', 'compact'], risk: 'danger' },
  { name: 'retention.ms', unit: 'ms', min: 0, max: LONG, unlimited: true, risk: 'danger' },
  { name: 'retention.bytes', unit: 'bytes', min: 0, max: LONG, unlimited: true, risk: 'danger' },
  { name: 'local.retention.ms', unit: 'ms', min: -2, max: LONG, unlimited: true, risk: 'danger' },
  { name: 'local.retention.bytes', unit: 'bytes', min: -2, max: LONG, unlimited: true, risk: 'danger' },
  { name: 'delete.retention.ms', unit: 'ms', min: 0, max: LONG, risk: 'careful' },
  { name: 'file.delete.delay.ms', unit: 'ms', min: 0, max: LONG, risk: 'low' },
  { name: 'segment.bytes', unit: 'bytes', min: 14, max: INT, risk: 'careful' },
  { name: 'segment.ms', unit: 'ms', min: 1, max: LONG, risk: 'careful' },
  { name: 'segment.jitter.ms', unit: 'ms', min: 0, max: LONG, risk: 'low' },
  { name: 'segment.index.bytes', unit: 'bytes', min: 4, max: INT, risk: 'danger' },
  { name: 'index.interval.bytes', unit: 'bytes', min: 0, max: INT, risk: 'careful' },
  { name: 'max.message.bytes', unit: 'bytes', min: 0, max: INT, risk: 'careful' },
  { name: 'max.decompressed.message.bytes', unit: 'bytes', min: 0, max: INT, risk: 'danger' },
  {
    name: 'compression.type',
    unit: 'one-of',
    options: ['producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'],
    risk: 'careful',
  },
  { name: 'compression.gzip.level', unit: 'count', min: -1, max: 9, risk: 'low' },
  { name: 'compression.lz4.level', unit: 'count', min: 1, max: 17, risk: 'low' },
  { name: 'compression.zstd.level', unit: 'count', min: -131072, max: 22, risk: 'low' },
  { name: 'message.timestamp.type', unit: 'one-of', options: ['CreateTime', 'LogAppendTime'], risk: 'careful' },
  { name: 'message.timestamp.before.max.ms', unit: 'ms', min: 0, max: LONG, risk: 'careful' },
  { name: 'message.timestamp.after.max.ms', unit: 'ms', min: 0, max: LONG, risk: 'careful' },
  { name: 'message.timestamp.difference.max.ms', unit: 'ms', min: 0, max: LONG, risk: 'careful' },
  { name: 'message.format.version', unit: 'text', risk: 'careful' },
  { name: 'message.downconversion.enable', unit: 'boolean', risk: 'careful' },
  { name: 'min.cleanable.dirty.ratio', unit: 'ratio', min: 0, max: 1, risk: 'low' },
  { name: 'min.compaction.lag.ms', unit: 'ms', min: 0, max: LONG, risk: 'low' },
  { name: 'max.compaction.lag.ms', unit: 'ms', min: 1, max: LONG, risk: 'careful' },
  { name: 'flush.messages', unit: 'count', min: 1, max: LONG, risk: 'careful' },
  { name: 'flush.ms', unit: 'ms', min: 0, max: LONG, risk: 'careful' },
  { name: 'preallocate', unit: 'boolean', risk: 'careful' },
  { name: 'remote.storage.enable', unit: 'boolean', risk: 'danger' },
  { name: 'remote.log.copy.disable', unit: 'boolean', risk: 'careful' },
  { name: 'remote.log.delete.on.disable', unit: 'boolean', risk: 'danger' },
  { name: 'remote.copy.lag.ms', unit: 'ms', min: -1, max: LONG, risk: 'low' },
  { name: 'remote.copy.lag.bytes', unit: 'bytes', min: -1, max: LONG, risk: 'low' },
  { name: 'errors.deadletterqueue.group.enable', unit: 'boolean', risk: 'careful' },
] as const satisfies readonly ConfigKey[]

/** A key of the catalogue: its name is one of a closed set. */
export interface KnownKey extends ConfigKey {
  readonly name: (typeof KEYS)[number]['name']
}
export const CONFIG_KEYS: readonly KnownKey[] = KEYS

const BY_NAME: ReadonlyMap<string, KnownKey> = new Map(CONFIG_KEYS.map((key) => [key.name, key]))

export const configKey = (name: string): KnownKey | undefined => BY_NAME.get(name)
