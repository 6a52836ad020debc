import { isIP } from 'node:net'
import { connect } from 'node:tls'
import type { ConnectionOptions, PeerCertificate } from 'node:tls'
import { addressText } from '../../shared/bootstrap'
import type { TlsSettings } from '../client/options'
import type { HostPort } from '../../shared/bootstrap'
import { tlsOptions } from '../client/socket-factory'
import { PortError } from '../../ports/cluster-port'
import { reasonOf } from '../client/transport-errors'
import { ADVICE_FOR } from './advice'
import { endOnAbort, Failure, failed, fine, notUsed, warning } from './findings'
import type { Finding } from './findings'
import { codeOf } from './net-probe'

const EXPIRES_SOON_MS = 14 * 86_400_000

interface Handshake {
  readonly protocol: string
  readonly certificate: PeerCertificate
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
    const evidence = `${protocol}, ${certificateText(certificate)}`
    return Date.parse(certificate.valid_to) - now < EXPIRES_SOON_MS
      ? warning(evidence, 'tls-expires-soon')
      : fine(evidence)
  } catch (error) {
    if (error instanceof Failure) throw error
    const code = codeOf(error)
    const reason = reasonOf(error, 'tls')
    const advice = ADVICE_FOR[reason]
    if (reason === 'timeout')
      throw new Failure(failed(`${name} did not answer the TLS handshake within ${timeoutMs} ms`, advice))
    if (reason === 'tls-not-spoken')
      throw new Failure(failed(`${name} does not speak TLS on this port (${code})`, advice))
    const seen = await handshake(address, { ...options, rejectUnauthorized: false }, timeoutMs, signal).catch(
      () => null,
    )
    const shown = seen === null ? '' : `. It showed a certificate ${certificateText(seen.certificate)}`
    // OpenSSL's own messages are two lines of source positions; their code says the same.
    const why = error instanceof Error && !error.message.includes('openssl') ? `${error.message} (${code})` : code
    throw new Failure(failed(`${name}: ${why}${shown}`, advice))
  }
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
    const servername = isIP(host) === 0 ? { servername: host } : {}
    const socket = connect({ host, port, ...servername, ...options })
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
      const seen = { protocol: socket.getProtocol() ?? 'TLS', certificate: socket.getPeerCertificate() }
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
