/** Facts of the audit about a cluster at which nothing is wrong, with what a test makes wrong; and a report for pages. */
import type { ConfigValue } from '../../src-main/contract/config'
import { auditPass } from '../../src-main/domain/audit/audit'
import type { AuditFacts, Known, TopicSettings, TopicWriters, Writers } from '../../src-main/domain/audit/facts'
import type { RuleResult } from '../../src-main/domain/audit/look'
import type { BrokerAddress } from '../../src-main/domain/topology/columns'
import { runWhole } from '../../src-main/domain/slices'
import type { Phrase } from '../../src-main/shared/words/phrase'
import { readingOf, START, THREE_BROKERS } from './columns'
import type { PartitionRow, TopicRow } from './columns'

export const UNTOLD: Phrase = { id: 'why.error', args: { error: 29 } }
export const known = <T>(value: T): Known<T> => ({ known: true, value, readAt: START })
export const unknown = { known: false, reason: UNTOLD } as const

const CLUSTER_DEFAULT = 3
const TOPIC: Readonly<Record<string, string>> = {
  'min.insync.replicas': '2',
  'unclean.leader.election.enable': 'false',
  'cleanup.policy': 'delete',
  'retention.ms': '604800000',
  'retention.bytes': '-1',
  'leader.replication.throttled.replicas': '',
  'follower.replication.throttled.replicas': '',
}
const BROKER: Readonly<Record<string, string>> = {
  'replica.lag.time.max.ms': '30000',
  'min.insync.replicas': '2',
  'unclean.leader.election.enable': 'false',
  'broker.session.timeout.ms': '9000',
  'auto.leader.rebalance.enable': 'true',
}

/** A value and its source; a text alone is set on the topic. null = the broker does not tell the key. */
type Told = string | readonly [value: string, source: number] | null

export interface AuditScene {
  /** Partitions of the topic `t`. */
  readonly rows?: readonly PartitionRow[]
  /** Its settings that are not as usual. */
  readonly set?: Readonly<Record<string, Told>>
  /** Partitions and settings of __consumer_offsets; null = there is none. */
  readonly own?: { readonly rows?: readonly PartitionRow[]; readonly set?: Readonly<Record<string, Told>> } | null
  readonly racks?: readonly (string | null)[]
  /** Of broker 1 only. */
  readonly broker?: Readonly<Record<string, Told>>
  readonly facts?: Partial<AuditFacts>
}

const RF3: readonly PartitionRow[] = [{ replicas: [1, 2, 3] }, { replicas: [2, 3, 1] }, { replicas: [3, 1, 2] }]

function valueOf(name: string, told: Told): ConfigValue[] {
  if (told === null) return []
  const [value, source] = typeof told === 'string' ? [told, 1] : told
  const inherited = { value: TOPIC[name] ?? null, source: CLUSTER_DEFAULT }
  return [{ name, value, source, type: 2, sensitive: false, readOnly: false, inherited }]
}

const settings = (set: Readonly<Record<string, Told>> = {}): Known<TopicSettings> =>
  known({
    toldBy: 2,
    values: new Map(
      Object.keys(TOPIC).flatMap((name) =>
        valueOf(name, name in set ? set[name]! : [TOPIC[name]!, CLUSTER_DEFAULT]).map((one) => [name, one] as const),
      ),
    ),
  })

const brokerSettings = (
  set: Readonly<Record<string, Told>> = {},
): AuditFacts['brokers'] extends ReadonlyMap<number, infer K> ? K : never =>
  known(
    new Map(
      Object.entries({ ...BROKER, ...set }).flatMap(([name, told]) => {
        if (told === null) return []
        const [value, source] = typeof told === 'string' ? [told, 4] : told
        return [[name, { value, source }] as const]
      }),
    ),
  )

/** Of `t`: a partition that was written to with ids alone, unless a test says otherwise. */
export const writersOf = (
  topic: Partial<TopicWriters> = {},
  untold: readonly (readonly [topic: string, why: Phrase])[] = [],
): Writers => ({
  looked: 3,
  spanMs: 1_000,
  readAt: START,
  topics: new Map([['t', { written: 1, uncounted: 0, records: 0, partition: -1, ...topic }]]),
  untold: new Map(untold),
})

export function auditFacts({ rows = RF3, set, own = {}, racks, broker, facts = {} }: AuditScene = {}): AuditFacts {
  const brokers = THREE_BROKERS.map((one, at): BrokerAddress => ({
    ...one,
    rack: racks === undefined ? one.rack : racks[at]!,
  }))
  const topics: TopicRow[] = [
    ...(own === null
      ? []
      : [{ name: '__consumer_offsets', internal: true, partitions: own.rows ?? [{ replicas: [1, 2, 3] }] }]),
    { name: 't', partitions: rows },
  ]
  return {
    now: START + 1_000,
    reading: readingOf(topics, brokers),
    version: [4, 4],
    zooKeeper: false,
    settings: new Map([
      ['t', settings(set)],
      ['__consumer_offsets', settings(own?.set)],
    ]),
    brokers: new Map([
      [1, brokerSettings(broker)],
      [2, brokerSettings()],
      [3, brokerSettings()],
    ]),
    voters: known([100, 101, 102]),
    features: known(
      new Map([
        ['metadata.version', 31],
        ['eligible.leader.replicas.version', 1],
      ]),
    ),
    software: known([4, 4]),
    metadataRelease: [4, 4],
    moving: known(new Set<string>()),
    writers: writersOf(),
    ...facts,
  }
}

export const auditOf = (scene?: AuditScene): readonly RuleResult[] =>
  runWhole(auditPass(auditFacts(scene), () => undefined))
