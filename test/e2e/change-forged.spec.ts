/** What a script in our own page could try with changes: every check that counts is made in the main process, and the cluster stays as it was. */
import type { ChangeView } from '../../src-main/contract/change'
import type { Channel } from '../../src-main/contract/ipc'
import type { Result } from '../../src-main/contract/result'
import { roles } from '../../tools/sandbox/topics'
import { expect, test } from './fixture'
import type { RunningSandbox } from './fixture'
import { windowOnSandbox } from './open-window'

const highwater = windowOnSandbox()
const CLUSTER = 'from-start'

type Answer = Result<ChangeView>

const ask = (channel: Channel, input: object): Promise<Answer> =>
  highwater.page.evaluate(
    ([name, given]) =>
      (Reflect.get(Reflect.get(globalThis, 'highwater') as object, name) as (input: unknown) => Promise<Answer>)(given),
    [channel, input] as const,
  )

async function done(channel: Channel, input: object): Promise<ChangeView> {
  const answer = await ask(channel, input)
  if (!answer.ok) throw new Error(`${channel}: ${answer.error.message}`)
  return answer.value
}

async function refusal(channel: Channel, input: object): Promise<string> {
  const answer = await ask(channel, input)
  return answer.ok ? 'taken' : `${answer.error.code} ${String(answer.error.detail['text'] ?? '')}`.trim()
}

/** Lowers min ISR to 1 on a topic with three replicas, which has to be typed. */
async function blockedPlan(): Promise<ChangeView> {
  const groups = [{ topics: [roles.guarded], edits: [{ key: 'min.insync.replicas', op: 'set', value: '1' }] }]
  const { id } = await done('change:draft', { id: '', cluster: CLUSTER, draft: { kind: 'config', groups } })
  return done('change:plan', { id })
}

/** Fails when the test sent anything to the topic. */
async function untouched({ admin }: RunningSandbox, work: () => Promise<void>): Promise<void> {
  const before = await admin.overrides(roles.guarded)
  await work()
  expect(await admin.overrides(roles.guarded)).toEqual(before)
}

test.beforeEach(async () => {
  await ask('cluster:arm', { cluster: CLUSTER, armed: false })
})

test('a read-only cluster that is not armed takes neither a confirmation nor a change', async ({ sandbox }) => {
  await untouched(sandbox, async () => {
    const { id, needs } = await blockedPlan()
    await done('change:validate', { id })
    const given = { id, ticks: [...needs!.ticks], typed: needs!.phrase, reason: 'forged' }
    expect(await refusal('change:confirm', given)).toBe('not-authorized not-armed')
    expect(await refusal('change:apply', { id })).toMatch(/^conflict/)
    // Confirmed while it was armed, and sent when it no longer is.
    await ask('cluster:arm', { cluster: CLUSTER, armed: true })
    await done('change:confirm', given)
    await ask('cluster:arm', { cluster: CLUSTER, armed: false })
    expect(await refusal('change:apply', { id })).toBe('not-authorized not-armed')
  })
})

test('what has to be ticked and typed is held against the plan, not against what the page says', async ({
  sandbox,
}) => {
  await untouched(sandbox, async () => {
    await ask('cluster:arm', { cluster: CLUSTER, armed: true })
    const { id, needs } = await blockedPlan()
    expect(needs).toMatchObject({ kind: 'typed', phrase: roles.guarded, reason: true })
    const given = { id, ticks: [...needs!.ticks], typed: needs!.phrase, reason: 'forged' }
    expect(await refusal('change:confirm', given)).toBe('conflict not-validated')
    await done('change:validate', { id })
    expect(await refusal('change:confirm', { ...given, typed: roles.slow })).toBe('bad-input phrase-wrong')
    expect(await refusal('change:confirm', { ...given, reason: '  ' })).toBe('bad-input reason-missing')
    expect(await refusal('change:apply', { id })).toMatch(/^conflict/)
  })
})

test('no topic but the one that was planned and confirmed: none that is not there, none slipped in afterwards', async ({
  sandbox,
}) => {
  const elsewhere = await sandbox.admin.overrides(roles.slow)
  await untouched(sandbox, async () => {
    await ask('cluster:arm', { cluster: CLUSTER, armed: true })
    const edits = [{ key: 'min.insync.replicas', op: 'set', value: '1' }]
    const nowhere = await done('change:draft', {
      id: '',
      cluster: CLUSTER,
      draft: { kind: 'config', groups: [{ topics: ['no-such-topic'], edits }] },
    })
    expect(await refusal('change:plan', { id: nowhere.id })).toBe('not-found topics-gone')
    expect(await refusal('change:apply', { id: nowhere.id })).toMatch(/^conflict/)

    const { id, needs } = await blockedPlan()
    await done('change:validate', { id })
    await done('change:confirm', { id, ticks: [...needs!.ticks], typed: needs!.phrase, reason: 'forged' })
    await ask('change:draft', {
      id,
      cluster: CLUSTER,
      draft: { kind: 'config', groups: [{ topics: [roles.slow], edits }] },
    })
    expect(await refusal('change:apply', { id })).toMatch(/^conflict/)
    expect(
      await refusal('change:confirm', { id, ticks: [...needs!.ticks], typed: needs!.phrase, reason: 'forged' }),
    ).not.toBe('taken')
  })
  expect(await sandbox.admin.overrides(roles.slow)).toEqual(elsewhere)
})

test('a change is sent to no cluster but its own, and none that is not open', async ({ sandbox }) => {
  await untouched(sandbox, async () => {
    const { id } = await blockedPlan()
    expect(await refusal('change:undo', { id, cluster: 'another' })).not.toBe('taken')
    expect(
      await refusal('change:draft', {
        id: '',
        cluster: 'another',
        draft: { kind: 'config', groups: [{ topics: ['t'], edits: [{ key: 'retention.ms', op: 'set', value: '1' }] }] },
      }),
    ).toMatch(/^not-found/)
    expect(await refusal('cluster:arm', { cluster: 'another', armed: true })).toMatch(/^not-found/)
  })
})
