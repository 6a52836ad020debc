import type { Credentials } from '../../ports/credentials'
import type { HostPort } from '../../shared/bootstrap'

/** PEM texts, '' = not given. The caller reads the files, so that a file that cannot be read is its own error. */
export interface TlsSettings {
  /** '' = the certificate authorities that Node brings along. */
  readonly ca: string
  readonly cert: string
  readonly key: string
  readonly passphrase?: string
  /** Name expected in every broker's certificate, '' = the host that was dialled. */
  readonly serverName: string
}

export interface ClientOptions {
  readonly bootstrap: readonly HostPort[]
  readonly tls: TlsSettings | null
  readonly sasl: Credentials | null
  /** Kafka's id of the cluster that is meant, as far as it is remembered: '' or left out = the one that is opened first. */
  readonly clusterId?: string
  readonly clientId?: string
  /** Plain sentences about what the client does; never holds a secret. */
  readonly log?: (sentence: string) => void
}

export const DEFAULT_CLIENT_ID = 'highwater'
