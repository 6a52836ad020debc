/** The TLS step against servers of Node's own: which certificate is missing, which of ours is no good, and what a hang-up is. */
import { readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { TlsOptions } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DoctorStep } from '../../../../src-main/contract/profiles'
import type { TlsSettings } from '../../../../src-main/kafka/client/options'
import { diagnose } from '../../../../src-main/kafka/doctor/diagnose'
import { startWireBroker } from '../../../support/wire-broker'
import type { WireBroker } from '../../../support/wire-broker'

const file = (name: string): string => readFileSync(`test/fixtures/certificates/${name}`, 'utf8')
const pem = (...names: readonly string[]): string => names.map((name) => file(`${name}.pem`)).join('')

let kafka: WireBroker
beforeAll(async () => {
  kafka = await startWireBroker(() => false)
})
afterAll(() => kafka.close())
const servers: Server[] = []
const sockets = new Set<Socket>()
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

async function portOf(server: Server): Promise<number> {
  servers.push(server)
  server.on('connection', (socket: Socket) => void sockets.add(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
const toKafka = (socket: Socket): void => {
  const broker = connect(kafka.port, kafka.host).on('error', () => undefined)
  sockets.add(broker)
  socket.on('error', () => broker.destroy()).pipe(broker)
  broker.pipe(socket)
}
/** A broker behind TLS that sends these certificates. */
const withTls = (sent: readonly string[], more: TlsOptions = {}): Promise<number> =>
  portOf(createTlsServer({ cert: pem(...sent), key: file('server.key'), ...more }, toKafka))
const plain = (behave: (socket: Socket, first: Buffer) => void): Promise<number> =>
  portOf(
    createServer((socket) => {
      socket.once('data', (first) => behave(socket, first))
    }),
  )

async function tlsStep(port: number, settings: Partial<TlsSettings>): Promise<DoctorStep> {
  const tls = { ca: '', cert: '', key: '', serverName: 'localhost', ...settings }
  const { steps } = await diagnose({ bootstrap: [`127.0.0.1:${port}`], tls, sasl: null, timeoutMs: 5000 })
  return steps.find(({ step }) => step === 'tls')!
}
const own = (name: string): Partial<TlsSettings> => ({
  ca: pem('root'),
  cert: pem(name),
  key: file(`${name}.key`),
})

describe('an authority that is not trusted', () => {
  it.each<[string, string[], string[], string, RegExp]>([
    [
      'the leaf alone',
      ['server'],
      ['root'],
      'tls-missing-issuer',
      /sends no certificate of inter, and the CA file holds root$/,
    ],
    [
      'the leaf alone, to an intermediate',
      ['server'],
      ['inter'],
      'tls-missing-issuer',
      /no certificate of root, and the CA file holds inter$/,
    ],
    [
      'no root, to a stranger',
      ['server', 'inter'],
      ['stranger'],
      'tls-missing-issuer',
      /no certificate of root, and the CA file holds stranger$/,
    ],
    [
      'all, to a stranger',
      ['server', 'inter', 'root'],
      ['stranger'],
      'tls-unknown-ca',
      /\. The CA file holds stranger$/,
    ],
    [
      'the leaf alone, without a CA file',
      ['server'],
      [],
      'tls-unknown-ca',
      /from inter, .*sends no certificate of inter$/,
    ],
  ])('is named: the broker sends %s', async (_what, sent, ca, advice, evidence) => {
    const step = await tlsStep(await withTls(sent), { ca: pem(...ca) })
    expect(step).toMatchObject({ outcome: 'failed', advice })
    expect(step.evidence).toMatch(evidence)
  })

  it('is none with the missing certificate in the CA file, or sent', async () => {
    expect(await tlsStep(await withTls(['server']), { ca: pem('root', 'inter') })).toMatchObject({ outcome: 'ok' })
    expect(await tlsStep(await withTls(['server', 'inter']), { ca: pem('root') })).toMatchObject({ outcome: 'ok' })
  })
})

it('knows a name of any script in the certificate', async () => {
  const settings = { ca: pem('root'), serverName: 'münchen.example' }
  expect(await tlsStep(await withTls(['server', 'inter']), settings)).toMatchObject({ outcome: 'ok' })
})

describe('a certificate of ours', () => {
  const asks = (maxVersion: 'TLSv1.2' | 'TLSv1.3', ca = 'root'): Promise<number> =>
    withTls(['server', 'inter'], { ca: pem(ca), requestCert: true, rejectUnauthorized: true, maxVersion })

  it.each([
    ['TLSv1.2', 'client-expired', /of client-expired, from root, .*: it has expired$/],
    ['TLSv1.3', 'client-expired', /of client-expired, from root, .*: it has expired$/],
    ['TLSv1.2', 'client-for-servers', /not made for clients/],
    ['TLSv1.3', 'client-for-servers', /not made for clients/],
  ] as const)('is named where it is why a port of %s hangs up: %s', async (version, name, evidence) => {
    const step = await tlsStep(await asks(version), own(name))
    expect(step).toMatchObject({ outcome: 'failed', advice: 'tls-own-certificate' })
    expect(step.evidence).toMatch(evidence)
  })

  it('is told where it may be why', async () => {
    const refused = await tlsStep(await asks('TLSv1.2', 'stranger'), own('client'))
    expect(refused).toMatchObject({ outcome: 'failed', advice: 'tls-hangs-up' })
    expect(refused.evidence).toMatch(
      /hung up in the TLS handshake \(ECONNRESET\)\. Our certificate is of client, from root, /,
    )
    const none = await tlsStep(await asks('TLSv1.3'), { ca: pem('root') })
    expect(none).toMatchObject({ outcome: 'failed', advice: 'tls-client-certificate' })
    expect(none.evidence).toContain('No client certificate is given')
  })

  it('is let through when it is in order, and warned of where nobody asks', async () => {
    expect(await tlsStep(await asks('TLSv1.3'), own('client'))).toMatchObject({ outcome: 'ok' })
    const unasked = await tlsStep(await withTls(['server', 'inter']), own('client-expired'))
    expect(unasked).toMatchObject({ outcome: 'warning', advice: 'tls-own-certificate' })
  })

  it('belongs to its key', async () => {
    const step = await tlsStep(await withTls(['server', 'inter']), { ...own('client'), key: file('server.key') })
    expect(step).toMatchObject({ outcome: 'failed', advice: 'tls-files' })
    expect(step.evidence).toContain('do not belong together')
  })
})

describe('a hang-up in the handshake', () => {
  it('is a port without TLS only where Kafka answers without it', async () => {
    // As a broker does: it takes the first bytes for a length beyond its limit and closes with the rest unread.
    const port = await plain((socket, first) => {
      if (first[0] === 0x16) socket.resetAndDestroy()
      else {
        toKafka(socket)
        socket.unshift(first)
      }
    })
    const step = await tlsStep(port, {})
    expect(step).toMatchObject({ outcome: 'failed', advice: 'tls-on-plaintext' })
    expect(step.evidence).toContain('speaks Kafka without TLS')
  })

  it.each([
    ['a reset', (socket: Socket) => socket.resetAndDestroy()],
    ['an end in order', (socket: Socket) => void socket.end()],
  ])('is told as what it is: %s', async (_what, behave) => {
    const step = await tlsStep(await plain(behave), {})
    expect(step).toMatchObject({ outcome: 'failed', advice: 'tls-hangs-up' })
    expect(step.evidence).toContain('hung up in the TLS handshake')
  })

  it('is none where an answer comes that is not TLS', async () => {
    const web = await plain((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const step = await tlsStep(web, {})
    expect(step).toMatchObject({ outcome: 'failed', advice: 'tls-on-plaintext' })
    expect(step.evidence).toContain('not TLS')
  })
})
