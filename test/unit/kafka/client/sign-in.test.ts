import { beforeEach, describe, expect, it } from 'vitest'
import { SignIn } from '../../../../src-main/kafka/client/sign-in'
import { PortError } from '../../../../src-main/ports/cluster-port'
import { FakeClock } from '../../../support/fake-clock'

/* K12.5: LDAP locks an account after 3 to 5 refusals. */

let clock: FakeClock
let signIn: SignIn
/** Brokers that were given the login, in order. */
let given: string[]

beforeEach(() => {
  clock = new FakeClock(0)
  signIn = new SignIn(clock)
  given = []
})

const refusal = (host: string) => new PortError('auth-failed', 'sasl-refused', `${host} refused the login`, 58, host)
/** A broker that takes or refuses the login after `ms`; how it ended. */
const give = (host: string, taken: boolean, ms = 10): Promise<string> =>
  signIn
    .attempt(host, async () => {
      given.push(host)
      await new Promise<void>((resolve) => clock.after(ms, resolve))
      if (!taken) throw refusal(host)
    })
    .then(
      () => 'taken',
      (error: unknown) => (error instanceof PortError ? error.host : String(error)),
    )
const settled = async (...all: Promise<string>[]): Promise<string[]> => {
  await clock.advance(20_000)
  return Promise.all(all)
}

describe('a login that no broker has taken yet', () => {
  it('is given once when it is refused, however many want to', async () => {
    const all = Array.from({ length: 10 }, (_, n) => give(`b${n}`, false))
    expect(await settled(...all)).toEqual(Array<string>(10).fill('b0'))
    expect(await settled(give('b3', true), give('b4', true))).toEqual(['b0', 'b0'])
    expect([given, signIn.isStopped, signIn.standing('b7')?.host]).toEqual([['b0'], true, 'b0'])
  })

  it('is given once more for each time that a person wants it', async () => {
    await settled(give('b0', false))
    signIn.tryAgain()
    expect([signIn.isStopped, signIn.standing('b0')]).toEqual([false, null])
    expect(await settled(give('b1', false), give('b2', false))).toEqual(['b1', 'b1'])
    signIn.tryAgain()
    expect(await settled(give('b0', true), give('b2', true))).toEqual(['taken', 'taken'])
    expect(given).toEqual(['b0', 'b1', 'b0', 'b2'])
  })

  it('is given to others at once when one has taken it, and to the next one when nothing was said', async () => {
    const others = Array.from({ length: 5 }, (_, n) => give(`b${n + 1}`, true, 100))
    await clock.advance(101)
    expect(given).toHaveLength(5)
    await settled(...others)
    signIn = new SignIn(clock)
    given = []
    const broken = signIn.attempt('b0', () => Promise.reject(new PortError('unreachable', 'reset', 'gone')))
    await expect(broken).rejects.toMatchObject({ reason: 'reset' })
    expect(await settled(give('b1', true))).toEqual(['taken'])
  })

  it('does not wait for a broker that freezes over it', async () => {
    void give('frozen', true, 600_000)
    void give('b1', true)
    await clock.advance(1_020)
    expect(given).toEqual(['frozen', 'b1'])
  })
})

describe('a login that brokers have taken', () => {
  it('stops at the one that refuses it, and goes there again once another has taken it since', async () => {
    await settled(give('b1', true))
    await settled(give('b2', false))
    expect([signIn.isStopped, signIn.standing('b2')?.host, signIn.standing('b3')]).toEqual([false, 'b2', null])
    expect(await settled(give('b2', true))).toEqual(['b2'])
    expect(await settled(give('b3', true))).toEqual(['taken'])
    expect(await settled(give('b2', true))).toEqual(['taken'])
    expect(given).toEqual(['b1', 'b2', 'b3', 'b2'])
  })

  it('stops everywhere when two refuse it in a row: it was changed', async () => {
    await settled(give('b1', true))
    const all = Array.from({ length: 10 }, (_, n) => give(`c${n}`, false))
    await settled(...all)
    expect([given, signIn.isStopped]).toEqual([['b1', 'c0', 'c1'], true])
  })
})
