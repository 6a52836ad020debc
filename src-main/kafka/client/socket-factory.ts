import { connect as connectTcp, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls, createSecureContext } from 'node:tls'
import type { ConnectionOptions } from 'node:tls'
import { domainToASCII } from 'node:url'
import type { ISocketFactoryArgs } from 'kafkajs'
import { PortError } from '../../ports/cluster-port'
import { certificatesIn } from './certificates-in'
import type { TlsSettings } from './options'

const KEEP_ALIVE_MS = 60_000

/** OpenSSL's codes, the same in Node 20 and Electron 33. */
const BY_CODE: ReadonlyMap<string, string> = new Map([
  ['ERR_OSSL_X509_KEY_VALUES_MISMATCH', 'The client certificate and the key do not belong together'],
  ['ERR_OSSL_BAD_DECRYPT', 'The passphrase does not open the key'],
])

/**
 * TLS options with the certificates parsed once: reading Node's authorities anew for every connection takes some 15 ms. Throws
 * PortError 'tls-files' where a PEM text, a key or its passphrase is no good.
 */
export function tlsOptions(tls: TlsSettings): ConnectionOptions {
  const { ca, cert, key, passphrase, serverName } = tls
  try {
    // Node leaves out a CA that it cannot read, and all behind it, without a word.
    certificatesIn(ca)
    const secureContext = createSecureContext({
      ...(ca === '' ? {} : { ca }),
      ...(cert === '' ? {} : { cert }),
      ...(key === '' ? {} : { key }),
      ...(passphrase === undefined || passphrase === '' ? {} : { passphrase }),
      minVersion: 'TLSv1.2',
    })
    return { secureContext, ...(serverName === '' ? {} : { servername: inAscii(serverName) }) }
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
    const why = error instanceof Error ? error.message : String(error)
    const said = BY_CODE.get(String(code)) ?? `The CA, certificate or key cannot be used: ${why}`
    throw new PortError('tls', 'tls-files', `${said}. Check the PEM files and the passphrase.`)
  }
}

/** As in certificates and in the handshake (RFC 5890): Node converts what it looks up, not what it holds against a certificate. */
const inAscii = (name: string): string => domainToASCII(name) || name

/** The name asked for in a handshake and expected in the certificate; an IP address is none (RFC 6066, section 3). */
export const nameOfHost = (host: string): { servername?: string } =>
  isIP(host) === 0 ? { servername: inAscii(host) } : {}

/** Kafkajs's types leave out that `ssl` is null without TLS. */
type SocketArgs = Omit<ISocketFactoryArgs, 'ssl'> & { readonly ssl: ConnectionOptions | null }

/** As kafkajs's own, but without Nagle's delay, and with `secureContext` handed through. */
export const socketFactory = ({ host, port, ssl, onConnect }: SocketArgs): Socket => {
  const socket = ssl
    ? connectTls({ host, port, ...nameOfHost(host), ...ssl }, onConnect)
    : connectTcp({ host, port }, onConnect)
  socket.setNoDelay(true)
  socket.setKeepAlive(true, KEEP_ALIVE_MS)
  return socket
}
