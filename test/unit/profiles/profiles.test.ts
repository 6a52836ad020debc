import { beforeEach, describe, expect, it } from 'vitest'
import { SAVED_CLUSTER } from '../../../src-main/contract/profiles'
import type { ClusterProfile } from '../../../src-main/contract/profiles'
import { createProfileStore } from '../../../src-main/profiles/profile-store'
import type { ProfileStore } from '../../../src-main/profiles/profile-store'
import { createProfiles, samePlace, transientProfile } from '../../../src-main/profiles/profiles'
import type { Profiles } from '../../../src-main/profiles/profiles'
import { createSecretVault } from '../../../src-main/profiles/secrets'
import type { SecretVault } from '../../../src-main/profiles/secrets'
import { openStoreFile } from '../../../src-main/profiles/store-file'

const given: ClusterProfile = {
  ...SAVED_CLUSTER.initial,
  name: 'orders-eu',
  bootstrap: ['b1:9092', '[::1]:9092'],
  tls: { caFile: '/ca.pem', certFile: '', keyFile: '', serverName: 'kafka' },
  sasl: { mechanism: 'plain', username: 'ops' },
  intervalMs: 500,
}
const closed = (): boolean => false
let store: ProfileStore
let vault: SecretVault
let profiles: Profiles
let ids: number

const create = (transient: ClusterProfile | null = null): Profiles =>
  createProfiles({ store, vault, transient, newId: () => `id-${++ids}`, now: () => 1000 })

beforeEach(() => {
  ids = 0
  store = createProfileStore(openStoreFile(':memory:', 0, () => undefined).db)
  vault = createSecretVault()
  profiles = create()
})

describe('saved clusters', () => {
  it('come back as they were saved, in the order they were added', async () => {
    const first = await profiles.save(given, {})
    const second = await profiles.save({ ...given, name: 'b', tls: null, sasl: null }, {})
    await profiles.save({ ...first, name: 'renamed', readOnly: false }, {})
    expect((await profiles.list(closed)).map(({ profile }) => profile)).toEqual([
      { ...first, name: 'renamed', readOnly: false },
      second,
    ])
    expect(first).toEqual({ ...given, id: 'id-1' })
  })

  it('say when they were last seen and whether they are open', async () => {
    const { id } = await profiles.save(given, {})
    expect(await profiles.list(closed)).toMatchObject([{ lastSeenAt: Number.NaN, open: false }])
    profiles.seen(id)
    expect(await profiles.list((asked) => asked === id)).toMatchObject([{ lastSeenAt: 1000, open: true }])
  })

  it('that another version left a field out of come back complete; one that is wrong costs itself alone', () => {
    const db = openStoreFile(':memory:', 0, () => undefined).db
    let other = createProfileStore(db)
    other.save({ ...given, id: 'a' })
    // As a version that knew no checksums left it.
    const write = (body: string): void => {
      db.prepare("UPDATE cluster SET body = ?, checksum = NULL WHERE id = 'a'").run(body)
      other = createProfileStore(db)
    }
    const { readOnly, ...older } = given
    expect(readOnly).toBe(true)
    write(JSON.stringify({ ...older, gone: 1 }))
    expect(other.find('a')).toEqual({ ...given, id: 'a' })
    write(JSON.stringify({ ...given, tls: 'off' }))
    expect([other.find('a'), other.list(), other.unreadable()]).toEqual([null, [], ['a']])
    other.save({ ...given, id: 'b' })
    write('{')
    expect(other.list().map(({ profile }) => profile.id)).toEqual(['b'])
    expect(other.unreadable()).toEqual(['a'])
  })

  it('are removed with their password', async () => {
    const { id } = await profiles.save(given, { password: 'kingfisher' })
    expect([await profiles.remove(id), await profiles.remove(id)]).toEqual([true, false])
    expect([profiles.find(id), vault.values()]).toEqual([null, []])
  })
})

describe('which Kafka cluster it is', () => {
  const A = 'nYc5ZyyJSGqxoiA'
  it('is remembered from the first time on, not overwritten by another, and forgotten when it is said so', async () => {
    const { id } = await profiles.save(given, { password: 'p' })
    profiles.identified(id, null)
    expect(profiles.find(id)?.clusterId).toBe('')
    profiles.identified(id, A)
    profiles.identified(id, 'another')
    profiles.identified('nobody', A)
    expect(profiles.find(id)?.clusterId).toBe(A)
    expect(await vault.get(id)).toEqual({ password: 'p' })
    profiles.forgetIdentity(id)
    profiles.forgetIdentity('nobody')
    expect(profiles.find(id)).toEqual({ ...given, id })
    profiles.identified(id, 'another')
    expect(profiles.find(id)?.clusterId).toBe('another')
  })

  it('is what was told, whatever a form says; of other addresses it is not known', async () => {
    const saved = await profiles.save(given, {})
    profiles.identified(saved.id, A)
    expect((await profiles.save({ ...saved, name: 'renamed' }, {})).clusterId).toBe(A)
    expect((await profiles.save({ ...saved, tls: null, clusterId: 'forged' }, {})).clusterId).toBe(A)
    expect((await profiles.save({ ...saved, bootstrap: ['b3:9092'], clusterId: A }, {})).clusterId).toBe('')
    // What was removed comes back as it was.
    expect((await profiles.save({ ...given, clusterId: A }, {})).clusterId).toBe(A)
  })

  it('is not kept where it could not be read back, which would cost the whole cluster', async () => {
    const { id } = await profiles.save(given, {})
    profiles.identified(id, 'two\nlines')
    profiles.identified(id, 'x'.repeat(300))
    expect(profiles.find(id)?.clusterId).toBe('')
  })

  it('is remembered of a cluster named at start for this run, without saving it', () => {
    const transient = transientProfile({ bootstrap: ['127.0.0.1:9092'], name: 'sandbox', environment: 'dev' })
    profiles = create(transient)
    profiles.identified(transient.id, A)
    expect(profiles.find(transient.id)).toEqual({ ...transient, clusterId: A })
    expect(store.list()).toEqual([])
  })
})

describe('secrets', () => {
  it('are asked for only when there is a login and none is kept', async () => {
    const { id } = await profiles.save(given, {})
    const without = await profiles.save({ ...given, sasl: null }, {})
    const needs = async (): Promise<Record<string, boolean>> =>
      Object.fromEntries((await profiles.list(closed)).map((row) => [row.profile.id, row.needsPassword]))
    expect(await needs()).toEqual({ [id]: true, [without.id]: false })
    await profiles.remember(id, { password: 'p' })
    expect(await needs()).toEqual({ [id]: false, [without.id]: false })
    expect(await profiles.connection(id)).toEqual({
      profile: { ...given, id },
      credentials: { ...given.sasl, password: 'p' },
      keyPassphrase: '',
    })
  })

  it('are kept when a name changes', async () => {
    const saved = await profiles.save(given, { password: 'p' })
    await profiles.save({ ...saved, name: 'renamed', environment: 'dev', readOnly: false, intervalMs: 0 }, {})
    expect(await vault.get(saved.id)).toEqual({ password: 'p' })
  })

  const elsewhere: readonly (readonly [string, Partial<ClusterProfile>])[] = [
    ['address', { bootstrap: ['evil:9092'] }],
    ['user', { sasl: { mechanism: 'plain', username: 'root' } }],
    ['mechanism', { sasl: { mechanism: 'scram-sha-512', username: 'ops' } }],
    ['encryption', { tls: null }],
    ['authority', { tls: { caFile: '/other.pem', certFile: '', keyFile: '', serverName: 'kafka' } }],
    ['name in the certificate', { tls: { caFile: '/ca.pem', certFile: '', keyFile: '', serverName: 'evil' } }],
  ]
  it.each(elsewhere)('are forgotten when another %s is saved', async (_what, change) => {
    const saved = await profiles.save(given, { password: 'p' })
    expect(samePlace(saved, { ...saved, ...change })).toBe(false)
    await profiles.save({ ...saved, ...change }, {})
    expect(await vault.get(saved.id)).toEqual({})
  })
})

describe('a cluster named at start', () => {
  const transient = transientProfile({ bootstrap: ['127.0.0.1:9092'], name: 'sandbox', environment: 'dev' })

  it('is read-only, comes first and is in no file', async () => {
    profiles = create(transient)
    await profiles.save(given, {})
    profiles.seen(transient.id)
    expect(transient.readOnly).toBe(true)
    expect(await profiles.list(closed)).toMatchObject([
      { profile: transient, lastSeenAt: 1000 },
      { profile: { name: 'orders-eu' } },
    ])
    expect(store.list()).toHaveLength(1)
  })

  it('is saved when the person does so, once', async () => {
    profiles = create(transient)
    await profiles.save(transient, {})
    expect(store.list().map(({ profile }) => profile)).toEqual([transient])
    expect(await profiles.list(closed)).toHaveLength(1)
  })

  it('can be removed', async () => {
    profiles = create(transient)
    expect([await profiles.remove(transient.id), await profiles.list(closed)]).toEqual([true, []])
  })
})
