import { describe, expect, it } from 'vitest'
import { MAX_ELECTION_PARTITIONS, MAX_PLAN_TOPICS } from '../../../src-main/contract/change'
import { CHANNELS } from '../../../src-main/contract/ipc'
import type { Channel, Input } from '../../../src-main/contract/ipc'
import { SAVED_CLUSTER } from '../../../src-main/contract/profiles'
import type { ClusterProfile } from '../../../src-main/contract/profiles'
import { TELLING_RULES } from '../../../src-main/contract/telling'
import { inputSchemas, MAX_VIEW_ROWS, pushAckSchema } from '../../../src-main/contract/schemas'

const profile: ClusterProfile = {
  ...SAVED_CLUSTER.initial,
  id: '3f2a-_',
  name: 'Bestellungen EU',
  bootstrap: ['[::1]:9092', 'b-1.example.com:9092'],
  tls: { caFile: '/etc/ssl/ca.pem', certFile: '', keyFile: '', serverName: '' },
  sasl: { mechanism: 'scram-sha-512', username: 'ops' },
  intervalMs: 250,
}

/** At least one of each shape that the page really sends. */
const right: { readonly [C in Channel]: readonly Input<C>[] } = {
  'app:info': [undefined],
  'settings:read': [undefined],
  'settings:write': [
    {
      theme: 'system',
      language: 'zh-CN',
      density: 'compact',
      closing: 'watch',
      chartRange: '5m',
      coach: '3',
      boardTopics: 'list',
      boardMap: 'worst',
      boardZoom: 'fit',
      clock: 'local',
    },
  ],
  'profiles:list': [undefined],
  'profiles:save': [
    { profile, secrets: {} },
    { profile: { ...profile, id: '', tls: null, sasl: null, intervalMs: 0 }, secrets: { password: '' } },
  ],
  'profiles:remove': [{ id: 'a' }],
  'cluster:open': [{ id: 'a', secrets: {} }],
  'cluster:reopen': [{ id: 'a' }],
  'cluster:retry': [{ cluster: 'a' }],
  'cluster:close': [{ cluster: 'a' }],
  'cluster:frame': [{ cluster: 'a' }],
  'cluster:watch': [
    { cluster: 'a', list: { partition: null, chart: { kind: 'none' }, rows: [] } },
    {
      cluster: 'a',
      list: {
        partition: { topic: 'o'.repeat(249), partition: 199_999 },
        chart: { kind: 'partition', topic: 'o'.repeat(249), partition: 199_999 },
        rows: Array.from({ length: MAX_VIEW_ROWS }, (_, row) => row),
      },
    },
    { cluster: 'a', list: { partition: null, chart: { kind: 'topic', topic: 'orders.created' }, rows: [0] } },
    { cluster: 'a', list: { partition: null, chart: { kind: 'broker', broker: 0 }, rows: [0] } },
  ],
  'cluster:pause': [{ cluster: 'a', paused: true }],
  'cluster:cadence': [
    { cluster: 'a', intervalMs: 0 },
    { cluster: 'a', intervalMs: 60_000 },
  ],
  'cluster:series': [{ cluster: 'a', watch: { kind: 'cluster' } }],
  'cluster:what-if': [{ cluster: 'a', brokers: [1, 2] }],
  'cluster:arm': [{ cluster: 'a', armed: true }],
  'loss:list': [{ cluster: 'a' }],
  'loss:acknowledge': [{ cluster: 'a', ids: [1, -1], by: 'ada', reason: '已重新发送' }],
  'history:incidents': [{ cluster: 'a', before: 0 }],
  'history:incident': [{ cluster: 'a', id: 214 }],
  'history:events': [
    {
      cluster: 'a',
      incident: -1,
      topic: '',
      partition: -1,
      broker: -1,
      kinds: [],
      from: 0,
      until: 8e15,
      beforeSeq: 0,
      limit: 1,
    },
    {
      cluster: 'a',
      incident: 3,
      topic: 'orders',
      partition: 0,
      broker: 2,
      kinds: ['left-isr', 'lost'],
      from: 1.7e12,
      until: 1.8e12,
      beforeSeq: 900,
      limit: 2_000,
    },
  ],
  'history:watched': [{ cluster: 'a', from: 1.7e12, until: 1.8e12 }],
  'history:samples': [
    { cluster: 'a', subject: { kind: 'cluster' }, from: 1.7e12, until: 1.8e12, resolutionMs: 10_000 },
    { cluster: 'a', subject: { kind: 'broker', broker: 4 }, from: 0, until: 1.8e12, resolutionMs: 1 },
    { cluster: 'a', subject: { kind: 'topic', topic: 'orders' }, from: 1.7e12, until: 1.8e12, resolutionMs: 600_000 },
  ],
  'history:partition-samples': [
    { cluster: 'a', topic: 'orders', partition: 4, from: 1.7e12, until: 1.8e12, resolutionMs: 10_000 },
  ],
  'past:board': [{ cluster: 'a', at: 1.7e12 }],
  'past:topic': [{ cluster: 'a', at: 1.7e12, topic: 'orders', partition: -1 }],
  'past:around': [{ cluster: 'a', at: 0 }],
  'history:announce': [{ cluster: 'a', broker: 4, by: '小林', minutes: 20 }],
  'advisor:record': [{ cluster: 'a' }],
  'history:withdraw': [{ cluster: 'a', broker: 4 }],
  'quorum:read': [{ cluster: 'a' }],
  'quorum:isr': [{ cluster: 'a' }],
  'quorum:agreement': [{ cluster: 'a' }],
  'audit:read': [{ cluster: 'a' }],
  'audit:accept': [
    { cluster: 'a', finding: 'unclean.on', topic: null, until: 1_800_000_000_000, by: 'ada', reason: 'can be rebuilt' },
    {
      cluster: 'a',
      finding: 'single-replica.one',
      topic: 'flags',
      until: 1,
      by: '艾达',
      reason: '该主题很小且可以重建',
    },
  ],
  'audit:withdraw': [{ cluster: 'a', acceptance: 3 }],
  'telling:read': [undefined],
  'telling:write': [TELLING_RULES.initial],
  'telling:pause': [{ minutes: 0 }, { minutes: 60 }],
  'telling:mute': [
    { cluster: 'a', incident: 214, minutes: 0 },
    { cluster: 'a', incident: 0, minutes: -1 },
  ],
  'telling:hook': [
    {
      cluster: 'a',
      kind: 'dingtalk',
      secrets: { url: 'https://oapi.dingtalk.com/robot/send?access_token=x', signing: 'SEC1' },
    },
    { cluster: 'a', kind: 'none', secrets: {} },
  ],
  'telling:try': [{ cluster: 'a' }],
  'fleet:show': [{ shown: true }, { shown: false }],
  'fleet:read': [{ since: 0 }, { since: 12 }],
  'fleet:past': [{ from: 0, stepMs: 60_000, cells: 60 }],
  'config:topic': [{ cluster: 'a', topic: 'orders.created', again: false }],
  'config:docs': [
    { cluster: 'a', topic: '', key: 'log.retention.ms' },
    { cluster: 'a', topic: 'orders', key: 'retention.ms' },
  ],
  'config:broker': [{ cluster: 'a', broker: 0, again: true }],
  'change:draft': [
    {
      id: '',
      cluster: 'a',
      draft: {
        kind: 'config',
        groups: [
          {
            topics: ['t'],
            edits: [
              { key: 'retention.ms', op: 'set', value: '-1' },
              { key: 'x', op: 'delete', value: '' },
            ],
          },
        ],
      },
    },
    {
      id: 'c1',
      cluster: 'a',
      draft: {
        kind: 'election',
        partitions: [{ topic: 't', partitions: Array.from({ length: MAX_ELECTION_PARTITIONS }, (_, n) => n) }],
      },
    },
  ],
  'change:plan': [{ id: 'c1' }],
  'change:validate': [{ id: 'c1' }],
  'change:confirm': [{ id: 'c1', ticks: ['min-isr-raise.one-loss-away'], typed: 'orders-eu t', reason: 'two\nlines' }],
  'change:apply': [{ id: 'c1' }],
  'change:stop': [{ id: 'c1' }],
  'change:settle': [{ id: 'c1' }],
  'change:verify': [{ id: 'c1' }],
  'change:undo': [{ id: 'c1', cluster: 'a' }],
  'change:rest': [{ id: 'c1' }],
  'change:discard': [{ id: 'c1' }],
  'change:get': [{ id: 'c1' }],
  'journal:list': [{ cluster: '', text: 'orders', show: 'open', before: 0, limit: 100 }],
  'journal:read': [{ change: 'c1' }],
  'journal:export': [{ changes: ['c1'], format: 'markdown' }],
  'export:save': [{ suggestedName: 'orders 2026-11-23 15.04.csv', content: '' }],
  'export:bundle': [
    {
      folder: 'orders incident 7',
      files: [{ name: 'incident.md', content: '' }],
      pictures: [{ name: 'lanes.png', x: 0, y: 90, width: 800, height: 300 }],
    },
  ],
  'views:read': [{ cluster: 'c' }],
  'views:write': [
    { cluster: 'c', views: { last: '', pages: {} } },
    {
      cluster: 'c',
      views: {
        last: '/topic/orders',
        pages: { topics: { chosen: { text: 'pay' }, sort: { key: 'lag', descending: true }, hidden: ['source'] } },
      },
    },
  ],
  'clipboard:write': [{ text: 'kafka-topics.sh --describe' }],
  'task:start': [
    {
      id: '7b1c',
      task: { kind: 'connection-test', input: { profile, secrets: { password: 'p', keyPassphrase: 'k' } } },
    },
    {
      id: '7b1d',
      task: {
        kind: 'config-column',
        input: {
          cluster: 'a',
          key: 'confluent.value.schema.validation',
          topics: Array.from({ length: MAX_PLAN_TOPICS }, (_, n) => `t${n}`),
        },
      },
    },
    { id: '7b1e', task: { kind: 'config-column', input: { cluster: 'a', key: 'retention.ms', topics: null } } },
  ],
  'task:cancel': [{ id: '7b1c' }],
  'window:title': [
    { cluster: '', environment: '' },
    { cluster: 'orders-eu', environment: 'prod' },
  ],
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

it.each([
  null,
  {},
  { type: 'ack' },
  { type: 'ack', cluster: 'a', seq: -1 },
  { type: 'ack', cluster: 'a', seq: 1, more: 1 },
])('%j is no acknowledgement', (value) => {
  expect(pushAckSchema.safeParse(value).success).toBe(false)
})

const many = (count: number): string[] => Array.from({ length: count }, (_, n) => `t${n}`)
const edits = [{ key: 'retention.ms', op: 'set', value: '1' }] as const
it.each([
  ['more topics than a plan may have', { kind: 'config', groups: [{ topics: many(MAX_PLAN_TOPICS + 1), edits }] }],
  [
    'the same over several groups',
    {
      kind: 'config',
      groups: [
        { topics: many(MAX_PLAN_TOPICS), edits },
        { topics: ['x'], edits },
      ],
    },
  ],
  ['no edit', { kind: 'config', groups: [{ topics: ['t'], edits: [] }] }],
  [
    'an operation Kafka has and we do not',
    { kind: 'config', groups: [{ topics: ['t'], edits: [{ key: 'cleanup.policy', op: 'append', value: 'compact' }] }] },
  ],
  [
    'a value beyond 32 KiB',
    { kind: 'config', groups: [{ topics: ['t'], edits: [{ key: 'k', op: 'set', value: 'x'.repeat(32 * 1024 + 1) }] }] },
  ],
  [
    'more partitions than an election may have',
    { kind: 'election', partitions: many(MAX_ELECTION_PARTITIONS + 1).map((topic) => ({ topic, partitions: [0] })) },
  ],
  [
    'a key that every object has',
    { kind: 'config', groups: [{ topics: ['t'], edits: [{ key: 'constructor', op: 'set', value: '1' }] }] },
  ],
  [
    'another one',
    { kind: 'config', groups: [{ topics: ['t'], edits: [{ key: '__proto__', op: 'set', value: '1' }] }] },
  ],
  ['an unclean election', { kind: 'unclean', partitions: [{ topic: 't', partitions: [0] }] }],
])('a draft with %s is refused', (_what, draft) => {
  expect(inputSchemas['change:draft'].safeParse({ id: '', cluster: 'a', draft }).success).toBe(false)
})

it.each([
  ['of a kind nobody knows', { kind: 'audit', input: {} }],
  ['without its input', { kind: 'config-column' }],
  ['with the input of another', { kind: 'connection-test', input: { cluster: 'a', key: 'k', topics: null } }],
  [
    'with too many topics',
    { kind: 'config-column', input: { cluster: 'a', key: 'k', topics: many(MAX_PLAN_TOPICS + 1) } },
  ],
  ['with no topic', { kind: 'config-column', input: { cluster: 'a', key: 'k', topics: [] } }],
  ['with more than it takes', { kind: 'config-column', input: { cluster: 'a', key: 'k', topics: null, more: 1 } }],
])('a task %s is refused', (_what, task) => {
  expect(inputSchemas['task:start'].safeParse({ id: 'a', task }).success).toBe(false)
})
