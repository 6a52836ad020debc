import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SAVED_CLUSTER } from '../../../src-main/contract/profiles'
import type { ClusterProfile } from '../../../src-main/contract/profiles'
import { parseSettings } from '../../../src-main/profiles/kept-store'
import { createSecretVault, extractSecrets, mergeSecrets } from '../../../src-main/profiles/secrets'

const profile: ClusterProfile = {
  ...SAVED_CLUSTER.initial,
  id: 'a',
  name: 'a',
  environment: 'dev',
  bootstrap: ['h:1'],
  sasl: { mechanism: 'plain', username: 'ops' },
}

describe('extract and merge', () => {
  it('are inverses, and nothing of a secret is left in the profile', () => {
    const secret = fc.string({ minLength: 8 })
    fc.assert(
      fc.property(fc.option(secret, { nil: '' }), fc.option(secret, { nil: '' }), (password, keyPassphrase) => {
        const credentials = { mechanism: 'plain', username: 'ops', password } as const
        const connection = { profile, credentials, keyPassphrase }
        const cut = extractSecrets(connection)
        expect(mergeSecrets(cut.profile, cut.secrets)).toEqual(connection)
        expect(extractSecrets(mergeSecrets(cut.profile, cut.secrets))).toEqual(cut)
        expect(Object.keys(cut.secrets)).toHaveLength(Number(password !== '') + Number(keyPassphrase !== ''))
        expect(cut.profile).toEqual(profile)
      }),
    )
  })
})

describe('the vault', () => {
  it('replaces what is given and keeps the rest', async () => {
    const vault = createSecretVault()
    await vault.put('a', { password: 'one', keyPassphrase: 'key' })
    await vault.put('a', { password: 'two' })
    await vault.put('b', {})
    expect([await vault.get('a'), await vault.get('b'), await vault.get('c')]).toEqual([
      { password: 'two', keyPassphrase: 'key' },
      {},
      {},
    ])
    expect(vault.values().sort()).toEqual(['key', 'two'])
    await vault.forget('a')
    expect(vault.values()).toEqual([])
  })

  it('knows what is used once while it is used', async () => {
    const vault = createSecretVault()
    const done = vault.lend({ password: 'once' })
    expect([vault.values(), await vault.get('a')]).toEqual([['once'], {}])
    done()
    expect(vault.values()).toEqual([])
  })
})

describe('settings', () => {
  it.each([undefined, null, 7, 'x', [], { theme: 'neon', language: 3 }])('%j becomes the defaults', (value) => {
    expect(parseSettings(value)).toEqual({
      theme: 'system',
      language: 'system',
      density: 'normal',
      closing: 'ask',
      chartRange: '15m',
      coach: '3',
      boardTopics: 'list',
      boardMap: 'worst',
      boardZoom: 'fit',
      clock: 'local',
    })
  })

  it('one field that is not known costs only itself', () => {
    expect(parseSettings({ theme: 'light', language: 'tlh', density: 'compact', more: 1 })).toEqual({
      theme: 'light',
      language: 'system',
      density: 'compact',
      closing: 'ask',
      chartRange: '15m',
      coach: '3',
      boardTopics: 'list',
      boardMap: 'worst',
      boardZoom: 'fit',
      clock: 'local',
    })
  })
})
