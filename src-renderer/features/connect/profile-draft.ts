import type { ClusterProfile, ClusterSecrets, Environment, SaslMechanism } from '@contract/profiles'
import { SAVED_CLUSTER, TLS } from '@contract/profiles'
import type { BootstrapFault } from '@shared/bootstrap'
import { addressText, parseBootstrapList } from '@shared/bootstrap'

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type Tls = NonNullable<ClusterProfile['tls']>
/** Fields whose input is not of their own shape. */
type Reshaped = 'bootstrap' | 'tls' | 'sasl' | 'intervalMs' | 'environment'
type Secrets = Readonly<Record<keyof ClusterSecrets, string>>

/**
 * A profile as the form holds it: every text and switch by its name in the definition, groups laid flat. Secrets live here only while the
 * form is open.
 */
export interface ProfileDraft extends Writable<Omit<ClusterProfile, Reshaped> & Tls & Secrets> {
  bootstrap: string
  /** '' = nobody has chosen yet. */
  environment: Environment | ''
  security: 'plaintext' | 'tls'
  sasl: 'none' | SaslMechanism
  username: string
  interval: string
}

export function draftOf({ bootstrap, tls, sasl, intervalMs, ...plain }: ClusterProfile): ProfileDraft {
  return {
    ...plain,
    bootstrap: bootstrap.join(', '),
    security: tls === null ? 'plaintext' : 'tls',
    ...(tls ?? TLS.initial),
    keyPassphrase: '',
    sasl: sasl?.mechanism ?? 'none',
    username: sasl?.username ?? '',
    password: '',
    interval: String(intervalMs),
  }
}

/** Which environment it is nobody can guess, and a wrong guess hides what is production, or cries wolf. */
export const emptyDraft = (): ProfileDraft => ({ ...draftOf(SAVED_CLUSTER.initial), environment: '' })

/** A new one that begins as another: its name and environment are chosen anew, and its secrets are its own. */
export const copyOf = (profile: ClusterProfile): ProfileDraft => ({
  ...draftOf({ ...profile, id: '', name: '', clusterId: '', hook: SAVED_CLUSTER.initial.hook }),
  environment: '',
})

const LONGEST_NAME = 100

/** What a cluster is called if nobody says otherwise: its first host, with what tells it from others of that name; '' = there is no address yet. */
export function nameFor(bootstrap: string, taken: readonly string[]): string {
  const parsed = parseBootstrapList(bootstrap)
  const first = parsed.ok ? parsed.addresses[0] : undefined
  if (first === undefined) return ''
  const host = first.host.slice(0, LONGEST_NAME - 10)
  const free = [host, `${host}:${first.port}`].find((name) => !taken.includes(name))
  if (free !== undefined) return free
  let n = 2
  while (taken.includes(`${host} ${n}`)) n += 1
  return `${host} ${n}`
}

export interface DraftFault {
  /** Key under `connect.fault`. */
  readonly key: 'environment' | 'nameLong' | 'nameTaken' | 'username' | 'certAndKey' | `bootstrap.${BootstrapFault}`
  readonly entry: string
}
export type DraftField = 'name' | 'environment' | 'bootstrap' | 'username' | 'certFile'
export type DraftFaults = Partial<Record<DraftField, DraftFault>>

/** What keeps the draft from being tested or saved, per field. `taken` are the names of the other saved clusters. */
export function checkDraft(draft: ProfileDraft, taken: readonly string[]): DraftFaults {
  const faults: DraftFaults = {}
  const name = draft.name.trim()
  if (name.length > LONGEST_NAME) faults.name = { key: 'nameLong', entry: '' }
  else if (taken.includes(name)) faults.name = { key: 'nameTaken', entry: name }
  if (draft.environment === '') faults.environment = { key: 'environment', entry: '' }
  const bootstrap = parseBootstrapList(draft.bootstrap)
  if (!bootstrap.ok) {
    const [{ fault, entry }] = bootstrap.problems
    faults.bootstrap = { key: `bootstrap.${fault}`, entry }
  }
  if (draft.sasl !== 'none' && draft.username.trim() === '') faults.username = { key: 'username', entry: '' }
  if (draft.security === 'tls' && (draft.certFile.trim() === '') !== (draft.keyFile.trim() === '')) {
    faults.certFile = { key: 'certAndKey', entry: '' }
  }
  return faults
}

const trimmed = <T extends object>(fields: T): T =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'string' ? value.trim() : value,
    ]),
  ) as T

/** The profile and its secrets, apart, from a draft without faults. */
export function toProfile(
  draft: ProfileDraft,
  taken: readonly string[] = [],
): { profile: ClusterProfile; secrets: ClusterSecrets } {
  const { password, keyPassphrase, ...typed } = draft
  const { bootstrap, security, sasl, username, interval, environment, ...fields } = trimmed(typed)
  const { caFile, certFile, keyFile, serverName, ...plain } = fields
  const addresses = parseBootstrapList(bootstrap)
  const tls = security === 'tls'
  return {
    profile: {
      ...plain,
      name: plain.name === '' ? nameFor(bootstrap, taken) : plain.name,
      // A draft without faults has one; what is only tried needs none.
      environment: environment === '' ? SAVED_CLUSTER.initial.environment : environment,
      bootstrap: addresses.ok ? addresses.addresses.map(addressText) : [],
      tls: tls ? { caFile, certFile, keyFile, serverName } : null,
      sasl: sasl === 'none' ? null : { mechanism: sasl, username },
      intervalMs: Number(interval),
    },
    secrets: {
      ...(sasl !== 'none' && password !== '' ? { password } : {}),
      ...(tls && keyPassphrase !== '' ? { keyPassphrase } : {}),
    },
  }
}
