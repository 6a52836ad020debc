import { PortError } from '../../ports/cluster-port'

/** What most likely answered, judged by its first bytes where Kafka sends a length; null = no idea. */
type Stranger = 'http' | 'tls' | 'ssh' | null

/** 0x14 … 0x17 followed by major version 3: a TLS record (RFC 8446, 5.1). An alert is what a TLS port answers to a plain question. */
function recognise(first: Uint8Array): Stranger {
  const text = String.fromCharCode(...first.subarray(0, 4))
  if (text === 'HTTP' || text.startsWith('<')) return 'http'
  if (text === 'SSH-') return 'ssh'
  const type = first[0] ?? 0
  if (type >= 0x14 && type <= 0x17 && first[1] === 3) return 'tls'
  return null
}

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
