import { connect } from 'node:net'
import { createRequire } from 'node:module'
import { lookup } from 'node:dns/promises'
import { KafkaJSConnectionError, KafkaJSError } from 'kafkajs'
import type { KafkaJSProtocolError } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { PortError } from '../../../../src-main/ports/cluster-port'
import { hungUp, reasonOf, tooLate, toPortError } from '../../../../src-main/kafka/client/transport-errors'
import { UNREACHABLE } from '../../../../src-main/kafka/client/unreachable'
import type { Reason, Stage } from '../../../../src-main/ports/reason'
import { WireError } from '../../../../src-main/kafka/wire/wire-error'

const load = createRequire(import.meta.url)
/** As kafkajs itself makes the error of an answer. */
const { createErrorFromCode } = load('kafkajs/src/protocol/error.js') as {
  createErrorFromCode: (code: number) => KafkaJSProtocolError
}
/** Those that its types leave out, or give another constructor than they have. */
const errors = load('kafkajs/src/errors.js') as {
  KafkaJSConnectionClosedError: new (message: string, of: { host: string; port: number }) => KafkaJSConnectionError
  KafkaJSRequestTimeoutError: new (message: string) => KafkaJSError
  KafkaJSSASLAuthenticationError: new (message: string) => KafkaJSError
  KafkaJSServerDoesNotSupportApiKey: new (message: string, api: { apiKey: number; apiName: string }) => KafkaJSError
}

/** An error of Node's as libuv, OpenSSL and the TLS layer make it: the code is a property of its own. */
const node = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`it failed: ${code}`), { code, ...more })
/** What kafkajs makes of a socket's error in `connect` (network/connection.js). */
const wrapped = (code: string): Error =>
  new KafkaJSConnectionError(`Connection error: ${code}`, { broker: 'b:9092', code })

const rows: readonly (readonly [what: string, error: unknown, stage: Stage, reason: Reason])[] = [
  ['nothing listens', node('ECONNREFUSED', { syscall: 'connect', errno: -111 }), 'tcp', 'refused'],
  ['the same, by kafkajs', wrapped('ECONNREFUSED'), 'tcp', 'refused'],
  ['no such name', node('ENOTFOUND', { syscall: 'getaddrinfo' }), 'dns', 'unknown-host'],
  ['the name server is away', node('EAI_AGAIN', { syscall: 'getaddrinfo' }), 'dns', 'name-server'],
  ['the name server fails', node('EAI_FAIL', { syscall: 'getaddrinfo' }), 'dns', 'name-server'],
  ['no route to the host', node('EHOSTUNREACH'), 'tcp', 'no-route'],
  ['no route to its network', node('ENETUNREACH'), 'tcp', 'no-route'],
  ['a machine that is down', node('EHOSTDOWN'), 'tcp', 'no-route'],
  ['the same at a question', node('EHOSTUNREACH'), 'request', 'no-route'],
  ['a code that nobody foresaw', node('EXDEV'), 'tcp', 'no-route'],
  ['one at a question', node('EIO', { syscall: 'read' }), 'request', 'no-route'],
  ['one in the handshake, by kafkajs', wrapped('EIO'), 'tls', 'no-route'],
  ['a firewall of this machine', node('EACCES'), 'tcp', 'own-firewall'],
  ['its packet filter', node('EPERM', { syscall: 'connect' }), 'request', 'own-firewall'],
  ['no file handle left', node('EMFILE', { syscall: 'connect' }), 'tcp', 'own-limit'],
  ['the same at the name', node('EMFILE', { syscall: 'getaddrinfo' }), 'dns', 'own-limit'],
  ['the same, by kafkajs', wrapped('EMFILE'), 'tls', 'own-limit'],
  ['none left on the machine', node('ENFILE'), 'tcp', 'own-limit'],
  ['no port left', node('EADDRNOTAVAIL'), 'tcp', 'own-limit'],
  ['no memory left', node('ENOBUFS'), 'request', 'own-limit'],
  ['no memory for a name', node('EAI_MEMORY'), 'dns', 'own-limit'],
  ['no network', node('ENETDOWN'), 'request', 'own-network'],
  ['no IPv6', node('EAFNOSUPPORT'), 'tcp', 'own-network'],
  ['the name server fails while we connect', node('EAI_FAIL', { syscall: 'getaddrinfo' }), 'tcp', 'name-server'],
  ['the connection was given up', node('ECONNABORTED'), 'request', 'reset'],
  ['TCP is silent', node('ETIMEDOUT'), 'tcp', 'connect-timeout'],
  ['the connection dies silently', node('ETIMEDOUT'), 'request', 'timeout'],
  ['a reset at a question', wrapped('ECONNRESET'), 'request', 'reset'],
  ['a broken pipe', node('EPIPE'), 'api-versions', 'reset'],
  ['a reset in the handshake', node('ECONNRESET'), 'tls', 'tls-hung-up'],
  ['another name in the certificate', node('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls', 'tls-wrong-name'],
  ['an expired certificate', wrapped('CERT_HAS_EXPIRED'), 'tls', 'tls-expired'],
  ['a certificate of tomorrow', node('CERT_NOT_YET_VALID'), 'tls', 'tls-expired'],
  ['self-signed', node('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls', 'tls-unknown-ca'],
  ['self-signed in the chain', node('SELF_SIGNED_CERT_IN_CHAIN'), 'tls', 'tls-unknown-ca'],
  ['an unknown authority', node('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls', 'tls-unknown-ca'],
  ['no issuer', node('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'tls', 'tls-unknown-ca'],
  ['our certificate refused', node('ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE'), 'tls', 'tls-client-certificate'],
  ['ours of an unknown authority', node('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'), 'tls', 'tls-client-certificate'],
  ['none given', node('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'request', 'tls-client-certificate'],
  ['no TLS on the port', node('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', 'tls-not-spoken'],
  ['ours, expired', node('ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED'), 'tls', 'tls-client-certificate'],
  ['ours, of another kind', node('ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE'), 'tls', 'tls-client-certificate'],
  ['ours, by a broker of Java', node('ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN'), 'request', 'tls-client-certificate'],
  ['TLS, not told what', node('EPROTO'), 'tls', 'tls-handshake'],
  ['a refused handshake', node('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'), 'tls', 'tls-handshake'],
  [
    'a wrong password',
    new errors.KafkaJSSASLAuthenticationError('SASL PLAIN authentication failed: Authentication failed'),
    'sasl',
    'sasl-refused',
  ],
  ['a mechanism that is off', createErrorFromCode(33), 'sasl', 'sasl-mechanism'],
  ['a login where none is due', createErrorFromCode(34), 'sasl', 'sasl-not-wanted'],
  [
    'a listener without the API of the login',
    new errors.KafkaJSServerDoesNotSupportApiKey('The Kafka server does not support the requested API version', {
      apiKey: 17,
      apiName: 'SaslHandshake',
    }),
    'sasl',
    'sasl-not-wanted',
  ],
  [
    'a connection that ended',
    new errors.KafkaJSConnectionClosedError('Closed connection', { host: 'b', port: 9092 }),
    'request',
    'closed',
  ],
  ['a connection that is gone', new KafkaJSConnectionError('Not connected', { broker: 'b:9092' }), 'request', 'closed'],
  [
    'kafkajs lost patience',
    new errors.KafkaJSRequestTimeoutError('Request ApiVersions timed out'),
    'request',
    'timeout',
  ],
  ['anything else of kafkajs', new KafkaJSError('Invalid correlation id'), 'request', 'protocol'],
  ['no error at all', 'odd', 'request', 'protocol'],
]

describe('the reason', () => {
  it.each(rows)('of %s', (_what, error, stage, reason) => {
    expect(reasonOf(error, stage)).toBe(reason)
  })

  it('is the same for the errors that this very Node makes', async () => {
    const refused = await new Promise((resolve) => connect(1, '127.0.0.1').once('error', resolve))
    expect(reasonOf(refused, 'tcp')).toBe('refused')
    const unknown: unknown = await lookup('no-such-host.invalid').catch((error: unknown) => error)
    expect(['unknown-host', 'name-server']).toContain(reasonOf(unknown, 'dns'))
  })
})

const where = { host: 'b:9092', stage: 'request', apiName: 'Metadata' } as const

describe('the error that leaves', () => {
  it.each(rows)('after %s names the host and carries the reason, whatever it says', (_what, error, stage, reason) => {
    const made = toPortError(error, { ...where, stage })
    expect(made).toMatchObject({ reason, host: 'b:9092', kafkaError: 0, maybeDone: false })
    expect(made.message).toMatch(/^b:9092 \S/)
  })

  it.each([...UNREACHABLE.keys(), 'EIO', 'EXDEV'])('of %s is the way, never what the broker answered', (code) => {
    for (const stage of ['dns', 'tcp', 'tls', 'api-versions', 'sasl', 'request'] as const) {
      const { message, kind, code: across } = toPortError(node(code), { ...where, stage })
      if (stage === 'dns' && !UNREACHABLE.has(code)) continue
      expect(message).toMatch(new RegExp(`^b:9092 cannot be reached \\(${code}\\)`))
      expect(kind).toBe(UNREACHABLE.get(code)?.reason.startsWith('own') === true ? 'ours' : 'no-route')
      expect(across).toBe('unreachable')
    }
  })

  it('is the one that was made deeper down', () => {
    const deeper = new PortError('tls', 'tls-files', 'x')
    expect(toPortError(deeper, where)).toBe(deeper)
  })

  it('of a decoder is not retried as something else', () => {
    expect(toPortError(new WireError('truncated', 'Metadata', 7, '3 bytes are missing'), where)).toMatchObject({
      code: 'unsupported',
      reason: 'protocol',
      message: expect.stringContaining('3 bytes are missing') as string,
    })
  })

  it.each([
    ['tcp', 'connect-timeout'],
    ['tls', 'timeout'],
    ['request', 'timeout'],
  ] as const)('of silence at %s: %s', (stage, reason) => {
    expect(tooLate({ ...where, stage }, 1500)).toMatchObject({ code: 'timeout', reason })
  })

  it.each([
    ['tls', 'tls-hung-up'],
    ['request', 'closed'],
  ] as const)('of a hang-up at %s: %s', (stage, reason) => {
    expect(hungUp({ ...where, stage })).toMatchObject({ reason })
  })
})
