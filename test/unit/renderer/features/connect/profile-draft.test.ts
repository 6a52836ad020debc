// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { SAVED_CLUSTER } from '@contract/profiles'
import type { ClusterProfile } from '@contract/profiles'
import { checkDraft, draftOf, emptyDraft, toProfile } from '../../../../../src-renderer/features/connect/profile-draft'
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
  it('is read-only and production until a person says otherwise', () => {
    expect(emptyDraft()).toMatchObject({ readOnly: true, environment: 'prod', security: 'plaintext', sasl: 'none' })
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
      name: { key: 'name', entry: '' },
      bootstrap: { key: 'bootstrap.no-port', entry: 'b1' },
      username: { key: 'username', entry: '' },
      certFile: { key: 'certAndKey', entry: '' },
    })
    expect(checkDraft({ ...draftOf(full), name: ' taken ' }, ['taken']).name?.key).toBe('nameTaken')
    expect(checkDraft(draftOf(full), [])).toEqual({})
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
