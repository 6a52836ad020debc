import { connect as connectTcp, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls, createSecureContext } from 'node:tls'
import type { ConnectionOptions } from 'node:tls'
import type { ISocketFactoryArgs } from 'kafkajs'
import { PortError } from '../../ports/cluster-port'
import { certificatesIn } from './certificates-in'
import type { TlsSettings } from './options'

const KEEP_ALIVE_MS = 60_000

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
    return { secureContext, ...(serverName === '' ? {} : { servername: serverName }) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new PortError(
      'tls',
      'tls-files',
      `The CA, certificate or key cannot be used: ${why}. Check the PEM files and the passphrase.`,
    )
  }
}

/** Kafkajs's types leave out that `ssl` is null without TLS. */
type SocketArgs = Omit<ISocketFactoryArgs, 'ssl'> & { readonly ssl: ConnectionOptions | null }

/** As kafkajs's own, but without Nagle's delay, and with `secureContext` handed through. */
export const socketFactory = ({ host, port, ssl, onConnect }: SocketArgs): Socket => {
  const socket = ssl
    ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), ...ssl }, onConnect)
    : connectTcp({ host, port }, onConnect)
  socket.setNoDelay(true)
  socket.setKeepAlive(true, KEEP_ALIVE_MS)
  return socket
}
