import type { DoctorStep } from '../../src-main/contract/profiles'
import type { PortError } from '../../src-main/ports/cluster-port'
import type { ConnectStage, Security } from './connect-stage'

/** What is wrong, what the client says (code, kind; null = it opens), where the doctor stops and what it advises. */
export interface WrongConnection {
  readonly wrong: string
  readonly at: (stage: ConnectStage) => string
  readonly security?: (stage: ConnectStage) => Security
  readonly client: readonly [PortError['code'], PortError['kind']] | null
  readonly doctor: readonly [DoctorStep['step'], string]
  readonly evidence?: RegExp
}

export const local = (port: number): string => `127.0.0.1:${port}`
export const wrongConnections: readonly WrongConnection[] = [
  {
    wrong: 'port closed',
    at: () => local(1),
    client: ['unreachable', 'refused'],
    doctor: ['tcp', 'nothing-listens'],
    evidence: /refused the connection: nothing listens/,
  },
  {
    wrong: 'name unknown',
    at: () => 'no-such-host.invalid:9092',
    client: ['unreachable', 'unknown-host'],
    doctor: ['dns', 'unknown-host'],
  },
  {
    wrong: 'never answers',
    at: ({ ports }) => local(ports.silent),
    client: ['timeout', 'timeout'],
    doctor: ['api-versions', 'silent-port'],
    evidence: /ApiVersions within 1500 ms/,
  },
  {
    wrong: 'never answers TLS',
    at: ({ ports }) => local(ports.silent),
    security: ({ tls }) => ({ tls: tls(), sasl: null }),
    client: ['timeout', 'timeout'],
    doctor: ['tls', 'silent-port'],
  },
  ...(process.platform === 'linux'
    ? [
        {
          wrong: 'packets dropped',
          at: ({ ports }) => local(ports.full),
          client: ['timeout', 'timeout'],
          doctor: ['tcp', 'silent-connect'],
        } satisfies WrongConnection,
      ]
    : []),
  {
    wrong: 'accepts, resets',
    at: ({ ports }) => local(ports.resets),
    client: ['unreachable', 'reset'],
    doctor: ['api-versions', 'hangs-up'],
  },
  {
    wrong: 'accepts, hangs up',
    at: ({ ports }) => local(ports.hangsUp),
    client: ['unreachable', 'closed'],
    doctor: ['api-versions', 'hangs-up'],
  },
  {
    wrong: 'a web server',
    at: ({ ports }) => local(ports.web),
    client: ['unsupported', 'protocol'],
    doctor: ['api-versions', 'web-server'],
  },
  {
    wrong: 'a web server, with TLS',
    at: ({ ports }) => local(ports.web),
    security: ({ tls }) => ({ tls: tls(), sasl: null }),
    client: ['tls', 'tls'],
    doctor: ['tls', 'tls-on-plaintext'],
  },
  {
    wrong: 'plaintext to a TLS port',
    at: ({ broker }) => local(broker.ports.ssl),
    client: ['tls', 'tls'],
    doctor: ['tls', 'plaintext-on-tls'],
  },
  {
    wrong: 'TLS to a plaintext port',
    at: ({ broker }) => local(broker.ports.plaintext),
    security: ({ tls }) => ({ tls: tls(), sasl: null }),
    client: ['tls', 'tls'],
    doctor: ['tls', 'tls-on-plaintext'],
  },
  {
    wrong: 'CA not given',
    at: ({ broker }) => local(broker.ports.ssl),
    security: ({ tls }) => ({ tls: tls({ ca: '' }), sasl: null }),
    client: ['tls', 'tls'],
    doctor: ['tls', 'tls-unknown-ca'],
    evidence: /from authority/,
  },
  {
    wrong: 'another CA',
    at: ({ broker }) => local(broker.ports.ssl),
    security: ({ broker, tls }) => ({ tls: tls({ ca: broker.certificates.otherCa }), sasl: null }),
    client: ['tls', 'tls'],
    doctor: ['tls', 'tls-unknown-ca'],
  },
  {
    wrong: 'wrong host name',
    at: ({ broker }) => local(broker.ports.ssl),
    security: ({ tls }) => ({ tls: tls({ serverName: 'other.example' }), sasl: null }),
    client: ['tls', 'tls'],
    doctor: ['tls', 'tls-wrong-name'],
    evidence: /DNS:localhost/,
  },
  {
    wrong: 'expired certificate',
    at: ({ ports }) => local(ports.expired),
    security: ({ tls }) => ({ tls: tls(), sasl: null }),
    client: ['tls', 'tls'],
    doctor: ['tls', 'tls-expired'],
  },
  {
    wrong: 'client certificate required, none given',
    at: ({ broker }) => local(broker.ports.mtls),
    security: ({ tls }) => ({ tls: tls(), sasl: null }),
    client: ['tls', 'tls'],
    doctor: ['tls', 'tls-client-certificate'],
  },
  {
    wrong: 'no PEM file',
    at: ({ broker }) => local(broker.ports.ssl),
    security: ({ tls }) => ({ tls: tls({ ca: 'a holiday picture', cert: 'x' }), sasl: null }),
    client: ['tls', 'tls'],
    doctor: ['tls', 'tls-files'],
  },
  {
    wrong: 'wrong passphrase',
    at: ({ broker }) => local(broker.ports.mtls),
    security: ({ broker, tls }) => ({
      tls: tls({
        cert: broker.certificates.client.cert,
        key: broker.certificates.encryptedClientKey,
        passphrase: 'no',
      }),
      sasl: null,
    }),
    client: ['tls', 'tls'],
    doctor: ['tls', 'tls-files'],
  },
  {
    wrong: 'wrong password, PLAIN',
    at: ({ broker }) => local(broker.ports.sasl_plaintext),
    security: ({ sasl }) => ({ tls: null, sasl: sasl('plain', { password: 'wrong-canary' }) }),
    client: ['auth-failed', 'auth'],
    doctor: ['sasl', 'wrong-password'],
  },
  {
    wrong: 'wrong password, SCRAM',
    at: ({ broker }) => local(broker.ports.sasl_ssl),
    security: ({ tls, sasl }) => ({ tls: tls(), sasl: sasl('scram-sha-512', { password: 'wrong-canary' }) }),
    client: ['auth-failed', 'auth'],
    doctor: ['sasl', 'wrong-password'],
  },
  {
    wrong: 'unknown user, SCRAM',
    at: ({ broker }) => local(broker.ports.sasl_plaintext),
    security: ({ sasl }) => ({ tls: null, sasl: sasl('scram-sha-256', { username: 'nobody' }) }),
    client: ['auth-failed', 'auth'],
    doctor: ['sasl', 'wrong-password'],
  },
  {
    wrong: 'mechanism not enabled',
    at: ({ broker }) => local(broker.ports.sasl_ssl),
    security: ({ tls, sasl }) => ({ tls: tls(), sasl: sasl('scram-sha-256') }),
    client: ['auth-failed', 'auth'],
    doctor: ['sasl', 'sasl-mechanism'],
    evidence: /offers PLAIN, SCRAM-SHA-512$/,
  },
  {
    wrong: 'SASL given, listener has none',
    at: ({ broker }) => local(broker.ports.plaintext),
    security: ({ sasl }) => ({ tls: null, sasl: sasl('plain') }),
    client: ['auth-failed', 'auth'],
    doctor: ['sasl', 'sasl-not-wanted'],
  },
  {
    wrong: 'no SASL given, listener wants it',
    at: ({ broker }) => local(broker.ports.sasl_plaintext),
    client: ['auth-failed', 'auth'],
    doctor: ['sasl', 'sasl-missing'],
    evidence: /offers PLAIN/,
  },
  {
    wrong: 'SASL without TLS to SASL_SSL',
    at: ({ broker }) => local(broker.ports.sasl_ssl),
    security: ({ sasl }) => ({ tls: null, sasl: sasl('plain') }),
    client: ['tls', 'tls'],
    doctor: ['tls', 'plaintext-on-tls'],
  },
  {
    wrong: 'controller port',
    at: ({ broker }) => local(broker.controllerPort),
    client: ['unsupported', 'unsupported'],
    doctor: ['api-versions', 'controller-port'],
  },
  {
    wrong: 'advertised address closed',
    at: ({ broker }) => local(broker.ports.lost),
    client: null,
    doctor: ['brokers', 'advertised-unreachable'],
    evidence: /broker 1: 127\.0\.0\.1:\d+ refused/,
  },
]
