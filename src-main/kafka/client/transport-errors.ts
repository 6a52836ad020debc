import { PortError } from '../../ports/cluster-port'
import { REASONS } from '../../ports/reason'
import type { Reason, Stage } from '../../ports/reason'
import { KafkaError, kafkaErrorOf } from '../../shared/kafka-codes'
import { isSystemCode, UNREACHABLE } from './unreachable'
import { WireError } from '../wire/wire-error'

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
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['ENOTCONN', 'closed'],
  ['ESHUTDOWN', 'closed'],
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
  const way = UNREACHABLE.get(code)
  if (way !== undefined) return way.reason
  // The name server answered with an error of its own (EAI_FAIL, ESERVFAIL); connecting looks the name up as well.
  if (stage === 'dns' || code.startsWith('EAI_')) return 'name-server'
  if (isSystemCode(code)) return 'no-route'
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
])

/** Any failure of a socket, of kafkajs or of a decoder, as the one error that leaves this folder. */
export function toPortError(error: unknown, where: Where): PortError {
  if (error instanceof PortError) return error
  const reason = error instanceof WireError ? 'protocol' : reasonOf(error, where.stage)
  if (reason === 'closed') return hungUp(where)
  return failedAt(where, reason, said(error, reason, where))
}

const failedAt = ({ host, stage }: Pick<Where, 'host' | 'stage'>, reason: Reason, text: string): PortError =>
  new PortError(REASONS[reason].code, reason, `${host} ${text}`, 0, host, false, '', stage)

function said(error: unknown, reason: Reason, { stage, apiName }: Where): string {
  const { message, code } = facts(error)
  switch (reason) {
    case 'no-route':
    case 'own-limit':
    case 'own-firewall':
    case 'own-network': {
      const way = UNREACHABLE.get(code)
      return `cannot be reached (${code})${way === undefined ? '' : `: ${way.text}`}${during(stage, apiName)}`
    }
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
  if (stage === 'tls') return failedAt({ host, stage }, 'tls-hung-up', TLS_HUNG_UP)
  const text = stage === 'sasl' ? 'while logging in' : during(stage, apiName).trim()
  return failedAt({ host, stage }, 'closed', `hung up ${text}`.trim())
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
  return failedAt({ host, stage }, reason, `did not ${text} within ${Math.round(timeoutMs)} ms`)
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
