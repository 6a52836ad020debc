import { describe, expect, it } from 'vitest'
import { commandsFor } from '@shared/kafka-commands'
import { printable } from '@shared/printable'
import { MARK_REASSIGNING, MARK_THROTTLED, OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED } from '@shared/states'
import type { BrokerSummary, ClusterSummary, Culprit, SilentBroker } from '@contract/summary'
import { troubleRows, filterRows } from '../../../../../src-renderer/features/common/trouble-rows'
import type { TopicTold } from '../../../../../src-renderer/features/next/cures'
import { curesOf } from '../../../../../src-renderer/features/next/cures'
import type { NextButton, NextInput } from '../../../../../src-renderer/features/next/next-buttons'
import {
  brokerButtons,
  fixText,
  nextButtons,
  partitionButtons,
  topicButtons,
} from '../../../../../src-renderer/features/next/next-buttons'
import { viewOfFrame } from '../../../../../src-renderer/stores/frame-view'
import type { FrameOptions } from '../../../../support/frames'
import { buildFrame } from '../../../../support/frames'
import { sayIn } from '../../../../support/say'
import { buildBroker, buildHeadline, NOW } from '../../../../support/summaries'

const access = { bootstrap: ['b1:9092'], secured: false }
const say = sayIn('en')

function input(options: FrameOptions, more: Partial<NextInput> = {}, minIsr: readonly number[] = []): NextInput {
  const frame = buildFrame({ topics: [['payments', 4]], brokers: 3, ...options })
  minIsr.forEach((min, topic) => (frame.topics.minInSyncReplicas[topic] = min))
  return { view: viewOfFrame(frame), access, commands: commandsFor(access), told: new Map(), live: true, ...more }
}
const brokers = (changes: Readonly<Record<number, Partial<BrokerSummary>>>): readonly BrokerSummary[] =>
  [1, 2, 3].map((id) => ({ ...buildBroker(id), ...changes[id] }))
const culprit = (changes: Partial<Culprit>): Culprit => ({
  kind: 'follower-broker',
  broker: 2,
  rack: 'rack-b',
  brokers: [],
  behind: 4,
  of: 4,
  cause: 'gone',
  ...changes,
})
const trouble = (more: Partial<ClusterSummary['headline']>): ClusterSummary['headline'] => ({
  ...buildHeadline({ level: 'danger', since: NOW }),
  ...more,
})
const ids = (buttons: readonly NextButton[]): readonly string[] => buttons.map(({ id }) => id)
const said = ({ text, note }: NextButton): string => `${text} | ${note}`

/** Broker 2 is gone, and what has a replica on it refuses: min ISR is the replication factor. */
const BLOCKED: FrameOptions = {
  change: (row) => ({ state: UNDER_MIN_ISR, out: [2], ...(row === 1 ? { leader: 3 } : {}) }),
  summary: {
    brokers: brokers({ 2: { listed: false, answers: 'no', silence: 'refused' } }),
    headline: trouble({ culprit: culprit({}) }),
  },
}

describe('on the page of one of them', () => {
  const all = input(
    {
      ...BLOCKED,
      topics: [
        ['orders', 2],
        ['payments', 4],
      ],
      // payments alone refuses; the second partition of orders is not on broker 2.
      change: (row) => (row < 2 ? {} : { state: UNDER_MIN_ISR, out: [2], leader: 1 }),
    },
    {},
    [2, 3],
  )

  it('a broker has the line for it where it is the one that is to be brought back', () => {
    expect(ids(brokerButtons(say, all, 2))).toEqual(['command'])
    expect(brokerButtons(say, all, 1)).toEqual([])
    expect(brokerButtons(say, all, 99)).toEqual([])
  })

  it('a partition in trouble has the plan of its topic and the line for the broker that it lacks', () => {
    expect(ids(partitionButtons(say, all, 'payments', 0))).toEqual(['min-isr', 'command'])
  })

  it('a healthy partition, or one that is not there, has nothing', () => {
    expect(partitionButtons(say, all, 'orders', 0)).toEqual([])
    expect(partitionButtons(say, all, 'payments', 44)).toEqual([])
    expect(partitionButtons(say, all, 'deleted', 0)).toEqual([])
  })

  it('a partition of which every replica lives has no line for a broker of others', () => {
    const elsewhere = input(
      {
        ...BLOCKED,
        replicationFactor: 1,
        change: (row) => (row === 0 ? { state: UNDER_MIN_ISR, leader: 1 } : {}),
      },
      {},
      [1],
    )
    const replicas = elsewhere.view.frame.replicaBroker.subarray(0, elsewhere.view.frame.replicaStart[1])
    expect([...replicas]).not.toContain(2)
    expect(partitionButtons(say, elsewhere, 'payments', 0)).toEqual([])
  })
})

describe('what refuses writes', () => {
  it('has a plan that takes min ISR down to what lives, then the checks, then exactly these partitions', () => {
    const all = input(BLOCKED, {}, [3])
    const buttons = nextButtons(say, all)
    expect(buttons.map(said)).toEqual([
      'Plan: min ISR 3 → 2 on payments | 4 partitions would accept writes again; read the risk first',
      'Copy checks for broker 2 | port, process, load, disk, log',
      'Show the 4 partitions | that refuse safe writes',
    ])
    expect(buttons[0]!.deed).toEqual({
      kind: 'plan',
      draft: {
        kind: 'config',
        groups: [{ topics: ['payments'], edits: [{ key: 'min.insync.replicas', op: 'set', value: '2' }] }],
      },
      lines: [
        '# Accepts writes with 2 copies: an acknowledged record may then be on 2 replicas only. Clears the ELR where Kafka keeps one. Plan it in Highwater first',
        'kafka-configs.sh --bootstrap-server b1:9092 --alter --entity-type topics --entity-name payments --add-config min.insync.replicas=2',
      ].join('\n'),
    })
    expect(fixText(buttons)).toContain('min.insync.replicas=2')
    expect(nextButtons(sayIn('zh-CN'), all)[0]!.text).toBe('计划：payments 的最小 ISR 3 → 2')
  })

  it.each<[what: string, options: FrameOptions, minIsr: number, plan: string | null]>([
    [
      'nobody is missing but the setting asks for more than there are',
      { change: () => ({ state: UNDER_MIN_ISR }) },
      4,
      'min ISR 4 → 3',
    ],
    ['min ISR is not known', { ...BLOCKED }, -1, null],
    [
      'a partition of it has no leader, where ELRs are kept',
      {
        ...BLOCKED,
        change: (row) => (row === 0 ? { state: OFFLINE, leader: -1 } : { state: UNDER_MIN_ISR, out: [2] }),
      },
      3,
      null,
    ],
    [
      'a partition of it has no leader, where no ELRs are kept',
      {
        ...BLOCKED,
        change: (row) => (row === 0 ? { state: OFFLINE, leader: -1 } : { state: UNDER_MIN_ISR, out: [2], leader: 3 }),
        summary: { ...BLOCKED.summary, limits: [{ what: 'elr', reason: 'unsupported' }] },
      },
      3,
      'min ISR 3 → 2',
    ],
    [
      'the leaders do not answer either',
      { ...BLOCKED, change: () => ({ state: UNDER_MIN_ISR, leader: 2, out: [1] }) },
      3,
      null,
    ],
    ['no controller answers', { ...BLOCKED, summary: { ...BLOCKED.summary, quorum: 'silent' } }, 3, null],
    [
      'a member of the ISR is silent: it does not count as living',
      {
        change: () => ({ state: UNDER_MIN_ISR, leader: 1, out: [3] }),
        summary: { brokers: brokers({ 2: { answers: 'no', silence: 'timeout' } }) },
      },
      3,
      'min ISR 3 → 1',
    ],
    ['it accepts writes', { change: () => ({ state: UNDER_REPLICATED, out: [2] }) }, 2, null],
  ])('offers a plan only where it works: %s', (_, options, minIsr, plan) => {
    const all = input(options, {}, [minIsr])
    const [cure] = curesOf(all.view)
    expect(cure === undefined ? null : `min ISR ${cure.topics[0]!.from} → ${cure.topics[0]!.to}`).toBe(plan)
  })

  it('puts a plan that leaves a leader alone behind what brings the others back, and says so', () => {
    const all = input({ ...BLOCKED, change: () => ({ state: UNDER_MIN_ISR, leader: 1, out: [2, 3] }) }, {}, [2])
    const buttons = nextButtons(say, all)
    expect(ids(buttons)).toEqual(['command', 'min-isr', 'show'])
    expect(buttons[1]!.note).toBe('4 partitions would accept writes again, some with a single copy')
    const { deed } = buttons[1]!
    expect(deed.kind === 'plan' && deed.lines).toMatch(
      /^# Accepts writes with 1 copy: .* one broker only.*\nkafka-configs/,
    )
    expect(fixText(buttons)).toMatch(/^# Is the port of broker 2 open/)
  })

  it('is one change over many topics, by what lives of each, at most as many as a change takes', () => {
    const topics = Array.from({ length: 1200 }, (_, at) => [`t${at}`, 1] as const)
    const all = input(
      { ...BLOCKED, topics, change: () => ({ state: UNDER_MIN_ISR, leader: 1, out: [2] }) },
      {},
      topics.map(() => 3),
    )
    const [plan] = nextButtons(say, all)
    expect(plan!.text).toBe('Plan: min ISR 2 on 1,000 topics')
    expect(plan!.deed.kind === 'plan' && plan!.deed.lines.split('\n')).toHaveLength(2)
    expect(plan!.deed.kind === 'plan' && plan!.deed.lines).toMatch(/^# .*\nfor topic in t0 .* do kafka-configs\.sh /)
  })

  it.each<[why: string, more: Partial<NextInput>]>([
    [
      'this login may not change payments',
      { told: new Map<string, TopicTold>([['payments', { mayAlter: false, overrides: new Set() }]]) },
    ],
    ['not connected: a plan needs a live cluster', { live: false }],
  ])('says why it cannot be pressed: %s', (why, more) => {
    expect(nextButtons(say, input(BLOCKED, more, [3]))[0]).toMatchObject({ id: 'min-isr', why })
  })
})

describe('a throttle that was left behind', () => {
  const THROTTLED: FrameOptions = {
    topics: [
      ['orders', 4],
      ['moved', 2],
    ],
    change: (row) =>
      row < 2
        ? { state: UNDER_REPLICATED, marks: MARK_THROTTLED, out: [3] }
        : row === 4
          ? { state: UNDER_REPLICATED, marks: MARK_THROTTLED | MARK_REASSIGNING, out: [3] }
          : null,
    summary: { headline: trouble({ level: 'trouble', culprit: culprit({ broker: 3, cause: 'throttled' }) }) },
  }

  it('is taken off the topics that nothing moves, and the rate by a line', () => {
    const all = input(THROTTLED)
    const buttons = nextButtons(say, all)
    expect(buttons.map(said)).toEqual([
      'Plan: remove the throttle from orders | 2 partitions would no longer be throttled',
      'Copy commands for broker 3 | shows the rate, then removes it',
      'Show the 3 partitions | throttled',
    ])
    expect(buttons[1]!.deed).toEqual({
      kind: 'copy',
      text: [
        '# Shows follower.replication.throttled.rate and where it is set. If it is the default of all brokers, remove it there',
        'kafka-configs.sh --bootstrap-server b1:9092 --describe --entity-type brokers --entity-name 3 --all',
        '# Removes the rate set on broker 3 only: its replicas then catch up at full speed and compete with clients for network and disk',
        'kafka-configs.sh --bootstrap-server b1:9092 --alter --entity-type brokers --entity-name 3 --delete-config follower.replication.throttled.rate',
      ].join('\n'),
    })
  })

  it.each(['en', 'zh-CN'] as const)('has no line to copy without a comment that says what it risks: %s', (locale) => {
    for (const all of [input(THROTTLED), input(BLOCKED, {}, [3])]) {
      const { deed } = nextButtons(sayIn(locale), all)[0]!
      const lines = deed.kind === 'plan' ? deed.lines.split('\n') : []
      expect(lines[0]).toMatch(/^# .*Highwater/)
      expect(lines[0]).not.toContain('{')
      expect(lines.slice(1).filter((line) => !line.startsWith('kafka-configs.sh '))).toEqual([])
      expect(lines.length).toBeGreaterThan(1)
    }
  })

  it('names only the lists that the topic is known to have', () => {
    const keys = (told: NextInput['told']): unknown => {
      const { deed } = nextButtons(say, input(THROTTLED, { told }))[0]!
      return deed.kind === 'plan' && deed.draft.kind === 'config'
        ? deed.draft.groups[0]!.edits.map(({ key }) => key)
        : null
    }
    const both = ['follower.replication.throttled.replicas', 'leader.replication.throttled.replicas']
    expect(keys(new Map())).toEqual(both)
    expect(keys(new Map([['orders', { mayAlter: true, overrides: new Set([both[0]!]) }]]))).toEqual([both[0]])
    // What was read before it was set, or is hidden, takes no plan away.
    expect(keys(new Map([['orders', { mayAlter: null, overrides: new Set<string>() }]]))).toEqual(both)
  })
})

describe('what is not a setting of a topic', () => {
  const silent = (changes: Partial<SilentBroker>): SilentBroker => ({
    broker: 2,
    rack: null,
    since: NOW,
    silence: 'timeout',
    returning: false,
    heard: false,
    leadsTo: '',
    fencedFrom: NaN,
    fencedTo: NaN,
    leads: 0,
    thenRefuses: 0,
    thenOffline: 0,
    thenLoses: 0,
    ...changes,
  })
  const quiet = (changes: Partial<SilentBroker>, host = 'b2'): FrameOptions => ({
    change: (row) => (row === 0 ? { state: UNDER_REPLICATED, out: [2] } : null),
    summary: {
      brokers: brokers({ 2: { answers: 'no', silence: 'timeout', host } }),
      headline: trouble({ silent: [silent(changes)] }),
    },
  })

  it.each<[what: string, options: FrameOptions, buttons: readonly string[]]>([
    [
      'a broker that is gone',
      { ...BLOCKED, change: (row) => (row < 2 ? { state: UNDER_REPLICATED, out: [2] } : null) },
      ['command', 'show'],
    ],
    ['a broker that is silent', quiet({}), ['command', 'show']],
    ['a name this machine does not know', quiet({ silence: 'unknown-host' }), ['command', 'show']],
    ['a broker on its way back: it is waited for', quiet({ returning: true }), ['show']],
    ['a host that is no host', quiet({}, "x'; rm -rf ~ #"), ['show']],
    ['a host that would be an option', quiet({}, '-oProxyCommand=x'), ['show']],
    [
      'nobody answers',
      {
        summary: { brokers: brokers({}), headline: trouble({ silent: [1, 2, 3].map((broker) => silent({ broker })) }) },
      },
      [],
    ],
    ['all is well', {}, []],
  ])('%s', (_, options, expected) => {
    expect(ids(nextButtons(say, input(options)))).toEqual(expected)
  })

  it('saves what is lost before anything else', () => {
    const { headline } = BLOCKED.summary!
    const loss = { ...input({}).view.summary.loss, open: 1, atLeast: 50, holders: [2] }
    const buttons = nextButtons(
      say,
      input({ ...BLOCKED, summary: { ...BLOCKED.summary, headline: headline!, loss } }, {}, [3]),
    )
    expect(ids(buttons)).toEqual(['loss'])
  })

  it('has the figure of the list that it opens', () => {
    for (const options of [BLOCKED, quiet({}), quiet({ leads: 1 })]) {
      const { view } = input(options)
      for (const { deed, text } of nextButtons(say, input(options, {}, [3])))
        if (deed.kind === 'show')
          expect(text).toContain(
            ` ${filterRows(say, view, troubleRows(view, deed.filter.state), deed.filter.text).length} `,
          )
    }
  })

  it('offers on the page of a topic what cures that topic', () => {
    const all = input(BLOCKED, {}, [3])
    expect(ids(topicButtons(say, all, 'payments'))).toEqual(['min-isr'])
    expect(topicButtons(say, all, 'other')).toEqual([])
  })
})

it('shows marks that turn text round', () => {
  const name = 'pay\u202ements'
  const [plan] = nextButtons(say, input({ ...BLOCKED, topics: [[name, 4]] }, {}, [3]))
  expect(plan!.text).toContain(printable(name))
  expect(plan!.text).not.toContain('\u202e')
})
