import type { BrokerSummary } from '../../contract/summary'

/** A node that votes for the active controller. `live`: it fetches, by the quorum leader's own clock. */
export interface Voter {
  readonly id: number
  readonly live: boolean
}

/**
 * What stopping `broker` does to the controllers: of n voters n/2 + 1 have to run (KIP-595), or nobody is elected or fenced any more. A broker that is no
 * voter costs them nothing. On a combined node, whose voter has the broker's id (KRaftConfigs, process.roles), one that does not answer us is not counted on either. `voters`
 * null = not known.
 */
export function majorityWithout(
  voters: readonly Voter[] | null,
  broker: number,
  isSilent: (id: number) => boolean,
): BrokerSummary['stopQuorum'] {
  if (voters === null) return 'unknown'
  if (!voters.some(({ id }) => id === broker)) return 'keeps'
  const left = voters.filter(({ id, live }) => live && id !== broker && !isSilent(id)).length
  return left > Math.floor(voters.length / 2) ? 'keeps' : 'loses'
}
