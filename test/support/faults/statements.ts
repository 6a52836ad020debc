/** What was said of a cluster, as claims that somebody who knows better can refute. */
import type { LivePartition } from '../../../src-main/contract/live'
import type { BrokerSummary, ClusterSummary, Reach } from '../../../src-main/contract/summary'
import {
  NEXT_CATCHES_UP,
  NEXT_LEADER_MOVES,
  NEXT_LOSES_RECORDS,
  NEXT_WAITS_FOR_BROKER,
  OFFLINE,
} from '../../../src-main/shared/states'
import { isNone } from '../../../src-main/shared/tally'
import { isUnsafe, mayStop, silentBeside } from '../../../src-renderer/features/common/broker-words'

/** A partition by its name: `topic-1/0`. */
export type Statement =
  | { readonly kind: 'well'; readonly reach: Reach }
  /** Every partition that is seen takes acks=all writes now. */
  | { readonly kind: 'all-accept'; readonly reach: Reach }
  | { readonly kind: 'accepts'; readonly partition: string }
  /** `controllersKnown`: it is said too that its stop leaves the controllers their majority. */
  | { readonly kind: 'may-stop'; readonly broker: number; readonly controllersKnown: boolean; readonly reach: Reach }
  /** Of the partitions seen exactly so many would refuse, and go offline or lose records. */
  | { readonly kind: 'stop-costs'; readonly broker: number; readonly refuses: number; readonly offline: number }
  /** If the leader stops, or once it is fenced where it does not answer. */
  | {
      readonly kind: 'leads-next'
      readonly partition: string
      readonly broker: number
      readonly unclean: boolean
      readonly accepts: LivePartition['acceptsAcksAll'] | 'not-said'
    }
  | { readonly kind: 'nobody-next'; readonly partition: string }
  /** Once all that do not answer are fenced, no more partitions refuse or are offline. */
  | { readonly kind: 'fencing-harmless' }
  /** A partition without a leader has one again with the return of this broker. */
  | { readonly kind: 'back-with'; readonly partition: string; readonly broker: number }
  | { readonly kind: 'catches-up'; readonly partition: string; readonly broker: number }
  /** There is a time by which everybody has caught up. */
  | { readonly kind: 'healed' }
  /** Not of the cluster, or not answering; an end of its own, no fault of anybody else. */
  | { readonly kind: 'away'; readonly broker: number }
  /** It explains the trouble, though it is there. `runs`: by what it does; else nobody knows how. */
  | { readonly kind: 'blames-follower'; readonly broker: number; readonly runs: boolean }
  | { readonly kind: 'blames-leader'; readonly broker: number }

export type Kind = Statement['kind']

export interface Said {
  readonly statements: readonly Statement[]
  /** Questions that were left open, one entry each. */
  readonly unknown: readonly Kind[]
}

type Sayings = (Statement | { readonly unknown: Kind })[]

export function statementsOf(summary: ClusterSummary, partitions: readonly LivePartition[]): Said {
  const all = [
    ...ofCluster(summary),
    ...summary.brokers.flatMap((broker) => ofBroker(summary, broker)),
    ...ofCulprit(summary),
    ...partitions.flatMap(ofPartition),
  ]
  return {
    statements: all.flatMap((one) => ('unknown' in one ? [] : [one])),
    unknown: all.flatMap((one) => ('unknown' in one ? [one.unknown] : [])),
  }
}

function ofCluster({ headline, quorum, reach }: ClusterSummary): Sayings {
  const { level, offline, writesRefused, oneLossAway, silent, noListener, healedAt } = headline
  const said: Sayings = []
  if (level === 'well') said.push({ kind: 'well', reach })
  if (level === 'unknown' || level === 'unread') said.push({ unknown: 'well' })
  const writesKnown = writesRefused.complete && oneLossAway.complete
  if (silent.length === 0 && noListener === null && quorum !== 'silent') {
    if (isNone(offline) && isNone(writesRefused) && writesKnown) said.push({ kind: 'all-accept', reach })
    else if (offline.atLeast + writesRefused.atLeast === 0) said.push({ unknown: 'all-accept' })
  }
  const fenced = silent.filter(({ returning }) => !returning)
  if (
    fenced.length > 0 &&
    quorum !== 'silent' &&
    fenced.every((one) => one.thenOffline + one.thenRefuses + one.thenLoses === 0)
  )
    said.push(writesKnown ? { kind: 'fencing-harmless' } : { unknown: 'fencing-harmless' })
  if (Number.isFinite(healedAt)) said.push({ kind: 'healed' })
  return [...said, ...fenced.map(({ broker }) => ({ kind: 'away' as const, broker }))]
}

/** As the broker strip and the brokers page say it. */
function ofBroker({ brokers, reach }: ClusterSummary, broker: BrokerSummary): Sayings {
  const { id, listed, noListener, answers, course, stopRefuses, stopOffline, stopLoses, stopQuorum } = broker
  if (noListener) return []
  if (!listed) return [{ kind: 'away', broker: id }]
  if (answers === 'no' || course === 'leaving') return []
  const beside = silentBeside(brokers, id)
  const said: Sayings = []
  if (mayStop(broker, beside))
    said.push({ kind: 'may-stop', broker: id, controllersKnown: stopQuorum === 'keeps', reach })
  else if (beside < 0 && !isUnsafe(broker)) said.push({ unknown: 'may-stop' })
  if (beside >= 0 || stopQuorum === 'silent') return said
  if (stopRefuses.complete && stopOffline.complete && stopLoses.complete)
    said.push({
      kind: 'stop-costs',
      broker: id,
      refuses: stopRefuses.atLeast,
      offline: stopOffline.atLeast + stopLoses.atLeast,
    })
  else said.push({ unknown: 'stop-costs' })
  return said
}

const AWAY: readonly string[] = ['gone', 'silent']

function ofCulprit({ headline: { culprit } }: ClusterSummary): Sayings {
  if (culprit === null || culprit.kind === 'rack') return []
  if (culprit.kind === 'brokers-away')
    return culprit.brokers
      .filter(({ cause }) => AWAY.includes(cause))
      .map(({ broker }) => ({ kind: 'away' as const, broker }))
  const { broker, cause, kind } = culprit
  if (kind === 'leader-broker') return [{ kind: 'blames-leader', broker }]
  if (cause === 'leaving' || cause === 'returning') return []
  return [
    AWAY.includes(cause) ? { kind: 'away', broker } : { kind: 'blames-follower', broker, runs: cause !== 'unknown' },
  ]
}

function ofPartition(live: LivePartition): Sayings {
  const partition = `${live.topic}/${live.partition}`
  const said: Sayings = []
  if (live.acceptsAcksAll === 'yes') said.push({ kind: 'accepts', partition })
  if (live.acceptsAcksAll === 'unknown') said.push({ unknown: 'accepts' })
  return [...said, ...ofNextLeader(live, partition), ...ofNext(live, partition)]
}

function ofNextLeader({ leaderStops: then }: LivePartition, partition: string): Sayings {
  if (then === null || then.from === 'no-controller') return []
  const { nextLeader: broker, from, acceptsAcksAll: accepts } = then
  if (from === 'unheard') return [{ unknown: 'leads-next' }]
  if (broker >= 0) return [{ kind: 'leads-next', partition, broker, unclean: from === 'unclean', accepts }]
  // Where it is not known whether the topic elects uncleanly, both ends are said.
  const isOpen = then.unclean !== null && then.uncleanElection !== false
  return [isOpen ? { unknown: 'nobody-next' } : { kind: 'nobody-next', partition }]
}

function ofNext({ next, nextBroker: broker, nextFrom, nextTo, state }: LivePartition, partition: string): Sayings {
  switch (next) {
    case NEXT_LEADER_MOVES:
      return broker < 0
        ? [{ kind: 'nobody-next', partition }]
        : [{ kind: 'leads-next', partition, broker, unclean: false, accepts: 'not-said' }]
    case NEXT_LOSES_RECORDS:
      return broker < 0
        ? [{ unknown: 'leads-next' }]
        : [{ kind: 'leads-next', partition, broker, unclean: true, accepts: 'not-said' }]
    case NEXT_WAITS_FOR_BROKER:
      if (state !== OFFLINE) return [{ kind: 'away', broker }]
      return broker < 0 ? [{ unknown: 'back-with' }] : [{ kind: 'back-with', partition, broker }]
    case NEXT_CATCHES_UP:
      return Number.isFinite(nextFrom) || Number.isFinite(nextTo) ? [{ kind: 'catches-up', partition, broker }] : []
    default:
      return []
  }
}
