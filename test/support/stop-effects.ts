import { StopTally, countInSync, effectiveMinOf, stopOfRow } from '../../src-main/domain/forecast/stop-effects'
import type { StopEffect } from '../../src-main/domain/forecast/stop-effects'
import { isInSync } from '../../src-main/domain/lag/lateness'
import { Presences } from '../../src-main/domain/state/presences'
import { BrokerIndex } from '../../src-main/domain/topology/broker-index'
import type { BrokerFacts, ClusterSettings, Reading } from '../../src-main/domain/topology/reading'

/**
 * "Can I stop broker b now?" for every broker, in one pass: |ISR without b| against the effective min ISR, and whether
 * anyone could lead.
 */
export function stopEffects(
  reading: Reading,
  settings: ClusterSettings,
  facts: ReadonlyMap<number, BrokerFacts>,
): Map<number, StopEffect> {
  const brokers = new BrokerIndex(reading, facts)
  const tally = new StopTally(reading, new Presences(facts), brokers, settings.version)
  for (let row = 0; row < reading.leader.length; row++)
    tally.add(row, countInSync(reading, row), effectiveMinOf(reading, settings, row))
  return new Map(Array.from(brokers.ids, (id) => [id, tally.effect(id)]))
}

/** What stands once the controller has fenced a broker and thereby taken it out of every ISR. */
interface FencingEffect {
  /** Partitions it leads now. */
  readonly leads: number
  /** Of those with it in the ISR: acks=all refused then and not yet now, and no leader then. They do not overlap. */
  readonly refuses: number
  readonly offline: number
}

/** `FencingEffect` of one broker over the whole reading. */
export function afterFencing(
  reading: Reading,
  settings: ClusterSettings,
  broker: number,
  facts: ReadonlyMap<number, BrokerFacts> = new Map(),
): FencingEffect {
  const { replicaBroker, replicaPartition } = reading.topology
  const presences = new Presences(facts)
  const effect = { leads: 0, refuses: 0, offline: 0 }
  for (let replica = 0; replica < replicaBroker.length; replica++) {
    if (replicaBroker[replica] !== broker) continue
    const row = replicaPartition[replica]!
    if (reading.leader[row] === broker) effect.leads++
    if (!isInSync(reading, replica)) continue
    const then = stopOfRow(
      reading,
      row,
      new Set([broker]),
      effectiveMinOf(reading, settings, row),
      presences,
      settings.version,
    )
    if (then === 'refuses' || then === 'offline') effect[then]++
  }
  return effect
}
