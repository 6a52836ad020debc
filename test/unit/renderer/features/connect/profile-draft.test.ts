// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { SAVED_CLUSTER } from '@contract/profiles'
import type { ClusterProfile } from '@contract/profiles'
import {
  checkDraft,
  copyOf,
  draftOf,
  emptyDraft,
  nameFor,
  toProfile,
} from '../../../../../src-renderer/features/connect/profile-draft'
import { inputSchemas } from '../../../../../src-main/contract/schemas'
import { addressText } from '../../../../../src-main/shared/bootstrap'
import { REFUSED, TAKEN } from '../../../../support/bootstrap-entries'

const full: ClusterProfile = {
  ...SAVED_CLUSTER.initial,
  id: 'abc',
  name: 'orders-eu',
  environment: 'staging',
  readOnly: false,
  bootstrap: ['b1:9092', '[::1]:9093'],
  tls: { caFile: '/ca.pem', certFile: '/c.pem', keyFile: '/k.pem', serverName: 'kafka' },
  sasl: { mechanism: 'scram-sha-512', username: 'ops' },
  intervalMs: 500,
}

describe('a draft', () => {
  it('is read-only until a person says otherwise, and of no environment until one is chosen', () => {
    expect(emptyDraft()).toMatchObject({ readOnly: true, environment: '', security: 'plaintext', sasl: 'none' })
  })

  it.each([full, { ...full, tls: null, sasl: null, intervalMs: 0 }])('and its profile are inverses', (profile) => {
    expect(toProfile(draftOf(profile))).toEqual({ profile, secrets: {} })
  })

  it('makes what the main process accepts, with secrets apart', () => {
    const made = toProfile({ ...draftOf(full), password: 'canary', keyPassphrase: 'two' })
    expect(inputSchemas['profiles:save'].safeParse(made).success).toBe(true)
    expect(JSON.stringify(made.profile)).not.toContain('canary')
    expect(made.secrets).toEqual({ password: 'canary', keyPassphrase: 'two' })
  })

  it('sends no password where none is used', () => {
    expect(
      toProfile({ ...draftOf(full), sasl: 'none', security: 'plaintext', password: 'x', keyPassphrase: 'y' }).secrets,
    ).toEqual({})
  })

  it('names what is missing, per field', () => {
    const draft = {
      ...emptyDraft(),
      bootstrap: 'b1',
      sasl: 'plain' as const,
      security: 'tls' as const,
      certFile: '/c.pem',
    }
    expect(checkDraft(draft, [])).toEqual({
      environment: { key: 'environment', entry: '' },
      bootstrap: { key: 'bootstrap.no-port', entry: 'b1' },
      username: { key: 'username', entry: '' },
      certFile: { key: 'certAndKey', entry: '' },
    })
    expect(checkDraft({ ...draftOf(full), name: ' taken ' }, ['taken']).name?.key).toBe('nameTaken')
    expect(checkDraft(draftOf(full), [])).toEqual({})
  })
})

it.each<[string, string, readonly string[], string]>([
  ['the first host', 'b1.orders.example:9092, b2.orders.example:9092', [], 'b1.orders.example'],
  ['its port where the host is taken', '127.0.0.1:9092', ['127.0.0.1'], '127.0.0.1:9092'],
  ['a number where both are', 'b1:9092', ['b1', 'b1:9092', 'b1 2'], 'b1 3'],
  ['an IPv6 address', '[::1]:9092', [], '::1'],
  ['nothing without a sound address', 'b1', [], ''],
  ['no more than a name may have', `${'a.'.repeat(120)}b:9092`, [], 'a.'.repeat(45)],
])('is called by %s', (_, bootstrap, taken, name) => {
  expect(nameFor(bootstrap, taken)).toBe(name)
  expect(toProfile({ ...draftOf(full), name: ' ', bootstrap }, taken).profile.name).toBe(name)
})

it('of another cluster is a new one: nothing that is its own goes with it', () => {
  const copy = copyOf({ ...full, clusterId: 'kafka-A', hook: 'slack' })
  expect(copy).toMatchObject({
    id: '',
    name: '',
    environment: '',
    clusterId: '',
    hook: 'none',
    bootstrap: 'b1:9092, [::1]:9093',
  })
})

describe('the bootstrap list of a draft', () => {
  it.each(TAKEN)('%j is taken', (bootstrap, addresses) => {
    const draft = { ...draftOf(full), bootstrap }
    expect(checkDraft(draft, [])).toEqual({})
    expect(toProfile(draft).profile.bootstrap).toEqual(addresses.map(addressText))
  })

  it.each(REFUSED)('%j is refused as %s', (bootstrap, fault, entry) => {
    expect(checkDraft({ ...draftOf(full), bootstrap }, []).bootstrap).toEqual({ key: `bootstrap.${fault}`, entry })
  })
})
