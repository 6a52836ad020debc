/** What a change needs of an opened cluster. compose makes it out of a session and its profile; tests out of a fake. */
import type { Environment } from '../contract/profiles'
import type { BrokerFacts, ClusterSettings, Reading } from '../domain/topology/reading'
import type { ToolAccess } from '../shared/shell-words'
import type { BrokerLink } from './cluster-port'

export interface LiveCluster {
  /** Profile id. */
  readonly id: string
  readonly name: string
  readonly environment: Environment
  readonly readOnly: boolean
  /** For the commands people copy. */
  readonly access: ToolAccess
  /** As configured, e.g. `User:alice`; Kafka does not tell a client who it is taken for. */
  readonly principal: string
  clusterId(): string | null
  reading(): Reading | null
  facts(): ReadonlyMap<number, BrokerFacts>
  settings(): ClusterSettings
  elr(): boolean
  /** In ZooKeeper mode the broker that takes elections; -1 on KRaft. */
  controller(): number
  link(broker: number): BrokerLink | null
  freshReading(timeoutMs: number): Promise<boolean>
  onPicture(listener: () => void): () => void
}

/** The opened clusters, by profile id; null = not open. */
export type FindCluster = (id: string) => LiveCluster | null
