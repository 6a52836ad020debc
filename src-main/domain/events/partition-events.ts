import type { Cause, ClusterEvent, Span } from '../../contract/history'
import type { BrokerSummary } from '../../contract/summary'
import { preferredLeader } from '../../shared/preferred-leader'
import { behindRecords } from '../lag/ahead'
import { REPLICA_OFFLINE } from '../topology/columns'
import { findReplica } from '../topology/topic-index'
import { clusterEvent } from './cluster-event'
import type { Looked } from './looked'
import { inSyncOf, type ToldRow } from './told-rows'

/** One look at a row, with the brokers by id. */
export interface RowLook {
  readonly looked: Looked
  readonly brokers: ReadonlyMap<number, BrokerSummary>
  readonly row: number
  readonly span: Span
  /** Of what is told of reassignments, which is asked for by itself; null = it was never told before. */
  readonly movesSpan: Span | null
}

/** Why a broker is out of an ISR or leads no longer. */
function causeOfAbsence({ brokers }: RowLook, broker: number): Cause {
  const one = brokers.get(broker)
  if (one === undefined || one.noListener) return ''
  if (!one.listed || one.course === 'returning') return 'fenced'
  return one.course === 'leaving' ? 'shutdown' : ''
}

/** It answered all the time: one that was away for a moment between the two looks was fenced, and is listed again. */
function isSteady({ brokers, span }: RowLook, broker: number): boolean {
  const one = brokers.get(broker)
  return one !== undefined && one.answers === 'yes' && one.answersSince <= span.from
}

/** `isMoving`: it was being reassigned at either look. A replica that stays one leaves by its lag then too (PartitionReassignmentReplicas): only one that was none in between does not. */
function causeOfLeaving(look: RowLook, replica: number, leader: number, lateMs: number, isMoving: boolean): Cause {
  const { looked } = look
  const absence = causeOfAbsence(look, looked.topology.replicaBroker[replica]!)
  if (absence !== '') return absence
  if (!isSteady(look, looked.topology.replicaBroker[replica]!)) return ''
  const { evictionWindows, evictionWindowMs } = looked.settings
  const windowMs = evictionWindows.get(leader) ?? evictionWindowMs
  if (lateMs >= windowMs) return 'late'
  return isMoving && lateMs < windowMs ? 'moved' : ''
}

/** `isMoving` as above: the leader leaves the ISR by that too, if its broker and its log are well. */
function causeOfLeading(look: RowLook, told: ToldRow, inSync: readonly number[], isMoving: boolean): Cause {
  const { looked, brokers, row } = look
  const leader = looked.columns.leader[row]!
  const alone = inSync.length === 1 && inSync[0] === leader
  const outside = told.electable.length > 0 && !told.electable.includes(leader)
  if (alone && outside && looked.reading.lastKnownLeader[row] !== leader && told.leader !== leader)
    return looked.electableTold ? 'unclean' : ''
  if (told.leader < 0) return 'back'
  const stays = inSync.includes(told.leader)
  if (stays && leader === preferredLeader(looked.topology, row)) return 'preferred'
  const absence = causeOfAbsence(look, told.leader)
  if (absence === 'shutdown') return absence
  if (absence === 'fenced') return 'failover'
  const replica = findReplica(looked.topology, row, told.leader)
  if (replica < 0) return 'moved'
  const isWell = isSteady(look, told.leader) && (looked.replicaFlags[replica]! & REPLICA_OFFLINE) === 0
  if (isMoving && isWell) return 'moved'
  return !stays || brokers.get(told.leader)?.answers === 'no' ? 'failover' : 'moved'
}

/** What happened to a partition between two looks; of several changes of one kind the last one shows, and how often its epoch went up. */
export function partitionEvents(look: RowLook, told: ToldRow): ClusterEvent[] {
  const { looked, row, span, movesSpan } = look
  const { topology, reading, columns } = looked
  const now = {
    leader: columns.leader[row]!,
    epoch: columns.leaderEpoch[row]!,
    inSync: inSyncOf(looked, row),
    reassigning: reading.reassigning[row] === 1,
  }
  const events: ClusterEvent[] = []
  const name = { topic: topology.topicNames[topology.topicIndex[row]!]!, partition: topology.partition[row]! }
  const common = { ...name, epoch: now.epoch, toldBy: looked.summary.sourceBroker }
  const elections = now.epoch - told.epoch
  const isMoving = now.reassigning || told.reassigning
  if (now.leader < 0 && told.leader >= 0)
    events.push(
      clusterEvent('offline', span, { ...common, other: told.leader, cause: causeOfAbsence(look, told.leader) }),
    )
  else if (now.leader !== told.leader)
    events.push(
      clusterEvent('leader', span, {
        ...common,
        broker: now.leader,
        other: told.leader,
        elections,
        cause: causeOfLeading(look, told, now.inSync, isMoving),
      }),
    )
  for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1) {
    const broker = topology.replicaBroker[replica]!
    const was = told.inSync.includes(broker)
    const is = now.inSync.includes(broker)
    if (was === is) continue
    const parts = { ...common, broker, other: now.leader }
    if (is) {
      events.push(clusterEvent('joined-isr', span, parts))
      continue
    }
    const lagRecords = behindRecords(reading, replica)
    const lateMs = Math.max(0, span.to - reading.caughtUpAt[replica]!)
    const cause = causeOfLeaving(look, replica, now.leader, lateMs, isMoving)
    events.push(clusterEvent('left-isr', span, { ...parts, lagRecords, lateMs, cause }))
  }
  // Until 3.6 an ISR that shrinks raises the epoch as well, so it tells of elections only where nothing else changed.
  if (now.leader === told.leader && elections > 0 && events.length === 0)
    events.push(clusterEvent('epochs', span, { ...common, broker: now.leader, elections }))
  if (now.reassigning !== told.reassigning && movesSpan !== null)
    events.push(clusterEvent(now.reassigning ? 'reassigning' : 'reassigned', movesSpan, common))
  return events
}
