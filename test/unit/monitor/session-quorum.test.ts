import { describe, expect, it } from 'vitest'
import type { AgreementView, QuorumReport, ShortIsrView } from '../../../src-main/contract/quorum'
import { clock, cluster, open, prepare, session, start, watchOver } from '../../support/opened-session'

watchOver()

const state = (): string => session.controllers.quorum().state
const known = () => clock.until('the quorum', () => state() === 'leads', 5_000)
function report(): QuorumReport {
  const view = session.controllers.quorum()
  if (view.state === 'leads') return view.report
  throw new Error(`the quorum is ${view.state}`)
}
function agreement(): AgreementView {
  const view = session.controllers.agreement()
  if (view === null) throw new Error('nothing was read yet')
  return view
}
function shortIsr(): ShortIsrView {
  const view = session.controllers.shortIsr()
  if (view === null) throw new Error('nothing was read yet')
  return view
}

describe('the quorum', () => {
  it('is told whole: voters and observers, how far behind, by the clock of its leader', async () => {
    prepare()
    Object.assign(cluster, { controller: 101, voters: [101, 102, 103] })
    for (const id of [102, 103]) cluster.heard.add(id)
    cluster.fetchAges.set(102, 2_400).set(2, 500)
    cluster.controllersLag.set(2, 4)
    open()
    expect(session.controllers.quorum()).toMatchObject({ state: 'unknown', why: 'not-asked', last: null })
    expect(session.controllers.shortIsr()).toBeNull()
    expect(session.controllers.agreement()).toBeNull()
    await clock.advance(500)
    await known()
    expect(report()).toMatchObject({
      leader: 101,
      leaderEpoch: 1,
      sawItBegin: false,
      voters: 3,
      majority: 2,
      inStep: 2,
      mayLose: { atLeast: 0, atMost: 1 },
      logEndOffset: 10,
    })
    expect(report().members.map(({ id, votes, following, behind }) => [id, votes, following, behind])).toEqual([
      [101, true, 'leads', 0],
      [102, true, 'late', 0],
      [103, true, 'in-step', 0],
      [1, false, 'in-step', 0],
      [2, false, 'in-step', 4],
      [3, false, 'in-step', 0],
    ])
  })

  it('without an answer: unknown, then silent since the first question, with what was told last; another leader is seen to begin', async () => {
    await start()
    await known()
    const before = report()
    cluster.controllerDown = true
    const downAt = clock.now()
    await clock.until('unknown', () => state() === 'unknown', 15_000)
    expect(session.controllers.quorum()).toMatchObject({ why: 'no-answer', last: { leader: 1 } })
    await clock.until('silent', () => state() === 'silent', 5_000)
    const silent = session.controllers.quorum()
    if (silent.state !== 'silent') throw new Error('not silent')
    expect(silent.since - downAt).toBeGreaterThanOrEqual(0)
    expect(silent.since - downAt).toBeLessThanOrEqual(3_000)
    expect(silent.last?.readAt).toBe(before.readAt)
    Object.assign(cluster, { controllerDown: false, controller: 2, controllerEpoch: 2 })
    await clock.until('a leader again', () => state() === 'leads', 10_000)
    expect(report()).toMatchObject({ leader: 2, leaderEpoch: 2, sawItBegin: true, seenSince: report().readAt })
  })

  it('that may not be read says so, and keeps no old one for it', async () => {
    prepare()
    for (const one of cluster.brokers.values()) one.errors.set('quorum', 31)
    open()
    await clock.until('refused', () => session.controllers.quorum().state === 'unknown' && refused(), 5_000)
    expect(session.controllers.quorum()).toMatchObject({ state: 'unknown', why: 'not-authorized', last: null })
    function refused(): boolean {
      const view = session.controllers.quorum()
      return view.state === 'unknown' && view.why === 'not-authorized'
    }
  })

  it('is none in ZooKeeper mode, where one of the brokers is the controller', async () => {
    prepare()
    for (const one of cluster.brokers.values())
      one.versions = new Map([
        [3, 9],
        [4, 5],
        [18, 3],
        [2, 6],
        [32, 3],
        [45, 0],
      ])
    open()
    await clock.advance(4_000)
    expect(session.controllers.quorum()).toEqual({ state: 'none', controller: 1 })
  })
})

describe('partitions with a short ISR', () => {
  it('have their ELR beside them, with when and from whom it was read', async () => {
    await start()
    const one = cluster.partition('topic-00002', 1)
    Object.assign(one, { isr: [one.leader], elr: one.replicas.slice(1, 2) })
    cluster.touch()
    await clock.until('the ELR', () => shortIsr().withElr === 1, 10_000)
    const view = shortIsr()
    expect(view).toMatchObject({ elr: true, refused: '', total: 1, partitions: 20 })
    const [row] = view.rows
    expect(row).toMatchObject({ topic: 'topic-00002', partition: 1, isr: [one.leader], elr: one.elr, breaches: [] })
    expect(row!.elrBroker).toBeGreaterThan(0)
    expect(clock.now() - row!.elrReadAt).toBeLessThan(3_000)
    // The ISR is large enough again: the next Metadata is newer than the ELR, for a moment.
    Object.assign(one, { isr: one.replicas.slice(0, 2), elr: [] })
    cluster.touch()
    await clock.until('the ISR', () => shortIsr().rows[0]?.isr.length === 2, 5_000)
    await clock.until('no breach', () => shortIsr().rows[0]?.breaches.length === 0, 5_000)
    expect(shortIsr().withElr).toBe(0)
  })

  it('say that it may not be read', async () => {
    prepare()
    for (const one of cluster.brokers.values()) one.errors.set('elr', 29)
    open()
    await clock.advance(500)
    const one = cluster.partition('topic-00002', 1)
    one.isr = [one.leader]
    cluster.touch()
    await clock.until('refused', () => shortIsr().refused === 'not-authorized', 10_000)
    expect(shortIsr().rows[0]).toMatchObject({ elr: null, elrReadAt: NaN })
  })
})

describe('agreement', () => {
  it('names the broker with the old view, in which partitions, since when, and asks nothing more for it', async () => {
    prepare()
    cluster.metadataOffset = 100
    open()
    await clock.advance(3_000)
    expect(agreement()).toMatchObject({ rows: [], total: 0, lists: [] })
    expect(agreement().words.map(({ broker }) => broker)).toEqual([1, 2, 3])
    expect(agreement().compared).toHaveLength(2)
    const asked = (): number => cluster.asked.filter(({ what }) => what === 'metadata').length
    const before = asked()
    const at = clock.now()
    cluster.broker(3).stale = cluster.metadata(3)
    const one = cluster.partition('topic-00001', 0)
    one.isr = one.replicas.slice(0, 2)
    cluster.touch()
    await clock.until('a dispute', () => agreement().rows.length > 0, 10_000)
    const [row] = agreement().rows
    expect(row).toMatchObject({
      topic: 'topic-00001',
      partition: 0,
      broker: 3,
      why: 'offset',
      said: { isr: one.replicas },
      counts: { isr: one.replicas.slice(0, 2) },
    })
    expect(row!.since).toBeGreaterThanOrEqual(at)
    await clock.advance(5_000)
    const word = agreement().words.find(({ broker }) => broker === 3)!
    expect(word.behind).toBeGreaterThanOrEqual(1)
    expect(word.behindReadings).toBeGreaterThanOrEqual(2)
    expect(word.behindSince).toBeGreaterThanOrEqual(at)
    expect(agreement().broker).not.toBe(3)
    // One question an interval, and a second opinion about once a second.
    expect((asked() - before) / ((clock.now() - at) / 1_000)).toBeLessThanOrEqual(5.5)
    cluster.broker(3).stale = null
    await clock.until('agreed', () => agreement().total === 0, 10_000)
  })

  it('says which broker does not list a topic', async () => {
    await start()
    await clock.advance(2_000)
    cluster.broker(2).stale = cluster.metadata(2)
    cluster.createTopic('brand-new')
    await clock.until('a list', () => agreement().lists.length > 0, 20_000)
    const [list] = agreement().lists
    const isOld = list!.broker === 2
    expect(isOld ? list!.lacks : list!.has).toEqual(['brand-new'])
  })
})
