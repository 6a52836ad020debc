import { PortError } from '../../ports/cluster-port'

/**
 * Which Kafka cluster the connections of one client have to lead to: the one it was opened with, or the one that is remembered of it. A name is not the
 * thing: each new connection to it may end elsewhere (DNS, a port-forward, an address that is used again), so each one is proven before its first use.
 */
export class ClusterIdentity {
  /** '' = there is nothing to compare with: it was not opened yet, or it tells no id. */
  constructor(private known = '') {}

  get provable(): boolean {
    return this.known !== ''
  }

  /** What the opened cluster told. The first id stays: later ones are held against it. */
  settle(told: string | null): void {
    if (this.known === '') this.known = told ?? ''
  }

  /** Throws PortError 'other-cluster' for an answer of another cluster, or of one that does not tell which it is. */
  check(told: string | null, host: string): void {
    if (this.known === '' || told === this.known) return
    const where =
      told === null ? 'does not tell which Kafka cluster it is of' : `leads to another Kafka cluster (${told})`
    const message = `${host} ${where}; ${this.known} is meant`
    throw new PortError('other-cluster', 'other-cluster', message, 0, host, false, told ?? '')
  }
}
