/** Random edits of topic settings that can be made again from their seed. */
import { configKey } from '../../src-main/shared/config-keys'

export interface Random {
  /** 0 up to, not including, `below`. */
  below(below: number): number
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  /** `count` different ones, in random order. */
  some<T>(from: readonly T[], count: number): T[]
}

/** mulberry32: small, and the same on every machine. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const some = <T>(from: readonly T[], count: number): T[] => {
    const left = [...from]
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)[0]!)
  }
  return { below, chance: (share) => next() < share, pick: (from) => from[below(from.length)]!, some }
}

/** What is sent, and as what Kafka keeps it. */
export interface Value {
  readonly sent: string
  readonly kept: string
}

const plain = (...values: readonly string[]): Value[] => values.map((value) => ({ sent: value, kept: value }))
const flag = [...plain('true', 'false'), { sent: ' TRUE', kept: 'true' }]

/**
 * Values Kafka takes, whatever the other keys here are set to: no refusal comes from two of them together, so that the test knows which
 * change has to be refused.
 */
const TAKEN: Readonly<Record<string, readonly Value[]>> = {
  'min.insync.replicas': plain('1', '2', '3'),
  'unclean.leader.election.enable': flag,
  'leader.replication.throttled.replicas': plain('*', '0:1,0:2', '0:3'),
  'follower.replication.throttled.replicas': plain('*', '0:2,0:3', '0:1'),
  'cleanup.policy': [
    ...plain('delete', 'compact', 'compact,delete'),
    { sent: 'delete, compact', kept: 'delete,compact' },
  ],
  'retention.ms': [
    ...plain('-1', '3600000', '86400000', '9007199254740991'),
    { sent: ' 604800000 ', kept: '604800000' },
  ],
  'retention.bytes': plain('-1', '1073741824', '5368709120'),
  'delete.retention.ms': plain('0', '3600000', '172800000'),
  'file.delete.delay.ms': plain('0', '30000', '120000'),
  'segment.bytes': plain('1048576', '16777216', '2147483647'),
  'segment.ms': plain('60000', '86400000', '1209600000'),
  'segment.jitter.ms': plain('0', '1000', '60000'),
  'segment.index.bytes': plain('1048576', '20971520'),
  'index.interval.bytes': plain('0', '1024', '8192'),
  'max.message.bytes': plain('524288', '2097152', '20971520'),
  'compression.type': plain('producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'),
  'compression.gzip.level': plain('-1', '1', '9'),
  'compression.lz4.level': plain('1', '12', '17'),
  'compression.zstd.level': plain('-5', '3', '22'),
  'message.timestamp.type': plain('CreateTime', 'LogAppendTime'),
  'message.timestamp.before.max.ms': plain('0', '86400000'),
  'message.timestamp.after.max.ms': plain('3600000', '7200000'),
  'min.cleanable.dirty.ratio': [...plain('0.1', '0.75', '1.0'), { sent: '0.250', kept: '0.25' }],
  'min.compaction.lag.ms': plain('0', '60000', '600000'),
  'max.compaction.lag.ms': plain('86400000', '604800000'),
  'flush.messages': plain('1', '100', '100000'),
  'flush.ms': plain('0', '1000', '60000'),
  preallocate: flag,
}

const REFUSED: readonly (readonly [key: string, value: string])[] = [
  ['segment.bytes', '1000'],
  ['min.insync.replicas', '0'],
  ['retention.ms', 'a week'],
  ['retention.ms', '-2'],
  ['cleanup.policy', 'shred'],
  ['compression.type', 'zip'],
  ['unclean.leader.election.enable', 'maybe'],
  ['max.message.bytes', '-1'],
  ['min.cleanable.dirty.ratio', '1.5'],
  ['compression.gzip.level', '10'],
  ['message.timestamp.type', 'Yesterday'],
  ['remote.storage.enable', 'true'],
  ['no.such.setting', '1'],
]

const KEYS = Object.keys(TAKEN)
const unknown = KEYS.filter((key) => configKey(key) === undefined)
if (unknown.length > 0) throw new Error(`Not among the settings Highwater knows: ${unknown.join(', ')}`)

/** One edit with what the topic's override is after it; `refused`: Kafka takes no such value. */
export interface RandomEdit {
  readonly key: string
  readonly op: 'set' | 'delete'
  readonly value: string
  readonly kept: string | null
  readonly refused: boolean
}

/** A value as it was sent, as Kafka keeps it: a difference tells doubles as somebody wrote them, and compares them as numbers. */
export const keptAs = (key: string, value: string | null): string | null =>
  TAKEN[key]?.find(({ sent }) => sent === value)?.kept ?? value

const setTo = (key: string, { sent, kept }: Value): RandomEdit => ({
  key,
  op: 'set',
  value: sent,
  kept,
  refused: false,
})

/** Up to five keys, each once; those the topics have are chosen more often, so that deleting and overwriting happen. */
export function randomEdits(random: Random, present: readonly string[], refusedShare: number): RandomEdit[] {
  const keys = new Set([...random.some(present, random.below(3)), ...random.some(KEYS, 1 + random.below(3))])
  const edits = [...keys].map((key): RandomEdit =>
    random.chance(0.35)
      ? { key, op: 'delete', value: '', kept: null, refused: false }
      : setTo(key, random.pick(TAKEN[key]!)),
  )
  if (!random.chance(refusedShare)) return edits
  const [key, value] = random.pick(REFUSED)
  return [...edits.filter((edit) => edit.key !== key), { key, op: 'set', value, kept: value, refused: true }]
}

/** Settings for a topic's beginning, or what another hand writes: one of `keys` or any. */
export function randomWrite(random: Random, keys: readonly string[] = KEYS): RandomEdit {
  const key = random.pick(keys)
  return random.chance(0.3)
    ? { key, op: 'delete', value: '', kept: null, refused: false }
    : setTo(key, random.pick(TAKEN[key]!))
}
