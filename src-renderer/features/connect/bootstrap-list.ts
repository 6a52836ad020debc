/** The bootstrap list as a person types it: `host:port` entries, IPv6 in brackets, by comma, blank or line. */
export type BootstrapFault =
  'empty' | 'protocol' | 'no-port' | 'bad-port' | 'bare-ipv6' | 'bad-ipv6' | 'bad-host' | 'twice' | 'too-many'

export type BootstrapResult =
  | { readonly ok: true; readonly entries: readonly string[] }
  | { readonly ok: false; readonly fault: BootstrapFault; readonly entry: string }

const HOST = /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?$/
const IPV6 = /^[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?$/
const MOST = 50

function hostFault(host: string): BootstrapFault | null {
  if (host.startsWith('['))
    return host.endsWith(']') && host.includes(':') && IPV6.test(host.slice(1, -1)) ? null : 'bad-ipv6'
  if (host.includes(':')) return 'bare-ipv6'
  return host.length <= 253 && HOST.test(host) ? null : 'bad-host'
}

function entryFault(entry: string): BootstrapFault | null {
  if (/^[A-Za-z_]+:\/\//.test(entry)) return 'protocol'
  const split = /^(.*):([^:\]]*)$/.exec(entry)
  if (split === null) return entry.startsWith('[') && !entry.includes(']') ? 'bad-ipv6' : 'no-port'
  const [, host = '', port = ''] = split
  if (host.includes(':') && !host.startsWith('[')) return 'bare-ipv6'
  if (port === '') return 'no-port'
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) return 'bad-port'
  return hostFault(host)
}

export function parseBootstrap(text: string): BootstrapResult {
  const entries = text.split(/[\s,;]+/).filter((entry) => entry !== '')
  const [first] = entries
  if (first === undefined) return { ok: false, fault: 'empty', entry: '' }
  if (entries.length > MOST) return { ok: false, fault: 'too-many', entry: entries[MOST]! }
  for (const entry of entries) {
    const fault = entryFault(entry)
    if (fault !== null) return { ok: false, fault, entry }
  }
  const seen = new Set<string>()
  for (const entry of entries) {
    const key = entry.toLowerCase()
    if (seen.has(key)) return { ok: false, fault: 'twice', entry }
    seen.add(key)
  }
  return { ok: true, entries }
}
