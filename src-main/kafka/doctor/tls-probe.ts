import type { X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import type { ConnectionOptions, PeerCertificate } from 'node:tls'
import { addressText } from '../../shared/bootstrap'
import type { TlsSettings } from '../client/options'
import type { HostPort } from '../../shared/bootstrap'
import { nameOfHost, tlsOptions } from '../client/socket-factory'
import { PortError } from '../../ports/cluster-port'
import type { Reason } from '../../ports/reason'
import { reasonOf } from '../client/transport-errors'
import { ADVICE_FOR } from './advice'
import { missingIssuer, namesIn, ownCertificate } from './certificates'
import { endOnAbort, Failure, failed, fine, notUsed, warning } from './findings'
import type { Finding } from './findings'
import { codeOf } from './net-probe'
import { speaksPlainKafka } from './plain-probe'

const EXPIRES_SOON_MS = 14 * 86_400_000

interface Handshake {
  readonly protocol: string
  readonly certificate: PeerCertificate
  readonly peer: X509Certificate | undefined
}

/** Reasons that may well be about the certificate we show. */
const ABOUT_OURS: ReadonlySet<Reason> = new Set(['tls-client-certificate', 'tls-hung-up', 'tls-handshake'])

/** A failure of TLS for this reason; with what we showed, where that may be why. */
export function tlsFinding(evidence: string, reason: Reason, tls: TlsSettings, now: number): Finding {
  if (!ABOUT_OURS.has(reason)) return failed(evidence, ADVICE_FOR[reason])
  const own = ownCertificate(tls.cert, now)
  return failed(
    `${evidence}. ${own.text}`,
    own.faulty && reason !== 'tls-handshake' ? 'tls-own-certificate' : ADVICE_FOR[reason],
  )
}

/** Shakes hands as the client would. Where that fails, once more without checking, to show the certificate that was refused. */
export async function probeTls(
  address: HostPort,
  tls: TlsSettings | null,
  { timeoutMs, signal, now }: { readonly timeoutMs: number; readonly signal: AbortSignal; readonly now: number },
): Promise<Finding> {
  if (tls === null) return notUsed('TLS is off')
  const name = addressText(address)
  const options = readOptions(tls)
  try {
    const { protocol, certificate } = await handshake(address, options, timeoutMs, signal)
    const own = ownCertificate(tls.cert, now)
    const evidence = `${protocol}, ${certificateText(certificate)}${own.faulty ? `. ${own.text}` : ''}`
    // Of no matter to a port that wants none; one that does seldom says what it dislikes.
    if (own.faulty) return warning(evidence, 'tls-own-certificate')
    return Date.parse(certificate.valid_to) - now < EXPIRES_SOON_MS
      ? warning(evidence, 'tls-expires-soon')
      : fine(evidence)
  } catch (error) {
    if (error instanceof Failure) throw error
    const reason = reasonOf(error, 'tls')
    if (reason === 'timeout')
      throw new Failure(failed(`${name} did not answer the TLS handshake within ${timeoutMs} ms`, ADVICE_FOR[reason]))
    const code = codeOf(error)
    if (reason === 'tls-not-spoken' || reason === 'tls-hung-up') {
      // A broker hangs up at the first bytes of TLS on a port without it, and so does whatever refuses us in a handshake.
      if (await speaksPlainKafka(address, timeoutMs, signal))
        throw new Failure(failed(`${name} speaks Kafka without TLS on this port (${code})`, 'tls-on-plaintext'))
      const what = reason === 'tls-not-spoken' ? 'gave an answer that is not TLS' : 'hung up in the TLS handshake'
      throw new Failure(tlsFinding(`${name} ${what} (${code})`, reason, tls, now))
    }
    // OpenSSL's own messages are two lines of source positions; their code says the same.
    const why =
      error instanceof Error && !/openssl|boringssl/i.test(error.message) ? `${error.message} (${code})` : code
    const seen = await handshake(address, { ...options, rejectUnauthorized: false }, timeoutMs, signal).catch(
      () => null,
    )
    const shown = seen === null ? '' : `. It showed a certificate ${certificateText(seen.certificate)}`
    const evidence = `${name}: ${why}${shown}`
    throw new Failure(
      reason === 'tls-unknown-ca'
        ? unknownAuthority(evidence, tls, missingIssuer(seen?.peer, tls.ca))
        : tlsFinding(evidence, reason, tls, now),
    )
  }
}

/** A CA file that is given and lacks one certificate is another thing to do than one that is not given. */
function unknownAuthority(evidence: string, { ca }: TlsSettings, missing: string): Finding {
  const sends = missing === '' ? '' : `. It sends no certificate of ${missing}`
  if (ca === '') return failed(evidence + sends, 'tls-unknown-ca')
  const held = `CA file holds ${namesIn(ca)}`
  return missing === ''
    ? failed(`${evidence}. The ${held}`, 'tls-unknown-ca')
    : failed(`${evidence}${sends}, and the ${held}`, 'tls-missing-issuer')
}

/** Whether a handshake succeeds when nothing is checked: then the port speaks TLS, whatever we were told. */
export async function speaksTls(address: HostPort, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  const seen = await handshake(address, { rejectUnauthorized: false }, timeoutMs, signal).catch(() => null)
  return seen !== null
}

function readOptions(tls: TlsSettings): ConnectionOptions {
  try {
    return tlsOptions(tls)
  } catch (error) {
    if (!(error instanceof PortError)) throw error
    throw new Failure(failed(error.message, ADVICE_FOR[error.reason]))
  }
}

function handshake(
  { host, port }: HostPort,
  options: ConnectionOptions,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, ...nameOfHost(host), ...options })
    endOnAbort(socket, signal)
    const end = (error: Error): void => {
      socket.destroy()
      reject(error)
    }
    socket.setTimeout(timeoutMs, () => end(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })))
    socket.once('error', end)
    // A server that hangs up in order in the middle of the handshake causes no error.
    socket.once('close', () => end(Object.assign(new Error('hung up'), { code: 'ECONNRESET' })))
    socket.once('secureConnect', () => {
      const seen = {
        protocol: socket.getProtocol() ?? 'TLS',
        certificate: socket.getPeerCertificate(),
        peer: socket.getPeerX509Certificate(),
      }
      // In TLS 1.3 a server refuses a missing client certificate only after the handshake.
      const settle = setTimeout(() => {
        socket.destroy()
        resolve(seen)
      }, 50)
      socket.once('close', () => clearTimeout(settle))
    })
  })
}

function certificateText({ subject, issuer, subjectaltname, valid_to: validTo }: PeerCertificate): string {
  const name = (who: PeerCertificate['subject'] | undefined): string => String(who?.CN ?? who?.O ?? 'nobody')
  return `of ${name(subject)} (${subjectaltname ?? 'no names'}), from ${name(issuer)}, valid to ${validTo}`
}
