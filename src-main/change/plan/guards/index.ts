/** All rules about settings. `judge` and `factsNeeded` are what plan.ts uses; elections have their own in change/plan/election. */
import { EFFECT_LEVELS } from '../../../contract/change'
import type { Effect } from '../../../contract/change'
import { runWhole } from '../../../domain/slices'
import type { Sliced } from '../../../domain/slices'
import { acks } from './durability/acks'
import { busyCluster } from './busy-cluster'
import { cleanupEmpty } from './cleanup/cleanup-empty'
import { compactToDelete } from './cleanup/compact-to-delete'
import { compactUnkeyed } from './cleanup/compact-unkeyed'
import { compactionPace } from './cleanup/compaction-pace'
import { compression } from './records/compression'
import { deadLetters } from './dead-letters'
import { decompressed } from './records/decompressed'
import { downconversion } from './records/downconversion'
import { fileDeleteDelay } from './segments/file-delete-delay'
import { flush } from './segments/flush'
import type { FactName, Guard, GuardFacts, TopicFacts } from './guard'
import { inherited } from './inherited'
import { internalTopic } from './internal-topic'
import { localRetention } from './tiered/local-retention'
import { maxMessageLower } from './records/max-message-lower'
import { maxMessageRaise } from './records/max-message-raise'
import { minIsrElr } from './durability/min-isr-elr'
import { minIsrLower } from './durability/min-isr-lower'
import { minIsrOne } from './durability/min-isr-one'
import { minIsrRaise } from './durability/min-isr-raise'
import { noRule } from './no-rule'
import { preallocate } from './segments/preallocate'
import { remoteLog } from './tiered/remote-log'
import { remoteStorageOff } from './tiered/remote-storage-off'
import { remoteStorageOn } from './tiered/remote-storage-on'
import { retentionBytes } from './retention/retention-bytes'
import { retentionMs } from './retention/retention-ms'
import { segmentSmall } from './segments/segment-small'
import { throttleLeft } from './throttles/throttle-left'
import { timestampType } from './records/timestamp-type'
import { timestamps } from './records/timestamps'
import { tombstones } from './cleanup/tombstones'
import { uncleanEnable } from './durability/unclean-enable'
import { value } from './value'

const OF_KEYS: readonly Guard[] = [
  minIsrRaise,
  minIsrLower,
  minIsrOne,
  minIsrElr,
  acks,
  uncleanEnable,
  retentionMs,
  retentionBytes,
  localRetention,
  compactUnkeyed,
  compactToDelete,
  cleanupEmpty,
  tombstones,
  compactionPace,
  maxMessageLower,
  maxMessageRaise,
  decompressed,
  compression,
  downconversion,
  segmentSmall,
  preallocate,
  fileDeleteDelay,
  timestampType,
  timestamps,
  flush,
  remoteStorageOn,
  remoteStorageOff,
  remoteLog,
  deadLetters,
  throttleLeft,
]

/** Keys that a rule looks at by name. */
export const JUDGED_KEYS: ReadonlySet<string> = new Set(OF_KEYS.flatMap(({ keys }) => (keys === 'any' ? [] : keys)))

export const GUARDS: readonly Guard[] = [...OF_KEYS, internalTopic, busyCluster, value, inherited, noRule(JUDGED_KEYS)]

const looksAt = ({ keys }: Guard, changes: TopicFacts['changes']): boolean =>
  keys === 'any' ? changes.size > 0 : keys.some((key) => changes.has(key))

/** What has to be asked for the changes of one topic. */
export function factsNeeded(changes: TopicFacts['changes']): ReadonlySet<FactName> {
  return new Set(GUARDS.filter((guard) => looksAt(guard, changes)).flatMap((guard) => guard.needs(changes)))
}

/** One rule's effects; cut where the rule lets itself be cut. */
export function* ruleSays(guard: Guard, facts: GuardFacts): Sliced<readonly Effect[]> {
  const judged = guard.judge(facts)
  return 'next' in judged ? yield* judged : judged
}

/** Worst first: by level, then by how many partitions and topics it holds for. */
export function sortEffects(effects: readonly Effect[]): Effect[] {
  const gravity = ({ level }: Effect): number => EFFECT_LEVELS.indexOf(level)
  return [...effects].sort(
    (a, b) =>
      gravity(a) - gravity(b) ||
      b.partitionCount - a.partitionCount ||
      b.topicCount - a.topicCount ||
      (a.id < b.id ? -1 : 1),
  )
}

/** As `judge`, in pieces: 1,000 topics may have 200,000 partitions. */
export function* judging(facts: GuardFacts): Sliced<Effect[]> {
  const effects: Effect[] = []
  for (const guard of GUARDS) {
    if (!facts.topics.some(({ changes }) => looksAt(guard, changes))) continue
    effects.push(...(yield* ruleSays(guard, facts)))
    yield
  }
  return sortEffects(effects)
}

/** Every effect of a plan's settings changes, worst first. */
export const judge = (facts: GuardFacts): Effect[] => runWhole(judging(facts))
