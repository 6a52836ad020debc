import { PortError } from '../../ports/cluster-port'
import { recognise } from './recognise'

const TEXT = { http: 'a web server', ssh: 'an SSH server' } as const

/** For an answer that broke the protocol's framing, naming what most likely stands behind the port. */
export function strangerError(host: string, apiName: string, what: string, first: Uint8Array): PortError {
  const stranger = recognise(first)
  if (stranger === 'tls') {
    return new PortError(
      'tls',
      'tls-spoken',
      `${host} speaks TLS on this port: turn TLS on, or use its plaintext port`,
      0,
      host,
    )
  }
  const answered = apiName === '' ? 'spoke' : `answered ${apiName}`
  const text =
    stranger === null
      ? `${answered} unlike any Kafka broker: ${what}`
      : `${answered} like ${TEXT[stranger]}, not like a Kafka broker`
  return new PortError('unsupported', stranger === 'http' ? 'web-server' : 'protocol', `${host} ${text}`, 0, host)
}
