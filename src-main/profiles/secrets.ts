/**
 * Secrets live in the main process's memory for this run and nowhere else. `extractSecrets` and `mergeSecrets` are inverses, so what is stored
 * is by construction a connection with its secrets cut out.
 */
import { SECRET_OF } from '../contract/profiles'
import type { ClusterProfile, ClusterSecrets, SignIn } from '../contract/profiles'
import type { Credentials } from '../ports/credentials'

/** A profile with everything that is needed to connect. Never leaves the main process, never stored. */
export interface Connection {
  readonly profile: ClusterProfile
  /** null = no login. A secret that was not given is ''. */
  readonly credentials: Credentials | null
  /** '' = none given. */
  readonly keyPassphrase: string
}

function secretOf(credentials: Credentials): ClusterSecrets {
  switch (credentials.mechanism) {
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512':
      return credentials.password === '' ? {} : { password: credentials.password }
  }
}

function credentialsOf(signIn: SignIn, secrets: ClusterSecrets): Credentials {
  switch (signIn.mechanism) {
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512':
      return { ...signIn, password: secrets.password ?? '' }
  }
}

export function extractSecrets({ profile, credentials, keyPassphrase }: Connection): {
  readonly profile: ClusterProfile
  readonly secrets: ClusterSecrets
} {
  return {
    profile,
    secrets: {
      ...(credentials === null ? {} : secretOf(credentials)),
      ...(keyPassphrase === '' ? {} : { keyPassphrase }),
    },
  }
}

export const mergeSecrets = (profile: ClusterProfile, secrets: ClusterSecrets): Connection => ({
  profile,
  credentials: profile.sasl === null ? null : credentialsOf(profile.sasl, secrets),
  keyPassphrase: secrets.keyPassphrase ?? '',
})

/** The login wants a secret that is not given. */
export const needsSecret = ({ sasl }: ClusterProfile, secrets: ClusterSecrets): boolean =>
  sasl !== null && (secrets[SECRET_OF[sasl.mechanism]] ?? '') === ''

/** A keychain takes its time and may refuse, so keeping is asynchronous and rejects with what it says. */
export interface SecretVault<S extends object = ClusterSecrets> {
  get(id: string): Promise<Partial<S>>
  /** Fields that are given replace those kept; fields left out are kept, so that editing a name does not ask for the password again. */
  put(id: string, secrets: Partial<S>): Promise<void>
  forget(id: string): Promise<void>
  /** Secrets that are used once and kept under no cluster (a test): known to `values` until the answer is called. */
  lend(secrets: Partial<S>): () => void
  /** Every value that is in memory, for taking them out of the log: at once, a log line waits for nobody. */
  values(): string[]
}

export function createSecretVault<S extends object = ClusterSecrets>(): SecretVault<S> {
  const kept = new Map<string, Partial<S>>()
  const lent = new Set<Partial<S>>()
  return {
    get: (id) => Promise.resolve(kept.get(id) ?? {}),
    put: (id, secrets) => {
      kept.set(id, { ...kept.get(id), ...secrets })
      return Promise.resolve()
    },
    forget: (id) => {
      kept.delete(id)
      return Promise.resolve()
    },
    lend: (secrets) => {
      const own = { ...secrets }
      lent.add(own)
      return () => void lent.delete(own)
    },
    values: () => [...kept.values(), ...lent].flatMap((secrets) => Object.values(secrets) as string[]),
  }
}
