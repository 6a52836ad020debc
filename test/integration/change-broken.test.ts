/** Changes while the cluster breaks at the worst moment: each ends in a state that is true, by its journal and by the cluster's own word. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Checkpoint } from '../../src-main/change/book/checkpoints'
import { until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { healthy } from '../../tools/sandbox/sandbox'
import { secondWriter } from '../../tools/sandbox/second-writer'
import { hookedCluster, LOST } from '../support/change-hooks'
import { agree, changeSteps, must, on, set } from '../support/change-steps'
import { openRealChanges } from '../support/real-changes'
import type { RealChanges } from '../support/real-changes'
import { endings } from '../support/endings'
import { borrowSandbox } from '../support/shared-sandbox'
import { electionPlan } from '../support/plan-kinds'

const KEY = 'compression.type'
const LZ4 = set(KEY, 'lz4')
const folder = mkdtempSync(join(tmpdir(), 'hw-broken-'))
const file = join(folder, 'journal.db')
const everywhere = [[1, 2, 3]]
const { hook, clear, reach, between } = hookedCluster()
const opened = endings()
let sandbox: Sandbox
let real: RealChanges
const steps = changeSteps(() => real)
const { view, confirmed, applied, rested, lines } = steps

async function openRun(): Promise<void> {
  real = await openRealChanges(sandbox.cluster.bootstrap, { file, reach, between })
  must(real.changes.arm('real', true))
}
const running = (): number[] =>
  sandbox.cluster
    .brokers()
    .filter(({ state }) => state === 'running')
    .map(({ id }) => id)
const agreed = (id: string): Promise<void> =>
  agree(real, sandbox.admin, id, { key: KEY, value: 'lz4', brokers: running() })
/** Who was asked, by the line that was written before. */
const asked = (id: string): number => {
  const event = must(real.changes.rows(id)).rows.findLast((row) => row.event.type === 'sending')?.event
  return event?.type === 'sending' ? event.broker! : -1
}

beforeAll(async () => {
  sandbox = await borrowSandbox({
    steadyTraffic: false,
    topics: [
      ...[
        'b.lost',
        'b.bystander',
        'b.all',
        'b.controller',
        'b.after',
        'b.again',
        'b.alike',
        'b.gone-first',
        'b.gone-later',
        'b.gone-lost',
        'b.second',
        'b.disk',
        'b.other',
        'b.one',
        'b.two',
        'b.three',
        'b.four',
      ].map((name) => ({ name, assignment: everywhere, configs: { 'min.insync.replicas': '2' } })),
      { name: 'b.worse', assignment: everywhere, configs: { 'min.insync.replicas': '3' } },
      ...['b.rest-1', 'b.rest-2'].map((name) => ({
        name,
        assignment: everywhere,
        configs: { 'min.insync.replicas': '1' },
      })),
      { name: 'b.leaders', assignment: [...everywhere, ...everywhere], configs: {} },
    ],
  })
  opened.add(() => sandbox.close())
  await openRun()
  opened.add(() => real.close())
})

afterAll(async () => {
  await opened.all()
  rmSync(folder, { recursive: true, force: true })
})

/** The next test begins on a cluster that is well, by its own word and by what Highwater reads. */
afterEach(async () => {
  clear()
  for (const { id, state } of [...sandbox.cluster.controllers(), ...sandbox.cluster.brokers()]) {
    if (state === 'frozen') await sandbox.cluster.thaw(id)
    if (state === 'dead') await sandbox.cluster.restart(id)
  }
  await until('every replica to be in sync', 180_000, () => healthy(sandbox.cluster, sandbox.admin, []))
  await until('every broker to answer', 120_000, async () => {
    const answering = [...real.session.inside.facts().values()].filter(({ answers }) => answers === 'yes')
    return answering.length === 3 && (await real.session.inside.freshReading(5_000)) ? true : null
  })
})

describe('a broker that freezes', () => {
  it('after it has carried the write out: another one tells that it is there', async () => {
    hook({
      send: async (send, broker) => {
        await send()
        await sandbox.cluster.freeze(broker)
        throw LOST
      },
    })
    const change = await applied(on(['b.lost'], LZ4), ['verified'])
    const silent = asked(change.id)
    expect(change.results).toEqual([
      { topic: 'b.lost', partition: -1, outcome: 'applied', error: 0, message: { id: 'result.as-planned', args: {} } },
    ])
    expect(change.verification).toMatchObject({ outcome: 'verified', brokers: [1, 2, 3].filter((id) => id !== silent) })
    expect(lines(change.id)).toEqual(['applying', 'sending', 'answered', 'settled', 'stopped', 'ended', 'verified'])
    // Nothing was held back by the trouble that the journal tells of.
    expect(change.problem).toBeNull()
    await agreed(change.id)
  })

  it('without being asked: the change holds, seen on the two others', async () => {
    let silent = -1
    hook({
      send: async (send, broker) => {
        silent = [1, 2, 3].find((id) => id !== broker)!
        await sandbox.cluster.freeze(silent)
        return send()
      },
    })
    const change = await applied(on(['b.bystander'], LZ4), ['verified'])
    expect(change.verification).toMatchObject({ outcome: 'verified', brokers: [1, 2, 3].filter((id) => id !== silent) })
    expect(lines(change.id)).toEqual(['applying', 'sending', 'answered', 'ended', 'verified'])
    await agreed(change.id)
  })

  it('with all others: nothing is known, also after a restart, until they answer again', async () => {
    hook({
      send: async (send) => {
        for (const id of [1, 2, 3]) await sandbox.cluster.freeze(id)
        return send()
      },
    })
    const { id, results, next } = await applied(on(['b.all'], LZ4), ['unknown'])
    expect(results).toMatchObject([
      {
        outcome: 'unknown',
        message: { id: 'result.may-come', args: { broker: asked(id) } },
      },
    ])
    expect(next).toEqual(['settle'])
    await real.close()
    for (const broker of [1, 2, 3]) await sandbox.cluster.thaw(broker)
    await openRun()
    expect(view(id)).toMatchObject({ state: 'unknown', next: ['settle'] })
    real.changes.clusterLive('real')
    const known = await rested(id, ['verified', 'watched', 'failed'])
    expect(lines(id).filter((type) => type === 'sending')).toHaveLength(1)
    expect(known.problem === null).toBe(known.state !== 'failed')
    await agreed(id)
  })
})

describe('the controller', () => {
  it('killed before the write reaches it: not known until it is back, then told', async () => {
    const [controller] = sandbox.cluster.controllers()
    hook({
      send: async (send) => {
        await sandbox.cluster.kill(controller!.id)
        return send()
      },
    })
    const { id, results } = await applied(on(['b.controller'], LZ4), ['unknown'])
    expect(results).toMatchObject([
      {
        topic: 'b.controller',
        outcome: 'unknown',
        message: { id: 'result.may-come' },
      },
    ])
    await sandbox.cluster.restart(controller!.id)
    await rested(id, ['verified', 'failed'])
    expect(lines(id).filter((type) => type === 'sending')).toHaveLength(1)
    await agreed(id)
  })

  it('killed after it has answered: the change holds', async () => {
    const [controller] = sandbox.cluster.controllers()
    hook({
      send: async (send) => {
        const answer = await send()
        await sandbox.cluster.kill(controller!.id)
        return answer
      },
    })
    // Brokers fetch what the controller has committed: until it is back they may not have it, and then that is what is told.
    const { id, results, verification } = await applied(on(['b.after'], LZ4), ['verified', 'applied'])
    expect(results).toMatchObject([{ outcome: 'applied' }])
    const shows = async (broker: number): Promise<boolean> =>
      (await sandbox.admin.overrides('b.after', broker))[KEY] === 'lz4'
    const lacking = verification!.differences.map(({ broker }) => broker)
    expect(verification!.brokers.length + lacking.length).toBeGreaterThanOrEqual(2)
    for (const broker of verification!.brokers) expect(await shows(broker)).toBe(true)
    for (const broker of lacking) expect(await shows(broker)).toBe(false)
    await sandbox.cluster.restart(controller!.id)
    await until(
      'it to be seen to hold',
      120_000,
      async () => must(await real.changes.verify(id)).verification!.outcome === 'verified' || null,
    )
    await agreed(id)
  })
})

describe('a topic', () => {
  const remove = (name: string): Promise<void> => sandbox.admin.deleteTopic(name)
  const create = async (name: string, configs: Record<string, string>): Promise<void> => {
    await remove(name)
    const topics = [{ name, assignment: everywhere, configs }]
    await sandbox.admin.createTopics(topics)
    await until('it to be in sync', 60_000, () => healthy(sandbox.cluster, sandbox.admin, topics))
  }

  it('deleted and made anew with other settings between plan and apply is not written to', async () => {
    const id = await confirmed(on(['b.again'], LZ4))
    await create('b.again', { 'min.insync.replicas': '1' })
    must(await real.changes.apply(id))
    const { conflict, next } = await rested(id, ['conflict'])
    // Nothing of another topic is compared.
    expect(conflict).toMatchObject({ kind: 'plan', anew: ['b.again'], gone: [], config: [], replication: [] })
    expect(next[0]).toBe('plan')
    expect(lines(id)).toEqual(['applying', 'conflicted'])
    await agreed(id)
  })

  it('made anew just as it was is not written to either, and what was changed is not taken back on another topic', async () => {
    const id = await confirmed(on(['b.alike'], LZ4))
    await create('b.alike', { 'min.insync.replicas': '2' })
    must(await real.changes.apply(id))
    expect((await rested(id, ['conflict'])).conflict).toMatchObject({ anew: ['b.alike'], config: [] })
    const { id: again } = await applied(on(['b.alike'], LZ4), ['verified'])
    await agreed(again)
    await create('b.alike', { 'min.insync.replicas': '2', [KEY]: 'lz4' })
    const undo = must(await real.changes.undo({ id: again, cluster: 'real' }))
    expect(undo).toMatchObject({
      needs: { kind: 'never' },
      conflict: { kind: 'undo', anew: ['b.alike'], gone: [], config: [] },
    })
  })

  const gone = [{ topic: 'b.gone-first', partition: -1, outcome: 'refused', error: 3 }]
  it('deleted before the broker reads the write: refused in its words', async () => {
    hook({
      send: async (send) => {
        await remove('b.gone-first')
        return send()
      },
    })
    const change = await applied(on(['b.gone-first'], LZ4), ['failed'])
    expect(change.results).toMatchObject(gone)
    expect(change.results[0]!.message).toMatchObject({ id: 'said' })
    expect(lines(change.id)).toEqual(['applying', 'sending', 'answered', 'ended'])
  })

  it('deleted after the broker has carried the write out: applied, and verifying says that it is not there', async () => {
    hook({
      send: async (send) => {
        const answer = await send()
        await remove('b.gone-later')
        return answer
      },
    })
    const change = await applied(on(['b.gone-later'], LZ4), ['applied'])
    expect(change).toMatchObject({
      results: [{ outcome: 'applied' }],
      verification: { outcome: 'differs', brokers: [] },
    })
    expect(change.verification!.differences.map(({ topic, key }) => [topic, key])).toEqual(
      [1, 2, 3].map(() => ['b.gone-later', '']),
    )
  })

  it('deleted while the answer is lost: told as gone', async () => {
    hook({
      send: async (send) => {
        await send()
        await remove('b.gone-lost')
        throw LOST
      },
    })
    const change = await applied(on(['b.gone-lost'], LZ4), ['failed'])
    expect(change.results).toEqual([
      {
        topic: 'b.gone-lost',
        partition: -1,
        outcome: 'refused',
        error: 3,
        message: { id: 'result.topic-gone', args: {} },
      },
    ])
  })
})

it('another hand that writes after it was verified is told at the end of the minute', async () => {
  const { id } = await applied(on(['b.second'], LZ4), ['verified'])
  await secondWriter(sandbox).write('b.second', { [KEY]: 'gzip' })
  await until('the minute to be over', 120_000, () => (view(id).watching?.outcome === 'running' ? null : true))
  expect(view(id)).toMatchObject({ state: 'overwritten', watching: { outcome: 'overwritten', alarms: [] } })
  expect(view(id).watching).toMatchObject({
    differences: [1, 2, 3].map((broker) => ({ broker, topic: 'b.second', key: KEY, value: 'gzip', source: 1 })),
  })
})

describe('a journal that cannot be written', () => {
  /** Another hand holds the file, so that every line fails as it does on a full disk: with an error of SQLite. */
  const lockAt = (point: Checkpoint): (() => void) => {
    const other = new Database(file)
    hook({
      reach: (reached) => {
        if (reached === point && !other.inTransaction) other.exec('BEGIN IMMEDIATE')
      },
    })
    return () => {
      clear()
      if (other.inTransaction) other.exec('ROLLBACK')
      other.close()
    }
  }

  it('before the write: nothing is sent, and it ends as not begun', async () => {
    const id = await confirmed(on(['b.disk'], LZ4))
    const unlock = lockAt('re-read')
    must(await real.changes.apply(id))
    const stuck = await until('the problem', 120_000, () => (view(id).problem === null ? null : view(id)))
    expect(stuck).toMatchObject({
      state: 'applying',
      problem: { code: 'storage', detail: { text: 'journal' } },
      next: ['settle'],
    })
    unlock()
    expect(must(await real.changes.settle(id))).toMatchObject({
      state: 'failed',
      results: [{ topic: 'b.disk', outcome: 'not-begun' }],
      next: ['rest'],
    })
    expect(lines(id)).toEqual(['applying', 'ended'])
    await agreed(id)
  })

  it('after the write: it is under way by the journal, and read back as applied', async () => {
    const id = await confirmed(on(['b.disk'], LZ4))
    const unlock = lockAt('sent')
    must(await real.changes.apply(id))
    const stuck = await until('the problem', 120_000, () => (view(id).problem === null ? null : view(id)))
    expect(stuck).toMatchObject({ state: 'applying', problem: { code: 'storage' }, next: ['settle'] })
    unlock()
    expect(must(await real.changes.settle(id))).toMatchObject({
      state: 'verified',
      results: [{ topic: 'b.disk', outcome: 'applied', message: { id: 'result.as-planned', args: {} } }],
    })
    expect(lines(id)).toEqual(['applying', 'sending', 'settled', 'ended', 'verified'])
    await agreed(id)
  })
})

describe('between two batches', () => {
  const stopped = async (id: string): Promise<void> => {
    expect(view(id).results.map(({ outcome }) => outcome)).toEqual([
      'applied',
      ...view(id)
        .results.slice(1)
        .map(() => 'not-begun'),
    ])
    expect(view(id).next).toContain('rest')
    expect(lines(id)).toEqual(['applying', 'sending', 'answered', 'stopped', 'ended', 'verified'])
    await agreed(id)
  }

  it('a stop by hand ends it; the rest is a change of its own', async () => {
    const id = await confirmed(on(['b.one', 'b.two'], LZ4))
    hook({
      reach: (point) => {
        if (point === 'between-batches') real.changes.stop(id)
      },
    })
    must(await real.changes.apply(id))
    expect(await rested(id, ['verified'])).toMatchObject({
      problem: { code: 'cancelled', detail: { text: 'stopped-by-person' } },
    })
    await stopped(id)
    expect(must(await real.changes.rest(id)).draft).toEqual(on(['b.two'], LZ4))
  })

  it('a cluster that is read-only again gets nothing more', async () => {
    const id = await confirmed(on(['b.three', 'b.four'], LZ4))
    hook({
      reach: (point) => {
        if (point === 'between-batches') real.changes.arm('real', false)
      },
    })
    must(await real.changes.apply(id))
    await rested(id, ['verified'])
    await stopped(id)
    expect(must(real.changes.rows(id)).rows.find(({ event }) => event.type === 'stopped')!.event).toMatchObject({
      by: 'arming',
      why: { id: 'stop.read-only', args: {} },
    })
    expect(await real.changes.apply(id)).toMatchObject({ ok: false, error: { code: 'conflict' } })
    must(real.changes.arm('real', true))
  })

  it('a partition that falls under min ISR ends it', async () => {
    const id = await confirmed(on(['b.worse', 'b.rest-1', 'b.rest-2'], LZ4))
    let isSent = false
    hook({
      reach: (point) => void (isSent ||= point === 'sent'),
      beforeReading: async () => {
        if (!isSent || !running().includes(3)) return
        await sandbox.cluster.freeze(3)
        await until(
          'broker 3 to leave the ISR',
          120_000,
          async () =>
            (await sandbox.admin.views()).every(({ partitions }) =>
              partitions.some(({ topic, isr }) => topic === 'b.worse' && isr.length === 2),
            ) || null,
        )
      },
    })
    must(await real.changes.apply(id))
    await rested(id, ['verified', 'applied'])
    await stopped(id)
    expect(must(real.changes.rows(id)).rows.find(({ event }) => event.type === 'stopped')!.event).toMatchObject({
      by: 'watch',
      why: { id: 'stop.under-min-isr', args: { topic: 'b.worse', partition: 0 } },
    })
    const { watching } = await until('the alarm', 120_000, () =>
      (view(id).watching?.alarms.length ?? 0) > 0 ? view(id) : null,
    )
    expect(watching!.alarms).toMatchObject([{ topic: 'b.worse', partition: 0, state: 'under-min-isr' }])
  })
})

describe('an election', () => {
  /** By each running broker. */
  const allLeaders = async (): Promise<number[][]> =>
    (await sandbox.admin.views()).map(({ partitions }) =>
      partitions
        .filter(({ topic }) => topic === 'b.leaders')
        .sort((a, b) => a.partition - b.partition)
        .map(({ leader }) => leader),
    )
  /** Two partitions that are to be led by another replica of theirs; planned and confirmed. */
  async function toMove(): Promise<string> {
    const now = await until('the brokers to agree on the leaders', 30_000, async () => {
      const [first, ...others] = await allLeaders()
      return first !== undefined && others.every((told) => told.join() === first.join()) ? first : null
    })
    await sandbox.admin.reassign(
      now.map((leader, partition) => ({
        topic: 'b.leaders',
        partition,
        replicas: [1, 2, 3].sort((a, b) => Number(a === leader) - Number(b === leader)),
      })),
    )
    const id = steps.drafted({ kind: 'election', partitions: [{ topic: 'b.leaders', partitions: [0, 1] }] })
    const { needs } = await until('the new order to be seen', 60_000, async () => {
      const planned = must(await real.changes.plan(id))
      return electionPlan(planned).partitions.every(({ fate }) => fate === 'moves') ? planned : null
    })
    must(real.changes.confirm({ id, ticks: needs!.ticks, typed: needs!.phrase, reason: needs!.reason ? 'test' : '' }))
    return id
  }
  const asTold = async (id: string): Promise<void> => {
    const { plan, results } = view(id)
    const { partitions } = electionPlan({ plan })
    await until('every broker to tell the leaders as told', 30_000, async () => {
      const moved = (await allLeaders()).map((now) => partitions.map(({ preferred }, at) => now[at] === preferred))
      if (moved.every((each) => each.every((has, at) => has === (results[at]!.outcome === 'applied')))) return true
      throw new Error(`moved to the preferred replica: ${JSON.stringify(moved)}, told was ${JSON.stringify(results)}`)
    })
  }

  it('of which the answer is lost with its broker is found by the leaders there are', async () => {
    const id = await toMove()
    const preferred = new Set(electionPlan(view(id)).partitions.map((item) => item.preferred))
    let silent = -1
    hook({
      elect: async (send, broker) => {
        await send()
        // A frozen leader would lose its place again, and that is another story.
        silent = [broker, 1, 2, 3].find((one) => !preferred.has(one))!
        await sandbox.cluster.freeze(silent)
        throw LOST
      },
    })
    must(await real.changes.apply(id))
    const { results } = await rested(id, ['verified'])
    expect(results).toMatchObject([0, 1].map(() => ({ outcome: 'applied', message: { id: 'result.leads', args: {} } })))
    expect(silent).toBeGreaterThan(0)
    await asTold(id)
  })

  it('for which there is no controller is not known until it is back', async () => {
    const [controller] = sandbox.cluster.controllers()
    const id = await toMove()
    hook({
      elect: async (send) => {
        await sandbox.cluster.kill(controller!.id)
        // It leaves us, and nobody waits for the answer any longer.
        send().catch(() => undefined)
        throw LOST
      },
    })
    must(await real.changes.apply(id))
    const { results } = await rested(id, ['unknown'])
    expect(results).toMatchObject([0, 1].map(() => ({ outcome: 'unknown', message: { id: 'result.may-come' } })))
    await sandbox.cluster.restart(controller!.id)
    await rested(id, ['verified', 'failed'])
    await asTold(id)
  })
})

it('an address that leads to another Kafka cluster today is not written to', async () => {
  const id = await confirmed(on(['b.other'], LZ4))
  hook({ clusterId: 'another-cluster' })
  expect(await real.changes.apply(id)).toMatchObject({
    ok: false,
    error: { code: 'conflict', detail: { text: 'other-cluster', clusterId: 'another-cluster' } },
  })
  expect(view(id).state).toBe('confirmed')
  clear()
  expect(lines(id)).toEqual([])
  expect(await sandbox.admin.overrides('b.other')).not.toHaveProperty(KEY)
})
