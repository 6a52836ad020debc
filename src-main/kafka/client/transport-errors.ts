import { PortError } from '../../ports/cluster-port'
import { REASONS } from '../../ports/reason'
import type { Reason } from '../../ports/reason'
import { KafkaError, kafkaErrorOf } from '../../shared/kafka-codes'
import { WireError } from '../wire/wire-error'

/** What a socket was at when something went wrong; the step that a person sees named. */
export type Stage = 'dns' | 'tcp' | 'tls' | 'api-versions' | 'sasl' | 'request'

export interface Where {
  /** `host:port` */
  readonly host: string
  readonly stage: Stage
  /** The API that was asked, '' before the first question. */
  readonly apiName: string
}

/** Codes of Node's socket errors and of its name look-up. */
const BY_CODE: ReadonlyMap<string, Reason> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'unknown-host'],
  ['EAI_AGAIN', 'name-server'],
  ['EHOSTUNREACH', 'no-route'],
  ['ENETUNREACH', 'no-route'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
])

/** Codes of Node's TLS and of OpenSSL, the first that fits; what is an error of TLS and stands in none is a failed handshake. */
const TLS_CODES: readonly (readonly [RegExp, Reason])[] = [
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, 'tls-wrong-name'],
  [/^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/, 'tls-expired'],
  [/SELF_SIGNED|UNABLE_TO_|INVALID_CA|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE/, 'tls-unknown-ca'],
  [/ALERT_((BAD|UNSUPPORTED)_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)$/, 'tls-client-certificate'],
  [/^(ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/, 'tls-not-spoken'],
  [/^(EPROTO$|ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_)/, 'tls-handshake'],
]

/** Errors of kafkajs 2.2.4 by name. Protocol errors come as one class and are told apart by `type`. */
const BY_NAME: ReadonlyMap<string, Reason> = new Map([
  ['KafkaJSSASLAuthenticationError', 'sasl-refused'],
  ['KafkaJSConnectionError', 'closed'],
  ['KafkaJSConnectionClosedError', 'closed'],
  ['KafkaJSRequestTimeoutError', 'timeout'],
])
const BY_ERROR: ReadonlyMap<number | null, Reason> = new Map([
  [KafkaError.UNSUPPORTED_SASL_MECHANISM, 'sasl-mechanism'],
  [KafkaError.ILLEGAL_SASL_STATE, 'sasl-not-wanted'],
])

/** The one place where an error of Node or kafkajs becomes a reason. */
export function reasonOf(error: unknown, stage: Stage): Reason {
  const { name, code, type } = facts(error)
  const tls = TLS_CODES.find(([pattern]) => pattern.test(code))
  if (tls !== undefined) return tls[1]
  const known = code === 'ETIMEDOUT' ? (stage === 'tcp' ? 'connect-timeout' : 'timeout') : BY_CODE.get(code)
  if (stage === 'tls' && known === 'reset') return 'tls-hung-up'
  if (known !== undefined) return known
  // The machine itself lets nobody through (EACCES, EPERM of a firewall, EADDRNOTAVAIL).
  if (stage === 'tcp' && code !== '') return 'no-route'
  // The name server answered with an error of its own (EAI_FAIL, ESERVFAIL).
  if (stage === 'dns') return 'name-server'
  // A listener without SASL does not offer the API of the login.
  if (stage === 'sasl' && name === 'KafkaJSServerDoesNotSupportApiKey') return 'sasl-not-wanted'
  return BY_ERROR.get(kafkaErrorOf(type)) ?? BY_NAME.get(name) ?? 'protocol'
}

const TLS_HUNG_UP =
  'hung up in the TLS handshake: it does not speak TLS on this port, refuses our certificate, or something in between ended the connection'
const UNKNOWN_CA = 'has a certificate from an authority that is not trusted here: give its CA file'
const NO_ISSUER =
  'has a certificate whose issuer is neither sent by it nor trusted here: the CA file needs that one as well'

/** What is said of the host, as far as the reason alone tells. */
const TEXT: Partial<Record<Reason, string>> = {
  refused: 'refused the connection: nothing listens on this port',
  'no-route': 'cannot be reached: no route to it',
  'unknown-host': 'has a name that no name server knows',
  'name-server': 'has a name that could not be looked up just now',
  'connect-timeout': 'did not take the connection in time',
  timeout: 'did not answer in time',
  reset: 'reset the connection',
  'tls-unknown-ca': UNKNOWN_CA,
  'tls-wrong-name': 'has a certificate for another name',
  'tls-expired': 'has a certificate that is out of date',
  'tls-not-spoken': 'does not speak TLS on this port: turn TLS off, or use its TLS port',
  'tls-hung-up': TLS_HUNG_UP,
  'sasl-mechanism': 'does not offer this SASL mechanism',
  'sasl-not-wanted': 'wants no SASL login on this port: turn SASL off, or use its SASL port',
}

/** What one code says more exactly than its reason. */
const CODE_TEXT: ReadonlyMap<string, string> = new Map([
  ['CERT_HAS_EXPIRED', 'has a certificate that has expired'],
  ['CERT_NOT_YET_VALID', 'has a certificate that is not valid yet'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'has a self-signed certificate that is not trusted here: give it as CA file'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', NO_ISSUER],
  ['UNABLE_TO_GET_ISSUER_CERT', NO_ISSUER],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', NO_ISSUER],
  ['ENETUNREACH', 'cannot be reached: no route to its network'],
])

/** Any failure of a socket, of kafkajs or of a decoder, as the one error that leaves this folder. */
export function toPortError(error: unknown, where: Where): PortError {
  if (error instanceof PortError) return error
  const reason = error instanceof WireError ? 'protocol' : reasonOf(error, where.stage)
  if (reason === 'closed') return hungUp(where)
  return new PortError(REASONS[reason].code, reason, `${where.host} ${said(error, reason, where)}`, 0, where.host)
}

function said(error: unknown, reason: Reason, { stage, apiName }: Where): string {
  const { message, code } = facts(error)
  switch (reason) {
    case 'protocol':
      return `gave an answer that is not Kafka's${error instanceof WireError ? '' : during(stage, apiName)}: ${message}`
    case 'sasl-refused':
      return `refused the login: ${message}`
    case 'tls-handshake':
      return `failed in the TLS handshake: ${code}`
    case 'tls-client-certificate':
      return `refused our client certificate, or wants one and got none (${code})`
    default:
  }
  const text = CODE_TEXT.get(code) ?? TEXT[reason] ?? message
  return REASONS[reason].kind === 'tls' || REASONS[reason].kind === 'auth' ? text : text + during(stage, apiName)
}

/** The other side ended the connection in order. */
export function hungUp({ host, stage, apiName }: Where): PortError {
  if (stage === 'tls')
    return new PortError(REASONS['tls-hung-up'].code, 'tls-hung-up', `${host} ${TLS_HUNG_UP}`, 0, host)
  const text = stage === 'sasl' ? 'while logging in' : during(stage, apiName).trim()
  return new PortError(REASONS.closed.code, 'closed', `${host} hung up ${text}`.trim(), 0, host)
}

export function tooLate({ host, stage, apiName }: Where, timeoutMs: number): PortError {
  const what = {
    dns: 'have its name looked up',
    tcp: 'take the connection',
    tls: 'finish the TLS handshake',
    'api-versions': '',
    sasl: 'finish the login',
    request: '',
  }[stage]
  const text = what === '' ? `answer ${apiName}` : what
  const reason = stage === 'tcp' ? 'connect-timeout' : 'timeout'
  return new PortError('timeout', reason, `${host} did not ${text} within ${Math.round(timeoutMs)} ms`, 0, host)
}

const during = (stage: Stage, apiName: string): string =>
  stage === 'sasl' ? ' while logging in' : apiName === '' ? '' : ` while asked for ${apiName}`

function facts(error: unknown): { name: string; message: string; code: string; type: string } {
  if (typeof error !== 'object' || error === null) return { name: '', message: String(error), code: '', type: '' }
  const text = (key: string): string => {
    const value: unknown = Reflect.get(error, key)
    return typeof value === 'string' ? value : ''
  }
  return { name: text('name'), message: text('message'), code: text('code'), type: text('type') }
}
