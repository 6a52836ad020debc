import type { X509Certificate } from 'node:crypto'
import { certificatesIn } from '../client/certificates-in'

/** 1.3.6.1.5.5.7.3.2, id-kp-clientAuth (RFC 5280, 4.2.1.12). */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
/** Longer chains are none; a circle would have no end. */
const MOST_LINKS = 10
const MOST_NAMES = 5

/** `CN=…` of a name as Node writes it, a line per part; else its organisation, else all of it. */
function shortName(name: string): string {
  const lines = name.split('\n')
  const part = (key: string): string | undefined =>
    lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1)
  return part('CN') ?? part('O') ?? lines.join(', ')
}

/**
 * The authority at which a broker's chain ends without an end: neither the broker sends its certificate nor is it in `ca`. '' where the chain ends in
 * one that signed itself. `peer` is a socket's, which links the issuers that were sent; OpenSSL links those of `ca` only where all is well.
 */
export function missingIssuer(peer: X509Certificate | undefined, ca: string): string {
  const trusted = certificatesIn(ca)
  let last = peer
  for (let links = 0; last !== undefined && links < MOST_LINKS; links++) {
    const child: X509Certificate = last
    if (child.subject === child.issuer) return ''
    const issuer = child.issuerCertificate ?? trusted.find((one) => child.checkIssued(one))
    if (issuer === undefined) return shortName(child.issuer)
    last = issuer
  }
  return ''
}

/** What a CA file holds, by name. */
export function namesIn(pem: string): string {
  const names = certificatesIn(pem).map(({ subject }) => shortName(subject))
  const more = names.length - MOST_NAMES
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

export interface OwnCertificate {
  /** Whose it is and how long it is valid, and what is wrong with it. */
  readonly text: string
  /** Every broker that asks for it refuses it. */
  readonly faulty: boolean
}

/** What we show a broker that wants a certificate. Brokers seldom say what they dislike about it, so what can be seen here is. */
export function ownCertificate(pem: string, now: number): OwnCertificate {
  const own = certificatesIn(pem)[0]
  if (own === undefined) return { text: 'No client certificate is given', faulty: false }
  const faults = [
    ...(Date.parse(own.validTo) < now ? ['it has expired'] : []),
    ...(Date.parse(own.validFrom) > now ? ['it is not valid yet'] : []),
    // Without the extension it may be used for anything. Node calls it keyUsage; undefined where there is none.
    ...(Array.isArray(own.keyUsage) && !own.keyUsage.includes(CLIENT_AUTH)
      ? ['it is not made for clients (no clientAuth in its extended key usage)']
      : []),
  ]
  const wrong = faults.length === 0 ? '' : `: ${faults.join(', ')}`
  return {
    text: `Our certificate is of ${shortName(own.subject)}, from ${shortName(own.issuer)}, valid from ${own.validFrom} to ${own.validTo}${wrong}`,
    faulty: faults.length > 0,
  }
}
