import { isIP, isIPv6 } from 'node:net'
import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'
import { addressText } from './options'
import type { HostPort } from './options'

export type BootstrapProblem =
  | 'none'
  | 'empty'
  | 'space'
  | 'prefix'
  | 'ipv6-brackets'
  | 'no-port'
  | 'bad-port'
  | 'no-host'
  | 'bad-host'
  | 'duplicate'

const WHAT_TO_DO: Readonly<Record<BootstrapProblem, string>> = {
  none: 'give at least one broker as host:port, such as kafka-1.example.com:9092',
  empty: 'there is nothing between two commas: take one comma away',
  space: 'it has a space inside: put commas between addresses',
  prefix: 'leave out the protocol in front: only host:port is wanted here, TLS and SASL are chosen apart',
  'ipv6-brackets': 'put the IPv6 address in brackets, such as [::1]:9092',
  'no-port': 'add the port of the broker, such as :9092',
  'bad-port': 'give a port from 1 to 65535',
  'no-host': 'put the name or the address of the broker in front of the port',
  'bad-host': 'check the spelling: this is neither a host name nor an IP address',
  duplicate: 'it is there twice: take one of them away',
}

// Underscores are not allowed in host names, and common in Docker networks all the same.
const HOST_NAME =
  /^(?=.{1,253}$)[\p{L}\p{N}_]([\p{L}\p{N}_-]*[\p{L}\p{N}_])?(\.[\p{L}\p{N}_]([\p{L}\p{N}_-]*[\p{L}\p{N}_])?)*\.?$/u
const LOOKS_LIKE_IPV4 = /^[\d.]+$/

/**
 * Bootstrap addresses from what a person typed: `host:port` entries, each may hold several with commas between. IPv6 in brackets. kafkajs
 * would take `[::1]:9092` for a host named `[` (2.2.4). Fails with 'bad-input'; the detail has the first bad `entry`, its `problem` and the
 * number of bad entries.
 */
export function parseBootstrap(entries: readonly string[]): Result<HostPort[]> {
  const addresses: HostPort[] = []
  const problems: { readonly entry: string; readonly problem: BootstrapProblem }[] = []
  const parts = entries.flatMap((entry) => entry.split(',')).map((entry) => entry.trim())
  if (parts.every((part) => part === '')) return refuse([{ entry: '', problem: 'none' }])
  const seen = new Set<string>()
  for (const entry of parts) {
    const parsed = parseEntry(entry)
    if (typeof parsed === 'string') {
      problems.push({ entry, problem: parsed })
      continue
    }
    const key = addressText(parsed).toLowerCase()
    if (seen.has(key)) problems.push({ entry, problem: 'duplicate' })
    else addresses.push(parsed)
    seen.add(key)
  }
  return problems.length > 0 ? refuse(problems) : ok(addresses)
}

function parseEntry(entry: string): HostPort | BootstrapProblem {
  if (entry === '') return 'empty'
  if (entry.includes('://')) return 'prefix'
  if (/\s/.test(entry)) return 'space'
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(entry)
  if (bracketed === null && isIPv6(entry)) return 'ipv6-brackets'
  const colon = entry.lastIndexOf(':')
  const host = bracketed !== null ? (bracketed[1] ?? '') : colon < 0 ? entry : entry.slice(0, colon)
  const port = bracketed !== null ? bracketed[2] : colon < 0 ? undefined : entry.slice(colon + 1)
  if (bracketed === null && host.includes(':')) return isIPv6(host) ? 'ipv6-brackets' : 'bad-host'
  if (host === '') return 'no-host'
  if (!(bracketed !== null ? isIPv6(host) : isHost(host))) return 'bad-host'
  if (port === undefined || port === '') return 'no-port'
  // Digits only: Number() takes 0x50, 1e3 and 9092.5 as well.
  const value = /^\d{1,5}$/.test(port) ? Number(port) : 0
  return value >= 1 && value <= 65535 ? { host, port: value } : 'bad-port'
}

const isHost = (host: string): boolean =>
  LOOKS_LIKE_IPV4.test(host) && host.includes('.') ? isIP(host) === 4 : HOST_NAME.test(host)

function refuse(
  problems: readonly { readonly entry: string; readonly problem: BootstrapProblem }[],
): Result<HostPort[]> {
  const first = problems[0] ?? { entry: '', problem: 'none' as const }
  const text = problems
    .map(({ entry, problem }) => (entry === '' ? WHAT_TO_DO[problem] : `"${entry}": ${WHAT_TO_DO[problem]}`))
    .join('; ')
  return fail('bad-input', `Bootstrap addresses: ${text}`, {
    entry: first.entry,
    problem: first.problem,
    count: problems.length,
  })
}
