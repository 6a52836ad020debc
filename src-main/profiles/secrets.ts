/**
 * Secrets live in the main process's memory for this run and nowhere else. `extractSecrets` and `mergeSecrets` are inverses, so what is stored
 * is by construction a connection with its secrets cut out.
 */
import type { ClusterProfile, ClusterSecrets } from '../contract/profiles'

/** A profile with everything that is needed to connect. Never leaves the main process, never stored. */
export interface Connection {
  readonly profile: ClusterProfile
  /** '' = none given. */
  readonly password: string
  readonly keyPassphrase: string
}

export function extractSecrets(connection: Connection): {
  readonly profile: ClusterProfile
  readonly secrets: ClusterSecrets
} {
  return {
    profile: connection.profile,
    secrets: {
      ...(connection.password === '' ? {} : { password: connection.password }),
      ...(connection.keyPassphrase === '' ? {} : { keyPassphrase: connection.keyPassphrase }),
    },
  }
}

export const mergeSecrets = (profile: ClusterProfile, secrets: ClusterSecrets): Connection => ({
  profile,
  password: secrets.password ?? '',
  keyPassphrase: secrets.keyPassphrase ?? '',
})

export const needsPassword = (profile: ClusterProfile, secrets: ClusterSecrets): boolean =>
  profile.sasl !== null && (secrets.password ?? '') === ''

export interface SecretVault {
  get(id: string): ClusterSecrets
  /** Fields that are given replace those kept; fields left out are kept, so that editing a name does not ask for the password again. */
  put(id: string, secrets: ClusterSecrets): void
  forget(id: string): void
  /** Secrets that are used once and kept under no cluster (a test): known to `values` until the answer is called. */
  lend(secrets: ClusterSecrets): () => void
  /** Every value, for taking them out of the log. */
  values(): string[]
}

export function createSecretVault(): SecretVault {
  const kept = new Map<string, ClusterSecrets>()
  const lent = new Set<ClusterSecrets>()
  const get = (id: string): ClusterSecrets => kept.get(id) ?? {}
  return {
    get,
    put: (id, secrets) => void kept.set(id, { ...get(id), ...secrets }),
    forget: (id) => void kept.delete(id),
    lend: (secrets) => {
      const own = { ...secrets }
      lent.add(own)
      return () => void lent.delete(own)
    },
    values: () => [...kept.values(), ...lent].flatMap((secrets) => Object.values(secrets) as string[]),
  }
}
