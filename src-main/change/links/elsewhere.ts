import type { LiveCluster } from '../../ports/live-cluster'

/** Kafka's id of the other cluster, as it is shown; '?' where it tells none. */
export const shownId = (leadsTo: string): string => (leadsTo === '' ? '?' : leadsTo)

/**
 * Which cluster the brokers' addresses lead to instead of the one that is open (`shownId`); '' = they do not, as far as is known. Told only while no broker
 * answers: as long as one does, the cluster that is meant is still there to be asked.
 */
export function leadsElsewhere(cluster: Pick<LiveCluster, 'facts'>): string {
  const facts = [...cluster.facts().values()]
  const away = facts.find(({ silence }) => silence === 'other-cluster')
  return away === undefined || facts.some(({ answers }) => answers === 'yes') ? '' : shownId(away.leadsTo)
}
