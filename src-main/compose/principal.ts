import { X509Certificate } from 'node:crypto'
import type { ClusterProfile } from '../contract/profiles'
import { readPem } from '../kafka/client/read-pem'

/** Kafka writes a certificate's name the other way round and with commas (RFC 2253, SslPrincipalMapper). */
function subjectOf(certFile: string): string {
  const pem = readPem('certificate file', certFile)
  if (!pem.ok || pem.text === '') return ''
  try {
    return new X509Certificate(pem.text).subject.split('\n').reverse().join(',')
  } catch {
    // A file that is no certificate fails the connection with words of its own.
    return ''
  }
}

/** Who a cluster most likely takes us for, for the journal: as configured, since Kafka does not tell a client. */
export function principalOf({ sasl, tls }: Pick<ClusterProfile, 'sasl' | 'tls'>): string {
  if (sasl !== null) return `User:${sasl.username}`
  const subject = tls === null || tls.certFile === '' ? '' : subjectOf(tls.certFile)
  return subject === '' ? 'User:ANONYMOUS' : `User:${subject}`
}
