import { describe, expect, it } from 'vitest'
import type { RuleFinding, RuleResult } from '../../../../src-main/domain/audit/look'
import { runWhole } from '../../../../src-main/domain/slices'
import { auditPass, RULES } from '../../../../src-main/domain/audit/audit'
import { AUDIT_FINDING_IDS, AUDIT_RISKS, AUDIT_RULE_NAMES, AUDIT_RULES } from '../../../../src-main/shared/audit-rules'
import { auditFacts, auditOf, known, UNTOLD, unknown, writersOf } from '../../../support/audit-facts'
import type { AuditScene } from '../../../support/audit-facts'

const MIN = 'min.insync.replicas'
const UNCLEAN = 'unclean.leader.election.enable'
const LEADERS = 'leader.replication.throttled.replicas'
const FOLLOWERS = 'follower.replication.throttled.replicas'
const RF2 = [{ replicas: [1, 2] }]
const AWAY = Array.from({ length: 5 }, () => ({ replicas: [1, 2, 3], leader: 2 }))

const found = (results: readonly RuleResult[]): RuleFinding[] => results.flatMap(({ findings }) => findings)
const outcome = (results: readonly RuleResult[], rule: RuleResult['rule']): RuleResult =>
  results.find((one) => one.rule === rule)!

/** Each thing that may be wrong, alone: what is found, how grave it is, and where. */
const PLANTED: readonly (readonly [
  what: string,
  scene: AuditScene,
  id: string,
  risk: string,
  where: readonly string[],
])[] = [
  [
    'one partition has one replica',
    { rows: [{ replicas: [1] }, { replicas: [1, 2, 3] }] },
    'single-replica.one',
    'loses',
    ['t 1'],
  ],
  [
    'min ISR 1, and a leader is alone',
    { rows: [{ replicas: [1, 2, 3], isr: [1] }, { replicas: [1, 2, 3] }], set: { [MIN]: '1' }, facts: elrOff() },
    'min-isr-one.alone-now',
    'loses',
    ['t 1'],
  ],
  ['min ISR 1 with followers', { set: { [MIN]: '1' }, facts: elrOff() }, 'min-isr-one.may', 'weak', ['t 3']],
  ['min ISR as many as replicas', { set: { [MIN]: '3' } }, 'min-isr-all.any-restart', 'stops', ['t 3']],
  ['min ISR above, today', { set: { [MIN]: '4' } }, 'min-isr-above.acts-as-rf', 'stops', ['t 3']],
  [
    'min ISR above, before 3.7',
    { set: { [MIN]: '4' }, facts: { version: [3, 6] } },
    'min-isr-above.refuses',
    'stops',
    ['t 3'],
  ],
  [
    'min ISR above, of an unknown release',
    { set: { [MIN]: '4' }, facts: { version: null } },
    'min-isr-above.version-unknown',
    'stops',
    ['t 3'],
  ],
  ['unclean on', { set: { [UNCLEAN]: 'true' } }, 'unclean.on', 'loses', ['t 3']],
  [
    'unclean on, which KRaft did not read before 3.9',
    { set: { [UNCLEAN]: 'true' }, facts: { version: [3, 8] } },
    'unclean.not-read',
    'untidy',
    ['t 3'],
  ],
  ['unclean off by a file', { set: { [UNCLEAN]: ['false', 4] } }, 'unclean.by-file', 'untidy', ['t 3']],
  [
    'offsets without a copy',
    { own: { rows: [{ replicas: [1] }] } },
    'internal-topics.single',
    'loses',
    ['__consumer_offsets 1'],
  ],
  [
    'offsets with two replicas of three brokers',
    { own: { rows: RF2, set: { [MIN]: '1' } }, facts: elrOff() },
    'internal-topics.few internal-topics.alone',
    'weak',
    ['__consumer_offsets 1', '__consumer_offsets 1'],
  ],
  [
    'offsets that one broker alone may take',
    { own: { set: { [MIN]: '1' } }, facts: elrOff() },
    'internal-topics.alone',
    'weak',
    ['__consumer_offsets 1'],
  ],
  [
    'offsets that need every replica',
    { own: { set: { [MIN]: '3' } } },
    'internal-topics.all',
    'stops',
    ['__consumer_offsets 1'],
  ],
  [
    'two replicas in one rack',
    {
      rows: [{ replicas: [1, 2] }, { replicas: [1, 3] }],
      racks: ['a', 'a', 'b'],
      set: { [MIN]: '1' },
      facts: elrOff(),
    },
    'one-rack.partitions min-isr-one.may',
    'stops',
    ['t 1', 't 2'],
  ],
  ['one rack for all', { racks: ['a', 'a', 'a'] }, 'one-rack.cluster', 'untidy', ['cluster']],
  [
    'leaders that stay away',
    { rows: AWAY, broker: { 'auto.leader.rebalance.enable': 'false' } },
    'leaders-skewed.stay',
    'weak',
    ['broker 1 5'],
  ],
  ['a throttle list left', { set: { [LEADERS]: '0:1', [FOLLOWERS]: '*' } }, 'throttle-left.lists', 'weak', ['t 3']],
  [
    'a throttle rate left',
    { broker: { 'leader.replication.throttled.rate': ['1048576', 2] } },
    'throttle-left.rates',
    'weak',
    ['broker 1 0'],
  ],
  ...(
    [
      ['replica.lag.time.max.ms', '10000', 'window', 'untidy'],
      [MIN, '1', 'min-isr', 'weak'],
      [UNCLEAN, 'true', 'unclean', 'weak'],
      ['broker.session.timeout.ms', '18000', 'session', 'untidy'],
    ] as const
  ).map(
    ([key, value, variant, risk]) =>
      [
        `a file that differs in ${key}`,
        { broker: { [key]: value } },
        `brokers-differ.${variant}`,
        risk,
        ['broker 1 0', 'broker 2 0', 'broker 3 0'],
      ] as const,
  ),
  ['ELR off', { facts: elrOff() }, 'elr.off', 'untidy', ['cluster']],
  ['ELR with a minimum of one', { set: { [MIN]: '1' } }, 'min-isr-one.may elr.useless', 'weak', ['t 3', 't 3']],
  [
    'no limit of retention',
    { set: { 'retention.ms': '-1', 'retention.bytes': '-1' } },
    'retention-unlimited.both',
    'weak',
    ['t 3'],
  ],
  [
    'a limit that never acts',
    { set: { 'retention.ms': '9223372036854775807' } },
    'retention-unlimited.both',
    'weak',
    ['t 3'],
  ],
  [
    'records without a producer id',
    { facts: { writers: writersOf({ records: 12, partition: 1 }) } },
    'producers.not-idempotent',
    'weak',
    ['t 3'],
  ],
  ['one controller', { facts: { voters: known([100]) } }, 'quorum.one', 'stops', ['cluster']],
  ['four controllers', { facts: { voters: known([1, 2, 3, 4]) } }, 'quorum.even', 'untidy', ['cluster']],
  ['an old metadata.version', { facts: { metadataRelease: [4, 1] } }, 'metadata-version.behind', 'untidy', ['cluster']],
]

/** Not told: the feature is off, which the clusters of tables about min ISR want, as min ISR 1 makes it useless. */
function elrOff(): NonNullable<AuditScene['facts']> {
  return {
    features: known(
      new Map([
        ['metadata.version', 31],
        ['eligible.leader.replicas.version', 0],
      ]),
    ),
  }
}

const whereOf = ({ rows }: RuleFinding): string[] =>
  rows.map(({ topic, broker, partitions }) =>
    topic !== '' ? `${topic} ${partitions}` : broker >= 0 ? `broker ${broker} ${partitions}` : 'cluster',
  )

describe('a fault', () => {
  it.each(PLANTED)('%s', (what, scene, ids, risk, where) => {
    // Tables about min ISR switch ELR off, which is a fault of its own.
    const isAbout = ids.split(' ')
    const all = found(auditOf(scene)).filter(({ id }) => id !== 'elr.off' || isAbout.includes(id))
    expect(all.map(({ id }) => id).sort()).toEqual(isAbout.toSorted())
    expect(all.find(({ id }) => id === isAbout[0])!.risk).toBe(risk)
    expect(all.flatMap(whereOf).sort(), what).toEqual(where.toSorted())
  })

  it('of each kind is planted once at least', () => {
    const planted = new Set(PLANTED.flatMap(([, , ids]) => ids.split(' ')))
    expect(AUDIT_FINDING_IDS.filter((id) => !planted.has(id))).toEqual([])
  })

  it('is no graver than its rule may be', () => {
    for (const [, scene] of PLANTED)
      for (const { rule, findings } of auditOf(scene))
        for (const { id, risk } of findings)
          expect(AUDIT_RISKS.indexOf(risk), id).toBeGreaterThanOrEqual(AUDIT_RISKS.indexOf(AUDIT_RULES[rule].gravest))
  })
})

describe('where nothing is wrong', () => {
  it('every rule is clear, in its order', () => {
    const results = auditOf()
    expect(results.map(({ rule }) => rule)).toEqual(AUDIT_RULE_NAMES)
    expect(RULES.map(({ rule }) => rule)).toEqual(AUDIT_RULE_NAMES)
    expect(results.filter(({ outcome: one }) => one !== 'clear')).toEqual([])
  })

  it.each<[string, AuditScene]>([
    ['a throttle of what is being moved', { set: { [LEADERS]: '*' }, facts: { moving: known(new Set(['t'])) } }],
    [
      'a rate while something is being moved',
      { broker: { 'leader.replication.throttled.rate': ['1048576', 2] }, facts: { moving: known(new Set(['x'])) } },
    ],
    ['a rate without a limit', { broker: { 'leader.replication.throttled.rate': ['9223372036854775807', 5] } }],
    ['leaders that go back by themselves', { rows: AWAY }],
    ['a topic that is compacted for ever', { set: { 'cleanup.policy': 'compact', 'retention.ms': '-1' } }],
    ['a topic that is limited by size', { set: { 'retention.ms': '-1', 'retention.bytes': '1000000' } }],
    ['a default of Kafka that no client is told more of', { set: { [UNCLEAN]: ['false', 5] } }],
    [
      'software whose release is not proven to be newer',
      { facts: { software: known([4, 3]), metadataRelease: [4, 4] } },
    ],
  ])('%s is no fault', (_what, scene) => expect(found(auditOf(scene))).toEqual([]))
})

describe('what was not looked at', () => {
  const blind = (facts: NonNullable<AuditScene['facts']>): AuditScene => ({ facts })
  const untold = new Map([
    ['t', unknown],
    ['__consumer_offsets', unknown],
  ])
  it.each<[string, AuditScene, readonly RuleResult['rule'][]]>([
    [
      'settings of topics',
      blind({ settings: untold }),
      [
        'min-isr-one',
        'min-isr-all',
        'min-isr-above',
        'unclean',
        'internal-topics',
        'throttle-left',
        'elr',
        'retention-unlimited',
      ],
    ],
    ['one setting of a topic', { set: { 'retention.bytes': null } }, ['retention-unlimited']],
    [
      'the settings of a broker',
      blind({ brokers: new Map([1, 2].map((broker) => [broker, unknown])) }),
      ['throttle-left', 'brokers-differ'],
    ],
    [
      'whether leaders go back',
      { rows: AWAY, facts: { brokers: new Map([1, 2].map((broker) => [broker, unknown])) } },
      ['leaders-skewed', 'throttle-left', 'brokers-differ'],
    ],
    ['who wrote', { facts: { writers: writersOf({ written: 0 }, [['t', UNTOLD]]) } }, ['producers']],
    ['which records are whose', { facts: { writers: writersOf({ uncounted: 1 }) } }, ['producers']],
    ['the quorum', blind({ voters: unknown }), ['quorum']],
    ['feature levels', blind({ features: unknown }), ['elr', 'metadata-version']],
    ['the release of a broker', blind({ software: unknown }), ['metadata-version']],
    [
      'racks of some brokers',
      { racks: ['a', 'a', null], rows: [{ replicas: [1, 3, 2] }, { replicas: [1, 3] }] },
      ['one-rack'],
    ],
  ])('%s makes unknown, not clear', (_what, scene, rules) => {
    const results = auditOf(scene)
    const unknownOnes = results.filter(({ outcome: one }) => one === 'unknown' || one === 'found')
    expect(unknownOnes.filter(({ unseen }) => unseen.length > 0).map(({ rule }) => rule)).toEqual(
      AUDIT_RULE_NAMES.filter((name) => rules.includes(name)),
    )
  })

  it('does not hide what was found', () => {
    const facts = auditFacts({ set: { [UNCLEAN]: 'true' } })
    const results = runWhole(
      auditPass({ ...facts, settings: new Map([...facts.settings, ['__consumer_offsets', unknown]]) }, () => undefined),
    )
    const { outcome: one, unseen, findings } = outcome(results, 'unclean')
    expect([one, findings.length]).toEqual(['found', 1])
    expect(unseen).toEqual([
      {
        id: 'audit.unseen.topics',
        args: { count: { unit: 'count', value: 1 }, first: '__consumer_offsets', why: UNTOLD },
      },
    ])
  })

  it('a topic that came meanwhile is said, and is not clear', () => {
    const results = auditOf({ facts: { settings: new Map() } })
    expect(outcome(results, 'min-isr-one').unseen).toMatchObject([
      { args: { first: 't', why: { id: 'audit.unseen.new-topic' } } },
    ])
  })

  it.each<[string, AuditScene, RuleResult['rule'], string]>([
    ['no internal topic', { own: null }, 'internal-topics', 'audit.idle.no-own-topics'],
    ['no rack', { racks: [null, null, null] }, 'one-rack', 'audit.idle.no-racks'],
    ['nothing written', { facts: { writers: writersOf({ written: 0 }) } }, 'producers', 'audit.idle.nothing-written'],
    ['ZooKeeper', { facts: { zooKeeper: true, voters: unknown } }, 'quorum', 'audit.idle.zookeeper'],
    ['ZooKeeper', { facts: { zooKeeper: true, features: unknown } }, 'metadata-version', 'audit.idle.zookeeper'],
    [
      'a metadata.version without ELR',
      {
        facts: {
          features: known(new Map([['metadata.version', 21]])),
          metadataRelease: [3, 9],
          software: known([3, 9]),
        },
      },
      'elr',
      'audit.idle.elr-not-offered',
    ],
  ])('%s is nothing to look at', (_what, scene, rule, why) => {
    const { outcome: one, unseen } = outcome(auditOf(scene), rule)
    expect([one, unseen.map(({ id }) => id)]).toEqual(['idle', [why]])
  })
})

describe('the cure', () => {
  const fixOf = (scene: AuditScene, id: string): RuleFinding['fix'] =>
    found(auditOf(scene)).find((one) => one.id === id)!.fix
  const set = (value: string) => [{ key: MIN, op: 'set', value }]

  it.each<[string, AuditScene, string, object]>([
    ['asks for two of three', { set: { [MIN]: '1' } }, 'min-isr-one.may', { kind: 'edits', edits: [['t', set('2')]] }],
    [
      'is no setting where there are two',
      { rows: RF2, set: { [MIN]: '1' } },
      'min-isr-one.may',
      { kind: 'tools', lines: [{ tool: 'kafka-topics.sh', words: ['--describe', '--topic', 't'] }] },
    ],
    [
      'leaves a replica to spare',
      { set: { [MIN]: '3' } },
      'min-isr-all.any-restart',
      { kind: 'edits', edits: [['t', set('2')]] },
    ],
    [
      'takes writes again before 3.7',
      { rows: RF2, set: { [MIN]: '4' }, facts: { version: [3, 6] } },
      'min-isr-above.refuses',
      { kind: 'edits', edits: [['t', set('2')]] },
    ],
    [
      'takes the override away where what is inherited is safe',
      { set: { [UNCLEAN]: 'true' } },
      'unclean.on',
      { kind: 'edits', edits: [['t', [{ key: UNCLEAN, op: 'delete', value: '' }]]] },
    ],
    [
      'removes the lists that are there',
      { set: { [FOLLOWERS]: '0:1' } },
      'throttle-left.lists',
      { kind: 'edits', edits: [['t', [{ key: FOLLOWERS, op: 'delete', value: '' }]]] },
    ],
    [
      'removes a rate where it is set',
      { broker: { 'leader.replication.throttled.rate': ['1', 3] } },
      'throttle-left.rates',
      {
        lines: [
          {
            words: [
              '--alter',
              '--entity-type',
              'brokers',
              '--entity-default',
              '--delete-config',
              'leader.replication.throttled.rate',
            ],
          },
        ],
      },
    ],
    [
      'removes each rate from whose it is',
      { broker: { 'leader.replication.throttled.rate': ['1', 3], 'follower.replication.throttled.rate': ['2', 2] } },
      'throttle-left.rates',
      {
        lines: [
          { words: expect.arrayContaining(['--entity-default', 'leader.replication.throttled.rate']) as unknown },
          { words: expect.arrayContaining(['--entity-name', '1', 'follower.replication.throttled.rate']) as unknown },
        ],
      },
    ],
    [
      'sets one default for brokers whose files differ',
      { broker: { [MIN]: '1' } },
      'brokers-differ.min-isr',
      { lines: [{ words: expect.arrayContaining(['--entity-default', '--add-config', `${MIN}=2`]) as unknown }] },
    ],
    [
      'takes away what is set for one broker alone, which goes before a default, once that is there',
      { broker: { [UNCLEAN]: ['true', 2] } },
      'brokers-differ.unclean',
      {
        lines: [
          { words: expect.arrayContaining(['--entity-default', '--add-config', `${UNCLEAN}=false`]) as unknown },
          { words: expect.arrayContaining(['--entity-name', '1', '--delete-config', UNCLEAN]) as unknown },
        ],
      },
    ],
    [
      'shows who has an id, where somebody without one writes',
      { facts: { writers: writersOf({ records: 12, partition: 1 }) } },
      'producers.not-idempotent',
      {
        lines: [{ tool: 'kafka-transactions.sh', words: ['describe-producers', '--topic', 't', '--partition', '1'] }],
      },
    ],
    [
      'elects the preferred leaders that are away',
      { rows: AWAY, broker: { 'auto.leader.rebalance.enable': 'false' } },
      'leaders-skewed.stay',
      { kind: 'election', partitions: [{ topic: 't', partitions: [0, 1, 2, 3, 4] }] },
    ],
    [
      'gives a partition as many replicas as there are brokers for',
      { rows: [{ replicas: [2] }] },
      'single-replica.one',
      {
        lines: [
          {
            plain: `echo '{"version":1,"partitions":[{"topic":"t","partition":0,"replicas":[2,1,3]}]}' > reassignment.json`,
          },
          { tool: 'kafka-reassign-partitions.sh' },
        ],
      },
    ],
    [
      'moves a follower to another rack',
      { rows: [{ replicas: [1, 2], leader: 2 }], racks: ['a', 'a', 'b'], set: { [MIN]: '1' } },
      'one-rack.partitions',
      {
        lines: [
          {
            plain: `echo '{"version":1,"partitions":[{"topic":"t","partition":0,"replicas":[3,2]}]}' > reassignment.json`,
          },
          {},
        ],
      },
    ],
    [
      'raises metadata.version to what every broker runs',
      { facts: { software: known([3, 9]), metadataRelease: [3, 7], version: [3, 9] } },
      'metadata-version.behind',
      { lines: [{ words: ['upgrade', '--metadata', '3.9'] }] },
    ],
  ])('%s', (_what, scene, id, fix) => expect(fixOf(scene, id)).toMatchObject(fix))
})
