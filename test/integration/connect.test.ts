import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DoctorStep } from '../../src-main/contract/profiles'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import type { ClientOptions } from '../../src-main/kafka/client/options'
import { PortError } from '../../src-main/kafka/cluster-port'
import { diagnose } from '../../src-main/kafka/doctor/diagnose'
import { passphrase } from '../support/certificates'
import { startSecuredBroker } from '../support/secured-broker'
import type { SecuredBroker } from '../support/secured-broker'

type Security = Pick<ClientOptions, 'tls' | 'sasl'>

const OPEN_MS = 2000
const STEP_MS = 1500

let broker: SecuredBroker
const servers: Server[] = []

const listen = async (server: Server): Promise<number> => {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
const ports = { silent: 0, web: 0, resets: 0, expired: 0, hangsUp: 0, full: 0 }

/** A process that listens and stands still, with its queue of connections full: the kernel drops every further one, as a firewall does. */
async function fullPort(): Promise<{ port: number; close(): void }> {
  const listening = "const s = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(s.address().port))"
  const child: ChildProcess = spawn(process.execPath, ['-e', listening], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((resolve) => child.stdout?.once('data', (text: Buffer) => resolve(Number(text))))
  child.kill('SIGSTOP')
  const filling: Socket[] = []
  const taken = (socket: Socket): Promise<boolean> =>
    new Promise((resolve) => {
      socket.on('error', () => undefined).once('connect', () => resolve(true))
      socket.setTimeout(300, () => resolve(false))
    })
  for (let full = false; !full && filling.length < 20; ) {
    const socket = connect(port, '127.0.0.1')
    filling.push(socket)
    full = !(await taken(socket))
  }
  const close = (): void => {
    for (const socket of filling) socket.destroy()
    child.kill('SIGKILL')
  }
  return { port, close }
}
let full: Awaited<ReturnType<typeof fullPort>> | null = null

beforeAll(async () => {
  broker = await startSecuredBroker()
  const { cert, key } = broker.certificates.expired
  ports.silent = await listen(createServer((socket) => void socket.on('error', () => undefined).resume()))
  ports.web = await listen(createServer((socket) => void socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))))
  ports.resets = await listen(createServer((socket) => void socket.once('data', () => socket.resetAndDestroy())))
  ports.hangsUp = await listen(createServer((socket) => void socket.once('data', () => socket.end())))
  // Other systems answer a full queue in other ways.
  if (process.platform === 'linux') full = await fullPort()
  ports.full = full?.port ?? 0
  ports.expired = await listen(createTlsServer({ cert, key }, (socket) => void socket.on('error', () => undefined)))
})

afterAll(async () => {
  broker?.close()
  full?.close()
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
})

const off: Security = { tls: null, sasl: null }
const tls = (change: Partial<NonNullable<Security['tls']>> = {}): Security['tls'] => {
  return { ca: broker.certificates.ca, cert: '', key: '', serverName: '', ...change }
}
const sasl = (mechanism: NonNullable<Security['sasl']>['mechanism'], change: Partial<NonNullable<Security['sasl']>> = {}): Security['sasl'] => {
  return { ...broker.admin, mechanism, ...change }
}

/** Opens and closes; what the log said is kept, to be searched for secrets. */
const said: string[] = []
async function open(address: string, security: Security): Promise<number> {
  const bootstrap = parseBootstrap([address])
  if (!bootstrap.ok) throw new Error(bootstrap.error.message)
  const client = createClusterClient({ bootstrap: bootstrap.value, ...security, log: (sentence) => void said.push(sentence) })
  try {
    return (await client.open(OPEN_MS)).brokers.length
  } finally {
    await client.close()
  }
}

describe('what must work', () => {
  it.each<[string, keyof SecuredBroker['ports'], () => Security]>([
    ['plaintext', 'plaintext', () => off],
    ['TLS', 'ssl', () => ({ tls: tls(), sasl: null })],
    ['TLS with the name expected elsewhere', 'ssl', () => ({ tls: tls({ serverName: 'localhost' }), sasl: null })],
    ['mutual TLS', 'mtls', () => ({ tls: tls(broker.certificates.client), sasl: null })],
    [
      'mutual TLS with a locked key',
      'mtls',
      () => ({ tls: tls({ cert: broker.certificates.client.cert, key: broker.certificates.encryptedClientKey, passphrase }), sasl: null }),
    ],
    ['SASL PLAIN', 'sasl_plaintext', () => ({ tls: null, sasl: sasl('plain') })],
    ['SCRAM-SHA-256', 'sasl_plaintext', () => ({ tls: null, sasl: sasl('scram-sha-256') })],
    ['SCRAM-SHA-512', 'sasl_plaintext', () => ({ tls: null, sasl: sasl('scram-sha-512') })],
    ['SASL PLAIN over TLS', 'sasl_ssl', () => ({ tls: tls(), sasl: sasl('plain') })],
    ['SCRAM-SHA-512 over TLS', 'sasl_ssl', () => ({ tls: tls(), sasl: sasl('scram-sha-512') })],
  ])('%s opens, and the doctor has no complaint', async (_name, listener, security) => {
    const address = `127.0.0.1:${broker.ports[listener]}`
    await expect(open(address, security())).resolves.toBe(1)
    const { reachable, steps } = await diagnose({ bootstrap: [address], ...security(), timeoutMs: 5000 })
    expect(steps.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped')).toEqual([])
    expect(reachable).toBe(true)
    const outcome = (name: string): string | undefined => steps.find(({ step }) => step === name)?.outcome
    // The certificates of this test are made for two days.
    expect([outcome('tls'), outcome('sasl')]).toEqual([security().tls ? 'warning' : 'not-used', security().sasl ? 'ok' : 'not-used'])
  })

  it('the name localhost works, whichever address it is tried by first', async () => {
    await expect(open(`localhost:${broker.ports.plaintext}`, off)).resolves.toBe(1)
    await expect(open(`localhost:${broker.ports.ssl}`, { tls: tls(), sasl: null })).resolves.toBe(1)
  })
})

/** What is wrong, what the client says (code, kind; null = it opens), where the doctor stops and what it advises. */
interface Row {
  readonly wrong: string
  readonly at: () => string
  readonly security?: () => Security
  readonly client: readonly [PortError['code'], PortError['kind']] | null
  readonly doctor: readonly [DoctorStep['step'], string]
  readonly evidence?: RegExp
}

const local = (port: number): string => `127.0.0.1:${port}`
const rows: readonly Row[] = [
  { wrong: 'port closed', at: () => local(1), client: ['unreachable', 'refused'], doctor: ['tcp', 'nothing-listens'], evidence: /ECONNREFUSED/ },
  { wrong: 'name unknown', at: () => 'no-such-host.invalid:9092', client: ['unreachable', 'unknown-host'], doctor: ['dns', 'unknown-host'] },
  { wrong: 'never answers', at: () => local(ports.silent), client: ['timeout', 'timeout'], doctor: ['api-versions', 'silent-port'], evidence: /ApiVersions within 1500 ms/ },
  {
    wrong: 'never answers TLS', at: () => local(ports.silent), security: () => ({ tls: tls(), sasl: null }),
    client: ['timeout', 'timeout'], doctor: ['tls', 'silent-port'],
  },
  ...(process.platform === 'linux'
    ? [{ wrong: 'packets dropped', at: () => local(ports.full), client: ['timeout', 'timeout'], doctor: ['tcp', 'silent-connect'] } satisfies Row]
    : []),
  { wrong: 'accepts, resets', at: () => local(ports.resets), client: ['unreachable', 'reset'], doctor: ['api-versions', 'hangs-up'] },
  { wrong: 'accepts, hangs up', at: () => local(ports.hangsUp), client: ['unreachable', 'closed'], doctor: ['api-versions', 'hangs-up'] },
  { wrong: 'a web server', at: () => local(ports.web), client: ['unsupported', 'protocol'], doctor: ['api-versions', 'web-server'] },
  {
    wrong: 'a web server, with TLS', at: () => local(ports.web), security: () => ({ tls: tls(), sasl: null }),
    client: ['tls', 'tls'], doctor: ['tls', 'tls-on-plaintext'],
  },
  { wrong: 'plaintext to a TLS port', at: () => local(broker.ports.ssl), client: ['tls', 'tls'], doctor: ['tls', 'plaintext-on-tls'] },
  {
    wrong: 'TLS to a plaintext port', at: () => local(broker.ports.plaintext), security: () => ({ tls: tls(), sasl: null }),
    client: ['tls', 'tls'], doctor: ['tls', 'tls-on-plaintext'],
  },
  {
    wrong: 'CA not given', at: () => local(broker.ports.ssl), security: () => ({ tls: tls({ ca: '' }), sasl: null }),
    client: ['tls', 'tls'], doctor: ['tls', 'tls-unknown-ca'], evidence: /from authority/,
  },
  {
    wrong: 'another CA', at: () => local(broker.ports.ssl), security: () => ({ tls: tls({ ca: broker.certificates.otherCa }), sasl: null }),
    client: ['tls', 'tls'], doctor: ['tls', 'tls-unknown-ca'],
  },
  {
    wrong: 'wrong host name', at: () => local(broker.ports.ssl), security: () => ({ tls: tls({ serverName: 'other.example' }), sasl: null }),
    client: ['tls', 'tls'], doctor: ['tls', 'tls-wrong-name'], evidence: /DNS:localhost/,
  },
  {
    wrong: 'expired certificate', at: () => local(ports.expired), security: () => ({ tls: tls(), sasl: null }),
    client: ['tls', 'tls'], doctor: ['tls', 'tls-expired'],
  },
  {
    wrong: 'client certificate required, none given', at: () => local(broker.ports.mtls), security: () => ({ tls: tls(), sasl: null }),
    client: ['tls', 'tls'], doctor: ['tls', 'tls-client-certificate'],
  },
  {
    wrong: 'no PEM file', at: () => local(broker.ports.ssl), security: () => ({ tls: tls({ ca: 'a holiday picture', cert: 'x' }), sasl: null }),
    client: ['tls', 'tls'], doctor: ['tls', 'tls-files'],
  },
  {
    wrong: 'wrong passphrase', at: () => local(broker.ports.mtls),
    security: () => ({ tls: tls({ cert: broker.certificates.client.cert, key: broker.certificates.encryptedClientKey, passphrase: 'no' }), sasl: null }),
    client: ['tls', 'tls'], doctor: ['tls', 'tls-files'],
  },
  {
    wrong: 'wrong password, PLAIN', at: () => local(broker.ports.sasl_plaintext), security: () => ({ tls: null, sasl: sasl('plain', { password: 'wrong-canary' }) }),
    client: ['auth-failed', 'auth'], doctor: ['sasl', 'wrong-password'],
  },
  {
    wrong: 'wrong password, SCRAM', at: () => local(broker.ports.sasl_ssl), security: () => ({ tls: tls(), sasl: sasl('scram-sha-512', { password: 'wrong-canary' }) }),
    client: ['auth-failed', 'auth'], doctor: ['sasl', 'wrong-password'],
  },
  {
    wrong: 'unknown user, SCRAM', at: () => local(broker.ports.sasl_plaintext), security: () => ({ tls: null, sasl: sasl('scram-sha-256', { username: 'nobody' }) }),
    client: ['auth-failed', 'auth'], doctor: ['sasl', 'wrong-password'],
  },
  {
    wrong: 'mechanism not enabled', at: () => local(broker.ports.sasl_ssl), security: () => ({ tls: tls(), sasl: sasl('scram-sha-256') }),
    client: ['auth-failed', 'auth'], doctor: ['sasl', 'sasl-mechanism'], evidence: /offers PLAIN, SCRAM-SHA-512$/,
  },
  {
    wrong: 'SASL given, listener has none', at: () => local(broker.ports.plaintext), security: () => ({ tls: null, sasl: sasl('plain') }),
    client: ['auth-failed', 'auth'], doctor: ['sasl', 'sasl-not-wanted'],
  },
  {
    wrong: 'no SASL given, listener wants it', at: () => local(broker.ports.sasl_plaintext),
    client: ['auth-failed', 'auth'], doctor: ['sasl', 'sasl-missing'], evidence: /offers PLAIN/,
  },
  {
    wrong: 'SASL without TLS to SASL_SSL', at: () => local(broker.ports.sasl_ssl), security: () => ({ tls: null, sasl: sasl('plain') }),
    client: ['tls', 'tls'], doctor: ['tls', 'plaintext-on-tls'],
  },
  { wrong: 'controller port', at: () => local(broker.controllerPort), client: ['unsupported', 'unsupported'], doctor: ['api-versions', 'controller-port'] },
  { wrong: 'advertised address closed', at: () => local(broker.ports.lost), client: null, doctor: ['brokers', 'advertised-unreachable'], evidence: /broker 1: 127\.0\.0\.1:\d+ refused/ },
]

describe('what is wrong is said', () => {
  it.each(rows)('$wrong: by the client', async ({ at, security, client }) => {
    const began = performance.now()
    const error = await open(at(), security?.() ?? off).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(performance.now() - began).toBeLessThan(OPEN_MS + 400)
    if (client === null) return expect(error).toBeNull()
    expect(error).toBeInstanceOf(PortError)
    expect(error).toMatchObject({ code: client[0], kind: client[1] })
    if (error instanceof PortError && error.host !== '') expect(error.message).toContain(at())
  })

  it.each(rows)('$wrong: by the doctor', async ({ at, security, doctor, evidence }) => {
    const heard: DoctorStep[] = []
    const options = { bootstrap: [at()], ...(security?.() ?? off), timeoutMs: STEP_MS }
    const { reachable, steps } = await diagnose(options, { onStep: (step) => heard.push(step) })
    expect(reachable).toBe(false)
    const wrong = steps.filter(({ outcome }) => outcome === 'failed')
    expect(wrong.map(({ step, advice }) => [step, advice])).toEqual([doctor])
    expect(wrong[0]?.evidence).toMatch(evidence ?? /./)
    expect(heard.at(-1)).toEqual(wrong[0])
    // Everything after the failing step was left alone.
    const order = steps.map(({ step }) => step)
    const before = order.indexOf(doctor[0])
    for (const step of steps.slice(before + 1)) expect(['skipped', 'ok']).toContain(step.outcome)
  })

  it('of two addresses the one that works is reported, with the failure of the other', async () => {
    const bootstrap = [local(1), local(broker.ports.plaintext)]
    const { reachable, steps } = await diagnose({ bootstrap, ...off, timeoutMs: STEP_MS })
    expect(reachable).toBe(true)
    expect(steps[0]).toMatchObject({ outcome: 'warning', advice: 'other-address-failed', evidence: expect.stringContaining('127.0.0.1:1: ECONNREFUSED') })
  })

  it('an address that cannot be read is not tried', async () => {
    const { reachable, steps } = await diagnose({ bootstrap: ['b1'], ...off })
    expect([reachable, steps[0]?.advice]).toEqual([false, 'address-spelling'])
    expect(steps.slice(1).every(({ outcome }) => outcome === 'skipped')).toBe(true)
  })

  it('the person can stop it in the middle of a step', async () => {
    const stop = new AbortController()
    const onStep = ({ step }: DoctorStep): void => {
      if (step === 'tls') setTimeout(() => stop.abort(), 100)
    }
    const began = performance.now()
    const { reachable, steps } = await diagnose({ bootstrap: [local(ports.silent)], ...off, timeoutMs: 60_000 }, { signal: stop.signal, onStep })
    expect(performance.now() - began).toBeLessThan(5000)
    expect(reachable).toBe(false)
    expect(steps.find(({ step }) => step === 'api-versions')).toMatchObject({ outcome: 'failed', evidence: 'Cancelled', advice: '' })
  })

  it('without a word of any secret', async () => {
    const reports: unknown[] = []
    for (const { at, security } of rows.filter((row) => row.security)) {
      reports.push(await diagnose({ bootstrap: [at()], ...(security?.() ?? off), timeoutMs: STEP_MS }))
    }
    const everything = JSON.stringify([reports, said])
    expect(everything).not.toMatch(/canary|BEGIN .*KEY|open-sesame/)
    expect(said.length).toBeGreaterThan(10)
  })
})
