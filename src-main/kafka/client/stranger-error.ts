import { PortError } from '../cluster-port'
import { recognise } from './recognise'

const TEXT = {
  http: 'is a web server, not a Kafka broker',
  ssh: 'is an SSH server, not a Kafka broker',
} as const

/** For an answer that broke the protocol's framing, naming what most likely stands behind the port. */
export function strangerError(host: string, apiName: string, what: string, first: Uint8Array): PortError {
  const stranger = recognise(first)
  if (stranger === 'tls') {
    return new PortError('tls', 'tls', `${host} speaks TLS on this port: turn TLS on, or use its plaintext port`, 0, host)
  }
  const asked = apiName === '' ? '' : ` when asked for ${apiName}`
  const text = stranger === null ? `does not answer like a Kafka broker${asked}: ${what}` : `${TEXT[stranger]}${asked}`
  return new PortError('unsupported', 'protocol', `${host} ${text}`, 0, host)
}
