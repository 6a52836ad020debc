import { describe, expect, it } from 'vitest'
import { takeFiles } from '../../../../../src-renderer/features/connect/client-file/take-files'

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
const KEY = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n'
const EC_KEY = '-----BEGIN EC PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----\n'
const SETTINGS = 'bootstrap.servers=a:9092\nsecurity.protocol=SSL\nssl.ca.location=/etc/other.pem\n'
const file = (name: string, text: string | null) => ({ name, path: `/home/ann/${name}`, text })
const taken = (files: readonly ReturnType<typeof file>[], keyFile = '') => {
  const { fields, fates } = takeFiles(files, { keyFile })
  return { fields, fates: fates.map(({ fate }) => fate) }
}

describe('files that fall on the window', () => {
  it.each([
    ['a certificate alone is the CA', [file('cluster.pem', CERTIFICATE)], ['ca'], { caFile: '/home/ann/cluster.pem' }],
    ['a key', [file('client.key', EC_KEY)], ['key'], { keyFile: '/home/ann/client.key' }],
    [
      'one file with both',
      [file('client.pem', CERTIFICATE + KEY)],
      ['certificate-and-key'],
      { certFile: '/home/ann/client.pem', keyFile: '/home/ann/client.pem' },
    ],
    [
      'three files, each its own',
      [file('ann.key', KEY), file('ann.crt', CERTIFICATE), file('kafka-ca.crt', CERTIFICATE)],
      ['key', 'certificate', 'ca'],
      { keyFile: '/home/ann/ann.key', certFile: '/home/ann/ann.crt', caFile: '/home/ann/kafka-ca.crt' },
    ],
    [
      'two of a kind: the first',
      [file('ca-1.pem', CERTIFICATE), file('ca-2.pem', CERTIFICATE)],
      ['ca', 'one-too-many'],
      { caFile: '/home/ann/ca-1.pem' },
    ],
  ])('%s', (_, files, fates, fields) => expect(taken(files)).toEqual({ fates, fields: { ...fields, security: 'tls' } }))

  it('a certificate beside a key that the form has is the client’s', () =>
    expect(taken([file('ann.crt', CERTIFICATE)], '~/ann.key').fates).toEqual(['certificate']))

  it('settings fill the form, and a PEM file beside them stands in place of the path they name', () => {
    const { fields, fates } = taken([file('ca.pem', CERTIFICATE), file('client.properties', SETTINGS)])
    expect(fates).toEqual(['ca', 'settings'])
    expect(fields).toMatchObject({ bootstrap: 'a:9092', security: 'tls', caFile: '/home/ann/ca.pem' })
  })

  it.each([
    ['a store of Java’s', file('client.truststore.jks', '\u0000'), 'java-store'],
    ['one that could not be read', file('dump.pem', null), 'too-large'],
    ['something else', file('notes.txt', 'broker-1:9092'), 'unknown'],
    ['an empty one', file('empty', ''), 'unknown'],
  ])('%s fills in nothing', (_, one, fate) => expect(taken([one])).toEqual({ fields: {}, fates: [fate] }))

  it('every line of the settings is answered', () =>
    expect(takeFiles([file('client.properties', SETTINGS)], { keyFile: '' }).lines).toHaveLength(3))
})
