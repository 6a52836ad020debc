import type { ClusterProfile, ClusterSecrets, Environment, SaslMechanism } from '@contract/profiles'
import type { BootstrapFault } from '@shared/bootstrap'
import { addressText, parseBootstrapList } from '@shared/bootstrap'

/** A profile as the form holds it: all strings and switches. Secrets live here only while the form is open. */
export interface ProfileDraft {
  id: string
  name: string
  environment: Environment
  readOnly: boolean
  bootstrap: string
  security: 'plaintext' | 'tls'
  caFile: string
  certFile: string
  keyFile: string
  keyPassphrase: string
  serverName: string
  sasl: 'none' | SaslMechanism
  username: string
  password: string
  interval: string
}

export const emptyDraft = (): ProfileDraft => ({
  id: '',
  name: '',
  environment: 'prod',
  readOnly: true,
  bootstrap: '',
  security: 'plaintext',
  caFile: '',
  certFile: '',
  keyFile: '',
  keyPassphrase: '',
  serverName: '',
  sasl: 'none',
  username: '',
  password: '',
  interval: '0',
})

export const draftOf = (profile: ClusterProfile): ProfileDraft => ({
  ...emptyDraft(),
  id: profile.id,
  name: profile.name,
  environment: profile.environment,
  readOnly: profile.readOnly,
  bootstrap: profile.bootstrap.join(', '),
  ...(profile.tls === null ? {} : { security: 'tls' as const, ...profile.tls }),
  ...(profile.sasl === null ? {} : { sasl: profile.sasl.mechanism, username: profile.sasl.username }),
  interval: String(profile.intervalMs),
})

export interface DraftFault {
  /** Key under `connect.fault`. */
  readonly key: 'name' | 'nameLong' | 'nameTaken' | 'username' | 'certAndKey' | `bootstrap.${BootstrapFault}`
  readonly entry: string
}
export type DraftField = 'name' | 'bootstrap' | 'username' | 'certFile'
export type DraftFaults = Partial<Record<DraftField, DraftFault>>

/** What keeps the draft from being tested or saved, per field. `taken` are the names of the other saved clusters. */
export function checkDraft(draft: ProfileDraft, taken: readonly string[]): DraftFaults {
  const faults: DraftFaults = {}
  const name = draft.name.trim()
  if (name === '') faults.name = { key: 'name', entry: '' }
  else if (name.length > 100) faults.name = { key: 'nameLong', entry: '' }
  else if (taken.includes(name)) faults.name = { key: 'nameTaken', entry: name }
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

/** The profile and its secrets, apart, from a draft without faults. */
export function toProfile(draft: ProfileDraft): { profile: ClusterProfile; secrets: ClusterSecrets } {
  const bootstrap = parseBootstrapList(draft.bootstrap)
  const tls = draft.security === 'tls'
  return {
    profile: {
      id: draft.id,
      name: draft.name.trim(),
      environment: draft.environment,
      readOnly: draft.readOnly,
      bootstrap: bootstrap.ok ? bootstrap.addresses.map(addressText) : [],
      tls: tls
        ? {
            caFile: draft.caFile.trim(),
            certFile: draft.certFile.trim(),
            keyFile: draft.keyFile.trim(),
            serverName: draft.serverName.trim(),
          }
        : null,
      sasl: draft.sasl === 'none' ? null : { mechanism: draft.sasl, username: draft.username.trim() },
      intervalMs: Number(draft.interval),
    },
    secrets: {
      ...(draft.sasl !== 'none' && draft.password !== '' ? { password: draft.password } : {}),
      ...(tls && draft.keyPassphrase !== '' ? { keyPassphrase: draft.keyPassphrase } : {}),
    },
  }
}
