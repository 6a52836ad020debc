import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DoctorStep } from '../../src-main/contract/profiles'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { PortError } from '../../src-main/ports/cluster-port'
import { diagnose } from '../../src-main/kafka/doctor/diagnose'
import { passphrase } from '../support/certificates'
import { openConnectStage } from '../support/connect-stage'
import type { ConnectStage, Security } from '../support/connect-stage'
import type { ListenerName } from '../support/secured-broker'
import { took } from '../support/stall-watch'
import { local, wrongConnections } from '../support/wrong-connections'
import { endings } from '../support/endings'

/** Limits for whoever does not answer: they are waited for to their end. */
const OPEN_MS = 2000
const STEP_MS = 1500
/** For whoever does, in its own time: a broker holds a refused password back for a third of a second, and a busy machine everything for longer. */
const PATIENT_MS = 20_000
const off: Security = { tls: null, sasl: null }

const opened = endings()
let stage: ConnectStage
beforeAll(async () => {
  stage = await openConnectStage()
  opened.add(() => stage.close())
})
afterAll(opened.all)

/** Opens and closes; what the log said is kept, to be searched for secrets. */
const said: string[] = []
async function open(address: string, security: Security, limitMs = PATIENT_MS): Promise<number> {
  const bootstrap = parseBootstrap([address])
  if (!bootstrap.ok) throw new Error(bootstrap.error.message)
  const client = createClusterClient({
    bootstrap: bootstrap.value,
    ...security,
    log: (sentence) => void said.push(sentence),
  })
  try {
    return (await client.open(limitMs)).brokers.length
  } finally {
    await client.close()
  }
}

describe('what must work', () => {
  it.each<[string, ListenerName, (stage: ConnectStage) => Security]>([
    ['plaintext', 'plaintext', () => off],
    ['TLS', 'ssl', ({ tls }) => ({ tls: tls(), sasl: null })],
    [
      'TLS with the name expected elsewhere',
      'ssl',
      ({ tls }) => ({ tls: tls({ serverName: 'localhost' }), sasl: null }),
    ],
    ['mutual TLS', 'mtls', ({ broker, tls }) => ({ tls: tls(broker.certificates.client), sasl: null })],
    [
      'mutual TLS with a locked key',
      'mtls',
      ({ broker, tls }) => ({
        tls: tls({ cert: broker.certificates.client.cert, key: broker.certificates.encryptedClientKey, passphrase }),
        sasl: null,
      }),
    ],
    ['SASL PLAIN', 'sasl_plaintext', ({ sasl }) => ({ tls: null, sasl: sasl('plain') })],
    ['SCRAM-SHA-256', 'sasl_plaintext', ({ sasl }) => ({ tls: null, sasl: sasl('scram-sha-256') })],
    ['SCRAM-SHA-512', 'sasl_plaintext', ({ sasl }) => ({ tls: null, sasl: sasl('scram-sha-512') })],
    ['SASL PLAIN over TLS', 'sasl_ssl', ({ tls, sasl }) => ({ tls: tls(), sasl: sasl('plain') })],
    ['SCRAM-SHA-512 over TLS', 'sasl_ssl', ({ tls, sasl }) => ({ tls: tls(), sasl: sasl('scram-sha-512') })],
  ])('%s opens, and the doctor has no complaint', async (_name, listener, security) => {
    const address = `127.0.0.1:${stage.broker.ports[listener]}`
    await expect(open(address, security(stage))).resolves.toBe(1)
    const { reachable, steps } = await diagnose({ bootstrap: [address], ...security(stage), timeoutMs: PATIENT_MS })
    expect(steps.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped')).toEqual([])
    expect(reachable).toBe(true)
    const outcome = (name: string): string | undefined => steps.find(({ step }) => step === name)?.outcome
    // The certificates of this test are made for two days.
    expect([outcome('tls'), outcome('sasl')]).toEqual([
      security(stage).tls ? 'warning' : 'not-used',
      security(stage).sasl ? 'ok' : 'not-used',
    ])
  })

  it('the name localhost works, whichever address it is tried by first', async () => {
    await expect(open(`localhost:${stage.broker.ports.plaintext}`, off)).resolves.toBe(1)
    await expect(open(`localhost:${stage.broker.ports.ssl}`, { tls: stage.tls(), sasl: null })).resolves.toBe(1)
  })
})

describe('what is wrong is said', () => {
  it.each(wrongConnections)('$wrong: by the client', async ({ at, security, client }) => {
    const limitMs = client?.[1] === 'timeout' ? OPEN_MS : PATIENT_MS
    const opening = open(at(stage), security?.(stage) ?? off, limitMs)
    const inTime = took(opening)
    const error = await opening.then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(await inTime).toBeLessThan(limitMs + 400)
    if (client === null) {
      expect(error).toBeNull()
      return
    }
    expect(error).toBeInstanceOf(PortError)
    expect(error).toMatchObject({ code: client[0], kind: client[1] })
    if (error instanceof PortError && error.host !== '') expect(error.message).toContain(at(stage))
  })

  it.each(wrongConnections)('$wrong: by the doctor', async ({ at, security, client, doctor, evidence }) => {
    const heard: DoctorStep[] = []
    const options = {
      bootstrap: [at(stage)],
      ...(security?.(stage) ?? off),
      timeoutMs: client?.[1] === 'timeout' ? STEP_MS : PATIENT_MS,
    }
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
    const bootstrap = [local(1), local(stage.broker.ports.plaintext)]
    const { reachable, steps } = await diagnose({ bootstrap, ...off, timeoutMs: PATIENT_MS })
    expect(reachable).toBe(true)
    expect(steps[0]).toMatchObject({
      outcome: 'warning',
      advice: 'other-address-failed',
      evidence: expect.stringContaining('127.0.0.1:1 refused the connection') as string,
    })
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
    const diagnosing = diagnose(
      { bootstrap: [local(stage.ports.silent)], ...off, timeoutMs: 60_000 },
      { signal: stop.signal, onStep },
    )
    const inTime = took(diagnosing)
    const { reachable, steps } = await diagnosing
    expect(await inTime).toBeLessThan(10_000)
    expect(reachable).toBe(false)
    expect(steps.find(({ step }) => step === 'api-versions')).toMatchObject({
      outcome: 'failed',
      evidence: 'Cancelled',
      advice: '',
    })
  })

  it('without a word of any secret', async () => {
    const reports: unknown[] = []
    for (const { at, security } of wrongConnections.filter((row) => row.security)) {
      reports.push(await diagnose({ bootstrap: [at(stage)], ...(security?.(stage) ?? off), timeoutMs: STEP_MS }))
    }
    const everything = JSON.stringify([reports, said])
    expect(everything).not.toMatch(/canary|BEGIN .*KEY|open-sesame/)
    expect(said.length).toBeGreaterThan(10)
  })
})
