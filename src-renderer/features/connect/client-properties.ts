import type { ProfileDraft } from './profile-draft'

const MECHANISMS: ReadonlyMap<string, ProfileDraft['sasl']> = new Map([
  ['PLAIN', 'plain'],
  ['SCRAM-SHA-256', 'scram-sha-256'],
  ['SCRAM-SHA-512', 'scram-sha-512'],
])

/** `key=value` lines of a Java properties file; continued lines (`\` at the end) are joined. */
function properties(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of text.replace(/\\\r?\n\s*/g, '').split(/\r?\n/)) {
    const match = /^\s*([\w.-]+)\s*[=:]\s*(.*?)\s*$/.exec(line)
    if (match !== null && !/^\s*[#!]/.test(line)) found.set(match[1]!, match[2]!)
  }
  return found
}

const quoted = (jaas: string, key: string): string =>
  new RegExp(`\\b${key}\\s*=\\s*"((?:[^"\\\\]|\\\\.)*)"`).exec(jaas)?.[1]?.replace(/\\(.)/g, '$1') ?? ''

/**
 * What a pasted `client.properties` fills in, null when the text is not one. Key and trust stores are Java's own
 * format, which Node cannot read; PEM files are taken.
 */
export function draftFromProperties(text: string): Partial<ProfileDraft> | null {
  const found = properties(text)
  const bootstrap = found.get('bootstrap.servers')
  const protocol = found.get('security.protocol')?.toUpperCase()
  if (bootstrap === undefined && protocol === undefined) return null
  const mechanism = MECHANISMS.get(found.get('sasl.mechanism')?.toUpperCase() ?? '')
  const jaas = found.get('sasl.jaas.config') ?? ''
  const pem =
    found.get('ssl.truststore.type')?.toUpperCase() === 'PEM' ? found.get('ssl.truststore.location') : undefined
  return {
    ...(bootstrap === undefined ? {} : { bootstrap }),
    ...(protocol === undefined
      ? {}
      : { security: protocol.includes('SSL') ? ('tls' as const) : ('plaintext' as const) }),
    ...(mechanism === undefined || protocol?.startsWith('SASL') === false ? {} : { sasl: mechanism }),
    ...(jaas === '' ? {} : { username: quoted(jaas, 'username'), password: quoted(jaas, 'password') }),
    ...(pem === undefined ? {} : { caFile: pem }),
  }
}
