/** Whether one broker may be restarted now: one light, and the conditions under it. Pure. */
import type { BrokerSummary, ClusterSummary } from '@contract/summary'
import type { WhatIf } from '@contract/what-if'
import { isNone } from '@shared/tally'
import type { Tally } from '@shared/tally'

/**
 * fresh: the reading is of now. stop: its stop takes nothing offline, refuses no write and loses nothing. controllers: they keep their majority. replicas: every replica is in
 * its ISR. late: none is late. brokers: every broker is there, the one itself too. reassigning: no reassignment runs.
 */
export type Condition = 'fresh' | 'stop' | 'controllers' | 'replicas' | 'late' | 'brokers' | 'reassigning'

export interface LampCondition {
  readonly what: Condition
  /** unknown: it is not seen to fail, and not proven to hold. */
  readonly holds: 'yes' | 'no' | 'unknown'
  /** How many stand in the way: partitions, or brokers (`brokers` names them). */
  readonly count: number
  readonly brokers: readonly number[]
}

export interface Lamp {
  readonly broker: number
  /** Go only where every condition is proven to hold. */
  readonly go: boolean
  /** Waiting does not help: partitions have too few copies elsewhere, so many of them. 0 = it may. */
  readonly byDesign: number
  readonly conditions: readonly LampCondition[]
}

/** An answer and a picture belong together when they are at most this far apart; answers come once a second. */
const APART_MS = 5000

const nothing = { count: 0, brokers: [] }

/** Whether there are none of any of these, `count` of which are seen. */
function none(what: Condition, tallies: readonly Tally[], count: number): LampCondition {
  return { what, holds: count > 0 ? 'no' : tallies.every(isNone) ? 'yes' : 'unknown', count, brokers: [] }
}

const isThere = (one: BrokerSummary): boolean => one.listed && one.answers === 'yes' && one.course === ''

/** One that cannot be seen from here, or was not heard yet, may be there. */
const maybe = (one: BrokerSummary): boolean => one.noListener || (one.listed && one.answers === 'connecting')

function allThere({ brokers }: ClusterSummary): LampCondition {
  const away = brokers.filter((one) => !isThere(one))
  const proven = away.filter((one) => !maybe(one))
  const named = (proven.length > 0 ? proven : away).map(({ id }) => id)
  const holds = proven.length > 0 ? 'no' : away.length > 0 ? 'unknown' : 'yes'
  return { what: 'brokers', holds, count: named.length, brokers: named }
}

function controllers({ quorum }: WhatIf): LampCondition {
  const holds = quorum.effect === 'keeps' ? 'yes' : quorum.effect === 'unknown' ? 'unknown' : 'no'
  return { what: 'controllers', holds, ...nothing }
}

function reassigning({ reassigning: rows }: WhatIf): LampCondition {
  const holds = rows === null ? 'unknown' : rows > 0 ? 'no' : 'yes'
  return { what: 'reassigning', holds, count: rows ?? 0, brokers: [] }
}

/** `answer`: what follows if this broker, alone, stopped. `stale`: the picture is not of now. */
export function restartLamp(broker: number, answer: WhatIf, summary: ClusterSummary, stale: boolean): Lamp {
  const { headline } = summary
  const { loses, offline, refuses } = answer
  const without = headline.offline
  const fresh = !stale && Math.abs(summary.takenAt - answer.takenAt) <= APART_MS && headline.level !== 'unread'
  const conditions: readonly LampCondition[] = [
    { what: 'fresh', holds: fresh ? 'yes' : 'unknown', ...nothing },
    none('stop', [loses, offline, refuses], loses.atLeast + offline.atLeast + refuses.atLeast),
    controllers(answer),
    // Most without a leader lack a replica too.
    none('replicas', [without, headline.underReplicated], Math.max(without.atLeast, headline.underReplicated.atLeast)),
    none('late', [headline.lagging], headline.lagging.atLeast),
    allThere(summary),
    reassigning(answer),
  ]
  return {
    broker,
    go: conditions.every(({ holds }) => holds === 'yes'),
    byDesign: answer.byDesign,
    conditions,
  }
}
