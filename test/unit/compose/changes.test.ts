import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAuditBook } from '../../../src-main/audit/audit-book'
import { createChangeDesk } from '../../../src-main/compose/changes'
import { createLiveClusters } from '../../../src-main/compose/live-clusters'
import { principalOf } from '../../../src-main/compose/principal'
import { SAVED_CLUSTER } from '../../../src-main/contract/profiles'
import type { ClusterProfile } from '../../../src-main/contract/profiles'
import { createJournal } from '../../../src-main/history/journal'
import { createProfileStore } from '../../../src-main/profiles/profile-store'
import { createProfiles } from '../../../src-main/profiles/profiles'
import type { Profiles } from '../../../src-main/profiles/profiles'
import { createSecretVault } from '../../../src-main/profiles/secrets'
import { openStoreFile } from '../../../src-main/profiles/store-file'
import type { StoreFile } from '../../../src-main/profiles/store-file'
import { makeCertificates } from '../../support/certificates'
import { fakeSession } from '../../support/fake-session'
import type { FakeSession } from '../../support/fake-session'

const plain: ClusterProfile = {
  ...SAVED_CLUSTER.initial,
  id: 'a',
  name: 'shop',
  bootstrap: ['h:1'],
}
const tls = { caFile: '', certFile: '', keyFile: '', serverName: '' }
let file: StoreFile
let profiles: Profiles
let session: FakeSession | null

beforeEach(async () => {
  file = openStoreFile(':memory:', 0, () => undefined)
  profiles = createProfiles({
    store: createProfileStore(file.db),
    vault: createSecretVault(),
    transient: null,
    newId: () => 'x',
    now: () => 0,
  })
  await profiles.save(plain, {})
  session = fakeSession('a')
})
afterEach(() => file.close())

describe('who a cluster takes us for', () => {
  it('is the login, or nobody', () => {
    expect(principalOf(plain)).toBe('User:ANONYMOUS')
    expect(principalOf({ tls, sasl: null })).toBe('User:ANONYMOUS')
    expect(principalOf({ tls, sasl: { mechanism: 'plain', username: 'ops' } })).toBe('User:ops')
  })

  it('is the name on the certificate; one that cannot be read is nobody', () => {
    const folder = mkdtempSync(join(tmpdir(), 'highwater-principal-'))
    const certFile = join(folder, 'client.pem')
    try {
      writeFileSync(certFile, makeCertificates().client.cert)
      expect(principalOf({ tls: { ...tls, certFile }, sasl: null })).toMatch(/^User:.*CN=/)
      writeFileSync(certFile, '-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n')
      expect(principalOf({ tls: { ...tls, certFile }, sasl: null })).toBe('User:ANONYMOUS')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('an opened cluster as changes see it', () => {
  const lives = (): ReturnType<typeof createLiveClusters> =>
    createLiveClusters({ session: () => session, profile: (id) => profiles.find(id) })

  it('is the same one as long as it is open, another one when it is opened anew, none when it is closed', () => {
    const all = lives()
    const first = all.find('a')
    expect(first).not.toBeNull()
    expect(all.find('a')).toBe(first)
    session = fakeSession('a')
    expect(all.find('a')).not.toBe(first)
    session = null
    expect(all.find('a')).toBeNull()
  })

  it('follows its profile while it is open', async () => {
    const live = lives().find('a')!
    expect([live.name, live.environment, live.readOnly, live.access.secured]).toEqual(['shop', 'prod', true, false])
    await profiles.save({ ...plain, name: 'shop-eu', environment: 'dev', readOnly: false }, {})
    expect([live.name, live.environment, live.readOnly]).toEqual(['shop-eu', 'dev', false])
  })

  it('has links of its own until it is closed', () => {
    const all = lives()
    const live = all.find('a')!
    const links = all.linksOf(live)
    expect(all.linksOf(live)).toBe(links)
    all.closed('a')
    expect(all.linksOf(live)).not.toBe(links)
  })
})

describe('the desk', () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const desk = (): ReturnType<typeof createChangeDesk> =>
    createChangeDesk({
      journal: createJournal(file.db, { durable: true, now: Date.now, prove: () => undefined }),
      auditBook: createAuditBook(file.db, () => undefined),
      profiles,
      session: () => session,
      log,
      killAt: '',
    })
  const draft = { kind: 'config', groups: [{ topics: ['t'], edits: [{ key: 'k', op: 'set', value: '1' }] }] } as const

  it('writes down who and where', () => {
    const { changes, journal } = desk()
    const drafted = changes.draft({ id: '', cluster: 'a', draft })
    expect(drafted).toMatchObject({ ok: true, value: { state: 'draft', clusterName: 'shop', environment: 'prod' } })
    expect(journal.open()).toMatchObject([{ cluster: 'a', clusterName: 'shop', principal: 'User:ANONYMOUS' }])
  })

  it('closing a cluster disarms it, and opening it anew does not arm it', () => {
    const own = desk()
    const { changes } = own
    expect(changes.arm('a', true).ok).toBe(true)
    const open = session!
    session = null
    own.closing(open)
    expect(changes.arm('a', true)).toMatchObject({ ok: false, error: { code: 'not-found' } })
    session = fakeSession('a')
    expect(changes.armState('a').armedUntil).toBeNaN()
  })
})
