/** Facts for the rules of a guarded change, as short as a table row. What is left out is healthy, empty, and known. */
import type { KeyState } from '../../src-main/contract/change'
import type { Fact, GuardFacts, PartitionFacts, TopicFacts } from '../../src-main/change/plan/guards/guard'
import { GUARDS, ruleSays } from '../../src-main/change/plan/guards/index'
import { runWhole } from '../../src-main/domain/slices'
import { saidBy, toldEffect } from './told-effect'
import type { ToldEffect } from './told-effect'

export const NOW = 5_000_000
export const METADATA_AT = NOW - 300

export const known = <T>(value: T, readAt = NOW - 1000): Fact<T> => ({ known: true, value, readAt })
export const unknown = (reason: string): Fact<never> => ({ known: false, reasons: [saidBy(reason)] })

export interface MadePartition {
  readonly replicas?: readonly number[]
  readonly isr?: readonly number[]
  readonly leader?: number
  readonly elr?: readonly number[]
  readonly lastKnown?: readonly number[]
  readonly ends?: readonly number[]
}

export function partitionFacts(
  partition: number,
  { replicas = [1, 2, 3], isr = replicas, leader = isr[0] ?? -1, elr = [], ends }: MadePartition,
): PartitionFacts {
  return { partition, leader, leaderEpoch: 1, replicas, isr, elr, logEndOffsets: ends ?? replicas.map(() => 1000) }
}

/** [before, after]; null = not told. */
export type MadeChanges = Readonly<Record<string, readonly [string | null, string | null]>>

export function changesOf(changes: MadeChanges): TopicFacts['changes'] {
  const state = (value: string | null): KeyState => ({ override: value, value, source: 1 })
  return new Map(
    Object.entries(changes).map(([key, [before, after]]) => [key, { before: state(before), after: state(after) }]),
  )
}

export interface MadeTopic extends Partial<Omit<TopicFacts, 'changes' | 'config' | 'partitions'>> {
  readonly changes?: MadeChanges
  readonly config?: Readonly<Record<string, string>>
  readonly partitions?: readonly MadePartition[]
}

const CONFIG = {
  'unclean.leader.election.enable': 'false',
  'cleanup.policy': 'delete',
  'retention.ms': '604800000',
  'retention.bytes': '-1',
  'segment.bytes': '1073741824',
  'segment.index.bytes': '10485760',
  'index.interval.bytes': '4096',
}

export function topicFacts({ changes = {}, config = {}, partitions = [{}], ...rest }: MadeTopic): TopicFacts {
  return {
    topic: 'orders',
    toldBy: 1,
    internal: false,
    sizes: known(new Map()),
    disks: known([]),
    deletable: known([]),
    groups: known([]),
    sample: known({
      partitions: 1,
      records: 10,
      withoutKey: 0,
      unreadable: 0,
      compression: 'none',
      largestBatchBytes: 500,
    }),
    produceRate: known(0),
    elr: known(
      new Map(
        partitions.flatMap(({ elr = [], lastKnown = [] }, index) =>
          elr.length + lastKnown.length > 0 ? [[index, { elr, lastKnown }] as const] : [],
        ),
      ),
    ),
    ...rest,
    changes: changesOf(changes),
    config: new Map(Object.entries({ ...CONFIG, ...config })),
    partitions: partitions.map((partition, index) => partitionFacts(index, partition)),
  }
}

export function guardFacts(topics: readonly MadeTopic[], rest: Partial<Omit<GuardFacts, 'topics'>> = {}): GuardFacts {
  return {
    now: NOW,
    metadataAt: METADATA_AT,
    version: [4, 1],
    elrOn: false,
    answering: new Set([1, 2, 3]),
    offline: [],
    reassignments: known([]),
    throttleRates: known(new Map()),
    brokerSays: new Map(),
    ...rest,
    topics: topics.map(topicFacts),
  }
}

/** What one rule says, by variant. */
export function said(rule: string, facts: GuardFacts): ReadonlyMap<string, ToldEffect> {
  const guard = GUARDS.find((one) => one.rule === rule)
  if (guard === undefined) throw new Error(`no rule ${rule}`)
  return new Map(
    runWhole(ruleSays(guard, facts))
      .map(toldEffect)
      .map((effect) => [effect.variant, effect]),
  )
}

/** `variant level partitions` of everything a rule says, sorted: one line of a table. */
export const lines = (rule: string, facts: GuardFacts): string[] =>
  [...said(rule, facts).values()]
    .map(({ variant, level, partitionCount }) => `${variant} ${level} ${partitionCount}`)
    .sort()
