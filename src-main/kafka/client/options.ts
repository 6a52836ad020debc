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
  readonly clientId?: string
  /** Plain sentences about what the client does; never holds a secret. */
  readonly log?: (sentence: string) => void
}

export const DEFAULT_CLIENT_ID = 'highwater'
