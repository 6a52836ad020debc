export type Environment = 'prod' | 'staging' | 'dev'
export type SaslMechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512'

/** A saved cluster. Holds no secret: the password travels once in `ClusterSecrets` and stays in the main process's memory. */
export interface ClusterProfile {
  readonly id: string
  readonly name: string
  readonly environment: Environment
  readonly readOnly: boolean
  /** `host:port` entries, IPv6 in brackets. */
  readonly bootstrap: readonly string[]
  readonly tls: null | {
    /** Path of a PEM file with the CA, '' = the system's own. */
    readonly caFile: string
    readonly certFile: string
    readonly keyFile: string
    /** Name expected in the certificate, '' = the host. */
    readonly serverName: string
  }
  readonly sasl: null | { readonly mechanism: SaslMechanism; readonly username: string }
  /** 0 = automatic, else a fixed interval in ms (250 … 60,000). */
  readonly intervalMs: number
}

export interface ClusterSecrets {
  readonly password?: string
  readonly keyPassphrase?: string
}

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
  'tls-unknown-ca',
  'tls-wrong-name',
  'tls-expired',
  'tls-expires-soon',
  'tls-client-certificate',
  'tls-handshake',
  'sasl-missing',
  'sasl-not-wanted',
  'sasl-mechanism',
  'wrong-password',
  'no-brokers',
  'advertised-unreachable',
  'some-brokers-unreachable',
  'other-address-failed',
  'rights-topics',
  'rights-read',
  'rights-changes',
] as const
export type Advice = (typeof ADVICE)[number]

export interface DoctorStep {
  readonly step: DoctorStepName
  readonly outcome: 'ok' | 'failed' | 'warning' | 'skipped' | 'not-used'
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
