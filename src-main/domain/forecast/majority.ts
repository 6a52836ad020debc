import type { BrokerSummary, ClusterSummary } from '../../contract/summary'
import type { Presences } from '../state/presences'
import type { Gone } from './election'

/** A node that votes for the active controller. `live`: it fetches, by the quorum leader's own clock. */
export interface Voter {
  readonly id: number
  readonly live: boolean
}

/** What is known of the controllers; `voters` null = not known. */
export interface KnownQuorum {
  readonly quorum: ClusterSummary['quorum']
  readonly voters: readonly Voter[] | null
}

/** What a stop does to the controllers. */
export interface QuorumStop {
  /** As `BrokerSummary.stopQuorum`. */
  readonly effect: BrokerSummary['stopQuorum']
  /** Voters among those that stop. */
  readonly stopped: readonly number[]
  /** Voters that still run then, of how many, and how many have to; NaN = not known, or there is no quorum. */
  readonly left: number
  readonly total: number
  readonly needed: number
}

const without = (effect: QuorumStop['effect']): QuorumStop => ({
  effect,
  stopped: [],
  left: NaN,
  total: NaN,
  needed: NaN,
})

/**
 * What stopping brokers at once does to the controllers: of n voters n/2 + 1 have to run (KIP-595), or nobody is elected or fenced any more. Brokers that are no
 * voters cost them nothing. On a combined node, whose voter has the broker's id (KRaftConfigs, process.roles), one that does not answer us is not counted on either.
 */
export function quorumWithout({ quorum, voters }: KnownQuorum, stopped: Gone, presences: Presences): QuorumStop {
  if (quorum === 'none') return without('keeps')
  if (quorum === 'silent') return without('silent')
  if (voters === null) return without('unknown')
  const isSilent = (id: number): boolean => presences.isUnanswered(id) && !presences.isUnseen(id)
  const stops = voters.filter(({ id }) => stopped.has(id)).map(({ id }) => id)
  const left = voters.filter(({ id, live }) => live && !stopped.has(id) && !isSilent(id)).length
  const needed = Math.floor(voters.length / 2) + 1
  const effect = stops.length === 0 || left >= needed ? 'keeps' : 'loses'
  return { effect, stopped: stops, left, total: voters.length, needed }
}
