/** The 17 files of test/fixtures/client-files, and how each line is answered. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ClientFile } from '../../../../../src-renderer/features/connect/client-file/read-client-file'
import { leadsElsewhere } from '../../../../../src-renderer/features/connect/client-file/leads-elsewhere'
import { readClientFile } from '../../../../../src-renderer/features/connect/client-file/read-client-file'

const BLANK = {
  security: 'plaintext',
  caFile: '',
  certFile: '',
  keyFile: '',
  keyPassphrase: '',
  serverName: '',
  sasl: 'none',
  username: '',
  password: '',
} as const

function read(name: string): ClientFile {
  return readClientFile(readFileSync(`test/fixtures/client-files/${name}.properties`, 'utf8'))!
}

/** `line key: fate detail` of every line that was not simply taken. */
const left = ({ lines }: ClientFile): string[] =>
  lines
    .filter(({ fate }) => fate !== 'taken')
    .map(({ line, key, fate, detail }) => `${line ?? '-'} ${key}: ${[fate, detail].join(' ').trim()}`)

const ONE = { ...BLANK, bootstrap: 'broker-1:9093' }

describe('a file that people paste', () => {
  it.each<[string, ClientFile['fields'], string[]]>([
    [
      '01-strimzi',
      {
        ...BLANK,
        bootstrap: 'my-cluster-kafka-tls-bootstrap.kafka.svc:9093,',
        security: 'tls',
        sasl: 'scram-sha-512',
        username: 'my-user',
        password: 'xLJzM3kWqv9F',
      },
      [
        '6 ssl.truststore.location: java-truststore PKCS12',
        '7 ssl.truststore.password: java-truststore PKCS12',
        '8 ssl.truststore.type: java-truststore PKCS12',
        '9 group.id: not-connection',
      ],
    ],
    [
      '02-scram-over-tls-pem',
      {
        ...BLANK,
        bootstrap: 'broker-1:9093,broker-2:9093',
        security: 'tls',
        sasl: 'scram-sha-512',
        username: 'ops',
        password: 'it"s secret',
        caFile: '/etc/kafka/ca.pem',
      },
      ['7 ssl.truststore.type: as-always'],
    ],
    [
      '03-confluent-cloud',
      {
        ...BLANK,
        bootstrap: 'pkc-example.region.provider.confluent.cloud:9092',
        security: 'tls',
        sasl: 'plain',
        username: 'KEY',
        password: 'SE/CR+ET==',
      },
      [
        '7 client.dns.lookup: not-connection',
        '10 session.timeout.ms: not-connection',
        '11 acks: not-connection',
        '12 client.id: not-connection',
      ],
    ],
    [
      '04-bare-jaas-values',
      { ...BLANK, bootstrap: 'broker-1:9094', sasl: 'plain', username: 'ops', password: 'plain-word' },
      [],
    ],
    [
      '05-number-as-password',
      { ...BLANK, bootstrap: 'broker-1:9094', security: 'tls', sasl: 'plain' },
      ['4 sasl.jaas.config: jaas-no-value'],
    ],
    [
      '06-escapes',
      {
        ...BLANK,
        bootstrap: 'b1:9092,b2:9092',
        security: 'tls',
        sasl: 'scram-sha-256',
        username: 'André',
        password: 'back\\slash',
      },
      [],
    ],
    [
      '07-comment-ends-in-backslash',
      { ...ONE, security: 'tls', sasl: 'plain', username: 'ops', password: 'secret' },
      [],
    ],
    [
      '08-librdkafka',
      {
        ...ONE,
        security: 'tls',
        sasl: 'scram-sha-256',
        username: 'ops',
        password: 'pa$$=word#1',
        caFile: '/etc/ssl/ca.pem',
      },
      ['7 enable.ssl.certificate.verification: certificate-check'],
    ],
    [
      '09-mutual-tls-pem-files',
      {
        ...ONE,
        security: 'tls',
        caFile: '/etc/kafka/ca.pem',
        certFile: '/etc/kafka/client.pem',
        keyFile: '/etc/kafka/client.pem',
        keyPassphrase: 'key-secret',
      },
      [
        '3 ssl.truststore.type: as-always',
        '5 ssl.keystore.type: as-always',
        '8 ssl.endpoint.identification.algorithm: name-check',
      ],
    ],
    [
      '10-java-stores',
      { ...BLANK, bootstrap: 'kafka-demo.example.aivencloud.com:12835', security: 'tls' },
      [
        '4 ssl.protocol: tls-versions',
        '5 ssl.truststore.location: java-truststore JKS',
        '6 ssl.truststore.password: java-truststore JKS',
        '7 ssl.keystore.type: java-keystore PKCS12',
        '8 ssl.keystore.location: java-keystore PKCS12',
        '9 ssl.keystore.password: java-keystore PKCS12',
        '10 ssl.key.password: java-key-password',
        '11 ssl.endpoint.identification.algorithm: as-always',
        '12 ssl.enabled.protocols: tls-versions',
      ],
    ],
    [
      '11-inline-pem',
      { ...ONE, security: 'tls' },
      [
        '3 ssl.truststore.type: as-always',
        '4 ssl.truststore.certificates: inline-pem',
        '7 ssl.keystore.type: as-always',
        '8 ssl.keystore.certificate.chain: inline-pem',
        '9 ssl.keystore.key: inline-pem',
      ],
    ],
    [
      '12-msk-iam',
      { ...BLANK, bootstrap: 'b-1.example.kafka.eu-central-1.amazonaws.com:9098', security: 'tls' },
      [
        '3 sasl.mechanism: mechanism AWS_MSK_IAM',
        '4 sasl.jaas.config: mechanism AWS_MSK_IAM',
        '5 sasl.client.callback.handler.class: mechanism AWS_MSK_IAM',
      ],
    ],
    [
      '13-oauthbearer',
      { ...ONE, security: 'tls' },
      [
        '3 sasl.mechanism: mechanism OAUTHBEARER',
        '4 sasl.jaas.config: mechanism OAUTHBEARER',
        '5 sasl.oauthbearer.token.endpoint.url: mechanism OAUTHBEARER',
        '6 sasl.login.callback.handler.class: mechanism OAUTHBEARER',
      ],
    ],
    [
      '14-kerberos-by-default',
      ONE,
      [
        '3 sasl.kerberos.service.name: mechanism GSSAPI',
        '4 sasl.jaas.config: mechanism GSSAPI',
        '- sasl.mechanism: mechanism GSSAPI',
      ],
    ],
    [
      '15-no-protocol',
      { ...BLANK, bootstrap: 'broker-1:9092' },
      [
        '2 sasl.mechanism: not-with-protocol PLAINTEXT',
        '3 sasl.jaas.config: not-with-protocol PLAINTEXT',
        '4 ssl.truststore.location: not-with-protocol PLAINTEXT',
        '- security.protocol: default PLAINTEXT',
      ],
    ],
    [
      '16-set-twice-and-provided',
      { ...BLANK, bootstrap: 'new-1:9092,', security: 'tls', sasl: 'scram-sha-256' },
      ['1 config.providers: not-connection', '2 bootstrap.servers: overridden 3', '6 sasl.jaas.config: provider'],
    ],
    ['17-token-and-mismatch', { ...ONE, security: 'tls', sasl: 'plain' }, ['4 sasl.jaas.config: jaas-mismatch PLAIN']],
  ])('%s', (name, fields, notTaken) => {
    const file = read(name)
    expect(file.fields).toEqual(fields)
    expect(left(file)).toEqual(notTaken)
  })
})

const signIn = (jaas: string, mechanism = 'PLAIN'): string =>
  `security.protocol=SASL_SSL\nsasl.mechanism=${mechanism}\nsasl.jaas.config=${jaas}`
const MODULE = 'org.apache.kafka.common.security.plain.PlainLoginModule'

describe('a line that cannot be taken', () => {
  it.each([
    ['', 'jaas-no-module'],
    [`${MODULE} username=a password=b;`, 'jaas-no-flag'],
    [`${MODULE} required username= password=b;`, 'jaas-no-value'],
    [`${MODULE} required username=a password=b`, 'jaas-no-semicolon'],
    [`${MODULE} required username=a; ${MODULE} required;`, 'jaas-two-modules'],
    ['org.example.Own required username=a;', 'jaas-module org.example.Own'],
  ])('%j is %s', (jaas, verdict) => {
    expect(left(readClientFile(signIn(jaas))!)).toEqual([`3 sasl.jaas.config: ${verdict}`])
  })

  it('is in the comment that a slash at the end of a line makes of the next', () => {
    // StreamTokenizer reads one character behind the slash before it looks for the end of the line.
    expect(left(readClientFile(signIn(`${MODULE} required username=a password=/\\n b;`))!)).toEqual([
      '3 sasl.jaas.config: jaas-no-value',
    ])
    expect(left(readClientFile(signIn(`${MODULE} required username=a password=/ x\\n b;`))!)).toEqual([])
  })

  it('is a delegation token', () => {
    const jaas =
      'org.apache.kafka.common.security.scram.ScramLoginModule required tokenauth=true username=a password=b;'
    expect(left(readClientFile(signIn(jaas, 'SCRAM-SHA-256'))!)).toEqual(['3 sasl.jaas.config: jaas-token'])
  })

  it('is a protocol that Kafka does not know: nothing else is taken from what it governs', () => {
    const file = readClientFile('bootstrap.servers=b:9092\nsecurity.protocol=TLS\nssl.key.password=x')!
    expect(left(file)[0]).toBe('2 security.protocol: bad-value TLS')
    expect(file.fields).toEqual({ ...BLANK, bootstrap: 'b:9092' })
  })
})

describe('what there is no setting for', () => {
  it.each([
    ['ssl.engine.factory.class', 'not-offered'],
    ['ssl.crl.location', 'not-offered'],
    ['ssl.cipher.suites', 'tls-versions'],
    ['sasl.client.callback.handler.class', 'not-offered'],
    ['sasl.kerberos.service.name', 'not-connection'],
  ])('%s is %s, never said to be without meaning where it may have one', (key, fate) => {
    const file = readClientFile(`security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n${key}=x`)!
    expect(left(file)).toEqual([`3 ${key}: ${fate}`])
  })
})

it('says into which fields a line was taken', () => {
  const into = ({ lines }: ClientFile): string[] =>
    lines.filter(({ fate }) => fate === 'taken').map(({ line, into: fields }) => `${line} ${fields.join(' ')}`)
  expect(into(read('09-mutual-tls-pem-files'))).toEqual([
    '1 bootstrap',
    '2 security',
    '4 caFile',
    '6 certFile keyFile',
    '7 keyPassphrase',
  ])
  expect(into(read('06-escapes'))).toEqual(['1 bootstrap', '2 security', '3 sasl', '4 username password'])
})

describe('what is in the form already', () => {
  it('is cleared by a file of another cluster: the secret of one is never sent to the other', () => {
    expect(readClientFile('bootstrap.servers=b:9092')!.fields).toMatchObject({
      password: '',
      username: '',
      sasl: 'none',
    })
  })

  it('is cleared by a piece that names the protocol only', () => {
    expect(readClientFile('security.protocol=SSL')!.fields).toEqual({ ...BLANK, security: 'tls' })
  })

  it('stays when the paste names neither servers nor protocol', () => {
    expect(readClientFile('sasl.mechanism=PLAIN')!.fields).toEqual({})
  })

  it.each([
    ['a:9092', 'b:9092', true],
    ['a:9092, b:9092', 'C:9092', true],
    ['a:9092', 'a:9092, b:9092', false],
    ['a:9092, b:9092', 'c:9092 B:9092', false],
    ['A:9092', 'a:9092', false],
    ['', 'a:9092', false],
    ['a:9092', ' ', false],
  ])('%j, then %j: leads elsewhere %s', (before, after, elsewhere) => {
    expect(leadsElsewhere(before, after)).toBe(elsewhere)
  })
})

it.each(['b1:9092, b2:9092', '', '# a note', 'key=value'])('%j is no client file', (text) => {
  expect(readClientFile(text)).toBeNull()
})
