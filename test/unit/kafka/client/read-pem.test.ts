import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PortError } from '../../../../src-main/ports/cluster-port'
import { readPem } from '../../../../src-main/kafka/client/read-pem'
import type { PemFault, PemRole } from '../../../../src-main/kafka/client/read-pem'
import { tlsOptions } from '../../../../src-main/kafka/client/socket-factory'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-pem-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n'
const KEY = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----\n'
const path = (): string => join(folder, 'ca.pem')

describe('a PEM file', () => {
  it('is read; no path is no file', () => {
    writeFileSync(path(), CERTIFICATE)
    expect(readPem('CA file', path())).toEqual({ ok: true, text: CERTIFICATE })
    expect(readPem('CA file', '')).toEqual({ ok: true, text: '' })
  })

  it('is found in the home folder by ~, which no shell has expanded here', () => {
    writeFileSync(path(), CERTIFICATE)
    expect(readPem('CA file', '~/ca.pem', folder)).toEqual({ ok: true, text: CERTIFICATE })
    expect(readPem('CA file', '~/none.pem', folder)).toMatchObject({ file: join(folder, 'none.pem') })
    // Of another user, as a shell reads it: not guessed.
    expect(readPem('CA file', '~ops/ca.pem', folder)).toMatchObject({ file: '~ops/ca.pem' })
  })

  it.each<[PemRole, string]>([
    ['certificate file', KEY + CERTIFICATE],
    ['key file', CERTIFICATE + KEY],
    ['key file', '-----BEGIN RSA PRIVATE KEY-----\nAA=='],
    ['CA file', `Alias name: ca\n\n${CERTIFICATE}`],
  ])('as %s may hold more than that: %j', (role, text) => {
    writeFileSync(path(), text)
    expect(readPem(role, path())).toEqual({ ok: true, text })
  })
})

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('a file that cannot be used', () => {
  // The first bytes as keytool and openssl write them.
  it.each<[string, PemRole, Buffer | string, PemFault, string]>([
    ['JKS', 'CA file', hex('feedfeed 00000002 00000002'), 'java-store', 'keytool -list -rfc -keystore'],
    ['JCEKS', 'key file', hex('cececece 00000002 00000002'), 'java-store', 'keytool -importkeystore -srckeystore'],
    ['PKCS#12', 'CA file', hex('308202e2 020103 3082 028c 0609'), 'pkcs12', '-nokeys -out ca.pem'],
    ['a small PKCS#12', 'certificate file', hex('3067 020103 3000 0609'), 'pkcs12', '-out client.pem'],
    ['DER', 'CA file', hex('30820174 30820119 a003 0201 02'), 'unusable', 'openssl x509 -inform DER'],
    ['a key as CA', 'CA file', KEY, 'unusable', 'holds no certificate'],
    ['a certificate as key', 'key file', CERTIFICATE, 'unusable', 'holds no private key'],
    ['no PEM', 'CA file', 'root:x:0:0', 'unusable', 'no PEM block'],
    ['nothing', 'CA file', '', 'unusable', 'no PEM block'],
  ])('is %s as %s: said, with what to do, without its content', (_what, role, bytes, fault, words) => {
    writeFileSync(path(), bytes)
    const read = readPem(role, path())
    expect(read).toMatchObject({ ok: false, fault, file: path(), message: expect.stringContaining(words) as string })
    expect(JSON.stringify(read)).not.toContain('root:x')
  })

  it('is not there, a folder, or far too large', () => {
    expect(readPem('key file', path())).toMatchObject({ message: expect.stringContaining('does not exist') as string })
    expect(readPem('CA file', folder)).toMatchObject({ message: expect.stringContaining('not a file') as string })
    writeFileSync(path(), CERTIFICATE)
    truncateSync(path(), 2 * 1024 * 1024)
    expect(readPem('CA file', path())).toMatchObject({ message: expect.stringContaining('larger') as string })
  })

  it('is refused where one block of the CA is none: Node would leave it out without a word', () => {
    const settings = { ca: CERTIFICATE, cert: '', key: '', serverName: '' }
    expect(() => tlsOptions(settings)).toThrow(PortError)
    expect(() => tlsOptions({ ...settings, ca: '' })).not.toThrow()
  })
})
