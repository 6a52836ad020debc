import { describe, expect, it } from 'vitest'
import { MECHANISMS, SAVED_CLUSTER } from '../../../src-main/contract/profiles'
import type { ClusterProfile } from '../../../src-main/contract/profiles'
import { samePlace } from '../../../src-main/profiles/profiles'

const saved: ClusterProfile = {
  ...SAVED_CLUSTER.initial,
  id: 'a',
  name: 'orders-eu',
  bootstrap: ['b1:9092', 'b2:9092'],
  tls: { caFile: '/ca.pem', certFile: '/cert.pem', keyFile: '/key.pem', serverName: 'kafka' },
  sasl: { mechanism: 'plain', username: 'ops' },
}

/** Another value for every field of a saved cluster, and whether a secret that is kept may be used all the same. A field more does not compile. */
const others: {
  readonly [K in keyof ClusterProfile]-?: { readonly to: ClusterProfile[K]; readonly mayKeep: boolean }
} = {
  id: { to: 'b', mayKeep: true },
  name: { to: 'renamed', mayKeep: true },
  environment: { to: 'dev', mayKeep: true },
  readOnly: { to: false, mayKeep: true },
  bootstrap: { to: ['b1:9092', 'evil:9092'], mayKeep: false },
  tls: { to: null, mayKeep: false },
  sasl: { to: null, mayKeep: false },
  clusterId: { to: 'nYc5ZyyJSGqxoiA', mayKeep: true },
  intervalMs: { to: 500, mayKeep: true },
  watch: { to: true, mayKeep: true },
  hook: { to: 'slack', mayKeep: true },
}

describe('a kept secret', () => {
  it.each(Object.entries(others))('and another %s', (key, { to, mayKeep }) => {
    expect(samePlace(saved, { ...saved, [key]: to })).toBe(mayKeep)
    expect(samePlace({ ...saved, [key]: to }, saved)).toBe(mayKeep)
  })

  it('stays where a cluster is saved unchanged, whatever order its members came in', () => {
    const turned = Object.fromEntries(Object.entries(saved).reverse()) as unknown as ClusterProfile
    expect(samePlace(saved, structuredClone(turned))).toBe(true)
  })

  const tls = saved.tls as NonNullable<ClusterProfile['tls']>
  it.each(Object.keys(tls))('is not used with another %s', (key) => {
    expect(samePlace(saved, { ...saved, tls: { ...tls, [key]: '/other' } })).toBe(false)
  })

  it.each(MECHANISMS.filter((mechanism) => mechanism !== 'plain'))('is not used with %s', (mechanism) => {
    expect(samePlace(saved, { ...saved, sasl: { mechanism, username: 'ops' } })).toBe(false)
  })

  it('is not used for another user, or for addresses in another order', () => {
    expect(samePlace(saved, { ...saved, sasl: { mechanism: 'plain', username: 'root' } })).toBe(false)
    expect(samePlace(saved, { ...saved, bootstrap: ['b2:9092', 'b1:9092'] })).toBe(false)
  })

  it('is not used with a field that this version does not know', () => {
    const more = { ...saved, tokenEndpoint: 'https://evil.example' }
    expect(samePlace(saved, more)).toBe(false)
    expect(samePlace(SAVED_CLUSTER.initial, SAVED_CLUSTER.initial)).toBe(true)
  })
})
