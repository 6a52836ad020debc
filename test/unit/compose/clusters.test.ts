import { beforeEach, describe, expect, it } from 'vitest'
import { createClusters } from '../../../src-main/compose/clusters'
import type { ClusterKeeper } from '../../../src-main/compose/clusters'
import { SAVED_CLUSTER } from '../../../src-main/contract/profiles'
import type { ClusterProfile } from '../../../src-main/contract/profiles'
import { MOST_WATCHED } from '../../../src-main/contract/telling'
import { fail, ok } from '../../../src-main/contract/result'
import { clusterRoutes } from '../../../src-main/ipc/routes/cluster'
import { profileRoutes } from '../../../src-main/ipc/routes/profiles'
import { createProfileStore } from '../../../src-main/profiles/profile-store'
import { connectionToTry, createProfiles } from '../../../src-main/profiles/profiles'
import type { Profiles } from '../../../src-main/profiles/profiles'
import { createSecretVault } from '../../../src-main/profiles/secrets'
import type { Connection } from '../../../src-main/profiles/secrets'
import { openStoreFile } from '../../../src-main/profiles/store-file'
import { fakeSession } from '../../support/fake-session'
import type { FakeSession } from '../../support/fake-session'

const plain: ClusterProfile = {
  ...SAVED_CLUSTER.initial,
  id: 'a',
  name: 'a',
  environment: 'dev',
  bootstrap: ['h:1'],
}
const login: ClusterProfile = { ...plain, id: 'b', name: 'b', sasl: { mechanism: 'plain', username: 'ops' } }
let profiles: Profiles
let clusters: ClusterKeeper
let opened: Connection[]
let sessions: FakeSession[]
let told: string[]
let lives: string[]
let now: number

beforeEach(() => {
  opened = []
  sessions = []
  told = []
  lives = []
  now = 1000
  const store = createProfileStore(openStoreFile(':memory:', 0, () => undefined).db)
  profiles = createProfiles({ store, vault: createSecretVault(), transient: null, newId: () => 'new', now: () => now })
  store.save(plain)
  store.save(login)
  clusters = createClusters({
    profiles,
    openSession: (connection) => {
      if (connection.profile.bootstrap[0] === 'bad') return fail('bad-input', 'bad address')
      opened.push(connection)
      const session = fakeSession(connection.profile.id, 'fake')
      sessions.push(session)
      return ok(session)
    },
    onOpened: ({ cluster }) => told.push(`opened ${cluster}`),
    onClosing: ({ cluster }) => told.push(`closing ${cluster}`),
    onBegan: ({ cluster }) => lives.push(`began ${cluster}`),
    onEnding: ({ cluster }) => lives.push(`ending ${cluster}`),
  })
})

const routes = (): ReturnType<typeof profileRoutes> =>
  profileRoutes({ profiles, clusters, removed: () => Promise.resolve() })

describe('opening', () => {
  it('is once per cluster, and told', async () => {
    const first = await clusters.open('a', {})
    expect(await clusters.open('a', {})).toEqual(first)
    expect([opened.length, told, clusters.get('a')?.cluster, clusters.all().length]).toEqual([1, ['opened a'], 'a', 1])
  })

  it('is once, however many wish for it while its secrets are fetched, and closing waits for it', async () => {
    const wishes = [clusters.open('a', {}), clusters.open('a', {}), clusters.open('a', {})]
    const closed = clusters.close('a')
    const answers = await Promise.all(wishes)
    await closed
    expect([opened.length, new Set(answers.map((answer) => answer.ok && answer.value)).size]).toEqual([1, 1])
    expect([told, clusters.get('a')]).toEqual([['opened a', 'closing a'], null])
    const refused = await Promise.all([1, 2, 3].map(() => clusters.open('b', {})))
    expect(refused.map(({ ok: well }) => well)).toEqual([false, false, false])
    expect(
      (await Promise.all([1, 2].map(() => clusters.open('b', { password: 'p' })))).every(({ ok: well }) => well),
    ).toBe(true)
    expect(opened).toHaveLength(2)
  })

  it('asks for the password that is missing, and takes it to the connection', async () => {
    expect(await clusters.open('b', {})).toMatchObject({
      ok: false,
      error: { code: 'auth-failed', detail: { text: 'needs-password' } },
    })
    expect((await clusters.open('b', { password: 'p' })).ok).toBe(true)
    expect(opened).toEqual([{ profile: login, credentials: { ...login.sasl, password: 'p' }, keyPassphrase: '' }])
  })

  it('of what is not saved, or cannot even be tried, is refused and the cluster stays saved', async () => {
    expect(await clusters.open('zzz', {})).toMatchObject({ error: { code: 'not-found' } })
    await profiles.save({ ...plain, bootstrap: ['bad'] }, {})
    expect(await clusters.open('a', {})).toMatchObject({ error: { code: 'bad-input' } })
    expect([clusters.get('a'), profiles.find('a')?.bootstrap]).toEqual([null, ['bad']])
  })

  it('notes when it was last seen live, not when it was tried', async () => {
    await clusters.open('a', {})
    const seenAt = async (): Promise<number | undefined> => (await profiles.list(() => false))[0]?.lastSeenAt
    sessions[0]?.say('lost')
    expect(await seenAt()).toBeNaN()
    sessions[0]?.say('live')
    expect(await seenAt()).toBe(1000)
    now = 5000
    sessions[0]?.say('lost')
    expect(await seenAt()).toBe(5000)
  })
})

describe('which Kafka cluster is opened', () => {
  it('is remembered once it is live, and is what the next opening is held against', async () => {
    await clusters.open('a', {})
    sessions[0]?.say('lost')
    expect(profiles.find('a')?.clusterId).toBe('')
    sessions[0]?.say('live')
    expect(profiles.find('a')?.clusterId).toBe('fake')
    await clusters.close('a')
    await clusters.open('a', {})
    expect(opened.map(({ profile }) => profile.clusterId)).toEqual(['', 'fake'])
  })

  it('is any again when a person says so: what is open is closed first, and it is learned anew', async () => {
    await profiles.save({ ...login, clusterId: 'before' }, {})
    profiles.identified('b', 'before')
    await clusters.open('b', { password: 'p' })
    expect(opened[0]?.profile.clusterId).toBe('before')
    const cluster = clusterRoutes({ clusters, push: () => null, armState: () => ({ cluster: 'b', armedUntil: 0 }) })
    expect(await cluster['cluster:reopen']({ id: 'b' })).toEqual({ ok: true, value: { cluster: 'b' } })
    expect([sessions[0]?.made, told]).toEqual([['close'], ['opened b', 'closing b', 'opened b']])
    expect(opened[1]).toMatchObject({ profile: { clusterId: '' }, credentials: { password: 'p' } })
    sessions[1]?.say('live')
    expect(profiles.find('b')?.clusterId).toBe('fake')
    expect(await cluster['cluster:reopen']({ id: 'zzz' })).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})

describe('closing', () => {
  it('ends the session, and it can be opened anew', async () => {
    await clusters.open('a', {})
    await clusters.close('a')
    await clusters.close('a')
    expect([told, sessions[0]?.made, clusters.get('a')]).toEqual([['opened a', 'closing a'], ['close'], null])
    await clusters.open('a', {})
    expect(opened).toHaveLength(2)
  })

  it('all ends every one', async () => {
    await clusters.open('a', {})
    await clusters.open('b', { password: 'p' })
    await clusters.closeAll()
    expect(sessions.map(({ made }) => made)).toEqual([['close'], ['close']])
  })
})

describe('watching', () => {
  const watched = { ...plain, watch: true }
  beforeEach(() => profiles.save(watched, {}).then(() => undefined))

  it('begins without a page, and slowly; nothing of it is told to one', async () => {
    await clusters.follow()
    expect([told, lives, sessions[0]?.made]).toEqual([[], ['began a'], ['attend false']])
    expect([clusters.isOpen('a'), clusters.opened('a'), clusters.get('a')?.cluster]).toEqual([false, null, 'a'])
    expect((await profiles.list((id) => clusters.isOpen(id))).map(({ open }) => open)).toEqual([false, false])
    expect(clusters.allOpen()).toEqual([])
  })

  it('an opened one is attended; left, it goes on, and is disarmed like one that is closed', async () => {
    await clusters.follow()
    await clusters.open('a', {})
    expect([told, clusters.isOpen('a'), sessions.length]).toEqual([['opened a'], true, 1])
    await clusters.leave('a')
    expect([told, sessions[0]?.made]).toEqual([
      ['opened a', 'closing a'],
      ['attend false', 'attend true', 'attend false'],
    ])
    await clusters.leave('a')
    expect([told.length, lives]).toEqual([2, ['began a']])
  })

  it('one that is not to be watched is closed when it is left', async () => {
    await clusters.open('b', { password: 'p' })
    await clusters.leave('b')
    expect([clusters.get('b'), lives]).toEqual([null, ['began b', 'ending b']])
  })

  it('ends when nobody wants it any more, unless it is open', async () => {
    await clusters.follow()
    await routes()['profiles:save']({ profile: plain, secrets: {} })
    expect([clusters.get('a'), lives]).toEqual([null, ['began a', 'ending a']])
    await clusters.open('a', {})
    await clusters.follow()
    expect(clusters.isOpen('a')).toBe(true)
  })

  it('dials nobody whose password is not in memory, and says so', async () => {
    await profiles.save({ ...login, watch: true }, {})
    await clusters.follow()
    expect(opened.map(({ profile }) => profile.id)).toEqual(['a'])
    expect(clusters.watchOf({ ...login, watch: true })).toMatchObject({ state: 'password' })
    expect(clusters.watchOf({ ...login, watch: false })).toEqual({ state: 'off', problem: '' })
    await clusters.open('b', { password: 'p' })
    await clusters.leave('b')
    sessions[1]?.say('live')
    expect(clusters.watchOf({ ...login, watch: true }).state).toBe('watching')
  })

  it('says of one that cannot be opened why, and watches the others', async () => {
    await profiles.save({ ...plain, id: 'c', bootstrap: ['bad'], watch: true }, {})
    await clusters.follow()
    expect(clusters.watchOf({ ...plain, id: 'c', watch: true })).toEqual({ state: 'failed', problem: 'bad address' })
    expect(clusters.get('a')).not.toBeNull()
  })

  it('at another address goes on there', async () => {
    await clusters.follow()
    await routes()['profiles:save']({ profile: { ...watched, bootstrap: ['h:2'] }, secrets: {} })
    expect([lives, opened.at(-1)?.profile.bootstrap]).toEqual([['began a', 'ending a', 'began a'], ['h:2']])
  })

  it('is bounded', async () => {
    for (let n = 0; n < MOST_WATCHED + 2; n += 1) await profiles.save({ ...watched, id: `w${n}` }, {})
    await clusters.follow()
    expect(clusters.all()).toHaveLength(MOST_WATCHED)
    expect(clusters.watchOf({ ...watched, id: `w${MOST_WATCHED + 1}` }).state).toBe('full')
  })
})

describe('saving a cluster that is open', () => {
  it('under another name leaves it alone; another interval is followed', async () => {
    await clusters.open('a', {})
    await routes()['profiles:save']({ profile: { ...plain, name: 'x' }, secrets: {} })
    await routes()['profiles:save']({ profile: { ...plain, name: 'x', intervalMs: 1000 }, secrets: {} })
    expect(sessions[0]?.made).toEqual(['cadence 1000'])
  })

  it('at another address, or with another password, closes it', async () => {
    await clusters.open('a', {})
    await clusters.open('b', { password: 'p' })
    await routes()['profiles:save']({ profile: { ...plain, bootstrap: ['h:2'] }, secrets: {} })
    await routes()['profiles:save']({ profile: login, secrets: { password: 'q' } })
    expect(told).toEqual(['opened a', 'opened b', 'closing a', 'closing b'])
  })

  it('that is gone is refused; removing closes it first', async () => {
    expect(await routes()['profiles:save']({ profile: { ...plain, id: 'zzz' }, secrets: {} })).toMatchObject({
      error: { code: 'not-found' },
    })
    await clusters.open('a', {})
    expect(await routes()['profiles:remove']({ id: 'a' })).toEqual({ ok: true, value: null })
    expect(told).toEqual(['opened a', 'closing a'])
    expect(await routes()['profiles:remove']({ id: 'a' })).toMatchObject({ error: { code: 'not-found' } })
  })
})

describe('testing', () => {
  it('uses the kept password, but only where it was typed for', async () => {
    await profiles.remember('b', { password: 'kept' })
    const password = async (profile: ClusterProfile, secrets = {}): Promise<string | undefined> =>
      (await connectionToTry(profiles, profile, secrets)).credentials?.password
    expect(await password(login)).toBe('kept')
    expect(await password(login, { password: 'typed' })).toBe('typed')
    expect(await password({ ...login, bootstrap: ['evil:1'] })).toBe('')
    expect(await password({ ...login, id: '' })).toBe('')
  })
})

describe('the routes of an open cluster', () => {
  it('reach its session; those of a closed one say so', async () => {
    const cluster = clusterRoutes({
      clusters,
      push: () => null,
      armState: (cluster) => ({ cluster, armedUntil: Number.NaN }),
    })
    expect(await cluster['cluster:open']({ id: 'a', secrets: {} })).toEqual({ ok: true, value: { cluster: 'a' } })
    await cluster['cluster:pause']({ cluster: 'a', paused: true })
    await cluster['cluster:cadence']({ cluster: 'a', intervalMs: 500 })
    expect(sessions[0]?.made).toEqual(['pause true', 'cadence 500'])
    expect(await cluster['cluster:series']({ cluster: 'a', watch: { kind: 'cluster' } })).toMatchObject({
      value: { subject: 'cluster' },
    })
    expect(await cluster['cluster:what-if']({ cluster: 'a', brokers: [2, 3] })).toEqual({ ok: true, value: null })
    expect(sessions[0]?.made.at(-1)).toBe('what if 2,3')
    expect(await cluster['cluster:close']({ cluster: 'a' })).toEqual({ ok: true, value: null })
    expect(await cluster['cluster:what-if']({ cluster: 'a', brokers: [2] })).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(await cluster['cluster:pause']({ cluster: 'a', paused: true })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('tell a page what it watches, and one that was loaded anew of an arming that still holds', async () => {
    const told: unknown[] = []
    const watched: unknown[] = []
    const list = { partition: null, chart: { kind: 'broker', broker: 1 }, rows: [3, 4] } as const
    const push = {
      attach: () => undefined,
      detach: () => undefined,
      refetch: () => undefined,
      watch: (...watch: unknown[]) => void watched.push(watch),
      tell: (news: unknown) => void told.push(news),
    }
    const cluster = clusterRoutes({
      clusters,
      push: () => push as never,
      armState: (id) => ({ cluster: id, armedUntil: 900_000 }),
    })
    await cluster['cluster:open']({ id: 'a', secrets: {} })
    await cluster['cluster:watch']({ cluster: 'a', list })
    expect(watched).toEqual([['a', list]])
    await cluster['cluster:frame']({ cluster: 'a' })
    expect(told).toEqual([{ type: 'armed', armed: { cluster: 'a', armedUntil: 900_000 } }])
  })
})
