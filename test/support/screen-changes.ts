/** Changes, plans and effects for component tests, each overridable field by field. */
import { effectPhrase } from '../../src-main/shared/words/entries'
import type {
  ChangeNews,
  ChangeView,
  ConfigPlan,
  Effect,
  ElectionFate,
  KeyState,
  Needs,
  PlanItem,
} from '@contract/change'
import { PROFILE } from './open-page'

/** The page's clock runs by the real one: figures are read a moment before now. */
export const READ_AGO = 300

export const inherits = (value: string, source = 5): KeyState => ({ override: null, value, source })
export const overrides = (value: string): KeyState => ({ override: value, value, source: 1 })

export const buildItem = (changes: Partial<PlanItem> = {}): PlanItem => ({
  topic: 0,
  key: 'min.insync.replicas',
  before: inherits('1', 3),
  after: overrides('2'),
  ...changes,
})

/** unclean.leader.election.enable: the override is taken away. */
export const REMOVAL = buildItem({
  key: 'unclean.leader.election.enable',
  before: overrides('true'),
  after: inherits('false'),
})

/** How much of a plan an effect holds for, where a test does not say otherwise. */
export const COUNTS = { partitionCount: 1, topicCount: 1, allPartitionCount: 48, allTopicCount: 1 }

export const buildEffect = (changes: Partial<Effect> = {}): Effect => ({
  id: 'min-isr-raise.one-loss-away',
  level: 'warn',
  says: effectPhrase('min-isr-raise.one-loss-away', { ...COUNTS, partitionCount: 11, minText: '2' }),
  topicCount: 1,
  partitionCount: 11,
  rows: [{ topic: 'payments.ledger', partition: 9, note: 2, text: '' }],
  noteUnit: 'in-sync',
  readAt: Date.now() - READ_AGO,
  reasons: [],
  ...changes,
})

export const BLOCK = (): Effect =>
  buildEffect({
    id: 'min-isr-raise.refuses-now',
    level: 'block',
    says: effectPhrase('min-isr-raise.refuses-now', { ...COUNTS, partitionCount: 3, minText: '2', alreadyCount: 0 }),
    partitionCount: 3,
    rows: [
      { topic: 'payments.ledger', partition: 3, note: 1, text: '' },
      { topic: 'payments.ledger', partition: 27, note: 1, text: '' },
    ],
  })

const NO_WRITES = { accepts: 48, refuses: 0, offline: 0, unknown: 0, tolerance: 1 }

const commonPlan = () => {
  const at = Date.now()
  return {
    at,
    readAt: at - READ_AGO,
    clusterId: 'shop',
    topicIds: ['sHLHGTDjQo2hSMUZfOnb6Q'],
    replication: [['1>1,2,3']],
    writes: { before: NO_WRITES, after: { ...NO_WRITES, accepts: 45, refuses: 3, tolerance: 0 } },
    commands: ['kafka-configs.sh --alter --entity-name payments.ledger'],
  }
}

export const buildPlan = (changes: Partial<ConfigPlan> = {}): ConfigPlan => ({
  ...commonPlan(),
  kind: 'config',
  topics: ['payments.ledger'],
  overrides: [{ 'unclean.leader.election.enable': 'true' }],
  items: [buildItem(), REMOVAL],
  unchanged: 0,
  effects: [buildEffect()],
  level: 'warn',
  cannotRestore: [],
  conflict: null,
  ...changes,
})

export const buildNeeds = (changes: Partial<Needs> = {}): Needs => ({
  kind: 'ticks',
  ticks: ['min-isr-raise.one-loss-away'],
  phrase: '',
  reason: false,
  ...changes,
})

export const TYPED = buildNeeds({ kind: 'typed', ticks: [], phrase: 'orders-eu payments.ledger', reason: true })

/** A planned change of two keys on payments.ledger. */
export const buildChange = (changes: Partial<ChangeView> = {}): ChangeView => ({
  id: 'change-1',
  cluster: PROFILE.id,
  clusterName: PROFILE.name,
  environment: PROFILE.environment,
  createdAt: Date.now(),
  state: 'planned',
  since: Date.now(),
  undoOf: '',
  undoneBy: '',
  draft: {
    kind: 'config',
    groups: [
      {
        topics: ['payments.ledger'],
        edits: [
          { key: 'min.insync.replicas', op: 'set', value: '2' },
          { key: 'unclean.leader.election.enable', op: 'delete', value: '' },
        ],
      },
    ],
  },
  plan: buildPlan(),
  needs: buildNeeds(),
  validation: null,
  confirmation: null,
  results: [],
  verification: null,
  watching: null,
  conflict: null,
  progress: null,
  next: ['validate', 'plan', 'edit', 'discard'],
  problem: null,
  version: 3,
  ...changes,
})

export const newsOf = (view: ChangeView): ChangeNews => ({
  id: view.id,
  cluster: view.cluster,
  state: view.state,
  version: view.version,
  progress: view.progress,
})

const FATES: readonly ElectionFate[] = ['moves', 'moves', 'not-in-sync', 'offline', 'already']

/** Five partitions of orders.created, one of each fate but two that move from broker 1 to broker 2. */
export const buildElection = (changes: Partial<ChangeView> = {}): ChangeView =>
  buildChange({
    draft: { kind: 'election', partitions: [{ topic: 'orders.created', partitions: [0, 1, 2, 3, 4] }] },
    plan: {
      ...commonPlan(),
      kind: 'election',
      topics: ['orders.created'],
      effects: [],
      level: 'low',
      partitions: FATES.map((fate, partition) => ({
        topic: 'orders.created',
        partition,
        leader: fate === 'offline' ? -1 : 1,
        preferred: 2,
        fate,
      })),
      leaders: [
        { broker: 1, before: 40, after: 38 },
        { broker: 2, before: 10, after: 12 },
      ],
    },
    needs: buildNeeds({ kind: 'click', ticks: [] }),
    ...changes,
  })
