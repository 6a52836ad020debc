/**
 * A saved cluster, in one definition: the type, what the page may send, what a new one starts as, how it is stored and what the form holds
 * follow from it. How to add a field: docs/decisions/0018-one-definition-of-a-saved-cluster.md.
 */
import { MAX_BOOTSTRAP } from '../shared/bootstrap'
import { HOOK_KINDS } from '../shared/hook-kinds'
import { choice, flag, group, list, maybe, pattern, text, union, whole } from '../shared/fields'
import type { ValueOf } from '../shared/fields'

const path = text(4096)

export const TLS = group({
  /** Path of a PEM file with the CA, `~` is the home folder; '' = the authorities that Node brings along, not the operating system's. */
  caFile: path,
  certFile: path,
  keyFile: path,
  /** Name expected in the certificate, '' = the host. */
  serverName: text(255),
})

export const ENVIRONMENT = choice('prod', 'staging', 'dev')

const PASSWORD_LOGIN = { username: text(500) }

/** How a login is made, by mechanism, without its secret (see SECRET_OF). */
const SIGN_INS = {
  plain: PASSWORD_LOGIN,
  'scram-sha-256': PASSWORD_LOGIN,
  'scram-sha-512': PASSWORD_LOGIN,
}

/** Holds no secret: those travel once in `ClusterSecrets` and stay in the main process. */
export const SAVED_CLUSTER = group({
  /** '' = not saved yet. */
  id: pattern(/^[\w-]{0,64}$/),
  name: text(100, 1),
  environment: ENVIRONMENT,
  readOnly: flag(true),
  /** `host:port` entries, IPv6 in brackets. */
  bootstrap: list(text(300, 1), MAX_BOOTSTRAP),
  tls: maybe(TLS),
  sasl: maybe(union('mechanism', SIGN_INS)),
  /** Kafka's id of the cluster as it told it when it was first open, '' = not known yet. Addresses that lead to another one are not used until a person says so. */
  clusterId: text(255),
  /** 0 = automatic, else a fixed interval in ms. */
  intervalMs: whole(0, (ms) => ms === 0 || (ms >= 250 && ms <= 60_000), 'not 0 or 250 to 60,000 ms'),
  /** Polled while Highwater runs, whether it is open or not. */
  watch: flag(false),
  /** Where else its trouble is told of; the address is a secret (HookSecrets). */
  hook: choice('none', ...HOOK_KINDS),
})

export type ClusterProfile = ValueOf<typeof SAVED_CLUSTER>
export type Environment = ClusterProfile['environment']
export type SignIn = NonNullable<ClusterProfile['sasl']>
export type SaslMechanism = SignIn['mechanism']
export const MECHANISMS = Object.keys(SIGN_INS) as readonly SaslMechanism[]

export interface ClusterSecrets {
  readonly password?: string
  readonly keyPassphrase?: string
}

/** Which secret a login needs, by mechanism. */
export const SECRET_OF = {
  plain: 'password',
  'scram-sha-256': 'password',
  'scram-sha-512': 'password',
} as const satisfies Readonly<Record<SaslMechanism, keyof ClusterSecrets>>

/** A row of the Connect page. */
export interface ProfileRow {
  readonly profile: ClusterProfile
  /** NaN = never. */
  readonly lastSeenAt: number
  readonly open: boolean
  /** True when a password is needed and none is in memory. */
  readonly needsPassword: boolean
}

/** Steps of the connection doctor, in order. A step after the failing one is 'skipped'. */
export const DOCTOR_STEPS = [
  'address',
  'dns',
  'tcp',
  'tls',
  'sasl',
  'api-versions',
  'metadata',
  'brokers',
  'rights',
] as const
export type DoctorStepName = (typeof DOCTOR_STEPS)[number]

/** What the doctor may advise; the window has a text for each. */
export const ADVICE = [
  'address-spelling',
  'unknown-host',
  'name-server',
  'nothing-listens',
  'no-route',
  'own-limit',
  'own-firewall',
  'own-network',
  'silent-connect',
  'hangs-up',
  'silent-port',
  'web-server',
  'not-kafka',
  'controller-port',
  'too-old',
  'plaintext-on-tls',
  'tls-on-plaintext',
  'tls-files',
  'tls-java-store',
  'tls-pkcs12',
  'tls-unknown-ca',
  'tls-missing-issuer',
  'tls-wrong-name',
  'tls-expired',
  'tls-expires-soon',
  'tls-client-certificate',
  'tls-own-certificate',
  'tls-hangs-up',
  'tls-handshake',
  'sasl-missing',
  'sasl-not-wanted',
  'sasl-mechanism',
  'wrong-password',
  'no-brokers',
  'advertised-unreachable',
  'advertised-unknown-names',
  'some-brokers-unreachable',
  'no-listener',
  'other-address-failed',
  'other-cluster',
  'rights-topics',
  'rights-read',
  'rights-changes',
] as const
export type Advice = (typeof ADVICE)[number]

export type DoctorOutcome = 'ok' | 'failed' | 'warning' | 'skipped' | 'not-used'

export interface DoctorStep {
  readonly step: DoctorStepName
  readonly outcome: DoctorOutcome
  readonly ms: number
  /** The value it was tried with, e.g. `b1:9092`. */
  readonly subject: string
  /** What was seen, in plain words, English (technical evidence). */
  readonly evidence: string
  /** '' = none. */
  readonly advice: Advice | ''
}

export interface DoctorReport {
  readonly steps: readonly DoctorStep[]
  readonly reachable: boolean
}
