import type { ErrorCode } from '../../contract/result'
import { PortError } from '../../ports/cluster-port'
import { WireError } from '../wire/wire-error'
import { KafkaError, kafkaErrorOf } from '../../shared/kafka-codes'

/** What a socket was at when something went wrong; the step that a person sees named. */
export type Stage = 'tcp' | 'tls' | 'api-versions' | 'sasl' | 'request'

export interface Where {
  /** `host:port` */
  readonly host: string
  readonly stage: Stage
  /** The API that was asked, '' before the first question. */
  readonly apiName: string
}

type Kind = PortError['kind']

/** Codes of Node's socket errors. Anything else that starts like a certificate problem is 'tls'. */
const BY_CODE: Readonly<Record<string, readonly [Kind, ErrorCode, string]>> = {
  ECONNREFUSED: ['refused', 'unreachable', 'refused the connection: nothing listens on this port'],
  ENOTFOUND: ['unknown-host', 'unreachable', 'has a name that no name server knows'],
  EAI_AGAIN: ['unknown-host', 'unreachable', 'has a name that could not be looked up just now'],
  EHOSTUNREACH: ['refused', 'unreachable', 'cannot be reached: no route to it'],
  ENETUNREACH: ['refused', 'unreachable', 'cannot be reached: no route to its network'],
  ETIMEDOUT: ['timeout', 'timeout', 'did not take the connection in time'],
  ECONNRESET: ['reset', 'unreachable', 'reset the connection'],
  EPIPE: ['reset', 'unreachable', 'reset the connection'],
}

const NO_TLS_HERE = 'in the TLS handshake: most likely it does not speak TLS on this port'
const NO_SASL_HERE = 'wants no SASL login on this port: turn SASL off, or use its SASL port'

const TLS_CODES =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/

const TLS_TEXT: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
  CERT_NOT_YET_VALID: 'has a certificate that is not valid yet',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate from an authority that is not trusted here: give its CA file',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a self-signed certificate that is not trusted here: give it as CA file',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate from an authority that is not trusted here: give its CA file',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'has a certificate from an authority that is not trusted here: give its CA file',
  ERR_SSL_WRONG_VERSION_NUMBER: 'does not speak TLS on this port: turn TLS off, or use its TLS port',
  EPROTO: 'does not speak TLS on this port: turn TLS off, or use its TLS port',
}

/** Any failure of a socket, of kafkajs or of a decoder, as the one error that leaves this folder. */
export function toPortError(error: unknown, where: Where): PortError {
  if (error instanceof PortError) return error
  const { host, stage, apiName } = where
  const made = (kind: Kind, code: ErrorCode, text: string, kafkaError = 0): PortError =>
    new PortError(code, kind, `${host} ${text}`, kafkaError, host)
  if (error instanceof WireError)
    return made('protocol', 'unsupported', `gave an answer that is not Kafka's: ${error.message}`)
  const { name, message, code, type } = facts(error)
  if (TLS_CODES.test(code))
    return made('tls', 'tls', TLS_TEXT[code] ?? tlsAlert(code) ?? `failed in the TLS handshake: ${code}`)
  if (stage === 'tls' && (code === 'ECONNRESET' || code === 'EPIPE')) {
    return made('tls', 'tls', `hung up ${NO_TLS_HERE}`)
  }
  const known = BY_CODE[code]
  if (known !== undefined) return made(known[0], known[1], `${known[2]}${during(stage, apiName)}`)
  if (name === 'KafkaJSSASLAuthenticationError')
    return made('auth', 'auth-failed', `refused the login: ${message}`, KafkaError.SASL_AUTHENTICATION_FAILED)
  const kafkas = kafkaErrorOf(type)
  if (kafkas === KafkaError.UNSUPPORTED_SASL_MECHANISM)
    return made('auth', 'auth-failed', 'does not offer this SASL mechanism', kafkas)
  if (kafkas === KafkaError.ILLEGAL_SASL_STATE) return made('auth', 'auth-failed', NO_SASL_HERE, kafkas)
  if (stage === 'sasl' && name === 'KafkaJSServerDoesNotSupportApiKey')
    return made('auth', 'auth-failed', NO_SASL_HERE, KafkaError.ILLEGAL_SASL_STATE)
  if (name === 'KafkaJSConnectionClosedError' || /not connected/i.test(message)) return hungUp(where)
  return made('protocol', 'unsupported', `gave an answer that is not Kafka's${during(stage, apiName)}: ${message}`)
}

/** The other side ended the connection in order. */
export function hungUp({ host, stage, apiName }: Where): PortError {
  const text = stage === 'tls' ? NO_TLS_HERE : stage === 'sasl' ? 'while logging in' : during(stage, apiName).trim()
  return new PortError(
    stage === 'tls' ? 'tls' : 'unreachable',
    stage === 'tls' ? 'tls' : 'closed',
    `${host} hung up ${text}`.trim(),
    0,
    host,
  )
}

export function tooLate({ host, stage, apiName }: Where, timeoutMs: number): PortError {
  const what = {
    tcp: 'take the connection',
    tls: 'finish the TLS handshake',
    'api-versions': '',
    sasl: 'finish the login',
    request: '',
  }[stage]
  const text = what === '' ? `answer ${apiName}` : what
  return new PortError('timeout', 'timeout', `${host} did not ${text} within ${Math.round(timeoutMs)} ms`, 0, host)
}

const during = (stage: Stage, apiName: string): string =>
  stage === 'sasl' ? ' while logging in' : apiName === '' ? '' : ` while asked for ${apiName}`

function tlsAlert(code: string): string | undefined {
  if (!/BAD_CERTIFICATE|CERTIFICATE_REQUIRED|UNKNOWN_CA|CERTIFICATE_UNKNOWN/.test(code)) return undefined
  return `refused our client certificate, or wants one and got none (${code})`
}

function facts(error: unknown): { name: string; message: string; code: string; type: string } {
  if (typeof error !== 'object' || error === null) return { name: '', message: String(error), code: '', type: '' }
  const text = (key: string): string => {
    const value: unknown = Reflect.get(error, key)
    return typeof value === 'string' ? value : ''
  }
  return { name: text('name'), message: text('message'), code: text('code'), type: text('type') }
}
