/** From a saved cluster to a live session: addresses parsed, certificate files read, client and monitor made. */
import type { ClusterProfile, DoctorReport } from '../contract/profiles'
import { fail, ok } from '../contract/result'
import type { Result } from '../contract/result'
import { createSampleStore } from '../history/samples'
import { parseBootstrap } from '../kafka/client/bootstrap'
import { createClusterClient } from '../kafka/client/cluster-client'
import type { TlsSettings } from '../kafka/client/options'
import { PortError } from '../ports/cluster-port'
import type { ClusterPort } from '../ports/cluster-port'
import { diagnose } from '../kafka/doctor/diagnose'
import type { DiagnoseHooks } from '../kafka/doctor/diagnose'
import { createClock } from '../ports/clock'
import type { ClusterSession, SessionOptions } from '../monitor/session'
import { createSession } from '../monitor/session'
import type { Connection } from '../profiles/secrets'
import type { Log } from '../shell/log'
import { readPem } from '../kafka/client/read-pem'
import type { PemTrouble } from '../kafka/client/read-pem'
import { PEM_ADVICE } from '../kafka/doctor/advice'
import { sayOnce } from './say-once'

/** Makes a port for a connection; benches and tests put a fake cluster here. */
export type OpenPort = (connection: Connection, log: Log) => Result<ClusterPort>

function tlsOf(
  profile: ClusterProfile,
  passphrase: string,
): { readonly ok: true; readonly value: TlsSettings | null } | PemTrouble {
  if (profile.tls === null) return { ok: true, value: null }
  const ca = readPem('CA file', profile.tls.caFile)
  const cert = readPem('certificate file', profile.tls.certFile)
  const key = readPem('key file', profile.tls.keyFile)
  if (!ca.ok) return ca
  if (!cert.ok) return cert
  if (!key.ok) return key
  const settings = { ca: ca.text, cert: cert.text, key: key.text, serverName: profile.tls.serverName }
  return { ok: true, value: passphrase === '' ? settings : { ...settings, passphrase } }
}

export const openPort: OpenPort = (connection, log) => {
  const bootstrap = parseBootstrap(connection.profile.bootstrap)
  if (!bootstrap.ok) return bootstrap
  const tls = tlsOf(connection.profile, connection.keyPassphrase)
  if (!tls.ok) return fail('tls', tls.message, { file: tls.file })
  try {
    return ok(
      createClusterClient({
        bootstrap: bootstrap.value,
        tls: tls.value,
        sasl: connection.credentials,
        clusterId: connection.profile.clusterId,
        log: sayOnce((sentence) => log.info(connection.profile.name, sentence), Date.now),
      }),
    )
  } catch (cause) {
    if (cause instanceof PortError) return fail(cause.code, cause.message)
    throw cause
  }
}

/** CPU time of this process: what a poll costs us, for the automatic cadence. */
const busyMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Where what is seen is kept; left out: lost records are not watched for, and nothing is remembered. */
export type Kept = Pick<SessionOptions, 'losses' | 'history'>

export function startSession({ profile }: Connection, port: ClusterPort, log: Log, keptIn: Kept = {}): ClusterSession {
  return createSession({
    cluster: profile.id,
    port,
    clock: createClock(),
    busyMs,
    intervalMs: profile.intervalMs,
    samples: createSampleStore(),
    ...keptIn,
    onError: (cause) => log.error('monitor', cause),
  })
}

/** Runs the doctor. A certificate file that cannot be read is its finding, not a failure of ours. */
export async function testConnection(connection: Connection, hooks: DiagnoseHooks): Promise<DoctorReport> {
  const { profile, credentials, keyPassphrase } = connection
  const tls = tlsOf(profile, keyPassphrase)
  if (!tls.ok) {
    const { file: subject, message: evidence, fault } = tls
    return {
      reachable: false,
      steps: [{ step: 'tls', outcome: 'failed', ms: 0, subject, evidence, advice: PEM_ADVICE[fault] }],
    }
  }
  const { bootstrap, clusterId } = profile
  return diagnose({ bootstrap, clusterId, tls: tls.value, sasl: credentials }, hooks)
}
