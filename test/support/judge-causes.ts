import type { Cause, ClusterEvent } from '../../src-main/contract/history'
import type { ControllersLog, PartitionChange } from './controllers-log'

/** The controllers write a fencing and what follows from it in one batch, whose records have one time; a few ms lie between two batches. */
const ONE_BATCH_MS = 50

/** A change of a partition: the state before it and the one after. */
export interface Step {
  readonly before: PartitionChange
  readonly now: PartitionChange
}

export const isMoving = ({ adding, removing }: PartitionChange): boolean => adding.length + removing.length > 0
const isMoved = ({ before, now }: Step): boolean => isMoving(before) || isMoving(now)

/**
 * Why a broker is out, by what became of its registration in the same batch (ReplicationControlManager.handleBrokerFenced, handleBrokerInControlledShutdown, handleBrokerUncleanShutdown). One that
 * shut down and was gone before anybody looked again may be called fenced. Empty: nothing of the kind.
 */
function absences(log: ControllersLog, broker: number, at: number, seenAt: number): readonly ('fenced' | 'shutdown')[] {
  const own = log.brokers.filter((one) => one.broker === broker)
  const near = own.filter((one) => Math.abs(one.at - at) <= ONE_BATCH_MS)
  if (near.some((one) => one.shuttingDown)) {
    const isGone = own.some((one) => one.fenced === true && one.at >= at && one.at <= seenAt)
    return isGone ? ['shutdown', 'fenced'] : ['shutdown']
  }
  return near.some((one) => one.fenced === true) ? ['fenced'] : []
}

function ofLeaving(log: ControllersLog, step: Step, broker: number, seenAt: number): readonly Cause[] {
  const absent = absences(log, broker, step.now.at, seenAt)
  if (absent.length > 0) return absent
  // Who stays a replica leaves by lag alone, in a reassignment too (PartitionReassignmentReplicas.maybeCompleteReassignment).
  return step.now.replicas.includes(broker) ? ['late'] : ['moved']
}

/** An unclean election takes one from outside the ISR and the ELR, and says that it has to recover; the last known leader of an empty ELR does as well (PartitionChangeBuilder.tryElection). */
const isUnclean = ({ before, now }: Step): boolean =>
  now.leader >= 0 && now.recovering && ![...before.isr, ...before.elr, ...before.lastKnownElr].includes(now.leader)

function ofLeading(log: ControllersLog, step: Step, seenAt: number): readonly Cause[] {
  const { before, now } = step
  if (before.leader < 0) return ['back']
  if (now.isr.includes(before.leader)) return now.leader === now.replicas[0] ? ['preferred'] : ['moved']
  const absent = absences(log, before.leader, now.at, seenAt)
  if (absent.length > 0) return absent.map((one) => (one === 'fenced' ? 'failover' : one))
  return isMoved(step) ? ['moved'] : ['failover']
}

/** `seen`: the step that an event tells; who led before any of `steps`, all that lie in its span, may be who was seen last. */
function ofSeenLeading(log: ControllersLog, steps: readonly Step[], seen: Step, seenAt: number): readonly Cause[] {
  if (isUnclean(seen)) return ['unclean']
  return steps
    .filter(({ before }) => before.at <= seen.before.at && before.leader !== seen.now.leader)
    .flatMap(({ before, now }) => [
      ...ofLeading(log, { before, now: seen.now }, seenAt),
      // Who was fenced or shut down some steps before the last one.
      ...(before.leader >= 0 && now.leader !== before.leader ? ofLeading(log, { before, now }, seenAt) : []),
    ])
}

/** What may be said of why, by the controllers' log; `steps`: of the partition, in the span of the event, the one that it tells among them. */
export function causesOf(
  log: ControllersLog,
  kind: ClusterEvent['kind'],
  steps: readonly Step[],
  { step, broker }: { readonly step: Step; readonly broker: number },
  seenAt: number,
): ReadonlySet<Cause> {
  if (kind === 'leader') return new Set(ofSeenLeading(log, steps, step, seenAt))
  const left = ({ before, now }: Step): boolean =>
    kind === 'offline'
      ? now.leader < 0 && before.leader === broker
      : before.isr.includes(broker) && !now.isr.includes(broker)
  return new Set(steps.filter(left).flatMap((one) => ofLeaving(log, one, broker, seenAt)))
}
