import { afterEach, describe, expect, it } from 'vitest'
import { createClusterClient } from '../../../../src-main/kafka/client/cluster-client'
import type { ClusterPort } from '../../../../src-main/ports/cluster-port'
import { ApiKey } from '../../../../src-main/shared/api-keys'
import { Writer } from '../../../../src-main/kafka/wire/writer'
import { startWireBroker } from '../../../support/wire-broker'
import type { Question, WireBroker } from '../../../support/wire-broker'

/* K12.5 on the wire: how often a password leaves this machine. */

const SASL_AUTHENTICATE = 36
const REFUSED = 58

let brokers: WireBroker[] = []
let port: ClusterPort
/** Whether each broker takes the login. */
let takes: boolean[] = []
afterEach(async () => {
  await port.close()
  for (const broker of brokers) await broker.close()
})

function handshake(): Uint8Array {
  const w = new Writer('SaslHandshake', false)
  w.int16(0, 'ErrorCode')
  w.array(['PLAIN'], 'Mechanisms', (name) => w.string(name, 'Mechanisms'))
  return w.finish()
}

function authenticated(taken: boolean, version: number): Uint8Array {
  const w = new Writer('SaslAuthenticate', false)
  w.int16(taken ? 0 : REFUSED, 'ErrorCode')
  w.nullableString(taken ? null : 'Authentication failed', 'ErrorMessage')
  w.int32(0, 'AuthBytes')
  if (version >= 1) w.int64(0, 'SessionLifetimeMs')
  return w.finish()
}

const answer =
  (index: number) =>
  (question: Question): boolean => {
    if (question.apiKey === ApiKey.SaslHandshake) question.answer(handshake())
    else if (question.apiKey === SASL_AUTHENTICATE)
      question.answer(authenticated(takes[index] === true, question.apiVersion))
    else return false
    return true
  }

async function prepare(taken: readonly boolean[]): Promise<void> {
  takes = [...taken]
  brokers = await Promise.all(taken.map((_, index) => startWireBroker(answer(index))))
  port = createClusterClient({
    bootstrap: brokers,
    tls: null,
    sasl: { mechanism: 'plain', username: 'ops', password: 'wrong' },
  })
}

/** Passwords that came in, by broker. */
const given = (): number[] =>
  brokers.map(({ questions }) => questions.filter(({ apiKey }) => apiKey === SASL_AUTHENTICATE).length)
const connections = (): number =>
  brokers.reduce((sum, { questions }) => sum + new Set(questions.map(({ connection }) => connection)).size, 0)
const linkTo = (index: number) => {
  const { host, port: at } = brokers[index]!
  return port.link({ id: index, host, port: at, rack: null })
}

describe('a wrong password', () => {
  it('is given to one of three bootstrap addresses, and to nobody after that', async () => {
    await prepare([false, false, false])
    await expect(port.open(5_000)).rejects.toMatchObject({ code: 'auth-failed', reason: 'sasl-refused' })
    expect([given(), connections(), port.loginStopped]).toEqual([[1, 0, 0], 1, true])
    await expect(port.open(5_000)).rejects.toMatchObject({ reason: 'sasl-refused' })
    for (const index of [0, 1, 2])
      await expect(linkTo(index).connect(5_000)).rejects.toMatchObject({ reason: 'sasl-refused' })
    expect([given(), connections()]).toEqual([[1, 0, 0], 1])
  })

  it('is given to another one when a person tries it again', async () => {
    await prepare([false, true])
    await expect(port.open(5_000)).rejects.toMatchObject({ reason: 'sasl-refused' })
    port.tryAgain()
    expect((await port.open(5_000)).brokers.length).toBeGreaterThan(0)
    expect([given(), port.loginStopped]).toEqual([[1, 1], false])
  })
})

it('a broker that refuses what the others take is alone with that', async () => {
  await prepare([true, false, true])
  await port.open(5_000)
  await expect(linkTo(1).connect(5_000)).rejects.toMatchObject({ reason: 'sasl-refused' })
  await expect(linkTo(1).connect(5_000)).rejects.toMatchObject({ reason: 'sasl-refused' })
  expect(given()).toEqual([1, 1, 0])
  // The login is given to one more broker before it is given to that one again.
  await linkTo(2)
    .connect(5_000)
    .catch(() => undefined)
  takes[1] = true
  await linkTo(1)
    .connect(5_000)
    .catch(() => undefined)
  expect([given(), port.loginStopped]).toEqual([[1, 2, 1], false])
})
