import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { shellWord } from '../../shared/shell-words'

/** What a file is for; named in what is said of it. */
export type PemRole = 'CA file' | 'certificate file' | 'key file'

/** What a file is that cannot be used, as far as something else than "choose another" is to be done. */
export type PemFault = 'java-store' | 'pkcs12' | 'unusable'

export interface PemTrouble {
  readonly ok: false
  readonly fault: PemFault
  readonly file: string
  /** Names the file and what to do, never what is in it. */
  readonly message: string
}

export type PemRead = { readonly ok: true; readonly text: string } | PemTrouble

/** A bundle of all public authorities has 250 KB. */
const MAX_PEM_BYTES = 1024 * 1024

const CERTIFICATE = {
  begins: /-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/,
  called: 'certificate (-----BEGIN CERTIFICATE-----)',
}
const PRIVATE_KEY = {
  begins: /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/,
  called: 'private key (-----BEGIN PRIVATE KEY-----)',
}
const WANTED = { 'CA file': CERTIFICATE, 'certificate file': CERTIFICATE, 'key file': PRIVATE_KEY } as const

/** `~` and `~/ca.pem` as a shell reads them; people type and paste them where no shell is. */
const expandHome = (path: string, home: string): string => (/^~($|[/\\])/.test(path) ? join(home, path.slice(1)) : path)

/** How the certificates, or certificate and key, come out of a store as PEM. keytool alone reads JKS; openssl does not. */
function wayOut(fault: Exclude<PemFault, 'unusable'>, role: PemRole, path: string): string {
  const file = shellWord(path)
  if (role === 'CA file')
    return fault === 'java-store'
      ? `Write its certificates as PEM: keytool -list -rfc -keystore ${file} > ca.pem`
      : `Write its certificates as PEM: openssl pkcs12 -in ${file} -nokeys -out ca.pem`
  const toPem = (store: string): string => `openssl pkcs12 -in ${store} -out client.pem`
  const commands =
    fault === 'java-store'
      ? `keytool -importkeystore -srckeystore ${file} -destkeystore client.p12 -deststoretype PKCS12, then ${toPem('client.p12')}`
      : toPem(file)
  return `Write certificate and key as PEM: ${commands}. Choose client.pem for both.`
}

/** A sequence, its length in 1 to 5 bytes, and version 3: a PFX (RFC 7292, section 4). */
const PFX = /^30([0-7].|80|81..|82.{4}|83.{6}|84.{8})020103/

/** Magic numbers of JKS and JCEKS: sun.security.provider.JavaKeyStore, com.sun.crypto.provider.JceKeyStore. */
function storeOf(bytes: Buffer): Exclude<PemFault, 'unusable'> | null {
  const magic = bytes.length < 4 ? 0 : bytes.readUInt32BE(0)
  if (magic === 0xfeedfeed || magic === 0xcececece) return 'java-store'
  return PFX.test(bytes.subarray(0, 12).toString('hex')) ? 'pkcs12' : null
}

/** Text of a PEM file, '' for no path. */
export function readPem(role: PemRole, typed: string, home = homedir()): PemRead {
  if (typed === '') return { ok: true, text: '' }
  const path = expandHome(typed, home)
  const refuse = (why: string, fault: PemFault = 'unusable'): PemTrouble => ({
    ok: false,
    fault,
    file: path,
    message: `The ${role} ${path} ${why}`,
  })
  try {
    const stats = statSync(path)
    if (!stats.isFile()) return refuse('is not a file. Choose a PEM file.')
    if (stats.size > MAX_PEM_BYTES) return refuse('is larger than 1 MiB. Choose a PEM file.')
    const bytes = readFileSync(path)
    const store = storeOf(bytes)
    if (store !== null)
      return refuse(
        `is a ${store === 'pkcs12' ? 'PKCS#12' : 'Java key'} store, not PEM. ${wayOut(store, role, path)}`,
        store,
      )
    const text = bytes.toString('utf8')
    if (WANTED[role].begins.test(text)) return { ok: true, text }
    if (text.includes('-----BEGIN ')) return refuse(`holds no ${WANTED[role].called}. Choose another one.`)
    return bytes[0] === 0x30 && role !== 'key file'
      ? refuse(`is DER, not PEM. Convert it: openssl x509 -inform DER -in ${shellWord(path)} -out ca.pem`)
      : refuse('has no PEM block (-----BEGIN …). Choose a PEM file.')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause)
    return refuse(
      code === 'ENOENT' ? 'does not exist. Choose another one.' : `cannot be read (${code}). Check its permissions.`,
    )
  }
}
