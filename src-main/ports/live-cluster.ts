/** What a change needs of an opened cluster. compose makes it out of a session and its profile; tests out of a fake. */
import type { Environment } from '../contract/profiles'
import type { Capability } from '../contract/summary'
import type { BrokerFacts, ClusterSettings, Reading } from '../domain/topology/reading'
import type { ToolAccess } from '../shared/shell-words'
import type { BrokerLink } from './cluster-port'

/** The newest reading, and links of one's own, so that no write or long question ever stands in the way of polling. */
export interface ClusterInside {
  /** Kafka's id of the cluster, null = it tells none, or nothing was read yet. */
  clusterId(): string | null
  /** null until the first complete reading. It changes as answers arrive: read what you need in one go. */
  reading(): Reading | null
  facts(): ReadonlyMap<number, BrokerFacts>
  settings(): ClusterSettings
  /** Whether eligible leader replicas are on (finalized feature); null = not known. */
  elr(): boolean | null
  /** In ZooKeeper mode the broker that takes elections; -1 on KRaft: any. */
  controller(): number
  /**
   * This login was refused that less than an hour ago, as a whole or `of` a topic (by name) or a broker (by id), and is not known to have got the right since. Each
   * refusal is a line in the authorizer's log, so nothing but a person's wish is a reason to ask again.
   */
  denied(what: Capability, of?: string | number): boolean
  /** It was refused just now. */
  noteDenied(what: Capability, of?: string | number): void
  /** A new link to a broker that is listed, not connected; null when there is none of this id. The caller gives it up. */
  link(broker: number): BrokerLink | null
  /** Resolves true once a Metadata reading asked for after this call is in; false when none came in time. */
  freshReading(timeoutMs: number): Promise<boolean>
  /** After every published picture. */
  onPicture(listener: () => void): () => void
}

export interface LiveCluster extends ClusterInside {
  /** Profile id. */
  readonly id: string
  readonly name: string
  readonly environment: Environment
  readonly readOnly: boolean
  /** For the commands people copy. */
  readonly access: ToolAccess
  /** As configured, e.g. `User:alice`; Kafka does not tell a client who it is taken for. */
  readonly principal: string
}

/** The opened clusters, by profile id; null = not open. */
export type FindCluster = (id: string) => LiveCluster | null
