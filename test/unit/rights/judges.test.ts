/** The judges of test/e2e/rights.spec.ts: what they let pass and what they catch, on words of before and after the findings. */
import { describe, expect, it } from 'vitest'
import en from '../../../src-renderer/locales/en.json'
import { deniedWrites, repeatedReads } from '../../support/denied-reads'
import { beyondReach, WITHOUT_REACH } from '../../support/reach-rules'

type Login = Parameters<typeof beyondReach>[0]
type Denial = Parameters<typeof repeatedReads>[0][number]

describe('statements beyond their reach', () => {
  it.each<[Login, string]>([
    ['nothing', 'All 0 partitions are fully replicated and accept writes.'],
    ['nothing', 'This cluster has no topics.'],
    ['nothing', '0 offline: show them in the list'],
    ['nothing', '0 / 0'],
    ['nothing', 'No acknowledged record of any topic: none is seen was found lost since 12:00:00.'],
    ['nothing', '3 of 3 partitions do not exist any more.'],
    ['one-topic', '1 topic of this change was deleted.'],
    ['one-topic', 'Leaders per broker'],
    ['one-topic', 'Any one broker may stop.'],
    ['one-topic', 'live. controller 100, 1 of 1 voters'],
    ['no-configs', 'Accepts acks=all writes; one more replica may fail.'],
    ['no-configs', '0 writes refused: show them in the list'],
    ['no-configs', 'no outage seen'],
    [
      'no-configs',
      'If it stops now, no partition of the 8 topics seen is expected to refuse acks=all writes or go offline.',
    ],
    ['team', 'All 3 partitions are fully replicated, with enough replicas in the ISR for acks=all writes.'],
    ['team', '95 in 8 topics'],
    ['team', 'eviction window 10 s'],
    ['team', 'No reported setting differs between the 3 brokers that answer, except by design.'],
    ['all', 'No record that acks=all acknowledged was lost since 12:00:00.'],
    ['all', 'Every leader is on its preferred replica already.'],
  ])('%s may not be told: %s', (login, sentence) => {
    expect(beyondReach(login, '/board', [sentence])).not.toEqual([])
  })

  it.each<[Login, string, string]>([
    ['nothing', '/board', 'No topic is seen: the cluster has none, or none is visible to this login.'],
    ['nothing', '/loss', 'Whether records are lost is unknown: no topic is seen.'],
    ['nothing', '/topics/config/edit', 'No topics are chosen.'],
    ['nothing', '/change/election', 'Not seen (they do not exist, or are hidden from this login): 3 of 3.'],
    ['one-topic', '/change/election', 'Leaders per broker, of the topics seen'],
    ['one-topic', '/change/config', 'On this topic the limit is smaller than one segment (segment.bytes).'],
    ['no-configs', '/partition/orders/0', 'Whether it accepts writes is unknown.'],
    ['no-configs', '/board', 'Every replica is in the ISR and no lag was seen.'],
    [
      'team',
      '/board',
      'All 3 partitions of the only topic seen are fully replicated, with enough replicas in the ISR for acks=all writes.',
    ],
    ['team', '/topic/team.a', 'All 3 partitions have enough replicas in the ISR for acks=all writes.'],
    ['all', '/board', 'Not safe to stop: broker 3.'],
    [
      'all',
      '/board',
      'No acknowledged record of the 8 topics seen was found lost since 12:00:00, when watching began.',
    ],
  ])('%s may be told on %s: %s', (login, path, sentence) => {
    expect(beyondReach(login, path, [sentence])).toEqual([])
  })
})

interface Texts {
  readonly [key: string]: string | Texts
}

const flat = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value, `${path}${key}.`),
  )

it('no text of the window is about all or none without saying of which, but those about one topic or partition', () => {
  const says = (text: string): boolean =>
    beyondReach('all', '/board', text.replaceAll('{reach}', 'of the 8 topics seen').split(' | ')).some((found) =>
      found.includes(WITHOUT_REACH),
    )
  const found = flat(en).filter(([, text]) => says(text))
  expect(found.map(([key]) => key)).toEqual([
    'topic.accepts',
    'explain.event.offline',
    'past.state.inFullHint',
    'past.noTopics',
    'past.absent',
  ])
})

describe('denials', () => {
  const denial = (change: Partial<Denial> = {}): Denial => ({
    node: 'broker-1',
    login: 'team',
    operation: 'DESCRIBE',
    resource: 'Topic orders',
    request: 'METADATA',
    ...change,
  })
  const cluster = denial({ resource: 'Cluster kafka-cluster', request: 'DESCRIBE_QUORUM' })

  it.each<[string, readonly Denial[], number]>([
    ['one of each', [denial(), denial({ operation: 'DESCRIBE_CONFIGS' }), denial({ resource: 'Topic b' })], 0],
    ['a topic twice, at two brokers', [denial(), denial({ node: 'broker-2', request: 'LIST_OFFSETS' })], 1],
    ['two questions about the cluster', [cluster, denial({ ...cluster, request: 'DESCRIBE_CONFIGS' })], 0],
    ['a question at each broker', [cluster, denial({ ...cluster, node: 'broker-2' })], 0],
    ['the same question at the same broker', [cluster, cluster], 1],
    ['two logins', [denial(), denial({ login: 'nothing' })], 0],
  ])('count as repeated: %s', (_what, all, repeated) => {
    expect(repeatedReads(all)).toHaveLength(repeated)
  })

  it('of writes are told from those of reads', () => {
    const writes = ['ALTER_CONFIGS', 'ALTER', 'CREATE', 'DELETE', 'WRITE', 'CLUSTER_ACTION']
    const all = ['READ', 'DESCRIBE', ...writes].map((operation) => denial({ operation }))
    expect(deniedWrites(all).map(({ operation }) => operation)).toEqual(writes)
  })
})
