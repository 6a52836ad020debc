import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface KeyPair {
  readonly cert: string
  readonly key: string
}

export interface Certificates {
  /** The authority that signed all of them. */
  readonly ca: string
  /** An authority that signed none. */
  readonly otherCa: string
  /** For localhost and 127.0.0.1. */
  readonly server: KeyPair
  readonly expired: KeyPair
  readonly client: KeyPair
  /** The client's key once more, encrypted with `passphrase`. */
  readonly encryptedClientKey: string
}

export const passphrase = 'open-sesame'

/** Fresh certificates made by openssl. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-certificates-'))
  const file = (name: string): string => join(folder, name)
  const read = (name: string): string => readFileSync(file(name), 'utf8')
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  }
  const authority = (name: string): string => {
    const out = ['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)]
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...out, '-days', '2', '-subj', `/CN=${name}`)
    return read(`${name}.pem`)
  }
  const sign = (name: string, days: string): KeyPair => {
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      file(`${name}.key`),
      '-out',
      file(`${name}.csr`),
      '-subj',
      `/CN=${name}`,
    )
    writeFileSync(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
    const by = [
      '-CA',
      file('authority.pem'),
      '-CAkey',
      file('authority.key'),
      '-CAcreateserial',
      '-extfile',
      file('names'),
    ]
    openssl('x509', '-req', '-in', file(`${name}.csr`), ...by, '-days', days, '-out', file(`${name}.pem`))
    return { cert: read(`${name}.pem`), key: read(`${name}.key`) }
  }
  try {
    const ca = authority('authority')
    const otherCa = authority('stranger')
    const client = sign('client', '2')
    openssl('pkey', '-in', file('client.key'), '-aes256', '-passout', `pass:${passphrase}`, '-out', file('locked.key'))
    const encryptedClientKey = read('locked.key')
    return { ca, otherCa, server: sign('server', '2'), expired: sign('expired', '-1'), client, encryptedClientKey }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
