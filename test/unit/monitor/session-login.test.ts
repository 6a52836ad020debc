import { describe, expect, it } from 'vitest'
import { clock, cluster, frame, headline, open, prepare, session, watchOver } from '../../support/opened-session'

/* K12.5: a refused login is given again only when a person wants it. */

watchOver()

const ALL = [1, 2, 3]
const refuse = (ids: readonly number[], refuses = true): void => {
  for (const id of ids) cluster.broker(id).refusesLogin = refuses
}
/** How many connections were made, each with the login. */
const given = (): number => cluster.asked.filter(({ what }) => what === 'connect').length
const prepareLogin = (): void => {
  prepare()
  cluster.wantsLogin = true
}
const cutAll = (): void => {
  for (const link of [...cluster.links]) link.cut('reset')
}

it('a wrong password is given once, and once more each time that a person wants it', async () => {
  prepareLogin()
  refuse(ALL)
  open()
  await clock.advance(3_600_000)
  expect(given()).toBe(1)
  expect(session.status).toMatchObject({ phase: 'lost', problem: { code: 'auth-failed', step: 'sasl' } })
  expect(session.status.nextTryAt).toBeNaN()
  session.tryAgain()
  await clock.advance(600_000)
  expect(given()).toBe(2)
  expect(session.status.nextTryAt).toBeNaN()
  refuse(ALL, false)
  session.tryAgain()
  expect(session.status.nextTryAt).toBe(clock.now())
  await clock.until('live', () => session.status.phase === 'live', 1_000)
  await clock.until('well', () => headline().level === 'well')
})

describe('a password that is changed while the cluster is open', () => {
  it('does not matter to connections that stand; when all are lost it is given twice, and a person is asked', async () => {
    prepareLogin()
    open()
    await clock.advance(10_000)
    refuse(ALL)
    await clock.advance(60_000)
    expect(session.status.phase).toBe('live')
    const before = given()
    cutAll()
    await clock.until('lost', () => session.status.phase === 'lost')
    await clock.advance(600_000)
    expect(given() - before).toBe(2)
    expect(session.status).toMatchObject({ phase: 'lost', problem: { code: 'auth-failed', step: 'sasl' } })
    expect(session.status.nextTryAt).toBeNaN()
    expect(frame().partition).toHaveLength(20)
    refuse(ALL, false)
    session.tryAgain()
    await clock.until('well', () => session.status.phase === 'live' && headline().level === 'well', 3_000)
  })

  it('of one broker stops that one and no other; it is tried when others have taken the login since', async () => {
    prepareLogin()
    open()
    await clock.advance(10_000)
    refuse([2])
    for (const link of [...cluster.links]) if (link.address.id === 2) link.cut('reset')
    await clock.advance(600_000)
    const row = () => frame().summary.brokers.find(({ id }) => id === 2)
    expect(session.status.phase).toBe('live')
    expect(row()).toMatchObject({ answers: 'no', silence: 'auth' })
    const asked = cluster.asked.filter(({ what, broker }) => what === 'connect' && broker === 2)
    expect(asked).toHaveLength(2)
    refuse([2], false)
    for (const link of [...cluster.links]) if (link.address.id === 3) link.cut('reset')
    await clock.until('back', () => row()?.answers === 'yes', 61_000)
    // And at once when a person does not want to wait.
    refuse([2])
    for (const link of [...cluster.links]) if (link.address.id === 2) link.cut('reset')
    await clock.advance(1_000)
    expect(row()?.answers).toBe('no')
    refuse([2], false)
    session.tryAgain()
    await clock.advance(500)
    expect(row()?.answers).toBe('yes')
  })
})

it('brokers that are gone are looked for by themselves, also where one refuses the login', async () => {
  prepareLogin()
  open()
  await clock.advance(10_000)
  refuse([2])
  cluster.kill(1)
  cluster.kill(3)
  for (const link of [...cluster.links]) if (link.address.id === 2) link.cut('reset')
  await clock.until('lost', () => session.status.phase === 'lost')
  cluster.revive(1)
  cluster.revive(3)
  await clock.until('live', () => session.status.phase === 'live', 10_000)
})
