/**
 * The bootstrap list as people type and paste it: `host:port` entries by comma, semicolon, blank or line, IPv6 in brackets. As lenient as Java's
 * client where leniency does no harm (ClientUtils.parseAndValidateAddresses: a comma too many is nothing; a broker named twice is asked once);
 * host names of any script pass. What no resolver can mean is refused: `999.1.1.1`, `[1::2::3]`, `host..x`.
 */
export interface HostPort {
  readonly host: string
  readonly port: number
}

export type BootstrapFault =
  'empty' | 'protocol' | 'no-port' | 'bad-port' | 'bare-ipv6' | 'bad-ipv6' | 'no-host' | 'bad-host' | 'too-many'

export interface BootstrapProblem {
  /** As typed; '' with 'empty'. */
  readonly entry: string
  readonly fault: BootstrapFault
}

export type BootstrapList =
  | { readonly ok: true; readonly addresses: readonly HostPort[] }
  /** Every bad entry, in the order they were typed. */
  | { readonly ok: false; readonly problems: readonly [BootstrapProblem, ...BootstrapProblem[]] }

/** What stands before and after an address when it was copied from a browser, a configuration or a listener. */
const SCHEME = /^[a-z][\w+.-]*:\/\//i
const REST = /[/?#].*$/

/** Addresses without `http://`, `SASL_SSL://` and the like and without a path, and what was left out, once each. What has neither is as it was typed. */
export function tidyAddresses(text: string): { readonly text: string; readonly leftOut: readonly string[] } {
  const leftOut = new Set<string>()
  const tidied = text.replace(/[^\s,;]+/g, (entry) => {
    const scheme = SCHEME.exec(entry)?.[0] ?? ''
    const bare = entry.slice(scheme.length)
    const rest = REST.exec(bare)?.[0] ?? ''
    if (scheme !== '') leftOut.add(scheme)
    if (rest.length > 1) leftOut.add(rest)
    return rest === '' ? bare : bare.slice(0, -rest.length)
  })
  return { text: tidied, leftOut: [...leftOut] }
}

/** More are no help to find a cluster, and one who pastes more pasted something else. */
export const MAX_BOOTSTRAP = 50

/** `host:port`, IPv6 in brackets. */
export const addressText = ({ host, port }: HostPort): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

// Underscores are not allowed in host names, and common in Docker networks all the same.
const LABEL = String.raw`[\p{L}\p{N}_]([\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?`
const HOST_NAME = new RegExp(String.raw`^(?=.{1,253}$)${LABEL}(\.${LABEL})*\.?$`, 'u')
const LOOKS_LIKE_IPV4 = /^\d[\d.]*\.[\d.]*$/
const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`^${OCTET}(\\.${OCTET}){3}$`)
const ZONE = /%[\w.~-]+$/
const IPV6_GROUPS = 8

/** Number of 16-bit groups in a run of groups by colon, the last of which may be an IPv4 address; NaN = one of them is none. */
function groupsIn(run: string, mayEndInIpv4: boolean): number {
  if (run === '') return 0
  const groups = run.split(':')
  return groups.reduce((sum, group, at) => {
    if (/^[0-9a-f]{1,4}$/i.test(group)) return sum + 1
    return mayEndInIpv4 && at === groups.length - 1 && IPV4.test(group) ? sum + 2 : Number.NaN
  }, 0)
}

/** RFC 4291, section 2.2; with or without a zone. */
export function isIpv6(text: string): boolean {
  const [head = '', tail, ...more] = text.replace(ZONE, '').split('::')
  if (more.length > 0) return false
  if (tail === undefined) return groupsIn(head, true) === IPV6_GROUPS
  return groupsIn(head, false) + groupsIn(tail, true) < IPV6_GROUPS
}

const isHost = (host: string): boolean => (LOOKS_LIKE_IPV4.test(host) ? IPV4.test(host) : HOST_NAME.test(host))

function hostFault(host: string): BootstrapFault | null {
  if (host.startsWith('[')) return host.endsWith(']') && isIpv6(host.slice(1, -1)) ? null : 'bad-ipv6'
  if (host === '') return 'no-host'
  if (isIpv6(host)) return 'bare-ipv6'
  return isHost(host) ? null : 'bad-host'
}

function parseEntry(entry: string): HostPort | BootstrapFault {
  if (entry.includes('://')) return 'protocol'
  if (isIpv6(entry)) return 'bare-ipv6'
  const split = /^(.*):([^:\]]*)$/.exec(entry)
  const host = split?.[1] ?? entry
  const fault = hostFault(host)
  if (fault !== null) return fault
  const port = split?.[2] ?? ''
  if (port === '') return 'no-port'
  // Digits only: Number() takes 0x50, 1e3 and 9092.5 as well.
  const value = /^\d{1,5}$/.test(port) ? Number(port) : 0
  return value >= 1 && value <= 65_535 ? { host: host.replace(/^\[|\]$/g, ''), port: value } : 'bad-port'
}

export function parseBootstrapList(text: string): BootstrapList {
  const entries = text.split(/[\s,;]+/).filter((entry) => entry !== '')
  const addresses = new Map<string, HostPort>()
  const problems: BootstrapProblem[] = []
  if (entries.length === 0) problems.push({ entry: '', fault: 'empty' })
  for (const entry of entries) {
    const parsed = parseEntry(entry)
    if (typeof parsed === 'string') problems.push({ entry, fault: parsed })
    else {
      const name = addressText(parsed).toLowerCase()
      if (!addresses.has(name)) addresses.set(name, parsed)
      if (addresses.size > MAX_BOOTSTRAP) {
        problems.push({ entry, fault: 'too-many' })
        break
      }
    }
  }
  const [first, ...others] = problems
  return first === undefined
    ? { ok: true, addresses: [...addresses.values()] }
    : { ok: false, problems: [first, ...others] }
}
