/** The engine on real brokers: what a cluster's own answers say before and after is the witness. */
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Checkpoint } from '../../src-main/change/book/checkpoints'
import type { ChangeDraft, ChangeView, ConfigEdit } from '../../src-main/contract/change'
import type { Result } from '../../src-main/contract/result'
import { secondWriter, until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { standsStill } from '../../tools/sandbox/stands-still'
import { openRealChanges } from '../support/real-changes'
import type { RealChanges } from '../support/real-changes'
import { endings } from '../support/endings'
import { borrowSandbox } from '../support/shared-sandbox'
import { configPlan, electionPlan } from '../support/plan-kinds'

const everywhere = [
  [1, 2, 3],
  [2, 3, 1],
  [3, 1, 2],
]
const opened = endings()
let sandbox: Sandbox
let real: RealChanges
let onReach: (point: Checkpoint) => void = () => undefined

beforeAll(async () => {
  sandbox = await borrowSandbox({
    steadyTraffic: false,
    topics: ['e.one', 'e.two', 'e.frozen', 'e.raced', 'e.gone', 'e.leaders'].map((name) => ({
      name,
      assignment: everywhere,
      configs: { 'min.insync.replicas': '2' },
    })),
  })
  opened.add(() => sandbox.close())
  real = await openRealChanges(sandbox.cluster.bootstrap, (point) => onReach(point))
  opened.add(() => real.close())
})

afterAll(opened.all)

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
const view = (id: string): ChangeView => must(real.changes.get(id))
const set = (key: string, value: string): ConfigEdit => ({ key, op: 'set', value })
const on = (topics: readonly string[], ...edits: readonly ConfigEdit[]): ChangeDraft => ({
  kind: 'config',
  groups: [{ topics, edits }],
})

async function confirmed(id: string): Promise<string> {
  const planned = must(await real.changes.plan(id))
  if (planned.draft.kind === 'config') expect(must(await real.changes.validate(id)).validation!.refusals).toEqual([])
  const { ticks, phrase, reason } = planned.needs!
  must(real.changes.confirm({ id, ticks, typed: phrase, reason: reason ? 'test' : '' }))
  return id
}
const drafted = (draft: ChangeDraft): string => must(real.changes.draft({ id: '', cluster: 'real', draft })).id

/** Until nothing of it is being written or verified any more. */
const rested = (id: string, states: readonly ChangeView['state'][], limitMs = 120_000): Promise<ChangeView> =>
  until(`${id} to be ${states.join(' or ')}`, limitMs, () => {
    const now = view(id)
    return states.includes(now.state) &&
      (now.state !== 'applied' || now.verification !== null) &&
      (now.progress === null || now.progress.what === 'watching')
      ? now
      : null
  })

async function applied(id: string, states: readonly ChangeView['state'][] = ['verified']): Promise<ChangeView> {
  must(await real.changes.apply(id))
  return rested(id, states)
}

// Before any broker is hurt: a leader that was fenced leaves its partitions led by others.
it('leaders move back to their preferred replicas', async () => {
  const partitions = [0, 1, 2].map((partition) => ({ topic: 'e.leaders', partition }))
  // The same replicas in another order: the leader stays, the preferred one is another.
  await sandbox.admin.reassign(partitions.map((one) => ({ ...one, replicas: everywhere[(one.partition + 1) % 3]! })))
  const leaders = async (): Promise<Record<number, number>[]> =>
    (await sandbox.admin.views()).map((told) =>
      Object.fromEntries(
        told.partitions
          .filter(({ topic }) => topic === 'e.leaders')
          .map(({ partition, leader }) => [partition, leader]),
      ),
    )
  const id = drafted({ kind: 'election', partitions: [{ topic: 'e.leaders', partitions: [0, 1, 2] }] })
  await until('the new order to be seen', 60_000, async () => {
    const { partitions } = electionPlan(must(await real.changes.plan(id)))
    return partitions.every(({ fate }) => fate === 'moves') || null
  })
  const change = await applied(await confirmed(id))
  expect(change.results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied'])
  // One broker's word is what it is verified by; the others learn of it a moment later.
  const moved = { 0: 2, 1: 3, 2: 1 }
  await until(
    'every broker to tell the leaders',
    30_000,
    async () => (await leaders()).every((told) => isDeepStrictEqual(told, moved)) || null,
  )
})

describe('settings', () => {
  it('are set and removed on several topics, seen on two brokers or more, and taken back exactly', async () => {
    const { admin } = sandbox
    await admin.alterTopic('e.two', { 'retention.ms': '3600000', 'compression.type': 'gzip' })
    const before = await Promise.all(['e.one', 'e.two'].map((topic) => admin.overrides(topic)))
    const change = await applied(
      await confirmed(
        drafted(
          on(
            ['e.one', 'e.two'],
            set('compression.type', 'lz4'),
            { key: 'retention.ms', op: 'delete', value: '' },
            set('preallocate', 'TRUE'),
          ),
        ),
      ),
    )
    expect(change.results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
    expect(change.verification).toMatchObject({ outcome: 'verified', brokers: [1, 2, 3] })
    const untouched = { 'min.insync.replicas': '2', 'compression.type': 'lz4', preallocate: 'true' }
    expect(await admin.overrides('e.one')).toEqual(untouched)
    expect(await admin.overrides('e.two')).toEqual(untouched)

    const undo = must(await real.changes.undo({ id: change.id, cluster: 'real' }))
    expect(configPlan(undo).cannotRestore).toEqual(['records-deleted'])
    await applied(await confirmed(undo.id))
    expect(await Promise.all(['e.one', 'e.two'].map((topic) => admin.overrides(topic)))).toEqual(before)
    expect(view(change.id)).toMatchObject({ state: 'undone', undoneBy: undo.id })
  })

  it('of which a broker refuses one are told with its words, and nothing is sent', async () => {
    const id = drafted(on(['e.one'], set('segment.bytes', '1000')))
    must(await real.changes.plan(id))
    const validated = must(await real.changes.validate(id))
    expect(validated).toMatchObject({
      state: 'planned',
      validation: {
        refusals: [
          {
            topic: 'e.one',
            error: 40,
            message: { id: 'said', args: { text: expect.stringContaining('at least 1048576') as string } },
          },
        ],
      },
    })
    expect(await sandbox.admin.overrides('e.one')).not.toHaveProperty('segment.bytes')
  })

  it('that another hand changed between plan and apply are left alone; an undo after one is refused', async () => {
    const other = secondWriter(sandbox)
    const id = await confirmed(drafted(on(['e.raced'], set('retention.ms', '7200000'))))
    await other.write('e.raced', { 'segment.ms': '86400000' })
    const raced = await applied(id, ['conflict'])
    expect(raced.conflict!.config).toEqual([
      { topic: 'e.raced', key: 'segment.ms', base: null, now: '86400000', wanted: null, ours: false },
    ])
    expect(await sandbox.admin.overrides('e.raced')).not.toHaveProperty('retention.ms')

    await applied(await confirmed(id))
    await other.write('e.raced', { 'retention.ms': '999999999' })
    const undo = must(await real.changes.undo({ id, cluster: 'real' }))
    expect(undo).toMatchObject({ needs: { kind: 'never' }, plan: { level: 'refused' } })
    expect(undo.conflict!.config).toMatchObject([
      { key: 'retention.ms', base: '7200000', now: '999999999', wanted: null },
    ])
  })

  it('of a topic that was deleted meanwhile are not sent', async () => {
    const id = await confirmed(drafted(on(['e.gone'], set('compression.type', 'lz4'))))
    await sandbox.admin.deleteTopic('e.gone')
    expect((await applied(id, ['conflict'])).conflict).toMatchObject({ gone: ['e.gone'] })
  })

  it('sent to a broker that freezes at that moment are unknown, and told once it answers again', async () => {
    const id = await confirmed(drafted(on(['e.frozen'], set('compression.type', 'lz4'))))
    let frozen = -1
    onReach = (point) => {
      if (point !== 'sending' || frozen !== -1) return
      const line = must(real.changes.rows(id)).rows.findLast(({ event }) => event.type === 'sending')!.event
      frozen = line.type === 'sending' ? line.broker! : -1
      const { pid } = sandbox.cluster.brokers().find((broker) => broker.id === frozen)!
      void sandbox.cluster.freeze(frozen)
      // The write goes out when this returns; a thread that still ran would take it.
      for (const last = Date.now() + 10_000; !standsStill(pid) && Date.now() < last;);
    }
    try {
      must(await real.changes.apply(id))
      const unknown = await rested(id, ['unknown'], 120_000)
      expect(unknown.results).toMatchObject([
        { topic: 'e.frozen', outcome: 'unknown', message: { id: 'result.may-come', args: { broker: frozen } } },
      ])
    } finally {
      onReach = () => undefined
      await sandbox.cluster.thaw(frozen)
    }
    const known = await rested(id, ['verified', 'failed'], 120_000)
    const isThere = (await sandbox.admin.overrides('e.frozen'))['compression.type'] === 'lz4'
    expect(known.results[0]!.outcome).toBe(isThere ? 'applied' : 'refused')
  })
})
