import type { ConfigEdit } from '../../contract/change'
import type { ConfigValue, TopicAudit } from '../../contract/config'
import { SOURCE_BROKER, SOURCE_DEFAULT, SOURCE_STATIC, SOURCE_TOPIC } from '../../contract/config'
import { countInSync } from '../forecast/stop-effects'
import type { Reading } from '../topology/reading'
import { topicRows } from '../topology/topic-index'

export const MIN_ISR_KEY = 'min.insync.replicas'
export const UNCLEAN_KEY = 'unclean.leader.election.enable'
const SAFE_MIN_ISR = 2
/** With two replicas a min ISR of two refuses writes at any restart, so it is not offered as the cure. */
const REPLICAS_FOR_SAFE_MIN_ISR = 3

/**
 * Records the leader has and no follower had when last read, in a partition with followers; an upper bound, as records in flight count.
 * NaN = the leader's LEO or every follower's is unknown.
 */
function onlyOnLeader(reading: Reading, row: number): number {
  const { replicaStart, replicaBroker } = reading.topology
  let leader = NaN
  let best = NaN
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    const logEndOffset = reading.logEndOffset[replica]!
    if (replicaBroker[replica] === reading.leader[row]) leader = logEndOffset
    else if (!(logEndOffset <= best)) best = Number.isNaN(logEndOffset) ? best : logEndOffset
  }
  return Math.max(0, leader - best)
}

interface Counts {
  smallest: number
  largest: number
  alone: number
  onlyOnLeaderRecords: number
}

function countRows(reading: Reading, from: number, to: number): Counts {
  const { replicaStart } = reading.topology
  const counts: Counts = { smallest: Infinity, largest: 0, alone: 0, onlyOnLeaderRecords: 0 }
  for (let row = from; row < to; row++) {
    const replicas = replicaStart[row + 1]! - replicaStart[row]!
    counts.smallest = Math.min(counts.smallest, replicas)
    counts.largest = Math.max(counts.largest, replicas)
    if (reading.leader[row] !== -1 && countInSync(reading, row) === 1) counts.alone++
    // Where there is one replica everything is on it alone: that is a finding of its own.
    if (replicas > 1) counts.onlyOnLeaderRecords += onlyOnLeader(reading, row)
  }
  return counts
}

/** An override is the same for all; of min ISR the largest that any broker has, where it leaves a replica to spare. */
function pinned(notTold: TopicAudit['notTold'], smallest: number): ConfigEdit[] {
  return notTold.flatMap(({ key, value, differing }): ConfigEdit[] => {
    if (key === UNCLEAN_KEY) return [{ key, op: 'set', value: 'false' }]
    const most = Math.max(Number(value), ...differing.map((one) => Number(one.value)))
    return most >= SAFE_MIN_ISR && most < smallest ? [{ key, op: 'set', value: String(most) }] : []
  })
}

function fixOf(
  findings: TopicAudit['findings'],
  notTold: TopicAudit['notTold'],
  smallest: number,
  unclean: ConfigValue,
): ConfigEdit[] {
  const edits: ConfigEdit[] = []
  if (findings.includes('leader-alone') && smallest >= REPLICAS_FOR_SAFE_MIN_ISR)
    edits.push({ key: MIN_ISR_KEY, op: 'set', value: String(SAFE_MIN_ISR) })
  for (const edit of pinned(notTold, smallest)) {
    const isThere = edits.some(({ key }) => key === edit.key)
    if (!isThere && !(edit.key === UNCLEAN_KEY && findings.includes('unclean'))) edits.push(edit)
  }
  if (!findings.includes('unclean')) return edits
  const inheritsSafe = unclean.source === SOURCE_TOPIC && unclean.inherited?.value === 'false'
  edits.push(
    inheritsSafe ? { key: UNCLEAN_KEY, op: 'delete', value: '' } : { key: UNCLEAN_KEY, op: 'set', value: 'false' },
  )
  return edits
}

/** What is known of where inherited settings come from. */
export interface Told {
  /** Broker that told the topic's settings. */
  readonly by: number
  /** What each broker says of itself, by key and broker, as far as they told. */
  readonly says: ReadonlyMap<string, ReadonlyMap<number, string>>
}

/**
 * Inherited settings that another node may have otherwise (CONFIG_SOURCES: set on this broker, in its file, built in). The controller goes by its own file
 * (ConfigurationControlManager.getTopicConfig), so that an `unclean…` in a broker's file says nothing of it; for the rest the brokers are compared.
 */
function notToldOf(values: readonly ConfigValue[], { by, says }: Told): TopicAudit['notTold'] {
  return values.flatMap(({ name: key, value, source }) => {
    const isOfOne = source === SOURCE_BROKER || source === SOURCE_STATIC
    if (value === null || (!isOfOne && source !== SOURCE_DEFAULT)) return []
    const told = [...(says.get(key) ?? [])].sort(([a], [b]) => a - b).map(([broker, own]) => ({ broker, value: own }))
    const differing = new Set(told.map((one) => one.value)).size > 1 ? told : []
    return differing.length > 0 || (isOfOne && key === UNCLEAN_KEY) ? [{ key, value, toldBy: by, differing }] : []
  })
}

/**
 * What may lose acknowledged records on a topic (the shop case of docs/changes.md): settings against the partitions as they are now. null = the topic is not
 * in the reading, or one of the two settings is not among `values`. `settingsReadAt`: when `values` were read.
 */
export function auditTopic(
  reading: Reading,
  topic: string,
  values: readonly ConfigValue[],
  settingsReadAt: number,
  told: Told,
): TopicAudit | null {
  const at = topicRows(reading.topology).get(topic)
  const min = values.find((value) => value.name === MIN_ISR_KEY)
  const unclean = values.find((value) => value.name === UNCLEAN_KEY)
  if (
    at === undefined ||
    min?.value === undefined ||
    min.value === null ||
    unclean?.value === undefined ||
    unclean.value === null
  )
    return null
  const from = reading.topology.topicStart[at]!
  const to = reading.topology.topicStart[at + 1]!
  if (from === to) return null
  const { smallest, largest, alone, onlyOnLeaderRecords } = countRows(reading, from, to)
  const minInSyncReplicas = Number(min.value)
  const findings: TopicAudit['findings'][number][] = []
  if (largest > 1 && minInSyncReplicas === 1) findings.push('leader-alone')
  if (largest > 1 && unclean.value === 'true') findings.push('unclean')
  if (smallest === 1) findings.push('single-replica')
  const notTold = largest > 1 ? notToldOf([min, unclean], told) : []
  if (notTold.length > 0) findings.push('not-told')
  return {
    findings,
    notTold,
    partitions: to - from,
    replicationFactor: smallest,
    minInSyncReplicas,
    alone,
    onlyOnLeaderRecords,
    fix: fixOf(findings, notTold, smallest, unclean),
    readAt: Math.min(reading.metadataAt, settingsReadAt),
  }
}
