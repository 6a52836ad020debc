import { describe, expect, it } from 'vitest'
import { CHANNELS } from '../../../src-main/contract/ipc'
import type { Channel, Input } from '../../../src-main/contract/ipc'
import type { ClusterProfile } from '../../../src-main/contract/profiles'
import { inputSchemas, MAX_VIEW_ROWS, pushAckSchema } from '../../../src-main/contract/schemas'

const profile: ClusterProfile = {
  id: '3f2a-_', name: 'Bestellungen EU', environment: 'prod', readOnly: true, bootstrap: ['[::1]:9092', 'b-1.example.com:9092'],
  tls: { caFile: '/etc/ssl/ca.pem', certFile: '', keyFile: '', serverName: '' }, sasl: { mechanism: 'scram-sha-512', username: 'ops' }, intervalMs: 250,
}

/** At least one of each shape that the page really sends. */
const right: { readonly [C in Channel]: readonly Input<C>[] } = {
  'app:info': [undefined],
  'settings:read': [undefined],
  'settings:write': [{ theme: 'system', language: 'zh-CN', density: 'compact' }],
  'profiles:list': [undefined],
  'profiles:save': [{ profile, secrets: {} }, { profile: { ...profile, id: '', tls: null, sasl: null, intervalMs: 0 }, secrets: { password: '' } }],
  'profiles:remove': [{ id: 'a' }],
  'profiles:test': [{ profile, secrets: { password: 'p', keyPassphrase: 'k' } }],
  'cluster:open': [{ id: 'a', secrets: {} }],
  'cluster:close': [{ cluster: 'a' }],
  'cluster:frame': [{ cluster: 'a' }],
  'cluster:watch': [
    { cluster: 'a', watch: { kind: 'none' }, rows: [] },
    { cluster: 'a', watch: { kind: 'partition', topic: 'o'.repeat(249), partition: 199_999 }, rows: Array.from({ length: MAX_VIEW_ROWS }, (_, row) => row) },
    { cluster: 'a', watch: { kind: 'topic', topic: 'orders.created' }, rows: [0] },
    { cluster: 'a', watch: { kind: 'broker', broker: 0 }, rows: [0] },
  ],
  'cluster:pause': [{ cluster: 'a', paused: true }],
  'cluster:cadence': [{ cluster: 'a', intervalMs: 0 }, { cluster: 'a', intervalMs: 60_000 }],
  'cluster:series': [{ cluster: 'a', watch: { kind: 'cluster' } }],
  'export:save': [{ suggestedName: 'orders 2026-11-23 15.04.csv', content: '' }],
  'clipboard:write': [{ text: 'kafka-topics.sh --describe' }],
  'window:title': [{ cluster: '', environment: '' }, { cluster: 'orders-eu', environment: 'prod' }],
}

describe.each(CHANNELS)('%s', (channel) => {
  it('takes what the page sends, unchanged', () => {
    for (const input of right[channel]) expect(inputSchemas[channel].parse(input)).toEqual(input)
  })

  it('takes no key it does not know', () => {
    const [input] = right[channel]
    expect(inputSchemas[channel].safeParse({ ...(input as object | undefined), more: 1 }).success).toBe(false)
  })
})

it('every channel has a schema and there is none without a channel', () => {
  expect(Object.keys(inputSchemas).sort()).toEqual([...CHANNELS].sort())
})

it.each([null, {}, { type: 'ack' }, { type: 'ack', cluster: 'a', seq: -1 }, { type: 'ack', cluster: 'a', seq: 1, more: 1 }])('%j is no acknowledgement', (value) => {
  expect(pushAckSchema.safeParse(value).success).toBe(false)
})
