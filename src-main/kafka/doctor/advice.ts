import type { Advice } from '../../contract/profiles'
import type { PortError } from '../../ports/cluster-port'
import { KafkaError } from '../../shared/kafka-codes'

/** For TCP and name errors of Node. */
export function adviceForSocket(code: string): Advice {
  if (code === 'ENOTFOUND') return 'unknown-host'
  if (code === 'EAI_AGAIN') return 'name-server'
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'no-route'
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'hangs-up'
  return code === 'ECONNREFUSED' ? 'nothing-listens' : 'silent-connect'
}

/** For errors of a TLS handshake; null where the other side most likely does not speak TLS at all. */
export function adviceForTls(code: string): Advice | null {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') return 'tls-wrong-name'
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'tls-expired'
  if (/SELF_SIGNED|UNABLE_TO_|INVALID_CA|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE/.test(code)) return 'tls-unknown-ca'
  if (/BAD_CERTIFICATE|CERTIFICATE_REQUIRED|ALERT_UNKNOWN_CA|CERTIFICATE_UNKNOWN/.test(code))
    return 'tls-client-certificate'
  if (/^(ECONNRESET|EPIPE|EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/.test(code)) return null
  return 'tls-handshake'
}

/** For what the client itself could not do, once TCP and TLS have been seen to work. */
export function adviceForPort(error: PortError): Advice {
  switch (error.kind) {
    case 'tls':
      return /speaks TLS/.test(error.message)
        ? 'plaintext-on-tls'
        : /client certificate/.test(error.message)
          ? 'tls-client-certificate'
          : 'tls-handshake'
    case 'auth':
      return error.kafkaError === KafkaError.UNSUPPORTED_SASL_MECHANISM
        ? 'sasl-mechanism'
        : error.kafkaError === KafkaError.ILLEGAL_SASL_STATE
          ? 'sasl-not-wanted'
          : error.kafkaError === KafkaError.SASL_AUTHENTICATION_FAILED
            ? 'wrong-password'
            : 'sasl-missing'
    case 'protocol':
      return /web server/.test(error.message) ? 'web-server' : 'not-kafka'
    case 'unsupported':
      return /controller/.test(error.message) ? 'controller-port' : 'too-old'
    case 'timeout':
      return 'silent-port'
    case 'refused':
      return 'nothing-listens'
    case 'unknown-host':
      return 'unknown-host'
    default:
      return 'hangs-up'
  }
}
