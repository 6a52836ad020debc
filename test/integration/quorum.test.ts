/**
 * The controllers' quorum, ELRs and agreement on real brokers: three separate controllers and three brokers with a relay between them, so that one broker can be cut off from the
 * controllers alone. What is said is held against what was done: which controller was killed, which replica was in the ELR, which broker was cut off.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSampleStore } from '../../src-main/history/samples'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { createClock } from '../../src-main/ports/clock'
import type { AgreementView, QuorumReport, ShortIsrView } from '../../src-main/contract/quorum'
import { createSession } from '../../src-main/monitor/session'
import type { ClusterSession } from '../../src-main/monitor/session'
import { plainShape, startSandbox, until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { endings } from '../support/endings'

const SAFE = 'safe'
const PLAIN = 'plain'
const SEEN_MS = 60_000

const opened = endings()
const said: string[] = []
const tell = (line: string): void => void said.push(`  ${line}`)
let sandbox: Sandbox
let session: ClusterSession

beforeAll(async () => {
  sandbox = await startSandbox({
    label: 'quorum',
    shape: { ...plainShape(), relay: true },
    controllerCount: 3,
    steadyTraffic: false,
    topics: [
      { name: SAFE, assignment: [[1, 2]], configs: { 'min.insync.replicas': '2' } },
      {
        name: PLAIN,
        assignment: Array.from({ length: 12 }, (_, at) => [1 + (at % 3), 1 + ((at + 1) % 3)]),
        configs: {},
      },
    ],
  })
  opened.add(() => sandbox.close())
  const bootstrap = parseBootstrap([sandbox.cluster.bootstrap])
  if (!bootstrap.ok) throw new Error(bootstrap.error.message)
  session = createSession({
    cluster: 'c',
    port: createClusterClient({ bootstrap: bootstrap.value, tls: null, sasl: null }),
    clock: createClock(),
    busyMs: () => 0,
    intervalMs: 250,
    samples: createSampleStore(),
    onError: (cause) => {
      throw cause
    },
  })
  opened.add(() => session.close())
  await until('a controller to lead', SEEN_MS, () => report())
})

afterAll(async () => {
  process.stdout.write(`${said.join('\n')}\n`)
  await opened.all()
})

/** null while no controller answers. */
function report(): QuorumReport | null {
  const view = session.controllers.quorum()
  return view.state === 'leads' ? view.report : null
}
const followingOf = (id: number): string | undefined => report()?.members.find((one) => one.id === id)?.following
const shortIsr = (): ShortIsrView | null => session.controllers.shortIsr()
const agreement = (): AgreementView | null => session.controllers.agreement()
const ids = (): number[] => sandbox.cluster.controllers().map(({ id }) => id)

describe('the quorum', () => {
  it('is told whole, with the clock of its leader', async () => {
    const told = await until('all in step', SEEN_MS, () => {
      const now = report()
      return now !== null && now.inStep === 3 && now.members.length === 6 ? now : null
    })
    expect(
      told.members
        .filter(({ votes }) => votes)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids().sort())
    expect(told.members.filter(({ votes }) => !votes).map(({ id }) => id)).toEqual([1, 2, 3])
    expect(told).toMatchObject({ voters: 3, majority: 2, mayLose: { atLeast: 1, atMost: 1 }, remark: '' })
    expect(told.highWatermark).toBeLessThanOrEqual(told.logEndOffset)
    for (const { fetchAgeMs, behind } of told.members) {
      expect(fetchAgeMs).toBeLessThan(2_000)
      expect(behind).toBeLessThan(50)
    }
  })

  it('sees another leader in a higher epoch when its leader is killed, and the dead one go late, then silent', async () => {
    const before = report()!
    await sandbox.cluster.kill(before.leader)
    const next = await until('another leader', SEEN_MS, () => {
      const now = report()
      return now !== null && now.leaderEpoch > before.leaderEpoch ? now : null
    })
    expect(next.leader).not.toBe(before.leader)
    tell(
      `leader ${before.leader} of epoch ${before.leaderEpoch} killed: ${next.leader} leads in ${next.leaderEpoch}, ${followingOf(before.leader)} the dead one`,
    )
    expect(next.sawItBegin).toBe(true)
    expect(['never', 'late', 'silent']).toContain(followingOf(before.leader))
    const now = await until('two in step', SEEN_MS, () => (report()?.inStep === 2 ? report() : null))
    expect(now.mayLose).toEqual({ atLeast: 0, atMost: 0 })
    await sandbox.cluster.restart(before.leader)
    await until('three in step again', SEEN_MS, () => (report()?.inStep === 3 ? true : null))
  })

  it('that has lost its majority is silent after some questions, with what was told last; and leads again', async () => {
    const [first, second] = ids()
    await sandbox.cluster.freeze(first!)
    await sandbox.cluster.freeze(second!)
    const view = await until('silence', SEEN_MS, () => {
      const now = session.controllers.quorum()
      return now.state === 'silent' ? now : null
    })
    expect(view.asked.length).toBeGreaterThan(1)
    expect(view.last?.voters).toBe(3)
    tell(`two of three controllers frozen: silent, brokers asked ${view.asked.join(' ')}`)
    await sandbox.cluster.thaw(first!)
    await sandbox.cluster.thaw(second!)
    await until('a leader again', SEEN_MS, () => report())
  })
})

describe('ELR', () => {
  it('is beside the ISR once that is below min ISR, without a breach of what Kafka keeps true', async () => {
    expect(shortIsr()?.elr).toBe(true)
    await sandbox.cluster.freeze(2)
    const view = await until('an ELR', SEEN_MS, () => {
      const now = shortIsr()
      return now?.rows.some(({ topic, elr }) => topic === SAFE && elr?.includes(2) === true) === true ? now : null
    })
    const row = view.rows.find(({ topic }) => topic === SAFE)!
    expect(row).toMatchObject({ leader: 1, isr: [1], elr: [2], lastKnownLeader: -1, minIsr: 2, breaches: [] })
    await sandbox.cluster.kill(1)
    const lost = await until('no leader', SEEN_MS, () => {
      const now = shortIsr()?.rows.find(({ topic }) => topic === SAFE)
      return now?.leader === -1 && now.lastKnownLeader >= 0 && now.breaches.length === 0 ? now : null
    })
    expect(lost).toMatchObject({ isr: [], lastKnownLeader: 1 })
    tell(
      `ISR ${row.isr.join(' ')} and ELR ${row.elr!.join(' ')} with min ISR ${row.minIsr}; then no leader, ISR empty, ELR ${lost.elr!.join(' ')}, last leader ${lost.lastKnownLeader}; ${row.breaches.length + lost.breaches.length} breaches`,
    )
    await sandbox.cluster.thaw(2)
    await sandbox.cluster.restart(1)
    await until('all in sync', 2 * SEEN_MS, () => (shortIsr()?.total === 0 ? true : null))
  })
})

describe('agreement', () => {
  it('is there, as far as was compared, and no broker is behind for two answers in a row', async () => {
    await until('comparisons', SEEN_MS, () =>
      agreement()?.words.every(({ comparedAt }) => !Number.isNaN(comparedAt)) === true ? true : null,
    )
    expect(agreement()).toMatchObject({ total: 0, lists: [] })
    expect(agreement()!.words.map(({ broker }) => broker)).toEqual([1, 2, 3])
    for (const { offset } of agreement()!.words) expect(offset).toBeGreaterThan(0)
  })

  it('names the broker that is cut off from the controllers, in which partitions, and that the others count', async () => {
    sandbox.cluster.cutOff(3)
    const view = await until('a difference', SEEN_MS, () => ((agreement()?.rows.length ?? 0) > 0 ? agreement() : null))
    expect(new Set(view.rows.map(({ broker }) => broker))).toEqual(new Set([3]))
    for (const { said, counts, why } of view.rows) {
      expect(why).toBe('offset')
      expect(counts.leaderEpoch).toBeGreaterThanOrEqual(said.leaderEpoch)
      expect(counts.isr).not.toContain(3)
    }
    const word = await until('its offset', SEEN_MS, () => {
      const now = agreement()?.words.find(({ broker }) => broker === 3)
      return now !== undefined && now.behindReadings >= 2 ? now : null
    })
    expect(word.behind).toBeGreaterThan(0)
    tell(
      `broker 3 cut off: it alone differs, in ${view.rows.length} partitions, ${word.behind} records of the controllers' log behind over ${word.behindReadings} answers`,
    )
    expect(view.lists.every(({ broker }) => broker === 3)).toBe(true)
    expect(followingOf(3)).not.toBe('in-step')
    sandbox.cluster.reconnect(3)
    await until('agreement again', 2 * SEEN_MS, () => (agreement()?.total === 0 ? true : null))
  })
})
