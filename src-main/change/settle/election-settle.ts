import type { ElectionItem, ElectionPlan, ItemResult } from '../../contract/change'
import { findPartition } from '../../domain/topology/topic-index'
import { BARRIER_MS, isPast } from './last-write'
import { isAnother } from '../plan/compare'
import { KafkaError } from '../../shared/kafka-codes'
import { mayCome, SETTLE_MS, TOPIC_ANEW, UNREAD, writeSettled } from './settle'
import type { UnsettledBatch } from './settle'
import { pause } from '../book/step'
import type { Step } from '../book/step'

const AGAIN_MS = 500
const FRESH_MS = 2_000

/** Leader by the newest reading: -1 none, null = no such partition or nothing read. */
export function leaderNow(step: Step, { topic, partition }: Pick<ElectionItem, 'topic' | 'partition'>): number | null {
  const reading = step.cluster.reading()
  const row = reading === null ? -1 : findPartition(reading.topology, topic, partition)
  return reading === null || row < 0 ? null : reading.leader[row]!
}

/**
 * What became of an election without an answer: led by its preferred replica → carried out; led by another once it can no longer come → not. A topic
 * that was made anew since is not the one whose leaders were asked for, and of one that is not seen any more nobody knows.
 * At most 15 s; what cannot be told stays 'unknown'. An election changes nothing that would have to be restored.
 */
export async function settleElection(step: Step, plan: ElectionPlan, batch: UnsettledBatch): Promise<void> {
  const { clock, cluster, signal } = step
  const until = clock.now() + SETTLE_MS
  const results = new Map<number, ItemResult>()
  const left = (): number[] => batch.rows.filter((row) => !results.has(row))
  let past = false
  for (let turn = 0; left().length > 0 && clock.now() < until && !signal.aborted; turn += 1) {
    if (turn > 0) await pause(clock, AGAIN_MS, signal)
    const wasPast = past
    past ||= await isPast(step, batch, async (link) => {
      await link.quorum(BARRIER_MS)
      return true
    })
    if (!(await cluster.freshReading(FRESH_MS))) continue
    for (const row of left()) {
      const item = plan.partitions[row]!
      const { topic, partition, preferred } = item
      const leader = leaderNow(step, item)
      if (isAnother(plan.topicIds[plan.topics.indexOf(topic)] ?? '', topic, cluster))
        results.set(row, {
          topic,
          partition,
          outcome: 'refused',
          error: KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
          message: TOPIC_ANEW,
        })
      else if (leader === preferred)
        results.set(row, {
          topic,
          partition,
          outcome: 'applied',
          error: 0,
          message: { id: 'result.leads', args: {} },
        })
      else if (wasPast && leader !== null)
        results.set(row, {
          topic,
          partition,
          outcome: 'refused',
          error: 0,
          message: { id: 'result.as-before', args: {} },
        })
    }
  }
  const open = left().map((row): ItemResult => {
    const { topic, partition } = plan.partitions[row]!
    return {
      topic,
      partition,
      outcome: 'unknown',
      error: 0,
      message: past ? UNREAD : mayCome(batch.broker),
    }
  })
  const broker = cluster.reading()?.sourceBroker
  writeSettled(step, [...results.values(), ...open], broker === undefined ? [] : [broker])
}
